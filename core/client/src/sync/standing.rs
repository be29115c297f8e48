//! How this device stands with the server, for a person who wants to know.

use enhance_model::{RefusalCode, Timestamp};
use enhance_store::{KeptFailure, StoreReader, Write};
use serde::{Deserialize, Serialize};

use super::traffic::Traffic;
use crate::{
    error::{Errand, Error, Obstacle},
    state::{State, lock::StateLock},
};

/// When the last exchange was, in the database.
pub(super) const LAST_EXCHANGE: &str = "last exchange";

/// How this device stands with the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncState {
    /// When an exchange last succeeded, by this device's clock.
    pub last_success: Option<Timestamp>,
    /// Why the last one did not, if it did not. What was in the way is remembered when the app is
    /// opened again.
    pub last_error: Option<Error>,
    /// When that was, by this device's clock.
    pub failed_at: Option<Timestamp>,
    /// Whether the host says that there is a network, and nothing was in the way last time.
    pub online: bool,
    /// Whether an exchange is under way.
    pub syncing: bool,
    /// When the next will be attempted, if it is known.
    pub next_attempt: Option<Timestamp>,
    /// Entries that wait to be stored by the server.
    pub waiting_entries: u64,
    /// Documents with work in them that the server is not known to have.
    pub waiting_documents: u64,
    /// How many of these are held up by an entry that does not get through on this way; each tells
    /// why in its status.
    pub held_documents: u64,
    /// Files of attachments that belong to something.
    pub attachments: u64,
    /// How many of these the server has, as far as this device knows.
    pub attachments_stored: u64,
    /// How many of these the server refused when they were last offered. Why, the list of what is
    /// attached says of each.
    pub attachments_refused: u64,
}

/// How this device stands with the server.
pub(crate) fn state(lock: &StateLock, traffic: &Traffic) -> Result<SyncState, Error> {
    let outlook = traffic.outlook().clone();
    let online = traffic.conditions().borrow().online;
    lock.read(|screen| {
        let store = screen.store();
        let files = store.attachment_counts()?;
        let (last_error, failed_at) = outlook
            .last_error
            .map_or_else(|| kept_failure(store), |known| Ok(Some(known)))?
            .unzip();
        let is_obstructed = matches!(last_error, Some(Error::Offline { .. }));
        Ok(SyncState {
            last_success: last_exchange(store)?,
            last_error,
            failed_at,
            online: online && !is_obstructed,
            syncing: traffic.is_busy(),
            next_attempt: outlook.next_attempt,
            waiting_entries: store.waiting()?,
            waiting_documents: store.waiting_documents()?,
            held_documents: store.held_documents()?,
            attachments: files.all,
            attachments_stored: files.stored,
            attachments_refused: files.refused,
        })
    })
}

/// What is remembered of a failure: as much as is still true of the way when the app is opened the
/// next time.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LastFailure {
    Offline { obstacle: Obstacle, errand: Errand },
    SignInNeeded,
    Refused { code: RefusalCode, message: String },
}

impl LastFailure {
    fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Offline { obstacle, errand, .. } => {
                Some(Self::Offline { obstacle: obstacle.clone(), errand: *errand })
            }
            Error::SignInNeeded => Some(Self::SignInNeeded),
            Error::Refused { code, message } => {
                Some(Self::Refused { code: *code, message: message.clone() })
            }
            _ => None,
        }
    }
}

impl From<LastFailure> for Error {
    fn from(failure: LastFailure) -> Self {
        match failure {
            LastFailure::Offline { obstacle, errand } => {
                Self::Offline { obstacle, errand, cause: None }
            }
            LastFailure::SignInNeeded => Self::SignInNeeded,
            LastFailure::Refused { code, message } => Self::Refused { code, message },
        }
    }
}

/// Notes how a sync ended.
pub(super) async fn note_end(lock: &StateLock, traffic: &Traffic, error: Option<&Error>) {
    let at = lock.environment().clock.now();
    traffic.outlook().last_error = error.map(|error| (error.clone(), at));
    let kept = error.and_then(LastFailure::of).and_then(|it| serde_json::to_string(&it).ok());
    let kept = kept.map(|failure| KeptFailure { failure, at });
    let is_forgotten = serde_json::to_string(&LastFailure::SignInNeeded).unwrap_or_default();
    let keep = move |state: &mut State| {
        let before = state.store().kept_failure()?;
        // Most syncs succeed after one that did, and then there is nothing to write.
        if kept.is_none() && before.is_none() {
            return Ok(());
        }
        let epoch = state.store().sync_state()?.epoch.filter(|_| {
            let is_known = |kept: &Option<KeptFailure>| {
                kept.as_ref().is_some_and(|kept| kept.failure == is_forgotten)
            };
            is_known(&kept) && !is_known(&before)
        });
        state.write(|write| {
            // A server that forgot this device may have forgotten what it had of it.
            epoch.map(|epoch| write.begin_anew(epoch)).transpose()?;
            Ok(write.keep_failure(kept.as_ref())?)
        })
    };
    if let Err(error) = lock.work(keep).await {
        tracing::info!(%error, "it was not noted how the sync ended");
    }
}

/// The failure that is remembered. What an older or a newer app kept and this one does not know
/// is no loss to anybody.
fn kept_failure(store: &StoreReader) -> Result<Option<(Error, Timestamp)>, Error> {
    let kept = store.kept_failure()?;
    Ok(kept.and_then(|kept| {
        let failure: LastFailure = serde_json::from_slice(kept.failure.as_bytes()).ok()?;
        Some((failure.into(), kept.at))
    }))
}

/// Notes that an exchange succeeded.
pub(super) fn write_exchanged(write: &mut Write<'_>, now: Timestamp) -> Result<(), Error> {
    Ok(write.set_meta(LAST_EXCHANGE, &now.as_millis().to_be_bytes())?)
}

pub(crate) fn last_exchange(store: &StoreReader) -> Result<Option<Timestamp>, Error> {
    let bytes = store.meta(LAST_EXCHANGE)?;
    let millis = bytes.and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    Ok(millis.map(|millis| Timestamp::from_unix_millis(i64::from_be_bytes(millis))))
}
