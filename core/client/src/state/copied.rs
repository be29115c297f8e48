//! Whether this folder is a copy of another device's, or was put back from a backup.
//!
//! The file system marks each file; the mark of the database is kept in it, so that a copy finds
//! another's there. A server that knows more of this device's envelopes than the device itself shows
//! the same. Two devices must not seal with one name, so such a folder becomes another device
//! (`sync/identity.rs`).

use enhance_store::{StoreReader, Write};

use super::{State, facts, tokens};
use crate::error::Error;

const FILE_MARK: &str = "file mark";
const IS_COPY: &str = "is a copy";

/// Looks whether the database is in the file in which it was last opened.
pub(super) fn look(state: &mut State) -> Result<(), Error> {
    let Some(mark) = state.store().file_mark() else { return Ok(()) };
    let kept = state.store().meta(FILE_MARK)?;
    if kept.as_deref() == Some(&mark[..]) {
        return Ok(());
    }
    let is_copy = kept.is_some() && facts::is_enrolled(state.store())?;
    state.write(|write| {
        write.set_meta(FILE_MARK, &mark)?;
        if is_copy {
            tracing::info!("this folder is a copy of a device's, and becomes another device");
            // What was copied would be done by both.
            tokens::forget_parting(write)?;
            suspect(write)?;
        }
        Ok(())
    })
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
