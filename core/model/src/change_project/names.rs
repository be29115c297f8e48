//! What a plan and the things in it are called by in lists. Whoever writes that says something that
//! can be seen.

use super::{ChangeProject, ProjectEdit};
use crate::{
    Noun, folding,
    record::{FieldValue, RecordRef},
};

/// By which field a thing is known, and what that is in a sentence.
const NAMES: [(Noun, &str, &str); 7] = [
    (Noun::Driver, "name", "name"),
    (Noun::ChangeIdea, "text", "text"),
    (Noun::Stakeholder, "role", "role"),
    (Noun::Output, "title", "title"),
    (Noun::Measure, "name", "name"),
    (Noun::Annotation, "text", "text"),
    (Noun::Action, "text", "text"),
];

impl ChangeProject {
    /// The field by which things of a kind are known in lists, for those that have one.
    ///
    /// ```
    /// use enhance_model::{Noun, change_project::ChangeProject};
    ///
    /// assert_eq!(ChangeProject::name_of(Noun::Driver), Some("name"));
    /// assert_eq!(ChangeProject::name_of(Noun::Observation), None);
    /// ```
    pub fn name_of(noun: Noun) -> Option<&'static str> {
        NAMES.iter().find(|(of, ..)| *of == noun).map(|(_, field, _)| *field)
    }
}

/// What an edit calls by a title or a name that shows nothing, and what that is in a sentence.
pub(super) fn blank(edit: &ProjectEdit) -> Option<(Noun, &'static str)> {
    if let ProjectEdit::Title { title } = edit {
        return folding::is_blank(title).then_some((Noun::Project, "title"));
    }
    let RecordRef { noun, field, value, .. } = edit.record()?;
    let is_words = matches!(value, FieldValue::Text(_) | FieldValue::String(_));
    let (.., called) = NAMES.into_iter().find(|(of, key, _)| (*of, *key) == (noun, field))?;
    (is_words && folding::is_blank(&value.in_words())).then_some((noun, called))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ItemId, Timestamp,
        change_project::{ActionEdit, DriverEdit, MeasureEdit},
    };

    #[test]
    fn a_title_or_a_name_that_shows_nothing_is_refused_whatever_it_is_made_of() {
        let id = ItemId::from_bytes([7; 16]);
        let edits = |text: &str| {
            [
                ProjectEdit::Title { title: text.to_owned() },
                ProjectEdit::Driver { id, edit: DriverEdit::Name(text.to_owned()) },
                ProjectEdit::Measure { id, edit: MeasureEdit::Name(text.to_owned()) },
                ProjectEdit::Action { id, edit: ActionEdit::Text(text.to_owned()) },
            ]
        };
        let check =
            |edit: ProjectEdit| ChangeProject::default().check_typed(&[edit], Timestamp::default());
        let blanks = [
            "",
            " ",
            "\n\t",
            "\u{200b}",
            "\u{2060}",
            "\u{ad}",
            "\u{3164}",
            "\u{202e} \u{2066}",
            "\u{feff}\u{a0}",
            "\u{2800}",
            "\u{e0041}",
        ];
        for blank in blanks {
            for edit in edits(blank) {
                let said = check(edit).unwrap_err().to_string();
                assert!(said.contains("shows nothing; write it"), "{blank:?}: {said}");
            }
        }
        for said in ["x", "\u{200b}x", "転倒", "🛏", "-"] {
            assert!(edits(said).into_iter().all(|edit| check(edit).is_ok()), "{said}");
        }
    }
}
