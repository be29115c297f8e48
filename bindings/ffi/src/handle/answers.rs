//! Comments in threads on plans and shared copies, and suggestions for plans.
#![allow(clippy::needless_pass_by_value, reason = "options and lists cross by value")]

use enhance_client::{
    CommentPlace, CommentVersion,
    model::{DocumentId, ItemId, Sha256, Version, comments::CommentRef},
};

use crate::{
    SharingCheck, SuggestionView, TextRange, ThreadView, WaitingAnswers,
    handle::{CoreHandle, Result, all},
};

fn at(part: &str, range: Option<TextRange>, version: Option<Version>) -> CommentPlace {
    let range = range.map(|range| u32::from(range.start)..u32::from(range.end));
    CommentPlace { part: part.to_owned(), range, version }
}

#[uniffi::export]
impl CoreHandle {
    /// Says something about a part of a document, or a stretch of its text.
    #[uniffi::method(default(range = None, version = None))]
    #[expect(clippy::too_many_arguments, reason = "a host names them, and leaves out most")]
    pub fn comment_at(
        &self,
        about: DocumentId,
        part: &str,
        body: &str,
        range: Option<TextRange>,
        version: Option<Version>,
    ) -> Result<ItemId> {
        Ok(self.core.comment_at(about, &at(part, range, version), body)?)
    }

    /// Looks through words that this person is about to say about a document: of a comment or an
    /// answer its text, of a suggestion the new words and why, of a sign-off the statement.
    pub fn check_before_saying(
        &self,
        about: DocumentId,
        words: Vec<String>,
    ) -> Result<SharingCheck> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Ok(self.core.check_before_saying(about, &words)?.into())
    }

    /// Says that this person has seen what was found in the words of a check. It holds for them alone,
    /// until others are acknowledged.
    pub fn acknowledge(&self, words: Sha256) -> Result<()> {
        Ok(self.core.acknowledge(words)?)
    }

    /// Answers a comment, of whomever it is.
    pub fn answer_comment(&self, about: DocumentId, to: CommentRef, body: &str) -> Result<ItemId> {
        Ok(self.core.answer_comment(about, to, body)?)
    }

    /// Says a comment of this person in other words. What it said before is kept.
    pub fn rewrite_comment(&self, about: DocumentId, id: ItemId, body: &str) -> Result<()> {
        Ok(self.core.rewrite_comment(about, id, body)?)
    }

    /// Deletes a comment or a suggestion of this person for everybody. It can be put back.
    pub fn delete_comment(&self, about: DocumentId, id: ItemId) -> Result<()> {
        Ok(self.core.delete_comment(about, id)?)
    }

    /// Puts back a comment or a suggestion that this person deleted.
    pub fn put_back_comment(&self, about: DocumentId, id: ItemId) -> Result<()> {
        Ok(self.core.put_back_comment(about, id)?)
    }

    /// Settles a thread, of whomever it is.
    pub fn resolve_comment(&self, about: DocumentId, id: ItemId) -> Result<()> {
        Ok(self.core.resolve_comment(about, id)?)
    }

    /// Opens a thread again, of whomever it is.
    pub fn reopen_comment(&self, about: DocumentId, id: ItemId) -> Result<()> {
        Ok(self.core.reopen_comment(about, id)?)
    }

    /// Everything said about a plan or a shared copy in threads, with where
    /// what they are about stands now.
    pub fn threads(&self, about: DocumentId) -> Result<Vec<ThreadView>> {
        Ok(all(self.core.threads(about)?))
    }

    /// What a comment said before and says now, oldest first.
    pub fn comment_versions(&self, place: CommentRef) -> Result<Vec<CommentVersion>> {
        Ok(self.core.comment_versions(place)?)
    }

    /// How much of a document waits for this person, from rows alone.
    pub fn waiting_answers(&self, about: DocumentId) -> Result<WaitingAnswers> {
        Ok(self.core.waiting_answers(about)?.into())
    }

    /// Says what a stretch of a plan's text should read instead; why may be
    /// empty. One who may comment may suggest.
    #[uniffi::method(default(why = "", version = None))]
    #[expect(clippy::too_many_arguments, reason = "a host names them, and leaves out most")]
    pub fn suggest(
        &self,
        project: DocumentId,
        part: &str,
        range: TextRange,
        replacement: &str,
        why: &str,
        version: Option<Version>,
    ) -> Result<ItemId> {
        Ok(self.core.suggest(project, &at(part, Some(range), version), replacement, why)?)
    }

    /// Every suggestion for a plan, oldest first, with what became of it.
    pub fn suggestions(&self, project: DocumentId) -> Result<Vec<SuggestionView>> {
        Ok(all(self.core.suggestions(project)?))
    }

    /// Makes a suggestion's words part of the plan. Where the text was changed since it is refused,
    /// unless `anyway` says that what is there now is meant.
    #[uniffi::method(default(anyway = false))]
    pub fn accept_suggestion(
        &self,
        project: DocumentId,
        place: CommentRef,
        anyway: bool,
    ) -> Result<Version> {
        Ok(self.core.accept_suggestion(project, place, anyway)?)
    }

    /// Rejects a suggestion. It is kept, with who rejected it.
    pub fn reject_suggestion(&self, project: DocumentId, place: CommentRef) -> Result<Version> {
        Ok(self.core.reject_suggestion(project, place)?)
    }
}
