//! Comments on a project.

use enhance_model::{DocumentId, ItemId, comments::CommentEdit};

use super::LearningCore;
use crate::{
    asked::comments::{self, CommentView},
    error::Error,
};

impl LearningCore {
    /// Says something about a project. `anchor` is a section's name or an item's id; empty for the
    /// whole project.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::{DocumentId, comments::CommentEdit}};
    ///
    /// # fn example(core: &LearningCore, project: DocumentId) -> Result<(), Error> {
    /// let id = core.comment(project, "problem", "How many in a month?")?;
    /// let body = "How many in a month, and at what hour?".to_owned();
    /// core.edit_comments(project, &[CommentEdit::Rewrite { id, body }])?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn comment(&self, project: DocumentId, anchor: &str, body: &str) -> Result<ItemId, Error> {
        self.state.with(|state| comments::add(state, project, anchor, body))
    }

    /// What this person said about a project and took back, oldest first: it can be put back.
    pub fn taken_back_comments(&self, project: DocumentId) -> Result<Vec<CommentView>, Error> {
        self.state.read(|screen| comments::taken_back(screen, project))
    }

    /// Changes this person's own comments on a project.
    pub fn edit_comments(&self, project: DocumentId, edits: &[CommentEdit]) -> Result<(), Error> {
        self.state.with(|state| comments::edit(state, project, edits))
    }
}
