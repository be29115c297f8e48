//! Salvage: whatever page is damaged, the rows on all others come back.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use enhance_model::DocumentKind;
use enhance_store::{DatabaseKey, Draft, Entry, EntryKind, OpenError, Salvaged, Store};
use tempfile::TempDir;

use crate::shelf::*;

const PAGE: usize = 4_096;
/// Documents in the database: enough that tables have pages above pages.
const DOCUMENTS: u8 = 70;
/// Documents of which one page holds an entry, at most.
const ON_ONE_PAGE: usize = 3;

fn body_of(number: u8) -> String {
    // One in forty needs pages of its own.
    format!("night {number} ").repeat(if number % 40 == 7 { 1_500 } else { 120 })
}

fn created(number: u8) -> Entry {
    Entry { kind: EntryKind::Create, ..change(number, number, &[], &body_of(number)) }
}

/// A database with an entry for each document, still open, as after a crash.
fn filled(key: Option<[u8; 32]>) -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    let store = match key {
        Some(key) => open_with_key(folder.path(), key),
        None => open(folder.path()),
    };
    let mut shelf = Shelf { store: store.unwrap(), folder };
    for number in 1..=DOCUMENTS {
        shelf.write(|write| {
            let row = reflection(number);
            write.put_document(&row)?;
            write.put_document_key(row.id, &[number; 32])?;
            write.put_entry(&created(number), HERE)?;
            write.put_projection(&projection(&row, "A night on call", 5))
        });
    }
    shelf.write(|write| {
        write.set_meta("device", b"this phone")?;
        write.put_draft(&Draft {
            document: document(1),
            field: "what".to_owned(),
            base: version(1),
            text: "half a sentence".to_owned(),
            saved_at: at(6),
        })
    });
    shelf
}

fn file(folder: &Path) -> PathBuf {
    folder.join("enhance.db")
}

fn log(folder: &Path) -> PathBuf {
    folder.join("enhance.db-wal")
}

fn salvage(folder: &Path, key: Option<[u8; 32]>) -> Result<Salvaged, OpenError> {
    let key = key.map(DatabaseKey::from_bytes);
    Store::salvage(folder.to_owned(), key.as_ref(), at(0))
}

/// A folder with these files, salvaged.
fn salvaged(bytes: &[u8], log_bytes: Option<&[u8]>, key: Option<[u8; 32]>) -> (TempDir, Salvaged) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(file(folder.path()), bytes).unwrap();
    if let Some(bytes) = log_bytes {
        fs::write(log(folder.path()), bytes).unwrap();
    }
    let salvaged = salvage(folder.path(), key).unwrap();
    let aside = fs::read(salvaged.aside.join("enhance.db")).unwrap();
    assert!(aside == bytes, "the damaged file is kept whole");
    (folder, salvaged)
}

/// The documents whose entry is there again, word for word. Nothing was sent yet, so that each of
/// them waits to be.
fn whole(folder: &Path, key: Option<[u8; 32]>) -> BTreeSet<u8> {
    let store = match key {
        Some(key) => open_with_key(folder, key),
        None => open(folder),
    };
    let store = store.unwrap();
    let is_whole = |number: u8| {
        let entry = store.entry(hash(number)).unwrap();
        assert!(entry.is_none() || entry == Some(created(number)), "{number}");
        entry.is_some()
    };
    let there: BTreeSet<u8> = (1..=DOCUMENTS).filter(|number| is_whole(*number)).collect();
    let waiting = store.outbox_page(None, u64::MAX).unwrap().entries;
    let waiting: BTreeSet<_> = waiting.iter().map(|waits| waits.entry.hash).collect();
    assert_eq!(waiting, there.iter().map(|number| hash(*number)).collect());
    there
}

#[test]
fn d_whichever_page_is_spoilt_the_entries_on_all_others_come_back() {
    let folder = filled(Some(KEY)).close();
    let good = fs::read(file(folder.path())).unwrap();
    let pages = good.len() / PAGE;
    assert!(pages > 40, "{pages}");
    for page in 0..pages {
        let mut bytes = good.clone();
        let spoilt = &mut bytes[page * PAGE..(page + 1) * PAGE];
        if page % 2 == 0 {
            spoilt.fill(0);
        } else {
            spoilt[page % PAGE] ^= 0x10;
        }
        let (folder, salvaged) = salvaged(&bytes, None, Some(KEY));
        let there = whole(folder.path(), Some(KEY));
        let lost = usize::from(DOCUMENTS) - there.len();
        assert!(lost <= ON_ONE_PAGE, "page {page}: {lost} lost, {salvaged:?}");
        assert!(lost == 0 || salvaged.unreadable.iter().any(|name| name == "entry"), "page {page}");
        if salvaged.unreadable.is_empty() {
            assert_eq!((lost, salvaged.drafts), (0, 1), "page {page}");
        }
    }
}

#[test]
fn d_a_file_that_was_cut_anywhere_gives_what_is_before_the_cut() {
    let folder = filled(Some(KEY)).close();
    let good = fs::read(file(folder.path())).unwrap();
    let mut before = 0;
    for part in 0..=12 {
        // In the middle of a page, too.
        let end = (good.len() * part / 12).saturating_sub(part * 100);
        let (folder, salvaged) = salvaged(&good[..end], None, Some(KEY));
        let there = whole(folder.path(), Some(KEY)).len();
        assert!(there + 4 >= before, "{end}: {there} after {before}, {salvaged:?}");
        before = there;
    }
    assert!(before + ON_ONE_PAGE >= usize::from(DOCUMENTS), "{before}");
}

#[test]
fn d_whatever_becomes_of_the_first_pages_each_table_is_found_again() {
    let folder = filled(Some(KEY)).close();
    let good = fs::read(file(folder.path())).unwrap();
    let spoils: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes[..16].fill(0),
        |bytes| bytes[..100].fill(0xff),
        |bytes| bytes[..PAGE].copy_from_slice(&[b'x'; PAGE]),
        |bytes| bytes.extend_from_slice(b"and something that does not belong here"),
    ];
    for spoil in spoils {
        let mut bytes = good.clone();
        spoil(&mut bytes);
        let (folder, salvaged) = salvaged(&bytes, None, Some(KEY));
        assert_eq!(whole(folder.path(), Some(KEY)).len(), usize::from(DOCUMENTS), "{salvaged:?}");
        assert_eq!((salvaged.unreadable, salvaged.drafts), (Vec::new(), 1));
    }
}

#[test]
fn d_what_only_the_log_has_is_taken_out_of_it_past_what_is_damaged_there() {
    for key in [None, Some(KEY)] {
        let shelf = filled(key);
        let bytes = fs::read(file(shelf.folder.path())).unwrap();
        let in_log = fs::read(log(shelf.folder.path())).unwrap();
        assert!(in_log.len() > 30 * PAGE, "{}", in_log.len());
        let (folder, _) = salvaged(&bytes, Some(&in_log), key);
        assert_eq!(whole(folder.path(), key).len(), usize::from(DOCUMENTS));

        let mut spoilt = in_log.clone();
        let middle = 32 + (24 + PAGE) * (spoilt.len() / 2 / (24 + PAGE)) + 24;
        spoilt[middle..middle + 64].fill(0x5a);
        let (folder, _) = salvaged(&bytes, Some(&spoilt), key);
        let there = whole(folder.path(), key).len();
        assert!(there + 60 >= usize::from(DOCUMENTS), "{key:?}: {there}");

        // Without its log a database is what it was when the log was last emptied into it.
        let (folder, _) = salvaged(&bytes, None, key);
        whole(folder.path(), key);
        let (folder, _) = salvaged(&bytes, Some(b"no log at all"), key);
        whole(folder.path(), key);
    }
}

#[test]
fn d_another_key_is_refused_and_changes_nothing() {
    let folder = filled(Some(KEY)).close();
    let before = fs::read(file(folder.path())).unwrap();
    for key in [None, Some([8; 32])] {
        let error = salvage(folder.path(), key).unwrap_err();
        assert!(matches!(error, OpenError::WrongKey { .. }), "{error:?}");
        assert!(fs::read(file(folder.path())).unwrap() == before);
        assert!(!folder.path().join("enhance.db.new").exists());
    }
    assert_eq!(whole(folder.path(), Some(KEY)).len(), usize::from(DOCUMENTS));
}

/// Whoever has the right key is not led to set the database aside unread.
#[test]
fn d_a_spoilt_beginning_is_damage_and_no_wrong_key_and_the_rest_is_salvaged() {
    let folder = filled(Some(KEY)).close();
    let good = fs::read(file(folder.path())).unwrap();
    let (other, plain) = (filled(Some([8; 32])).close(), filled(None).close());
    let first_of = |folder: &TempDir| fs::read(file(folder.path())).unwrap()[..PAGE].to_vec();
    let noise: Vec<u8> = (0..=255_u8).map(|byte| byte.wrapping_mul(167) ^ 0x5a).collect();
    let beginnings = [
        ("64 bytes of noise", noise[..64].to_vec()),
        ("its first 16 bytes zeroed", vec![0; 16]),
        ("a page of noise", noise.repeat(PAGE / 256)),
        ("its first page zeroed", vec![0; PAGE]),
        ("the first page of another key's database", first_of(&other)),
        ("the first page of a plain database", first_of(&plain)),
        ("ten pages of noise", noise.repeat(10 * PAGE / 256)),
    ];
    for (what, beginning) in beginnings {
        let mut bytes = good.clone();
        bytes[..beginning.len()].copy_from_slice(&beginning);
        fs::write(file(folder.path()), &bytes).unwrap();
        let error = open_with_key(folder.path(), KEY).err();
        assert!(matches!(error, Some(OpenError::Damaged { .. })), "{what}: {error:?}");
        let (salvaged, _) = salvaged(&bytes, None, Some(KEY));
        let there = whole(salvaged.path(), Some(KEY)).len();
        let lost = if beginning.len() > PAGE { 10 * ON_ONE_PAGE } else { 0 };
        assert!(there + lost >= usize::from(DOCUMENTS), "{what}: {there}");
        // Another key opens nothing of it, and changes nothing.
        let error = salvage(folder.path(), Some([9; 32])).err();
        let is_right = matches!(error, Some(OpenError::WrongKey { .. })) || beginning[0] == 0;
        assert!(is_right, "{what}: {error:?}");
    }
}

#[test]
fn d_damage_of_a_plain_file_never_panics_and_never_loops() {
    let folder = filled(None).close();
    let good = fs::read(file(folder.path())).unwrap();
    let mut seed = 1_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..40 {
        let mut bytes = good.clone();
        for _ in 0..60 {
            // The beginning of a page says most.
            let within = if next(2) == 0 { 12 } else { PAGE };
            let place = next(bytes.len() / PAGE) * PAGE + next(within);
            bytes[place] = u8::try_from(next(256)).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(file(folder.path()), &bytes).unwrap();
        match salvage(folder.path(), None) {
            Ok(_) => drop(open(folder.path()).unwrap()),
            Err(OpenError::NewerSchema { .. } | OpenError::WrongKey { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[test]
fn d_a_file_of_the_first_version_is_salvaged_with_its_rows() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1.db");
    let bytes = fs::read(golden).unwrap();
    let (folder, salvaged) = salvaged(&bytes, None, None);
    assert_eq!(salvaged.unreadable, Vec::<String>::new());
    let store = open(folder.path()).unwrap();
    assert_eq!(store.drafts(document(1)).unwrap()[0].text, "It was busy and");
    assert_eq!(store.documents(DocumentKind::Reflection).unwrap().len(), 1);
}

#[test]
fn d_files_of_attachments_are_never_destroyed_by_a_salvage() {
    let shelf = filled(Some(KEY));
    let folder = shelf.close();
    let attachments = folder.path().join("attachments");
    fs::create_dir(&attachments).unwrap();
    fs::write(attachments.join("a".repeat(64)), b"sealed").unwrap();
    fs::write(file(folder.path()), b"").unwrap();
    let salvaged = salvage(folder.path(), Some(KEY)).unwrap();
    assert_eq!((salvaged.documents, salvaged.steps), (0, 0));
    let kept = salvaged.aside.join("attachments").join("a".repeat(64));
    assert_eq!(fs::read(kept).unwrap(), b"sealed");
}
