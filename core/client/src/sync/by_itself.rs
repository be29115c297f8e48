//! Syncing by itself: carries out what [`Schedule`] decides.

use std::{sync::Arc, time::Duration};

use enhance_protocol::Company;
use tokio::sync::{Notify, watch};

use super::{
    budget::{Asked, Budget},
    doorbell,
    once::{self, SyncEnd},
    schedule::{Conditions, Event, Schedule},
    traffic::Traffic,
};
use crate::{
    cancellation::Cancellation,
    environment::transport::Pending,
    error::Error,
    observe::{Observation, Topic},
    platform::{
        task,
        time::{Instant, sleep_until},
    },
    state::lock::StateLock,
};

/// Syncing by itself. It stops when this is dropped; what is under way ends at its next step.
#[must_use = "dropping it ends the syncing"]
#[derive(Debug)]
pub struct KeepInSync {
    stop: Cancellation,
    _writes: Observation,
}

impl Drop for KeepInSync {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Syncs from now on whenever [`Schedule`] says so, and does what is to be done
/// after one that went well.
///
/// # Panics
///
/// If it is not called within a Tokio runtime.
pub(crate) fn keep_in_sync(
    lock: StateLock,
    traffic: Arc<Traffic>,
    afterwards: impl Fn(Cancellation) -> Pending<'static, ()> + Send + Sync + 'static,
) -> KeepInSync {
    let written = Arc::new(Notify::new());
    let writing = Arc::clone(&written);
    let writes = lock.observe(move |changes| {
        if changes.touches(Topic::Status) {
            writing.notify_one();
        }
    });
    let stop = Cancellation::new();
    task::spawn(doorbell::listen(lock.clone(), Arc::clone(&traffic), stop.clone()));
    task::spawn(keep(lock, traffic, (written, stop.clone()), afterwards));
    KeepInSync { stop, _writes: writes }
}

async fn keep(
    lock: StateLock,
    traffic: Arc<Traffic>,
    (written, stop): (Arc<Notify>, Cancellation),
    afterwards: impl Fn(Cancellation) -> Pending<'static, ()>,
) {
    let began = Instant::now();
    let mut ears = Ears::new(&traffic, written, stop.clone());
    let mut schedule = Schedule::new(ears.present, Duration::ZERO);
    let random = || u32::from_be_bytes(lock.environment().randomness.bytes());
    while !stop.is_cancelled() {
        let next = schedule.next();
        note_next(&lock, &traffic, next.map(|next| next.saturating_sub(began.elapsed())));
        match ears.hear(&lock, &traffic, until(began, next)).await {
            Heard::Event(event) => schedule.on(event, began.elapsed(), random()),
            Heard::Nothing => {}
            Heard::End => return,
            Heard::Time => {
                schedule.on(Event::Started, began.elapsed(), random());
                let ended = sync_now(&lock, &traffic, &ears, &afterwards).await;
                schedule.on(outcome(&ended), began.elapsed(), random());
                if has_more_to_offer(&lock, ended.offered_to) {
                    schedule.on(Event::LocalChange, began.elapsed(), random());
                }
            }
        }
    }
}

async fn sync_now(
    lock: &StateLock,
    traffic: &Traffic,
    ears: &Ears,
    afterwards: &impl Fn(Cancellation) -> Pending<'static, ()>,
) -> SyncEnd {
    let metered = ears.present.metered;
    let budget = Budget { metered, ..Budget::default() };
    let ended = once::sync(lock, traffic, (budget, Asked::ByNobody), &ears.stop, &|_| ()).await;
    if ended.result.is_ok() {
        traffic.note_reached();
    }
    if ended.result.is_ok() && !metered {
        afterwards(ears.stop.clone()).await;
    }
    // The sync's own writes are no reason for another; what was written meanwhile is.
    let _own_writes = futures_util::FutureExt::now_or_never(ears.written.notified());
    ended
}

/// What is listened to between two syncs.
struct Ears {
    conditions: watch::Receiver<Conditions>,
    /// The phone's conditions as they were heard last.
    present: Conditions,
    news: watch::Receiver<u64>,
    company: watch::Receiver<Option<Company>>,
    written: Arc<Notify>,
    stop: Cancellation,
}

/// What was heard first.
enum Heard {
    Event(Event),
    /// Something that is no reason for anything.
    Nothing,
    /// It is time for a sync.
    Time,
    /// Nobody wants to sync any more.
    End,
}

impl Ears {
    fn new(traffic: &Traffic, written: Arc<Notify>, stop: Cancellation) -> Self {
        let mut conditions = traffic.conditions();
        let present = *conditions.borrow_and_update();
        let (news, company) = (traffic.news(), traffic.company());
        Self { conditions, present, news, company, written, stop }
    }

    async fn hear(
        &mut self,
        lock: &StateLock,
        traffic: &Traffic,
        time: impl Future<Output = ()>,
    ) -> Heard {
        tokio::select! {
            changed = self.conditions.changed() => {
                if changed.is_err() {
                    return Heard::End;
                }
                self.present = *self.conditions.borrow_and_update();
                Heard::Event(Event::Conditions(self.present))
            }
            () = self.written.notified() => Heard::Event(Event::LocalChange),
            () = traffic.unblocked() => Heard::Event(Event::Unblocked),
            _ = self.news.changed() => {
                let newest = *self.news.borrow_and_update();
                if is_unread(lock, newest) { Heard::Event(Event::Rung) } else { Heard::Nothing }
            }
            _ = self.company.changed() => {
                let there = self.company.borrow_and_update();
                let present = there.as_ref().is_some_and(|company| !company.guests.is_empty());
                Heard::Event(Event::Company { present })
            }
            () = time => Heard::Time,
            () = self.stop.cancelled() => Heard::End,
        }
    }
}

/// Whether this device has not read up to a number.
fn is_unread(lock: &StateLock, newest: u64) -> bool {
    let read = lock.with(|state| Ok(state.store().sync_state()?.cursor.sequence));
    read.is_ok_and(|read| read < newest)
}

/// Notes when the next sync will be attempted, for a person who wants to know.
fn note_next(lock: &StateLock, traffic: &Traffic, wait: Option<Duration>) {
    let now = lock.environment().clock.now();
    let millis = |wait: Duration| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
    traffic.outlook().next_attempt = wait.map(|wait| now.plus_millis(millis(wait)));
    lock.tell(Topic::Sync);
}

/// Whether the outbox goes on after a place.
fn has_more_to_offer(lock: &StateLock, after: Option<u64>) -> bool {
    let page = lock.with(|state| Ok(state.store().outbox_page(after, 0)?));
    page.is_ok_and(|page| !page.entries.is_empty())
}

async fn until(began: Instant, next: Option<Duration>) {
    match next {
        Some(next) => sleep_until(began + next).await,
        None => std::future::pending().await,
    }
}

fn outcome(ended: &SyncEnd) -> Event {
    let wait = ended.wait;
    match &ended.result {
        Ok(_) => Event::Succeeded { wait },
        Err(Error::Refused { .. } | Error::SignInNeeded | Error::NotEnrolled) => Event::Refused,
        Err(error) if error.is_absence() => Event::Refused,
        Err(error) => {
            let by_stranger =
                matches!(error, Error::Offline { obstacle, .. } if obstacle.is_of_way());
            Event::Failed { wait, by_stranger }
        }
    }
}
