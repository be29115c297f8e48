//! What comes into the search index, and when.

use enhance_model::{DocumentId, Timestamp};
use rusqlite::{Row, params, types::Value};

use super::words::Words;
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

/// Which searched texts are meant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SearchScope<'a> {
    Document(DocumentId),
    /// Of this kind, all that documents say.
    Documents,
    /// The pages of a content pack.
    Pack(&'a str),
}

/// A text as it is searched.
struct SearchText {
    id: i64,
    title: String,
    body: String,
    /// Whether its words are in the index.
    is_indexed: bool,
}

impl StoreReader {
    /// Whether any text waits to be indexed.
    pub fn is_indexing_due(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM projection WHERE unindexed)
            OR EXISTS (SELECT 1 FROM search_entry WHERE NOT indexed) AS due";
        let due = sql::first(&self.connection, INDEXING, sql, [], |row| column(row, "due"))?;
        Ok(due.unwrap_or_default())
    }

    pub(super) fn unindexed(
        &self,
        first: IndexFirst,
        limit: u32,
    ) -> Result<Vec<DocumentId>, StoreError> {
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
    /// reads from what screens show what can be searched in it beside the title; what is typed and
    /// not settled is searched as well. One that the index has already stays in its place.
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
            let text = match shown.as_ref().and_then(|shown| Some((shown, text_of(shown)?))) {
                Some((shown, text)) => Some((&shown.summary, self.with_drafts(*document, text)?)),
                None => None,
            };
            self.index_text(*document, text)?;
            self.run(INDEXING, done, [document.as_bytes()])?;
        }
        let again = limit.saturating_sub(u32::try_from(documents.len()).unwrap_or(limit));
        Ok(documents.len() + self.index_again(again)?)
    }

    /// Indexes at most `limit` of the texts whose words an older folding made.
    fn index_again(&mut self, limit: u32) -> Result<usize, StoreError> {
        let sql = "SELECT id, title, body, indexed FROM search_entry WHERE NOT indexed
            ORDER BY id DESC LIMIT ?1";
        let texts = sql::all(self.db(), INDEXING, sql, [limit], search_text)?;
        for text in &texts {
            self.add_words(text)?;
            self.run(INDEXING, "UPDATE search_entry SET indexed = 1 WHERE id = ?1", [text.id])?;
        }
        Ok(texts.len())
    }

    fn index_text(
        &mut self,
        document: DocumentId,
        text: Option<(&Summary, String)>,
    ) -> Result<(), StoreError> {
        let Some((summary, body)) = text else {
            return self.remove_searched(SearchScope::Document(document));
        };
        let same = "SELECT EXISTS (SELECT 1 FROM search_entry WHERE document = ?1 AND kind = ?2
            AND at = ?3 AND title = ?4 AND body = ?5 AND indexed) AS same";
        let (kind, at) = (summary.kind.as_str(), summary.updated_at.as_millis());
        let values = params![document.as_bytes(), kind, at, summary.title, body];
        let is_same = sql::first(self.db(), INDEXING, same, values, |row| column(row, "same"))?;
        if is_same == Some(true) {
            return Ok(());
        }
        self.remove_searched(SearchScope::Document(document))?;
        let add = "INSERT INTO search_entry (document, kind, at, title, body, indexed)
            VALUES (?1, ?2, ?3, ?4, ?5, 1)";
        self.run(INDEXING, add, values)?;
        self.add_newest_words(&summary.title, body)
    }

    /// Replaces everything that can be found in a content pack, at once.
    pub fn replace_pack_search_entries(
        &mut self,
        pack: &str,
        pages: &[PageText],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.remove_searched(SearchScope::Pack(pack))?;
        let sql = "INSERT INTO search_entry (pack, page, kind, at, title, body, indexed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)";
        for page in pages {
            let values = params![pack, page.page, PAGE, at.as_millis(), page.title, page.body];
            self.run(INDEXING, sql, values)?;
            self.add_newest_words(&page.title, page.body.clone())?;
        }
        self.changes.touch(Topic::Packs);
        Ok(())
    }

    /// Takes texts out of what can be searched, and their words out of the index.
    pub(crate) fn remove_searched(&mut self, which: SearchScope<'_>) -> Result<(), StoreError> {
        let (condition, value) = match which {
            SearchScope::Document(document) => {
                ("document = ?1", Value::from(document.as_bytes().to_vec()))
            }
            SearchScope::Documents => ("document IS NOT NULL AND ?1 IS NULL", Value::Null),
            SearchScope::Pack(pack) => ("pack = ?1", Value::from(pack.to_owned())),
        };
        let sql = format!("SELECT id, title, body, indexed FROM search_entry WHERE {condition}");
        for text in sql::all(self.db(), INDEXING, &sql, [&value], search_text)? {
            self.remove_words(&text)?;
        }
        let sql = format!("DELETE FROM search_entry WHERE {condition}");
        self.run(INDEXING, &sql, [&value]).map(drop)
    }

    /// The index keeps no text, so it is told the words that it once took. They are the same: the
    /// folding changes with a step of the schema alone.
    fn remove_words(&mut self, text: &SearchText) -> Result<(), StoreError> {
        if !text.is_indexed {
            return Ok(());
        }
        let sql = "INSERT INTO search_index (search_index, rowid, title, body)
            VALUES ('delete', ?1, ?2, ?3)";
        let [title, body] = [&text.title, &text.body].map(|text| Words::of(text).indexed());
        self.run(INDEXING, sql, params![text.id, title, body]).map(drop)
    }

    fn add_words(&mut self, text: &SearchText) -> Result<(), StoreError> {
        let sql = "INSERT INTO search_index (rowid, title, body) VALUES (?1, ?2, ?3)";
        let [title, body] = [&text.title, &text.body].map(|text| Words::of(text).indexed());
        self.run(INDEXING, sql, params![text.id, title, body]).map(drop)
    }

    /// Indexes the text that was added last.
    fn add_newest_words(&mut self, title: &str, body: String) -> Result<(), StoreError> {
        let (id, title) = (self.db().last_insert_rowid(), title.to_owned());
        self.add_words(&SearchText { id, title, body, is_indexed: false })
    }
}

fn search_text(row: &Row<'_>) -> Result<SearchText, StoreError> {
    Ok(SearchText {
        id: column(row, "id")?,
        title: column(row, "title")?,
        body: column(row, "body")?,
        is_indexed: column(row, "indexed")?,
    })
}
