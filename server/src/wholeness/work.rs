//! Looking at what was not looked at before the start.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::Wholeness;
use crate::{
    blobs,
    state::ServerState,
    storage::{StorageError, contents, schema},
};

/// The longest rest between two tables.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// How long it is waited for a database that was moved.
const AWAY: Duration = Duration::from_secs(1);

/// Looks at one table after the other, and rests after each for as long as it took, so that others
/// have the disk for at least half of the time.
pub async fn run(state: ServerState) {
    let mut tables = match read(&state, schema::rest).await {
        Ok(tables) => tables,
        Err(error) => return found(&state, &error),
    };
    while let Some(table) = tables.pop() {
        let begun = Instant::now();
        match read(&state, move |db| schema::check_table(db, &table)).await {
            Ok(()) => {}
            Err(StorageError::Closed) => return,
            Err(error) => return found(&state, &error),
        }
        tokio::time::sleep(begun.elapsed().min(LONGEST_REST)).await;
    }
    match contents(&state).await {
        Ok(()) => {}
        Err(StorageError::Closed) => return,
        Err(error) => return found(&state, &error),
    }
    tracing::info!("the database is whole");
    state.wholeness.set(Wholeness::Whole);
    if let Err(error) = blobs::look(&state).await {
        tracing::warn!(%error, "attachments could not be looked at");
    }
}

/// Reads every row as the service does, and compares what it holds with its hash.
async fn contents(state: &ServerState) -> Result<(), StorageError> {
    for part in read(state, contents::parts).await? {
        let begun = Instant::now();
        let faults = read(state, move |db| part.check(db)).await?;
        faults.into_result()?;
        tokio::time::sleep(begun.elapsed().min(LONGEST_REST)).await;
    }
    Ok(())
}

/// Reads once the database is where it was: what was moved for a while is not damaged by that.
async fn read<T: Send + 'static>(
    state: &ServerState,
    work: impl Fn(&Connection) -> Result<T, StorageError> + Clone + Send + 'static,
) -> Result<T, StorageError> {
    loop {
        match state.storage.read(work.clone()).await {
            Err(StorageError::Displaced(_)) => tokio::time::sleep(AWAY).await,
            read => return read,
        }
    }
}

/// The server is not ready any more and says why. It goes on answering: what phones read now they
/// keep, and what they write they offer again to a server that was restored.
fn found(state: &ServerState, error: &StorageError) {
    tracing::error!(%error, "the database is damaged");
    state.wholeness.set(Wholeness::Damaged(error.to_string()));
}
