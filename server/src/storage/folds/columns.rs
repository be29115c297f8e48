//! A fold as it is put into the columns of its row.

use std::collections::BTreeMap;

use enhance_documents::{Content, FoldedDocument};
use enhance_model::{DocumentId, EntryHash};
use enhance_protocol::{FoldBody, FoldReceipt, Sent, codec};

use crate::storage::StorageError;

/// Bytes that stay of the hash of each change.
pub(super) const HASH_BYTES: usize = 8;
/// How hard catalogues are compressed: once, and read many times.
const LEVEL: i32 = 9;
/// Bytes of the largest fold: a phone takes no answer that is twice as long.
const LARGEST: usize = 8 << 20;

/// A change that is stored one by one, with all that its fold keeps of it.
#[derive(Debug, Clone)]
pub struct Unfolded {
    pub hash: EntryHash,
    pub sent: Sent,
    pub body: Vec<u8>,
}

/// A fold that was made, with what it is made of.
pub struct NewFold {
    pub document: DocumentId,
    /// How many changes were folded before.
    pub before: u64,
    pub folded: FoldedDocument,
    /// What was sent of those, by number.
    pub sent_before: BTreeMap<u64, Sent>,
    pub bytes_before: u64,
    /// The entries that leave once it is stored.
    pub changes: Vec<Unfolded>,
    /// Receipts for its creation, its heads and its milestones.
    pub receipts: Vec<FoldReceipt>,
}

/// A fold column by column.
pub(super) struct Columns {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) changes: u64,
    pub(super) bytes: u64,
    pub(super) heads: Vec<u8>,
    pub(super) body: Vec<u8>,
    pub(super) sent: Vec<u8>,
    pub(super) hashes: Vec<u8>,
    pub(super) catalogue: Vec<u8>,
    pub(super) receipts: Vec<u8>,
}

impl Columns {
    /// None if what was made does not agree with what it was made of.
    pub(super) fn of(new: &NewFold) -> Result<Option<Self>, StorageError> {
        let broken = broken(new.document);
        let mut sent = new.sent_before.clone();
        sent.extend(new.changes.iter().map(|change| (change.sent.sequence, change.sent)));
        let (mut rows, mut hashes) = (Vec::new(), Vec::new());
        for (number, hash) in &new.folded.changes {
            let Some(row) = sent.get(number) else { return Ok(None) };
            rows.push(*row);
            hashes.extend_from_slice(hash.as_bytes().get(..HASH_BYTES).unwrap_or_default());
        }
        let (Some((first, _)), Some((last, _))) = (sent.first_key_value(), sent.last_key_value())
        else {
            return Ok(None);
        };
        let content = json(&new.folded.content).map_err(self::broken(new.document))?.into();
        let snapshot = new.folded.snapshot.clone().into();
        let body = FoldBody { content, snapshot }.pack().map_err(&broken)?;
        if body.len() > LARGEST {
            return Ok(None);
        }
        let bytes: usize = new.changes.iter().map(|change| change.body.len()).sum();
        let heads = new.folded.heads.heads().iter().flat_map(|head| *head.as_bytes()).collect();
        Ok(Some(Self {
            first: *first,
            last: *last,
            changes: rows.len() as u64,
            bytes: new.bytes_before + bytes as u64,
            heads,
            body,
            sent: Sent::pack(&rows).map_err(&broken)?,
            hashes,
            catalogue: codec::compress(&new.folded.catalogue, LEVEL).map_err(&broken)?,
            receipts: FoldReceipt::pack(&new.receipts).map_err(&broken)?,
        }))
    }
}

/// What a document says, as the JSON of its kind.
fn json(content: &Content) -> Result<Vec<u8>, serde_json::Error> {
    match content {
        Content::Reflection(content) => serde_json::to_vec(content),
        Content::PersonalRecord(content) => serde_json::to_vec(content),
        Content::SharedReflection(content) => serde_json::to_vec(content),
        Content::ChangeProject(content) => serde_json::to_vec(content),
        Content::Comments(content) => serde_json::to_vec(content),
        Content::SignOffRequest(content) => serde_json::to_vec(content),
        Content::SignOff(content) => serde_json::to_vec(content),
    }
}

/// That a fold cannot be read or written.
pub(super) fn broken<E: std::fmt::Display>(document: DocumentId) -> impl Fn(E) -> StorageError {
    move |error| StorageError::Broken(format!("the fold of {document}: {error}"))
}
