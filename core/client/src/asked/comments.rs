//! Comments on a project: each person's in a document of their own, shown together.

use enhance_documents::{Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Noun, Person, Right,
    change_project::{ChangeProject, Section},
    comments::{Comment, CommentEdit, Comments},
    nudge::Nudge,
};
use enhance_store::StoreReader;
use serde::Serialize;

use crate::{
    error::{Error, InputField},
    state::{State, documents, facts::Facts, rows, screens::Screen},
    writing::{create, edits, target::Target},
};

/// The anchor of a comment on the aim.
const AIM: &str = "aim";
/// So many things of a plan are named to one who named none of them, each with so many characters.
const LISTED: usize = 12;
const LABEL: usize = 40;

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

/// What this person said about a project and took back, oldest first.
pub(crate) fn taken_back(
    screen: &mut Screen<'_>,
    project: DocumentId,
) -> Result<Vec<CommentView>, Error> {
    let (store, facts) = (screen.store(), screen.facts()?);
    documents::row_of(store, project, DocumentKind::ChangeProject)?;
    let mut views = Vec::new();
    for row in store.documents_about(project)?.into_iter().filter(|row| facts.is_me(row.owner)) {
        let shown = rows::shown_if_any::<Comments>(store, row.id)?;
        let taken = shown.map(|(_, comments)| comments.taken_back).unwrap_or_default();
        let by = store.person(row.owner)?;
        views.extend(taken.into_iter().map(|(id, comment)| CommentView {
            id,
            by: by.clone(),
            mine: true,
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
    let anchors = edits.iter().filter_map(|edit| match edit {
        CommentEdit::Add { comment: Comment { anchor, .. }, .. }
        | CommentEdit::Nudge { nudge: Nudge { anchor, .. }, .. }
            if !anchor.is_empty() =>
        {
            Some(anchor)
        }
        _ => None,
    });
    let anchors: Vec<&String> = anchors.collect();
    if !anchors.is_empty() {
        let (_, standing) = state.shown::<ChangeProject>(project)?;
        anchors.into_iter().try_for_each(|anchor| check_anchor(&standing, anchor))?;
    }
    for edit in edits {
        let target = document_of(state, &about, edit)?;
        edits::edit(state, &target, None, &[Edit::Comments(edit.clone())])?;
    }
    Ok(())
}

/// Refuses what is no part of the plan: two phones would show such a comment in different places.
fn check_anchor(project: &ChangeProject, anchor: &str) -> Result<(), Error> {
    let is_part = anchor == AIM || anchor.parse::<Section>().is_ok();
    let is_item = |id: ItemId| project.has_item(id) || project.taken_back.contains_key(&id);
    // As it is printed and in no other form, so that what is looked for is found.
    let item = anchor.parse().ok().filter(|id: &ItemId| id.to_string() == anchor);
    if is_part || item.is_some_and(is_item) {
        return Ok(());
    }
    let anchor: String = anchor.chars().take(80).collect();
    let (sections, items) = (Section::WORDS.join(", "), listed(project));
    let why = format!("{anchor:?} is no part of this plan; its parts are {AIM}, {sections}{items}");
    Err(Error::invalid(InputField::Comment, why))
}

/// The first of what is in a plan, for a person to find what they meant.
fn listed(project: &ChangeProject) -> String {
    let of_kind = |noun: Noun| project.ids_of(noun).into_iter().map(move |id| (noun, id));
    let mut items = ChangeProject::ITEMS.iter().flat_map(|noun| of_kind(*noun));
    let named = |(noun, id): (Noun, ItemId)| {
        let label: String = project.label(noun, id).chars().take(LABEL).collect();
        format!("{noun} {id} {label}").trim_end().to_owned()
    };
    let first: Vec<String> = items.by_ref().take(LISTED).map(named).collect();
    let more = items.count();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    if first.is_empty() { more } else { format!(", {}{more}", first.join(", ")) }
}

/// The document of this person's comments that an edit belongs in; a new one if they have none.
fn document_of(state: &mut State, about: &Target, edit: &CommentEdit) -> Result<Target, Error> {
    let project = about.row.id;
    let item = match edit {
        CommentEdit::Add { .. } | CommentEdit::Nudge { .. } => None,
        edit => Some(edit.id()),
    };
    for row in state.store().documents_about(project)? {
        if row.kind != DocumentKind::Comments || !about.facts.is_me(row.owner) {
            continue;
        }
        let holds_it = match item {
            None => true,
            Some(item) => {
                let (_, said) = state.shown::<Comments>(row.id)?;
                said.comments.contains_key(&item) || said.taken_back.contains_key(&item)
            }
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
