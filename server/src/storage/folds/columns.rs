//! A fold as it is put into the columns of its row.

use enhance_documents::Content;
use enhance_protocol::{FoldBody, FoldReceipt, Sent, codec};

use super::{HASH_BYTES, NewFold, broken};
use crate::storage::StorageError;

/// How hard catalogues are compressed: once, and read many times.
const LEVEL: i32 = 9;
/// Bytes of the largest fold: a phone takes no answer that is twice as long.
const LARGEST: usize = 8 << 20;

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
        let content = json(&new.folded.content).map_err(super::broken(new.document))?.into();
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
