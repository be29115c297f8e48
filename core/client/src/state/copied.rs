//! Whether this folder is a copy of another device's, or was put back from a backup.
//!
//! The file system marks each file; the mark of the database is kept in it, so that a copy finds
//! another's there. A server that knows more of this device's envelopes than the device itself shows
//! the same. Two devices must not seal with one name, so such a folder becomes another device
//! (`sync/identity.rs`).

use enhance_model::{DocumentId, Timestamp, Version};
use enhance_protocol::codec;
use enhance_store::{StoreReader, Write};
use serde::{Deserialize, Serialize};

use super::{State, facts, tokens};
use crate::error::Error;

const FILE_MARK: &str = "file mark";
const IS_COPY: &str = "is a copy";
const TYPED: &str = "typed before it was copied";

/// A text that was only typed when the folder was copied: the other folder has it as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Typed {
    pub(crate) document: DocumentId,
    pub(crate) field: String,
    /// The version it was typed on.
    pub(crate) base: Version,
    pub(crate) text: String,
    pub(crate) noted_at: Timestamp,
}

/// Looks whether the database is in the file in which it was last opened.
pub(super) fn look(state: &mut State) -> Result<(), Error> {
    let Some(mark) = state.store().file_mark() else { return Ok(()) };
    let kept = state.store().meta(FILE_MARK)?;
    if kept.as_deref() == Some(&mark[..]) {
        return Ok(());
    }
    let is_copy = kept.is_some() && facts::is_enrolled(state.store())?;
    let typed = if is_copy { drafts(state.store(), state.now())? } else { Vec::new() };
    state.write(|write| {
        write.set_meta(FILE_MARK, &mark)?;
        if is_copy {
            tracing::info!("this folder is a copy of a device's, and becomes another device");
            // What was copied would be done by both.
            tokens::forget_parting(write)?;
            note_typed(write, &typed)?;
            suspect(write)?;
        }
        Ok(())
    })
}

fn drafts(store: &StoreReader, noted_at: Timestamp) -> Result<Vec<Typed>, Error> {
    let mut typed = Vec::new();
    for document in store.unsettled()? {
        for draft in store.drafts(document)? {
            let (field, base, text) = (draft.field, draft.base, draft.text);
            typed.push(Typed { document, field, base, text, noted_at });
        }
    }
    Ok(typed)
}

/// What was only typed when this folder was copied, and may stand twice.
pub(crate) fn typed(store: &StoreReader) -> Result<Vec<Typed>, Error> {
    let Some(kept) = store.meta(TYPED)? else { return Ok(Vec::new()) };
    codec::from_cbor(&kept)
        .map_err(|error| Error::damaged("a note of what was typed").because(error))
}

/// Notes what was only typed.
pub(crate) fn note_typed(write: &mut Write<'_>, typed: &[Typed]) -> Result<(), Error> {
    if typed.is_empty() {
        return Ok(write.remove_meta(TYPED)?);
    }
    let kept = codec::to_cbor(&typed);
    let kept = kept.map_err(|error| Error::internal("noting what was typed").because(error))?;
    Ok(write.set_meta(TYPED, &kept)?)
}

/// Notes that this device speaks with the name of another.
pub(crate) fn suspect(write: &mut Write<'_>) -> Result<(), Error> {
    Ok(write.set_meta(IS_COPY, &[1])?)
}

/// Whether this device speaks with the name of another.
pub(crate) fn is_suspected(store: &StoreReader) -> Result<bool, Error> {
    Ok(store.meta(IS_COPY)?.is_some())
}

/// Notes that it has a name of its own.
pub(crate) fn settle(write: &mut Write<'_>) -> Result<(), Error> {
    Ok(write.remove_meta(IS_COPY)?)
}
