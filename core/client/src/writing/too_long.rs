//! Texts that are longer than any may be. Each is a misfortune of its own field: it stays a draft,
//! and no other text waits for it.

use enhance_documents::{Content, Edit};
use enhance_model::LimitExceeded;

use super::{
    drafts::{self, DraftField, DraftView},
    target::Target,
};
use crate::{error::Error, state::State};

/// Refuses an edit with a text that is too long, naming its field where people type into it.
pub(super) fn check(state: &mut State, target: &Target, edit: &Edit) -> Result<(), Error> {
    let Err(exceeded) = drafts::check(target.facts.limits(), edit) else { return Ok(()) };
    let Some(field) = DraftField::of(edit) else { return Err(exceeded.into()) };
    let text = drafts::texts(edit).first().copied().unwrap_or_default();
    Err(named(state, target, (&field, text), exceeded))
}

/// Refuses what is typed into a field and is too long.
pub(crate) fn check_typed(
    state: &mut State,
    target: &Target,
    (field, text): (&DraftField, &str),
) -> Result<(), Error> {
    let checked = target.facts.limits().check_text(text);
    checked.map_err(|exceeded| named(state, target, (field, text), exceeded))
}

/// Takes the drafts that are too long out of those that are to be settled, and says why the first
/// of them is not. One of a field that is not there is kept as any other such draft is.
pub(super) fn take_out(
    state: &mut State,
    target: &Target,
    drafts: &mut Vec<DraftView>,
) -> Result<Option<Error>, Error> {
    let limits = target.facts.limits();
    let is_too_long = |draft: &mut DraftView| limits.check_text(&draft.text).is_err();
    let long: Vec<DraftView> = drafts.extract_if(.., is_too_long).collect();
    if long.is_empty() {
        return Ok(None);
    }
    // Whether a field is there does not hang on its text, with which it takes long to find out.
    let empty = |draft: &DraftView| DraftView { text: String::new(), ..draft.clone() };
    let mut there: Vec<DraftView> = long.iter().map(empty).collect();
    let now = state.now();
    let document = state.document(&target.row)?;
    drafts::retain_fitting(document, &mut there, now);
    drafts::retain_asked(document, &mut there)?;
    let is_there = |draft: &&DraftView| there.iter().any(|one| one.field == draft.field);
    let first = long.iter().find(is_there);
    Ok(first.and_then(|one| check_typed(state, target, (&one.field, &one.text)).err()))
}

fn named(
    state: &mut State,
    target: &Target,
    (field, text): (&DraftField, &str),
    exceeded: LimitExceeded,
) -> Error {
    let LimitExceeded::Text { limit } = exceeded else { return exceeded.into() };
    let over = (text.chars().count() as u64).saturating_sub(limit);
    let called = called(state, target, field);
    Error::TextTooLong { field: field.to_string(), called, over, limit }
}

/// What people read above a field.
fn called(state: &mut State, target: &Target, field: &DraftField) -> String {
    match field {
        DraftField::Section(section) => section.heading().to_owned(),
        DraftField::Item(text) => format!("{}: {}", text.noun(), text.field().replace('_', " ")),
        DraftField::Answer(prompt) => {
            let standing = state.document(&target.row).and_then(|it| Ok(it.standing()?));
            let asked = standing.ok().and_then(|content| label(&content, prompt));
            asked.unwrap_or_else(|| prompt.clone())
        }
    }
}

/// What a prompt of a reflection asks.
fn label(content: &Content, prompt: &str) -> Option<String> {
    let Content::Reflection(reflection) = content else { return None };
    let asked = reflection.prompts.iter().find(|one| one.key == prompt)?;
    Some(asked.label.clone())
}
