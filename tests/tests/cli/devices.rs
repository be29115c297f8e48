//! Devices listed, named and signed out, and signing out, from terminals.

use std::{fs, path::Path, process::Command};

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};

use crate::together::short;

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-r").arg(from).arg(to).status().unwrap().success());
}

fn minutes(home: &Home) -> usize {
    home.json(&["log"])["sessions"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_person_lists_names_and_signs_out_devices() {
    let world = World::new();
    let (first, key) = world.home(Role::Trainee, "Asha Rao");
    let second = Home::new();
    let invitation = first.json(&["enrol", "--invite-device"])["invitation"].clone();
    let joining = ["enrol", "--server", &world.server.url(), invitation.as_str().unwrap()];
    second.json(&[&joining[..], &["--recovery-key", &key]].concat());
    let devices = first.json(&["devices"]);
    assert_eq!(devices.as_array().unwrap().len(), 2, "{devices}");
    let other = devices.as_array().unwrap().iter().find(|one| one["is_this"] == false).unwrap();
    let id = other["id"].as_str().unwrap();
    assert!(first.text(&["devices", "rename", id, "Ward laptop"]).contains("Ward laptop"));
    let listed = first.text(&["devices"]);
    assert!(listed.contains("this one") && listed.contains("last seen"), "{listed}");
    assert_eq!(first.run(&["devices", "rename", "zzzz", "None"]).exit, 2);
    first.json(&["devices", "sign-out", id]);
    let refused = second.run(&["sync"]);
    assert_eq!(refused.exit, 3, "{}", refused.stderr);
}

#[test]
fn signing_out_says_what_is_unsent_and_wipes_the_home() {
    let mut world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["sync"]);
    home.json(&["reflect", "new", "--template", "quick-capture", "--title", "Unsent"]);
    let refused = home.run(&["--json", "sign-out"]);
    assert_eq!(refused.exit, 5, "{}", refused.stderr);
    let said = refused.stdout + &refused.stderr;
    assert!(said.contains("1 document with unsent work"), "{said}");
    assert!(home.text(&["reflect", "list"]).contains("Unsent"), "nothing was done");
    home.json(&["sync"]);
    world.server.stop();
    let told = home.json(&["sign-out"]);
    assert_eq!(told["server_told"], false, "{told}");
    assert!(!home.path().exists(), "{:?}", fs::read_dir(home.path()).map(Iterator::count));
    assert_eq!(home.run(&["reflect", "list"]).exit, 3);
}

/// C2 as a person meets it: `cp -r`, and both go on; and a backup put back.
#[test]
fn c2_a_home_that_was_copied_and_one_that_was_put_back_go_on() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let log = |home: &Home, title: &str| {
        home.json(&["log", "add", "--minutes", "30", "--kind", "core", "--title", title]);
    };
    log(&home, "Before");
    home.json(&["sync"]);
    let backup = tempfile::tempdir().unwrap();
    copy(&home.path(), &backup.path().join("home"));
    log(&home, "After");
    home.json(&["sync"]);
    let second = Home::new();
    copy(&home.path(), &second.path());
    log(&second, "On the copy");
    log(&home, "On the first");
    for home in [&second, &home] {
        assert_eq!(home.json(&["sync"])["quarantined"], 0);
    }
    fs::remove_dir_all(home.path()).unwrap();
    copy(&backup.path().join("home"), &home.path());
    log(&home, "On the old state");
    for home in [&home, &second, &home] {
        assert_eq!(home.json(&["sync"])["quarantined"], 0);
    }
    assert_eq!((minutes(&home), minutes(&second)), (5, 5));
    assert_eq!(home.json(&["quarantine"]).as_array().map(Vec::len), Some(0));
}

#[test]
fn minutes_set_apart_on_two_devices_are_shown_with_the_commands_that_settle_them() {
    let world = World::new();
    let (first, key) = world.home(Role::Trainee, "Asha Rao");
    let second = Home::new();
    let invitation = first.json(&["enrol", "--invite-device"])["invitation"].clone();
    let joining = ["enrol", "--server", &world.server.url(), invitation.as_str().unwrap()];
    second.json(&[&joining[..], &["--recovery-key", &key]].concat());
    let added =
        first.json(&["log", "add", "--minutes", "60", "--kind", "core", "--title", "Round"]);
    let id = short(&added["session"]);
    let meet = || {
        for home in [&first, &second, &first] {
            home.json(&["sync"]);
        }
    };
    meet();
    first.json(&["log", "set", &id, "minutes=30"]);
    second.json(&["log", "set", &id, "minutes=90"]);
    meet();
    let commands = [30, 90].map(|minutes| format!("enhance record set {id} minutes={minutes}"));
    for home in [&first, &second] {
        for page in [home.text(&["log"]), home.text(&["record"])] {
            assert!(commands.iter().all(|command| page.contains(command)), "{page}");
        }
        let apart = &home.json(&["log"])["sessions"][0]["disagreements"];
        assert_eq!(apart[0]["values"].as_array().map(Vec::len), Some(2), "{apart}");
    }
    first.json(&["record", "set", &id, "minutes=30"]);
    meet();
    for page in [second.text(&["log"]), second.text(&["record"])] {
        assert!(!page.contains("minutes=") && !page.contains("disagree"), "{page}");
    }
}
