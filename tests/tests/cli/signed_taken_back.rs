//! Requests for a sign-off taken back, nudged, and what became of what they are about.

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn two(world: &World) -> (Home, Home) {
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    (asha, birch)
}

fn reflection(home: &Home) -> String {
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = home.json(&[&new[..], &["--answer", "thought=It was long."]].concat());
    text(&made["document"])
}

fn session(home: &Home, title: &str) -> String {
    let log = ["log", "add", "--minutes", "90", "--kind", "core", "--title", title];
    text(&home.json(&log)["session"])
}

fn ask(home: &Home, of: &[&str]) -> String {
    let ask = [&["sign-off", "ask", "--with", "Birch"][..], of].concat();
    text(&home.json(&ask)["request"])
}

fn waits(home: &Home) -> u64 {
    home.json(&["sync"]);
    let inbox = home.json(&["inbox"]);
    let items = inbox["items"].as_array().unwrap();
    items.iter().filter(|item| item["kind"] == "sign_off_asked").count() as u64
}

#[test]
fn a_request_is_taken_back_in_every_state_and_leaves_the_signers_inbox() {
    let world = World::new();
    let (asha, birch) = two(&world);
    let (deleted, session) = (reflection(&asha), session(&asha, "Teaching"));
    let project = text(&asha.json(&["project", "new", "--title", "Falls"])["project"]);
    let requests = [
        ask(&asha, &["--reflection", &deleted]),
        ask(&asha, &["--session", &session]),
        ask(&asha, &["--project", &project]),
    ];
    asha.json(&["sync"]);
    assert_eq!(waits(&birch), 3);
    let gone = asha.text(&["reflect", "delete", &deleted, "--yes"]);
    let hint = gone.lines().find(|line| line.contains("take-back")).unwrap_or_else(|| {
        panic!("the command that takes it back is named: {gone}");
    });
    let typed = hint.split("take-back ").nth(1).unwrap();
    let typed = typed.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap();
    assert_eq!(asha.json(&["sign-off", "take-back", typed])["before"], false);
    asha.json(&["project", "edit", &project, "--section", "problem=Too dark"]);
    for request in &requests[1..] {
        assert_eq!(asha.json(&["sign-off", "take-back", request])["before"], false);
    }
    for request in [&requests[0][..], typed] {
        let again = asha.text(&["sign-off", "take-back", request]);
        assert!(again.contains("was taken back before"), "{again}");
    }
    asha.json(&["sync"]);
    assert_eq!(waits(&birch), 0);
    let listed = asha.text(&["sign-off", "list"]);
    assert!(listed.contains("You have asked for no sign-off"), "{listed}");
    let his = birch.run(&["sign-off", "take-back", &requests[0]]);
    assert_ne!(his.exit, 0, "{}", his.stdout);
}

#[test]
fn what_was_answered_goes_only_if_that_is_said() {
    let world = World::new();
    let (asha, birch) = two(&world);
    let of = reflection(&asha);
    let request = ask(&asha, &["--reflection", &of]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    birch.json(&["sign-off", "sign", &request, "--as", "clinical"]);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let refused = asha.run(&["sign-off", "take-back", &request]);
    assert_eq!(refused.exit, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("--with-answers"), "{}", refused.stderr);
    let copies = asha.text(&["reflect", "copies", &of, "--take-back"]);
    assert!(copies.contains("--with-answers"), "the hint works for it too: {copies}");
    assert!(copies.contains("nothing to take back"), "{copies}");
    asha.json(&["sign-off", "take-back", &request, "--with-answers"]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    assert!(birch.text(&["sign-off", "list"]).contains("Nobody has asked you"));
}

#[test]
fn a_list_says_what_changed_since_and_what_was_deleted() {
    let world = World::new();
    let (asha, birch) = two(&world);
    let [of, session] = [reflection(&asha), session(&asha, "Teaching")];
    let project = text(&asha.json(&["project", "new", "--title", "Falls"])["project"]);
    let requests = [
        ask(&asha, &["--reflection", &of]),
        ask(&asha, &["--session", &session]),
        ask(&asha, &["--project", &project]),
    ];
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    for request in &requests {
        birch.json(&["sign-off", "sign", request, "--as", "clinical"]);
    }
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let listed = asha.text(&["sign-off", "list"]);
    assert!(!listed.contains("since sign-off"), "{listed}");
    asha.json(&["reflect", "delete", &of, "--yes"]);
    asha.json(&["log", "remove", &session]);
    asha.json(&["project", "edit", &project, "--section", "problem=Too dark"]);
    let listed = asha.text(&["sign-off", "list"]);
    assert_eq!(listed.matches("deleted since sign-off").count(), 2, "{listed}");
    assert_eq!(listed.matches("changed since sign-off").count(), 1, "{listed}");
    assert!(listed.to_lowercase().contains("problem"), "and what: {listed}");
    asha.json(&["project", "delete", &project, "--yes"]);
    let listed = asha.text(&["sign-off", "list"]);
    assert_eq!(listed.matches("deleted since sign-off").count(), 3, "{listed}");
}

#[test]
fn a_request_is_nudged_once_and_the_nudge_goes_when_it_is_answered() {
    let world = World::new();
    let (asha, birch) = two(&world);
    let request = ask(&asha, &["--reflection", &reflection(&asha)]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    let named = asha.run(&["nudge", &request, "--why", "Mrs Okafor, NHS 943 476 5919, asks"]);
    assert_eq!(named.exit, 5, "{}", named.stderr);
    asha.json(&["nudge", &request, "--why", "The review is on Friday"]);
    let again = asha.run(&["nudge", &request, "--why", "And now?"]);
    assert_eq!(again.exit, 5, "{}", again.stderr);
    assert!(again.stderr.contains("waits already"), "{}", again.stderr);
    let same = asha.text(&["nudge", &request, "--why", "The review is on Friday"]);
    assert!(same.contains("waits already; the next sync sends it"), "{same}");
    asha.json(&["sync"]);
    let again = asha.run(&["nudge", &request, "--why", "And now?"]);
    assert!(again.stderr.contains("give it a week"), "{}", again.stderr);
    let same = asha.json(&["nudge", &request, "--why", "The review is on Friday"]);
    assert_eq!((&same["again"], &same["waits"]), (&true.into(), &false.into()));
    birch.json(&["sync"]);
    let kinds = |home: &Home| {
        let inbox = home.json(&["inbox"]);
        let items = inbox["items"].as_array().unwrap().clone();
        let mut kinds: Vec<String> = items.iter().map(|item| text(&item["kind"])).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds(&birch), ["nudge", "sign_off_asked"]);
    assert_eq!(kinds(&asha), [""; 0], "nobody waits for themselves");
    let inbox = birch.text(&["inbox"]);
    assert!(inbox.contains("The review is on Friday"), "{inbox}");
    birch.json(&["sign-off", "sign", &request, "--as", "clinical"]);
    assert_eq!(kinds(&birch), [""; 0]);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let late = asha.run(&["nudge", &request, "--why", "Still?"]);
    assert!(late.stderr.contains("it is answered"), "{}", late.stderr);
}

#[test]
fn the_plain_verify_names_the_command_for_a_sign_off() {
    let world = World::new();
    let (asha, birch) = two(&world);
    let request = ask(&asha, &["--reflection", &reflection(&asha)]);
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    birch.json(&["sign-off", "sign", &request, "--as", "clinical"]);
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("so.json");
    let file = file.to_str().unwrap();
    asha.json(&["sign-off", "export", &request, "--out", file]);
    for home in [&asha, &Home::new()] {
        let ending = home.run(&["verify", file]);
        assert_eq!(ending.exit, 2, "{}", ending.stderr);
        assert!(ending.stderr.contains("enhance sign-off verify"), "{}", ending.stderr);
    }
}
