//! Doing refused work once more, as a fresh change of what the document says now.

use enhance_documents::{Document, DocumentError};
use enhance_model::{DocumentKind, Noun, RefusalCode, Right, Version};
use enhance_protocol::{Create, EntryBody};
use enhance_store::{DocumentRow, DocumentState, Entry, Origin};

use crate::{
    error::Error,
    keys::DocumentKey,
    state::{State, open_document::change_bytes, projection::DocumentProjection},
    writing::{edits, entries::own, target::Target},
};

/// Why refused work cannot be done once more.
const GONE: &str = "what this was written on is gone; it can still be read and exported";

/// Does refused work once more.
pub(crate) fn replay(state: &mut State, id: i64) -> Result<Version, Error> {
    let found = state.store().quarantine(id)?;
    let (refused, entries) = found.ok_or_else(|| Error::not_found(Noun::Quarantined, id))?;
    if refused.resolved_at.is_some() {
        return Err(Error::not_allowed("this has been dealt with already"));
    }
    let document = refused.about.document;
    if refused.about.kind == DocumentKind::Comments {
        let found = state.store().document(document)?;
        let (row, standing) = found.ok_or_else(|| Error::not_found(Noun::Document, document))?;
        let about = row.about.ok_or_else(|| Error::damaged("refused work"))?;
        Target::of(state, about)?.require(state, Right::Comment, "doing this once more")?;
        if standing == DocumentState::Revoked {
            return begin_again(state, id, &row, &entries);
        }
    }
    let target = Target::of(state, document)?;
    target.require(state, Right::Edit, "doing this once more")?;
    let row = &target.row;
    let key = if row.kind.is_sealed() { Some(state.document_key(row.id)?) } else { None };
    let changes = changes(entries, key.as_ref())?;
    let now = state.now();
    let document = state.document(row)?;
    let change = document.replay(&changes, now).map_err(|error| match error {
        DocumentError::MissingDependencies { .. } => Error::not_allowed(GONE),
        other => other.into(),
    })?;
    let Some(change) = change else {
        let version = document.version();
        state.write(|write| Ok(write.resolve_quarantine(id, now)?))?;
        return Ok(version);
    };
    let pending = edits::prepare(state, &target, vec![change], (now, None))?;
    state.write(|write| {
        pending.write(write)?;
        Ok(write.resolve_quarantine(id, now)?)
    })?;
    Ok(pending.version().clone())
}

/// Makes a document of comments known again that left this device with the right to comment, and
/// that the server never had: as it was, so that nothing of it is said twice.
fn begin_again(
    state: &mut State,
    id: i64,
    row: &DocumentRow,
    entries: &[Entry],
) -> Result<Version, Error> {
    let (facts, now) = (state.facts()?, state.now());
    let gone = || Error::not_allowed(GONE);
    let document = Document::open(&changes(entries.to_vec(), None)?, facts.device);
    let mut document = document.map_err(|_| gone())?;
    if (document.kind(), document.owner()) != (row.kind, row.creator) {
        return Err(gone());
    }
    let DocumentRow { kind, about, created_at, .. } = *row;
    let create = Create { kind, about, created_at, wrapped_key: None }.offer(row.id);
    let create = own(create, Vec::new(), &facts)?;
    let version = document.version();
    let shown = DocumentProjection::new(row, &document.content()?, version.clone(), now, &facts)?;
    let origin = Origin::Here { at: now };
    state.write(|write| {
        write.put_document(row)?;
        write.put_entry(&create, origin)?;
        for entry in entries.iter().filter(|entry| entry.kind.is_content()) {
            write.put_entry(entry, origin)?;
        }
        shown.write(write)?;
        Ok(write.resolve_quarantine(id, now)?)
    })?;
    state.forget(row.id);
    Ok(version)
}

/// Does once more, on all that arrived, what was refused for nothing but that too much stood side
/// by side, where the new change joins it, or that it was written before this became another device.
/// Says how much that was.
pub(crate) fn join_heads(state: &mut State) -> Result<u64, Error> {
    let mut joined = 0;
    let refused = state.store().quarantines(true)?;
    let codes = [RefusalCode::TooManyHeads, RefusalCode::WrongAuthor, RefusalCode::ForeignActor];
    let is_ours = |code: &str| codes.iter().any(|ours| ours.as_str() == code);
    for quarantine in refused.into_iter().rev().filter(|one| is_ours(&one.about.code)) {
        match replay(state, quarantine.id) {
            Ok(_) => joined += 1,
            Err(error @ Error::StorageFull) => return Err(error),
            // It stays where the person can read it and decide.
            Err(error) => {
                let id = quarantine.id;
                tracing::warn!(id, %error, "refused work could not be done once more");
            }
        }
    }
    Ok(joined)
}

fn changes(entries: Vec<Entry>, key: Option<&DocumentKey>) -> Result<Vec<Vec<u8>>, Error> {
    let content = entries.into_iter().filter(|entry| entry.kind.is_content());
    let changes: Vec<Vec<u8>> =
        content.map(|entry| change_bytes(entry, key)).collect::<Result<_, _>>()?;
    if changes.is_empty() {
        return Err(Error::not_allowed("there is no text in this that could be written again"));
    }
    Ok(changes)
}
