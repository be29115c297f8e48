//! What a person does once more, or finds done already: they are told, and nothing is made twice.

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// What is said when something typed is not taken.
fn refused(home: &Home, arguments: &[&str]) -> String {
    let ending = home.run(arguments);
    assert_eq!(ending.exit, 2, "{}", ending.stderr);
    ending.stderr
}

#[test]
fn what_was_taken_back_is_said_to_be_when_it_is_asked_for_again() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let goal = asha.json(&["goal", "add", "text=Lead a ward round."]);
    let goal = text(&goal["id"]);
    assert!(!asha.text(&["goal", "set", &goal, "due=2027-05-01"]).contains(".."), "one full stop");
    asha.json(&["goal", "take-back", &goal]);
    for again in [["goal", "take-back", &goal].as_slice(), &["record", "set", &goal, "text=x"]] {
        let said = refused(&asha, again);
        assert!(said.contains("is taken back; enhance record put-back"), "{said}");
    }
    let add = ["log", "add", "--minutes", "60", "--kind", "core", "--title", "Frailty"];
    let session = text(&asha.json(&add)["session"]);
    asha.json(&["log", "remove", &session]);
    let said = refused(&asha, &["log", "remove", &session]);
    assert!(said.contains("is taken back; enhance record put-back"), "{said}");
}

#[test]
fn a_sign_off_that_somebody_was_asked_for_is_asked_for_again_only_if_it_is_meant() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (_birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let add = ["log", "add", "--minutes", "60", "--kind", "core", "--title", "Frailty"];
    let add = [&add[..], &["--start", "2020-03-01T10:00Z"]].concat();
    let session = text(&asha.json(&add)["session"]);
    let ask = ["sign-off", "ask", "--session", &session, "--with", "Birch"];
    asha.json(&ask);
    let said = refused(&asha, &ask);
    assert!(said.contains("Dr Birch is asked to sign this already"), "{said}");
    asha.json(&[&ask[..], &["--again"]].concat());
    asha.json(&["log", "set", &session, "minutes=45"]);
    asha.json(&ask);
    let asked = asha.json(&["sign-off", "list"])["asked_by_me"]["items"].clone();
    assert_eq!(asked.as_array().unwrap().len(), 3, "{asked}");
}

#[test]
fn words_that_a_suggestion_would_replace_are_missing_or_there_twice() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let title = ["project", "new", "--title", "Falls at night"];
    let project = text(&asha.json(&title)["project"]);
    asha.json(&["project", "edit", &project, "--section", "problem=Dark here, and dark there."]);
    let suggest = |words: &str| {
        let on = ["project", "suggest", &project, "--on", "problem", "--with", "dim"];
        refused(&asha, &[&on[..], &["--replace", words]].concat())
    };
    let missing = suggest("DARK");
    assert!(missing.contains("does not have \"DARK\"; capitals and spaces count"), "{missing}");
    let twice = suggest("ark");
    assert!(twice.contains("has \"ark\" more than once; name more words"), "{twice}");
}
