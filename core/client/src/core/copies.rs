//! Copies of this person's documents, and who reads them.

use enhance_model::{DocumentId, PersonId};

use super::LearningCore;
use crate::{
    asked::copies::{self, CopyView, DeletionPreview},
    error::Error,
};

impl LearningCore {
    /// The copies of one of this person's documents that others can read, newest first: shared
    /// reflections and requests for a sign-off, each with its reader, and when they saw it. One is
    /// taken back with [`delete`](Self::delete).
    pub fn copies(&self, id: DocumentId) -> Result<Vec<CopyView>, Error> {
        self.state.read(|screen| copies::of(screen, id))
    }

    /// The copy that a person has of a reflection already, if it says what the reflection says now:
    /// to be asked before they are given the same again.
    pub fn same_copy(
        &self,
        reflection: DocumentId,
        with: PersonId,
    ) -> Result<Option<CopyView>, Error> {
        self.state.with(|state| copies::same_with(state, reflection, with))
    }

    /// Takes all copies of a document back, but for what was signed, which is evidence. Returns
    /// those that were taken back; they go from their readers' devices with their next syncs.
    pub fn take_back_copies(&self, id: DocumentId) -> Result<Vec<DocumentId>, Error> {
        self.state.with(|state| copies::take_back(state, id))
    }

    /// What deleting a document of this person would do: who loses it, and which copies remain.
    pub fn deletion_preview(&self, id: DocumentId) -> Result<DeletionPreview, Error> {
        self.state.read(|screen| copies::deletion_preview(screen, id))
    }

    /// Deletes a document for ever and takes its copies back. Returns those that remain, since
    /// somebody has signed them.
    pub fn delete_with_copies(&self, id: DocumentId) -> Result<Vec<CopyView>, Error> {
        self.state.with(|state| copies::delete_with_copies(state, id))
    }
}
