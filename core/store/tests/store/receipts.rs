//! Receipts: which are kept, and for how long.

use enhance_model::{DeviceId, EntryHash, PersonId, Right, Round};
use enhance_store::{Bringing, Entry, EntryKind, ReceiptRow};

use crate::shelf::*;

fn receipt(of: u8, hash: EntryHash) -> ReceiptRow {
    let (person, device) = (PersonId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
    ReceiptRow { document: document(of), hash, person, device, mac: [3; 16] }
}

#[test]
fn of_what_is_folded_receipts_stay_for_heads_and_for_every_256th_change_or_so() {
    let mut shelf = shelf().with(&project(1)).with(&project(2));
    let mut number = 0;
    let mut next = || {
        number += 1_u64;
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        EntryHash::from_bytes(hash)
    };
    let hashes: Vec<EntryHash> = (0..10_000).map(|_| next()).collect();
    let kept = fold(b"folded", 3);
    let head = kept.heads[0].hash;
    shelf.write(|write| {
        write.put_entry(&change(4, 1, &[], "not folded"), HERE)?;
        for hash in hashes.iter().chain([&head, &hash(4)]) {
            write.put_receipt(&receipt(1, *hash))?;
        }
        write.put_receipt(&receipt(2, hashes[0]))?;
        write.put_fold(document(1), &kept, &[])
    });
    let left = shelf.store.receipts(document(1)).unwrap();
    assert!(left.iter().any(|one| one.hash == head) && left.iter().any(|one| one.hash == hash(4)));
    assert!((30..50).contains(&left.len()), "{} of 10,000", left.len());
    assert_eq!(shelf.store.receipts(document(2)).unwrap().len(), 1, "of another document");
}

#[test]
fn with_a_document_go_its_receipts_but_for_that_of_its_deletion() {
    let mut shelf = shelf().with(&project(1)).with(&project(2));
    let end = Entry { kind: EntryKind::Delete, ..change(9, 1, &[], "") };
    let bringing = |of| Bringing { document: document(of), known: vec![hash(1)] };
    shelf.write(|write| {
        write.put_entry(&change(1, 1, &[], "words"), HERE)?;
        write.put_entry(&end, HERE)?;
        write.put_receipt(&receipt(1, hash(1)))?;
        write.put_receipt(&receipt(1, hash(9)))?;
        write.put_receipt(&receipt(2, hash(2)))?;
        write.set_round(document(1), person(3), Some(Round::granting(1, Right::Read)))?;
        write.bring(&bringing(1))?;
        write.bring(&bringing(2))
    });
    shelf.write(|write| {
        write.delete_document(document(1))?;
        write.purge_document(document(2))?;
        // What comes too late is for what is here.
        write.put_receipt(&receipt(1, hash(1)))?;
        write.put_receipt(&receipt(2, hash(2)))
    });
    assert_eq!(shelf.store.receipts(document(1)).unwrap(), [receipt(1, hash(9))]);
    assert_eq!(shelf.store.receipts(document(2)).unwrap(), []);
    assert_eq!(shelf.store.round(document(1), person(3)).unwrap(), None);
    assert_eq!(shelf.store.bringing().unwrap(), []);
}

#[test]
fn projects_are_brought_before_what_is_about_them() {
    let (comments, about) = (project(1), project(2));
    let comments = enhance_store::DocumentRow { about: Some(about.id), ..comments };
    let mut shelf = shelf().with(&comments).with(&about);
    shelf.write(|write| {
        write.bring(&Bringing { document: comments.id, known: Vec::new() })?;
        write.bring(&Bringing { document: about.id, known: vec![hash(1)] })?;
        write.bring(&Bringing { document: about.id, known: vec![hash(2), hash(3)] })
    });
    let bringing = shelf.store.bringing().unwrap();
    let order: Vec<_> = bringing.iter().map(|one| one.document).collect();
    assert_eq!(order, [about.id, comments.id]);
    assert_eq!(bringing[0].known, [hash(2), hash(3)]);
}
