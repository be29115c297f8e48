//! What is asked of a completion that shows nothing, in the words of the command at hand.

use enhance_client::{Error, InputField, LearningCore};
use enhance_model::{Noun, personal_record::RecordEdit};

use crate::exit::Failure;

/// What the core says of a completion that shows nothing, whatever it asks for.
const ASKS: &str = " asks for ";

/// Writes edits, and says how it is typed what a completion lacks.
pub fn write(core: &LearningCore, edits: &[RecordEdit]) -> Result<(), Failure> {
    let is_shown = edits.iter().any(|edit| {
        edit.record().is_some_and(|one| {
            let is_said = !one.value.in_words().trim().is_empty();
            matches!(one.field, "evidence" | "reason") && is_said
        })
    });
    let is_completion = edits.iter().any(|edit| {
        let of = edit.record().map(|written| written.noun);
        matches!(of, Some(Noun::ActivityCompletion | Noun::ModuleCompletion))
    });
    let shown_by = "evidence=ID or reason=TEXT";
    core.edit_record(edits).map_err(|error| asking(error, is_shown || !is_completion, shown_by))
}

/// What is asked of a completion that shows nothing, with how it is said where it was typed.
pub fn asking(error: Error, is_shown: bool, shown_by: &str) -> Failure {
    match &error {
        Error::InvalidInput { field: InputField::Edit, reason }
            if !is_shown && reason.contains(ASKS) =>
        {
            Failure::Usage(format!("{reason}: {shown_by}"))
        }
        _ => Failure::Core(error),
    }
}
