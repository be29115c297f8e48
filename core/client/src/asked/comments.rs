//! Comments on a plan: each person's in a document of their own, shown together.

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Person, Right,
    comments::{Comment, CommentEdit, Comments},
};
use serde::Serialize;

use crate::{Error, InputField, LearningCore, core::State};

/// A comment as a plan's screen shows it.
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

impl State {
    /// Everything said about a plan, oldest first.
    pub(crate) fn comments_on(&mut self, plan: DocumentId) -> Result<Vec<CommentView>, Error> {
        let facts = self.facts()?;
        let mut views = Vec::new();
        for row in self.store.documents_about(plan)? {
            if self.store.projection(row.id)?.is_none() {
                continue;
            }
            let (_, comments) = self.shown::<Comments>(row.id)?;
            let (by, mine) = (self.person(row.owner)?, facts.is_me(row.owner));
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

    /// The document in which this person comments on a plan; `holding` a comment, or any.
    fn my_comments(
        &mut self,
        plan: DocumentId,
        holding: Option<ItemId>,
    ) -> Result<Option<DocumentId>, Error> {
        let facts = self.facts()?;
        for row in self.store.documents_about(plan)? {
            if row.kind != DocumentKind::Comments || !facts.is_me(row.owner) {
                continue;
            }
            let Some(item) = holding else { return Ok(Some(row.id)) };
            if self.shown::<Comments>(row.id)?.1.comments.contains_key(&item) {
                return Ok(Some(row.id));
            }
        }
        Ok(None)
    }

    fn edit_comment(&mut self, plan: DocumentId, edit: CommentEdit) -> Result<(), Error> {
        let row = self.row_of(plan, DocumentKind::ChangeProject)?;
        self.require(&row, Right::Comment, "commenting on this plan")?;
        let holding = match &edit {
            CommentEdit::Add { .. } => None,
            CommentEdit::Rewrite { id, .. } | CommentEdit::Resolve { id, .. } => Some(*id),
        };
        let document = match (self.my_comments(plan, holding)?, holding) {
            (Some(document), _) => document,
            (None, None) => self.begin_comments(plan)?,
            (None, Some(item)) => {
                return Err(Error::not_found(Noun::Comment, item));
            }
        };
        self.edit(document, None, &[Edit::Comments(edit)]).map(drop)
    }

    fn begin_comments(&mut self, plan: DocumentId) -> Result<DocumentId, Error> {
        let owner = self.facts()?.person.id;
        let (id, prepared) = self.prepare_new(&NewDocument::Comments { owner, about: plan })?;
        self.write(|write| prepared.write(write))?;
        Ok(id)
    }
}

impl LearningCore {
    /// Says something about a plan. `anchor` is a section's name or an item's id; empty for the
    /// whole plan.
    pub fn comment(&self, project: DocumentId, anchor: &str, body: &str) -> Result<ItemId, Error> {
        if body.trim().is_empty() {
            return Err(Error::invalid(InputField::Comment, "it is empty"));
        }
        self.with(|state| {
            let (id, at) = (state.item_id(), state.now());
            let (body, anchor) = (body.to_owned(), anchor.to_owned());
            let comment = Comment { body, anchor, at, resolved_at: None };
            state.edit_comment(project, CommentEdit::Add { id, comment })?;
            Ok(id)
        })
    }

    /// Changes this person's own comments on a plan.
    pub fn edit_comments(&self, project: DocumentId, edits: &[CommentEdit]) -> Result<(), Error> {
        self.with(|state| {
            edits.iter().try_for_each(|edit| state.edit_comment(project, edit.clone()))
        })
    }
}
