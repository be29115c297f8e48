//! Setting a document back to before its first change, so that it is fetched whole.

use enhance_model::DocumentId;

use crate::{StoreError, Topic, Write};

/// What is fetched again, or made again from that. What this person typed or allowed, and the server
/// has not, stays; so do the row that screens read and the attachments.
const FETCHED_AGAIN: [&str; 6] = [
    "UPDATE document SET version = x'' WHERE id = ?1",
    "DELETE FROM fold WHERE document = ?1",
    "DELETE FROM archived_to WHERE document = ?1",
    "DELETE FROM catalogue WHERE document = ?1",
    "DELETE FROM bringing WHERE document = ?1",
    "DELETE FROM entry WHERE document = ?1
        AND (stored OR kind IN ('create', 'change', 'envelope'))",
];

impl Write<'_> {
    /// Sets a document of which too little is left back to before its first change. Whoever calls
    /// this quarantines first what the server does not have of it.
    pub fn set_back(&mut self, document: DocumentId) -> Result<(), StoreError> {
        self.require_active(document)?;
        for sql in FETCHED_AGAIN {
            self.run("setting back a document", sql, [document.as_bytes()])?;
        }
        for topic in [Topic::Documents, Topic::Status] {
            self.changes.touch_document(topic, document);
        }
        Ok(())
    }
}
