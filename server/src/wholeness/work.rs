//! Looking at what was not looked at before the start.

use std::time::{Duration, Instant};

use super::Wholeness;
use crate::{
    blobs,
    state::ServerState,
    storage::{StorageError, contents, schema},
};

/// The longest rest between two tables.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// Looks at one table after the other, and rests after each for as long as it took, so that others
/// have the disk for at least half of the time.
pub async fn run(state: ServerState) {
    let mut tables = match state.storage.read(schema::rest).await {
        Ok(tables) => tables,
        Err(error) => return found(&state, &error),
    };
    while let Some(table) = tables.pop() {
        let begun = Instant::now();
        match state.storage.read(move |db| schema::check_table(db, &table)).await {
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
    for part in state.storage.read(contents::parts).await? {
        let begun = Instant::now();
        let faults = state.storage.read(move |db| part.check(db)).await?;
        faults.into_result()?;
        tokio::time::sleep(begun.elapsed().min(LONGEST_REST)).await;
    }
    state.storage.read(contents::between).await?.into_result()
}

/// The server is not ready any more and says why. It goes on answering: what phones read now they
/// keep, and what they write they offer again to a server that was restored.
fn found(state: &ServerState, error: &StorageError) {
    tracing::error!(%error, "the database is damaged");
    state.wholeness.set(Wholeness::Damaged(error.to_string()));
}
