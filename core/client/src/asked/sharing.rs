//! Sharing a reflection: a new document of the text as it stands, without the history behind it.

use enhance_documents::{Content, Edit, NewDocument};
use enhance_model::{
    DocumentId, DocumentKind, ItemId, Items, Noun, Person, PersonId, Right, Round, Sha256, Version,
    attachment::Attachment,
    personal_record::EvidenceSource,
    programme::Template,
    reflection::{Copy, Reflection, ReflectionEdit, SharedReflection},
};
use enhance_protocol::{EntryBody, Grant};
use enhance_store::Origin;
use serde::Serialize;

use super::{
    attachments::{self, AttachmentView},
    checking::{self, TextPlace, Texts},
    lists::DocumentSummary,
    members, prompts,
    status::{self, DocumentStatus},
    texts,
};
use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State, attachments as sealed_files, documents, lock::StateLock, rows, screens::Screen,
    },
    writing::{
        create::{self, Identity},
        drafts,
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
    /// The template it was written in, in that version; its prompts came with the copy.
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
    let copy = state.environment().document_id();
    let going = Going { copy, chosen: &[], files: Items::new() };
    share_as(state, id, with, going, acknowledged)
}

/// The copy that is to be made, and what goes with it.
struct Going<'a> {
    copy: DocumentId,
    /// The files of the reflection that were chosen.
    chosen: &'a [ItemId],
    /// The same as the copy names them.
    files: Items<Attachment>,
}

/// The same with some of its files, which are sealed anew for the copy. What the copy names is here,
/// durable, before there is a copy.
pub(crate) fn share_with_files(
    lock: &StateLock,
    id: DocumentId,
    with: PersonId,
    files: &[ItemId],
    acknowledged: Option<Sha256>,
) -> Result<DocumentId, Error> {
    let of = EvidenceSource::Document(id);
    let wanted = lock.with(|state| {
        let wanted = chosen(state, &of, files)?;
        let texts = texts_with_names(state, id, files)?;
        checking::let_leave_with_files(state, Some(id), (&texts, files), acknowledged)?;
        let bytes = wanted.iter().fold(0, |sum: u64, one| sum.saturating_add(one.bytes()));
        let facts = state.facts()?;
        attachments::check_quota(state, &facts, bytes)?;
        attachments::check_disk(lock.folder(), bytes)?;
        Ok(wanted)
    })?;
    let copy = lock.environment().document_id();
    let mut going = Going { copy, chosen: files, files: Items::new() };
    let sealed = wanted.iter().try_for_each(|one| {
        let (item, attachment) = seal(lock, &of, one, copy)?;
        going.files.insert(item, attachment);
        Ok(())
    });
    let kept: Vec<Sha256> = going.files.values().map(|one| one.sha256).collect();
    let shared =
        sealed.and_then(|()| lock.with(|state| share_as(state, id, with, going, acknowledged)));
    if shared.is_err() {
        kept.into_iter().try_for_each(|sha256| sealed_files::destroy(lock.folder(), sha256))?;
    }
    shared
}

/// The texts of a reflection with the names of some of its files, which go along.
pub(crate) fn texts_with_names(
    state: &mut State,
    id: DocumentId,
    files: &[ItemId],
) -> Result<Texts, Error> {
    let mut texts = texts::of(state, id)?;
    if !files.is_empty() {
        let (_, reflection) = state.shown::<Reflection>(id)?;
        texts.extend(names(&reflection.attachments, files));
    }
    Ok(texts)
}

fn names(attached: &Items<Attachment>, chosen: &[ItemId]) -> Texts {
    let names = chosen.iter().filter_map(|file| attached.get(file)).map(|one| &one.name);
    names.map(|name| (TextPlace::FileName(name.clone()), name.clone())).collect()
}

/// The files of a reflection that were chosen, each of which must be here.
fn chosen(
    state: &mut State,
    of: &EvidenceSource,
    files: &[ItemId],
) -> Result<Vec<AttachmentView>, Error> {
    let mut there = attachments::of(state, of)?;
    files.iter().try_for_each(|file| {
        let one = there.iter().find(|one| one.id == *file);
        let one = one.ok_or_else(|| Error::not_found(Noun::Attachment, file))?;
        if one.here {
            return Ok(());
        }
        Err(Error::not_found(Noun::File, &one.attachment.name))
    })?;
    there.retain(|one| files.contains(&one.id));
    Ok(there)
}

/// Seals a file for a copy. Nothing of the one says that it is the other, but what is in them.
fn seal(
    lock: &StateLock,
    of: &EvidenceSource,
    one: &AttachmentView,
    copy: DocumentId,
) -> Result<(ItemId, Attachment), Error> {
    let bytes = lock.with(|state| attachments::open(state, of, one.id))?;
    let environment = lock.environment();
    let (item, prefix) = (environment.item_id(), environment.randomness.bytes());
    let sealed = sealed_files::seal(&DocumentKey::of_copy(copy), (copy, item), prefix, &bytes)?;
    let sha256 = sealed_files::hash(&sealed);
    sealed_files::keep(lock.folder(), sha256, &sealed)?;
    let sealed_bytes = sealed.len() as u64;
    Ok((item, Attachment { sealed_bytes, sha256, ..one.attachment.clone() }))
}

fn share_as(
    state: &mut State,
    id: DocumentId,
    with: PersonId,
    going: Going<'_>,
    acknowledged: Option<Sha256>,
) -> Result<DocumentId, Error> {
    let Going { copy: document, chosen, files } = going;
    let target = Target::writable(state, id, DocumentKind::Reflection)?;
    let Target { facts, row } = &target;
    members::another_person(state.store(), facts, with)?;
    let typed = drafts::of(state.store(), id)?;
    edits::settle(state, &target, typed)?;
    let at = state.now();
    let Content::Reflection(reflection) = state.document(row)?.content()? else {
        return Err(Error::not_found(Noun::Reflection, id));
    };
    let mut texts = texts::of_reflection(&reflection);
    texts.extend(names(&reflection.attachments, chosen));
    checking::let_leave_with_files(state, Some(id), (&texts, chosen), acknowledged)?;
    let here: Vec<ItemId> = files.keys().copied().collect();
    let copy = SharedReflection { attachments: files, ..reflection.to_shared(at) };
    let new = NewDocument::SharedReflection { owner: row.owner, copy };
    let identity = Identity { id: document, key: None, created_at: at };
    let copy = create::prepare_as(state, facts, &new, identity)?;
    // Who reads it may say something about it; the copy itself never changes.
    let (right, round) = (Right::Comment, Round::after(None));
    let grant = Grant::new(state.environment().item_id(), with, right, round, at);
    let granted = entries::own(grant.offer(document), vec![state.create_of(document)?], facts)?;
    let noted = ReflectionEdit::AddCopy { document, copy: Copy { with, at } };
    let note = note(state, &target, noted)?;
    state.write(|write| {
        copy.write(write)?;
        write.put_entry(&granted, Origin::Here { at })?;
        rights::give(write, document, (&grant, facts.person.id), false)?;
        here.iter().try_for_each(|file| write.set_attachment_here(document, *file, true))?;
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
    let template =
        prompts::template(screen, (&copy.template, copy.template_version), &copy.prompts)?;
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
