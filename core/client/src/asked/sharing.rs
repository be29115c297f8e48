//! Sharing a reflection: a new document of the text as it stands, without the history behind it.

use enhance_documents::{Content, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, Noun, Person, PersonId, Right, Round, Sha256, Version,
    programme::Template,
    reflection::{Copy, Reflection, ReflectionEdit, SharedReflection},
};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::Origin;
use serde::Serialize;

use super::{
    checking,
    lists::DocumentSummary,
    members, programme,
    status::{self, DocumentStatus},
};
use crate::{
    error::Error,
    state::{State, documents, rows, screens::Screen},
    writing::{
        create, drafts,
        edits::{self, EditsOf},
        entries,
        pending::PendingWrite,
        rights,
        target::Target,
    },
};

/// A copy of a reflection as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedView {
    pub id: DocumentId,
    pub copy: SharedReflection,
    /// The template it was written in, if this device has it in that version.
    pub template: Option<Template>,
    pub owner: Option<Person>,
    /// The version this is of.
    pub version: Version,
    /// How far it has come.
    pub status: DocumentStatus,
}

/// Settles a reflection and gives a person a copy of it as it stands, unless it may tell who
/// somebody is and that was not acknowledged.
pub(crate) fn share(
    state: &mut State,
    id: DocumentId,
    with: PersonId,
    acknowledged: Option<Sha256>,
) -> Result<DocumentId, Error> {
    let target = Target::writable(state, id, DocumentKind::Reflection)?;
    let Target { facts, row } = &target;
    members::another_person(state.store(), facts, with)?;
    let typed = drafts::of(state.store(), id)?;
    edits::settle(state, &target, typed)?;
    let at = state.now();
    let Content::Reflection(reflection) = state.document(row)?.content()? else {
        return Err(Error::not_found(Noun::Reflection, id));
    };
    let texts = checking::of_reflection(&reflection);
    checking::let_leave(state, Some(id), &texts, acknowledged)?;
    let new = NewDocument::SharedReflection { owner: row.owner, copy: reflection.to_shared(at) };
    let (document, copy) = create::prepare(state, facts, &new)?;
    // Who reads it may say something about it; the copy itself never changes.
    let (right, round, preview) = (Right::Comment, Round::after(None), None);
    let grant = Grant { id: state.environment().item_id(), to: with, right, round, at, preview };
    let granted = entries::own(grant.offer(document), vec![state.create_of(document)?], facts)?;
    let noted = ReflectionEdit::AddCopy { document, copy: Copy { with, at } };
    let note = note(state, &target, noted)?;
    state.write(|write| {
        copy.write(write)?;
        write.put_entry(&granted, Origin::Here { at })?;
        rights::give(write, document, (&grant, facts.person.id), false)?;
        note.iter().try_for_each(|note| note.write(write))
    })?;
    Ok(document)
}

/// What notes in a reflection that one of its copies is gone.
pub(super) fn without_copy(
    state: &mut State,
    document: DocumentId,
) -> Result<Option<PendingWrite>, Error> {
    for listed in state.store().list(DocumentKind::Reflection, None, u32::MAX)? {
        let reflection = listed.summary.document;
        let (_, shown) = state.shown::<Reflection>(reflection)?;
        if shown.copies.contains_key(&document) {
            let target = Target::of(state, reflection)?;
            return note(state, &target, ReflectionEdit::RemoveCopy { document });
        }
    }
    Ok(None)
}

fn note(
    state: &mut State,
    target: &Target,
    edit: ReflectionEdit,
) -> Result<Option<PendingWrite>, Error> {
    let edits = [Edit::Reflection(edit)];
    let pending = edits::prepare_edits(state, target, &[EditsOf { base: None, edits: &edits }])?;
    Ok(pending.map(|(_, pending)| pending))
}

/// A copy of a reflection.
pub(crate) fn view(screen: &mut Screen<'_>, id: DocumentId) -> Result<SharedView, Error> {
    let store = screen.store();
    let row = documents::row_of(store, id, DocumentKind::SharedReflection)?;
    let (summary, copy) = rows::shown::<SharedReflection>(store, id)?;
    let template = programme::template_in(screen, &copy.template, copy.template_version)?;
    let (owner, status) = (store.person(row.owner)?, status::of(store, &row)?);
    Ok(SharedView { id, copy, template, owner, version: summary.version, status })
}

/// Copies of this person's reflections, or of others'.
pub(crate) fn copies(screen: &mut Screen<'_>, mine: bool) -> Result<Vec<DocumentSummary>, Error> {
    let facts = screen.facts()?;
    let listed = screen.store().list(DocumentKind::SharedReflection, None, u32::MAX)?.into_iter();
    let wanted = listed.filter(|one| facts.is_me(one.owner) == mine);
    Ok(wanted.map(DocumentSummary::from).collect())
}
