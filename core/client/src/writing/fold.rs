//! Folding: a document whose work the server has becomes one piece, so that it opens quickly and
//! takes little room.
//!
//! The document is read under the lock, made into one piece without it, and put in the place of
//! the entries under the lock again, unless something happened to the document meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use enhance_documents::Document;
use enhance_model::{ChangeHash, DeviceId, DocumentId, EntryHash, Timestamp};
use enhance_protocol::EnvelopeHeader;
use enhance_store::{DocumentRow, Entry, Fold, FoldHead, Tail, Unfolded};

use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State,
        lock::StateLock,
        open_document::{compressed, parts, snapshot_in},
    },
};

/// Entries after which a document is folded although somebody may be working on it.
const FOLD_AFTER: u64 = 16;
/// Milliseconds without a change after which a document rests.
pub(crate) const REST_MS: u64 = 60 * 60 * 1_000;
/// A fold reads the whole document, so it waits until this share of it is new: then folding costs
/// as much for each change as reading it a few times.
const SHARE_IN_USE: u64 = 8;
const SHARE_AT_REST: u64 = 64;

/// Which documents are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Among {
    /// Those that are written to much: something was just stored.
    Busy,
    /// All that are not folded, for those that rest.
    All,
}

/// Folds documents that are worth it, at most `limit` of them, and says how many.
///
/// What was saved is safe without it, so that one fails is no more than a slower opening.
pub(crate) fn worthwhile(lock: &StateLock, among: Among, limit: usize) -> Result<usize, Error> {
    let now = lock.environment().clock.now();
    let at_least = if among == Among::Busy { FOLD_AFTER } else { 1 };
    let documents = lock.with(|state| Ok(state.store().unfolded_documents(at_least)?))?;
    let worthwhile = documents.into_iter().filter(|unfolded| is_worth_it(unfolded, now));
    let mut folded = 0;
    for Unfolded { document, .. } in worthwhile.take(limit) {
        match one(lock, document) {
            Ok(done) => folded += usize::from(done),
            Err(error) if error == Error::StorageFull || error.is_absence() => return Err(error),
            Err(error) => tracing::warn!(%document, %error, "a document could not be folded"),
        }
    }
    Ok(folded)
}

fn is_worth_it(unfolded: &Unfolded, now: Timestamp) -> bool {
    let Unfolded { entries, folded, updated_at, .. } = *unfolded;
    let rests = now.millis_since(updated_at) >= REST_MS;
    let share = if rests { SHARE_AT_REST } else { SHARE_IN_USE };
    (rests || entries >= FOLD_AFTER) && entries * share >= folded
}

fn one(lock: &StateLock, document: DocumentId) -> Result<bool, Error> {
    let Some(material) = lock.with(|state| Material::read(state, document))? else {
        return Ok(false);
    };
    let Some((row, fold, holding)) = material.fold()? else { return Ok(false) };
    lock.with(|state| put(state, &row, &fold, &holding))
}

/// What a fold is made of.
struct Material {
    row: DocumentRow,
    device: DeviceId,
    key: Option<DocumentKey>,
    tail: Tail,
}

impl Material {
    /// Reads it; nothing if the document is not to be folded any more.
    fn read(state: &mut State, document: DocumentId) -> Result<Option<Self>, Error> {
        let Some(row) = state.active(document)? else { return Ok(None) };
        let device = state.facts()?.device;
        let key = state.stored_key(document)?;
        if row.kind.is_sealed() && key.is_none() {
            return Ok(None);
        }
        Ok(Some(Self { row, device, key, tail: state.store().tail(document)? }))
    }

    /// Makes one piece of it; nothing if it does not open to the document that was saved.
    fn fold(self) -> Result<Option<(DocumentRow, Fold, Vec<EntryHash>)>, Error> {
        let Self { row, device, key, tail } = self;
        let mut document = Document::open(&parts(tail.clone(), key.as_ref())?, device)?;
        if document.version() != row.version {
            return Ok(None);
        }
        let Tail { fold: before, entries } = tail;
        let body = compressed(&document.uncompressed_snapshot()?)?;
        let heads = if row.kind.is_sealed() {
            chain_ends(before.as_ref(), &entries)?
        } else {
            plain_heads(&mut document)
        };
        // Of a sealed one that the server lacks, the next archive tells it.
        let stored = before.as_ref().is_none_or(|before| before.stored || !row.kind.is_sealed());
        let mut size = before.map(|before| before.size).unwrap_or_default();
        size.changes += entries.len() as u64;
        size.bytes += entries.iter().map(|entry| entry.body.len() as u64).sum::<u64>();
        let holding = entries.iter().map(|entry| entry.hash).collect();
        let fold = Fold { body, heads, size, stored, archived: false };
        Ok(Some((row, fold, holding)))
    }
}

/// The fold of a document without some changes; nothing if none of them is folded.
///
/// What depends on a change that is taken out must be among them.
pub(crate) fn without(
    state: &mut State,
    row: &DocumentRow,
    removed: &BTreeSet<ChangeHash>,
) -> Result<Option<Fold>, Error> {
    let device = state.facts()?.device;
    let Some(fold) = state.store().fold(row.id)? else { return Ok(None) };
    let mut folded = Document::open(&[snapshot_in(&fold)?], device)?;
    let removed: Vec<_> = removed.iter().copied().filter(|hash| folded.contains(*hash)).collect();
    if removed.is_empty() {
        return Ok(None);
    }
    let (mut remaining, _) = folded.without(&removed)?;
    let body = compressed(&remaining.uncompressed_snapshot()?)?;
    let heads = if row.kind.is_sealed() { fold.heads } else { plain_heads(&mut remaining) };
    Ok(Some(Fold { body, heads, stored: false, archived: false, ..fold }))
}

fn put(
    state: &mut State,
    row: &DocumentRow,
    fold: &Fold,
    holding: &[EntryHash],
) -> Result<bool, Error> {
    // What it was made of may have been refused, deleted or folded meanwhile.
    let is_as_it_was = state.active(row.id)?.is_some_and(|now| now.version == row.version);
    if !is_as_it_was {
        return Ok(false);
    }
    state.write(|write| Ok(write.put_fold(row.id, fold, holding)?))?;
    Ok(true)
}

/// The last envelope of each device, of those in the fold there was and those that came since.
fn chain_ends(before: Option<&Fold>, entries: &[Entry]) -> Result<Vec<FoldHead>, Error> {
    let mut ends: BTreeMap<DeviceId, FoldHead> = BTreeMap::new();
    let known = before.map(|before| before.heads.as_slice()).unwrap_or_default();
    for head in known {
        ends.extend(head.device.map(|device| (device, *head)));
    }
    for Entry { hash, body, .. } in entries {
        let (header, _) = EnvelopeHeader::split(body)
            .map_err(|error| Error::damaged(format_args!("sealed entry {hash}")).because(error))?;
        let EnvelopeHeader { device, counter, .. } = header;
        let end = FoldHead { hash: *hash, device: Some(device), counter };
        let last = ends.entry(device).or_insert(end);
        if counter > last.counter {
            *last = end;
        }
    }
    Ok(ends.into_values().collect())
}

/// The heads of a plain document, where a change is known by its own hash.
fn plain_heads(document: &mut Document) -> Vec<FoldHead> {
    let version = document.version();
    let head = |hash| FoldHead { hash: EntryHash::from(hash), device: None, counter: 0 };
    version.heads().iter().copied().map(head).collect()
}
