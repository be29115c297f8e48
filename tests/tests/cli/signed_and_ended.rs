//! Sign-offs that count no more, as lists and files say it; and what would be signed, looked through.

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn what_was_edited_after_it_was_signed_is_said_in_the_inbox_the_list_and_beside_its_file() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let project = text(&asha.json(&["project", "new", "--title", "Falls at night"])["project"]);
    let ask = ["sign-off", "ask", "--project", &project, "--with", "Birch"];
    let request = text(&asha.json(&ask)["request"]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    birch.json(&["sign-off", "sign", &request, "--as", "clinical"]);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("falls.json");
    let path = file.to_str().unwrap();
    let said = asha.text(&["sign-off", "export", &request, "--out", path]);
    assert!(!said.contains("does not say so"), "{said}");
    let key = text(&asha.json(&["export"])["publisher_key"]);
    let verify = ["sign-off", "verify", path, "--publisher", &key];
    assert_eq!(asha.run(&verify).exit, 0);

    asha.json(&["project", "edit", &project, "--section", "problem=Too dark"]);
    let listed = asha.text(&["sign-off", "list"]);
    let listed = listed.split_whitespace().collect::<Vec<_>>().join(" ");
    let ended = "answered by Dr Birch. What was signed has changed since.";
    assert!(listed.contains(ended), "{listed}");
    let listed = asha.json(&["sign-off", "list"]);
    assert_eq!(listed["asked_by_me"]["items"][0]["ended"][0]["why"], "changed", "{listed}");
    let inbox = asha.json(&["inbox"]);
    let kinds = inbox["items"].as_array().unwrap().iter().map(|item| &item["kind"]);
    assert_eq!(kinds.filter(|kind| *kind == "sign_off_ended").count(), 1, "{inbox}");
    let said = asha.text(&["sign-off", "export", &request, "--out", path]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("has changed since") && said.contains("does not say so"), "{said}");
    let verified = asha.run(&verify);
    assert_eq!(verified.exit, 9, "{}", verified.stdout);
    assert!(verified.stdout.contains("It no longer counts."), "{}", verified.stdout);
    assert_eq!(Home::new().run(&verify).exit, 0, "who has no account checks what is signed");
}

#[test]
fn what_would_be_signed_of_a_module_or_of_sessions_is_looked_through_before_anybody_is_asked() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    asha.json(&["sync"]);
    asha.json(&["pack", "update"]);
    let named = "Teaching by Mrs Green, NHS number 943 476 5919";
    let log = ["log", "add", "--minutes", "90", "--kind", "core", "--title", named];
    let session = text(&asha.json(&log)["session"]);
    let refused = asha.run(&["sign-off", "ask", "--session", &session]);
    assert_eq!(refused.exit, 5, "{}", refused.stdout);
    assert!(refused.stderr.contains("enhance sign-off"), "{}", refused.stderr);
    let said = asha.text(&["sign-off", "check", "--session", &session]);
    assert!(said.contains("943 476 5919") && said.contains("what is to be signed"), "{said}");
    assert!(said.contains("enhance sign-off ask --session"), "{said}");
    let project = text(&asha.json(&["project", "new", "--title", named])["project"]);
    let found = asha.json(&["sign-off", "check", "--project", &project, "--message", "Soon"]);
    assert!(found["probable"]["nhs_number"].as_u64() >= Some(1), "{found}");
    let module = ["sign-off", "check", "--module", "population-health"];
    let clean = asha.text(&module);
    assert!(clean.contains("Nothing was found"), "{clean}");
    let reason = ["--reason", "Seen with Mrs Green, NHS number 943 476 5919"];
    asha.json(&[&["activity", "complete", "pop-teach-number"][..], &reason].concat());
    let said = asha.text(&module);
    assert!(said.contains("943 476 5919"), "{said}");
    assert!(said.contains("enhance sign-off ask --module population-health"), "{said}");
    assert_eq!(asha.json(&["sign-off", "list"])["asked_by_me"]["items"], Value::Array(vec![]));
}
