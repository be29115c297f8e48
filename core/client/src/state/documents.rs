//! Documents: what is known of each, and those in memory, which are read from the database when
//! they are needed and kept while they are in use.
//!
//! Lists, search and most screens read projections and open no document. One is opened when it is
//! edited, merged, or looked into.

use enhance_documents::Document;
use enhance_model::{DeviceId, DocumentId, DocumentKind, EntryHash, Noun, Version};
use enhance_protocol::EnvelopeHeader;
use enhance_store::{DocumentRow, DocumentState, InvitationAnswer, InvitationRow, StoreReader};
use zeroize::Zeroizing;

use super::{
    State,
    open_document::{Chain, OpenDocument, StoredDocument},
};
use crate::{
    error::{DocumentEnd, Error},
    keys::DocumentKey,
};

/// Whether anything of a document can be read here.
pub(crate) fn has_content(row: &DocumentRow) -> bool {
    row.version != Version::default()
}

/// What is known of an active document, or the news that it is none.
pub(crate) fn row(store: &StoreReader, document: DocumentId) -> Result<DocumentRow, Error> {
    let gone = |row: &DocumentRow, end| Error::Gone { what: row.kind.into(), id: row.id, end };
    match store.document(document)? {
        Some((row, DocumentState::Active)) => Ok(row),
        Some((row, DocumentState::Deleted)) => Err(gone(&row, DocumentEnd::Deleted)),
        Some((row, DocumentState::Revoked)) => {
            let invitation = store.invitation(document)?;
            let is_accepted = |one: InvitationRow| one.answer == Some(InvitationAnswer::Accepted);
            let to_come = invitation.is_some_and(is_accepted);
            Err(gone(&row, if to_come { DocumentEnd::ToCome } else { DocumentEnd::Revoked }))
        }
        None => Err(Error::not_found(Noun::Document, document)),
    }
}

/// What is known of an active document of this kind.
pub(crate) fn row_of(
    store: &StoreReader,
    document: DocumentId,
    kind: DocumentKind,
) -> Result<DocumentRow, Error> {
    let row = row(store, document)?;
    if row.kind == kind { Ok(row) } else { Err(Error::not_found(kind.into(), document)) }
}

/// What is known of a document, if it is active.
pub(crate) fn active(
    store: &StoreReader,
    document: DocumentId,
) -> Result<Option<DocumentRow>, Error> {
    let found = store.document(document)?;
    Ok(found.and_then(|(row, state)| (state == DocumentState::Active).then_some(row)))
}

/// The key a private document is sealed with, if it is here.
pub(super) fn stored_key(
    store: &StoreReader,
    document: DocumentId,
) -> Result<Option<DocumentKey>, Error> {
    let Some(bytes) = store.document_key(document)? else { return Ok(None) };
    let bytes = bytes.as_slice().try_into().map(Zeroizing::new);
    let key = bytes.map_err(|error| damaged_key(document).because(error))?;
    Ok(Some(DocumentKey::from_bytes(key)))
}

impl State {
    /// What is known of an active document, or the news that it is none.
    pub(crate) fn row(&self, document: DocumentId) -> Result<DocumentRow, Error> {
        row(&self.store, document)
    }

    /// What is known of an active document of this kind.
    pub(crate) fn row_of(
        &self,
        document: DocumentId,
        kind: DocumentKind,
    ) -> Result<DocumentRow, Error> {
        row_of(&self.store, document, kind)
    }

    /// What is known of a document, if it is active.
    pub(crate) fn active(&self, document: DocumentId) -> Result<Option<DocumentRow>, Error> {
        active(&self.store, document)
    }

    /// A document, opened if it is not open yet.
    pub(crate) fn document(&mut self, row: &DocumentRow) -> Result<&mut Document, Error> {
        Ok(&mut self.opened(row)?.document)
    }

    /// A document with what writing to it needs to know.
    pub(crate) fn opened(&mut self, row: &DocumentRow) -> Result<&mut OpenDocument, Error> {
        if !self.open.contains(&row.id) {
            let opened = self.load(row)?;
            self.open.put(row.id, opened);
        }
        self.open.get_mut(&row.id).ok_or_else(|| Error::internal("opening a document"))
    }

    /// A document that is open.
    pub(crate) fn if_open(&mut self, document: DocumentId) -> Option<&mut OpenDocument> {
        self.open.get_mut(&document)
    }

    /// Keeps a document in memory.
    pub(crate) fn keep_open(&mut self, document: DocumentId, opened: OpenDocument) {
        self.open.put(document, opened);
    }

    /// Drops a document from memory; the next use reads it from the database.
    pub(crate) fn forget(&mut self, document: DocumentId) {
        self.open.pop(&document);
    }

    fn load(&mut self, row: &DocumentRow) -> Result<OpenDocument, Error> {
        self.stored(row)?.open()
    }

    /// A document as the database has it, to be opened anywhere.
    pub(crate) fn stored(&mut self, row: &DocumentRow) -> Result<StoredDocument, Error> {
        let device = self.facts()?.device;
        let key = if row.kind.is_sealed() { Some(self.document_key(row.id)?) } else { None };
        let tail = self.store.tail(row.id)?;
        let size = self.store.document_size(row.id)?;
        let chain = self.chain(row, device)?;
        let identity = (row.kind, row.creator);
        Ok(StoredDocument { tail, device, identity, key, size, chain })
    }

    /// The key a private document is sealed with.
    pub(crate) fn document_key(&mut self, document: DocumentId) -> Result<DocumentKey, Error> {
        if let Some(key) = self.stored_key(document)? {
            return Ok(key);
        }
        self.facts()?.account_key()?;
        Err(damaged_key(document))
    }

    /// The key of a private document, which must be here.
    pub(crate) fn key_of(&self, document: DocumentId) -> Result<DocumentKey, Error> {
        self.stored_key(document)?.ok_or(Error::RecoveryKeyNeeded)
    }

    /// The key a private document is sealed with, if it is here.
    pub(crate) fn stored_key(&self, document: DocumentId) -> Result<Option<DocumentKey>, Error> {
        stored_key(&self.store, document)
    }

    /// The entry that made a document known.
    pub(crate) fn create_of(&self, document: DocumentId) -> Result<EntryHash, Error> {
        if let Some(opened) = self.open.peek(&document) {
            return Ok(opened.chain.create);
        }
        let create = self.store.create_of(document)?;
        create.ok_or_else(|| Error::damaged(format_args!("document {document}")))
    }

    /// Where the next entry of a device attaches to a document's story.
    pub(crate) fn chain(&self, row: &DocumentRow, device: DeviceId) -> Result<Chain, Error> {
        let create = self.create_of(row.id)?;
        let is_sealed = row.kind.is_sealed();
        let last = if is_sealed { self.store.last_envelope(row.id, device)? } else { None };
        let Some(last) = last else {
            let folded = self.store.fold_heads(row.id)?;
            let own = folded.into_iter().find(|head| head.device == Some(device));
            return Ok(own.map_or(Chain::new(create), |head| Chain {
                create,
                counter: head.counter,
                previous: Some(head.hash),
            }));
        };
        let (header, _) = EnvelopeHeader::split(&last.body).map_err(|error| {
            Error::damaged(format_args!("sealed entry {}", last.hash)).because(error)
        })?;
        Ok(Chain { create, counter: header.counter, previous: Some(last.hash) })
    }
}

fn damaged_key(document: DocumentId) -> Error {
    Error::damaged(format_args!("the key of document {document}"))
}
