//! What was only typed when its folder was copied is in both folders, and both make a change of it.
//!
//! The copy noted what that was (`state/copied.rs`). Once the same words stand in their text twice
//! more than before, it takes them out once; the other folder knows of no copy and does nothing.

use enhance_documents::{Content, Document};
use enhance_model::{DocumentId, Right};

use super::{
    drafts::{self, DraftField},
    edits,
    target::Target,
};
use crate::{
    error::Error,
    state::{
        State,
        copied::{self, Typed},
    },
};

/// Fewer characters than these stand twice for other reasons.
const WORDS: usize = 8;
/// Milliseconds after which what stands twice was meant (30 days).
const REMEMBERED_MS: u64 = 30 * 24 * 60 * 60 * 1_000;

/// What becomes of a note.
enum Outcome {
    /// It is looked at again when something else arrives.
    Waits,
    /// It is of no use any more.
    Done,
}

/// Takes out what stands twice in these documents since their folder was copied.
pub(crate) fn remove(state: &mut State, documents: &[DocumentId]) -> Result<(), Error> {
    let noted = copied::typed(state.store())?;
    if noted.is_empty() {
        return Ok(());
    }
    let mut left = noted.clone();
    for note in noted.iter().filter(|note| documents.contains(&note.document)) {
        match remove_one(state, note) {
            Ok(Outcome::Waits) => {}
            Ok(Outcome::Done) | Err(Error::NotFound { .. } | Error::NotAllowed { .. }) => {
                left.retain(|other| other != note);
            }
            // Nothing is lost by it: the words stand twice.
            Err(error) => tracing::warn!(document = %note.document, %error, "it stands twice"),
        }
    }
    if left.len() < noted.len() {
        state.write(|write| copied::note_typed(write, &left))?;
    }
    Ok(())
}

fn remove_one(state: &mut State, note: &Typed) -> Result<Outcome, Error> {
    if state.now().millis_since(note.noted_at) > REMEMBERED_MS {
        return Ok(Outcome::Done);
    }
    let field: DraftField = note.field.parse()?;
    let target = Target::of_kind(state, note.document, field.kind())?;
    target.require(state, Right::Edit, "changing this document")?;
    let typed = drafts::of(state.store(), note.document)?;
    if typed.iter().any(|draft| draft.field == field) {
        return Ok(Outcome::Waits);
    }
    let document = state.document(&target.row)?;
    let Some(before) = said_before(document, note, &field)? else { return Ok(Outcome::Done) };
    let added = added(&before, &note.text);
    if added.trim().chars().count() < WORDS {
        return Ok(Outcome::Done);
    }
    let Some(now) = text_of(&*document.standing()?, &field) else { return Ok(Outcome::Done) };
    let more = now.matches(added).count().saturating_sub(before.matches(added).count());
    let Some(again) = now.rfind(added).filter(|_| more > 1) else { return Ok(Outcome::Waits) };
    let once = [&now[..again], &now[again + added.len()..]].concat();
    edits::edit(state, &target, None, &[field.edit(once)?])?;
    Ok(Outcome::Done)
}

/// What the field said where its draft was begun; none if that is not here.
fn said_before(
    document: &Document,
    note: &Typed,
    field: &DraftField,
) -> Result<Option<String>, Error> {
    if !note.base.heads().iter().all(|head| document.contains(*head)) {
        return Ok(None);
    }
    Ok(Some(text_of(&document.content_at(&note.base)?, field).unwrap_or_default()))
}

fn text_of(content: &Content, field: &DraftField) -> Option<String> {
    match (content, field) {
        (Content::Reflection(reflection), DraftField::Answer(prompt)) => {
            Some(reflection.answers.get(prompt).cloned().unwrap_or_default())
        }
        (Content::ChangeProject(project), DraftField::Section(section)) => {
            Some(project.sections.get(section).cloned().unwrap_or_default())
        }
        (Content::ChangeProject(project), DraftField::Item(item)) => project.item_text(*item),
        _ => None,
    }
}

/// What stands in a text between what it begins and ends with as before.
fn added<'t>(before: &str, text: &'t str) -> &'t str {
    let alike = |(one, other): &(char, char)| one == other;
    let length = |pair: (char, char)| pair.0.len_utf8();
    let begins: usize = text.chars().zip(before.chars()).take_while(alike).map(length).sum();
    let (rest, rest_before) = (&text[begins..], &before[begins..]);
    let pairs = rest.chars().rev().zip(rest_before.chars().rev());
    let ends: usize = pairs.take_while(alike).map(length).sum();
    &rest[..rest.len() - ends]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_told_from_what_was_there() {
        for (before, text, expected) in [
            ("", "I was calm.", "I was calm."),
            ("It went well.", "It went well. I was calm.", " I was calm."),
            ("It went well.", "So: It went well.", "So: "),
            ("naïve", "naïve and naïve", " and naïve"),
            ("aaa", "aaaa", "a"),
            ("é", "è", "è"),
            ("same", "same", ""),
            ("all of it", "", ""),
        ] {
            assert_eq!(added(before, text), expected, "{before:?} {text:?}");
        }
    }
}
