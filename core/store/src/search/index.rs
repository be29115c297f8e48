//! What comes into the search index, and when.

use enhance_model::{DocumentId, DocumentKind, Timestamp};
use rusqlite::{Row, params};

use super::MARKS;
use crate::{
    Store, StoreError, Topic, Write,
    sql::{self, column},
};

/// The text of a document that can be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText {
    pub document: DocumentId,
    pub kind: DocumentKind,
    /// When it was changed last.
    pub at: Timestamp,
    pub title: String,
    /// Everything else that can be searched.
    pub body: String,
}

/// A page of a content pack that can be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The page's key, unique in its pack.
    pub page: String,
    pub title: String,
    pub body: String,
}

/// The kind of pages of content packs in the index.
const PAGE: &str = "page";

const INDEXING: &str = "indexing for search";

impl Store {
    /// Indexes the texts that wait for it.
    pub(super) fn index_dirty(&mut self) -> Result<(), StoreError> {
        let waiting = self.dirty()?;
        if waiting.is_empty() {
            return Ok(());
        }
        self.write(|write| write.index(&waiting)).map(drop)
    }

    fn dirty(&self) -> Result<Vec<DocumentId>, StoreError> {
        let sql = "SELECT document FROM search_dirty ORDER BY document";
        let read = |row: &Row<'_>| column(row, "document");
        sql::all(&self.connection, INDEXING, sql, [], read)
    }
}

impl Write<'_> {
    /// Notes the text of a document to be indexed. Cheap; replaces what was noted before.
    pub fn mark_dirty(&mut self, text: &SearchText) -> Result<(), StoreError> {
        self.require_active(text.document)?;
        let sql = "INSERT OR REPLACE INTO search_dirty (document, kind, at, title, body)
            VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![
            text.document.as_bytes(),
            text.kind.as_str(),
            text.at.as_millis(),
            without_marks(&text.title),
            without_marks(&text.body),
        ];
        self.run("noting a text to be indexed", sql, values).map(drop)
    }

    fn index(&mut self, documents: &[DocumentId]) -> Result<(), StoreError> {
        let remove = "DELETE FROM search_entry WHERE document = ?1";
        let add = "INSERT INTO search_entry (document, kind, at, title, body)
            SELECT document, kind, at, title, body FROM search_dirty WHERE document = ?1";
        let done = "DELETE FROM search_dirty WHERE document = ?1";
        for document in documents {
            for sql in [remove, add, done] {
                self.run(INDEXING, sql, [document.as_bytes()])?;
            }
        }
        Ok(())
    }

    /// Replaces everything that can be found in a content pack, at once.
    pub fn replace_pack_search_entries(
        &mut self,
        pack: &str,
        pages: &[PageText],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(INDEXING, "DELETE FROM search_entry WHERE pack = ?1", [pack])?;
        let sql = "INSERT INTO search_entry (pack, page, kind, at, title, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        for page in pages {
            let (title, body) = (without_marks(&page.title), without_marks(&page.body));
            let values = params![pack, page.page, PAGE, at.as_millis(), title, body];
            self.run(INDEXING, sql, values)?;
        }
        self.changes.touch(Topic::Packs);
        Ok(())
    }
}

fn without_marks(text: &str) -> String {
    text.replace(MARKS, " ")
}
