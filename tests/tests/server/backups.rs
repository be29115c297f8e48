//! Backups and checks of folders that are damaged, or have unusual names.

use std::{fs, path::Path};

use enhance_model::Role;
use enhance_server::{
    Config, Machine, ServerState,
    storage::{Folder, StorageError},
};
use enhance_tests::{
    content::{edition, enhance},
    server::command,
    world::World,
};

/// The files of packs in a server's folder.
fn pack_files(data: &Path) -> Vec<std::path::PathBuf> {
    let list = |folder: &Path| {
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect::<Vec<_>>()
    };
    list(&data.join("files")).iter().flat_map(|folder| list(folder)).collect()
}

#[cfg(unix)]
#[test]
fn a_backup_goes_where_it_is_sent_whatever_the_bytes_of_its_name() {
    use clap::Parser;
    use enhance_server::command::CommandLine;
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};

    let world = World::new();
    let data = world.server.data();
    let beside = world.folder().join("beside");
    fs::create_dir(&beside).unwrap();
    for name in [&b"caf\xe9"[..], b"file:x?mode=memory", b"it's \"here\" \xff%20"] {
        let to = beside.join(OsString::from_vec(name.to_vec()));
        let words = ["enhance-server", "backup", "--data"].map(OsString::from);
        let line = words.into_iter().chain([data.clone().into(), "--to".into(), to.clone().into()]);
        CommandLine::try_parse_from(line).unwrap().run_in(&Machine, &mut Vec::new()).unwrap();
        assert!(fs::metadata(to.join("server.db")).unwrap().len() > 0, "{}", to.display());
        let check = ["enhance-server", "check", "--data"].map(OsString::from);
        let line = check.into_iter().chain([to.clone().into()]);
        CommandLine::try_parse_from(line).unwrap().run_in(&Machine, &mut Vec::new()).unwrap();
        // As a restored folder would be, it is one in which a server can work.
        ServerState::open(&to, Config::default(), Box::new(Machine)).unwrap();
    }
    assert_eq!(fs::read_dir(&beside).unwrap().count(), 3, "nothing is anywhere else");
}

#[test]
fn g14_every_file_that_is_missing_or_changed_is_named_before_anything_is_copied() {
    let world = World::new();
    world.server.publish(&enhance());
    let data = world.server.data();
    let mut files = pack_files(&data);
    // What a version consists of is its own: the next one does not bring it back.
    files.retain(|file| fs::read(file).unwrap().first() != Some(&b'{'));
    let [gone, other, cut, swapped, ..] = &files[..] else { panic!("too few files") };
    fs::remove_file(gone).unwrap();
    fs::remove_file(other).unwrap();
    fs::create_dir(other).unwrap();
    fs::write(cut, b"half a sent").unwrap();
    fs::copy(&files[4], swapped).unwrap();
    let to = world.folder().join("backup");
    for words in [&["check"][..], &["backup", "--to", to.to_str().unwrap()]] {
        let said = world.server.command(words).unwrap_err().to_string();
        for (file, why) in [
            (gone, "is not there"),
            (other, "is no file"),
            (cut, "is not what was published"),
            (swapped, "is not what was published"),
        ] {
            assert!(said.contains(&format!("{} {why}", file.display())), "{said}");
        }
        assert!(said.contains("as a next version"), "{said}");
    }
    assert!(!to.exists(), "what is no backup leaves no folder behind");
    world.server.publish(&edition(world.folder(), 2));
    let lacking = world.server.command(&["check"]);
    let lacking = lacking.unwrap_or_else(|it| it.to_string());
    assert!(lacking.contains("Everything is whole"), "publishing puts it right: {lacking}");
}

#[test]
fn g14_of_many_missing_files_twenty_are_named_and_the_rest_counted() {
    let world = World::new();
    world.server.publish(&enhance());
    let files = pack_files(&world.server.data());
    for file in &files {
        fs::remove_file(file).unwrap();
    }
    let said = world.server.command(&["check"]).unwrap_err().to_string();
    assert_eq!(said.matches("is not there").count(), 20, "{said}");
    assert!(said.contains(&format!("and {} more", files.len() - 20)), "{said}");
}

#[test]
fn d4_a_folder_in_the_place_of_the_database_is_told_by_each_command_and_keeps_the_reserve() {
    let root = tempfile::tempdir().unwrap();
    Folder::of_server(root.path()).unwrap().keep_reserve();
    fs::create_dir(root.path().join("server.db")).unwrap();
    let to = root.path().join("../nowhere");
    for words in [&["check"][..], &["backup", "--to", to.to_str().unwrap()], &["status"]] {
        let said = command(root.path(), words).unwrap_err().to_string();
        assert!(said.contains("server.db: this is a folder"), "{said}");
    }
    assert!(root.path().join("reserve").exists());
}

#[test]
fn g14_the_key_by_which_phones_know_the_server_is_looked_at_and_never_made_anew() {
    let mut world = World::new();
    world.server.publish(&enhance());
    world.bare_device(Role::Trainee, "Asha");
    world.server.stop();
    let (data, to) = (world.server.data(), world.folder().join("backup"));
    let key = data.join("publisher.key");
    let good = fs::read(&key).unwrap();
    command(&data, &["backup", "--to", to.to_str().unwrap()]).unwrap();
    let another = [7; 32];
    let harms = [&[][..], &good[1..], &[&good[..], &[1]].concat(), &[0; 32], &another];
    let restore = ["restore", "--from", to.to_str().unwrap()];
    for harm in harms {
        fs::write(&key, harm).unwrap();
        fs::write(to.join("publisher.key"), harm).unwrap();
        for words in [&["check"][..], &["backup", "--to", "unmade"], &restore] {
            let said = command(&data, words).unwrap_err().to_string();
            assert!(said.contains("publisher.key"), "{words:?}: {said}");
        }
        assert!(data.join("server.db").exists(), "nothing was moved");
        assert!(!Path::new("unmade").exists());
    }
    fs::remove_file(&key).unwrap();
    let next = edition(world.folder(), 2);
    for words in [&["check"][..], &["publish", next.to_str().unwrap()]] {
        let said = command(&data, words).unwrap_err().to_string();
        assert!(said.contains("by it every phone knows this server"), "{words:?}: {said}");
    }
    let started = ServerState::open(&data, Config::default(), Box::new(Machine));
    assert!(matches!(started, Err(StorageError::KeyLost(_))));
    assert!(!key.exists());
    fs::write(&key, good).unwrap();
    assert!(command(&data, &["check"]).unwrap().contains("whole"));
}

#[test]
fn g14_the_key_of_receipts_is_missed_until_a_start_makes_another() {
    let mut world = World::new();
    world.bare_device(Role::Trainee, "Asha");
    let (data, to) = (world.server.data(), world.folder().join("backup"));
    fs::remove_file(data.join("receipt.key")).unwrap();
    for words in [&["check"][..], &["backup", "--to", to.to_str().unwrap()]] {
        let said = world.server.command(words).unwrap_err().to_string();
        assert!(said.contains("receipt.key is not there"), "{words:?}: {said}");
    }
    assert!(!to.exists());
    world.server.stop();
    world.server.start_again();
    assert!(world.server.command(&["check"]).unwrap().contains("Everything is whole"));
}

#[test]
fn what_is_kept_or_given_away_does_not_go_into_the_folder_of_the_server() {
    let world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let data = world.server.data();
    let places = [data.clone(), data.join("files/asha"), data.join("../data/new")];
    for to in places.iter().map(|to| to.to_str().unwrap()) {
        for words in [
            &["leaver", "Asha", "--yes", "--export-to", to][..],
            &["leaver", "Asha", "--dry-run", "--export-to", to],
            &["backup", "--to", to],
        ] {
            let said = world.server.command(words).unwrap_err().to_string();
            assert!(said.contains("is in the folder of the server"), "{words:?}: {said}");
        }
    }
    assert!(!data.join("files/asha").exists() && !data.join("new").exists());
    asha.store(vec![]);
}

#[test]
fn a_backup_that_fails_late_leaves_nothing_behind() {
    let world = World::new();
    world.server.publish(&enhance());
    // The database itself finds no room for so long a name, which is known once it is copied.
    let parent = world.folder().join("far").join("x".repeat(200)).join("y".repeat(200));
    fs::create_dir_all(&parent).unwrap();
    let (new, empty) = (parent.join("z".repeat(120)), parent.join("e".repeat(120)));
    fs::create_dir(&empty).unwrap();
    for to in [&new, &empty] {
        let said = world.server.command(&["backup", "--to", to.to_str().unwrap()]);
        assert!(said.is_err(), "{said:?}");
    }
    let status = world.server.command(&["status"]).unwrap();
    assert!(status.contains("Last backup: never"), "one that failed is none: {status}");
    assert!(!new.exists(), "what was made for it is gone");
    assert_eq!(fs::read_dir(&empty).unwrap().count(), 0, "what was there stays, and empty");
}

#[test]
fn a_backup_that_was_cut_off_is_none_and_its_folder_is_not_taken_for_another() {
    let world = World::new();
    let to = world.folder().join("backup");
    fs::create_dir_all(to.join("unfinished")).unwrap();
    let name = to.to_str().unwrap();
    let again = world.server.command(&["backup", "--to", name]).unwrap_err().to_string();
    assert!(again.contains("not empty"), "{again}");
    let other = world.folder().join("other");
    assert!(command(&other, &["restore", "--from", name]).is_err());
    fs::remove_dir_all(&to).unwrap();
    let said = world.server.command(&["backup", "--to", name]).unwrap();
    assert!(said.contains("To go back to it"), "{said}");
    assert!(!to.join("unfinished").exists() && to.join("server.db").exists());
}
