//! Syncing by itself: carries out what [`Schedule`] decides.

use std::{sync::Arc, time::Duration};

use enhance_model::RefusalCode;
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

use super::{
    Budget, Conditions, SyncEnd,
    schedule::{Event, Schedule},
};
use crate::{Cancellation, Error, LearningCore, Observation, Topic};

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

impl LearningCore {
    /// Syncs by itself from now on: soon after something was written, at once when the network or
    /// the person is back, now and then while the app is on the screen, and ever more rarely while
    /// the server cannot be reached. See [`LearningCore::set_conditions`].
    ///
    /// # Panics
    ///
    /// If it is not called within a Tokio runtime.
    pub fn keep_in_sync(&self) -> KeepInSync {
        let written = Arc::new(Notify::new());
        let writing = Arc::clone(&written);
        let writes = self.observe(move |changes| {
            if changes.touches(Topic::Status) {
                writing.notify_one();
            }
        });
        let stop = Cancellation::new();
        tokio::spawn(keep(self.clone(), written, stop.clone()));
        KeepInSync { stop, _writes: writes }
    }

    /// Notes when the next sync will be attempted, for whoever wants to know.
    fn note_next(&self, wait: Option<Duration>) {
        let now = self.environment().clock.now();
        let millis = |wait: Duration| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        self.traffic().told().next_attempt = wait.map(|wait| now.plus_millis(millis(wait)));
        self.tell(Topic::Sync);
    }
}

async fn keep(core: LearningCore, written: Arc<Notify>, stop: Cancellation) {
    let began = Instant::now();
    let mut conditions = core.traffic().conditions.subscribe();
    let mut present = *conditions.borrow_and_update();
    let mut schedule = Schedule::new(present, Duration::ZERO);
    while !stop.is_cancelled() {
        let next = schedule.next();
        core.note_next(next.map(|next| next.saturating_sub(began.elapsed())));
        let happened = tokio::select! {
            changed = conditions.changed() => {
                if changed.is_err() {
                    return;
                }
                present = *conditions.borrow_and_update();
                Some(Event::Conditions(present))
            }
            () = written.notified() => Some(Event::LocalChange),
            () = core.traffic().unblocked.notified() => Some(Event::Unblocked),
            () = until(began, next) => None,
            () = stop.cancelled() => return,
        };
        let random = || u32::from_be_bytes(core.environment().randomness.bytes());
        if let Some(event) = happened {
            schedule.on(event, began.elapsed(), random());
            continue;
        }
        schedule.on(Event::Started, began.elapsed(), random());
        let ended = sync(&core, present, &stop).await;
        // The sync's own writes are no reason for another; what was written meanwhile is.
        let _own_writes = futures_util::FutureExt::now_or_never(written.notified());
        schedule.on(outcome(&ended), began.elapsed(), random());
        if core.has_more_to_offer(ended.offered_to) {
            schedule.on(Event::LocalChange, began.elapsed(), random());
        }
    }
}

async fn until(began: Instant, next: Option<Duration>) {
    match next {
        Some(next) => sleep_until(began + next).await,
        None => std::future::pending().await,
    }
}

async fn sync(core: &LearningCore, conditions: Conditions, stop: &Cancellation) -> SyncEnd {
    let budget = Budget { metered: conditions.metered, ..Budget::default() };
    core.sync_noting(budget, stop, &|_| ()).await
}

fn outcome(ended: &SyncEnd) -> Event {
    let wait = ended.wait;
    match &ended.result {
        Ok(_) => Event::Succeeded { wait },
        Err(Error::Refused {
            code: RefusalCode::RateLimited | RefusalCode::Unavailable, ..
        }) => Event::Failed { wait },
        Err(
            Error::Refused { .. } | Error::SignInNeeded | Error::NotEnrolled | Error::Suspended,
        ) => Event::Refused,
        Err(_) => Event::Failed { wait },
    }
}
