//! What documents look like inside: maps, texts and single values under keys that each kind of
//! document declares.
//!
//! Schema 3. Every document has `schema`, `kind`, `owner` and `created_at` at its root. Maps that
//! hold items are made by the change that creates the document and never again, and items sit in
//! them under their ids, so that two devices can add to them at once without a conflict. What
//! several people write together is a text that merges by character; all else is a single value.
//!
//! Keys that this version does not know are left as they are, and so are words: an unknown word
//! reads as the field's default and stays in the document until a person sets the field anew.
//!
//! Each kind has a file with its declaration and the model's type in its terms; `root.rs` has what
//! all kinds share. What can be declared is in the model (`field.rs`); `reader.rs`, `writer.rs`, `check.rs` and
//! `places.rs` follow a declaration.

mod attachments;
mod check;
mod comments;
mod decisions;
mod difference;
mod disagreements;
pub mod law;
pub mod named;
#[cfg(test)]
mod page;
pub mod parts;
pub mod pen;
mod personal_record;
mod places;
mod project;
mod reader;
mod reflection;
mod root;
pub mod scalar;
mod sign_off;
pub mod texts;
pub mod view;
mod writer;

use automerge::ObjId;
use enhance_model::{DocumentKind, Timestamp, field::Field};

pub use decisions::path_of;
pub use root::{Identity, SCHEMA, version};

use crate::{Content, DocumentError, Edit, NewDocument, TextField};
use pen::Pen;
use reader::Reader;
use root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD, written_version};
use view::View;
use writer::Writer;

/// Whether documents of this kind have a field of this key at their root.
pub fn is_root_key(kind: DocumentKind, key: &str) -> bool {
    fields(kind).iter().any(|field| field.key == key)
}

/// What is declared of the documents of a kind.
const fn fields(kind: DocumentKind) -> &'static [Field] {
    match kind {
        DocumentKind::Reflection => reflection::FIELDS,
        DocumentKind::PersonalRecord => personal_record::FIELDS,
        DocumentKind::SharedReflection => reflection::SHARED_FIELDS,
        DocumentKind::ChangeProject => project::FIELDS,
        DocumentKind::Comments => comments::FIELDS,
        DocumentKind::SignOffRequest => sign_off::REQUEST_FIELDS,
        DocumentKind::SignOff => sign_off::FIELDS,
    }
}

/// Whether a document is one of this kind, with everything that is declared of the declared type.
pub fn fits(view: &View<'_>, kind: DocumentKind) -> bool {
    let has_schema = written_version(view).is_some_and(|schema| schema >= 1);
    has_schema && check::fits(&Reader::root(view, fields(kind)))
}

/// Whether nothing fixed differs between two versions of a document, one of which follows from the
/// other, and no map that holds things was replaced by an empty one.
#[cfg(test)]
pub fn is_kept(before: &View<'_>, after: &View<'_>, kind: DocumentKind) -> bool {
    version(after) >= version(before)
        && fields(kind).iter().all(|field| check::is_kept(before, after, field))
}

/// Writes the skeleton and the first content of a new document.
pub fn create(
    pen: &mut Pen<'_>,
    new: &NewDocument,
    now: Timestamp,
) -> Result<Identity, DocumentError> {
    let kind = new.kind();
    let (owner, created_at) = match new {
        NewDocument::Reflection { owner, reflection } => (*owner, reflection.created_at),
        NewDocument::PersonalRecord { owner }
        | NewDocument::SharedReflection { owner, .. }
        | NewDocument::ChangeProject { owner, .. }
        | NewDocument::Comments { owner, .. }
        | NewDocument::SignOffRequest { owner, .. }
        | NewDocument::SignOff { owner, .. } => (*owner, now),
    };
    let mut root = Writer::new_document(pen, fields(kind));
    root.put(SCHEMA_FIELD.key, u64::from(SCHEMA))?;
    root.put(KIND.key, kind.as_str())?;
    root.put(OWNER.key, owner.to_string())?;
    root.put(CREATED_AT.key, scalar::of_moment(created_at))?;
    match new {
        NewDocument::Reflection { reflection: new, .. } => reflection::create(&mut root, new)?,
        NewDocument::SharedReflection { copy, .. } => reflection::create_shared(&mut root, copy)?,
        NewDocument::ChangeProject { title, topic, setting, .. } => {
            project::create(&mut root, title, topic, setting)?;
        }
        NewDocument::Comments { about, .. } => comments::create(&mut root, *about)?,
        NewDocument::SignOffRequest { request, .. } => {
            sign_off::create_request(&mut root, request)?;
        }
        NewDocument::SignOff { sign_off: new, .. } => sign_off::create(&mut root, new)?,
        NewDocument::PersonalRecord { .. } => {}
    }
    root.complete()?;
    Ok(Identity { kind, owner })
}

/// Writes one edit of a document of this kind.
pub fn write(pen: &mut Pen<'_>, kind: DocumentKind, edit: &Edit) -> Result<(), DocumentError> {
    let root = Writer::root(pen, fields(kind));
    match (kind, edit) {
        (kind, _) if kind.never_changes() => Err(DocumentError::NeverChanges),
        (DocumentKind::Reflection, Edit::Reflection(edit)) => reflection::write(root, edit),
        (DocumentKind::ChangeProject, Edit::ChangeProject(edit)) => project::write(root, edit),
        (DocumentKind::ChangeProject, Edit::Suggestion(edit)) => decisions::write(root, edit),
        (DocumentKind::Comments, Edit::Comments(edit)) => comments::write(root, edit),
        (DocumentKind::PersonalRecord, Edit::PersonalRecord(edit)) => {
            personal_record::write(root, edit)
        }
        (kind, Edit::Attachment(of, edit)) if kind == *of && attachments::are_in(kind) => {
            attachments::write(root, edit)
        }
        (kind, edit) => Err(DocumentError::WrongKind { kind, edit: edit.kind() }),
    }
}

/// Writes each of several edits; what is long in it after all else of it.
pub fn write_each(
    pen: &mut Pen<'_>,
    kind: DocumentKind,
    edits: &[Edit],
) -> Result<(), DocumentError> {
    edits.iter().try_for_each(|edit| {
        write(pen, kind, edit)?;
        pen.write_rest()
    })
}

/// Empties each text that says the same as another one at its place.
pub fn empty_twins(pen: &mut Pen<'_>, kind: DocumentKind) -> Result<(), DocumentError> {
    let view = pen.view();
    let mut found = Vec::new();
    places::each_text(&Reader::root(&view, fields(kind)), &mut |objects| {
        if objects.len() > 1 {
            let texts: Vec<String> = objects.iter().map(|id| view.text_of(id)).collect();
            found.extend(view::twins(&texts).into_iter().filter_map(|at| objects.get(at).cloned()));
        }
    });
    drop(view);
    found.iter().try_for_each(|text| pen.write_text(text, ""))
}

/// Notes in what was written that this version's schema wrote it.
pub fn note_schema(pen: &mut Pen<'_>) -> Result<(), DocumentError> {
    if pen.has_written() && version(&pen.view()) < SCHEMA {
        let key = SCHEMA_FIELD.key;
        return pen.put(&automerge::ROOT, key, u64::from(SCHEMA));
    }
    Ok(())
}

/// Reads everything a document of this kind says.
pub fn read(view: &View<'_>, kind: DocumentKind) -> Result<Content, DocumentError> {
    let root = Reader::root(view, fields(kind));
    Ok(match kind {
        DocumentKind::Reflection => Content::Reflection(reflection::read(&root)),
        DocumentKind::SharedReflection => Content::SharedReflection(reflection::read_shared(&root)),
        DocumentKind::ChangeProject => Content::ChangeProject(Box::new(project::read(&root))),
        DocumentKind::PersonalRecord => {
            Content::PersonalRecord(Box::new(personal_record::read(&root)))
        }
        DocumentKind::Comments => Content::Comments(comments::read(&root)?),
        DocumentKind::SignOffRequest => Content::SignOffRequest(sign_off::read_request(&root)),
        DocumentKind::SignOff => Content::SignOff(Box::new(sign_off::read(&root)?)),
    })
}

/// Reads anew of what a document says what an edit wrote, where that is one text or one thing; false
/// where all of it has to be read.
pub fn read_written(view: &View<'_>, content: &mut Content, edit: &Edit) -> bool {
    match (content, edit) {
        (Content::Reflection(content), Edit::Reflection(edit)) => {
            reflection::read_written(&Reader::root(view, reflection::FIELDS), content, edit)
        }
        (Content::ChangeProject(content), Edit::ChangeProject(edit)) => {
            project::read_written(&Reader::root(view, project::FIELDS), content, edit)
        }
        (Content::PersonalRecord(content), Edit::PersonalRecord(edit)) => {
            let root = Reader::root(view, personal_record::FIELDS);
            personal_record::read_written(&root, content, edit)
        }
        _ => false,
    }
}

/// The text objects in which a text field is written.
pub fn text_objects(view: &View<'_>, kind: DocumentKind, field: &TextField) -> Vec<ObjId> {
    places::text_objects(&Reader::root(view, fields(kind)), &field.path())
}

/// The text objects at a path of a document.
pub fn texts_at(view: &View<'_>, kind: DocumentKind, path: &[String]) -> Vec<ObjId> {
    places::text_objects(&Reader::root(view, fields(kind)), path)
}

/// Every single value that stands in a declared field, by its path, with the operation that put it
/// there.
pub fn scalars(view: &View<'_>, kind: DocumentKind) -> Vec<(String, ObjId)> {
    places::scalars(&Reader::root(view, fields(kind)))
}

#[cfg(test)]
mod tests;
