//! Signatures asked for, given and checked in a terminal.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use enhance_client::{Clock, SignOffAnswer};
use enhance_model::{
    Role,
    sign_off::{Decision, SupervisorRole},
};
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn a_project_is_signed_taken_along_and_checked_where_there_is_no_account() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let project = asha.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let ask = ["sign-off", "ask", "--project", text(&project), "--with", "Birch"];
    let request = asha.json(&[&ask[..], &["--message", "Before Friday"]].concat());
    let request = text(&request["request"]).to_owned();
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    assert!(birch.text(&["sign-off", "list"]).contains("Falls at night"));
    assert!(birch.text(&["sign-off", "show", &request]).contains("Before Friday"));
    let answer = ["--as", "clinical", "--statement"];
    let silent = birch.run(&[&["sign-off", "return", &request][..], &answer, &[""]].concat());
    assert_eq!(silent.exit, 2, "{}", silent.stderr);
    birch
        .json(&[&["sign-off", "sign", &request][..], &answer, &["Well thought through."]].concat());
    let again = [&["sign-off", "sign", &request][..], &answer, &["Well thought through, Asha."]];
    let said = birch.text(&again.concat());
    assert!(said.contains("takes the place of an earlier answer, which stays"), "{said}");
    birch.json(&["sync"]);
    asha.json(&["sync"]);
    let both = asha.text(&["sign-off", "show", &request]);
    for said in ["Well thought through.", "Well thought through, Asha.", "In the place of"] {
        assert!(both.contains(said), "{said} is not in\n{both}");
    }
    let shown = asha.json(&["sign-off", "show", &request]);
    assert_eq!(
        (&shown["standing"], &shown["changed"]["since"]),
        (&"signed".into(), &"unchanged".into())
    );

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("falls.json");
    let path = file.to_str().unwrap();
    asha.json(&["sign-off", "export", &request, "--out", path]);
    is_checked_by_a_panel(&file);

    asha.json(&["project", "edit", text(&project), "--section", "problem=Too dark"]);
    let shown = asha.text(&["sign-off", "show", &request]);
    assert!(shown.contains("Changed since sign-off") && shown.contains("\n+ Too dark"), "{shown}");
    assert!(!shown.contains("- -") && !shown.contains("- +"), "{shown}");
}

/// Who has the file and no account finds what it holds, and that a forged one does not hold.
fn is_checked_by_a_panel(file: &Path) {
    let path = file.to_str().unwrap();
    let panel = Home::new();
    let unchecked = panel.run(&["sign-off", "verify", path]);
    let checked = unchecked.stdout;
    assert_eq!(unchecked.exit, 10, "{checked}");
    let said = "The signature holds; who published the key was not checked.";
    assert!(checked.contains(said), "{checked}");
    assert!(checked.contains("Signed by Dr Birch on"), "{checked}");
    let claim = "says of themselves: clinical supervisor; no placement names them";
    assert!(checked.contains(claim), "{checked}");
    assert!(checked.contains("Asha Rao") && checked.contains("Falls at night"), "{checked}");
    assert!(!panel.path().exists(), "nothing is made for that");
    let verdict = panel.run(&["--json", "sign-off", "verify", path]);
    assert_eq!((verdict.exit, &verdict.json()["publisher_known"]), (10, &false.into()));
    let key = verdict.json()["paper"]["publisher_key"].clone();
    let checked = panel.text(&["sign-off", "verify", path, "--publisher", text(&key)]);
    assert!(!checked.contains("not checked"), "{checked}");
    let digits: Vec<char> = text(&key).to_uppercase().chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|four| four.iter().collect()).collect();
    for between in [" ", "-"] {
        panel.text(&["sign-off", "verify", path, "--publisher", &groups.join(between)]);
    }
    let stranger = "7".repeat(64);
    let checked = panel.run(&["sign-off", "verify", path, "--publisher", &stranger]);
    assert_eq!(checked.exit, 9, "{}", checked.stdout);
    let forged = fs::read_to_string(file).unwrap().replace("Dr Birch", "Prof Lee");
    fs::write(file, forged).unwrap();
    assert_eq!(panel.run(&["sign-off", "verify", path]).exit, 9);
    let whole = fs::read(file).unwrap();
    let middle = whole.len() / 2;
    let mut other_byte = whole.clone();
    other_byte[middle] = 0xff;
    let broken = String::from_utf8_lossy(&whole).replacen(',', ";", 1).into_bytes();
    for (bytes, exit, said) in [
        (&whole[..middle], 9, "was cut off before its end"),
        (&whole[..3], 9, "was cut off before its end"),
        (&broken[..], 9, "this file is broken"),
        (&other_byte[..], 9, ""),
        (&b"no sign-off"[..], 2, "it is no JSON"),
        (&b"{\"form\": \"enhance recipe 1\"}"[..], 2, "JSON of something else"),
        (&b""[..], 2, "it is empty"),
    ] {
        fs::write(file, bytes).unwrap();
        let checked = panel.run(&["sign-off", "verify", path]);
        assert_eq!(checked.exit, exit, "{said}: {}", checked.stderr);
        assert!(checked.stderr.contains(said), "{said}: {}", checked.stderr);
    }
}

#[test]
fn somebody_signs_here_and_now_with_no_network() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let log = ["log", "add", "--minutes", "90", "--kind", "core", "--title", "Teaching"];
    let session = asha.json(&log)["session"].clone();
    let ask = asha.json(&["sign-off", "ask", "--session", text(&session)]);
    let request = text(&ask["request"]).to_owned();
    let witness = ["sign-off", "witness", &request, "--name", "Dr Lee", "--as", "educational"];
    let known = asha.run(&witness);
    assert_eq!(known.exit, 2, "how she is known has to be said");
    asha.json(&[&witness[..], &["--known-by", "teaches here"]].concat());
    let shown = asha.text(&["sign-off", "show", &request]);
    assert!(shown.contains("witnessed by Asha Rao") && shown.contains("teaches here"), "{shown}");
}

#[tokio::test]
async fn an_answer_that_was_shown_leaves_the_inbox_however_much_came_after_it() {
    let world = World::new();
    let (start, now) = (world.clock.now().as_millis(), SystemTime::now());
    // A terminal's clock is the machine's: what is answered was so an hour ago.
    let hour = Duration::from_secs(60 * 60);
    world.clock.jump_back(Duration::from_millis(start.try_into().unwrap()) + hour);
    world.clock.jump(now.duration_since(UNIX_EPOCH).unwrap());
    let birch = world.person(Role::Supervisor, "Dr Birch").await;
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    asha.json(&["sync"]);
    let begin = ["reflect", "new", "--template", "what-so-what", "--title"];
    for night in 1..=15 {
        let title = format!("Night {night}");
        let note = asha.json(&[&begin[..], &[&title]].concat())["document"].clone();
        asha.json(&["reflect", "share", text(&note), "--with", "Birch"]);
    }
    let project = asha.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let ask = ["sign-off", "ask", "--project", text(&project), "--with", "Birch"];
    let request = text(&asha.json(&ask)["request"]).to_owned();
    asha.json(&["sync"]);
    birch.sync().await;
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    let answer = SignOffAnswer { decision, role, statement: "Well thought through.".to_owned() };
    birch.sign(request.parse().unwrap(), &answer).unwrap();
    world.clock.jump(Duration::from_secs(60));
    for copy in birch.shared_with_me().unwrap() {
        for question in 1..=14 {
            birch.comment(copy.id, "", &format!("Question {question}?")).unwrap();
        }
    }
    birch.sync().await;
    asha.json(&["sync"]);
    let waiting = || asha.json(&["inbox", "--count"])["by_kind"].clone();
    let before = waiting();
    assert_eq!(
        (&before["comment_answered"], &before["sign_off_answered"]),
        (&210.into(), &1.into())
    );
    assert!(asha.text(&["sign-off", "show", &request]).contains("Well thought through."));
    let after = waiting();
    assert_eq!(
        (&after["comment_answered"], &after["sign_off_answered"]),
        (&210.into(), &Value::Null)
    );
}
