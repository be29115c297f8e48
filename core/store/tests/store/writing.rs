//! The one door: all or nothing, and what changed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use enhance_model::{DeviceId, DocumentKind, Epoch};
use enhance_store::{
    Cursor, DocumentSize, Draft, Entry, EntryKind, Fold, FoldHead, Stage, Status, StoreError,
    SyncState, Topic, Unarchived,
};

use crate::shelf::*;

#[derive(Debug, PartialEq)]
struct Refused;

impl From<StoreError> for Refused {
    fn from(_: StoreError) -> Self {
        Self
    }
}

#[test]
fn a_write_that_fails_or_panics_leaves_nothing() {
    let mut shelf = shelf();
    let failed: Result<((), _), Refused> = shelf.store.write(|write| {
        write.put_document(&reflection(1))?;
        assert!(write.document(document(1))?.is_some(), "a write reads what it has written");
        Err(Refused)
    });
    assert_eq!(failed, Err(Refused));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        shelf.store.write::<(), StoreError>(|write| {
            write.put_document(&reflection(1))?;
            panic!("in the middle of a write")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(shelf.store.document(document(1)).unwrap(), None);
    shelf.write(|write| write.put_document(&reflection(1)));
}

#[test]
fn a_write_says_which_screens_have_to_be_read_again() {
    let mut shelf = shelf().with(&reflection(1)).with(&reflection(2));
    let (_, changes) = shelf.write(|write| write.put_entry(&change(1, 1, &[], "words"), HERE));
    assert_eq!(changes.documents(Topic::Documents).collect::<Vec<_>>(), [document(1)]);
    assert_eq!(changes.documents(Topic::Status).collect::<Vec<_>>(), [document(1)]);
    assert!(!changes.touches(Topic::Drafts));
    let ((), nothing) = shelf.write(|write| write.remove_draft(document(2), "what"));
    assert!(nothing.is_empty());
    let (_, again) = shelf.write(|write| write.put_entry(&change(1, 1, &[], "words"), HERE));
    assert!(again.is_empty(), "{again:?}");
}

#[test]
fn documents_are_found_by_kind_and_subject() {
    let comments =
        enhance_store::DocumentRow { about: Some(document(2)), ..row(3, DocumentKind::Comments) };
    let mut shelf = shelf().with(&reflection(1)).with(&project(2)).with(&comments);
    assert_eq!(shelf.store.documents(DocumentKind::ChangeProject).unwrap(), [project(2)]);
    assert_eq!(shelf.store.documents_about(document(2)).unwrap(), [comments]);
    shelf.write(|write| write.set_version(document(2), &version(77)));
    assert_eq!(shelf.store.documents(DocumentKind::ChangeProject).unwrap()[0].version, version(77));
    let pages = [None, Some(document(2))].map(|after| {
        let page = shelf.store.documents_after(after, 2).unwrap();
        page.into_iter().map(|(row, _)| row.id).collect::<Vec<_>>()
    });
    assert_eq!(pages, [vec![document(1), document(2)], vec![document(3)]]);
    let unknown = shelf.store.write(|write| write.set_version(document(9), &version(1)));
    assert!(matches!(unknown, Err(StoreError::UnknownDocument { .. })));
}

#[test]
fn a_document_is_opened_from_its_fold_and_what_came_after() {
    let mut shelf = shelf().with(&project(1));
    let story = [1, 2, 3].map(|number| change(number, 1, &[number - 1], "words"));
    let grant = Entry { kind: EntryKind::Grant, ..change(4, 1, &[], "grant") };
    shelf.write(|write| {
        for entry in story.iter().chain([&grant]) {
            write.put_entry(entry, HERE)?;
        }
        write.confirm_stored(&[hash(1), hash(2)])?;
        write.put_fold(document(1), &fold(b"one piece", 2), &[hash(1), hash(2)])
    });
    let kept = shelf.store.fold(document(1)).unwrap().unwrap();
    assert_eq!(kept, fold(b"one piece", 2));
    assert_eq!(shelf.store.tail(document(1)).unwrap().entries, [story[2].clone()]);
    assert_eq!(shelf.store.entries(&[hash(2), hash(3)]).unwrap(), [story[2].clone()]);
    let size = DocumentSize { changes: 3, bytes: 15 };
    assert_eq!(shelf.store.document_size(document(1)).unwrap(), size);
    let links = shelf.store.links(document(1)).unwrap();
    assert_eq!(links.iter().map(|link| link.hash).collect::<Vec<_>>(), [3, 4].map(hash));
}

#[test]
fn what_the_server_may_lack_is_never_folded() {
    let mut shelf = shelf().with(&project(1));
    let story = [1, 2].map(|number| change(number, 1, &[number - 1], "words"));
    shelf.write(|write| {
        story.iter().try_for_each(|entry| write.put_entry(entry, HERE).map(drop))?;
        write.confirm_stored(&[hash(1)])
    });
    for missing in [hash(2), hash(88)] {
        let holding = [hash(1), missing];
        let refused =
            shelf.store.write(|write| write.put_fold(document(1), &fold(b"", 2), &holding));
        assert!(matches!(refused, Err(StoreError::UnknownEntry { hash }) if hash == missing));
        assert_eq!(shelf.store.fold(document(1)).unwrap(), None);
        assert_eq!(shelf.store.tail(document(1)).unwrap().entries, story);
    }
}

#[test]
fn drafts_are_kept_by_field_until_they_are_removed() {
    let mut shelf = shelf().with(&reflection(1)).with(&reflection(2));
    let draft = |of, field: &str, text: &str| Draft {
        document: document(of),
        field: field.to_owned(),
        base: version(4),
        text: text.to_owned(),
        saved_at: at(6),
    };
    shelf.write(|write| {
        write.put_draft(&draft(1, "what", "It was"))?;
        write.put_draft(&draft(1, "what", "It was busy"))?;
        write.put_draft(&draft(2, "so_what", "I learned"))
    });
    assert_eq!(shelf.store.drafts(document(1)).unwrap(), [draft(1, "what", "It was busy")]);
    assert_eq!(shelf.store.unsettled().unwrap(), [document(1), document(2)]);
    let ((), changes) = shelf.write(|write| write.remove_draft(document(1), "what"));
    assert!(changes.touches(Topic::Drafts));
    assert_eq!(shelf.store.drafts(document(1)).unwrap(), []);
}

#[test]
fn the_sync_state_is_kept_and_beginning_anew_makes_everything_unverified() {
    let mut shelf = shelf().with(&project(1));
    assert_eq!(shelf.store.sync_state().unwrap(), SyncState::default());
    let (old, new) = (Epoch::from_bytes([1; 16]), Epoch::from_bytes([2; 16]));
    let state = SyncState {
        epoch: Some(old),
        reached: 43,
        cursor: Cursor { sequence: 40, within: 2 },
        next_allowed_at: Some(at(77)),
        verifying: false,
        verified_to: None,
    };
    shelf.write(|write| {
        write.set_sync_state(&state)?;
        write.put_entry(&change(1, 1, &[], "theirs"), from_server(41))?;
        write.put_entry(&change(2, 1, &[1], "ours"), HERE)
    });
    assert_eq!(shelf.store.sync_state().unwrap(), state);

    let ((), changes) = shelf.write(|write| write.begin_anew(new));
    assert!(changes.touches(Topic::Sync) && changes.touches(Topic::Status));
    let begun = shelf.store.sync_state().unwrap();
    assert_eq!((begun.epoch, begun.cursor, begun.verifying), (Some(new), Cursor::default(), true));
    assert_eq!(begun.next_allowed_at, Some(at(77)));
    let (noted, _) = shelf.write(|write| Ok((write.reach(old, 50)?, write.reach(new, 5)?)));
    assert_eq!(noted, (false, true), "what was said in another epoch counts for nothing");
    shelf.write(|write| write.reach(new, 4));
    assert_eq!(shelf.store.sync_state().unwrap().reached, 5);
    let status = shelf.store.status(document(1)).unwrap();
    assert_eq!(status, Status { stage: Stage::Saved, quarantined: false });
    shelf.write(|write| write.confirm_stored(&[hash(2)]));
    let status = shelf.store.status(document(1)).unwrap();
    assert_eq!(status.stage, Stage::Sent, "whether the server still has the other is being asked");
    shelf.write(|write| write.confirm_stored(&[hash(1)]));
    assert_eq!(shelf.store.status(document(1)).unwrap().stage, Stage::Stored);
}

#[test]
fn a_fact_about_the_account_is_the_last_that_was_noted() {
    let mut shelf = shelf();
    shelf.write(|write| write.set_meta("name", b"Asha"));
    shelf.write(|write| write.set_meta("name", b"Asha P"));
    assert_eq!(shelf.store.meta("name").unwrap().as_deref(), Some(&b"Asha P"[..]));
}

#[test]
fn a_fold_is_archived_where_the_archive_holds_as_much_and_no_less() {
    let mut shelf = shelf().with(&reflection(1)).with(&reflection(2)).with(&project(3));
    let end = |device: u8, counter| FoldHead {
        hash: hash(device),
        device: Some(DeviceId::from_bytes([device; 16])),
        counter,
    };
    let sealed = Fold { heads: vec![end(1, 4), end(2, 7)], ..fold(b"sealed", 4) };
    shelf.write(|write| {
        for number in [1, 2] {
            let id = document(number);
            let create = Entry { kind: EntryKind::Create, ..change(10 + number, number, &[], "") };
            write.put_entry(&create, from_server(number.into()))?;
            write.put_document_key(id, &[7; 32])?;
            write.put_fold(id, &sealed, &[])?;
        }
        write.put_fold(document(3), &fold(b"plain", 2), &[])
    });
    let waiting = |shelf: &Shelf| shelf.store.unarchived(10).unwrap();
    let both = Unarchived { documents: vec![document(1), document(2)], wanted: 0 };
    assert_eq!(waiting(&shelf), both, "what is plain is not sealed with others");

    shelf.write(|write| write.mark_archived(document(1), &[end(1, 4)]));
    shelf.write(|write| write.mark_archived(document(1), &[end(1, 9), end(2, 6)]));
    assert_eq!(waiting(&shelf), both, "the archive lacks something of the second device");
    shelf.write(|write| write.mark_archived(document(1), &[end(1, 4), end(2, 8)]));
    assert_eq!(waiting(&shelf).documents, [document(2)]);

    shelf.write(|write| write.want_archived(&[document(1)]));
    let wanted = Unarchived { documents: vec![document(1), document(2)], wanted: 1 };
    assert_eq!(waiting(&shelf), wanted);
    shelf.write(|write| write.put_entry(&change(8, 2, &[], "later"), HERE));
    assert_eq!(waiting(&shelf).documents, [document(1)], "one that is written to does not rest");
}
