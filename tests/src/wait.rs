//! Waiting for something to become true, with a deadline instead of luck.

use std::{
    thread,
    time::{Duration, Instant},
};

/// The longest anything in a story may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Long enough for something to happen that must not.
pub const A_WHILE: Duration = Duration::from_millis(2_500);

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

/// The same without blocking the thread that others may need to get there.
pub async fn until_async<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} in vain for {what}");
        tokio::time::sleep(PAUSE).await;
    }
}
