//! Destroying files that belong to nothing, now and then and at once when somebody asks.

use std::time::Duration;

use enhance_model::time::DAY_MS;

use super::{damage, files::Part};
use crate::{
    state::ServerState,
    storage::{StorageError, Write, blobs},
};

/// How often it is looked for what is to be destroyed.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Files that are destroyed in one go.
const AT_ONCE: u32 = 500;
/// Milliseconds after which a file of which no more pieces came is let go.
const UNFINISHED_MS: i64 = 14 * DAY_MS;

/// Destroys what belongs to nothing, now and then, until the server ends.
pub async fn run(state: ServerState) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        looks.tick().await;
        if let Err(error) = sweep(&state).await {
            tracing::warn!(%error, "files that belong to nothing could not be destroyed");
        }
        if let Err(error) = damage::hear(&state).await {
            tracing::warn!(%error, "it is not known which files are to be asked for again");
        }
    }
}

/// Destroys what belongs to nothing now. The file goes before the note that it is to go.
pub async fn sweep(state: &ServerState) -> Result<(), StorageError> {
    let before = state.now().plus_millis(-UNFINISHED_MS);
    let find = move |write: &mut Write<'_>| -> Result<_, StorageError> {
        blobs::lose_unfinished(write.db, before, AT_ONCE)?;
        blobs::lost(write.db, AT_ONCE)
    };
    let lost = state.storage.write(find).await?;
    for (person, sha256) in lost {
        let folder = state.folder.clone();
        // In the thread that writes, so that nobody begins the same file anew in between.
        let destroy = move |write: &mut Write<'_>| -> Result<(), StorageError> {
            Part::destroy(&folder, (person, sha256))?;
            blobs::destroyed(write.db, person, sha256)
        };
        state.storage.write(destroy).await?;
    }
    Ok(())
}
