//! Moments as people read them; JSON has them in UTC.

use std::time::Duration;

use enhance_model::Timestamp;
use jiff::{SignedDuration, fmt::strtime, tz::TimeZone};

/// A moment to the minute by the clock of this machine, and how far that is ahead of UTC:
/// `2026-11-22 09:30 +01:00`.
pub fn when(moment: Timestamp) -> String {
    when_in(TimeZone::system(), moment)
}

/// The time of day after a while, by the clock of this machine: `14:05`.
pub fn clock_in(wait: Duration) -> Option<String> {
    let wait = SignedDuration::try_from(wait).ok()?;
    let then = jiff::Timestamp::now().checked_add(wait).ok()?.to_zoned(TimeZone::system());
    strtime::format("%H:%M", &then).ok()
}

fn when_in(zone: TimeZone, moment: Timestamp) -> String {
    let local = jiff::Timestamp::from_millisecond(moment.as_millis()).map(|at| at.to_zoned(zone));
    let shown = local.and_then(|local| strtime::format("%Y-%m-%d %H:%M %:z", &local));
    shown.unwrap_or_else(|_| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_to_the_minute_by_the_clock_of_the_person() {
        let paris = || TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let shown = |zone, text: &str| when_in(zone, text.parse().unwrap());
        assert_eq!(shown(paris(), "2026-11-22T08:30:59.5Z"), "2026-11-22 09:30 +01:00");
        assert_eq!(shown(paris(), "2026-07-22T23:30:00Z"), "2026-07-23 01:30 +02:00");
        assert_eq!(shown(TimeZone::UTC, "2026-11-22T08:30:59.5Z"), "2026-11-22 08:30 +00:00");
    }

    #[test]
    fn the_ends_of_time_are_shown_somehow() {
        for millis in [i64::MIN, i64::MAX] {
            assert!(!when(Timestamp::from_unix_millis(millis)).is_empty());
        }
    }
}
