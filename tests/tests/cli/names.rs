//! People, keys and words as they are typed in a terminal, which is seldom as they are written.

use enhance_model::Role;
use enhance_tests::world::World;
use serde_json::Value;

/// The whole id in an answer.
fn id<'v>(answer: &'v Value, of: &str) -> &'v str {
    answer[of].as_str().unwrap()
}

#[test]
fn e2_a_slip_of_a_name_shares_with_nobody_and_asks_who_is_meant() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (leeson, _) = world.home(Role::Supervisor, "Dr Helen Leeson");
    let (_zoe, _) = world.home(Role::Supervisor, "Zoe\u{308} Mu\u{308}ller");
    trainee.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = trainee.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    let reflection = id(&made, "document");

    for slip in ["Helen Lees", "Lees", "Leeson Helen", "Helen Leesonn", "Dr"] {
        let share = trainee.run(&["reflect", "share", reflection, "--with", slip, "--json"]);
        assert_eq!(share.exit, 6, "{slip}: {}", share.stderr);
        let candidates = share.json()["error"]["candidates"].to_string();
        assert!(candidates.contains("Dr Helen Leeson"), "{slip}: {candidates}");
    }
    trainee.json(&["reflect", "share", reflection, "--with", "dr leeson"]);
    trainee.json(&["reflect", "share", reflection, "--with", "Zoë Müller"]);
    trainee.json(&["reflect", "share", reflection, "--with", "zoe muller", "--again"]);
    trainee.json(&["sync"]);
    leeson.json(&["sync"]);
    assert!(leeson.text(&["reflect", "shared"]).contains("A long night"));
    let slip = trainee.run(&["reflect", "share", reflection, "--with", "Helen Lees"]);
    assert!(slip.stderr.contains("nobody here is called \"Helen Lees\""), "{}", slip.stderr);
    assert!(slip.stderr.contains("perhaps you mean"), "{}", slip.stderr);
    assert!(slip.stderr.contains("enhance people"), "{}", slip.stderr);
}

#[test]
fn e2_two_of_one_name_are_a_question() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (_one, _) = world.home(Role::Supervisor, "Dr Helen Lee");
    let (_other, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = trainee.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    let share =
        |with: &str| trainee.run(&["reflect", "share", id(&made, "document"), "--with", with]);
    let ending = share("Dr Lee");
    assert_eq!(ending.exit, 2, "{}", ending.stderr);
    assert!(ending.stderr.contains("Dr Helen Lee") && ending.stderr.contains("Dr Ann Lee"));
    assert_eq!(share("Helen Lee").exit, 0);
}

#[test]
fn e1_a_reflection_is_found_as_a_person_types_what_is_on_the_screen() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "Łukasz’s handover"];
    let said = ["--answer", "thought=His SpO₂ fell, the e\u{fb03}cient fluid\u{ad}balance chart."];
    trainee.json(&[&new[..], &said].concat());
    for typed in ["lukasz", "spo2 fell", "efficient", "fluidbalance", "handover spo₂"] {
        let found = trainee.json(&["search", typed]);
        assert!(found.to_string().contains("Łukasz’s handover"), "{typed}: {found}");
    }
    let shown = trainee.text(&["search", "fluidbalance"]);
    assert!(shown.contains("SpO₂"), "as it was written: {shown}");
}

#[test]
fn what_is_found_is_read_page_by_page_and_the_last_says_nothing_of_more() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    for title in ["A fall at night", "A fall by day", "A fall in the bath"] {
        trainee.json(&["reflect", "new", "--template", "quick-capture", "--title", title]);
    }
    let first = trainee.text(&["search", "fall", "--limit", "2"]);
    assert_eq!(first.lines().last(), Some("… and more: --page 2"), "{first}");
    let second = trainee.text(&["search", "fall", "--limit", "2", "--page", "2"]);
    assert!(second.contains("A fall") && !second.contains("and more"), "{second}");
    assert!(!trainee.text(&["search", "fall", "--limit", "3"]).contains("and more"));
    let found = trainee.json(&["search", "fall", "--limit", "2"]);
    assert_eq!((found["items"].as_array().map(Vec::len), &found["more"]), (Some(2), &true.into()));
    assert_eq!(trainee.run(&["search", "fall", "--page", "0"]).exit, 2);
}
