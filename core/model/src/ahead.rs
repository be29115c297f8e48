//! What is said to have been cannot lie ahead: a session, a value that was seen, a day on which a
//! certificate was given. Placements, goals, deadlines and leave may be planned.
//!
//! It is asked of what somebody types now. What was written by a clock that is wrong, or is read back
//! from an export, is kept.

use crate::{CalendarDate, Timestamp, learning_log::local_day, record::FieldValue, time::DAY_MS};

/// Whether a day has come nowhere yet: somewhere it is tomorrow already.
///
/// ```
/// use enhance_model::ahead::day_is_ahead;
/// use jiff::civil::date;
///
/// let now = "2026-11-26T09:00:00Z".parse()?;
/// assert!(!day_is_ahead(date(2026, 11, 27), now));
/// assert!(day_is_ahead(date(2026, 11, 28), now));
/// # Ok::<(), enhance_model::time::NoTime>(())
/// ```
pub fn day_is_ahead(day: CalendarDate, now: Timestamp) -> bool {
    local_day(now).tomorrow().is_ok_and(|tomorrow| day > tomorrow)
}

/// Whether what is written into a field lies ahead, and is no slip of a clock or a zone.
pub fn value_is_ahead(value: &FieldValue<'_>, now: Timestamp) -> bool {
    match value {
        FieldValue::Day(Some(day)) => day_is_ahead(*day, now),
        FieldValue::Moment(Some(at)) => *at > now.plus_millis(DAY_MS),
        _ => false,
    }
}
