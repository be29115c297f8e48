//! Bringing back what a restored server once stored and lacks, whoever made it, with receipts.
//!
//! A change without a receipt goes together with one that was made after it and has one: a
//! **segment**, which is never divided. What is too long for any request stays here.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DeviceId, DocumentId, EntryHash, RefusalCode, Timestamp};
use enhance_protocol::{BROUGHT_AT_ONCE, Brought, EntryKind, Mac, Offer, Outcome, Verdict};
use enhance_store::{Bringing, Entry, SyncState, Write};

use super::lacking::{LackedEntry, Lacking};
use crate::{error::Error, state::State, writing::entries::requeue};

/// Bytes that an entry takes in a request beside its body.
const BESIDE_BODY: u64 = 128;

/// What is brought in one request.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    pub(super) brought: Vec<Brought>,
    parts: Vec<Part>,
}

/// What is brought of one document.
#[derive(Debug, Clone)]
struct Part {
    /// The document, with what the server has of it once it has taken this.
    after: Bringing,
    /// How many of the batch are of it.
    count: usize,
    /// Whether there is more of it for another request.
    more: bool,
    /// How many entries fit into no request.
    too_large: u64,
}

/// How much more one request may bring.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Bytes after which it is enough.
    pub(super) usual: u64,
    /// Bytes that a single segment may have.
    pub(super) most: u64,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub(super) struct BatchReport {
    /// Entries that the server has again.
    pub(super) stored: u64,
    /// Entries that it does not take, or that fit into no request.
    pub(super) left: u64,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The next batch; an empty one if nothing is to be brought.
pub(super) fn next_batch(state: &mut State, room: Room) -> Result<Batch, Error> {
    let (mut batch, mut left) = (Batch::default(), room);
    for bringing in state.store().bringing()? {
        let Some((row, _)) = state.store().document(bringing.document)? else { continue };
        let Lacking { entries, .. } = Lacking::of(state, &row, &bringing.known)?;
        let (taken, more) = fitting(&entries, &mut left, batch.brought.len());
        let mut after = bringing;
        let mut taken_entries = Vec::with_capacity(taken.len());
        let mut too_large = 0;
        for (place, lacked) in entries.into_iter().enumerate() {
            if taken.contains(&place) {
                after.known.extend(lacked.receipt.map(|receipt| receipt.hash));
                taken_entries.extend(brought(lacked));
            } else if lacked.is_covered && !more {
                too_large += 1;
            }
        }
        batch.parts.push(Part { after, count: taken_entries.len(), more, too_large });
        batch.brought.extend(taken_entries);
        if more {
            break;
        }
    }
    Ok(batch)
}

/// The places of what there is room for, and whether there is more for another request.
fn fitting(lacked: &[LackedEntry], room: &mut Room, before: usize) -> (BTreeSet<usize>, bool) {
    let segments = Segments::of(lacked);
    let mut taken = BTreeSet::new();
    for (place, _) in lacked.iter().enumerate().filter(|(_, one)| one.receipt.is_some()) {
        let segment = segments.upto(place, &taken);
        let bytes: u64 = segment.iter().filter_map(|place| lacked.get(*place)).map(size).sum();
        if bytes > room.most || segment.len() > BROUGHT_AT_ONCE {
            continue;
        }
        let count = before + taken.len();
        if count > 0 && (bytes > room.usual || count + segment.len() > BROUGHT_AT_ONCE) {
            return (taken, true);
        }
        room.usual = room.usual.saturating_sub(bytes);
        taken.extend(segment);
    }
    (taken, false)
}

/// Notes what became of a batch. If that opens a way for anything else, the heads are compared once
/// more: what waited for what is stored now, and what is not recognised, so that only the device
/// that made it can offer it.
pub(super) fn settle(
    write: &mut Write<'_>,
    (batch, device): (&Batch, DeviceId),
    verdicts: &[Verdict],
    now: Timestamp,
) -> Result<BatchReport, Error> {
    let mut report = BatchReport::default();
    let mut is_unrecognised = false;
    let mut rest = verdicts;
    for part in &batch.parts {
        let (own, others) = rest.split_at_checked(part.count).unwrap_or((rest, &[]));
        rest = others;
        let refused = settle_part(write, device, own, now)?;
        report.stored += own.iter().filter(|one| is_stored(one)).count() as u64;
        report.left += refused + part.too_large;
        let document = part.after.document;
        if own.iter().any(is_no_receipt) {
            is_unrecognised = true;
            write.forget_receipts(document)?;
        }
        if part.more && refused == 0 {
            write.bring(&part.after)?;
        } else {
            write.bring_no_more(document)?;
        }
    }
    if (report.stored > 0 || is_unrecognised) && write.bringing()?.is_empty() {
        let now = write.sync_state()?;
        write.set_sync_state(&SyncState { verifying: true, verified_to: None, ..now })?;
    }
    Ok(report)
}

/// Notes what became of what was brought of one document, and says how much was not taken. What is
/// this device's own of that is offered as when it was new, and refused as such if need be.
fn settle_part(
    write: &mut Write<'_>,
    device: DeviceId,
    verdicts: &[Verdict],
    now: Timestamp,
) -> Result<u64, Error> {
    let mut refused = 0;
    for Verdict { hash, outcome } in verdicts {
        match outcome {
            Outcome::Stored { sequence, received_at } => {
                write.mark_stored(*hash, *sequence, *received_at)?;
            }
            Outcome::Duplicate => write.confirm_stored(&[*hash])?,
            Outcome::MissingDependencies(_) | Outcome::Rejected { .. } => {
                tracing::warn!(%hash, ?outcome, "not taken back");
                refused += 1;
                if write.entry(*hash)?.is_some_and(|entry| entry.device == Some(device)) {
                    requeue(write, [*hash], now)?;
                }
            }
        }
    }
    Ok(refused)
}

const fn is_stored(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Stored { .. })
}

const fn is_no_receipt(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Rejected { code: RefusalCode::NoReceipt, .. })
}

/// Gives up what the server takes in no request.
pub(super) fn give_up(state: &mut State, batch: &Batch) -> Result<u64, Error> {
    let documents: Vec<DocumentId> = batch.parts.iter().map(|part| part.after.document).collect();
    state.write(|write| documents.iter().try_for_each(|one| Ok(write.bring_no_more(*one)?)))?;
    Ok(batch.brought.len() as u64)
}

fn size(lacked: &LackedEntry) -> u64 {
    lacked.entry.body.len() as u64 + BESIDE_BODY
}

fn brought(lacked: LackedEntry) -> Option<Brought> {
    let Entry { hash, document, kind, body, device, by, .. } = lacked.entry;
    let offer = Offer { kind, document, hash, body };
    Some(match lacked.receipt {
        Some(receipt) => {
            let mac = Some(Mac::new(receipt.mac));
            Brought { offer, person: receipt.person, device: receipt.device, receipt: mac }
        }
        None => Brought { offer, person: by?, device: device?, receipt: None },
    })
}

/// What must go together.
struct Segments<'a> {
    lacked: &'a [LackedEntry],
    /// The places of the changes among them.
    places: BTreeMap<EntryHash, usize>,
}

impl<'a> Segments<'a> {
    fn of(lacked: &'a [LackedEntry]) -> Self {
        let changes = lacked.iter().enumerate();
        let changes = changes.filter(|(_, one)| one.entry.kind == EntryKind::Change);
        Self { lacked, places: changes.map(|(place, one)| (one.entry.hash, place)).collect() }
    }

    /// The places of an entry and of all changes before it that are not taken.
    fn upto(&self, place: usize, taken: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut segment = BTreeSet::new();
        let mut next = vec![place];
        while let Some(place) = next.pop() {
            if taken.contains(&place) || !segment.insert(place) {
                continue;
            }
            let Some(one) = self.lacked.get(place) else { continue };
            next.extend(one.entry.deps.iter().filter_map(|dep| self.places.get(dep)));
        }
        segment
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::PersonId;
    use enhance_store::ReceiptRow;

    use super::*;

    const PROJECT: DocumentId = DocumentId::from_bytes([9; 16]);
    const ROOM: Room = Room { usual: 10_000, most: 20_000 };

    const fn hash(number: u8) -> EntryHash {
        EntryHash::from_bytes([number; 32])
    }

    fn lacked(number: u8, deps: &[u8], bytes: usize, has_receipt: bool) -> LackedEntry {
        let (person, device) = (PersonId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
        let (document, hash_of) = (PROJECT, hash(number));
        let receipt = ReceiptRow { document, hash: hash_of, person, device, mac: [3; 16] };
        let entry = Entry {
            hash: hash_of,
            document,
            kind: EntryKind::Change,
            body: vec![0; bytes],
            deps: deps.iter().map(|dep| hash(*dep)).collect(),
            device: Some(device),
            by: Some(person),
        };
        let receipt = has_receipt.then_some(receipt);
        LackedEntry { entry, receipt, is_covered: true, is_folded: false }
    }

    fn taken(lacked: &[LackedEntry], room: Room) -> (Vec<u8>, bool) {
        let (taken, more) = fitting(lacked, &mut { room }, 0);
        (taken.iter().map(|place| lacked[*place].entry.hash.as_bytes()[0]).collect(), more)
    }

    #[test]
    fn a_change_without_a_receipt_goes_with_the_next_that_has_one_or_not_at_all() {
        let long = [
            lacked(1, &[], 4_000, false),
            lacked(2, &[1], 4_000, true),
            lacked(3, &[2], 4_000, false),
            lacked(4, &[3], 4_000, true),
            lacked(5, &[4], 100, false),
        ];
        assert_eq!(taken(&long, ROOM), (vec![1, 2], true));
        let all = Room { usual: 20_000, ..ROOM };
        assert_eq!(taken(&long, all), (vec![1, 2, 3, 4], false), "nothing covers the last");
        let little = Room { usual: 0, ..ROOM };
        assert_eq!(taken(&long, little), (vec![1, 2], true), "the first always goes");
    }

    #[test]
    fn what_is_too_long_for_any_request_holds_up_nothing_beside_it() {
        let both = [
            lacked(1, &[], 15_000, false),
            lacked(2, &[1], 15_000, true),
            lacked(3, &[], 100, false),
            lacked(4, &[3], 100, true),
            lacked(5, &[2, 4], 100, true),
        ];
        assert_eq!(taken(&both, ROOM), (vec![3, 4], false));
    }
}
