//! Comments on a project: each person's in a document of their own, shown together.

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Person, Right,
    comments::{Comment, CommentEdit, Comments},
};
use enhance_store::StoreReader;
use serde::Serialize;

use crate::{
    error::{Error, InputField},
    state::{State, facts::Facts, rows},
    writing::{create, edits, target::Target},
};

/// A comment as a project's screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommentView {
    pub id: ItemId,
    /// Who wrote it, if this device has heard of them.
    pub by: Option<Person>,
    /// Whether this person wrote it, and may change it.
    pub mine: bool,
    /// What it says, and about what.
    pub comment: Comment,
}

/// Everything said about a project, oldest first.
pub(super) fn on(
    store: &StoreReader,
    facts: &Facts,
    project: DocumentId,
) -> Result<Vec<CommentView>, Error> {
    let mut views = Vec::new();
    for row in store.documents_about(project)? {
        let shown = rows::shown_if_any::<Comments>(store, row.id)?;
        let Some((_, comments)) = shown else { continue };
        let (by, mine) = (store.person(row.owner)?, facts.is_me(row.owner));
        views.extend(comments.comments.into_iter().map(|(id, comment)| CommentView {
            id,
            by: by.clone(),
            mine,
            comment,
        }));
    }
    views.sort_by_key(|view| (view.comment.at, view.id));
    Ok(views)
}

/// Says something about a project.
pub(crate) fn add(
    state: &mut State,
    project: DocumentId,
    anchor: &str,
    body: &str,
) -> Result<ItemId, Error> {
    if body.trim().is_empty() {
        return Err(Error::invalid(InputField::Comment, "it is empty"));
    }
    let (id, at) = (state.environment().item_id(), state.now());
    let (body, anchor) = (body.to_owned(), anchor.to_owned());
    let comment = Comment { body, anchor, at, resolved_at: None };
    edit(state, project, &[CommentEdit::Add { id, comment }])?;
    Ok(id)
}

/// Changes this person's own comments on a project.
pub(crate) fn edit(
    state: &mut State,
    project: DocumentId,
    edits: &[CommentEdit],
) -> Result<(), Error> {
    let about = Target::of_kind(state, project, DocumentKind::ChangeProject)?;
    about.require(state, Right::Comment, "commenting on this plan")?;
    for edit in edits {
        let target = document_of(state, &about, edit)?;
        edits::edit(state, &target, None, &[Edit::Comments(edit.clone())])?;
    }
    Ok(())
}

/// The document of this person's comments that an edit belongs in; a new one if they have none.
fn document_of(state: &mut State, about: &Target, edit: &CommentEdit) -> Result<Target, Error> {
    let project = about.row.id;
    let item = match edit {
        CommentEdit::Add { .. } => None,
        CommentEdit::Rewrite { id, .. } | CommentEdit::Resolve { id, .. } => Some(*id),
    };
    for row in state.store().documents_about(project)? {
        if row.kind != DocumentKind::Comments || !about.facts.is_me(row.owner) {
            continue;
        }
        let holds_it = match item {
            None => true,
            Some(item) => state.shown::<Comments>(row.id)?.1.comments.contains_key(&item),
        };
        if holds_it {
            return Ok(Target { facts: about.facts.clone(), row });
        }
    }
    if let Some(item) = item {
        return Err(Error::not_found(Noun::Comment, item));
    }
    let new = NewDocument::Comments { owner: about.facts.person.id, about: project };
    let id = create::write(state, &about.facts, &new)?;
    Ok(Target { facts: about.facts.clone(), row: state.row(id)? })
}
