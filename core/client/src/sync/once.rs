//! One sync from its beginning to its end, and what is noted of it.

use std::time::Duration;

use super::{
    budget::{Asked, Budget},
    identity,
    report::SyncReport,
    standing,
    traffic::Traffic,
    trips::Trips,
    way,
};
use crate::{
    cancellation::Cancellation, error::Error, observe::Topic, progress::OnProgress,
    state::lock::StateLock,
};

/// How one sync ended, with what the scheduler needs to know.
pub(crate) struct SyncEnd {
    pub(crate) result: Result<SyncReport, Error>,
    /// How long the server asks to wait.
    pub(super) wait: Duration,
    /// The place in the outbox up to which entries were offered.
    pub(super) offered_to: Option<u64>,
}

/// Exchanges with the server until nothing waits on either side, or the budget is spent, and
/// notes how all of it went.
pub(crate) async fn sync(
    lock: &StateLock,
    traffic: &Traffic,
    (budget, asked): (Budget, Asked),
    cancel: &Cancellation,
    progress: OnProgress<'_>,
) -> SyncEnd {
    let mut trips = Trips::new(lock, traffic, (&budget, asked), progress);
    let mut done = lock.while_awake(trips.go(cancel)).await;
    if matches!(done, Err(Error::StorageFull)) {
        done = lock.while_awake(trips.send(cancel)).await;
    }
    if matches!(done, Err(Error::SignInNeeded)) {
        match identity::recover(lock, cancel).await {
            Ok(true) => done = lock.while_awake(trips.go(cancel)).await,
            Ok(false) => {}
            Err(error) => done = Err(error),
        }
    }
    if done.is_ok() && !trips.report.more {
        trips.upload(cancel).await;
    }
    trips.end_sending().await;
    let result = done.and_then(|()| {
        let report = trips.report.clone();
        lock.read(|screen| {
            let (store, files) = (screen.store(), screen.store().attachment_counts()?);
            let (waiting, held) = (store.waiting()?, store.held_documents()?);
            let uploads_waiting = files.all - files.stored;
            let held_by = way::in_the_way(store)?;
            Ok(SyncReport { held, held_by, waiting, uploads_waiting, ..report })
        })
    });
    if !matches!(&result, Err(error) if *error == Error::Cancelled || error.is_absence()) {
        // What waits for room on the server is a failure to be told, though all else went well.
        let waits = trips.postponed.as_ref().filter(|_| is_waiting(&result));
        standing::note_end(lock, traffic, result.as_ref().err().or(waits)).await;
        lock.tell(Topic::Sync);
    }
    SyncEnd { result, wait: trips.wait, offered_to: trips.offering.after }
}

fn is_waiting(result: &Result<SyncReport, Error>) -> bool {
    result.as_ref().is_ok_and(|report| report.waiting > 0)
}
