//! Lists of documents, page by page.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind, Person, Tag, Timestamp, Version};
use enhance_store::{Store, Summary};
use serde::Serialize;

use crate::{error::Error, state::State};

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPage {
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

impl ListPage {
    /// Everything, in one page.
    pub const ALL: Self = Self { offset: 0, limit: u32::MAX };

    /// The beginning of a list, of at most `limit`.
    pub const fn first(limit: u32) -> Self {
        Self { offset: 0, limit }
    }
}

impl Default for ListPage {
    fn default() -> Self {
        Self::first(50)
    }
}

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentSummary {
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// Its title; the beginning of its text if it was given none.
    pub title: String,
    pub preview: String,
    /// A project's status; empty for everything else.
    pub status: String,
    pub tags: BTreeSet<Tag>,
    /// Whose it is, if this device has heard of them.
    pub owner: Option<Person>,
    /// Whether something was typed into it and is not settled.
    pub unsettled: bool,
    /// Device clock when it was created.
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// The version all this is of.
    pub version: Version,
}

/// Documents of a kind, changed last first.
pub(crate) fn of_kind(
    state: &State,
    kind: DocumentKind,
    page: ListPage,
) -> Result<Vec<DocumentSummary>, Error> {
    let store = state.store();
    let summaries = store.list(kind, page.offset, page.limit)?;
    let unsettled = unsettled(store)?.into_iter().collect();
    summaries.into_iter().map(|summary| listed(state, summary, &unsettled)).collect()
}

/// Documents in which something was typed and is not settled.
pub(crate) fn unsettled(store: &Store) -> Result<Vec<DocumentId>, Error> {
    let mut documents: Vec<DocumentId> =
        store.all_drafts()?.into_iter().map(|draft| draft.document).collect();
    documents.dedup();
    Ok(documents)
}

fn listed(
    state: &State,
    summary: Summary,
    unsettled: &BTreeSet<DocumentId>,
) -> Result<DocumentSummary, Error> {
    let row = state.row(summary.document)?;
    Ok(DocumentSummary {
        id: summary.document,
        kind: summary.kind,
        title: summary.title,
        preview: summary.preview,
        status: summary.status,
        tags: summary.tags,
        owner: state.store().person(row.owner)?,
        unsettled: unsettled.contains(&summary.document),
        created_at: summary.created_at,
        updated_at: summary.updated_at,
        version: summary.version,
    })
}
