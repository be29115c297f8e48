//! Doing refused work once more, as a fresh change of what the document says now.

use enhance_documents::DocumentError;
use enhance_model::{Noun, RefusalCode, Right, Version};
use enhance_store::Entry;

use crate::{
    error::Error,
    keys::DocumentKey,
    state::{State, open_document::change_bytes},
    writing::{edits, target::Target},
};

/// Does refused work once more.
pub(crate) fn replay(state: &mut State, id: i64) -> Result<Version, Error> {
    let found = state.store().quarantine(id)?;
    let (refused, entries) = found.ok_or_else(|| Error::not_found(Noun::Quarantined, id))?;
    if refused.resolved_at.is_some() {
        return Err(Error::not_allowed("this has been dealt with already"));
    }
    let target = Target::of(state, refused.about.document)?;
    target.require(state, Right::Edit, "doing this once more")?;
    let row = &target.row;
    let key = if row.kind.is_sealed() { Some(state.document_key(row.id)?) } else { None };
    let changes = changes(entries, key.as_ref())?;
    let now = state.now();
    let document = state.document(row)?;
    let change = document.replay(&changes, now).map_err(|error| match error {
        DocumentError::MissingDependencies { .. } => Error::not_allowed(
            "what this was written on is gone; it can still be read and exported",
        ),
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

/// Does once more, on all that arrived, what was refused for nothing but that too much stood side
/// by side: the new change joins it. Says how much that was.
pub(crate) fn join_heads(state: &mut State) -> Result<u64, Error> {
    let mut joined = 0;
    let refused = state.store().quarantines(true)?;
    let code = RefusalCode::TooManyHeads.as_str();
    for quarantine in refused.into_iter().rev().filter(|one| one.about.code == code) {
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
