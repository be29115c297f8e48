//! Time as Tokio tells it, whose tests can hold it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use enhance_model::Timestamp;
use jiff::tz::TimeZone;
pub(crate) use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

/// How long it is since 1970, by the device's own clock.
pub(crate) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// How far the clocks here are ahead of UTC at a moment, by what the system is set to.
pub(crate) fn minutes_ahead_of_utc(at: Timestamp) -> Option<i32> {
    let zone = TimeZone::try_system().ok()?;
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).ok()?;
    Some(zone.to_offset(at).seconds().div_euclid(60))
}
