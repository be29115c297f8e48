//! What is signed on the trainee's own device, as who is named is told of it and as its file is
//! checked.

use std::fs;

use enhance_model::Role;
use enhance_tests::world::World;

use crate::together::text;

#[test]
fn who_was_asked_is_told_what_was_witnessed_in_their_name() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (birch, _) = world.home(Role::Supervisor, "Dr Birch");
    asha.json(&["sync"]);
    let project = asha.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let ask = ["sign-off", "ask", "--project", text(&project), "--with", "Birch"];
    let request = asha.json(&ask);
    let request = text(&request["request"]).to_owned();
    let witness = ["sign-off", "witness", &request, "--as", "clinical", "--name", "Dr Birch"];
    let known = ["--known-by", "consultant on this ward", "--person", "Birch"];
    asha.json(&[&witness[..], &known].concat());
    asha.json(&["sync"]);
    birch.json(&["sync"]);
    let told = birch.text(&["inbox"]);
    assert!(told.contains("Asha Rao says that you signed it on their device."), "{told}");
    let how = "witnessed by the trainee, not signed with the signer's own key";
    for home in [&asha, &birch] {
        let listed = home.text(&["sign-off", "list"]);
        assert!(listed.contains(how), "{listed}");
        let lines = listed.lines().filter(|line| line.contains("Dr Birch signed"));
        assert!(lines.into_iter().all(|line| line.contains(how)), "{listed}");
    }
    let items = birch.json(&["inbox"])["items"].clone();
    assert_eq!(items[0]["kind"], "sign_off_witnessed", "{items}");
    birch.json(&["inbox", "seen", text(&items[0]["id"])]);
    assert_eq!(birch.json(&["inbox"])["items"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_file_that_does_not_verify_and_one_that_is_none_of_a_sign_off_end_in_two_ways() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let project = asha.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let request = asha.json(&["sign-off", "ask", "--project", text(&project)]);
    let request = text(&request["request"]).to_owned();
    let witness = ["sign-off", "witness", &request, "--as", "clinical", "--name", "Dr Lee"];
    asha.json(&[&witness[..], &["--known-by", "works here"]].concat());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("falls.json");
    let path = file.to_str().unwrap();
    asha.json(&["sign-off", "export", &request, "--out", path]);
    let whole = fs::read_to_string(&file).unwrap();
    let verified = |json: &str| {
        fs::write(&file, json).unwrap();
        asha.run(&["sign-off", "verify", path])
    };
    let good = verified(&format!("\u{feff}{whole}"));
    assert_eq!(good.exit, 10, "{}", good.stderr);
    assert!(good.stdout.contains("Not part of what was signed"), "{}", good.stdout);
    for (changed, to) in [
        ("Falls at night", "Falls by day"),
        ("\"clinical\"", "\"educational\""),
        ("\"clinical\"", "\"surgical\""),
        ("\"sign_off\":", "\"signed_off\":"),
        ("\"text\":", "\"note\": \"More\", \"text\":"),
        ("\"text\":", "\"text\": \"More\", \"text\":"),
        ("\"signature\": \"", "\"signature\": \"!"),
    ] {
        let json = whole.replace(changed, to);
        assert_ne!(json, whole, "{changed}");
        let ending = verified(&json);
        assert_eq!(ending.exit, 9, "{to}: {}{}", ending.stdout, ending.stderr);
    }
    assert_eq!(verified(&whole[..whole.len() / 2]).exit, 9, "it was cut off");
    for other in ["", "{}", "[]", "falls"] {
        assert_eq!(verified(other).exit, 2, "{other}");
    }
}
