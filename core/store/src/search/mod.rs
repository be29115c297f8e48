//! Full-text search over documents and pages of content packs, without a network.
//!
//! Saving only notes that a text waits to be indexed, which costs many times what saving does.
//! Texts are read from what screens show and indexed when there is time
//! ([`Write::index`](crate::Write::index)).

mod index;
mod question;
mod snippet;
mod words;

use enhance_model::{DocumentId, DocumentKind, Timestamp};
use rusqlite::{Row, named_params};

pub(crate) use index::SearchScope;
pub use index::{IndexFirst, PageText};
pub use snippet::Snippet;

use self::question::Question;
use crate::{
    StoreError, StoreReader,
    sql::{self, column, nullable, unreadable},
};

/// What a person looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What they typed. Every word must be there; the last one may be a beginning.
    pub text: String,
    /// Which hits come first.
    pub order: SearchOrder,
    /// Hits to pass over.
    pub offset: u32,
    /// The most hits to return.
    pub limit: u32,
}

/// Which hits come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SearchOrder {
    /// Those that the words say most about. Every hit is weighed, so that a word that is nearly
    /// everywhere takes a while.
    #[default]
    Best,
    /// Those that were written last. Takes no longer for a word that is everywhere.
    Newest,
}

/// A document or a page that was found, and where the words are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub source: HitSource,
    pub title: String,
    /// The part of it where the words are.
    pub snippet: Snippet,
    pub at: Timestamp,
}

/// What a hit leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HitSource {
    /// The document that says so, or that it is said about.
    Document { id: DocumentId, kind: DocumentKind },
    /// A page of a content pack.
    Page { pack: String, page: String },
}

/// What is said about a document leads to that document, as long as it is here.
macro_rules! texts {
    ($from:literal, $($which:literal),+) => {
        concat!(
            "SELECT coalesce(subject.id, search_entry.document) AS document, pack, page,
            coalesce(subject.kind, search_entry.kind) AS kind, search_entry.at AS at,
            coalesce(shown.title, search_entry.title) AS title,
            search_entry.title AS searched_title, search_entry.body AS body
            FROM ",
            $from,
            " LEFT JOIN document AS said
                ON said.id = search_entry.document AND search_entry.kind = 'comments'
            LEFT JOIN document AS subject ON subject.id = said.about AND subject.state = 'active'
            LEFT JOIN projection AS shown ON shown.document = subject.id
            WHERE (search_entry.kind <> 'comments' OR subject.id IS NOT NULL) AND ",
            $($which),+
        )
    };
}

/// The order is the index's own, so that a row is read and a snippet made of what is on the page
/// and of nothing else.
macro_rules! found {
    ($unless:literal, $order:literal) => {
        texts!(
            "search_index JOIN search_entry ON search_entry.id = search_index.rowid",
            "search_index MATCH :question",
            $unless,
            " ORDER BY search_index.",
            $order,
            " LIMIT :limit OFFSET :offset"
        )
    };
}
// Below what it is written with.
mod waiting;

pub(crate) const BEST: &str = found!("", "rank");
pub(crate) const NEWEST: &str = found!("", "rowid DESC");

impl StoreReader {
    /// What was found in the texts that are indexed.
    ///
    /// Any text is a question; one without a word in it finds nothing.
    pub fn search(&self, search: &Search) -> Result<Vec<Hit>, StoreError> {
        let Some(question) = Question::read(&search.text) else { return Ok(Vec::new()) };
        let sql = match search.order {
            SearchOrder::Best => BEST,
            SearchOrder::Newest => NEWEST,
        };
        self.found(sql, &question, (search.limit, search.offset))
    }

    fn found(
        &self,
        sql: &str,
        question: &Question,
        (limit, offset): (u32, u32),
    ) -> Result<Vec<Hit>, StoreError> {
        let values = named_params! {
            ":question": question.match_expression(),
            ":limit": limit,
            ":offset": offset,
        };
        sql::all(&self.connection, "searching", sql, values, |row| {
            let (title, body): (String, String) = searched(row)?;
            hit(row, snippet::snippet(&title, &body, question))
        })
    }
}

fn searched(row: &Row<'_>) -> Result<(String, String), StoreError> {
    Ok((column(row, "searched_title")?, column(row, "body")?))
}

fn hit(row: &Row<'_>, snippet: Snippet) -> Result<Hit, StoreError> {
    Ok(Hit { source: source(row)?, title: column(row, "title")?, snippet, at: column(row, "at")? })
}

fn source(row: &Row<'_>) -> Result<HitSource, StoreError> {
    if let Some(id) = nullable(row, "document")? {
        return Ok(HitSource::Document { id, kind: column(row, "kind")? });
    }
    match (nullable(row, "pack")?, nullable(row, "page")?) {
        (Some(pack), Some(page)) => Ok(HitSource::Page { pack, page }),
        _ => Err(unreadable("pack", "neither a document nor a page")),
    }
}
