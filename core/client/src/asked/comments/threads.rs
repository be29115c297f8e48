//! Comments with their answers, as screens show them.

use enhance_documents::Content;
use enhance_model::{
    DocumentId, DocumentKind, Noun, Person, Timestamp,
    anchor::Place,
    comments::{CommentRef, Remark, Thread, threads},
};
use serde::Serialize;

use super::{
    places::{self, AnchorStanding},
    said::{about, all_on, said},
};
use crate::{error::Error, state::State};

/// Versions of a comment that are shown at most, the newest.
const VERSIONS: usize = 200;

/// A comment with all answers to it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThreadView {
    /// The comment it begins with.
    pub place: CommentRef,
    /// None if that comment is not here: its answers are to a comment that is not here.
    pub first: Option<RemarkView>,
    pub answers: Vec<RemarkView>,
    /// The part it is about: `problem`, `measures/{id}/unit`. Empty for the whole.
    pub anchor: Place,
    /// What the stretch of text it is about said, if it is about one.
    pub quote: Option<String>,
    /// Where that stands now.
    pub standing: AnchorStanding,
    /// Who settled it, if this device has heard of them.
    pub resolved_by: Option<Person>,
    /// When it was settled; none while it is open.
    pub resolved_at: Option<Timestamp>,
    /// Whether it is open and somebody else had the last word.
    pub waits: bool,
}

/// A comment in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemarkView {
    pub place: CommentRef,
    /// Who wrote it, if this device has heard of them.
    pub by: Option<Person>,
    /// Whether this person wrote it, and may change it.
    pub mine: bool,
    /// What it says; empty if its author deleted it.
    pub body: String,
    /// Device clock when it was written.
    pub at: Timestamp,
    /// Device clock when it was last said in other words.
    pub edited_at: Option<Timestamp>,
    /// Whether its author deleted it.
    pub deleted: bool,
}

/// What a comment said at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommentVersion {
    pub body: String,
    /// Since when, by its author's clock, to the second.
    pub at: Timestamp,
}

/// Everything said about a document, the thread that was begun first before the others.
pub(crate) fn on(state: &mut State, document: DocumentId) -> Result<Vec<ThreadView>, Error> {
    let target = about(state, document)?;
    let all = all_on(state.store(), document)?;
    let mut views = Vec::new();
    for thread in threads(&said(&all)) {
        let me = target.facts.person.id;
        let first = thread.first.as_ref().or(thread.answers.first()).map(|one| &one.comment);
        let anchor = first.map(|comment| comment.anchor.clone()).unwrap_or_default();
        let span = thread.first.as_ref().and_then(|first| first.comment.span.as_ref());
        let standing = places::standing(state, &target.row, &anchor, span)?;
        let resolved_by = thread.resolved.map(|(by, _)| state.store().person(by)).transpose()?;
        let view = |remark: &Remark| -> Result<RemarkView, Error> {
            let Remark { place, by, comment, is_deleted } = remark;
            Ok(RemarkView {
                place: *place,
                by: state.store().person(*by)?,
                mine: *by == me,
                body: comment.body.clone(),
                at: comment.at,
                edited_at: comment.edited_at,
                deleted: *is_deleted,
            })
        };
        let waits = thread.waits_for(me);
        let Thread { place, first, answers, resolved } = &thread;
        views.push(ThreadView {
            place: *place,
            quote: span.map(|span| span.quote.clone()),
            first: first.as_ref().map(view).transpose()?,
            answers: answers.iter().map(view).collect::<Result<_, _>>()?,
            anchor,
            standing,
            resolved_by: resolved_by.flatten(),
            resolved_at: resolved.map(|(_, at)| at),
            waits,
        });
    }
    Ok(views)
}

/// What a comment said before and says now, oldest first: the newest two hundred versions.
pub(crate) fn versions(state: &mut State, place: CommentRef) -> Result<Vec<CommentVersion>, Error> {
    let row = state.row_of(place.document, DocumentKind::Comments)?;
    let document = state.document(&row)?;
    let mut versions: Vec<CommentVersion> = Vec::new();
    let history = document.history();
    let skipped = history.len().saturating_sub(VERSIONS);
    for change in history.into_iter().skip(skipped) {
        let Content::Comments(comments) = document.content_at(&change.version)? else { continue };
        let found = comments.comments.get(&place.id).or(comments.taken_back.get(&place.id));
        let Some(comment) = found else { continue };
        if versions.last().is_none_or(|last| last.body != comment.body) {
            versions.push(CommentVersion { body: comment.body.clone(), at: change.at });
        }
    }
    if versions.is_empty() {
        return Err(Error::not_found(Noun::Comment, place.id));
    }
    Ok(versions)
}
