//! Reflections: begun from a template, written in private.

use enhance_documents::{Content, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, Noun, Version,
    programme::Template,
    reflection::{Reflection, ReflectionEdit},
};
use serde::Serialize;

use super::{
    keys_of_programme, programme,
    status::{self, DocumentStatus, Reader},
};
use crate::{
    error::{Error, InputField},
    state::{State, documents, rows, screens::Screen},
    writing::{
        create,
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
    /// The template it was begun from, if this device has it in that version: the prompts in
    /// their order.
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

/// Begins a reflection from a template, in the version that is in use now.
pub(crate) fn begin(
    state: &mut State,
    template: &str,
    title: &str,
    prompted_by: Option<&str>,
) -> Result<DocumentId, Error> {
    let facts = state.facts()?;
    let known = match state.programme()? {
        Some(pack) => {
            let known = pack.programme.template(template).cloned();
            Some(known.ok_or_else(|| Error::not_found(Noun::Template, template))?)
        }
        None => None,
    };
    facts.limits().check_string(title)?;
    let prompts = known.iter().flat_map(|template| &template.prompts);
    let reflection = Reflection {
        title: title.to_owned(),
        template: template.to_owned(),
        template_version: known.as_ref().map_or(0, |template| template.version),
        answers: prompts.map(|prompt| (prompt.key.clone(), String::new())).collect(),
        prompted_by: prompted_by.map(str::to_owned),
        created_at: state.now(),
        ..Reflection::default()
    };
    let new = NewDocument::Reflection { owner: facts.person.id, reflection };
    create::write(state, &facts, &new)
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
    let template =
        programme::template_in(screen, &reflection.template, reflection.template_version)?;
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
    keys_of_programme::check_capabilities(state, tags)?;
    let edits: Vec<Edit> = edits.iter().cloned().map(Edit::Reflection).collect();
    let target = Target::writable(state, id, DocumentKind::Reflection)?;
    edits::edit(state, &target, base, &edits)
}
