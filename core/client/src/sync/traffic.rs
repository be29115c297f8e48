//! What the clones of a core share about syncing.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use enhance_model::Timestamp;
use tokio::sync::{Notify, watch};

use super::schedule::Conditions;
use crate::{error::Error, writing::fold::REST_MS};

/// What the clones of a core share about syncing.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Held for the length of a sync: two at a time would offer everything twice.
    turn: tokio::sync::Mutex<()>,
    conditions: watch::Sender<Conditions>,
    outlook: Mutex<Outlook>,
    unblocked: Notify,
    /// Whether heads were compared because something was held up. Doing it again is of no use.
    compared: AtomicBool,
    /// When documents that rest were last looked for.
    looked_for_rest: Mutex<Option<Timestamp>>,
}

/// What came of the last sync and when the next is due.
#[derive(Clone, Default)]
pub(super) struct Outlook {
    /// Why it did not succeed, if it did not, and when that was.
    pub(super) last_error: Option<(Error, Timestamp)>,
    pub(super) next_attempt: Option<Timestamp>,
}

impl Traffic {
    /// Tells what the phone is like at the moment.
    pub(crate) fn set_conditions(&self, conditions: Conditions) {
        self.conditions.send_replace(conditions);
    }

    /// Says that something that was in the way of syncing is gone: this device was enrolled, or
    /// resumed.
    pub(crate) fn unblock(&self) {
        self.unblocked.notify_one();
    }

    /// Forgets why the last sync did not succeed: that is over.
    pub(crate) fn forget_failure(&self) {
        self.outlook().last_error = None;
    }

    /// Returns once something that was in the way of syncing is gone.
    pub(super) async fn unblocked(&self) {
        self.unblocked.notified().await;
    }

    /// Waits for one's turn to sync.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Whether a sync is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.turn.try_lock().is_err()
    }

    pub(super) fn conditions(&self) -> watch::Receiver<Conditions> {
        self.conditions.subscribe()
    }

    pub(super) fn outlook(&self) -> MutexGuard<'_, Outlook> {
        self.outlook.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is time to look for documents that rest. Then it is not until some have had the
    /// time to, unless [`Traffic::looks_again`] says so.
    pub(super) fn looks_for_rest(&self, now: Timestamp) -> bool {
        let mut last = self.looked_for_rest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = last.is_none_or(|last| now.millis_since(last) >= REST_MS);
        if is_time {
            *last = Some(now);
        }
        is_time
    }

    /// There were more documents that rest than were folded at once.
    pub(super) fn looks_again(&self) {
        *self.looked_for_rest.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether this is the first time that heads are compared because something is held up.
    pub(super) fn compares_first(&self) -> bool {
        !self.compared.swap(true, Ordering::Relaxed)
    }
}
