//! What one person says about a plan.
//!
//! ```text
//! about                                       scalar
//! comments/{id}/body                          text
//! comments/{id}/anchor, at, resolved_at       scalars
//! ```

use automerge::{ObjId, ROOT};
use enhance_model::{
    DocumentId, ItemId, Noun,
    comments::{Comment, CommentEdit, Comments},
};

use super::{pen::Pen, time, view::View};
use crate::DocumentError;

const ABOUT: &str = "about";
const COMMENTS: &str = "comments";
const BODY: &str = "body";
const ANCHOR: &str = "anchor";
const AT: &str = "at";
const RESOLVED_AT: &str = "resolved_at";

/// Writes a new, empty document of comments.
pub fn create(pen: &mut Pen<'_>, about: DocumentId) -> Result<(), DocumentError> {
    pen.put(&ROOT, ABOUT, about.to_string())?;
    pen.new_map(&ROOT, COMMENTS).map(drop)
}

/// Writes an edit.
pub fn write(pen: &mut Pen<'_>, edit: &CommentEdit) -> Result<(), DocumentError> {
    let comments = pen.container(COMMENTS)?;
    match edit {
        CommentEdit::Add { id, comment } => {
            let entry = pen.item_or_new(&comments, &id.to_string())?;
            pen.text(std::slice::from_ref(&entry), BODY, &comment.body)?;
            pen.put(&entry, ANCHOR, comment.anchor.as_str())?;
            pen.put(&entry, AT, time(comment.at))?;
            pen.put_or_clear(&entry, RESOLVED_AT, comment.resolved_at.map(time))
        }
        CommentEdit::Rewrite { id, body } => {
            let entries = pen.items(&comments, Noun::Comment, *id)?;
            pen.text(&entries, BODY, body)
        }
        CommentEdit::Resolve { id, at } => {
            let entry = pen.item(&comments, Noun::Comment, *id)?;
            pen.put(&entry, RESOLVED_AT, time(*at))
        }
    }
}

/// Reads the comments.
pub fn read(view: &View<'_>) -> Result<Comments, DocumentError> {
    let about = view.word(&ROOT, ABOUT).ok_or(DocumentError::NotADocument { field: ABOUT })?;
    let comments = view.items::<ItemId>(COMMENTS).into_iter();
    let comments =
        comments.filter_map(|(id, maps)| Some((id, read_comment(view, &maps)?))).collect();
    Ok(Comments { about, comments })
}

fn read_comment(view: &View<'_>, maps: &[ObjId]) -> Option<Comment> {
    let map = maps.last()?;
    Some(Comment {
        body: view.text(maps, BODY),
        anchor: view.string_or_empty(map, ANCHOR),
        at: view.moment(map, AT).unwrap_or_default(),
        resolved_at: view.moment(map, RESOLVED_AT),
    })
}
