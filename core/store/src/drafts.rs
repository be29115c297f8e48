//! What a person is typing: durable at once, in a document when they pause.

use enhance_model::{DocumentId, Timestamp, Version};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column},
};

/// The text of one field that is not yet in its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub document: DocumentId,
    /// The field, by a name its screen knows.
    pub field: String,
    /// The version the person saw when they began to type.
    pub base: Version,
    /// The whole text of the field.
    pub text: String,
    pub saved_at: Timestamp,
}

impl StoreReader {
    /// The drafts of a document, by field.
    pub fn drafts(&self, document: DocumentId) -> Result<Vec<Draft>, StoreError> {
        let sql = "SELECT * FROM draft WHERE document = ?1 ORDER BY field";
        sql::all(&self.connection, "reading drafts", sql, [document.as_bytes()], draft)
    }

    /// A text that is searched, with what is typed into its document and not settled.
    pub(crate) fn with_drafts(
        &self,
        document: DocumentId,
        mut text: String,
    ) -> Result<String, StoreError> {
        for draft in self.drafts(document)? {
            text.push('\n');
            text.push_str(&draft.text);
        }
        Ok(text)
    }

    /// Documents that have drafts.
    pub fn unsettled(&self) -> Result<Vec<DocumentId>, StoreError> {
        let sql = "SELECT DISTINCT document FROM draft ORDER BY document";
        let read = |row: &Row<'_>| column(row, "document");
        sql::all(&self.connection, "reading drafts", sql, [], read)
    }
}

impl Write<'_> {
    /// Keeps what was typed into a field.
    pub fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.require_active(draft.document)?;
        let sql = "INSERT INTO draft (document, field, base, text, saved_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (document, field) DO UPDATE
            SET base = excluded.base, text = excluded.text, saved_at = excluded.saved_at";
        let base = draft.base.to_string();
        let at = draft.saved_at.as_millis();
        let values = params![draft.document.as_bytes(), draft.field, base, draft.text, at];
        self.run("saving a draft", sql, values)?;
        self.changes.touch_document(Topic::Drafts, draft.document);
        Ok(())
    }

    /// Removes a draft: its text is in the document now, or the person let it go.
    pub fn remove_draft(&mut self, document: DocumentId, field: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM draft WHERE document = ?1 AND field = ?2";
        if self.run("removing a draft", sql, params![document.as_bytes(), field])? > 0 {
            self.changes.touch_document(Topic::Drafts, document);
            // One that was a draft for long is in the index with its document.
            self.mark_unindexed(document)?;
        }
        Ok(())
    }
}

fn draft(row: &Row<'_>) -> Result<Draft, StoreError> {
    Ok(Draft {
        document: column(row, "document")?,
        field: column(row, "field")?,
        base: column(row, "base")?,
        text: column(row, "text")?,
        saved_at: column(row, "saved_at")?,
    })
}
