//! What the server has not answered for: order, size, and what takes it out again.

use enhance_store::{Stage, StoreError};

use crate::shelf::*;

fn waiting(shelf: &Shelf) -> Vec<enhance_model::EntryHash> {
    let page = shelf.store.outbox_page(None, u64::MAX).unwrap();
    page.entries.iter().map(|each| each.entry.hash).collect()
}

/// A shelf with three entries, each depending on the one before.
fn three() -> Shelf {
    let mut shelf = shelf().with(&project(1));
    shelf.write(|write| {
        write.put_entry(&change(3, 1, &[], "first"), HERE)?;
        write.put_entry(&change(2, 1, &[3], "second"), HERE)?;
        write.put_entry(&change(1, 1, &[2], "third"), HERE)
    });
    shelf
}

#[test]
fn entries_are_offered_in_the_order_they_were_written_page_by_page() {
    let shelf = three();
    assert_eq!(waiting(&shelf), [3, 2, 1].map(hash));
    let page = shelf.store.outbox_page(None, 11).unwrap();
    assert_eq!(page.entries.len(), 2, "5 and 6 bytes");
    assert!(page.more);
    let rest = shelf.store.outbox_page(Some(page.entries[1].position), 11).unwrap();
    assert_eq!(rest.entries[0].entry, change(1, 1, &[2], "third"));
    assert!(!rest.more);
}

#[test]
fn an_entry_larger_than_a_page_comes_alone() {
    let page = three().store.outbox_page(None, 1).unwrap();
    assert_eq!(page.entries.len(), 1);
    assert!(page.more);
}

#[test]
fn what_was_sent_waits_until_the_server_has_answered() {
    let mut shelf = three();
    shelf.write(|write| write.mark_sent(&[hash(3), hash(2)], at(50)));
    assert_eq!(waiting(&shelf), [3, 2, 1].map(hash));
    assert_eq!(shelf.store.status(document(1)).unwrap().stage, Stage::Saved, "one was not sent");
    shelf.write(|write| write.mark_sent(&[hash(1)], at(50)));
    assert_eq!(shelf.store.status(document(1)).unwrap().stage, Stage::Sent);

    shelf.write(|write| write.mark_stored(hash(3), 10, at(60)));
    assert_eq!(waiting(&shelf), [2, 1].map(hash));
    let link = &shelf.store.links(document(1)).unwrap()[0];
    assert_eq!((link.stored, link.sequence, link.received_at), (true, Some(10), Some(at(60))));
}

#[test]
fn an_entry_that_comes_back_from_the_server_is_stored_even_if_its_answer_was_lost() {
    let mut shelf = three();
    let (new, _) =
        shelf.write(|write| write.put_entry(&change(3, 1, &[], "first"), from_server(10)));
    assert!(!new);
    assert_eq!(waiting(&shelf), [2, 1].map(hash));
    let (_, _) = shelf.write(|write| write.put_entry(&change(3, 1, &[], "first"), HERE));
    assert_eq!(waiting(&shelf), [2, 1].map(hash), "what is stored is not queued again");
}

#[test]
fn what_the_server_lost_is_offered_again_before_what_depends_on_it() {
    let mut shelf = three();
    shelf.write(|write| write.confirm_stored(&[hash(3), hash(2)]));
    assert_eq!(waiting(&shelf), [hash(1)]);
    shelf.write(|write| write.requeue(&[hash(2), hash(3)], at(70)));
    assert_eq!(waiting(&shelf), [3, 2, 1].map(hash));
    assert_eq!(shelf.store.waiting().unwrap(), 3);
    assert_eq!(shelf.store.status(document(1)).unwrap().stage, Stage::Saved);
    let unknown = shelf.store.write(|write| write.requeue(&[hash(99)], at(70)));
    assert!(matches!(unknown, Err(StoreError::UnknownEntry { .. })));
}

#[test]
fn the_outbox_outlives_the_process() {
    let mut shelf = three();
    shelf.write(|write| write.mark_sent(&[hash(3)], at(50)));
    let folder = shelf.close();
    let store = open(folder.path()).unwrap();
    let page = store.outbox_page(None, u64::MAX).unwrap();
    assert_eq!(page.entries.len(), 3);
    assert_eq!(page.entries[0].sent_at, Some(at(50)));
    assert_eq!(store.waiting().unwrap(), 3);
}
