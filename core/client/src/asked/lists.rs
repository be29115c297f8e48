//! What screens get that no one part of the core owns: pages of lists, entries in them.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind, Person, Tag, Timestamp, Version};
use enhance_store::Summary;
use serde::Serialize;

use crate::{Error, core::State};

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPage {
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

impl ListPage {
    /// All of it.
    pub const ALL: Self = Self { offset: 0, limit: u32::MAX };

    /// The first so many.
    pub const fn first(limit: u32) -> Self {
        Self { offset: 0, limit }
    }

    /// This part of a list.
    pub(crate) fn of<T>(self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        all.into_iter().skip(self.offset as usize).take(self.limit as usize).collect()
    }
}

impl Default for ListPage {
    fn default() -> Self {
        Self::first(50)
    }
}

/// An entry as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentSummary {
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// Its title; the beginning of its text if it was given none.
    pub title: String,
    pub preview: String,
    /// A plan's status; empty for everything else.
    pub status: String,
    /// What it is about.
    pub tags: BTreeSet<Tag>,
    /// Whose it is, if this device has heard of them.
    pub owner: Option<Person>,
    /// Whether something was typed into it and is not settled.
    pub unsettled: bool,
    /// Device clock when it was created.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// The version all this is of.
    pub version: Version,
}

impl State {
    /// Entries of a kind, changed last first.
    pub(crate) fn listed(
        &self,
        kind: DocumentKind,
        page: ListPage,
    ) -> Result<Vec<DocumentSummary>, Error> {
        let list = enhance_store::List {
            kind: Some(kind),
            limit: page.offset.saturating_add(page.limit),
            ..enhance_store::List::default()
        };
        let summaries = page.of(self.store.list(&list)?);
        let unsettled: BTreeSet<DocumentId> =
            self.store.all_drafts()?.into_iter().map(|draft| draft.document).collect();
        summaries.into_iter().map(|summary| self.listed_one(summary, &unsettled)).collect()
    }

    fn listed_one(
        &self,
        summary: Summary,
        unsettled: &BTreeSet<DocumentId>,
    ) -> Result<DocumentSummary, Error> {
        let row = self.row(summary.document)?;
        Ok(DocumentSummary {
            id: summary.document,
            kind: summary.kind,
            title: summary.title,
            preview: summary.preview,
            status: summary.status,
            tags: summary.tags,
            owner: self.person(row.owner)?,
            unsettled: unsettled.contains(&summary.document),
            created_at: summary.created_at,
            updated_at: summary.updated_at,
            version: summary.version,
        })
    }
}
