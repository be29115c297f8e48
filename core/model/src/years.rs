//! The years in which a day or a moment can lie that somebody types.

use std::ops::RangeInclusive;

use crate::{CalendarDate, Timestamp, record::FieldValue};

/// What one types as a date and means as another year lies outside of these: a year of another
/// calendar, one with two digits, or one that stands for "never".
const YEARS: RangeInclusive<i16> = 1950..=2150;

/// A day that somebody typed lies in no year that they can have meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{day} is in no year of anybody's training; years go from {} to {}",
    YEARS.start(),
    YEARS.end()
)]
pub struct OtherYear {
    /// The day, in UTC where a moment was typed.
    pub day: CalendarDate,
}

/// Refuses a day that nobody means: the one rule for every day that is typed. What was written
/// before, or comes from elsewhere, stays as it is.
///
/// ```
/// use enhance_model::years::in_our_years;
/// use jiff::civil::date;
///
/// assert!(in_our_years(date(2026, 11, 20)).is_ok());
/// for other in [date(26, 11, 20), date(1447, 5, 29), date(2569, 11, 20), date(9999, 12, 31)] {
///     assert!(in_our_years(other).is_err());
/// }
/// ```
pub fn in_our_years(day: CalendarDate) -> Result<CalendarDate, OtherYear> {
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(OtherYear { day }) }
}

/// The same for a moment that somebody typed. One that no calendar has is refused as well.
pub fn moment_in_our_years(at: Timestamp) -> Result<Timestamp, OtherYear> {
    let moment = jiff::Timestamp::from_millisecond(at.as_millis());
    let end = if at < Timestamp::default() { CalendarDate::MIN } else { CalendarDate::MAX };
    in_our_years(moment.map_or(end, |_| at.date())).map(|_| at)
}

/// The same for whatever is written into a field.
pub fn value_in_our_years(value: &FieldValue<'_>) -> Result<(), OtherYear> {
    match value {
        FieldValue::Day(Some(day)) => in_our_years(*day).map(drop),
        FieldValue::Moment(Some(at)) => moment_in_our_years(*at).map(drop),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_moment_of_another_calendar_is_none_that_somebody_means() {
        for year in ["1950", "2026", "2150"] {
            let text = format!("{year}-06-01");
            assert!(in_our_years(text.parse().unwrap()).is_ok(), "{text}");
            let moment: Timestamp = format!("{text}T12:00:00Z").parse().unwrap();
            assert_eq!(moment_in_our_years(moment), Ok(moment));
        }
        for year in ["0008", "0026", "1447", "1949", "2151", "2569", "5787", "9999"] {
            let day = format!("{year}-06-01").parse().unwrap();
            let moment: Timestamp = format!("{year}-06-01T12:00:00Z").parse().unwrap();
            assert_eq!(in_our_years(day), Err(OtherYear { day }));
            assert_eq!(moment_in_our_years(moment), Err(OtherYear { day }));
        }
        let said = in_our_years("2569-06-01".parse().unwrap()).unwrap_err().to_string();
        let words = "2569-06-01 is in no year of anybody's training; years go from 1950 to 2150";
        assert_eq!(said, words);
        for millis in [i64::MIN, i64::MAX] {
            assert!(moment_in_our_years(Timestamp::from_unix_millis(millis)).is_err());
        }
    }
}
