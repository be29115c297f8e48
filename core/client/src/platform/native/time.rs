//! Time as Tokio tells it, whose tests can hold it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

/// How long it is since 1970, by the device's own clock.
pub(crate) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
