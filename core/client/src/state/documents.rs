//! Documents in memory: read from the database when they are needed, kept while they are in use.
//!
//! Lists, search and most screens never come here; they read projections. A document is opened
//! when it is edited, merged, or looked into.

use std::sync::Arc;

use enhance_documents::Document;
use enhance_model::{DocumentId, DocumentKind, EntryHash, Noun};
use enhance_protocol::EnvelopeHeader;
use enhance_store::{DocumentRow, DocumentSize, DocumentState, Entry, EntryKind};
use zeroize::Zeroizing;

use crate::{
    DocumentEnd, Error,
    core::State,
    keys::DocumentKey,
    state::facts::Facts,
    state::sealing::{self, Link},
};

/// Changes after which a document's tail is folded into a snapshot.
const FOLD_AFTER: usize = 1_000;

/// A document in memory, with what writing to it needs to know.
pub(crate) struct OpenDocument {
    pub(crate) document: Document,
    /// How large its history is.
    pub(crate) size: DocumentSize,
    /// Changes its snapshot does not hold.
    pub(crate) tail: usize,
    pub(crate) chain: Chain,
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
    pub(crate) fn grow(&mut self, entries: &[Entry]) {
        self.tail += entries.len();
        self.size.changes += entries.len() as u64;
        self.size.bytes += entries.iter().map(|entry| entry.body.len() as u64).sum::<u64>();
    }
}

impl Chain {
    /// The place of the next envelope.
    pub(crate) fn next(&self, document: DocumentId, facts: &Facts) -> Link {
        let (counter, previous) = (self.counter + 1, self.previous);
        Link { document, device: facts.device, counter, previous }
    }

    /// What an entry that names no other depends on.
    pub(crate) fn deps(&self, named: Vec<EntryHash>) -> Vec<EntryHash> {
        if named.is_empty() { vec![self.create] } else { named }
    }
}

impl State {
    /// What is known of an active document.
    pub(crate) fn row(&self, document: DocumentId) -> Result<DocumentRow, Error> {
        match self.store.document(document)? {
            Some((row, DocumentState::Active)) => Ok(row),
            Some((row, DocumentState::Deleted)) => Err(gone(&row, DocumentEnd::Deleted)),
            Some((row, DocumentState::Revoked)) => Err(gone(&row, DocumentEnd::Revoked)),
            None => Err(Error::not_found(Noun::Document, document)),
        }
    }

    /// What is known of an active document of this kind.
    pub(crate) fn row_of(
        &self,
        document: DocumentId,
        kind: DocumentKind,
    ) -> Result<DocumentRow, Error> {
        let row = self.row(document)?;
        if row.kind == kind { Ok(row) } else { Err(Error::not_found(kind.into(), document)) }
    }

    /// A document, opened if it is not open yet.
    pub(crate) fn document(&mut self, document: DocumentId) -> Result<&mut Document, Error> {
        Ok(&mut self.opened(document)?.document)
    }

    /// A document with what writing to it needs to know.
    pub(crate) fn opened(&mut self, document: DocumentId) -> Result<&mut OpenDocument, Error> {
        if !self.open.contains(&document) {
            let opened = self.load(document)?;
            self.open.put(document, opened);
        }
        self.open.get_mut(&document).ok_or_else(|| Error::internal("opening a document"))
    }

    fn load(&mut self, document: DocumentId) -> Result<OpenDocument, Error> {
        let facts = self.facts()?;
        let row = self.row(document)?;
        let tail = self.store.tail(document)?;
        let entries = tail.entries.len();
        let key = if row.kind.is_sealed() { Some(self.document_key(document)?) } else { None };
        let mut parts: Vec<Vec<u8>> = tail.snapshot.into_iter().collect();
        for entry in tail.entries {
            parts.push(change_bytes(entry, key.as_ref())?);
        }
        let document_in_memory = Document::open(&parts, facts.device)?;
        let size = self.store.document_size(document)?;
        let chain = self.chain(document, &facts)?;
        Ok(OpenDocument { document: document_in_memory, size, tail: entries, chain })
    }

    /// The key a private document is sealed with.
    pub(crate) fn document_key(&mut self, document: DocumentId) -> Result<DocumentKey, Error> {
        if let Some(bytes) = self.store.document_key(document)? {
            let bytes = bytes.as_slice().try_into().map(Zeroizing::new);
            let damaged =
                |error| Error::damaged(format_args!("the key of entry {document}")).because(error);
            return bytes.map(DocumentKey::from_bytes).map_err(damaged);
        }
        self.facts()?.account_key()?;
        Err(Error::damaged(format_args!("the key of entry {document}")))
    }

    fn chain(&self, document: DocumentId, facts: &Arc<Facts>) -> Result<Chain, Error> {
        let links = self.store.links(document)?;
        let create = links.iter().find(|link| link.kind == EntryKind::Create);
        let create = create.ok_or_else(|| Error::damaged(format_args!("entry {document}")))?.hash;
        let is_last = |link: &&enhance_store::EntryLink| {
            link.kind == EntryKind::Envelope && link.device == Some(facts.device)
        };
        let previous = links.iter().rev().find(is_last).map(|link| link.hash);
        let counter = match previous {
            None => 0,
            Some(hash) => {
                let damaged = || Error::damaged(format_args!("sealed entry {hash}"));
                let entry = self.store.entry(hash)?.ok_or_else(damaged)?;
                EnvelopeHeader::split(&entry.body).map_err(|_| damaged())?.0.counter
            }
        };
        Ok(Chain { create, counter, previous })
    }

    /// Folds a long tail into a snapshot. What was saved is safe without it, so that it fails is
    /// no more than a slower opening next time.
    pub(crate) fn fold_if_long(&mut self, document: DocumentId) {
        let is_long = self.open.peek(&document).is_some_and(|open| open.tail >= FOLD_AFTER);
        if is_long && let Err(error) = self.fold(document) {
            tracing::warn!(%document, %error, "a document could not be folded");
        }
    }

    fn fold(&mut self, document: DocumentId) -> Result<(), Error> {
        let body = self.document(document)?.snapshot()?;
        let links = self.store.links(document)?;
        let content = |kind: EntryKind| matches!(kind, EntryKind::Change | EntryKind::Envelope);
        let covering: Vec<EntryHash> =
            links.iter().filter(|link| content(link.kind)).map(|link| link.hash).collect();
        self.write(|write| Ok(write.put_snapshot(document, &body, &covering)?))?;
        self.opened(document)?.tail = 0;
        Ok(())
    }
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

fn gone(row: &DocumentRow, end: DocumentEnd) -> Error {
    Error::Gone { what: row.kind.into(), id: row.id, end }
}
