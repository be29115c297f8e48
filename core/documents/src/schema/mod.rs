//! What documents look like inside: maps, texts and scalars under fixed keys.
//!
//! Schema 1. Every document has `schema`, `kind`, `owner` and `created_at` at its root. Maps that
//! hold items are made by the change that creates the document and never again, and items sit in
//! them under their ids, so that two devices can add to them at once without a conflict. What
//! several people write together is a text that merges by character; all else is a scalar.
//!
//! Keys that this version does not know are left as they are, and so are words: an unknown word
//! reads as the field's default and stays in the document until somebody sets the field anew.

pub mod comments;
pub mod pen;
pub mod personal_record;
pub mod project;
pub mod reflection;
pub mod view;

use automerge::{AutoCommit, ROOT};
use enhance_model::{DocumentKind, ItemId, PersonId, Timestamp, change_project::CycleText};

use crate::{Content, DocumentError, Edit, NewDocument, TextField};
use pen::Pen;
use view::View;

/// The schema this version writes.
pub const SCHEMA: u32 = 1;

const SCHEMA_KEY: &str = "schema";
const KIND_KEY: &str = "kind";
const OWNER_KEY: &str = "owner";
/// When the document was created.
pub const CREATED_AT_KEY: &str = "created_at";

/// What is true of a document for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub kind: DocumentKind,
    pub owner: PersonId,
}

impl Identity {
    /// Reads it from a document.
    pub fn of(doc: &AutoCommit) -> Result<Self, DocumentError> {
        Self::read(&View::now(doc))
    }

    /// Reads it from one version of a document.
    pub fn read(view: &View<'_>) -> Result<Self, DocumentError> {
        let kind =
            view.string(&ROOT, KIND_KEY).ok_or(DocumentError::NotADocument { field: KIND_KEY })?;
        let kind = kind.parse().map_err(|_| DocumentError::UnknownKind { kind })?;
        let owner =
            view.word(&ROOT, OWNER_KEY).ok_or(DocumentError::NotADocument { field: OWNER_KEY })?;
        Ok(Self { kind, owner })
    }
}

/// The schema the document was last written with.
pub fn version(view: &View<'_>) -> u32 {
    let number = view.number(&ROOT, SCHEMA_KEY);
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or(SCHEMA)
}

/// Whether every field that a document must have is there.
pub fn has_root_fields(view: &View<'_>) -> bool {
    view.number(&ROOT, SCHEMA_KEY).is_some_and(|schema| schema >= 1 && schema <= u32::MAX.into())
        && view.moment(&ROOT, CREATED_AT_KEY).is_some()
        && view.word::<PersonId>(&ROOT, OWNER_KEY).is_some()
        && view.string(&ROOT, KIND_KEY).is_some()
}

/// The root keys under which nothing may ever change: scalars fixed at creation, and the maps that
/// hold everything else, which could be replaced by empty ones.
pub fn fixed_keys(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Reflection => &[
            KIND_KEY,
            OWNER_KEY,
            CREATED_AT_KEY,
            "template",
            "template_version",
            "answers",
            "tags",
            "copies",
        ],
        DocumentKind::ChangeProject => &[
            KIND_KEY,
            OWNER_KEY,
            CREATED_AT_KEY,
            "sections",
            "aim",
            "measures",
            "observations",
            "cycles",
            "actions",
            "tags",
        ],
        DocumentKind::Comments => &[KIND_KEY, OWNER_KEY, CREATED_AT_KEY, "about", "comments"],
        // Two devices of a trainee create the same record without knowing of each other, so the
        // moment of creation may differ and there are no maps.
        DocumentKind::PersonalRecord => &[KIND_KEY, OWNER_KEY],
        DocumentKind::SharedReflection => &[KIND_KEY, OWNER_KEY, CREATED_AT_KEY],
    }
}

/// Writes the skeleton and the first content of a new document.
pub fn create(
    pen: &mut Pen<'_>,
    new: &NewDocument,
    now: Timestamp,
) -> Result<Identity, DocumentError> {
    let (kind, owner, created_at) = match new {
        NewDocument::Reflection { owner, reflection } => {
            (DocumentKind::Reflection, *owner, reflection.created_at)
        }
        NewDocument::PersonalRecord { owner } => (DocumentKind::PersonalRecord, *owner, now),
        NewDocument::SharedReflection { owner, .. } => {
            (DocumentKind::SharedReflection, *owner, now)
        }
        NewDocument::ChangeProject { owner, .. } => (DocumentKind::ChangeProject, *owner, now),
        NewDocument::Comments { owner, .. } => (DocumentKind::Comments, *owner, now),
    };
    pen.put(&ROOT, SCHEMA_KEY, u64::from(SCHEMA))?;
    pen.put(&ROOT, KIND_KEY, kind.as_str())?;
    pen.put(&ROOT, OWNER_KEY, owner.to_string())?;
    pen.put(&ROOT, CREATED_AT_KEY, time(created_at))?;
    match new {
        NewDocument::Reflection { reflection: new, .. } => reflection::create(pen, new)?,
        NewDocument::SharedReflection { copy, .. } => reflection::create_shared(pen, copy)?,
        NewDocument::ChangeProject { title, topic, setting, .. } => {
            project::create(pen, title, topic, setting)?;
        }
        NewDocument::Comments { about, .. } => comments::create(pen, *about)?,
        NewDocument::PersonalRecord { .. } => {}
    }
    Ok(Identity { kind, owner })
}

/// Writes one edit.
pub fn write(pen: &mut Pen<'_>, kind: DocumentKind, edit: &Edit) -> Result<(), DocumentError> {
    match (kind, edit) {
        (DocumentKind::SharedReflection, _) => Err(DocumentError::NeverChanges),
        (DocumentKind::Reflection, Edit::Reflection(edit)) => reflection::write(pen, edit),
        (DocumentKind::ChangeProject, Edit::ChangeProject(edit)) => project::write(pen, edit),
        (DocumentKind::Comments, Edit::Comments(edit)) => comments::write(pen, edit),
        (DocumentKind::PersonalRecord, Edit::PersonalRecord(edit)) => {
            personal_record::write(pen, edit)
        }
        (kind, edit) => Err(DocumentError::WrongKind { kind, edit: edit.kind() }),
    }
}

/// Reads everything a document of this kind says.
pub fn read(view: &View<'_>, kind: DocumentKind) -> Result<Content, DocumentError> {
    Ok(match kind {
        DocumentKind::Reflection => Content::Reflection(reflection::read(view)),
        DocumentKind::SharedReflection => Content::SharedReflection(reflection::read_shared(view)),
        DocumentKind::ChangeProject => Content::ChangeProject(project::read(view)),
        DocumentKind::PersonalRecord => Content::PersonalRecord(personal_record::read(view)),
        DocumentKind::Comments => Content::Comments(comments::read(view)?),
    })
}

/// The text objects in which a text field is written.
pub fn text_objects(view: &View<'_>, field: &TextField) -> Vec<automerge::ObjId> {
    let of_map = |container: &str, key: &str| {
        let container = view.map(&ROOT, container).into_iter().collect::<Vec<_>>();
        view.text_objects(&container, key)
    };
    let of_item = |container: &str, id: &ItemId, key: &str| {
        let Some(container) = view.map(&ROOT, container) else { return Vec::new() };
        view.text_objects(&view.maps(&container, &id.to_string()), key)
    };
    match field {
        TextField::Answer(prompt) => of_map("answers", prompt),
        TextField::Section(section) => of_map("sections", section.as_str()),
        TextField::AimSentence => of_map("aim", "sentence"),
        TextField::Cycle(id, which) => of_item("cycles", id, CycleText::as_str(*which)),
        TextField::Comment(id) => of_item("comments", id, "body"),
    }
}

fn time(moment: Timestamp) -> automerge::ScalarValue {
    automerge::ScalarValue::Timestamp(moment.as_millis())
}
