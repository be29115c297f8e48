//! How this device stands with the server, for a person who wants to know.

use enhance_model::Timestamp;
use enhance_store::{StoreReader, Write};
use serde::Serialize;

use super::traffic::Traffic;
use crate::{error::Error, state::lock::StateLock};

/// When the last exchange was, in the database.
pub(super) const LAST_EXCHANGE: &str = "last exchange";

/// How this device stands with the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncState {
    /// When an exchange last succeeded, by this device's clock.
    pub last_success: Option<Timestamp>,
    /// Why the last one did not, if it did not.
    pub last_error: Option<Error>,
    /// When the next will be attempted, if it is known.
    pub next_attempt: Option<Timestamp>,
    /// Entries that wait to be stored by the server.
    pub waiting_entries: u64,
    /// Files of attachments that belong to something.
    pub attachments: u64,
    /// How many of these the server has, as far as this device knows.
    pub attachments_stored: u64,
    /// How many of these the server refused when they were last offered; the list of what is
    /// attached says why.
    pub attachments_refused: u64,
}

/// How this device stands with the server.
pub(crate) fn state(lock: &StateLock, traffic: &Traffic) -> Result<SyncState, Error> {
    let (last_success, waiting_entries, files) = lock.read(|screen| {
        let store = screen.store();
        Ok((last_exchange(store)?, store.waiting()?, store.attachment_counts()?))
    })?;
    let outlook = traffic.outlook().clone();
    Ok(SyncState {
        last_success,
        last_error: outlook.last_error,
        next_attempt: outlook.next_attempt,
        waiting_entries,
        attachments: files.all,
        attachments_stored: files.stored,
        attachments_refused: files.refused,
    })
}

/// Notes that an exchange succeeded.
pub(super) fn write_exchanged(write: &mut Write<'_>, now: Timestamp) -> Result<(), Error> {
    Ok(write.set_meta(LAST_EXCHANGE, &now.as_millis().to_be_bytes())?)
}

fn last_exchange(store: &StoreReader) -> Result<Option<Timestamp>, Error> {
    let bytes = store.meta(LAST_EXCHANGE)?;
    let millis = bytes.and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    Ok(millis.map(|millis| Timestamp::from_unix_millis(i64::from_be_bytes(millis))))
}
