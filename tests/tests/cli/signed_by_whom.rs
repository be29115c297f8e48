//! As what somebody signs, beside what placements and the server say of them.

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A trainee whose placement names a supervisor, and a request that he has signed as something.
fn signed_as(world: &World, role: &str, is_named: bool) -> (Home, Home, String) {
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Sam Birch");
    asha.json(&["sync"]);
    if is_named {
        let days = ["start=2026-08-05", "end=2027-08-03"];
        let add = ["placement", "add", "organisation=Bedford Hospital"];
        let placement = text(&asha.json(&[&add[..], &days].concat())["id"]);
        let of = format!("placement={placement}");
        asha.json(&["record", "add", "supervisor", &of, "name=Birch", "role=clinical"]);
    }
    let project = asha.json(&["project", "new", "--title", "Falls at night"]);
    let project = text(&project["project"]);
    let ask = ["sign-off", "ask", "--project", &project, "--with", "Birch"];
    let request = text(&asha.json(&ask)["request"]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    birch.json(&["sign-off", "sign", &request, "--as", role]);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    (asha, birch, request)
}

#[test]
fn a_role_that_the_placement_does_not_name_is_shown_as_what_the_signer_says() {
    let world = World::new();
    let (asha, birch, request) = signed_as(&world, "programme_director", true);
    let claim =
        "says of themselves: programme director; the placement names them as clinical supervisor";
    let folder = tempfile::tempdir().unwrap();
    let [file, page] = ["so.json", "review.html"].map(|name| folder.path().join(name));
    let [file, page] = [&file, &page].map(|path| path.to_str().unwrap());
    asha.json(&["sign-off", "export", &request, "--out", file]);
    asha.json(&["arcp", "--html", page]);
    let page = std::fs::read_to_string(page).unwrap();
    let shown = [
        asha.text(&["sign-off", "list"]),
        asha.text(&["sign-off", "show", &request]),
        Home::new().run(&["sign-off", "verify", file]).stdout,
        page.replace("&#39;", "'"),
    ];
    for said in shown {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(claim), "{said}");
    }
    let verified = Home::new().run(&["sign-off", "verify", file]).stdout;
    let (signed, by_nobody) = verified.split_once("Not part of what was signed").unwrap();
    assert!(!signed.contains("placement"), "{signed}");
    assert!(by_nobody.contains("the placement names them"), "{by_nobody}");
    let more = std::fs::read_to_string(file).unwrap().replacen('{', "{\"name\": \"Prof Lee\",", 1);
    std::fs::write(file, more).unwrap();
    let refused = Home::new().run(&["sign-off", "verify", file]);
    assert_eq!(refused.exit, 9, "{}", refused.stdout);
    assert!(refused.stderr.contains("under name is not what was signed"), "{}", refused.stderr);
    let his = birch.text(&["sign-off", "show", &request]);
    let his = his.split_whitespace().collect::<Vec<_>>().join(" ");
    let claim = "says of themselves: programme director; the server knows them as supervisor";
    assert!(his.contains(claim), "her placements are not his to read: {his}");
}

#[test]
fn a_role_that_the_placement_names_is_shown_as_that() {
    let world = World::new();
    let (asha, _birch, request) = signed_as(&world, "clinical", true);
    let shown = asha.text(&["sign-off", "show", &request]);
    assert!(shown.contains("clinical supervisor, as the placement names them"), "{shown}");
    let listed = asha.text(&["sign-off", "list"]);
    assert!(!listed.contains("says of themselves"), "{listed}");
    let json = asha.json(&["sign-off", "show", &request]);
    assert_eq!(json["answers"][0]["signer_role"]["said"], "clinical");
}

#[test]
fn who_is_in_no_placement_is_said_to_be_in_none() {
    let world = World::new();
    let (asha, _birch, request) = signed_as(&world, "educational", false);
    let shown = asha.text(&["sign-off", "show", &request]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let claim = "says of themselves: educational supervisor; no placement names them; \
                 the server knows them as supervisor";
    assert!(shown.contains(claim), "{shown}");
}
