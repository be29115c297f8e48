//! Suggestions: other words for a stretch of a plan's text, which one who may edit it accepts.

use std::ops::Range;

use enhance_documents::Edit;
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Person, Quoted, Right, Timestamp, Version,
    change_project::Decided,
    comments::{CommentEdit, CommentRef, Suggestion, SuggestionEdit, SuggestionState},
};
use serde::Serialize;

use super::{
    places::{self, AnchorStanding},
    said::{self, CommentPlace, all_on},
    waiting::decisions,
};
use crate::{
    error::{Error, InputField},
    state::State,
    writing::{edits, target::Target},
};

/// A suggestion as a plan's screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuggestionView {
    pub place: CommentRef,
    /// Who made it, if this device has heard of them.
    pub by: Option<Person>,
    /// Whether this person made it, and may take it back.
    pub mine: bool,
    pub suggestion: Suggestion,
    pub state: SuggestionState,
    /// Who accepted or rejected it, if this device has heard of them.
    pub decided_by: Option<Person>,
    /// Device clock when it was accepted or rejected.
    pub decided_at: Option<Timestamp>,
    /// Where the stretch of text stands now.
    pub standing: AnchorStanding,
    /// What that stretch says now, if it is open and says something else than when it was made:
    /// accepting it then needs to be said twice.
    pub reads_now: Option<String>,
}

/// Says what a stretch of a plan's text should read instead.
pub(crate) fn suggest(
    state: &mut State,
    project: DocumentId,
    place: &CommentPlace,
    replacement: &str,
    why: &str,
) -> Result<ItemId, Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    target.require(state, Right::Comment, "suggesting a change")?;
    let anchor = places::typed(state, &target.row, &place.part)?;
    let no_range =
        || Error::invalid(InputField::Comment, "say which characters of a text it is of");
    let range = place.range.clone().ok_or_else(no_range)?;
    let base = place.version.as_ref();
    let (span, original) = places::marked(state, &target.row, &anchor, &range, base)?;
    if original == replacement {
        return Err(Error::invalid(InputField::Comment, "that is what it says already"));
    }
    let (id, at) = (state.environment().item_id(), state.now());
    let (replacement, why) = (replacement.to_owned(), why.trim().to_owned());
    let withdrawn_at = None;
    let suggestion = Suggestion { anchor, span, original, replacement, why, at, withdrawn_at };
    said::edit(state, project, &[CommentEdit::Suggest { id, suggestion }])?;
    Ok(id)
}

/// Every suggestion for a plan, oldest first.
pub(crate) fn on(state: &mut State, project: DocumentId) -> Result<Vec<SuggestionView>, Error> {
    let target = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    let decisions = decisions(state.store(), project)?;
    let mut views = Vec::new();
    for (row, comments) in all_on(state.store(), project)? {
        for (id, suggestion) in comments.suggestions {
            let (came_to, outcome) = suggestion.state(id, &decisions);
            let by = outcome.and_then(|outcome| outcome.by);
            let decided_by = by.map(|by| state.store().person(by)).transpose()?;
            let (anchor, span) = (&suggestion.anchor, Some(&suggestion.span));
            let standing = places::standing(state, &target.row, anchor, span)?;
            let reads_now = match (came_to, standing) {
                (SuggestionState::Open, AnchorStanding::At { start, end }) => {
                    state.document(&target.row)?.text_within(anchor, &(start..end))
                }
                _ => None,
            };
            views.push(SuggestionView {
                place: CommentRef { document: row.id, id },
                by: state.store().person(row.owner)?,
                mine: target.facts.is_me(row.owner),
                state: came_to,
                decided_by: decided_by.flatten(),
                decided_at: outcome.map(|outcome| outcome.at),
                standing,
                reads_now: reads_now.filter(|now| *now != suggestion.original),
                suggestion,
            });
        }
    }
    views.sort_by_key(|view| (view.suggestion.at, view.place));
    Ok(views)
}

/// Replaces the text that a suggestion is about. If that says something else by now it is refused,
/// unless `anyway` says that what is there now is meant.
pub(crate) fn accept(
    state: &mut State,
    project: DocumentId,
    place: CommentRef,
    anyway: bool,
) -> Result<Version, Error> {
    let (target, view) = to_decide(state, project, place)?;
    let refused = |why: &str| Error::invalid(InputField::Edit, why);
    let AnchorStanding::At { start, end } = view.standing else {
        return Err(refused("the text that this would replace is not in the plan any more"));
    };
    if let (Some(now), false) = (&view.reads_now, anyway) {
        let why = format!(
            "the text was changed since; it reads {} now; say that you mean that",
            Quoted(now)
        );
        return Err(refused(&why));
    }
    let Range { start, end } = start..end;
    let Suggestion { anchor, replacement, .. } = view.suggestion;
    let decided = decided(state, &target, place);
    let id = place.id;
    let accept = SuggestionEdit::Accept { id, decided, anchor, start, end, replacement };
    edits::edit(state, &target, None, &[Edit::Suggestion(accept)])
}

/// Rejects a suggestion. It is kept, with who rejected it.
pub(crate) fn reject(
    state: &mut State,
    project: DocumentId,
    place: CommentRef,
) -> Result<Version, Error> {
    let (target, _) = to_decide(state, project, place)?;
    let reject = SuggestionEdit::Reject { id: place.id, decided: decided(state, &target, place) };
    edits::edit(state, &target, None, &[Edit::Suggestion(reject)])
}

fn decided(state: &State, target: &Target, place: CommentRef) -> Decided {
    let by = Some(target.facts.person.id);
    Decided { document: Some(place.document), by, at: state.now() }
}

/// A suggestion about which nobody has decided, and the plan, which this person may edit.
fn to_decide(
    state: &mut State,
    project: DocumentId,
    place: CommentRef,
) -> Result<(Target, SuggestionView), Error> {
    let target = Target::writable(state, project, DocumentKind::ChangeProject)?;
    let found = on(state, project)?.into_iter().find(|view| view.place == place);
    let view = found.ok_or_else(|| Error::not_found(Noun::Suggestion, place.id))?;
    let why = match view.state {
        SuggestionState::Open => return Ok((target, view)),
        SuggestionState::Accepted => "this suggestion was accepted already",
        SuggestionState::Rejected => "this suggestion was rejected already",
        SuggestionState::Withdrawn => "its author took this suggestion back",
    };
    Err(Error::invalid(InputField::Edit, why))
}
