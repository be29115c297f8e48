//! Refusals on their way into the audit trail: equal ones of one device within an hour are two rows
//! at most, the first and the count of those after it.
//!
//! What is refused changes nothing, so it must cost nothing either. Counts of less than an hour are
//! lost if the server is killed.

pub(crate) mod count;

use std::time::Duration;

use enhance_model::{DocumentId, Timestamp};

use crate::{
    state::ServerState,
    storage::{StorageError, audit, audit::Event, people::Sender},
};

/// How often it is looked for counts whose hour is over.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Refusals of one kind.
pub(crate) struct Refused {
    pub(crate) what: String,
    /// The document they are about, if it is one.
    pub(crate) document: Option<DocumentId>,
    pub(crate) count: u64,
}

/// Has refusals written down, if they are not like others of this hour.
pub(crate) async fn note(
    state: &ServerState,
    by: Option<Sender>,
    refused: Vec<Refused>,
) -> Result<(), StorageError> {
    let now = state.now();
    let count = |one: Refused| state.refusals.count(by, one.what, (one.document, one.count), now);
    write(state, refused.into_iter().filter_map(count).collect(), now).await
}

/// Writes counts down when their hour is over, until the server ends.
pub(crate) async fn run(state: ServerState) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        looks.tick().await;
        settle(&state, Some(state.now())).await;
    }
}

/// Writes down what is counted: all of it, or that whose hour is over by this moment.
pub(crate) async fn settle(state: &ServerState, now: Option<Timestamp>) {
    if let Err(error) = write(state, state.refusals.over(now), state.now()).await {
        tracing::warn!(%error, "refusals are missing in the audit trail");
    }
}

async fn write(state: &ServerState, rows: Vec<Event>, now: Timestamp) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    let add = move |write: &mut crate::storage::Write<'_>| {
        rows.into_iter().try_for_each(|event| audit::add(write.db, event, now))
    };
    state.storage.write(add).await
}
