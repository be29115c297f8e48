//! Moments as people read them; JSON has them in UTC.

use std::time::Duration;

use enhance_model::{
    Timestamp, UtcOffset,
    change_project::Value,
    field::{Field, Shape},
    personal_record::Split,
    time,
};
use jiff::{
    SignedDuration,
    fmt::strtime,
    tz::{Offset, TimeZone},
};

/// A moment to the minute by the clock of this machine, and how far that is ahead of UTC:
/// `2026-11-22 09:30 +01:00`.
pub fn when(moment: Timestamp) -> String {
    when_in(TimeZone::system(), moment)
}

/// The same by the clocks where it was noted, if that is known.
pub fn when_there(moment: Timestamp, offset: Option<UtcOffset>) -> String {
    let seconds = offset.map(|offset| i32::from(offset.minutes()) * 60);
    let offset = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok());
    when_in(offset.map_or_else(TimeZone::system, TimeZone::fixed), moment)
}

/// What a field says, a moment or a part of a whole in it as people read one.
pub fn field_in_words(field: &Field, written: &str) -> String {
    let said = match (field.shape, field.key) {
        (Shape::Moment, _) => written.parse().ok().map(when),
        (Shape::Amount, "wte") => Value::share(written).ok().map(|wte| wte.share_in_words()),
        (Shape::String, "split") => written.parse().ok().map(|split: Split| split.in_words()),
        _ => None,
    };
    said.unwrap_or_else(|| written.to_owned())
}

/// A text of documents, with the moments in it as people read them.
pub fn with_moments(text: &str) -> String {
    time::with_moments(text, |moment| Some(when(moment)))
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
    fn e6_what_was_noted_elsewhere_is_shown_by_the_clocks_there() {
        let moment = "2026-11-22T23:30:00Z".parse().unwrap();
        let there = |text: &str| when_there(moment, Some(text.parse().unwrap()));
        assert_eq!(there("+05:45"), "2026-11-23 05:15 +05:45");
        assert_eq!(there("-18:00"), "2026-11-22 05:30 -18:00");
        assert_eq!(when_there(moment, None), when(moment));
    }

    #[test]
    fn the_ends_of_time_are_shown_somehow() {
        for millis in [i64::MIN, i64::MAX] {
            assert!(!when(Timestamp::from_unix_millis(millis)).is_empty());
        }
    }
}
