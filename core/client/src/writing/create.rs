//! New documents of this person.

use std::{slice, sync::Arc};

use enhance_documents::{Document, NewDocument};
use enhance_model::{DocumentId, DocumentKind, Timestamp, Version};
use enhance_protocol::{Create, EntryBody};
use enhance_store::{DocumentRow, DocumentSize};

use super::{
    entries,
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
    let (id, pending) = prepare(state, facts, new)?;
    state.write(|write| pending.write(write))?;
    Ok(id)
}

/// Makes a new document under a fresh id and key, and prepares what is to be written.
pub(crate) fn prepare(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
) -> Result<(DocumentId, PendingWrite), Error> {
    let id = state.environment().document_id();
    let key = fresh_key(state, facts, new, id)?;
    let identity = Identity { id, key, created_at: state.now() };
    Ok((id, prepare_as(state, facts, new, identity)?))
}

/// A fresh key for a new document, and the same as the account key wraps it; none for a plain one.
pub(crate) fn fresh_key(
    state: &State,
    facts: &Facts,
    new: &NewDocument,
    id: DocumentId,
) -> Result<Option<(DocumentKey, Vec<u8>)>, Error> {
    if !kind_of(new).is_sealed() {
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
    let now = state.now();
    prepare_at(state, facts, new, (identity, now))
}

/// The same of a document that says of itself that it was begun at another moment than now.
pub(crate) fn prepare_at(
    state: &mut State,
    facts: &Arc<Facts>,
    new: &NewDocument,
    (identity, begun): (Identity, Timestamp),
) -> Result<PendingWrite, Error> {
    let Identity { id, key, created_at } = identity;
    let now = state.now();
    let (mut document, change) = Document::create(new, facts.device, begun)?;
    let (key, wrapped_key) = key.unzip();
    let (kind, owner, about) = (document.kind(), facts.person.id, about(new));
    let create = Create { kind, about, created_at, wrapped_key }.offer(id);
    let create = entries::own(create, Vec::new(), facts)?;
    let (creator, version) = (owner, Version::default());
    let row = DocumentRow { id, kind, creator, owner, about, created_at, version };
    let (version, content) = (document.version(), document.content()?);
    let shown = DocumentProjection::new(&row, &content, version, now, facts)?;
    let mut chain = Chain::new(create.hash);
    let target = Target { facts: Arc::clone(facts), row };
    let randomness = &*state.environment().randomness;
    let entry = entries::of_change(&target, change, &mut chain, key.as_ref(), randomness)?;
    let size = DocumentSize::default();
    let mut opened = OpenDocument { document, key: key.clone(), size, chain };
    opened.grow(size_of(slice::from_ref(&entry)));
    state.keep_open(id, opened);
    let new = Some(NewRow { row: target.row, key, create });
    Ok(PendingWrite { new, entries: vec![entry], shown, at: now })
}

const fn about(new: &NewDocument) -> Option<DocumentId> {
    match new {
        NewDocument::Comments { about, .. } => Some(*about),
        _ => None,
    }
}

const fn kind_of(new: &NewDocument) -> DocumentKind {
    match new {
        NewDocument::Reflection { .. } => DocumentKind::Reflection,
        NewDocument::PersonalRecord { .. } => DocumentKind::PersonalRecord,
        NewDocument::SharedReflection { .. } => DocumentKind::SharedReflection,
        NewDocument::ChangeProject { .. } => DocumentKind::ChangeProject,
        NewDocument::Comments { .. } => DocumentKind::Comments,
    }
}
