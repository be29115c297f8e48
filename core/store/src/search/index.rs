//! What comes into the search index, and when.

use enhance_model::{DocumentId, Timestamp};
use rusqlite::{Row, params};

use super::MARKS;
use crate::{
    Projection, StoreError, StoreReader, Summary, Topic, Write,
    sql::{self, column},
};

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
        let sql = "SELECT EXISTS (SELECT 1 FROM projection WHERE unindexed) AS due";
        let due = sql::first(&self.connection, INDEXING, sql, [], |row| column(row, "due"))?;
        Ok(due.unwrap_or_default())
    }

    fn unindexed(&self, first: IndexFirst, limit: u32) -> Result<Vec<DocumentId>, StoreError> {
        let sql = match first {
            IndexFirst::Oldest => {
                "SELECT document FROM projection WHERE unindexed
                ORDER BY updated_at, document LIMIT ?1"
            }
            IndexFirst::Newest => {
                "SELECT document FROM projection WHERE unindexed
                ORDER BY updated_at DESC, document DESC LIMIT ?1"
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
    /// Notes that what screens show of a document is to be indexed. Writes no text.
    pub fn mark_unindexed(&mut self, document: DocumentId) -> Result<(), StoreError> {
        self.require_active(document)?;
        let sql = "UPDATE projection SET unindexed = 1 WHERE document = ?1 AND NOT unindexed";
        self.run("noting a text to be indexed", sql, [document.as_bytes()]).map(drop)
    }

    /// Indexes at most `limit` of the texts that wait for it, and says how many it were. `text_of`
    /// reads from what screens show what can be searched in it beside the title. One that the index
    /// has already stays in its place.
    pub fn index(
        &mut self,
        first: IndexFirst,
        limit: u32,
        text_of: impl Fn(&Projection) -> Option<String>,
    ) -> Result<usize, StoreError> {
        let done = "UPDATE projection SET unindexed = 0 WHERE document = ?1";
        let documents = self.unindexed(first, limit)?;
        for document in &documents {
            let shown = self.projection(*document)?;
            let text = shown.as_ref().and_then(|shown| Some((&shown.summary, text_of(shown)?)));
            self.index_text(*document, text)?;
            self.run(INDEXING, done, [document.as_bytes()])?;
        }
        Ok(documents.len())
    }

    fn index_text(
        &mut self,
        document: DocumentId,
        text: Option<(&Summary, String)>,
    ) -> Result<(), StoreError> {
        let remove = "DELETE FROM search_entry WHERE document = ?1";
        let Some((summary, body)) = text else {
            return self.run(INDEXING, remove, [document.as_bytes()]).map(drop);
        };
        let values = params![
            document.as_bytes(),
            summary.kind.as_str(),
            summary.updated_at.as_millis(),
            without_marks(&summary.title),
            without_marks(&body),
        ];
        let same = "SELECT EXISTS (SELECT 1 FROM search_entry WHERE document = ?1 AND kind = ?2
            AND at = ?3 AND title = ?4 AND body = ?5) AS same";
        let is_same = sql::first(self.db(), INDEXING, same, values, |row| column(row, "same"))?;
        if is_same != Some(true) {
            self.run(INDEXING, remove, [document.as_bytes()])?;
            let add = "INSERT INTO search_entry (document, kind, at, title, body)
                VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(INDEXING, add, values)?;
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
