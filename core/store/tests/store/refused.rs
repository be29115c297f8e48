//! Refused work: out of the way, and never lost.

use enhance_model::{ItemId, Sha256, Timestamp};
use enhance_store::{AttachmentRefusal, NewQuarantine, Stage, Status, StoreError, Topic};

use crate::shelf::*;

fn refusal() -> NewQuarantine {
    NewQuarantine {
        document: document(1),
        kind: project(1).kind,
        title: "Fewer falls".to_owned(),
        code: "a_code_of_tomorrow".to_owned(),
        explanation: "You may no longer change this plan.".to_owned(),
        readable: "[]".to_owned(),
        base: version(1),
        at: at(80),
    }
}

fn three() -> Shelf {
    let mut shelf = shelf().with(&project(1));
    shelf.write(|write| {
        [1, 2, 3].into_iter().try_for_each(|number| {
            write.put_entry(&change(number, 1, &[number - 1], "words"), HERE).map(drop)
        })
    });
    shelf
}

#[test]
fn refused_entries_leave_the_story_and_the_outbox_but_are_kept() {
    let mut shelf = three();
    let refused = [change(2, 1, &[1], "words"), change(3, 1, &[2], "words")];
    let (id, changes) = shelf.write(|write| write.quarantine_entries(&refusal(), &refused));
    assert!(changes.touches(Topic::Quarantine));
    assert_eq!(shelf.store.tail(document(1)).unwrap().entries, [change(1, 1, &[0], "words")]);
    let status = Status { stage: Stage::Saved, quarantined: true };
    assert_eq!(shelf.store.status(document(1)).unwrap(), status);
    let (kept, entries) = shelf.store.quarantine(id).unwrap().unwrap();
    assert_eq!((kept.about, kept.resolved_at), (refusal(), None));
    assert_eq!(entries, refused);
}

#[test]
fn resolved_work_stays_readable() {
    let mut shelf = three();
    let refused = [change(3, 1, &[2], "words")];
    let (id, _) = shelf.write(|write| write.quarantine_entries(&refusal(), &refused));
    shelf.write(|write| write.resolve_quarantine(id, at(90)));
    assert_eq!(shelf.store.quarantines(true).unwrap(), []);
    assert_eq!(shelf.store.quarantines(false).unwrap()[0].resolved_at, Some(at(90)));
    assert_eq!(shelf.store.quarantine(id).unwrap().unwrap().1, refused);
}

#[test]
fn ones_own_refused_work_outlives_the_loss_of_the_document() {
    let mut shelf = three();
    let refused = [change(3, 1, &[2], "words")];
    let (id, _) = shelf.write(|write| {
        let id = write.quarantine_entries(&refusal(), &refused)?;
        write.purge_document(document(1))?;
        Ok(id)
    });
    assert_eq!(shelf.store.quarantine(id).unwrap().unwrap().1, refused);
    assert_eq!(shelf.store.tail(document(1)).unwrap().entries, []);
}

#[test]
fn work_for_a_document_nobody_knows_cannot_be_kept() {
    let failed = shelf().store.write(|write| write.quarantine_entries(&refusal(), &[]));
    assert!(matches!(failed, Err(StoreError::UnknownDocument { .. })), "{failed:?}");
}

#[test]
fn b1_a_file_that_was_refused_while_the_clock_was_wrong_by_years_waits_for_none_of_them() {
    const YEARS: i64 = 10 * 365 * 24 * 60 * 60 * 1_000;
    let mut shelf = shelf().with(&reflection(1));
    let now = Timestamp::from_unix_millis(1_795_419_000_000);
    let (id, an_hour_ago) = (ItemId::from_bytes([1; 16]), now.plus_millis(-3_600_000));
    let refusal = AttachmentRefusal { code: "quota_exceeded".into(), reason: "full".into() };
    shelf.write(|write| {
        let named = [(id, Sha256::from_bytes([2; 32]), 4_096)];
        write.put_attachments(document(1), &named, true)
    });
    for (refused_at, waits) in
        [(now.plus_millis(-1), 0), (an_hour_ago.plus_millis(-1), 1), (now.plus_millis(YEARS), 1)]
    {
        shelf.write(|write| write.attachment_is_refused((document(1), id), &refusal, refused_at));
        let waiting = shelf.store.attachments_waiting(None, (an_hour_ago, now), 9).unwrap();
        assert_eq!(waiting.len(), waits, "{refused_at}");
    }
}
