//! New documents of this person.

use std::sync::Arc;

use enhance_documents::{Change, Document, Edit, NewDocument, operations_within};
use enhance_model::{DocumentId, Sha256, Timestamp, Version};
use enhance_protocol::{Create, EntryBody};
use enhance_store::{DocumentRow, DocumentSize};

use super::{
    drafts, entries,
    pending::{NewRow, PendingWrite},
    target::Target,
};
use crate::{
    error::Error,
    keys::DocumentKey,
    state::{
        State,
        facts::Facts,
        open_document::{Chain, OpenDocument, size_of},
        projection::DocumentProjection,
    },
};

/// What makes a new document the one it is.
pub(crate) struct Identity {
    pub(crate) id: DocumentId,
    /// The key of a private document, and the same as the account key wraps it.
    pub(crate) key: Option<(DocumentKey, Vec<u8>)>,
    pub(crate) created_at: Timestamp,
}

/// Makes a new document and writes it.
pub(crate) fn write(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
) -> Result<DocumentId, Error> {
    write_with(state, facts, new, &[])
}

/// The same with some edits of it.
pub(crate) fn write_with(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
    edits: &[Edit],
) -> Result<DocumentId, Error> {
    let (id, pending) = prepare_with(state, facts, new, edits)?;
    state.write(|write| pending.write(write))?;
    Ok(id)
}

/// Makes a new document under a fresh id and key, and prepares what is to be written.
pub(crate) fn prepare(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
) -> Result<(DocumentId, PendingWrite), Error> {
    prepare_with(state, facts, new, &[])
}

fn prepare_with(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
    edits: &[Edit],
) -> Result<(DocumentId, PendingWrite), Error> {
    edits.iter().try_for_each(|edit| drafts::check(facts.limits(), edit))?;
    let id = state.environment().document_id();
    let key = fresh_key(state, facts, new, id)?;
    let identity = Identity { id, key, created_at: state.now() };
    let created = created(new, edits, facts, state.now())?;
    Ok((id, prepare_created(state, facts, new, identity, created)?))
}

/// A fresh key for a new document, and the same as the account key wraps it; none for a plain one.
fn fresh_key(
    state: &State,
    facts: &Facts,
    new: &NewDocument,
    id: DocumentId,
) -> Result<Option<(DocumentKey, Vec<u8>)>, Error> {
    if !new.kind().is_sealed() {
        return Ok(None);
    }
    let randomness = &*state.environment().randomness;
    let key = DocumentKey::new(randomness);
    let wrapped = facts.account_key()?.wrap(&key, id, randomness)?;
    Ok(Some((key, wrapped)))
}

/// Makes a new document under an id and a key that are given, and prepares what is to be written.
pub(crate) fn prepare_as(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
    identity: Identity,
) -> Result<PendingWrite, Error> {
    let created = created(new, &[], facts, state.now())?;
    prepare_created(state, facts, new, identity, created)
}

/// The same of a document that was begun at another moment than now. What several devices of this
/// person make by one seed is made once.
pub(crate) fn prepare_at(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
    (identity, begun, seed): (Identity, Timestamp, Option<Sha256>),
) -> Result<PendingWrite, Error> {
    let created = match seed {
        Some(seed) => Document::create_alike(new, seed.as_bytes(), facts.device, (begun, whole()))?,
        None => created(new, &[], facts, begun)?,
    };
    prepare_created(state, facts, new, identity, created)
}

fn created(
    new: &NewDocument,
    edits: &[Edit],
    facts: &Facts,
    begun: Timestamp,
) -> Result<(Document, Vec<Change>), Error> {
    Ok(Document::create_in_parts(new, edits, facts.device, (begun, whole()))?)
}

/// Operations of one change. What many texts come to in bytes is told to the person, who can write
/// them one by one.
fn whole() -> u64 {
    operations_within(u64::MAX)
}

fn prepare_created(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
    identity: Identity,
    (mut document, changes): (Document, Vec<Change>),
) -> Result<PendingWrite, Error> {
    let Identity { id, key, created_at } = identity;
    let now = state.now();
    let (key, wrapped_key) = key.unzip();
    let (kind, owner, about) = (document.kind(), facts.person.id, new.about());
    let create = Create { kind, about, created_at, wrapped_key }.offer(id);
    let create = entries::own(create, Vec::new(), facts)?;
    let (creator, version) = (owner, Version::default());
    let row = DocumentRow { id, kind, creator, owner, about, created_at, version };
    let (version, content) = (document.version(), document.standing()?);
    let shown = DocumentProjection::new(&row, &content, version, now, facts)?;
    let mut chain = Chain::new(create.hash);
    let target = Target { facts: Arc::clone(facts), row };
    let randomness = &*state.environment().randomness;
    let entries = entries::of_changes(&target, changes, (&mut chain, key.as_ref()), randomness)?;
    let size = DocumentSize::default();
    let mut opened = OpenDocument { document, key: key.clone(), size, chain };
    opened.grow(size_of(&entries));
    state.keep_open(id, opened);
    let new = Some(NewRow { row: target.row, key, create });
    Ok(PendingWrite { new, entries, shown, at: now })
}
