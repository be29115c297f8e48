//! What one person says about a project.

use std::collections::BTreeMap;

use enhance_model::{
    DocumentId, ItemId, Noun,
    comments::{Comment, CommentEdit, Comments},
    field::{Field, Shape},
    nudge::Nudge,
    record::Fields,
};

use super::{
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// What is declared of a document of comments. What is late came with schema 2.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::id("about").needed().fixed(),
    Field::items("comments", Noun::Comment, COMMENT),
    Field::moments(TAKEN_BACK).late(),
    Field::items("nudges", Noun::Nudge, NUDGE).late(),
];

/// Since when comments are shown no more, by their ids.
const TAKEN_BACK: &str = "taken_back";

const COMMENT: &[Field] = &[
    Field::text("body"),
    Field::string("anchor"),
    Field::moment("at"),
    Field::moment("resolved_at").optional(),
];

/// Made once, and the same by whichever device of a person.
const NUDGE: &[Field] = &[Field::string("anchor"), Field::string("why"), Field::moment("at")];

/// Writes a new, empty document of comments.
pub fn create(root: &mut Writer<'_, '_>, about: DocumentId) -> Result<(), DocumentError> {
    root.put("about", about.to_string())
}

/// Writes an edit of comments.
pub fn write(mut root: Writer<'_, '_>, edit: &CommentEdit) -> Result<(), DocumentError> {
    match edit {
        CommentEdit::Add { id, comment } => {
            let mut item = root.item_or_new("comments", id)?;
            item.text("body", &comment.body)?;
            item.put("anchor", comment.anchor.as_str())?;
            item.put("at", of_moment(comment.at))?;
            item.put_or_clear("resolved_at", comment.resolved_at.map(of_moment))
        }
        CommentEdit::Rewrite { id, body } => root.item("comments", id)?.text("body", body),
        CommentEdit::Resolve { id, at } => {
            root.item("comments", id)?.put("resolved_at", of_moment(*at))
        }
        CommentEdit::TakeBack { id, at } => {
            root.item("comments", id)?;
            root.put_at(TAKEN_BACK, Shape::Moments, &id.to_string(), of_moment(*at))
        }
        CommentEdit::PutBack { id } => {
            root.item("comments", id)?;
            root.clear_at(TAKEN_BACK, Shape::Moments, &id.to_string())
        }
        CommentEdit::Nudge { id, nudge } => {
            if root.has_item("nudges", id)? {
                return Ok(());
            }
            let mut item = root.item_or_new("nudges", id)?;
            item.put("anchor", nudge.anchor.as_str())?;
            item.put("why", nudge.why.as_str())?;
            item.put("at", of_moment(nudge.at))
        }
    }
}

/// Reads all comments in the document.
pub fn read(root: &Reader<'_>) -> Result<Comments, DocumentError> {
    let about = root.word("about").ok_or(DocumentError::NotADocument { field: "about" })?;
    let all: BTreeMap<ItemId, Comment> = root.items("comments", |item| Some(read_comment(item)));
    let moments = root.moments(TAKEN_BACK);
    let (taken_back, comments) = all.into_iter().partition(|(id, _)| moments.contains_key(id));
    let nudges = root.items("nudges", |item| {
        let at = item.moment("at")?;
        Some(Nudge { anchor: item.string("anchor"), why: item.string("why"), at })
    });
    Ok(Comments { about, comments, taken_back, nudges })
}

fn read_comment(item: &Reader<'_>) -> Comment {
    Comment {
        body: item.text("body"),
        anchor: item.string("anchor"),
        at: item.moment("at").unwrap_or_default(),
        resolved_at: item.moment("resolved_at"),
    }
}
