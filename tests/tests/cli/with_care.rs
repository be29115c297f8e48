//! What is looked through before somebody new reads it, and what is asked before it is done again.

use std::fs;

use enhance_model::Role;
use enhance_tests::world::World;
use serde_json::Value;

const CERTIFICATE: &[u8] =
    include_bytes!("../../../core/model/tests/golden/attachments/certificate.pdf");

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn a_project_is_looked_through_before_somebody_is_let_in() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (_birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let title = ["project", "new", "--title", "After Mrs Okafor fell"];
    let project = text(&asha.json(&title)["project"]);
    for invite in [["project", "invite"].as_slice(), &["project", "member", "add"]] {
        let invite = [invite, &[&project, "Birch"]].concat();
        let refused = asha.run(&invite);
        assert_eq!(refused.exit, 5, "{}", refused.stderr);
        assert!(refused.stderr.contains("1 name"), "{}", refused.stderr);
        assert!(!refused.stderr.contains("Okafor"), "{}", refused.stderr);
    }
    let members = asha.json(&["project", "show", &project])["members"].clone();
    assert_eq!(members.as_array().unwrap().len(), 1, "nobody was invited: {members}");
    asha.json(&["project", "invite", &project, "Birch", "--acknowledge"]);
    let (_cara, _) = world.home(Role::Fellow, "Cara Nwosu");
    asha.json(&["sync"]);
    asha.json(&["project", "edit", &project, "--title", "Falls at night"]);
    asha.json(&["project", "invite", &project, "Cara Nwosu"]);
}

#[test]
fn a_patients_journey_is_looked_through_when_it_is_written_and_saved_all_the_same() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let journey = asha.json(&["record", "add", "journey", "title=From a fall to home"]);
    assert_eq!(journey.get("found"), None);
    let of = format!("journey={}", text(&journey["id"]));
    let told = "learned=Mrs Okafor, aged 93, came on 3 April 2026.";
    let step = ["record", "add", "step", &of, "place=1", "setting=at home", told];
    let step = asha.json(&step);
    let found = step["found"].to_string();
    assert!(found.contains("Mrs Okafor") && found.contains("93"), "{found}");
    assert!(found.contains("3 April 2026"), "{found}");
    let export = asha.run(&["export"]);
    assert_eq!(export.exit, 0);
    assert!(export.stderr.contains("may tell who it was"), "{}", export.stderr);
    for said in ["Okafor", "3 April"] {
        assert!(!export.stderr.contains(said), "it stands in the journey alone: {}", export.stderr);
    }
    let arcp = asha.run(&["arcp"]);
    assert!(arcp.stderr.contains("may tell who it was"), "{}", arcp.stderr);
    let set = ["record", "set", &text(&step["id"]), "learned=Nobody rang her son."];
    assert_eq!(asha.json(&set).get("found"), None);
    assert!(!asha.run(&["arcp"]).stderr.contains("may tell"));
}

#[test]
fn the_same_copy_and_the_same_file_are_asked_about_before_they_are_made_again() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (_birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = asha.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    let of = text(&made["document"]);
    let share = ["reflect", "share", &of, "--with", "Birch"];
    asha.json(&share);
    let again = asha.run(&share);
    assert_eq!(again.exit, 2, "{}", again.stderr);
    assert!(again.stderr.contains("has this text already"), "{}", again.stderr);
    assert_eq!(asha.json(&["reflect", "copies", &of]).as_array().unwrap().len(), 1);
    asha.json(&[&share[..], &["--again"]].concat());
    asha.json(&["reflect", "edit", &of, "--answer", "thought=It was short."]);
    asha.json(&share);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("board.pdf");
    fs::write(&file, CERTIFICATE).unwrap();
    let file = file.to_str().unwrap();
    asha.json(&["attach", &of, file]);
    let again = asha.run(&["attach", &of, file]);
    assert_eq!(again.exit, 2, "{}", again.stderr);
    assert!(again.stderr.contains("is attached already"), "{}", again.stderr);
    asha.json(&["attach", &of, file, "--again"]);
}

#[test]
fn what_is_said_is_asked_about_and_what_is_written_where_others_read_is_told_at_once() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let project = text(&asha.json(&["project", "new", "--title", "Falls at night"])["project"]);
    let write = ["project", "edit", &project, "--section", "problem=Mrs Okafor fell"];
    assert_eq!(asha.json(&write).get("found"), None, "nobody else reads it");
    asha.json(&["project", "edit", &project, "--section", "problem=A patient fell"]);
    asha.json(&["project", "invite", &project, "Birch"]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    let invited = birch.run(&["project", "accept", &project]);
    assert_eq!(invited.exit, 0, "{}", invited.stderr);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let found = asha.json(&write)["found"].to_string();
    assert!(found.contains("Mrs Okafor") && found.contains("title_name"), "{found}");
    assert_eq!(asha.json(&write).get("found"), None, "it was told");

    let comment = ["project", "comment", &project, "Mr Smith fell too"];
    let refused = asha.run(&comment);
    assert_eq!(refused.exit, 5, "{}", refused.stderr);
    assert!(refused.stderr.contains("1 name"), "{}", refused.stderr);
    asha.json(&[&comment[..], &["--acknowledge"]].concat());
    asha.json(&["project", "comment", &project, "Nobody else fell"]);
    let words = ["--on", "problem", "--replace", "fell", "--with", "fell (dr patel saw it)"];
    let suggest = [&["project", "suggest", &project][..], &words].concat();
    asha.json(&suggest);
    let words = ["--on", "problem", "--replace", "fell", "--with", "fell (Dr Patel saw it)"];
    let suggest = [&["project", "suggest", &project][..], &words].concat();
    assert_eq!(asha.run(&suggest).exit, 5);
    asha.json(&[&suggest[..], &["--acknowledge"]].concat());
}

#[test]
fn the_name_of_a_file_is_looked_through_and_the_file_kept_all_the_same() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let of = text(&asha.json(&new)["document"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Mr Smith 943 476 5919.pdf");
    fs::write(&file, CERTIFICATE).unwrap();
    let attached = asha.json(&["attach", &of, file.to_str().unwrap()]);
    assert!(attached["id"].is_string());
    let found = attached["found"].to_string();
    assert!(found.contains("Mr Smith") && found.contains("943 476 5919"), "{found}");
}
