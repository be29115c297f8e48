//! Lists of documents, page by page.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind, Person, Tag, Timestamp, Version};
use enhance_store::{ListPosition, ListRow, Stage, StoreReader};
use serde::Serialize;

use super::portion::{Portion, one_more};
use crate::error::Error;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPage {
    /// The place it begins after: [`DocumentSummary::position`] of the last one shown. None for the
    /// beginning.
    pub after: Option<ListPosition>,
    /// How many at most.
    pub limit: u32,
}

impl ListPage {
    /// Everything, in one page.
    pub const ALL: Self = Self::first(u32::MAX);

    /// The beginning of a list, of at most `limit`.
    pub const fn first(limit: u32) -> Self {
        Self { after: None, limit }
    }

    /// At most `limit` of what comes after a place.
    pub const fn after(position: ListPosition, limit: u32) -> Self {
        Self { after: Some(position), limit }
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
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Whether the server refused something of it that the person has not dealt with.
    pub quarantined: bool,
    /// Whether something was typed into it and is not settled.
    pub unsettled: bool,
    /// Device clock when it was created.
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// The version all this is of.
    pub version: Version,
}

impl DocumentSummary {
    /// Its place in the list, where the next page goes on even if it is changed or deleted
    /// meanwhile.
    pub const fn position(&self) -> ListPosition {
        ListPosition { updated_at: self.updated_at, document: self.id }
    }
}

impl From<ListRow> for DocumentSummary {
    fn from(listed: ListRow) -> Self {
        let ListRow { summary, owner: _, person, stage, unsettled, quarantined } = listed;
        Self {
            id: summary.document,
            kind: summary.kind,
            title: summary.title,
            preview: summary.preview,
            status: summary.status,
            tags: summary.tags,
            owner: person,
            stage,
            quarantined,
            unsettled,
            created_at: summary.created_at,
            updated_at: summary.updated_at,
            version: summary.version,
        }
    }
}

/// Documents of a kind, changed last first.
pub(crate) fn of_kind(
    store: &StoreReader,
    kind: DocumentKind,
    page: ListPage,
) -> Result<Portion<DocumentSummary>, Error> {
    let listed = store.list(kind, page.after, one_more(page.limit))?;
    Ok(Portion::first(listed, page.limit).map(DocumentSummary::from))
}
