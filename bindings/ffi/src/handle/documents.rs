//! What can be done with every kind of entry.

use enhance_client::{
    DocumentStatus, DraftField, ListPage, QuarantineSummary, QuarantineView, Reader,
    model::{DocumentId, Version},
};

use crate::{
    Hit,
    handle::{CoreHandle, Result},
};

/// Every kind of entry.
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

    /// Makes what was typed part of the document, merged with whatever arrived since.
    pub fn settle(&self, id: DocumentId) -> Result<Version> {
        Ok(self.core.settle(id)?)
    }

    /// Documents in which something was typed and is not settled.
    pub fn unsettled(&self) -> Result<Vec<DocumentId>> {
        Ok(self.core.unsettled()?)
    }

    /// Deletes an entry for ever: here, on the server and on every other device.
    pub fn delete(&self, id: DocumentId) -> Result<()> {
        Ok(self.core.delete(id)?)
    }

    /// How far an entry has come.
    pub fn status(&self, id: DocumentId) -> Result<DocumentStatus> {
        Ok(self.core.status(id)?)
    }

    /// Who can see an entry or a copy of it, its owner first.
    pub fn readers(&self, id: DocumentId) -> Result<Vec<Reader>> {
        Ok(self.core.readers(id)?)
    }

    /// Lets the owner of an entry know that this person has seen it as it is now.
    pub fn mark_seen(&self, id: DocumentId) -> Result<()> {
        Ok(self.core.mark_seen(id)?)
    }

    /// Finds words, whatever a person types; the last one may be unfinished. Best first.
    #[uniffi::method(default(offset = 0, limit = 50))]
    pub fn search(&self, query: &str, offset: u32, limit: u32) -> Result<Vec<Hit>> {
        let hits = self.core.search(query, ListPage { offset, limit })?;
        Ok(hits.into_iter().map(Hit::from).collect())
    }

    /// Work the server refused that this person has not dealt with.
    pub fn quarantined(&self) -> Result<Vec<QuarantineSummary>> {
        Ok(self.core.quarantined()?)
    }

    /// Refused work, to be read.
    pub fn quarantined_item(&self, id: i64) -> Result<QuarantineView> {
        Ok(self.core.quarantined_item(id)?)
    }

    /// Does refused work once more, as a fresh change of what the document says now.
    pub fn replay(&self, id: i64) -> Result<Version> {
        Ok(self.core.replay(id)?)
    }

    /// Puts refused work away. It stays in exports.
    pub fn dismiss(&self, id: i64) -> Result<()> {
        Ok(self.core.dismiss(id)?)
    }

    /// Everything this person can read on this device, as one JSON text.
    pub fn export(&self) -> Result<String> {
        Ok(self.core.export()?.to_json()?)
    }
}
