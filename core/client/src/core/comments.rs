//! Comments on plans and shared copies, and suggestions for plans.

use enhance_model::{
    DocumentId, ItemId, Version,
    comments::{CommentEdit, CommentRef},
};

use super::LearningCore;
use crate::{
    asked::comments::{
        said::{self, CommentPlace, CommentView},
        suggestions::{self, SuggestionView},
        threads::{self, CommentVersion, ThreadView},
        waiting::{self, WaitingAnswers},
    },
    error::Error,
};

impl LearningCore {
    /// Says something about a plan or a shared copy. `anchor` is a part of it: `problem`,
    /// `aim/by_date`, a thing's id, in a copy the key of a prompt; empty for the whole.
    ///
    /// ```no_run
    /// use enhance_client::{Error, LearningCore, model::DocumentId};
    ///
    /// # fn example(core: &LearningCore, project: DocumentId) -> Result<(), Error> {
    /// core.comment(project, "problem", "How many in a month?")?;
    /// let thread = core.threads(project)?.remove(0);
    /// core.answer_comment(project, thread.place, "Four, at shift change.")?;
    /// core.resolve_comment(project, thread.place.id)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn comment(&self, about: DocumentId, anchor: &str, body: &str) -> Result<ItemId, Error> {
        self.comment_at(about, &CommentPlace::from(anchor), body)
    }

    /// Says something about a part of a document, or a stretch of its text.
    pub fn comment_at(
        &self,
        about: DocumentId,
        place: &CommentPlace,
        body: &str,
    ) -> Result<ItemId, Error> {
        self.state.with(|state| said::add(state, about, place, body))
    }

    /// Answers a comment, of whomever it is.
    pub fn answer_comment(
        &self,
        about: DocumentId,
        to: CommentRef,
        body: &str,
    ) -> Result<ItemId, Error> {
        self.state.with(|state| said::answer(state, about, to, body))
    }

    /// Says a comment of this person in other words. What it said before is kept.
    pub fn rewrite_comment(&self, about: DocumentId, id: ItemId, body: &str) -> Result<(), Error> {
        let at = self.state.with(|state| Ok(state.now()))?;
        self.edit_comments(about, &[CommentEdit::Rewrite { id, body: body.to_owned(), at }])
    }

    /// Deletes a comment or a suggestion of this person for everybody. It can be put back.
    pub fn delete_comment(&self, about: DocumentId, id: ItemId) -> Result<(), Error> {
        let at = self.state.with(|state| Ok(state.now()))?;
        self.edit_comments(about, &[CommentEdit::TakeBack { id, at }])
    }

    /// Puts back a comment or a suggestion that this person deleted.
    pub fn put_back_comment(&self, about: DocumentId, id: ItemId) -> Result<(), Error> {
        self.edit_comments(about, &[CommentEdit::PutBack { id }])
    }

    /// Settles a thread, of whomever it is. Of those who settle it and open it again the last counts.
    pub fn resolve_comment(&self, about: DocumentId, id: ItemId) -> Result<(), Error> {
        let at = self.state.with(|state| Ok(state.now()))?;
        self.edit_comments(about, &[CommentEdit::Resolve { id, at }])
    }

    /// Opens a thread again, of whomever it is.
    pub fn reopen_comment(&self, about: DocumentId, id: ItemId) -> Result<(), Error> {
        let at = self.state.with(|state| Ok(state.now()))?;
        self.edit_comments(about, &[CommentEdit::Reopen { id, at }])
    }

    /// Everything said about a plan or a shared copy in threads, with where what they are about
    /// stands now. A document is opened only for stretches of a plan's text.
    pub fn threads(&self, about: DocumentId) -> Result<Vec<ThreadView>, Error> {
        self.state.with(|state| threads::on(state, about))
    }

    /// What a comment said before and says now, oldest first.
    pub fn comment_versions(&self, place: CommentRef) -> Result<Vec<CommentVersion>, Error> {
        self.state.with(|state| threads::versions(state, place))
    }

    /// How much of a document waits for this person, from rows alone.
    pub fn waiting_answers(&self, about: DocumentId) -> Result<WaitingAnswers, Error> {
        self.state.read(|screen| waiting::of(screen, about))
    }

    /// What this person said about a document and took back, oldest first: it can be put back.
    pub fn taken_back_comments(&self, about: DocumentId) -> Result<Vec<CommentView>, Error> {
        self.state.read(|screen| said::taken_back(screen, about))
    }

    /// Changes this person's own comments on a document, or settles anybody's.
    pub fn edit_comments(&self, about: DocumentId, edits: &[CommentEdit]) -> Result<(), Error> {
        self.state.with(|state| said::edit(state, about, edits))
    }

    /// Says what a stretch of a plan's text should read instead; why may be empty.
    pub fn suggest(
        &self,
        project: DocumentId,
        place: &CommentPlace,
        replacement: &str,
        why: &str,
    ) -> Result<ItemId, Error> {
        self.state.with(|state| suggestions::suggest(state, project, place, replacement, why))
    }

    /// Every suggestion for a plan, oldest first, with what became of it.
    pub fn suggestions(&self, project: DocumentId) -> Result<Vec<SuggestionView>, Error> {
        self.state.with(|state| suggestions::on(state, project))
    }

    /// Makes a suggestion's words part of the plan. Where the text was changed since it is refused,
    /// unless `anyway` says that what is there now is meant.
    pub fn accept_suggestion(
        &self,
        project: DocumentId,
        place: CommentRef,
        anyway: bool,
    ) -> Result<Version, Error> {
        self.state.with(|state| suggestions::accept(state, project, place, anyway))
    }

    /// Rejects a suggestion. It is kept, with who rejected it.
    pub fn reject_suggestion(
        &self,
        project: DocumentId,
        place: CommentRef,
    ) -> Result<Version, Error> {
        self.state.with(|state| suggestions::reject(state, project, place))
    }
}
