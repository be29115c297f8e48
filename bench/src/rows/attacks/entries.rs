//! Attacks with entries that are no changes, and by reading.

use anyhow::Result;
use enhance_model::{
    DocumentId, DocumentKind, EntryHash, EntryKind, ItemId, PersonId, Right, Timestamp,
};
use enhance_protocol::{
    COMPARED_AT_ONCE, Cursor, DocumentHeads, EntryBody, ExchangeRequest, Grant, OFFERED_AT_ONCE,
    Offer, codec,
};
use enhance_tests::bare::offers::{AT, create, delete, raw};
use serde::Serialize;

use super::{force::Force, stage::Stage};

/// Requests on each connection before they come again.
const REQUESTS: usize = 4;
/// Connections of one person: as many as may be under way at once.
const CONNECTIONS: usize = 8;

/// Requests on all connections, each made from a number that no other has.
fn lanes(
    stage: &Stage,
    (connections, requests): (usize, usize),
    make: impl Fn(u64) -> Result<Vec<u8>>,
) -> Result<Force> {
    let mut lanes = Vec::new();
    for _ in 0..connections {
        let lane: Result<Vec<_>> = (0..requests).map(|_| make(stage.number())).collect();
        lanes.push(lane?);
    }
    Ok(Force::Requests(lanes))
}

/// The id of a document, by two numbers.
fn id(request: u64, number: usize) -> DocumentId {
    let mut id = [0x6d; 16];
    let (first, second) = id.split_at_mut(8);
    first.copy_from_slice(&request.to_be_bytes());
    second.copy_from_slice(&(number as u64).to_be_bytes());
    DocumentId::from_bytes(id)
}

/// G5: deletions of what is not there.
pub(super) fn refused(stage: &Stage) -> Result<Force> {
    lanes(stage, (CONNECTIONS, REQUESTS), |request| {
        let offers = (0..OFFERED_AT_ONCE).map(|number| delete(id(request, number)));
        stage.request(offers.collect())
    })
}

/// G5: heads of as many documents as are compared at once.
pub(super) fn heads(stage: &Stage) -> Result<Force> {
    let hash = |number: usize| {
        let mut hash = [0x6d; 32];
        let (first, _) = hash.split_at_mut(8);
        first.copy_from_slice(&(number as u64).to_be_bytes());
        EntryHash::from_bytes(hash)
    };
    lanes(stage, (CONNECTIONS, REQUESTS), |_| {
        // Those of the one plan that the attacker may read, again and again.
        let heads: Vec<DocumentHeads> = (0..COMPARED_AT_ONCE)
            .map(|document| DocumentHeads {
                document: stage.plan,
                heads: (0..10).map(|number| hash(document * 10 + number)).collect(),
            })
            .collect();
        stage.asks(&ExchangeRequest { heads, ..stage.attacker.request(Vec::new()) })
    })
}

/// G5: as many new documents as are looked at in one request.
pub(super) fn creations(stage: &Stage) -> Result<Force> {
    let new = |id| create(id, DocumentKind::Reflection, None, Some(vec![1; 72]));
    lanes(stage, (CONNECTIONS, 2), |request| {
        stage.request((0..OFFERED_AT_ONCE).map(|number| new(id(request, number))).collect())
    })
}

/// G6: of two creations of one id the first is refused.
pub(super) fn twice_created(stage: &Stage) -> Result<Force> {
    lanes(stage, (CONNECTIONS, 40), |request| {
        let pairs = (0..64).flat_map(|number| {
            let id = id(request, number);
            let first = create(id, DocumentKind::ChangeProject, None, Some(vec![1; 72]));
            [first, create(id, DocumentKind::SharedReflection, None, None)]
        });
        stage.request(pairs.collect())
    })
}

/// A revocation with something in it that nobody reads.
#[derive(Serialize)]
struct Padded {
    id: ItemId,
    from: PersonId,
    round: u32,
    at: Timestamp,
    more: String,
}

/// G8: revocations as large as a change may be.
pub(super) fn revocations(stage: &Stage) -> Result<Force> {
    let from = stage.attacker.person.id;
    lanes(stage, (CONNECTIONS, REQUESTS), |request| {
        let mut offers = Vec::new();
        for number in 0..3 {
            let id = ItemId::from_bytes(*id(request, number).as_bytes());
            // Text that cannot be packed: a megabyte of letters without an order.
            let letters = (0_u64..1_000_000).map(|place| {
                let mixed = (place + request).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                char::from(b'a' + u8::try_from(mixed % 26).unwrap_or(0))
            });
            let padded = Padded { id, from, round: 1, at: AT, more: letters.collect() };
            offers.push(raw(EntryKind::Revoke, stage.plan, codec::to_cbor(&padded)?));
        }
        stage.request(offers)
    })
}

/// G9: everything from the beginning, a byte at a time.
pub(super) fn byte_by_byte(stage: &Stage) -> Result<Force> {
    lanes(stage, (CONNECTIONS, REQUESTS), |_| {
        let request = stage.attacker.request(Vec::new());
        let cursor = Cursor::default();
        stage.asks(&ExchangeRequest { cursor, max_bytes: Some(1), ..request })
    })
}

/// G13: plans that everybody else is given a right to.
pub(super) fn grants(stage: &Stage) -> Result<Force> {
    lanes(stage, (CONNECTIONS, 1), |request| {
        let mut offers: Vec<Offer> = Vec::new();
        let each = stage.persons.len() + 1;
        for number in 0..OFFERED_AT_ONCE / each {
            let document = id(request, number);
            offers.push(create(document, DocumentKind::ChangeProject, None, None));
            for (place, to) in stage.persons.iter().enumerate() {
                let id = ItemId::from_bytes(*id(request, number * each + place).as_bytes());
                let grant = Grant::new(id, *to, Right::Read, 1, AT);
                offers.push(grant.offer(document)?);
            }
        }
        stage.request(offers)
    })
}
