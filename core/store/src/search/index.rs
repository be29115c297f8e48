//! What comes into the search index, and when.

use enhance_model::{DocumentId, DocumentKind, Timestamp};
use rusqlite::{Row, params};

use super::MARKS;
use crate::{
    StoreError, StoreReader, Topic, Write,
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

/// Which of the texts that wait are indexed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexFirst {
    /// Those changed longest ago, so that the index has the order in which texts were changed.
    Oldest,
    /// Those changed last, for a search that must find them.
    Newest,
}

impl StoreReader {
    /// Whether any text waits to be indexed.
    pub fn is_indexing_due(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM search_dirty) AS due";
        let due = sql::first(&self.connection, INDEXING, sql, [], |row| column(row, "due"))?;
        Ok(due.unwrap_or_default())
    }

    fn dirty(&self, first: IndexFirst, limit: u32) -> Result<Vec<DocumentId>, StoreError> {
        let sql = match first {
            IndexFirst::Oldest => {
                "SELECT document FROM search_dirty ORDER BY at, document LIMIT ?1"
            }
            IndexFirst::Newest => {
                "SELECT document FROM search_dirty ORDER BY at DESC, document DESC LIMIT ?1"
            }
        };
        let read = |row: &Row<'_>| column(row, "document");
        let mut documents = sql::all(&self.connection, INDEXING, sql, [limit], read)?;
        if first == IndexFirst::Newest {
            documents.reverse();
        }
        Ok(documents)
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

    /// Indexes at most `limit` of the texts that wait for it, and says how many it were. One that
    /// the index has already stays in its place.
    pub fn index(&mut self, first: IndexFirst, limit: u32) -> Result<usize, StoreError> {
        let same = "DELETE FROM search_dirty WHERE document = ?1 AND EXISTS (
            SELECT 1 FROM search_entry AS known WHERE known.document = search_dirty.document
            AND known.kind = search_dirty.kind AND known.at = search_dirty.at
            AND known.title = search_dirty.title AND known.body = search_dirty.body)";
        let remove = "DELETE FROM search_entry WHERE document = ?1";
        let add = "INSERT INTO search_entry (document, kind, at, title, body)
            SELECT document, kind, at, title, body FROM search_dirty WHERE document = ?1";
        let done = "DELETE FROM search_dirty WHERE document = ?1";
        let documents = self.dirty(first, limit)?;
        for document in &documents {
            if self.run(INDEXING, same, [document.as_bytes()])? == 0 {
                for sql in [remove, add, done] {
                    self.run(INDEXING, sql, [document.as_bytes()])?;
                }
            }
        }
        Ok(documents.len())
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
