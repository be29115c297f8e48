//! A home whose database or key is damaged, and what errors say: a sentence, and a way on.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};

const PAGE: usize = 4_096;

/// What happens to the file of a database.
type Harm = fn(&mut Vec<u8>);

/// A sentence: no numbers of the system, and no field's name in its place.
#[track_caller]
fn is_sentence(said: &str) {
    assert!(!said.contains("os error"), "{said}");
    let first = said.lines().next().unwrap_or_default();
    let (program, sentence) = first.split_once(": ").unwrap();
    assert!(program == "enhance" && sentence.contains(' '), "{said}");
    let begins = sentence.split(": ").next().unwrap();
    assert!(begins.contains(' ') || begins.starts_with('/'), "{said}");
}

fn reflect(home: &Home, title: &str) {
    let answer = "what=The ward was full of frightened people.";
    let made = ["reflect", "new", "--template", content::TEMPLATE, "--title", title];
    home.json(&[&made[..], &["--answer", answer]].concat());
}

#[test]
fn d_whatever_happens_to_the_database_of_a_home_there_is_a_way_on() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let (home, recovery) = world.home(Role::Trainee, "Asha Karim");
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    for night in 1..=4 {
        reflect(&home, &format!("Night {night}"));
    }
    home.json(&["sync"]);
    let person = home.json(&["status"])["account"]["person"]["id"].as_str().unwrap().to_owned();
    let database = home.path().join("account/enhance.db");
    let harms: [(&str, Harm); 8] = [
        ("nothing left", Vec::clear),
        ("one byte left", |bytes| bytes.truncate(1)),
        ("64 bytes of noise before the rest", |bytes| {
            (0_u8..64).zip(bytes).for_each(|(noise, byte)| *byte = noise.wrapping_mul(167) ^ 0x5a);
        }),
        ("cut in the middle of a page", |bytes| bytes.truncate(bytes.len() / 2 + 777)),
        ("its beginning overwritten", |bytes| bytes[..100].fill(0)),
        ("its schema overwritten", |bytes| bytes[..PAGE].fill(0xa5)),
        ("its second page overwritten", |bytes| bytes[PAGE..2 * PAGE].fill(0)),
        ("all but its beginning overwritten", |bytes| bytes[PAGE..].fill(0xff)),
    ];
    for (what, harm) in harms {
        let mut bytes = fs::read(&database).unwrap();
        harm(&mut bytes);
        fs::write(&database, &bytes).unwrap();
        let listed = home.run(&["reflect", "list"]);
        if listed.exit != 0 {
            assert_eq!(listed.exit, 8, "{what}: {}", listed.stderr);
            is_sentence(&listed.stderr);
            assert!(listed.stderr.contains("enhance salvage"), "{what}: {}", listed.stderr);
            assert!(!listed.stderr.contains("--without-key"), "{what}: {}", listed.stderr);
        }
        let said = home.text(&["salvage"]);
        assert!(said.contains("set-aside-20") && said.contains("whole"), "{what}: {said}");
        if said.contains("enhance enrol") {
            let invitation = world.server.invite_device(person.parse().unwrap());
            home.json(&["enrol", "--server", &world.server.url(), &invitation]);
            home.json(&["enrol", "--recovery-key", &recovery]);
        } else {
            assert!(said.contains("enhance sync"), "{what}: {said}");
        }
        assert_eq!(home.run(&["sync"]).exit, 0, "{what}");
        let listed = home.text(&["reflect", "list"]);
        for night in 1..=4 {
            assert!(listed.contains(&format!("Night {night}")), "{what}: {listed}");
        }
    }
}

/// A key that others can read is refused before it is looked at.
fn write_key(file: &Path, key: &[u8]) {
    fs::write(file, key).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn d_a_key_that_is_lost_or_wrong_is_said_and_the_home_can_be_begun_anew() {
    let world = World::new();
    let (home, recovery) = world.home(Role::Trainee, "Asha Karim");
    home.json(&["sync"]);
    world.server.publish(&content::enhance());
    home.json(&["pack", "update"]);
    reflect(&home, "A long night");
    home.json(&["sync"]);
    let person = home.json(&["status"])["account"]["person"]["id"].as_str().unwrap().to_owned();
    let key = home.path().join("key");
    let right = fs::read(&key).unwrap();
    for wrong in [Some("ab".repeat(32)), Some("half a key".to_owned()), None] {
        match &wrong {
            Some(text) => write_key(&key, text.as_bytes()),
            None => fs::remove_file(&key).unwrap(),
        }
        for command in [&["reflect", "list"][..], &["salvage"], &["sync"]] {
            let ending = home.run(command);
            assert_eq!(ending.exit, 8, "{wrong:?}, {command:?}: {}", ending.stderr);
            is_sentence(&ending.stderr);
            assert!(ending.stderr.contains("--without-key"), "{}", ending.stderr);
        }
        write_key(&key, &right);
        assert!(home.text(&["reflect", "list"]).contains("A long night"), "nothing was changed");
    }
    fs::remove_file(&key).unwrap();
    let said = home.text(&["salvage", "--without-key"]);
    assert!(said.contains("set-aside-20") && said.contains("enhance enrol"), "{said}");
    let invitation = world.server.invite_device(person.parse().unwrap());
    home.json(&["enrol", "--server", &world.server.url(), &invitation]);
    home.json(&["enrol", "--recovery-key", &recovery]);
    home.json(&["sync"]);
    assert!(home.text(&["reflect", "list"]).contains("A long night"));
}

#[test]
fn errors_are_sentences_and_no_file_is_overwritten_or_put_into_a_folder_nobody_made() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Karim");
    let place = home.path().with_file_name("place");
    fs::create_dir(&place).unwrap();
    let path = |name: &str| place.join(name).to_str().unwrap().to_owned();
    fs::write(place.join("bytes"), [0xff, 0xfe, 0x00]).unwrap();
    let (nowhere, folder, bytes) = (path("nosuch/x"), path(""), path("bytes"));
    let at_bytes = format!("what=@{bytes}");
    let at_nowhere = format!("what=@{nowhere}");
    let new = ["reflect", "new", "--template", "quick-capture"];
    let wrong: [&[&str]; 16] = [
        &["export", "--out", &nowhere],
        &["export", "--csv", &nowhere],
        &["export", "--html", &nowhere],
        &["export", "--out", &folder],
        &["import", &nowhere],
        &["import", &folder],
        &["import", &bytes],
        &["project", "new", "--title", ""],
        &["reflect", "show", "5d41c0e2"],
        &["attach", "5d41c0e2", &nowhere],
        &["address", "not an address"],
        &["sync", "--max-bytes", "0"],
        &["enrol", "--recovery-key", "0000"],
        &[&new[..], &["--answer", &at_bytes]].concat(),
        &[&new[..], &["--answer", &at_nowhere]].concat(),
        &["attachments", "save", "x", &bytes],
    ];
    for command in wrong {
        let ending = home.run(command);
        assert_ne!(ending.exit, 0, "{command:?}: {}", ending.stdout);
        if !ending.stderr.starts_with("error: ") {
            is_sentence(&ending.stderr);
        }
    }
    assert!(!place.join("nosuch").exists(), "no folder was made");

    let made = home.json(&[&new[..], &["--title", "The whiteboard"]].concat());
    let id = made["document"].as_str().unwrap();
    let photograph = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../core/model/tests/golden/attachments/photograph.jpg"
    );
    home.json(&["attach", id, photograph]);
    assert!(home.text(&["attachments"]).contains("photograph.jpg"), "all of them without an id");
    let ending = home.run(&["attachments", id, "save", "photograph.jpg", &bytes]);
    assert_eq!(ending.exit, 2, "{}", ending.stdout);
    is_sentence(&ending.stderr);
    assert_eq!(fs::read(&bytes).unwrap(), [0xff, 0xfe, 0x00]);
    home.json(&["attachments", id, "save", "photograph.jpg", &path("new.jpg")]);
    assert!(fs::metadata(place.join("new.jpg")).unwrap().len() > 100);
}
