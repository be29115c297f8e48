//! Every answer of a key store in every situation a phone can be in (F23), and key stores that
//! cannot be relied on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Mutex,
};

use enhance_model::reflection::ReflectionEdit;
use tempfile::TempDir;

use super::*;
use crate::{
    LearningCore, ListPage,
    testing::{Phone, asha},
};

/// The key in this phone's key store.
const OWN: [u8; 32] = [7; 32];
/// The key of the phone that a backup was made on.
const OTHER: [u8; 32] = [8; 32];

/// What a key store does with a key it is to keep.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Keeping {
    Keeps,
    Refuses,
    Forgets,
    KeepsAnother,
}

/// Something that happens in the middle of a call.
type Meanwhile = Mutex<Option<Box<dyn FnOnce(&Keychain) + Send>>>;

/// A phone's key store.
struct Keychain {
    answer: Mutex<KeyAnswer>,
    keeping: Keeping,
    /// Every key that was to be kept.
    made: Mutex<Vec<[u8; 32]>>,
    after_fetching: Meanwhile,
    before_keeping: Meanwhile,
}

impl Keychain {
    fn saying(answer: KeyAnswer) -> Self {
        Self {
            answer: Mutex::new(answer),
            keeping: Keeping::Keeps,
            made: Mutex::default(),
            after_fetching: Mutex::default(),
            before_keeping: Mutex::default(),
        }
    }

    fn with(key: [u8; 32]) -> Self {
        Self::saying(KeyAnswer::Key(DatabaseKey::from_bytes(key)))
    }

    fn made(&self) -> usize {
        self.made.lock().unwrap().len()
    }

    fn happens(&self, meanwhile: &Meanwhile) {
        let happening = meanwhile.lock().unwrap().take();
        if let Some(happening) = happening {
            happening(self);
        }
    }

    fn open(&self, folder: &Path) -> Result<LearningCore, Error> {
        LearningCore::open_with(folder.to_owned(), self, Environment::real())
    }
}

impl KeyStore for Keychain {
    fn fetch(&self) -> KeyAnswer {
        let answer = self.answer.lock().unwrap().clone();
        self.happens(&self.after_fetching);
        answer
    }

    fn keep(&self, key: &DatabaseKey) -> Result<(), KeyNotKept> {
        self.happens(&self.before_keeping);
        self.made.lock().unwrap().push(*key.as_bytes());
        let kept = match self.keeping {
            Keeping::Keeps => key.clone(),
            Keeping::Refuses => return Err(KeyNotKept("no screen lock is set".to_owned())),
            Keeping::Forgets => return Ok(()),
            Keeping::KeepsAnother => DatabaseKey::from_bytes(OTHER),
        };
        *self.answer.lock().unwrap() = KeyAnswer::Key(kept);
        Ok(())
    }
}

/// Files by name, those in folders too.
type Files = BTreeMap<String, Vec<u8>>;

fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = files_in(&path).into_iter();
            files.extend(inner.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

/// Databases as a phone can find them when an app starts.
struct Found {
    own: Files,
    /// The process was ended before it could close the database: the newest is in the log.
    own_not_closed: Files,
    other_not_closed: Files,
}

impl Found {
    fn new() -> Self {
        let (own_not_closed, own) = database(OWN);
        let (other_not_closed, _) = database(OTHER);
        Self { own, own_not_closed, other_not_closed }
    }
}

/// The files of a database with a reflection: when the process is ended, and when it is closed.
fn database(key: [u8; 32]) -> (Files, Files) {
    let phone = Phone { key: Some(DatabaseKey::from_bytes(key)), ..Phone::new() };
    let core = phone.enrolled(&asha());
    let id = core.create_reflection("quick-capture", "Night shift", None).unwrap();
    let answer = ReflectionEdit::Answer { prompt: "what".into(), text: "Still here.".into() };
    core.edit_reflection(id, None, &[answer]).unwrap();
    let mut not_closed = files_in(phone.path());
    not_closed.remove("enhance.db-shm").unwrap();
    assert!(!not_closed["enhance.db-wal"].is_empty());
    drop(core);
    (not_closed, files_in(phone.path()))
}

/// Whether what was written on the phone is there.
fn is_whole(core: &LearningCore) -> bool {
    let listed = core.reflections(ListPage::ALL).unwrap();
    listed.len() == 1 && listed[0].preview.contains("Still here.")
}

#[derive(Debug, Clone, Copy)]
enum Situation {
    FirstRun,
    RestoredBackup,
    Reinstall,
    BeforeFirstUnlock,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Database {
    Absent,
    Present,
}

use Database::{Absent, Present};
use Situation::{BeforeFirstUnlock, FirstRun, Reinstall, RestoredBackup};

impl Situation {
    /// What lies in the folder.
    fn files(self, database: Database, found: &Found) -> Files {
        let file = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_owned());
        match (self, database) {
            (FirstRun | Reinstall, Absent) => Files::new(),
            // The backup left the database out and brought the rest, even its log.
            (RestoredBackup, Absent) => {
                let log = file("enhance.db-wal", &found.other_not_closed["enhance.db-wal"]);
                Files::from([file("enhance.lock", b""), file("files/film", b"a film"), log])
            }
            // The phone was switched off while the database was being made.
            (BeforeFirstUnlock, Absent) => {
                Files::from([file("enhance.lock", b""), file("enhance.db.new", b"half of it")])
            }
            (FirstRun | BeforeFirstUnlock, Present) => found.own_not_closed.clone(),
            (RestoredBackup, Present) => found.other_not_closed.clone(),
            (Reinstall, Present) => found.own.clone(),
        }
    }

    fn key_of_database(self) -> [u8; 32] {
        if matches!(self, RestoredBackup) { OTHER } else { OWN }
    }
}

/// What has to come of it.
#[derive(Debug)]
enum Outcome {
    /// What was written is there.
    Opens,
    /// A new database, with the key that was there.
    Begins,
    /// A new database, with a new key.
    BeginsWithNewKey,
    Refused(Error),
    Gone,
}

use Outcome::{Begins, BeginsWithNewKey, Gone, Opens, Refused};

const WRONG: Outcome = Refused(Error::WrongKey);
const NOT_YET: Outcome = Refused(Error::KeyNotYet);
const MISSING: Outcome = Refused(Error::KeyMissing);
const UNUSABLE: Outcome = Refused(Error::KeyInvalidated);

type Row = (Situation, Database, [Outcome; 4]);

/// The outcomes for a key, for "not yet", for "missing" and for "invalidated".
#[rustfmt::skip]
const TABLE: [Row; 8] = [
    (FirstRun,          Absent,  [Begins, NOT_YET, BeginsWithNewKey, BeginsWithNewKey]),
    (FirstRun,          Present, [Opens,  NOT_YET, MISSING,          UNUSABLE]),
    (RestoredBackup,    Absent,  [Gone,   NOT_YET, BeginsWithNewKey, BeginsWithNewKey]),
    (RestoredBackup,    Present, [WRONG,  NOT_YET, MISSING,          UNUSABLE]),
    (Reinstall,         Absent,  [Begins, NOT_YET, BeginsWithNewKey, BeginsWithNewKey]),
    (Reinstall,         Present, [Opens,  NOT_YET, MISSING,          UNUSABLE]),
    (BeforeFirstUnlock, Absent,  [Begins, NOT_YET, BeginsWithNewKey, BeginsWithNewKey]),
    (BeforeFirstUnlock, Present, [Opens,  NOT_YET, MISSING,          UNUSABLE]),
];

fn lay(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Every file that was there is as it was, and none has come but what the next opener makes anew.
fn nothing_was_touched(before: &Files, after: &Files) -> bool {
    let old: BTreeSet<_> = before.iter().collect();
    let now: BTreeSet<_> = after.iter().collect();
    let passing = ["enhance.lock", "enhance.db-shm"];
    old.is_subset(&now) && now.difference(&old).all(|(name, _)| passing.contains(&name.as_str()))
}

/// The bytes of every file that was there are in some file, but for the half of a database.
fn nothing_is_gone(before: &Files, after: &Files) -> bool {
    let mut kept = before.iter().filter(|(name, _)| *name != "enhance.db.new");
    kept.all(|(_, bytes)| after.values().any(|now| now == bytes))
}

fn check(
    what: &str,
    (situation, database): (Situation, Database),
    keys: &Keychain,
    expected: &Outcome,
    found: &Found,
) {
    let parent = TempDir::new().unwrap();
    let folder = parent.path().join("account");
    let before = situation.files(database, found);
    lay(&folder, &before);
    let opened = keys.open(&folder);
    match expected {
        Refused(error) => {
            assert_eq!(opened.err().as_ref(), Some(error), "{what}");
            assert!(nothing_was_touched(&before, &files_in(&folder)), "{what}");
            assert_eq!(keys.made(), 0, "{what}");
            let right = Keychain::with(situation.key_of_database());
            let is_there = right.open(&folder).is_ok_and(|core| is_there(&core));
            assert_eq!(database == Present, is_there, "{what}");
        }
        Gone => {
            assert!(matches!(opened.err(), Some(Error::DatabaseMissing { .. })), "{what}");
            assert!(nothing_was_touched(&before, &files_in(&folder)), "{what}");
            LearningCore::set_aside(folder.clone(), &Environment::real()).unwrap();
            assert!(!is_there(&keys.open(&folder).unwrap()), "{what}");
        }
        Opens => {
            assert!(is_whole(&opened.unwrap()), "{what}");
            assert_eq!(keys.made(), 0, "{what}");
        }
        Begins => {
            assert!(!is_there(&opened.unwrap()), "{what}");
            assert_eq!(keys.made(), 0, "{what}");
            assert!(Keychain::with(OWN).open(&folder).is_ok(), "{what}: with another key");
        }
        BeginsWithNewKey => {
            assert!(!is_there(&opened.unwrap()), "{what}");
            assert!(keys.open(&folder).is_ok(), "{what}: the key is lost");
            assert_eq!(keys.made(), 1, "{what}");
            let other = Keychain::with(OWN).open(&folder).err();
            assert_eq!(other, Some(Error::WrongKey), "{what}: it is not a new key");
        }
    }
    if database == Absent {
        assert!(nothing_is_gone(&before, &files_in(&folder)), "{what}");
    }
}

/// Whether somebody is enrolled, and then whatever they wrote is there.
fn is_there(core: &LearningCore) -> bool {
    let enrolled = core.account().unwrap().is_some();
    assert_eq!(enrolled, is_whole(core));
    enrolled
}

#[test]
fn a_key_is_made_only_where_there_is_no_database_and_nothing_is_touched_without_one() {
    let found = Found::new();
    let mut rows = 0;
    for (situation, database, outcomes) in &TABLE {
        let answers = [
            ("key", KeyAnswer::Key(DatabaseKey::from_bytes(OWN))),
            ("not yet", KeyAnswer::NotYet),
            ("missing", KeyAnswer::Missing),
            ("invalidated", KeyAnswer::Invalidated),
        ];
        for ((name, answer), expected) in answers.into_iter().zip(outcomes) {
            let what = format!("{situation:?}, database {database:?}, {name}");
            let keys = Keychain::saying(answer);
            check(&what, (*situation, *database), &keys, expected, &found);
            rows += 1;
        }
    }
    assert_eq!(rows, 32);
}

#[test]
fn a_key_that_was_not_kept_begins_nothing() {
    let reason_of = |keeping| {
        let folder = TempDir::new().unwrap();
        let keys = Keychain { keeping, ..Keychain::saying(KeyAnswer::Missing) };
        let error = keys.open(folder.path()).err();
        let files = files_in(folder.path());
        assert!(nothing_was_touched(&Files::new(), &files), "{keeping:?}: {:?}", files.keys());
        match error {
            Some(Error::KeyNotKept { reason }) => reason,
            other => panic!("{keeping:?}: {other:?}"),
        }
    };
    assert_eq!(reason_of(Keeping::Refuses), "no screen lock is set");
    assert_eq!(reason_of(Keeping::Forgets), "it could not be read back");
    assert_eq!(reason_of(Keeping::KeepsAnother), "it could not be read back");
}

#[test]
fn a_database_whose_key_is_lost_is_set_aside_whole_and_the_phone_begins_anew() {
    let folder = TempDir::new().unwrap();
    let (not_closed, _) = database(OWN);
    lay(folder.path(), &not_closed);
    let keys = Keychain::saying(KeyAnswer::Missing);
    assert_eq!(keys.open(folder.path()).err(), Some(Error::KeyMissing));

    let environment = Phone::new().options().environment;
    let aside = LearningCore::set_aside(folder.path().to_owned(), &environment).unwrap();
    assert_eq!(aside, folder.path().join("set-aside-2026-11-22T08-00-00Z-1"));
    let old = || -> Files {
        let mut files = files_in(&aside);
        files.remove("enhance.db-shm");
        files
    };
    let whole: Files =
        not_closed.into_iter().filter(|(name, _)| name.starts_with("enhance.db")).collect();
    assert!(old() == whole, "{:?}", old().keys());

    let core = keys.open(folder.path()).unwrap();
    assert!(!is_there(&core));
    let in_use = LearningCore::set_aside(folder.path().to_owned(), &environment);
    assert_eq!(in_use, Err(Error::InUse));
    drop(core);
    assert!(keys.open(folder.path()).is_ok());
    assert_eq!(keys.made(), 1);
    assert!(old() == whole, "{:?}", old().keys());
    let found_again = Keychain::with(OWN).open(&aside).unwrap();
    assert!(is_whole(&found_again), "should the key be found again, so is everything");
}

#[test]
fn of_two_that_begin_at_once_neither_takes_the_others_key_away() {
    let folder = TempDir::new().unwrap();
    let keys = Keychain::saying(KeyAnswer::Missing);
    let path = folder.path().to_owned();
    let second = move |keys: &Keychain| drop(keys.open(&path));
    *keys.before_keeping.lock().unwrap() = Some(Box::new(second));
    drop(keys.open(folder.path()));
    assert_eq!(keys.open(folder.path()).err(), None, "of {} keys", keys.made());
}

#[test]
fn a_key_that_another_made_since_the_answer_is_used() {
    let folder = TempDir::new().unwrap();
    let keys = Keychain::saying(KeyAnswer::Missing);
    let path = folder.path().to_owned();
    let first = move |keys: &Keychain| drop(keys.open(&path).unwrap());
    *keys.after_fetching.lock().unwrap() = Some(Box::new(first));
    assert_eq!(keys.open(folder.path()).err(), None);
    assert_eq!(keys.made(), 1);
}
