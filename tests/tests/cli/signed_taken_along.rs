//! Sign-offs in an export, read back into another account.

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// What a trainee takes along: a reflection that was signed, and one that nobody has answered.
fn exported(world: &World, file: &str) {
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = asha.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    let of = text(&made["document"]);
    let ask = |of: &str| {
        let ask = ["sign-off", "ask", "--with", "Birch", "--reflection", of];
        text(&asha.json(&ask)["request"])
    };
    let request = ask(&of);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    let sign = ["sign-off", "sign", &request, "--as", "clinical", "--statement", "Well seen."];
    birch.json(&sign);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let second = asha.json(&[&new[..5], &["Unanswered", "--answer", "thought=More."]].concat());
    ask(&text(&second["document"]));
    asha.json(&["export", "--out", file]);
}

#[test]
fn what_was_signed_is_kept_by_another_account_and_says_so() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let [file, paper] = ["all.json", "so.json"].map(|name| folder.path().join(name));
    let [file, paper] = [&file, &paper].map(|path| path.to_str().unwrap());
    exported(&world, file);
    let (other, _) = world.home(Role::Trainee, "Asha Rao-Smith");
    let check = other.json(&["import", "--check", file]);
    assert_eq!(check["sign_offs"], 1);
    let imported = other.json(&["import", file]);
    assert_eq!(imported["sign_offs"], 1);
    let left_out = &imported["sign_offs_left_out"];
    assert_eq!(left_out[0]["title"], "Unanswered");
    assert_eq!(left_out[0]["reason"], "nobody has answered it; ask for it anew");
    let again = other.json(&["import", file]);
    assert_eq!(again["sign_offs"], 0, "once is enough: {again}");

    let listed = other.text(&["sign-off", "list"]);
    assert!(listed.contains("made under another account, for Asha Rao"), "{listed}");
    assert!(!listed.contains("since sign-off"), "{listed}");
    let kept = other.json(&["sign-off", "list"])["read_back"][0].clone();
    assert_eq!(kept["fault"], Value::Null);
    assert_eq!(kept["publisher_known"], true);
    let id = text(&kept["id"]);
    other.json(&["sign-off", "export", &id, "--out", paper]);
    let verified = Home::new().run(&["sign-off", "verify", paper]).stdout;
    assert!(verified.contains("Signed by Dr Birch"), "{verified}");
    assert!(verified.contains("It was long."), "{verified}");

    let document = other.json(&["reflect", "list"]);
    let document = document.as_array().unwrap().iter().find(|one| one["title"] == "A long night");
    let document = text(&document.unwrap()["id"]);
    other.json(&["reflect", "edit", &document, "--answer", "thought=It was short."]);
    let listed = other.text(&["sign-off", "list"]);
    assert!(listed.contains("changed since sign-off"), "{listed}");
    assert!(listed.contains("It was short."), "{listed}");
    let arcp = folder.path().join("arcp.html");
    let year = ["arcp", "--period", "2026-08-01..2027-07-31", "--html", arcp.to_str().unwrap()];
    other.text(&year);
    let page = std::fs::read_to_string(arcp).unwrap();
    assert!(page.contains("made under another account, for Asha Rao; changed since"), "{page}");
    let shown = other.text(&["sign-off", "show", &id]);
    assert!(shown.contains("Well seen.") && shown.contains("It was long."), "{shown}");

    let third = folder.path().join("third.json");
    let third = third.to_str().unwrap();
    other.json(&["export", "--out", third]);
    let (last, _) = world.home(Role::Trainee, "Asha Smith");
    assert_eq!(last.json(&["import", third])["sign_offs"], 1, "and on to the next account");
    assert!(last.text(&["sign-off", "list"]).contains("changed since sign-off"));
}

#[test]
fn an_import_that_leaves_out_a_forged_sign_off_says_so_and_does_not_end_as_done() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.json");
    let path = file.to_str().unwrap();
    exported(&world, path);
    let forged = std::fs::read_to_string(&file).unwrap().replace("Well seen.", "Outstanding.");
    std::fs::write(&file, forged).unwrap();
    let (other, _) = world.home(Role::Trainee, "Asha Rao-Smith");
    for command in [&["import", "--check", path][..], &["import", path]] {
        let imported = other.run(command);
        assert_eq!(imported.exit, 9, "{}", imported.stdout);
        assert!(imported.stdout.contains("it does not count"), "{}", imported.stdout);
        let said = "1 sign-off in the file did not verify";
        assert!(imported.stderr.contains(said), "{}", imported.stderr);
    }
    assert_eq!(other.json(&["reflect", "list"]).as_array().unwrap().len(), 2, "all else is here");
}

#[test]
fn of_answers_that_were_taken_along_the_first_is_listed_as_superseded() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = asha.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    let of = text(&made["document"]);
    let request = text(&asha.json(&["sign-off", "ask", "--reflection", &of])["request"]);
    let by = ["--name", "Dr Lee", "--as", "clinical", "--known-by", "works here"];
    let answer = |more: &[&str]| {
        asha.json(&[&["sign-off", "witness", &request][..], &by, more].concat());
    };
    answer(&["--returned", "--statement", "Say more."]);
    answer(&["--statement", "Well seen."]);
    let listed = asha.text(&["sign-off", "list"]);
    assert!(listed.contains("not signed with the signer's own key"), "{listed}");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.json");
    let file = file.to_str().unwrap();
    asha.json(&["export", "--out", file]);
    let (other, _) = world.home(Role::Trainee, "Asha Rao-Smith");
    assert_eq!(other.json(&["import", file])["sign_offs"], 2);
    let list = other.json(&["sign-off", "list"]);
    let kept = list["read_back"].as_array().unwrap();
    for one in kept {
        let is_first = one["paper"]["sign_off"]["decision"] == "returned";
        assert_eq!(one["superseded"], is_first, "{one}");
        let said = text(&one["in_words"]);
        assert_eq!(said.contains("superseded"), is_first, "{said}");
        assert!(said.contains("made under another account, for Asha Rao"), "{said}");
        assert!(said.contains("not signed with the signer's own key"), "{said}");
    }
    let listed = other.text(&["sign-off", "list"]);
    assert!(listed.contains("superseded"), "{listed}");
}

#[test]
fn an_own_key_stands_over_what_the_trainee_witnessed_and_is_named_as_evidence_by_its_short_id() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", ""];
    let made = asha.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    let of = text(&made["document"]);
    let ask = ["sign-off", "ask", "--with", "Birch", "--reflection", &of];
    let request = text(&asha.json(&ask)["request"]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    birch.json(&["sign-off", "return", &request, "--as", "clinical", "--statement", "Say more."]);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let by = ["--name", "Dr Birch", "--as", "clinical", "--known-by", "works here"];
    asha.json(&[&["sign-off", "witness", &request][..], &by, &["--statement", ""]].concat());
    let asked = asha.json(&["sign-off", "list"])["asked_by_me"]["items"][0].clone();
    assert_eq!(asked["standing"], "returned", "{asked}");
    assert_eq!(asked["request"]["title"], "Reflection", "what has no title is called by its kind");
    let answers = asked["answers"].as_array().unwrap();
    let superseded = |one: &&Value| one["superseded"] == true;
    let [witnessed] = answers.iter().filter(superseded).collect::<Vec<_>>()[..] else {
        panic!("{answers:?}")
    };
    assert_eq!(witnessed["sign_off"]["signer"]["witnessed"], "works here");

    world.server.publish(&content::enhance());
    asha.json(&["sync"]);
    asha.json(&["pack", "update"]);
    let outcome = text(&asha.json(&["module", "population-health"])["outcomes"][0]["key"]);
    let evidence = format!("evidence={}", &request[request.len() - 8..]);
    let why = "justification=She saw it";
    let added = asha.json(&["evidence", "add", &evidence, &format!("statement={outcome}"), why]);
    let links = asha.json(&["evidence"]);
    assert!(links.to_string().contains(&request), "{added}: {links}");
}
