//! What people say: each person's comments in a document of their own, shown together.

use std::ops::Range;

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Person, Right, Version,
    comments::{Comment, CommentEdit, CommentRef, Comments, Said, next_moment},
    folding,
};
use enhance_store::{DocumentRow, StoreReader};
use serde::Serialize;

use super::places;
use crate::{
    asked::checking,
    error::{Error, InputField},
    state::{State, documents, facts::Facts, rows, screens::Screen},
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

/// What a new comment is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentPlace {
    /// The part: `problem`, `aim/by_date`, `measures/{id}/unit`, a thing's id, or in a shared copy
    /// the key of a prompt. Empty for the whole.
    pub part: String,
    /// The characters of its text; none for all of it.
    pub range: Option<Range<u32>>,
    /// The version in which the screen showed them; none for what stands.
    pub version: Option<Version>,
}

impl From<&str> for CommentPlace {
    fn from(part: &str) -> Self {
        Self { part: part.to_owned(), ..Self::default() }
    }
}

/// The comments of everybody on a document, with whose they are.
pub(in crate::asked) fn all_on(
    store: &StoreReader,
    about: DocumentId,
) -> Result<Vec<(DocumentRow, Comments)>, Error> {
    let mut all = Vec::new();
    for row in store.documents_about(about)? {
        if row.kind == DocumentKind::Comments
            && let Some((_, comments)) = rows::shown_if_any::<Comments>(store, row.id)?
        {
            all.push((row, comments));
        }
    }
    Ok(all)
}

pub(in crate::asked) fn said(all: &[(DocumentRow, Comments)]) -> Vec<Said<'_>> {
    let said = |(row, comments)| {
        let row: &DocumentRow = row;
        Said { document: row.id, by: row.owner, comments }
    };
    all.iter().map(|(row, comments)| said((row, comments))).collect()
}

/// The document of another kind that comments may be about.
pub(super) fn about(state: &mut State, document: DocumentId) -> Result<Target, Error> {
    let target = Target::of(state, document)?;
    match target.row.kind {
        DocumentKind::ChangeProject | DocumentKind::SharedReflection => Ok(target),
        _ => Err(Error::not_found(Noun::Project, document)),
    }
}

/// Everything said about a project, oldest first.
pub(in crate::asked) fn on(
    store: &StoreReader,
    facts: &Facts,
    about: DocumentId,
) -> Result<Vec<CommentView>, Error> {
    let mut views = Vec::new();
    for (row, comments) in all_on(store, about)? {
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

/// What this person said about a document and took back, oldest first.
pub(crate) fn taken_back(
    screen: &mut Screen<'_>,
    about: DocumentId,
) -> Result<Vec<CommentView>, Error> {
    let (store, facts) = (screen.store(), screen.facts()?);
    documents::row(store, about)?;
    let mut views = Vec::new();
    for (row, comments) in all_on(store, about)? {
        if !facts.is_me(row.owner) {
            continue;
        }
        let by = store.person(row.owner)?;
        views.extend(comments.taken_back.into_iter().map(|(id, comment)| CommentView {
            id,
            by: by.clone(),
            mine: true,
            comment,
        }));
    }
    views.sort_by_key(|view| (view.comment.at, view.id));
    Ok(views)
}

/// Says something about a document.
pub(crate) fn add(
    state: &mut State,
    document: DocumentId,
    place: &CommentPlace,
    body: &str,
) -> Result<ItemId, Error> {
    check_body(body)?;
    let target = about(state, document)?;
    target.require(state, Right::Comment, "commenting on this")?;
    let anchor = places::typed(state, &target.row, &place.part)?;
    let base = place.version.as_ref();
    let span = match &place.range {
        Some(range) => Some(places::marked(state, &target.row, &anchor, range, base)?.0),
        None => None,
    };
    let (id, at) = (state.environment().item_id(), state.now());
    let (body, answers) = (body.to_owned(), None);
    let comment = Comment { body, anchor, span, answers, at, edited_at: None, resolved_at: None };
    edit(state, document, &[CommentEdit::Add { id, comment }])?;
    Ok(id)
}

/// Answers a comment, of whomever it is.
pub(crate) fn answer(
    state: &mut State,
    document: DocumentId,
    to: CommentRef,
    body: &str,
) -> Result<ItemId, Error> {
    check_body(body)?;
    let all = all_on(state.store(), document)?;
    let answered = all.iter().find(|(row, _)| row.id == to.document);
    let answered = answered.and_then(|(_, comments)| {
        comments.comments.get(&to.id).or_else(|| comments.taken_back.get(&to.id))
    });
    let answered = answered.ok_or_else(|| Error::not_found(Noun::Comment, to.id))?;
    let (id, at) = (state.environment().item_id(), state.now());
    let comment = Comment {
        body: body.to_owned(),
        anchor: answered.anchor.clone(),
        span: None,
        answers: Some(to),
        at,
        edited_at: None,
        resolved_at: None,
    };
    edit(state, document, &[CommentEdit::Add { id, comment }])?;
    Ok(id)
}

fn check_body(body: &str) -> Result<(), Error> {
    if folding::is_blank(body) {
        return Err(Error::invalid(InputField::Comment, "it is empty"));
    }
    Ok(())
}

/// Changes this person's own comments on a document, or settles anybody's. When it was done is this
/// device's to say.
pub(crate) fn edit(
    state: &mut State,
    document: DocumentId,
    edits: &[CommentEdit],
) -> Result<(), Error> {
    let about = about(state, document)?;
    about.require(state, Right::Comment, "commenting on this")?;
    let words: Vec<&str> = edits.iter().flat_map(words_of).collect();
    checking::let_say(state, document, &words)?;
    for edit in edits {
        let edit = dated(state, document, edit)?;
        write(state, &about, edit)?;
    }
    Ok(())
}

/// The words that an edit lets others read.
fn words_of(edit: &CommentEdit) -> Vec<&str> {
    match edit {
        CommentEdit::Add { comment, .. } => vec![&comment.body],
        CommentEdit::Rewrite { body, .. } => vec![body],
        CommentEdit::Suggest { suggestion, .. } => vec![&suggestion.replacement, &suggestion.why],
        _ => Vec::new(),
    }
}

/// Writes an edit of what this person says about something, which was looked at before.
pub(in crate::asked) fn write(
    state: &mut State,
    about: &Target,
    edit: CommentEdit,
) -> Result<(), Error> {
    let target = document_of(state, about, &edit)?;
    edits::edit(state, &target, None, &[Edit::Comments(edit)]).map(drop)
}

/// The edit with the moment of now, or one after all at which the same was done.
fn dated(state: &State, document: DocumentId, edit: &CommentEdit) -> Result<CommentEdit, Error> {
    let now = state.now();
    Ok(match edit {
        CommentEdit::Rewrite { id, body, .. } => {
            check_body(body)?;
            CommentEdit::Rewrite { id: *id, body: body.clone(), at: now }
        }
        CommentEdit::Resolve { id, .. } | CommentEdit::Reopen { id, .. } => {
            let all = all_on(state.store(), document)?;
            if !all.iter().any(|(_, comments)| comments.has(*id)) {
                return Err(Error::not_found(Noun::Comment, id));
            }
            let (id, at) = (*id, next_moment(&said(&all), *id, now));
            if matches!(edit, CommentEdit::Resolve { .. }) {
                CommentEdit::Resolve { id, at }
            } else {
                CommentEdit::Reopen { id, at }
            }
        }
        edit => edit.clone(),
    })
}

/// The document of this person's comments that an edit belongs in; a new one if they have none.
fn document_of(state: &mut State, about: &Target, edit: &CommentEdit) -> Result<Target, Error> {
    let project = about.row.id;
    let item = match edit {
        CommentEdit::Rewrite { id, .. }
        | CommentEdit::TakeBack { id, .. }
        | CommentEdit::PutBack { id } => Some(*id),
        _ => None,
    };
    for (row, comments) in all_on(state.store(), project)? {
        if about.facts.is_me(row.owner) && item.is_none_or(|item| comments.has(item)) {
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
