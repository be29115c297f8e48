//! A home of which a part is elsewhere: its database is gone, or a link stands in its place.

use std::{fs, os::unix::fs::symlink, path::Path};

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};

use crate::together::text;

fn with_content(world: &World) -> Home {
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    home.json(&["reflect", "new", "--template", content::TEMPLATE, "--title", "A long night"]);
    home
}

/// Everything that is there, by its name.
fn names(folder: &Path) -> Vec<String> {
    let found = fs::read_dir(folder).unwrap();
    found.map(|one| one.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn d_a_database_that_is_gone_is_said_to_be_missing_and_nobody_is_enrolled_over_it() {
    let world = World::new();
    let home = with_content(&world);
    let (key, account) = (home.path().join("key"), home.path().join("account"));
    let first_key = fs::read(&key).unwrap();
    let whole = fs::read(account.join("enhance.db")).unwrap();
    for name in names(&account).iter().filter(|name| name.starts_with("enhance.db")) {
        fs::remove_file(account.join(name)).unwrap();
    }
    let code = world.server.invite(Role::Trainee, "Asha Rao");
    let (url, before) = (world.server.url(), names(&account).len());
    let enrol = ["enrol", "--server", &url, &code];
    for command in [&["status"][..], &["reflect", "list"], &["sync"], &["salvage"], &enrol] {
        let ending = home.run(command);
        assert_eq!(ending.exit, 8, "{command:?}: {}", ending.stderr);
        for said in ["is missing", "never reached the server", "backup", "--without-key"] {
            assert!(ending.stderr.contains(said), "{command:?}: {}", ending.stderr);
        }
        let told = home.run(&[&["--json"], command].concat());
        assert_eq!(told.json()["error"]["code"], "database_missing", "{command:?}");
    }
    assert_eq!(fs::read(&key).unwrap(), first_key);
    assert_eq!(names(&account).len(), before, "nothing was begun");

    fs::write(account.join("enhance.db"), &whole).unwrap();
    assert!(home.text(&["reflect", "list"]).contains("A long night"), "a backup is as good");

    fs::remove_dir_all(&account).unwrap();
    assert_eq!(home.run(&["status"]).exit, 8, "nor is a key alone nobody's");
    assert_eq!(home.run(&enrol).exit, 8);
    assert_eq!(fs::read(&key).unwrap(), first_key);
    let said = home.run(&["--json", "salvage", "--without-key"]).json();
    let aside = Path::new(text(&said["aside"])).join("key");
    assert_eq!(fs::read(aside).unwrap(), first_key, "the key is kept for a backup");
    home.json(&enrol);
    assert_ne!(fs::read(&key).unwrap(), first_key);
}

#[test]
fn d_nothing_is_written_through_a_link_in_the_folder_of_an_account() {
    let world = World::new();
    let home = with_content(&world);
    let reflection = home.json(&["reflect", "list"])[0]["id"].clone();
    let (account, elsewhere) = (home.path().join("account"), home.path().with_file_name("photos"));
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("mine.jpg"), "of somebody").unwrap();
    let photograph = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../core/model/tests/golden/attachments/photograph.jpg"
    );
    for (name, command) in [
        ("files", &["pack", "update"][..]),
        ("attachments", &["attach", text(&reflection), photograph]),
    ] {
        let place = account.join(name);
        let _ = fs::remove_dir_all(&place);
        symlink(&elsewhere, &place).unwrap();
        let refused = home.run(command);
        assert_eq!(refused.exit, 8, "{command:?}: {}{}", refused.stdout, refused.stderr);
        assert!(refused.stderr.contains("is a link to another place"), "{}", refused.stderr);
        assert!(refused.stderr.contains(name), "{}", refused.stderr);
        assert_eq!(names(&elsewhere), ["mine.jpg"], "{command:?}");
        home.json(&["reflect", "list"]);
        fs::remove_file(&place).unwrap();
        home.json(command);
    }
    for name in ["enhance.db-wal", "enhance.reserve", "enhance.db.new", "enhance.lock", "wiping"] {
        let (place, target) = (account.join(name), elsewhere.join("mine.jpg"));
        let _ = fs::remove_file(&place);
        symlink(&target, &place).unwrap();
        let refused = home.run(&["reflect", "list"]);
        assert_eq!(refused.exit, 8, "{name}: {}", refused.stderr);
        assert!(refused.stderr.contains("is a link to another place"), "{}", refused.stderr);
        assert_eq!(fs::read_to_string(&target).unwrap(), "of somebody", "{name}");
        fs::remove_file(&place).unwrap();
    }
    home.json(&["reflect", "list"]);
}
