//! Comments on a project.

use enhance_model::{DocumentId, ItemId, comments::CommentEdit};

use super::LearningCore;
use crate::{asked::comments, error::Error};

impl LearningCore {
    /// Says something about a plan. `anchor` is a section's name or an item's id; empty for the
    /// whole plan.
    pub fn comment(&self, project: DocumentId, anchor: &str, body: &str) -> Result<ItemId, Error> {
        self.state.with(|state| comments::add(state, project, anchor, body))
    }

    /// Changes this person's own comments on a plan.
    pub fn edit_comments(&self, project: DocumentId, edits: &[CommentEdit]) -> Result<(), Error> {
        self.state.with(|state| comments::edit(state, project, edits))
    }
}
