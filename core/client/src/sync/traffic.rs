//! What the clones of a core share about syncing.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use enhance_model::{DocumentId, Timestamp};
use enhance_protocol::{Company, Guest, Whereabouts};
use tokio::sync::{Notify, watch};

use super::schedule::Conditions;
use crate::{
    error::{Error, Obstacle},
    observe::Topic,
    state::lock::StateLock,
    writing::fold::REST_MS,
};

/// What the clones of a core share about syncing.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Held for the length of a sync: two at a time would offer everything twice.
    turn: tokio::sync::Mutex<()>,
    conditions: watch::Sender<Conditions>,
    outlook: Mutex<Outlook>,
    unblocked: Notify,
    /// How often a sync succeeded.
    reached: watch::Sender<u64>,
    /// The newest number of which the doorbell told.
    news: watch::Sender<u64>,
    /// Where this person is.
    whereabouts: watch::Sender<Option<Whereabouts>>,
    /// Who else is there, as far as the doorbell told.
    company: watch::Sender<Option<Company>>,
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

    /// Notes that a sync succeeded: the server is there and knows this device.
    pub(super) fn note_reached(&self) {
        self.reached.send_modify(|times| *times = times.wrapping_add(1));
    }

    pub(super) fn reached(&self) -> watch::Receiver<u64> {
        self.reached.subscribe()
    }

    /// Notes that there is something new up to a number.
    pub(super) fn note_news(&self, newest: u64) {
        self.news.send_replace(newest);
    }

    pub(super) fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Says where this person is: none once they left.
    pub(crate) fn go(&self, at: Option<Whereabouts>) {
        self.whereabouts.send_if_modified(|before| {
            let is_elsewhere = *before != at;
            *before = at;
            is_elsewhere
        });
    }

    pub(super) fn whereabouts(&self) -> watch::Receiver<Option<Whereabouts>> {
        self.whereabouts.subscribe()
    }

    /// Notes who else is where this person is.
    pub(super) fn note_company(&self, company: Option<Company>, lock: &StateLock) {
        let is_news = self.company.send_if_modified(|before| {
            let is_news = *before != company;
            *before = company;
            is_news
        });
        if is_news {
            lock.tell(Topic::Company);
        }
    }

    /// Who else has a plan open in which this person is, by their devices.
    pub(crate) fn company_in(&self, document: DocumentId) -> Vec<Guest> {
        let is_there = self.whereabouts.borrow().as_ref().is_some_and(|at| at.document == document);
        let company = self.company.borrow();
        let there = company.iter().filter(|company| is_there && company.document == document);
        there.flat_map(|company| company.guests.iter().cloned()).collect()
    }

    pub(super) fn company(&self) -> watch::Receiver<Option<Company>> {
        self.company.subscribe()
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

    /// Whether the last sync ended since the server had no room.
    pub(super) fn found_server_full(&self) -> bool {
        let is_full = |(error, _): &(Error, Timestamp)| {
            matches!(error, Error::Offline { obstacle: Obstacle::ServerFull { .. }, .. })
        };
        self.outlook().last_error.as_ref().is_some_and(is_full)
    }

    /// Whether it is time to look for documents that rest. Then it is not until some have had the
    /// time to, unless [`Traffic::looks_again`] says so.
    pub(super) fn looks_for_rest(&self, now: Timestamp) -> bool {
        let mut last = self.looked_for_rest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = last.is_none_or(|last| now < last || now.millis_since(last) >= REST_MS);
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
