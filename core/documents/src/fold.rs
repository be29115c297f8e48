//! A plain document as one piece: what its changes came to, each of which can be made again from it
//! byte for byte.
//!
//! The server folds what rests, and a device that gets a document whole takes it in as one piece,
//! which costs one load instead of a judgement of every change.
//!
//! A change is numbered by whoever stored it. In the piece they are in an order of its own, in
//! which each comes after those it depends on as well.

use std::collections::BTreeMap;

use automerge::Change as StoredChange;
use enhance_model::{ChangeHash, DocumentKind, PersonId, Version};

use crate::{
    Catalogue, Change, Content, DocumentError, Piece,
    engine::{guarded, load, outer_hash, version_of},
    gate::try_whole,
    schema::{self, view::View},
    snapshot::{Compression, snapshot_of},
};

/// A document as one piece, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedDocument {
    /// Not compressed yet, since it is kept together with what it says.
    pub snapshot: Vec<u8>,
    /// The number and the hash of each change, in the order of the piece.
    pub changes: Vec<(u64, ChangeHash)>,
    /// The changes in it on which no other of it depends.
    pub heads: Version,
    /// What the document says at its heads.
    pub content: Content,
    /// What its operations made, in the order of the numbers: [`Catalogue::from_bytes`] reads it.
    pub catalogue: Vec<u8>,
}

/// A piece, with the numbers of its changes in their order there.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<'a> {
    /// Not compressed yet, since it is kept together with what it says.
    pub snapshot: &'a [u8],
    pub numbers: &'a [u64],
}

/// Makes one piece of a document, whose first changes may be one piece already; `changes` are those
/// after them with their numbers, as they were stored.
///
/// It is tried in every way that devices open it, saved, opened again, and found to have the same
/// changes, byte for byte but for how they are compressed. If not, it is an error, and nothing may
/// be let go.
pub fn fold(
    (kind, owner): (DocumentKind, PersonId),
    first: Option<Numbered<'_>>,
    changes: &[(u64, impl AsRef<[u8]>)],
) -> Result<FoldedDocument, DocumentError> {
    let piece =
        first.map(|Numbered { snapshot, numbers }| Piece { snapshot, changes: numbers.len() });
    let bodies: Vec<&[u8]> = changes.iter().map(|(_, body)| body.as_ref()).collect();
    try_whole(kind, owner, piece, &bodies)?;
    guarded(|| make((kind, owner), first, changes)).and_then(|made| made)
}

fn make(
    (kind, owner): (DocumentKind, PersonId),
    first: Option<Numbered<'_>>,
    changes: &[(u64, impl AsRef<[u8]>)],
) -> Result<FoldedDocument, DocumentError> {
    let mut parts = first.map(|piece| piece.snapshot.to_vec()).unwrap_or_default();
    for (_, body) in changes {
        parts.extend_from_slice(body.as_ref());
    }
    let mut doc = load(&parts)?;
    let snapshot = snapshot_of(&mut doc, kind, Compression::None)?;
    let heads = version_of(doc.get_heads());
    let content = schema::read(&View::now(&doc).by_maps(), kind)?;
    drop(doc);
    let mut expected = expected(first, changes)?;
    let (mut order, mut by_number) = (Vec::new(), BTreeMap::new());
    for change in load(&snapshot)?.get_changes(&[]) {
        let hash = outer_hash(change.hash());
        let found = expected.remove(&hash).filter(|(_, raw)| *raw == change.raw_bytes());
        let (number, raw) = found.ok_or(DocumentError::UnfaithfulSnapshot)?;
        order.push((number, hash));
        by_number.insert(number, raw);
    }
    if !expected.is_empty() || by_number.len() != order.len() {
        return Err(DocumentError::UnfaithfulSnapshot);
    }
    let raw: Vec<Vec<u8>> = by_number.into_values().collect();
    let catalogue = Catalogue::bytes_of((kind, owner), &raw)
        .map_err(|code| DocumentError::Unreadable { reason: code.to_string() })?;
    Ok(FoldedDocument { snapshot, changes: order, heads, content, catalogue })
}

/// What the piece must have: each change by its hash, with its number and what is hashed of it.
fn expected(
    first: Option<Numbered<'_>>,
    changes: &[(u64, impl AsRef<[u8]>)],
) -> Result<BTreeMap<ChangeHash, (u64, Vec<u8>)>, DocumentError> {
    let unreadable = |error: String| DocumentError::Unreadable { reason: error };
    let mut expected = BTreeMap::new();
    if let Some(Numbered { snapshot, numbers }) = first {
        let before = load(snapshot)?.get_changes(&[]);
        for (number, change) in numbers.iter().zip(before) {
            expected.insert(outer_hash(change.hash()), (*number, change.raw_bytes().to_vec()));
        }
    }
    for (number, body) in changes {
        let change =
            StoredChange::try_from(body.as_ref()).map_err(|e| unreadable(e.to_string()))?;
        expected.insert(outer_hash(change.hash()), (*number, change.raw_bytes().to_vec()));
    }
    Ok(expected)
}

/// What a document ends in: what the next change goes on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// The changes on which no other depends.
    pub heads: Vec<ChangeHash>,
    /// Each actor, and how many changes it made.
    pub actors: Vec<(Vec<u8>, u64)>,
}

/// What these changes end in, of which the first may be one piece.
pub fn ends_of(
    first: Option<Piece<'_>>,
    changes: &[impl AsRef<[u8]>],
) -> Result<Ends, DocumentError> {
    let mut parts = first.map(|piece| piece.snapshot.to_vec()).unwrap_or_default();
    for change in changes {
        parts.extend_from_slice(change.as_ref());
    }
    if parts.is_empty() {
        return Ok(Ends { heads: Vec::new(), actors: Vec::new() });
    }
    let mut doc = load(&parts)?;
    guarded(|| {
        let mut actors: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for change in doc.get_changes_meta(&[]) {
            let last = actors.entry(change.actor.to_bytes().to_vec()).or_default();
            *last = change.seq.max(*last);
        }
        let heads = doc.get_heads().into_iter().map(|hash| ChangeHash::from_bytes(hash.0));
        Ends { heads: heads.collect(), actors: actors.into_iter().collect() }
    })
}

/// The changes in a piece, made again in the order of the piece.
pub fn changes_in(snapshot: &[u8]) -> Result<Vec<Change>, DocumentError> {
    let mut doc = load(snapshot)?;
    guarded(|| doc.get_changes(&[]).into_iter().map(Change::from_engine).collect())
}
