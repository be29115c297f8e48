//! Looking at the room there is, now and then.

use std::time::Duration;

use super::{Level, Space};
use crate::state::ServerState;

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// After so many looks a warning is said again while nothing gets better.
const SAY_EVERY: u32 = 60;

/// Looks how much room there is, and warns, until the server ends.
pub async fn run(state: ServerState) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    let (mut before, mut since) = (Level::Enough, 0);
    loop {
        looks.tick().await;
        let folder = state.folder.clone();
        let looked = tokio::task::spawn_blocking(move || Space::of(&folder)).await;
        let Ok(Ok(space)) = looked else {
            tracing::warn!("it cannot be told how much room there is on the disk");
            continue;
        };
        state.metrics.note_space(space);
        let level = space.level(&state.config.space);
        since = if level == before { since + 1 } else { 0 };
        if since % SAY_EVERY == 0 {
            say(space, level, before);
        }
        before = level;
    }
}

fn say(space: Space, level: Level, before: Level) {
    let (free_mib, database_mib) = (space.free >> 20, space.database >> 20);
    match level {
        Level::Urgent => tracing::error!(free_mib, database_mib, "the disk is nearly full"),
        Level::Low => tracing::warn!(free_mib, database_mib, "the disk is getting full"),
        Level::Enough if before > level => {
            tracing::info!(free_mib, "there is room on the disk again");
        }
        Level::Enough => {}
    }
}
