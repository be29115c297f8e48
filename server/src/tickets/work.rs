//! Clearing tickets whose time is over.

use std::time::Duration;

use enhance_model::time::DAY_MS;

use crate::{
    state::ServerState,
    storage::{StorageError, Write, tickets},
};

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How long it is kept after its end who opened a ticket and what they said, so that the devices of
/// its owner hear of it.
const KEPT_MS: i64 = 30 * DAY_MS;

/// Clears what is over, now and then, until the server ends.
pub async fn run(state: ServerState) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        looks.tick().await;
        if let Err(error) = clear(&state).await {
            tracing::warn!(%error, "tickets whose time is over could not be cleared");
        }
    }
}

/// Destroys what expired tickets show, and forgets those that ended long ago.
pub async fn clear(state: &ServerState) -> Result<(), StorageError> {
    let now = state.now();
    let clearing = move |write: &mut Write<'_>| -> Result<(), StorageError> {
        let cleared = tickets::clear_expired(write.db, now)?;
        let forgotten = tickets::forget(write.db, now.plus_millis(-KEPT_MS))?;
        if cleared || forgotten {
            write.destroyed();
        }
        Ok(())
    };
    state.storage.write(clearing).await
}
