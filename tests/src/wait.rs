//! Waiting for something to become true, with a deadline instead of luck.

use std::{
    thread,
    time::{Duration, Instant},
};

/// The longest anything in a story may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than the core waits after an edit before it syncs by itself.
const A_WHILE: Duration = Duration::from_millis(2_500);

/// Long enough for a thread to get something done.
const A_MOMENT: Duration = Duration::from_millis(100);

const PAUSE: Duration = Duration::from_millis(5);

/// Waits until `look` sees something. Panics, saying what was awaited, when patience ends.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} in vain for {what}");
        thread::sleep(PAUSE);
    }
}

/// Waits until something is so, without blocking the thread that others may need to get there.
pub async fn until_so(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} in vain for {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Lets pass as much time as the core would need to sync by itself after an edit, which it must not.
pub async fn a_while() {
    tokio::time::sleep(A_WHILE).await;
}

/// Lets pass as much time as would be enough for something to begin that must not.
pub async fn a_moment() {
    tokio::time::sleep(A_MOMENT).await;
}
