//! What is found by words, and where the words are in it.

use enhance_client::{self as client, HitTarget, SearchOrder, model::DocumentKind};

use crate::{ids::DocumentId, values::Timestamp};

/// Which hits of a search come first.
#[uniffi::remote(Enum)]
pub enum SearchOrder {
    /// Those that the words say most about.
    Best,
    /// Those that were written last. Takes no longer for a word that is everywhere.
    Newest,
}

/// What a search leads to: a document, or a page of the programme.
#[uniffi::remote(Enum)]
pub enum HitTarget {
    Document {
        id: DocumentId,
        kind: DocumentKind,
    },
    /// A page of a content pack.
    Page {
        pack: String,
        page: String,
    },
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Hit {
    pub target: HitTarget,
    pub title: String,
    /// The part of it where the words are, in pieces: their texts together are the part.
    pub snippet: Vec<SnippetPiece>,
    /// When it was changed last.
    pub at: Timestamp,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SnippetPiece {
    pub text: String,
    /// Whether it is one of the words that were looked for.
    pub marked: bool,
}

impl From<client::Hit> for Hit {
    fn from(hit: client::Hit) -> Self {
        let piece = |(text, marked): (&str, bool)| SnippetPiece { text: text.to_owned(), marked };
        let snippet = hit.pieces().into_iter().map(piece).collect();
        let client::Hit { target, title, snippet: _, marked: _, at } = hit;
        Self { target, title, snippet, at }
    }
}
