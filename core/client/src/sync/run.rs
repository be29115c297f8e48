//! Syncing by itself: carries out what [`Schedule`] decides.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;

use super::{
    budget::Budget,
    doorbell,
    once::{self, SyncEnd},
    schedule::{Event, Schedule},
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
    let mut conditions = traffic.conditions();
    let mut present = *conditions.borrow_and_update();
    let (mut news, mut company) = (traffic.news(), traffic.company());
    let mut schedule = Schedule::new(present, Duration::ZERO);
    while !stop.is_cancelled() {
        let next = schedule.next();
        note_next(&lock, &traffic, next.map(|next| next.saturating_sub(began.elapsed())));
        let happened = tokio::select! {
            changed = conditions.changed() => {
                if changed.is_err() {
                    return;
                }
                present = *conditions.borrow_and_update();
                Some(Event::Conditions(present))
            }
            () = written.notified() => Some(Event::LocalChange),
            () = traffic.unblocked() => Some(Event::Unblocked),
            _ = news.changed() => {
                let newest = *news.borrow_and_update();
                if !is_unread(&lock, newest) {
                    continue;
                }
                Some(Event::Rung)
            }
            _ = company.changed() => {
                let there = company.borrow_and_update();
                let present = there.as_ref().is_some_and(|company| !company.guests.is_empty());
                Some(Event::Company { present })
            }
            () = until(began, next) => None,
            () = stop.cancelled() => return,
        };
        let random = || u32::from_be_bytes(lock.environment().randomness.bytes());
        if let Some(event) = happened {
            schedule.on(event, began.elapsed(), random());
            continue;
        }
        schedule.on(Event::Started, began.elapsed(), random());
        let budget = Budget { metered: present.metered, ..Budget::default() };
        let ended = once::sync(&lock, &traffic, budget, &stop, &|_| ()).await;
        if ended.result.is_ok() {
            traffic.note_reached();
        }
        if ended.result.is_ok() && !present.metered {
            afterwards(stop.clone()).await;
        }
        // The sync's own writes are no reason for another; what was written meanwhile is.
        let _own_writes = futures_util::FutureExt::now_or_never(written.notified());
        schedule.on(outcome(&ended), began.elapsed(), random());
        if has_more_to_offer(&lock, ended.offered_to) {
            schedule.on(Event::LocalChange, began.elapsed(), random());
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
