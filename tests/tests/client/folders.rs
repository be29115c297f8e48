//! Folders in which no account can be: somebody else's, a file in its place, read-only.

use std::{
    env, fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
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

/// What is there is read; writing says why it cannot be done, and so does beginning where nothing is.
#[track_caller]
fn is_read_and_not_written(folder: &Path) {
    let (folder, environment) = (folder.to_owned(), Environment::real());
    let read = LearningCore::open(OpenOptions { folder: folder.clone(), key: None, environment });
    let core = read.unwrap();
    assert_eq!(core.account(), Ok(None));
    assert!(matches!(opened(&folder), Ok(())), "several may read");
    core.suspend();
    core.resume().unwrap();
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
    let away = place.path().join("on a disk that is not there");
    fs::create_dir_all(&away).unwrap();
    std::os::unix::fs::symlink("/nowhere/enhance.db", away.join("enhance.db")).unwrap();
    is_foreign(&away, "it is a link that leads nowhere at the moment");
    assert!(away.join("enhance.db").is_symlink(), "nothing was begun in its place");
    assert_eq!(fs::read(&file).unwrap(), b"a letter");
}

#[test]
fn d3_a_folder_without_permissions_is_told_from_one_that_is_read_only() {
    let place = tempfile::tempdir().unwrap();
    if fs::metadata(place.path()).unwrap().uid() == 0 {
        return as_somebody(
            "folders::d3_a_folder_without_permissions_is_told_from_one_that_is_read_only",
        );
    }
    let folder = place.path().join("account");
    opened(&folder).unwrap();
    let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    set(0o500);
    is_read_and_not_written(&folder);
    set(0o000);
    is_foreign(&folder, "there is no permission to look into it");
    set(0o700);
    opened(&folder).unwrap();
    let set = |mode| {
        let path = folder.join("enhance.db");
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o400);
    is_read_and_not_written(&folder);
    set(0o000);
    is_foreign(&folder, "there is no permission to read it");
    set(0o600);
    opened(&folder).unwrap();
}

/// Runs a test once more as a user to whom something can be forbidden, which nothing is to root.
fn as_somebody(test: &str) {
    const NOBODY: u32 = 65_534;
    let place = tempfile::tempdir().unwrap();
    let all = fs::Permissions::from_mode(0o777);
    fs::set_permissions(place.path(), all).unwrap();
    let program = place.path().join("tests");
    fs::copy(env::current_exe().unwrap(), &program).unwrap();
    let mut again = Command::new(program);
    again.args(["--exact", test]).uid(NOBODY).gid(NOBODY);
    let again = again.current_dir(place.path()).env("TMPDIR", place.path()).output().unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && said.contains("1 passed"), "{again:?}");
}
