//! Deleting: no words left on the disk, and nothing that brings them back.

use enhance_model::{DocumentKind, Right, Standing};
use enhance_store::{
    DocumentState, Draft, Entry, EntryKind, GrantRow, NewQuarantine, SeenRow, StoreError,
};

use crate::shelf::*;

const CANARY: &str = "xylophonequarantinecanary";

/// A shelf with a document whose words are everywhere they can be, and another one.
fn full() -> Shelf {
    let (row, other) = (reflection(1), reflection(2));
    let mut shelf = shelf().with(&row).with(&other);
    shelf.write(|write| {
        // Large enough to need pages of its own, besides the small one.
        let large = format!("{CANARY} ").repeat(2_000);
        write.put_document_key(row.id, CANARY.as_bytes())?;
        write.put_entry(&change(1, 1, &[], CANARY), HERE)?;
        write.put_entry(&change(2, 1, &[1], &large), HERE)?;
        write.put_entry(&change(3, 2, &[], "other"), HERE)?;
        write.put_fold(row.id, &fold(large.as_bytes(), 1), &[])?;
        write.put_projection(&projection(&row, CANARY, 5))?;
        write.put_projection(&projection(&other, "other", 6))?;
        note(write, &text(&row, "earlier", CANARY, 5))?;
        note(write, &text(&other, "other", "falls on the ward", 5))?;
        write.put_draft(&Draft {
            document: row.id,
            field: "what".to_owned(),
            base: version(1),
            text: CANARY.to_owned(),
            saved_at: at(6),
        })?;
        let (document, person) = (row.id, person(2));
        let (right, standing, since) = (Right::Read, Standing::Member, at(5));
        write.put_grant(&GrantRow { document, person, right, standing, since, confirmed: true })?;
        write.put_seen(&SeenRow { document, person, at: at(7), version: version(1) })
    });
    shelf.search(&looking_for("word")).unwrap();
    // Indexed once more, and noted a third time, so that words are in every table of the search.
    shelf.write(|write| note(write, &text(&row, CANARY, "later", 8)));
    shelf.search(&looking_for("word")).unwrap();
    shelf.write(|write| note(write, &text(&row, CANARY, CANARY, 9)));
    shelf
}

#[test]
fn no_word_of_a_deleted_document_is_left_in_the_files() {
    let mut shelf = full();
    assert!(holds(&shelf.bytes(), CANARY));
    shelf.write(|write| {
        let refused = NewQuarantine {
            document: document(1),
            kind: DocumentKind::Reflection,
            title: CANARY.to_owned(),
            code: "malformed".to_owned(),
            explanation: String::new(),
            readable: CANARY.to_owned(),
            base: version(1),
            at: at(8),
        };
        write.quarantine_entries(&refused, &[change(2, 1, &[1], CANARY)])
    });
    shelf.write(|write| write.delete_document(document(1)));
    assert!(!holds(&shelf.bytes(), CANARY), "while the database is open");
    assert!(!holds(&shelf.bytes(), &CANARY[1..]), "an index shortens words that begin alike");
    let folder = shelf.close();
    assert!(!holds(&bytes_of(folder.path()), CANARY), "and when it is closed");

    let store = open(folder.path()).unwrap();
    assert_eq!(store.search(&looking_for(CANARY)).unwrap(), []);
    assert_eq!(store.search(&looking_for("falls")).unwrap().len(), 1, "others are untouched");
    assert_eq!(store.list(DocumentKind::Reflection, None, 10).unwrap().len(), 1);
    assert_eq!(store.document_key(document(1)).unwrap(), None);
    assert_eq!(store.members(document(1)).unwrap(), []);
    assert_eq!(store.quarantines(false).unwrap(), []);
}

#[test]
fn a_deleted_document_stays_deleted_whatever_arrives_for_it() {
    let mut shelf = full();
    let deletion = Entry { kind: EntryKind::Delete, ..change(9, 1, &[], "") };
    shelf.write(|write| {
        write.put_entry(&deletion, HERE)?;
        write.delete_document(document(1))
    });
    assert_eq!(shelf.store.state(document(1)).unwrap(), Some(DocumentState::Deleted));
    let waiting = shelf.store.outbox_page(None, 1_000).unwrap().entries;
    assert!(waiting.iter().any(|each| each.entry == deletion), "the server hears of it");

    let late = change(1, 1, &[], "late");
    let attempts = [
        shelf.store.write(|write| write.put_document(&reflection(1))),
        shelf.store.write(|write| write.put_entry(&late, from_server(4)).map(drop)),
        shelf.store.write(|write| write.put_projection(&projection(&reflection(1), "late", 1))),
        shelf.store.write(|write| write.mark_unindexed(document(1))),
        shelf.store.write(|write| write.put_document_key(document(1), b"key")),
    ];
    for attempt in attempts {
        let state = DocumentState::Deleted;
        match attempt {
            Err(StoreError::NotActive { document: id, state: found }) => {
                assert_eq!((id, found), (document(1), state));
            }
            other => panic!("{other:?}"),
        }
    }
    shelf.write(|write| write.purge_document(document(1)));
    assert_eq!(shelf.store.state(document(1)).unwrap(), Some(DocumentState::Deleted));
    let again = shelf.write(|write| write.put_entry(&deletion, from_server(5))).0;
    assert!(!again);
}

#[test]
fn a_document_that_was_taken_away_comes_back_when_it_is_granted_again() {
    let mut shelf = full();
    shelf.write(|write| write.purge_document(document(1)));
    assert!(!holds(&shelf.bytes(), CANARY));
    assert_eq!(shelf.store.state(document(1)).unwrap(), Some(DocumentState::Revoked));
    assert_eq!(shelf.store.documents(DocumentKind::Reflection).unwrap(), [reflection(2)]);
    let late = shelf.store.write(|write| write.put_entry(&change(1, 1, &[], "late"), HERE));
    assert!(matches!(late, Err(StoreError::NotActive { .. })));

    shelf.write(|write| {
        write.put_document(&reflection(1))?;
        write.put_entry(&change(1, 1, &[], "again"), from_server(12))
    });
    let entries = vec![change(1, 1, &[], "again")];
    assert_eq!(shelf.store.tail(document(1)).unwrap().entries, entries);
    assert_eq!(shelf.store.fold(document(1)).unwrap(), None);
}
