//! What can be done with every kind of document.

use enhance_client::{
    DocumentStatus, DraftField, Reader, SearchOrder, SearchPage,
    model::{DocumentId, Version},
};

use crate::{
    HitPortion, Obstacle, QuarantineSummary, QuarantineView,
    handle::{CoreHandle, Result, all},
    ids::QuarantineId,
    values::Count,
};

/// Every kind of document.
#[uniffi::export]
impl CoreHandle {
    /// Keeps what a person is typing. Durable when this returns, and not yet in any history.
    pub fn autosave(
        &self,
        id: DocumentId,
        field: &DraftField,
        base: &Version,
        text: &str,
    ) -> Result<()> {
        Ok(self.core.autosave(id, field, base, text)?)
    }

    /// Makes what was typed part of the document: one change, merged by character with what arrived
    /// since.
    pub fn settle(&self, id: DocumentId) -> Result<Version> {
        Ok(self.core.settle(id)?)
    }

    /// Documents in which something was typed and is not settled.
    pub fn unsettled(&self) -> Result<Vec<DocumentId>> {
        Ok(self.core.unsettled()?)
    }

    /// Deletes a document for ever: its key is destroyed, and nothing but its id is kept.
    pub fn delete(&self, id: DocumentId) -> Result<()> {
        Ok(self.core.delete(id)?)
    }

    /// How far a document has come: saved here, sent, stored by the server, seen by others.
    pub fn status(&self, id: DocumentId) -> Result<DocumentStatus> {
        Ok(self.core.status(id)?)
    }

    /// What is in the way of a document of which something is too large for it, if it is held.
    pub fn held_by(&self, id: DocumentId) -> Result<Option<Obstacle>> {
        Ok(self.core.held_by(id)?.map(Obstacle::from))
    }

    /// Who can see a document: everybody with a right to it or to a copy of it, its owner first.
    pub fn readers(&self, id: DocumentId) -> Result<Vec<Reader>> {
        Ok(self.core.readers(id)?)
    }

    /// Lets the owner of a document know that this person has seen it as it is now.
    pub fn mark_seen(&self, id: DocumentId) -> Result<()> {
        Ok(self.core.mark_seen(id)?)
    }

    /// Finds words in any text a person types; the last one may be unfinished.
    pub fn search(
        &self,
        query: &str,
        offset: Count,
        limit: Count,
        order: SearchOrder,
    ) -> Result<HitPortion> {
        let page = SearchPage { order, offset: offset.into(), limit: limit.into() };
        Ok(self.core.search(query, page)?.into())
    }

    /// Refused work that the person has not dealt with, last first.
    pub fn quarantined(&self) -> Result<Vec<QuarantineSummary>> {
        Ok(all(self.core.quarantined()?))
    }

    /// Refused work to be read, whether or not it was dealt with.
    pub fn quarantined_item(&self, id: QuarantineId) -> Result<QuarantineView> {
        Ok(self.core.quarantined_item(id.0)?.into())
    }

    /// Does refused work once more, as a fresh edit of the document as it is now.
    pub fn replay(&self, id: QuarantineId) -> Result<Version> {
        Ok(self.core.replay(id.0)?)
    }

    /// Notes that the person has dealt with refused work. It stays in exports.
    pub fn dismiss(&self, id: QuarantineId) -> Result<()> {
        Ok(self.core.dismiss(id.0)?)
    }

    /// Everything this person can read on this device, as one JSON text.
    pub fn export(&self) -> Result<String> {
        Ok(self.core.export()?.to_json()?)
    }
}
