//! Opening: one process, one key, an old file, a damaged file.

use std::{fs, path::Path};

use enhance_model::DocumentKind;
use enhance_store::{OpenError, Store, StoreError};
use tempfile::TempDir;

use crate::shelf::*;

/// A folder with a database that has something in it, and is closed.
fn closed(key: Option<[u8; 32]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let opened = match key {
        Some(key) => open_with_key(folder.path(), key),
        None => open(folder.path()),
    };
    let mut shelf = Shelf { store: opened.unwrap(), folder };
    shelf.write(|write| {
        for number in 1..=40 {
            let row = reflection(number);
            write.put_document(&row)?;
            write.put_entry(&change(number, number, &[], &"words ".repeat(300)), HERE)?;
            write.put_projection(&projection(&row, "A night on call", 5))?;
        }
        Ok(())
    });
    shelf.close()
}

fn database(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("enhance.db")
}

fn damage(file: &Path, work: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    work(&mut bytes);
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_second_opener_is_refused_until_the_first_is_gone() {
    let shelf = shelf();
    let second = open(shelf.folder.path()).err();
    assert!(matches!(second, Some(OpenError::InUse { .. })), "{second:?}");
    let aside = Store::set_aside(shelf.folder.path().to_owned(), at(0)).err();
    assert!(matches!(aside, Some(OpenError::InUse { .. })), "{aside:?}");
    let folder = shelf.close();
    open(folder.path()).unwrap();
}

#[test]
fn what_was_committed_is_there_after_a_crash_and_nothing_else_is() {
    let mut shelf = shelf().with(&reflection(1));
    shelf.write(|write| write.put_entry(&change(1, 1, &[], "kept"), HERE));
    let crashed = tempfile::tempdir().unwrap();
    let failed: Result<((), _), _> = shelf.store.write(|write| {
        write.put_entry(&change(2, 1, &[1], "unfinished"), HERE)?;
        // What a process leaves behind that is ended here, in the middle of a write.
        for name in ["enhance.db", "enhance.db-wal"] {
            fs::copy(shelf.folder.path().join(name), crashed.path().join(name)).unwrap();
        }
        Err(StoreError::UnknownEntry { hash: hash(9) })
    });
    assert!(failed.is_err());
    let store = open(crashed.path()).unwrap();
    assert_eq!(store.tail(document(1)).unwrap().entries, [change(1, 1, &[], "kept")]);
    assert_eq!(store.outbox_page(None, 100).unwrap().entries.len(), 1);
}

#[test]
fn a_database_that_was_never_finished_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("enhance.db.new"), b"half a database").unwrap();
    assert_eq!(open(folder.path()).unwrap().list(DocumentKind::Reflection, None, 10).unwrap(), []);
    assert!(!folder.path().join("enhance.db.new").exists());
}

#[test]
fn a_wrong_key_is_told_from_damage_and_changes_nothing() {
    let keyed = closed(Some(KEY));
    let before = fs::read(database(&keyed)).unwrap();
    for opened in [open(keyed.path()), open_with_key(keyed.path(), [8; 32])] {
        let error = opened.err();
        assert!(matches!(error, Some(OpenError::WrongKey { .. })), "{error:?}");
    }
    assert!(fs::read(database(&keyed)).unwrap() == before);
    assert_eq!(open_with_key(keyed.path(), KEY).unwrap().links(document(1)).unwrap().len(), 1);

    let plain = closed(None);
    let error = open_with_key(plain.path(), KEY).err();
    assert!(matches!(error, Some(OpenError::WrongKey { .. })), "{error:?}");
}

#[test]
fn a_cut_or_emptied_file_is_damaged_and_stays_as_it_is() {
    for key in [None, Some(KEY)] {
        let folder = closed(key);
        let whole = fs::read(database(&folder)).unwrap();
        for bytes in [0, 1, 100, 4_000, 4_096, 8_192, whole.len() - 5_000] {
            fs::write(database(&folder), &whole[..bytes]).unwrap();
            let opened = match key {
                Some(key) => open_with_key(folder.path(), key),
                None => open(folder.path()),
            };
            let error = opened.err();
            assert!(matches!(error, Some(OpenError::Damaged { .. })), "{bytes}: {error:?}");
            assert!(fs::read(database(&folder)).unwrap() == whole[..bytes], "{bytes}");
        }
        damage(&database(&folder), |bytes| bytes.fill(0));
        let error = open(folder.path()).err();
        assert!(matches!(error, Some(OpenError::Damaged { .. })), "{error:?}");
    }
}

#[test]
fn damage_anywhere_in_the_file_never_panics() {
    let folder = closed(None);
    let whole = fs::read(database(&folder)).unwrap();
    let mut seed = 1_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut refused = 0;
    for _ in 0..60 {
        fs::write(database(&folder), &whole).unwrap();
        damage(&database(&folder), |bytes| {
            for _ in 0..8 {
                let place = next(bytes.len());
                bytes[place..].iter_mut().take(64).for_each(|byte| *byte ^= 0x5a);
            }
        });
        let read = open(folder.path()).map(|mut store| {
            let failed = [
                store.list(DocumentKind::ChangeProject, None, 1_000).is_err(),
                store.drafts(document(1)).is_err(),
                store.stages(person(1)).is_err(),
                store.stale_projections(2, None, 1_000).is_err(),
                store.write(|write| write.delete_document(document(3))).is_err(),
            ];
            failed.contains(&true)
        });
        refused += u32::from(read.unwrap_or(true));
    }
    assert!(refused > 0, "none of the damage was noticed");
}

/// The tag of a page covers every byte of it, and a look through the database reads every page.
#[test]
fn a_flipped_bit_in_any_page_of_an_encrypted_database_is_damage_and_never_a_wrong_key() {
    let folder = closed(Some(KEY));
    let whole = fs::read(database(&folder)).unwrap();
    for page in 0..whole.len() / 4_096 {
        // Behind the mark, so that even the first page is known to be of this key.
        let place = page * 4_096 + 16 + page * 61 % 4_080;
        fs::write(database(&folder), &whole).unwrap();
        damage(&database(&folder), |bytes| bytes[place] ^= 1);
        // What is there of a log makes the opener look through the whole database.
        fs::write(folder.path().join("enhance.db-wal"), b"log").unwrap();
        let error = open_with_key(folder.path(), KEY).err();
        assert!(matches!(error, Some(OpenError::Damaged { .. })), "page {page}: {error:?}");
    }
}

#[test]
fn a_damaged_page_is_an_error_for_whoever_reads_it_and_for_nobody_else() {
    let folder = closed(Some(KEY));
    let whole = fs::read(database(&folder)).unwrap();
    let mut noticed = 0;
    for page in 1..whole.len() / 4_096 {
        fs::write(database(&folder), &whole).unwrap();
        damage(&database(&folder), |bytes| bytes[page * 4_096] ^= 1);
        let read = open_with_key(folder.path(), KEY).and_then(|store| Ok(store.tail(document(7))?));
        match read {
            Ok(tail) => assert_eq!(tail.entries, [change(7, 7, &[], &"words ".repeat(300))]),
            Err(OpenError::Damaged { .. } | OpenError::Store(StoreError::Damaged { .. })) => {
                noticed += 1;
            }
            Err(other) => panic!("page {page}: {other:?}"),
        }
    }
    assert!(noticed > 0);
}

#[test]
fn a_damaged_database_is_moved_aside_whole_and_a_new_one_can_be_made() {
    let folder = closed(None);
    damage(&database(&folder), |bytes| bytes.truncate(5_000));
    fs::write(folder.path().join("enhance.db-wal"), b"log").unwrap();
    let damaged = fs::read(database(&folder)).unwrap();

    let now = "2026-11-22T08:30:00Z".parse().unwrap();
    let aside = Store::set_aside(folder.path().to_owned(), now).unwrap();
    assert_eq!(aside, folder.path().join("set-aside-2026-11-22T08-30-00Z-1"));
    assert!(fs::read(aside.join("enhance.db")).unwrap() == damaged);
    assert_eq!(fs::read(aside.join("enhance.db-wal")).unwrap(), b"log");
    assert_eq!(open(folder.path()).unwrap().list(DocumentKind::Reflection, None, 10).unwrap(), []);

    let again = Store::set_aside(folder.path().to_owned(), now).unwrap();
    assert_ne!(again, aside);
    assert!(aside.join("enhance.db").exists());
}

#[test]
fn nothing_of_an_encrypted_database_can_be_read_without_the_key() {
    let canary = "canary-of-the-night-shift";
    let folder = tempfile::tempdir().unwrap();
    let store = open_with_key(folder.path(), KEY).unwrap();
    let row = reflection(1);
    let mut shelf = Shelf { store, folder }.with(&row);
    shelf.write(|write| {
        write.put_entry(&change(1, 1, &[], canary), HERE)?;
        write.put_projection(&projection(&row, canary, 5))?;
        note(write, &text(&row, canary, canary, 5))
    });
    shelf.search(&looking_for("word")).unwrap();
    assert!(fs::metadata(shelf.folder.path().join("enhance.db-wal")).unwrap().len() > 0);
    assert!(!holds(&shelf.bytes(), canary));
    assert!(!holds(&shelf.bytes(), "CREATE TABLE"));
    let folder = shelf.close();
    assert!(!holds(&bytes_of(folder.path()), canary));
}
