//! Entries as they are offered to a server, made by hand, and what comes back, taken apart.

use enhance_documents::Change;
use enhance_model::{
    DeviceId, DocumentId, DocumentKind, EntryHash, ItemId, PersonId, Right, Timestamp,
};
use enhance_protocol::{
    Create, Delete, EntryBody, EntryKind, EnvelopeHeader, Grant, Item, Offer, Pulled, Revoke, entry,
};

use crate::clock::MORNING;

/// When everything made by hand was made, as far as it says so itself.
pub const AT: Timestamp = MORNING;

/// An item's id that follows from a number.
pub const fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

/// Offers a change of a document.
pub fn change(document: DocumentId, change: &Change) -> Offer {
    let hash = change.hash.into();
    Offer { kind: EntryKind::Change, document, hash, body: change.bytes.clone() }
}

/// Makes a document known.
#[track_caller]
pub fn create(
    id: DocumentId,
    kind: DocumentKind,
    about: Option<DocumentId>,
    wrapped_key: Option<Vec<u8>>,
) -> Offer {
    Create { kind, about, created_at: AT, wrapped_key }.offer(id).expect("a creation")
}

/// A reflection with no words in it, which the server cannot tell, and its creation.
#[track_caller]
pub fn reflection(number: u8) -> (DocumentId, Offer) {
    let id = DocumentId::from_bytes([number; 16]);
    (id, create(id, DocumentKind::Reflection, None, Some(vec![1; 72])))
}

/// An envelope of so many bytes, with nothing sealed in it, which the server cannot tell.
#[track_caller]
pub fn envelope(
    document: DocumentId,
    device: DeviceId,
    counter: u64,
    previous: Option<&Offer>,
    bytes: usize,
) -> Offer {
    let header = EnvelopeHeader {
        document,
        device,
        counter,
        previous: previous.map(|offer| offer.hash),
        nonce: [3; 24],
        commitment: [4; 32],
    };
    let mut body = header.to_bytes();
    body.resize(bytes, u8::try_from(counter % 250).expect("a byte"));
    raw(EntryKind::Envelope, document, body)
}

/// An entry with any body and the hash that goes with it.
pub fn raw(kind: EntryKind, document: DocumentId, body: Vec<u8>) -> Offer {
    Offer { kind, document, hash: entry::hash(kind, document, &body), body }
}

fn invitation(to: PersonId, right: Right, number: u8) -> Grant {
    Grant::new(item(number), to, right, u32::from(number), AT)
}

/// Gives a person a right to a document, in the round of this number.
#[track_caller]
pub fn grant(document: DocumentId, to: PersonId, right: Right, number: u8) -> Offer {
    invitation(to, right, number).offer(document).expect("a grant")
}

/// Accepts the invitation that was given by the grant of this number, as the person it is for.
#[track_caller]
pub fn acceptance(document: DocumentId, to: PersonId, right: Right, number: u8) -> Offer {
    let invited = grant(document, to, right, number).hash;
    let accepted = invitation(to, right, number).accepted(item(number | 0x80), invited, AT);
    accepted.offer(document).expect("an acceptance")
}

/// Takes a person's right to a document away, in the round of this number.
#[track_caller]
pub fn revoke(document: DocumentId, from: PersonId, number: u8) -> Offer {
    Revoke { id: item(number), from, round: u32::from(number), at: AT, for_good: false }
        .offer(document)
        .expect("a revocation")
}

/// Deletes a document for ever.
#[track_caller]
pub fn delete(document: DocumentId) -> Offer {
    Delete { at: AT, proof: None, with_copies: false, seen: None }
        .offer(document)
        .expect("a deletion")
}

/// The entries among what came.
pub fn entries(items: &[Item]) -> Vec<&Pulled> {
    let entries = items.iter().filter_map(|item| match item {
        Item::Entry(pulled) => Some(pulled),
        Item::Person(_) | Item::Fold(_) => None,
    });
    entries.collect()
}

/// The hashes of the entries among what came.
pub fn hashes(items: &[Item]) -> Vec<EntryHash> {
    entries(items).iter().map(|pulled| pulled.offer.hash).collect()
}

/// The kinds of the entries among what came.
pub fn kinds(items: &[Item]) -> Vec<EntryKind> {
    entries(items).iter().map(|pulled| pulled.offer.kind).collect()
}

/// The names of the people among what came.
pub fn names(items: &[Item]) -> Vec<&str> {
    let people = items.iter().filter_map(|item| match item {
        Item::Person(person) => Some(person.name.as_str()),
        Item::Entry(_) | Item::Fold(_) => None,
    });
    people.collect()
}
