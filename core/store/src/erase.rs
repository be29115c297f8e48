//! Taking a document off this device so that its words cannot be found any more.

use enhance_model::DocumentId;
use rusqlite::params;

use crate::{Cursor, DocumentState, StoreError, SyncState, Topic, Write, search::SearchScope};

/// Where a document's words and its key are, beside the search index.
const TRACES: [&str; 15] = [
    // What refused work keeps goes with that.
    "UPDATE attachment SET gone = 1, stored = 0 WHERE document = ?1 AND gone = 0",
    "DELETE FROM document_key WHERE document = ?1",
    "DELETE FROM fold WHERE document = ?1",
    "DELETE FROM archived_to WHERE document = ?1",
    "DELETE FROM projection WHERE document = ?1",
    "DELETE FROM projection_part WHERE document = ?1",
    "DELETE FROM inbox WHERE subject = (SELECT coalesce(about, id) FROM document WHERE id = ?1)",
    "DELETE FROM catalogue WHERE document = ?1",
    "DELETE FROM draft WHERE document = ?1",
    "DELETE FROM access WHERE document = ?1",
    "DELETE FROM access_round WHERE document = ?1",
    "DELETE FROM seen WHERE document = ?1",
    "DELETE FROM bringing WHERE document = ?1",
    "DELETE FROM receipt WHERE document = ?1 AND NOT EXISTS (
        SELECT 1 FROM entry WHERE entry.hash = receipt.hash AND kind = 'delete')",
    "DELETE FROM entry WHERE document = ?1 AND kind <> 'delete'",
];

impl Write<'_> {
    /// Deletes a document for ever: its key, entries, drafts, everything made from them, and what
    /// was quarantined of it. Its id stays, so that nothing can bring it back, and so does its
    /// deletion on its way to the server.
    ///
    /// Words that must outlive the document are quarantined after this, in the same write.
    pub fn delete_document(&mut self, document: DocumentId) -> Result<(), StoreError> {
        self.erase(document, DocumentState::Deleted)?;
        let kept = "UPDATE attachment SET gone = 1 WHERE document = ?1 AND gone = 2";
        self.run("deleting a document", kept, [document.as_bytes()])?;
        let sql = "DELETE FROM quarantine WHERE document = ?1";
        if self.run("deleting a document", sql, [document.as_bytes()])? > 0 {
            self.changes.touch_document(Topic::Quarantine, document);
        }
        Ok(())
    }

    /// Takes back a deletion that the server refused for good. What was deleted is not here any more:
    /// all is asked for from the beginning, and it comes again with that, if it may be read here.
    pub fn take_back_deletion(&mut self, document: DocumentId) -> Result<(), StoreError> {
        if self.state(document)? != Some(DocumentState::Deleted) {
            return Ok(());
        }
        let sql = "UPDATE document SET state = ?2 WHERE id = ?1";
        let values = params![document.as_bytes(), DocumentState::Revoked.as_str()];
        self.run("taking back a deletion", sql, values)?;
        let found = self.sync_state()?;
        self.set_sync_state(&SyncState { cursor: Cursor::default(), ..found })
    }

    /// Takes a document off this device because it may no longer be read here. What was
    /// quarantined of it stays: that is this person's own work.
    ///
    /// A document that was deleted stays deleted.
    pub fn purge_document(&mut self, document: DocumentId) -> Result<(), StoreError> {
        if self.state(document)? == Some(DocumentState::Deleted) {
            return Ok(());
        }
        self.erase(document, DocumentState::Revoked)
    }

    fn erase(&mut self, document: DocumentId, state: DocumentState) -> Result<(), StoreError> {
        let during = "deleting a document";
        self.active.set(None);
        let sql = "UPDATE document SET state = ?2, version = x'', shown = 0 WHERE id = ?1";
        if self.run(during, sql, params![document.as_bytes(), state.as_str()])? == 0 {
            return Err(StoreError::UnknownDocument { document });
        }
        self.remove_searched(SearchScope::Document(document))?;
        for sql in TRACES {
            self.run(during, sql, [document.as_bytes()])?;
        }
        for topic in [Topic::Documents, Topic::Drafts, Topic::Status, Topic::Members] {
            self.changes.touch_document(topic, document);
        }
        self.shredded = true;
        Ok(())
    }
}
