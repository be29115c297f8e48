//! What a text field does on a document: its text is written, and read again.

use enhance_model::{DocumentId, Version, change_project::ChangeProject, reflection::Reflection};

use crate::{
    error::Error,
    state::State,
    typing::FieldText,
    writing::{
        asked_prompts,
        drafts::{self, DraftField},
        edits,
        target::Target,
    },
};

/// Writes the whole text of a field that was typed on a version.
pub(crate) fn write_field(
    state: &mut State,
    document: DocumentId,
    field: &DraftField,
    base: &Version,
    text: String,
) -> Result<Version, Error> {
    let target = Target::writable(state, document, field.kind())?;
    let base = drafts::known_base(state.document(&target.row)?, base);
    let edits = [field.edit(text)?];
    asked_prompts::check(state.document(&target.row)?, &edits)?;
    edits::edit(state, &target, Some(&base), &edits)
}

/// What a field says in its document; none where a draft of it is kept, or where the document has
/// no such field any more.
pub(crate) fn read_field(
    state: &mut State,
    document: DocumentId,
    field: &DraftField,
) -> Result<Option<FieldText>, Error> {
    state.row_of(document, field.kind())?;
    if drafts::of(state.store(), document)?.iter().any(|draft| draft.field == *field) {
        return Ok(None);
    }
    let (summary, text) = match field {
        DraftField::Answer(prompt) => {
            let (summary, mut shown) = state.shown::<Reflection>(document)?;
            (summary, Some(shown.answers.remove(prompt).unwrap_or_default()))
        }
        DraftField::Section(section) => {
            let (summary, mut shown) = state.shown::<ChangeProject>(document)?;
            (summary, Some(shown.sections.remove(section).unwrap_or_default()))
        }
        DraftField::Item(text) => {
            let (summary, shown) = state.shown::<ChangeProject>(document)?;
            (summary, shown.item_text(*text))
        }
    };
    Ok(text.map(|text| FieldText { version: summary.version, text }))
}
