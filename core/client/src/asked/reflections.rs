//! Reflections: begun from a template, written in private.

use enhance_documents::{Content, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, Version,
    programme::Template,
    reflection::{Reflection, ReflectionEdit},
};
use serde::Serialize;

use super::{
    keys_of_programme, prompts,
    status::{self, DocumentStatus, Reader},
};
use crate::{
    error::{Error, InputField},
    state::{State, documents, rows, screens::Screen},
    writing::{
        asked_prompts, create,
        drafts::{self, DraftView},
        edits,
        target::Target,
    },
};

/// A reflection as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReflectionView {
    pub id: DocumentId,
    /// What it says, with what was typed and is not settled.
    pub reflection: Reflection,
    /// The template it was begun from, in that version: the prompts in their order. They stay with
    /// the reflection, whatever version of the programme is in use; none where it was begun before
    /// any programme was here.
    pub template: Option<Template>,
    /// What was typed and is not settled.
    pub drafts: Vec<DraftView>,
    /// The version this is of; to be handed back with edits.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
    /// Who can see it or a copy of it.
    pub readers: Vec<Reader>,
}

/// Begins a reflection from a template, in the version that is in use now, with some edits of it.
/// If one of them is refused there is no reflection.
pub(crate) fn begin(
    state: &mut State,
    template: &str,
    title: &str,
    prompted_by: Option<&str>,
    edits: &[ReflectionEdit],
) -> Result<DocumentId, Error> {
    check(state, edits)?;
    let facts = state.facts()?;
    let (template_version, prompts) = prompts::to_begin(state, template)?;
    facts.limits().check_string(title)?;
    if let Some(key) = prompted_by {
        facts.limits().check_string(key)?;
        keys_of_programme::check_prompted_by(state, key)?;
    }
    let reflection = Reflection {
        title: title.to_owned(),
        template: template.to_owned(),
        template_version,
        answers: prompts.iter().map(|prompt| (prompt.key.clone(), String::new())).collect(),
        prompts,
        prompted_by: prompted_by.map(str::to_owned),
        created_at: state.now(),
        ..Reflection::default()
    };
    for edit in edits {
        if let ReflectionEdit::Answer { prompt, .. } = edit {
            asked_prompts::is_asked(&reflection, prompt)?;
        }
    }
    let edits: Vec<Edit> = edits.iter().cloned().map(Edit::Reflection).collect();
    let new = NewDocument::Reflection { owner: facts.person.id, reflection };
    create::write_with(state, &facts, &new, &edits)
}

/// A reflection as it is settled, with what was typed into it beside.
pub(crate) fn settled(screen: &mut Screen<'_>, id: DocumentId) -> Result<ReflectionView, Error> {
    let store = screen.store();
    let row = documents::row_of(store, id, DocumentKind::Reflection)?;
    if store.document_key(id)?.is_none() {
        screen.facts()?.account_key()?;
    }
    let drafts = drafts::of(store, id)?;
    let (summary, reflection) = rows::shown::<Reflection>(store, id)?;
    let status = status::of_reflection(store, &row, &reflection)?;
    let readers = status::readers_of_reflection(store, &row, &reflection)?;
    let asked = (reflection.template.as_str(), reflection.template_version);
    let template = prompts::template(screen, asked, &reflection.prompts)?;
    let version = summary.version;
    Ok(ReflectionView { id, reflection, template, drafts, version, status, readers })
}

/// A reflection with what was typed into it.
pub(crate) fn view(state: &mut State, id: DocumentId) -> Result<ReflectionView, Error> {
    let row = state.row_of(id, DocumentKind::Reflection)?;
    state.bring_up_to_date(&row)?;
    let mut view = settled(&mut state.screen(), id)?;
    if let Some(Content::Reflection(typed)) = drafts::content_with(state, &row, &view.drafts)? {
        view.reflection = typed;
    }
    Ok(view)
}

/// Edits a reflection of this person.
pub(crate) fn edit(
    state: &mut State,
    id: DocumentId,
    base: Option<&Version>,
    edits: &[ReflectionEdit],
) -> Result<Version, Error> {
    check(state, edits)?;
    let edits: Vec<Edit> = edits.iter().cloned().map(Edit::Reflection).collect();
    let target = Target::writable(state, id, DocumentKind::Reflection)?;
    asked_prompts::check(state.document(&target.row)?, &edits)?;
    edits::edit(state, &target, base, &edits)
}

/// Refuses edits that nobody makes by hand, and tags that the programme does not have.
fn check(state: &mut State, edits: &[ReflectionEdit]) -> Result<(), Error> {
    let is_bookkeeping = |edit: &ReflectionEdit| {
        matches!(edit, ReflectionEdit::AddCopy { .. } | ReflectionEdit::RemoveCopy { .. })
    };
    if edits.iter().any(is_bookkeeping) {
        return Err(Error::invalid(InputField::Edit, "copies are noted by sharing and deleting"));
    }
    let tags = edits.iter().filter_map(|edit| match edit {
        ReflectionEdit::AddTag { tag } => Some(tag),
        _ => None,
    });
    keys_of_programme::check_tags(state, tags)
}
