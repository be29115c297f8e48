//! What `enhance` does where there is no server.

use std::{fs, io::Write, process::Stdio};

use enhance_tests::{home::Home, programs};

/// A command of every kind, with arguments that can be read.
const COMMANDS: &[&[&str]] = &[
    &["status"],
    &["address"],
    &["modules"],
    &["module", "population-health"],
    &["activity", "start", "anything"],
    &["log"],
    &["placement"],
    &["goal"],
    &["certificate"],
    &["evidence"],
    &["deadline"],
    &["coverage"],
    &["record"],
    &["reflect", "list"],
    &["project", "list"],
    &["people"],
    &["search", "frailty"],
    &["pack"],
    &["sync"],
    &["quarantine"],
    &["export"],
    &["arcp"],
    &["salvage"],
    &["enrol", "--invite-device"],
    &["enrol", "--recovery-key", "ABCD"],
];

#[test]
fn help_and_version_go_to_stdout_and_end_well() {
    let home = Home::new();
    let help = home.text(&["--help"]);
    assert!(help.contains("Exit codes:") && help.contains("Examples:"), "{help}");
    assert!(home.text(&["reflect", "new", "--help"]).contains("enhance reflect new --template"));
    assert!(home.text(&["--version"]).starts_with("enhance "));
    assert!(!home.path().exists(), "help must not make a home");
}

#[test]
fn an_empty_home_says_that_it_is_not_enrolled_and_stays_empty() {
    let home = Home::new();
    for command in COMMANDS {
        let ending = home.run(command);
        assert_eq!(ending.exit, 3, "{command:?}: {}", ending.stderr);
        assert!(
            ending.stdout.is_empty() && ending.stderr.contains("enhance enrol --server"),
            "{command:?}"
        );
        let ending = home.run(&[&["--json"], *command].concat());
        assert_eq!(ending.json()["error"]["code"], "not_enrolled", "{command:?}");
        assert!(ending.stderr.is_empty(), "{}", ending.stderr);
    }
    assert!(!home.path().exists(), "asking must not make a home");
}

#[test]
fn a_wrong_command_line_is_explained_in_text_and_in_json() {
    let home = Home::new();
    for wrong in [
        &["nonsense"][..],
        &["log", "add", "--minutes", "0", "--kind", "core", "--title", "x"],
        &["log", "add", "--minutes", "5", "--kind", "sleep", "--title", "x"],
        &["reflect", "delete", "5d41c0e2"],
        &["project", "edit", "1c9e77d0", "--status", "done"],
        &["project", "observe", "1c9e77d0", "77ab01fe", "--value", "5/4", "--at", "2026-11-20"],
        &["sync", "--watch", "--deadline", "3"],
    ] {
        let ending = home.run(wrong);
        assert_eq!((ending.exit, ending.stdout.as_str()), (2, ""), "{wrong:?}");
        assert!(ending.stderr.contains("error:"), "{wrong:?}: {}", ending.stderr);
        let ending = home.run(&[wrong, &["--json"]].concat());
        assert_eq!((ending.exit, &ending.json()["error"]["code"]), (2, &"invalid_input".into()));
    }
    let ending = home.run(&["project", "edit", "1c9e77d0", "--status", "done"]);
    assert!(ending.stderr.contains("handed_over"), "the choices are named: {}", ending.stderr);
}

#[test]
fn a_mistyped_day_time_or_number_is_answered_with_how_to_write_it() {
    let home = Home::new();
    let log = ["log", "add", "--kind", "core", "--title", "x"];
    let observe = ["project", "observe", "1c9e77d0", "77ab01fe"];
    let edit = ["project", "edit", "1c9e77d0"];
    for (command, wrong, said) in [
        (&log[..], &["--minutes", "5", "--start", "2026-11-20"][..], "at what time on 2026-11-20?"),
        (&log, &["--minutes", "5", "--start", "noon"], "write it as 2026-11-20T13:00"),
        (&log, &["--minutes", "+5"], "\"+5\" is not a whole number"),
        (&log, &["--minutes", "1441"], "1441 is not between 1 and 1440"),
        (&edit, &["--aim-by", "31/3/2027"], "is not a day; write it as 2026-11-20"),
        (&edit, &["--aim-by", "2027-02-29"], "there is no day 2027-02-29"),
        (&observe, &["--value", "+1/4", "--at", "2026-11-20"], "neither a number such as 12.5"),
        (&observe, &["--value", "1", "--at", "20261120"], "is not a day; write it as 2026-11-20"),
        (&["search"], &["frailty", "--limit", "0"], "0 is too small; it must be 1 or more"),
        (&["sync"], &["--max-bytes", "0"], "0 is too small; it must be 1 or more"),
        (&["sync"], &["--deadline", "0"], "0 is too small; it must be 1 or more"),
        (&["quarantine", "show"], &["three"], "\"three\" is not a whole number"),
        (&log, &["--minutes", "-5"], "\"-5\" is not a whole number"),
        (&["search"], &["frailty", "--limit", "-1"], "\"-1\" is not a whole number"),
        (&["log"], &["--period", "2026-02-29"], "there is no day 2026-02-29"),
        (&log, &["--minutes", "5", "--start", "2026-02-29T10:00"], "there is no day 2026-02-29"),
        (&["ticket", "make", "9f3c"], &["--for", "x", "--days", "soon"], "is not a whole number"),
        (&["ticket", "make", "9f3c"], &["--for", "x", "--uses", "99"], "is not between 1 and 50"),
    ] {
        let ran = home.run(&[command, wrong].concat());
        assert_eq!(ran.exit, 2, "{wrong:?}");
        assert!(ran.stderr.contains(said), "{wrong:?}: {}", ran.stderr);
    }
}

#[test]
fn enrolling_without_a_network_says_so_and_keeps_the_key_it_made() {
    let home = Home::new();
    let enrol = ["enrol", "--server", "http://127.0.0.1:9", "ABCD-EFGH"];
    let ending = home.run(&enrol);
    assert_eq!(ending.exit, 4, "{}", ending.stderr);
    let key = fs::read_to_string(home.path().join("key")).unwrap();
    assert_eq!(home.run(&enrol).exit, 4);
    assert_eq!(fs::read_to_string(home.path().join("key")).unwrap(), key);
    assert_eq!(home.run(&["status"]).exit, 3, "not enrolled all the same");
}

#[test]
fn a_key_that_is_missing_damaged_or_readable_by_others_is_storage_trouble() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    assert_eq!(home.run(&["enrol", "--server", "http://127.0.0.1:9", "ABCD-EFGH"]).exit, 4);
    let key = home.path().join("key");
    let whole = fs::read_to_string(&key).unwrap();
    fs::write(&key, "0".repeat(64)).unwrap();
    assert_eq!(home.run(&["status"]).exit, 8, "another key does not open the database");
    fs::write(&key, "nonsense").unwrap();
    assert_eq!(home.run(&["status"]).exit, 8);
    fs::write(&key, &whole).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let ending = home.run(&["status"]);
    assert!(ending.exit == 8 && ending.stderr.contains("chmod 600"), "{}", ending.stderr);
    fs::remove_file(&key).unwrap();
    let ending = home.run(&["enrol", "--server", "http://127.0.0.1:9", "ABCD-EFGH"]);
    assert_eq!(ending.exit, 8, "a lost key must not be replaced by a new one: {}", ending.stderr);
    assert!(!key.exists());
}

#[test]
fn a_reader_that_stops_listening_is_no_fault() {
    let home = Home::new();
    let mut child =
        home.command(&["--help"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&ended.stderr).contains("panicked"));
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn the_home_may_come_from_the_environment() {
    let home = Home::new();
    let mut command = std::process::Command::new(programs::enhance());
    let ending = command.env("ENHANCE_HOME", home.path()).args(["status"]).output().unwrap();
    assert_eq!(ending.status.code(), Some(3));
    let said = String::from_utf8(ending.stderr).unwrap();
    assert!(said.contains(home.path().to_str().unwrap()), "{said}");
}

#[test]
fn a_file_that_is_not_there_is_named_before_anything_is_done() {
    let home = Home::new();
    let missing =
        ["enrol", "--server", "http://127.0.0.1:9", "ABCD", "--recovery-key-file", "/nowhere/k"];
    let ending = home.run(&missing);
    assert_eq!(ending.exit, 2);
    assert!(ending.stderr.contains("/nowhere/k"), "{}", ending.stderr);
    assert!(!home.path().exists());
    let mut child = home
        .command(&["reflect", "new", "--template", "gibbs", "--answer", "a=-", "--answer", "b=-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"text").unwrap_or_default();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2));
}
