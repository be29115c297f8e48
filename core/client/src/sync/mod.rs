//! Exchanges with the server: what is waiting goes up, what is new comes down, usually in one trip.
//!
//! A sync is a loop of round trips ([`trips`]), and each is a step: the question is prepared under
//! the lock ([`offer`]), asked without it, and the answer is taken in under the lock again, in one
//! transaction with the new cursor ([`apply`]). Between two steps nothing is held and nothing is
//! half done, so a sync may end there, whoever ends it. What is not certainly the server's answer
//! changes nothing ([`answer`]).
//!
//! | what happens | where |
//! |---|---|
//! | the server refuses an entry for good | [`reject`] |
//! | the server was restored from a backup | [`verify`] |
//! | it is time for the next sync | [`schedule`], [`run`] |

pub(crate) mod address;
pub(crate) mod answer;
mod apply;
mod arrive;
mod budget;
#[cfg(test)]
pub(crate) mod fake;
mod offer;
mod reject;
mod rescue;
mod run;
mod schedule;
pub(crate) mod transport;
mod trips;
mod verify;

pub use self::{
    budget::{Budget, Cancellation},
    run::KeepInSync,
    schedule::Conditions,
    transport::{
        Answer, Chunks, HttpTransport, Method, Pending, Request, Resume, Token, Transport,
        Unreachable,
    },
};

use std::{
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
    time::Duration,
};

use enhance_model::Timestamp;
use enhance_protocol::Nonce;
use serde::{Serialize, Serializer};
use tokio::sync::{Notify, watch};

use self::trips::Trips;
use crate::{Error, LearningCore, Topic, core::State};

/// When the last exchange was, in the database.
const LAST_EXCHANGE: &str = "last exchange";

/// What a sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Requests that were answered.
    pub round_trips: u32,
    /// Bytes of the requests.
    pub bytes_up: u64,
    /// Bytes of the answers.
    pub bytes_down: u64,
    /// Entries the server stored.
    pub pushed: u64,
    /// Entries it had already.
    pub duplicates: u64,
    /// Entries and people that came.
    pub pulled: u64,
    /// Entries the server refused, and those that were built on them.
    pub quarantined: u64,
    /// Entries that still wait to be stored.
    pub waiting: u64,
    /// Whether there is more to do that the budget did not allow.
    pub more: bool,
    /// How long the server asks to wait before the next sync. In milliseconds when serialised.
    #[serde(serialize_with = "in_millis")]
    pub next_allowed_in: Duration,
}

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// A round trip of a sync was taken in.
    Exchanged {
        /// Entries stored by the server so far.
        pushed: u64,
        /// Entries and people that came so far.
        pulled: u64,
        /// Whether more will follow.
        more: bool,
    },
    /// A part of a download arrived.
    Downloaded {
        /// Bytes that are here.
        bytes: u64,
        total: u64,
    },
}

/// What hears of progress.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

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
}

/// What the clones of a core share about the network.
#[derive(Default)]
pub(crate) struct Traffic {
    /// Held for the length of a sync: two at a time would offer everything twice.
    turn: tokio::sync::Mutex<()>,
    conditions: watch::Sender<Conditions>,
    told: Mutex<Standing>,
    /// Held for the length of a download: two of the same file would mix their parts.
    download: tokio::sync::Mutex<()>,
    /// Something that was in the way of syncing is gone: this device was enrolled, or resumed.
    unblocked: Notify,
    rest: watch::Sender<Suspension>,
    /// Whether heads were compared because something was held up. Doing it again is of no use.
    compared: AtomicBool,
}

/// Whether the core is suspended.
#[derive(Default)]
struct Suspension {
    now: bool,
    /// How often it was: what was begun before a suspension must not outlive one that was short.
    times: u64,
}

#[derive(Default)]
struct Standing {
    last_error: Option<Error>,
    next_attempt: Option<Timestamp>,
}

impl Traffic {
    /// Waits for one's turn to download.
    pub(crate) async fn downloading(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.download.lock().await
    }

    /// Says that this device was enrolled: what waited for that can go on.
    pub(crate) fn enrolled(&self) {
        self.unblocked.notify_one();
    }

    /// Says whether the core is suspended. What uses the network ends, or can go on.
    pub(crate) fn set_awake(&self, awake: bool) {
        let changed = self.rest.send_if_modified(|rest| {
            let changes = rest.now == awake;
            rest.now = !awake;
            rest.times += u64::from(changes && rest.now);
            changes
        });
        if changed && awake {
            self.unblocked.notify_one();
        }
    }

    /// The outcome of `work`, unless the core is suspended before.
    pub(crate) async fn while_awake<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut rest = self.rest.subscribe();
        let times = rest.borrow().times;
        tokio::select! {
            done = work => done,
            _ = rest.wait_for(|rest| rest.now || rest.times != times) => Err(Error::Suspended),
        }
    }

    fn told(&self) -> MutexGuard<'_, Standing> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How one sync ended, with what the scheduler needs to know.
struct SyncEnd {
    result: Result<SyncReport, Error>,
    /// How long the server asks to wait.
    wait: Duration,
    /// The place in the outbox up to which entries were offered.
    offered_to: Option<u64>,
}

impl LearningCore {
    /// Exchanges with the server until nothing waits on either side, or the budget is spent.
    ///
    /// Whatever becomes of it, everything written on this device stays, and what was taken in stays
    /// taken in.
    pub async fn sync(
        &self,
        budget: Budget,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> Result<SyncReport, Error> {
        self.sync_noting(budget, cancel, progress).await.result
    }

    /// Tells the core what the phone is like at the moment; [`LearningCore::keep_in_sync`] heeds it.
    pub fn set_conditions(&self, conditions: Conditions) {
        self.traffic().conditions.send_replace(conditions);
    }

    /// How this device stands with the server.
    pub fn sync_state(&self) -> Result<SyncState, Error> {
        let (last_success, waiting_entries) =
            self.with(|state| Ok((state.last_exchange()?, state.waiting()?)))?;
        let told = self.traffic().told();
        Ok(SyncState {
            last_success,
            last_error: told.last_error.clone(),
            next_attempt: told.next_attempt,
            waiting_entries,
        })
    }

    async fn sync_noting(
        &self,
        budget: Budget,
        cancel: &Cancellation,
        progress: OnProgress<'_>,
    ) -> SyncEnd {
        let mut trips = Trips::new(self, &budget, progress);
        let done = self.traffic().while_awake(trips.go(cancel)).await;
        let result = done.and_then(|()| {
            let waiting = self.with(|state| state.waiting())?;
            Ok(SyncReport { waiting, ..trips.report.clone() })
        });
        if !matches!(result, Err(Error::Cancelled | Error::Suspended)) {
            self.traffic().told().last_error = result.as_ref().err().cloned();
            self.tell(Topic::Sync);
        }
        SyncEnd { result, wait: trips.wait, offered_to: trips.plan.after }
    }

    /// Whether the outbox goes on after a place.
    fn has_more_to_offer(&self, after: Option<u64>) -> bool {
        let page = self.with(|state| Ok(state.store.outbox_page(after, 0)?));
        page.is_ok_and(|page| !page.entries.is_empty())
    }

    /// Does `work` under the lock and away from the threads that wait for the network. It is done
    /// to its end even if nobody waits for it any more.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut State) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let core = self.clone();
        let done = tokio::task::spawn_blocking(move || core.with(work)).await;
        done.map_err(|error| Error::internal("working with what is stored").because(error))?
    }

    pub(crate) fn nonce(&self) -> Nonce {
        self.environment().randomness.bytes().into()
    }
}

impl State {
    /// Entries that wait to be stored by the server.
    fn waiting(&self) -> Result<u64, Error> {
        if self.store.outbox_page(None, 0)?.entries.is_empty() {
            return Ok(0);
        }
        let counts = self.store.counts()?;
        Ok(counts.unsent + counts.sent_unconfirmed)
    }

    fn last_exchange(&self) -> Result<Option<Timestamp>, Error> {
        let bytes = self.store.meta(LAST_EXCHANGE)?;
        let millis = bytes.and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
        Ok(millis.map(|millis| Timestamp::from_unix_millis(i64::from_be_bytes(millis))))
    }
}

fn in_millis<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
