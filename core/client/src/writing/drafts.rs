//! What a person is typing: durable at every pause, and in the document's history only when the
//! person has settled it. What was typed and taken back before that was never written anywhere.

use std::{collections::BTreeMap, fmt, str::FromStr};

use enhance_documents::{Content, Document, Edit, operations_within};
use enhance_model::{
    DocumentId, DocumentKind, LimitExceeded, Limits, Quoted, Timestamp, Version,
    change_project::{Aim, ChangeProject, ItemText, ProjectEdit, Section},
    comments::{CommentEdit, SuggestionEdit},
    field::{self, Field, Shape},
    personal_record::PersonalRecord,
    record::{FieldWrite, Record},
    reflection::ReflectionEdit,
};
use enhance_store::{DocumentRow, Draft, StoreReader};
use serde::Serialize;

use super::asked_prompts;
use crate::{
    error::{Error, InputField},
    state::State,
};

/// A text field that is saved while a person types.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftField {
    /// A reflection's answer to the prompt with this key.
    Answer(String),
    Section(Section),
    /// A text of a thing in a project: a cycle, a driver.
    Item(ItemText),
}

/// What was typed into a field and is not settled yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftView {
    pub field: DraftField,
    /// The version the person saw when they typed.
    pub base: Version,
    /// The whole text of the field.
    pub text: String,
    pub saved_at: Timestamp,
}

impl DraftView {
    /// By how many characters it is longer than the server lets a text be, which is
    /// [`Limits::text_chars`]; none of one that fits. What is too long is in no document, so that
    /// whoever shows the document shows the draft beside it.
    pub fn over(&self, text_chars: u64) -> Option<u64> {
        let over = (self.text.chars().count() as u64).checked_sub(text_chars)?;
        (over > 0).then_some(over)
    }
}

impl fmt::Display for DraftField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(prompt) => write!(f, "answer/{prompt}"),
            Self::Section(section) => write!(f, "section/{section}"),
            Self::Item(text) => write!(f, "item/{}", text.path().join("/")),
        }
    }
}

impl FromStr for DraftField {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let unknown = || {
            Error::invalid(
                InputField::TextField,
                format_args!("{} is no text to type in", Quoted(text)),
            )
        };
        let (of, rest) = text.split_once('/').ok_or_else(unknown)?;
        match of {
            "answer" => Ok(Self::Answer(rest.to_owned())),
            "section" => Ok(Self::Section(rest.parse().map_err(|_| unknown())?)),
            "item" => ItemText::at(rest).map(Self::Item).ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }
}

impl DraftField {
    /// The kind of document that has it.
    pub(crate) const fn kind(&self) -> DocumentKind {
        match self {
            Self::Answer(_) => DocumentKind::Reflection,
            Self::Section(_) | Self::Item(_) => DocumentKind::ChangeProject,
        }
    }

    /// The edit that settles this text.
    pub(crate) fn edit(&self, text: String) -> Result<Edit, Error> {
        Ok(match self.clone() {
            Self::Answer(prompt) => Edit::Reflection(ReflectionEdit::Answer { prompt, text }),
            Self::Section(section) => Edit::ChangeProject(ProjectEdit::Section { section, text }),
            Self::Item(item) => {
                let fault = |fault| Error::invalid(InputField::TextField, fault);
                Edit::ChangeProject(item.edit(&text).map_err(fault)?)
            }
        })
    }

    /// The field that an edit writes, whose draft it therefore replaces.
    pub(super) fn of(edit: &Edit) -> Option<Self> {
        match edit {
            Edit::Reflection(ReflectionEdit::Answer { prompt, .. }) => {
                Some(Self::Answer(prompt.clone()))
            }
            Edit::ChangeProject(ProjectEdit::Section { section, .. }) => {
                Some(Self::Section(*section))
            }
            Edit::ChangeProject(edit) => {
                let record = edit.record()?;
                ItemText::new(record.noun, record.id, record.field).map(Self::Item)
            }
            _ => None,
        }
    }
}

/// Refuses an edit with a text that is too long for its field.
pub(super) fn check(limits: &Limits, edit: &Edit) -> Result<(), LimitExceeded> {
    let is_short = declared(edit).is_some_and(|field| field.shape == Shape::String);
    let check = if is_short { Limits::check_string } else { Limits::check_text };
    texts(edit).into_iter().try_for_each(|text| check(limits, text))
}

/// How the field is declared that an edit writes as a whole; none if it writes something else.
fn declared(edit: &Edit) -> Option<Field> {
    let found = match edit {
        Edit::Reflection(ReflectionEdit::Title { .. })
        | Edit::ChangeProject(
            ProjectEdit::Title { .. } | ProjectEdit::Topic { .. } | ProjectEdit::Setting { .. },
        ) => return Some(Field::string("title")),
        Edit::ChangeProject(ProjectEdit::Aim { edit }) => field::find(Aim::FIELDS, edit.field()),
        Edit::ChangeProject(edit) => {
            let record = edit.record()?;
            field::find(ChangeProject::fields_of(record.noun), record.field)
        }
        Edit::PersonalRecord(edit) => {
            let record = edit.record()?;
            field::find(PersonalRecord::fields_of(record.noun), record.field)
        }
        _ => None,
    };
    found.copied()
}

/// The texts in an edit that can be too long.
pub(super) fn texts(edit: &Edit) -> Vec<&str> {
    match edit {
        Edit::Reflection(edit) => match edit {
            ReflectionEdit::Title { title: text } | ReflectionEdit::Answer { text, .. } => {
                vec![text]
            }
            _ => Vec::new(),
        },
        Edit::ChangeProject(edit) => project_texts(edit),
        Edit::Comments(edit) => match edit {
            CommentEdit::Add { comment, .. } => vec![&comment.body],
            CommentEdit::Suggest { suggestion, .. } => {
                vec![&suggestion.original, &suggestion.replacement, &suggestion.why]
            }
            CommentEdit::Rewrite { body, .. } => vec![body],
            _ => Vec::new(),
        },
        Edit::Suggestion(SuggestionEdit::Accept { replacement, .. }) => vec![replacement],
        Edit::Suggestion(_) | Edit::Attachment(..) => Vec::new(),
        Edit::PersonalRecord(edit) => {
            edit.record().and_then(|record| record.value.written()).into_iter().collect()
        }
    }
}

fn project_texts(edit: &ProjectEdit) -> Vec<&str> {
    match edit {
        ProjectEdit::Title { title: text }
        | ProjectEdit::Topic { topic: text }
        | ProjectEdit::Setting { setting: text }
        | ProjectEdit::Move { note: text, .. }
        | ProjectEdit::Section { text, .. } => vec![text],
        ProjectEdit::Aim { edit } => edit.value().written().into_iter().collect(),
        edit => edit.record().and_then(|record| record.value.written()).into_iter().collect(),
    }
}

/// The drafts that were typed on one version, as the edits that settle them.
pub(super) struct DraftGroup {
    pub(super) base: Version,
    pub(super) edits: Vec<Edit>,
}

/// The drafts of a document.
pub(crate) fn of(store: &StoreReader, document: DocumentId) -> Result<Vec<DraftView>, Error> {
    store.drafts(document)?.into_iter().map(view).collect()
}

/// What a document says with its drafts in it; nothing if it has none. A draft that does not
/// fit, or is longer than any text may be, is left out, since the rest must stay readable.
pub(crate) fn content_with(
    state: &mut State,
    row: &DocumentRow,
    drafts: &[DraftView],
) -> Result<Option<Content>, Error> {
    if drafts.is_empty() {
        return Ok(None);
    }
    let now = state.now();
    let facts = state.facts()?;
    let mut tried = state.document(row)?.clone();
    let mut fitting = drafts.to_vec();
    fitting.retain(|draft| noted(row, &is_short_enough(facts.limits(), draft)));
    // What was typed on one version is written at once: on any but the newest the engine is slow.
    for DraftGroup { base, edits } in groups(&mut tried, &fitting)? {
        let mut write = |edits: &[Edit]| write_on(&mut tried, &base, edits, now);
        if write(&edits).is_err() {
            for edit in &edits {
                noted(row, &write(std::slice::from_ref(edit)));
            }
        }
    }
    Ok(Some(tried.content()?))
}

/// Refuses what is not settled either, for its length.
fn is_short_enough(limits: &Limits, draft: &DraftView) -> Result<(), Error> {
    Ok(check(limits, &draft.field.edit(draft.text.clone())?)?)
}

/// Whether it went well. What did not is noted without its words.
fn noted(row: &DocumentRow, outcome: &Result<(), Error>) -> bool {
    if let Err(error) = outcome {
        tracing::warn!(document = %row.id, %error, "a draft does not fit its document");
    }
    outcome.is_ok()
}

/// Leaves out drafts of something that is not in the document any more.
pub(super) fn retain_fitting(document: &Document, drafts: &mut Vec<DraftView>, now: Timestamp) {
    // Every document of their kind has the other fields, whatever else happened to it.
    if !drafts.iter().any(|draft| matches!(draft.field, DraftField::Item(_))) {
        return;
    }
    let mut tried = document.clone();
    drafts.retain(|draft| {
        let tried = try_on(&mut tried, draft, now);
        !matches!(tried, Err(Error::NotFound { .. }))
    });
}

/// Leaves out answers to prompts that a reflection does not ask.
pub(super) fn retain_asked(
    document: &mut Document,
    drafts: &mut Vec<DraftView>,
) -> Result<(), Error> {
    if drafts.iter().any(|draft| matches!(draft.field, DraftField::Answer(_)))
        && let Content::Reflection(reflection) = &*document.standing()?
    {
        drafts.retain(|draft| match &draft.field {
            DraftField::Answer(prompt) => asked_prompts::is_asked(reflection, prompt).is_ok(),
            _ => true,
        });
    }
    Ok(())
}

fn try_on(document: &mut Document, draft: &DraftView, now: Timestamp) -> Result<(), Error> {
    let base = known_base(document, &draft.base);
    let edits = [draft.field.edit(draft.text.clone())?];
    write_on(document, &base, &edits, now)
}

fn write_on(
    document: &mut Document,
    base: &Version,
    edits: &[Edit],
    now: Timestamp,
) -> Result<(), Error> {
    document.edit_in_parts(Some(base), edits, (now, operations_within(u64::MAX)))?;
    Ok(())
}

/// Drafts by the version they were typed on.
pub(super) fn groups(
    document: &mut Document,
    drafts: &[DraftView],
) -> Result<Vec<DraftGroup>, Error> {
    let mut groups: BTreeMap<String, DraftGroup> = BTreeMap::new();
    for draft in drafts {
        let base = known_base(document, &draft.base);
        let group =
            groups.entry(base.to_string()).or_insert(DraftGroup { base, edits: Vec::new() });
        group.edits.push(draft.field.edit(draft.text.clone())?);
    }
    Ok(groups.into_values().collect())
}

/// The version a text was typed on. One that is not in the document any more, since work it names
/// was refused, is taken for the present one.
pub(crate) fn known_base(document: &mut Document, base: &Version) -> Version {
    if base.heads().iter().all(|head| document.contains(*head)) {
        base.clone()
    } else {
        document.version()
    }
}

fn view(draft: Draft) -> Result<DraftView, Error> {
    let field = draft.field.parse()?;
    Ok(DraftView { field, base: draft.base, text: draft.text, saved_at: draft.saved_at })
}

#[cfg(test)]
mod tests {
    use enhance_model::{ItemId, change_project::CycleText};

    use super::*;

    #[test]
    fn a_field_reads_what_it_prints() {
        let id = ItemId::from_bytes([3; 16]);
        for field in [
            DraftField::Answer("what/so what".to_owned()),
            DraftField::Section(Section::Problem),
            DraftField::Item(ItemText::of_cycle(id, CycleText::Learned)),
        ] {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        for text in ["", "answer", "section/nothing", "item/cycles/x/plan", "item/x", "other/x"] {
            assert!(text.parse::<DraftField>().is_err(), "{text}");
        }
    }
}
