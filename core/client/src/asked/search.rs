//! Finding words in reflections, projects and content packs.

use std::ops::Range;

use enhance_model::{DocumentId, DocumentKind, Timestamp};
use enhance_store::{HitSource, IndexFirst, Search, SearchOrder, StoreReader};
use serde::Serialize;

use super::portion::{Portion, one_more};
use crate::{
    error::Error,
    state::{State, projection::searched_text},
};

/// A document or a page that was found, and where the words are in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    pub target: HitTarget,
    pub title: String,
    /// The part of it where the words are.
    pub snippet: String,
    /// Where the words are, in bytes of the snippet.
    pub marked: Vec<Range<usize>>,
    pub at: Timestamp,
}

/// What a hit leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "target", rename_all = "snake_case")]
pub enum HitTarget {
    /// The document that says so, or that a comment or a suggestion says so about.
    Document { id: DocumentId, kind: DocumentKind },
    /// A page of a content pack.
    Page { pack: String, page: String },
}

impl From<enhance_store::Hit> for Hit {
    fn from(hit: enhance_store::Hit) -> Self {
        let enhance_store::Hit { source, title, snippet, at } = hit;
        let target = match source {
            HitSource::Document { id, kind } => HitTarget::Document { id, kind },
            HitSource::Page { pack, page } => HitTarget::Page { pack, page },
        };
        Self { target, title, snippet: snippet.text, marked: snippet.marked, at }
    }
}

impl Hit {
    /// The snippet in pieces, each with whether it is one of the words that were looked for.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for mark in &self.marked {
            pieces.push((self.snippet.get(from..mark.start), false));
            pieces.push((self.snippet.get(mark.clone()), true));
            from = mark.end;
        }
        pieces.push((self.snippet.get(from..), false));
        let text = |(piece, marked): (Option<_>, _)| (piece.unwrap_or_default(), marked);
        pieces.into_iter().map(text).filter(|(text, _)| !text.is_empty()).collect()
    }
}

/// Which hits are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchPage {
    /// Which of the hits come first.
    pub order: SearchOrder,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

impl SearchPage {
    /// Every hit, in one page, best first.
    pub const ALL: Self = Self::best(u32::MAX);

    /// The best hits, at most `limit`.
    pub const fn best(limit: u32) -> Self {
        Self { order: SearchOrder::Best, offset: 0, limit }
    }

    /// The hits that were written last, at most `limit`.
    pub const fn newest(limit: u32) -> Self {
        Self { order: SearchOrder::Newest, offset: 0, limit }
    }
}

impl Default for SearchPage {
    fn default() -> Self {
        Self::best(20)
    }
}

/// Texts that a search indexes before it looks: more than a person writes while the background
/// waits for them to pause.
const TYPED: u32 = 32;

/// How far the index follows what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    /// It has what was written last.
    Follows,
    /// Nothing can be written, so that texts wait which it does not have.
    Waits,
}

/// Indexes what was written last, so that it is found.
pub(crate) fn index_newest(state: &mut State) -> Result<Index, Error> {
    if state.store().is_read_only() {
        return Ok(Index::Waits);
    }
    match state.write(|write| Ok(write.index(IndexFirst::Newest, TYPED, searched_text)?)) {
        Ok(_) => Ok(Index::Follows),
        Err(Error::StorageFull) => Ok(Index::Waits),
        Err(error) => Err(error),
    }
}

/// Finds words in everything that is indexed, and in what waits for it where that cannot be done.
pub(crate) fn search(
    store: &StoreReader,
    (query, page): (&str, SearchPage),
    index: Index,
) -> Result<Portion<Hit>, Error> {
    let SearchPage { order, offset, limit } = page;
    let search = Search { text: query.to_owned(), order, offset, limit: one_more(limit) };
    let found = match index {
        Index::Follows => store.search(&search)?,
        Index::Waits => store.search_with_waiting(&search, searched_text)?,
    };
    Ok(Portion::first(found, limit).map(Hit::from))
}
