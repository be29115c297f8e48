//! Folders in which no account can be: somebody else's, a file in its place, read-only.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
};

use enhance_client::{Environment, Error, LearningCore, OpenOptions};

fn opened(folder: &Path) -> Result<(), Error> {
    let (folder, environment) = (folder.to_owned(), Environment::real());
    LearningCore::open(OpenOptions { folder, key: None, environment }).map(drop)
}

#[track_caller]
fn is_foreign(folder: &Path, because: &str) {
    match opened(folder) {
        Err(Error::ForeignFolder { why, .. }) => assert_eq!(why, because),
        other => panic!("{other:?}"),
    }
}

/// A folder of somebody else: one that is given away where this process may do that, and
/// one of the system's otherwise.
fn of_somebody_else(place: &Path) -> PathBuf {
    let folder = place.join("given away");
    fs::create_dir(&folder).unwrap();
    if chown(&folder, Some(12_345), None).is_ok() { folder } else { PathBuf::from("/usr") }
}

#[test]
fn d3_a_folder_of_somebody_else_is_said_to_be_that_and_stays_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let folder = of_somebody_else(place.path());
    let before = fs::read_dir(&folder).unwrap().count();
    is_foreign(&folder, "it belongs to another user");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), before);
}

#[test]
fn d3_a_file_in_the_place_of_a_folder_or_a_folder_in_that_of_a_file_is_told() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, b"a letter").unwrap();
    is_foreign(&file, "a file is in its place");
    is_foreign(&file.join("deeper"), "a file is in its place");
    let dangling = place.path().join("dangling");
    std::os::unix::fs::symlink("/nowhere/at/all", &dangling).unwrap();
    is_foreign(&dangling, "a file is in its place");
    for name in ["enhance.db", "enhance.lock", "enhance.db-wal", "enhance.reserve"] {
        let folder = place.path().join(format!("with {name}"));
        fs::create_dir_all(folder.join(name)).unwrap();
        is_foreign(&folder, "something else is in the place of a file");
    }
    assert_eq!(fs::read(&file).unwrap(), b"a letter");
}

#[test]
fn d3_a_folder_without_permissions_is_told_from_one_that_is_read_only() {
    let place = tempfile::tempdir().unwrap();
    // Nothing is forbidden to root.
    if fs::metadata(place.path()).unwrap().uid() == 0 {
        eprintln!("root may do everything: a read-only disk is tried in tests of the terminal");
        return;
    }
    let folder = place.path().join("account");
    opened(&folder).unwrap();
    let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    set(0o500);
    assert!(matches!(opened(&folder), Err(Error::ReadOnlyFolder { .. })));
    set(0o000);
    is_foreign(&folder, "there is no permission to look into it");
    set(0o700);
    opened(&folder).unwrap();
    let set = |mode| {
        let path = folder.join("enhance.db");
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o400);
    assert!(matches!(opened(&folder), Err(Error::ReadOnlyFolder { .. })));
    set(0o000);
    is_foreign(&folder, "there is no permission to read it");
    set(0o600);
    opened(&folder).unwrap();
}
