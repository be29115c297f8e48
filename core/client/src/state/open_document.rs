//! A document in memory, with what writing to it needs to know.

use enhance_documents::Document;
use enhance_model::{ChangeHash, DeviceId, DocumentId, DocumentKind, EntryHash, PersonId};
use enhance_protocol::codec;
use enhance_store::{DocumentSize, Entry, EntryKind, Fold, FoldHead, Tail};

use super::sealing::{self, Link};
use crate::{error::Error, keys::DocumentKey};

/// A document in memory, with what writing to it needs to know.
pub(crate) struct OpenDocument {
    pub(crate) document: Document,
    /// The key it is sealed with; none if it is not private.
    pub(crate) key: Option<DocumentKey>,
    pub(crate) size: DocumentSize,
    pub(crate) chain: Chain,
}

/// A document as the database has it, to be opened anywhere.
pub(crate) struct StoredDocument {
    pub(super) tail: Tail,
    pub(super) device: DeviceId,
    /// What kind of document it is to be, and whose.
    pub(super) identity: (DocumentKind, PersonId),
    pub(super) key: Option<DocumentKey>,
    pub(super) size: DocumentSize,
    pub(super) chain: Chain,
}

/// Where the next entry of this device attaches to the document's story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chain {
    /// The entry that made the document known.
    pub(crate) create: EntryHash,
    /// Envelopes this device has sealed.
    pub(crate) counter: u64,
    /// The last of them.
    pub(crate) previous: Option<EntryHash>,
}

impl OpenDocument {
    /// Notes in memory what is about to be written. If it is not, the document is dropped.
    pub(crate) const fn grow(&mut self, by: DocumentSize) {
        self.size.changes += by.changes;
        self.size.bytes += by.bytes;
    }
}

/// What entries add to a history.
pub(crate) fn size_of(entries: &[Entry]) -> DocumentSize {
    let bytes = entries.iter().map(|entry| entry.body.len() as u64).sum();
    DocumentSize { changes: entries.len() as u64, bytes }
}

impl StoredDocument {
    /// Opens it, which takes as long as its history is.
    pub(crate) fn open(self) -> Result<OpenDocument, Error> {
        let Self { tail, device, identity, key, size, chain } = self;
        let heads = tail.fold.as_ref().map(|fold| fold.heads.clone()).unwrap_or_default();
        let document = Document::open(&parts(tail, key.as_ref())?, device)?;
        // A piece of the server's was kept before it was opened: it must be what it was said to be.
        let is_in_it = |head: &FoldHead| {
            head.device.is_some()
                || document.contains(ChangeHash::from_bytes(*head.hash.as_bytes()))
        };
        if (document.kind(), document.owner()) != identity || !heads.iter().all(is_in_it) {
            return Err(Error::damaged("a folded document"));
        }
        Ok(OpenDocument { document, key, size, chain })
    }
}

impl Chain {
    /// The chain of a document of which this device has sealed nothing.
    pub(crate) const fn new(create: EntryHash) -> Self {
        Self { create, counter: 0, previous: None }
    }

    /// The place of the next envelope.
    pub(crate) const fn next(&self, document: DocumentId, device: DeviceId) -> Link {
        Link { document, device, counter: self.counter + 1, previous: self.previous }
    }

    /// Notes that the next envelope was sealed.
    pub(crate) const fn advance(&mut self, envelope: EntryHash) {
        self.counter += 1;
        self.previous = Some(envelope);
    }

    /// What an entry that names no other depends on.
    pub(crate) fn deps(&self, named: Vec<EntryHash>) -> Vec<EntryHash> {
        if named.is_empty() { vec![self.create] } else { named }
    }
}

/// How hard folds are compressed: the fastest of zstd's levels that is worth it.
pub(crate) const FOLD_LEVEL: i32 = 3;
/// Bytes of the largest fold, uncompressed: more than any document is allowed to have.
pub(crate) const FOLD_BYTES: usize = 256 << 20;

/// What a document is opened from: its fold, and the changes since.
pub(crate) fn parts(tail: Tail, key: Option<&DocumentKey>) -> Result<Vec<Vec<u8>>, Error> {
    let mut parts = Vec::with_capacity(tail.entries.len() + 1);
    if let Some(fold) = tail.fold {
        parts.push(snapshot_in(&fold)?);
    }
    for entry in tail.entries {
        parts.push(change_bytes(entry, key)?);
    }
    Ok(parts)
}

/// The snapshot in a fold, uncompressed.
pub(crate) fn snapshot_in(fold: &Fold) -> Result<Vec<u8>, Error> {
    codec::inflate(&fold.body, FOLD_BYTES)
        .map_err(|error| Error::damaged("a folded document").because(error))
}

/// A snapshot that was not compressed yet, as a fold keeps it.
pub(crate) fn compressed(snapshot: &[u8]) -> Result<Vec<u8>, Error> {
    codec::compress(snapshot, FOLD_LEVEL)
        .map_err(|error| Error::internal("folding a document").because(error))
}

/// The change in an entry, unsealed if need be.
pub(crate) fn change_bytes(entry: Entry, key: Option<&DocumentKey>) -> Result<Vec<u8>, Error> {
    match (entry.kind, key) {
        (EntryKind::Envelope, Some(key)) => sealing::open(key, entry.document, &entry.body)
            .map_err(|error| {
                Error::damaged(format_args!("sealed entry {}", entry.hash)).because(error)
            }),
        (EntryKind::Change, _) => Ok(entry.body),
        _ => Err(Error::damaged(format_args!("entry {}", entry.hash))),
    }
}
