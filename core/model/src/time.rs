//! Moments, days and durations, in the units the field uses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Quoted, record::Written};

/// Milliseconds of a day.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A calendar day, without a zone: an observation's period, an action's due date.
pub type CalendarDate = jiff::civil::Date;

/// A moment, in milliseconds of Unix time. Shown in UTC as RFC 3339 writes it.
///
/// What a phone's clock says is for display only; nothing is ordered by it (F21).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment this many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; zero for moments before it.
    pub const fn unix_millis(self) -> u64 {
        if self.0 < 0 { 0 } else { self.0.unsigned_abs() }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, negative before it.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The moment `millis` later; the last representable moment rather than an overflow.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this moment, zero if `earlier` is later.
    pub const fn millis_since(self, earlier: Self) -> u64 {
        let millis = self.0.saturating_sub(earlier.0);
        if millis < 0 { 0 } else { millis.unsigned_abs() }
    }

    /// The day of this moment in UTC.
    pub fn date(self) -> CalendarDate {
        jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => fmt::Display::fmt(&moment, f),
            Err(_) => write!(f, "{} ms after 1970", self.0),
        }
    }
}

/// Why a text is no moment or no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTime {
    #[error("{text} is not a moment; write it as 2026-11-20T13:00+01:00", text = Quoted(.text))]
    Moment { text: String },
    #[error("{text} is not a day; write it as 2026-11-20", text = Quoted(.text))]
    Day { text: String },
    #[error("there is no day {text}")]
    NoSuchDay { text: String },
    #[error("{text} is not how far clocks are ahead of UTC; write it as +01:00", text = Quoted(.text))]
    Offset { text: String },
}

/// A day as the NHS writes it.
///
/// ```
/// let day = jiff::civil::date(2027, 3, 31);
/// assert_eq!(enhance_model::time::day_in_words(day), "31 March 2027");
/// ```
pub fn day_in_words(day: CalendarDate) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs() - 1) % MONTHS.len()];
    format!("{} {month} {:04}", day.day(), day.year())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A calendar day as it is written, and in no other of the ways that ISO 8601 knows.
///
/// ```
/// use enhance_model::time::day;
///
/// assert!(day("2026-11-20").is_ok());
/// assert_eq!(day("2026-02-30").unwrap_err().to_string(), "there is no day 2026-02-30");
/// ```
pub fn day(typed: &str) -> Result<CalendarDate, NoTime> {
    let text = typed.trim();
    let parts: Vec<&str> = text.split('-').collect();
    let is_written_so = parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && parts.iter().all(|part| part.bytes().all(|digit| digit.is_ascii_digit()));
    if !is_written_so {
        return Err(NoTime::Day { text: typed.to_owned() });
    }
    text.parse().map_err(|_| NoTime::NoSuchDay { text: text.to_owned() })
}

impl FromStr for Timestamp {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let read = text.trim().parse::<jiff::Timestamp>();
        let moment = read.map_err(|_| NoTime::Moment { text: text.to_owned() })?;
        Ok(Self(moment.as_millisecond()))
    }
}

/// How far the clocks on the wall are ahead of UTC somewhere: beside a moment, what time of which day
/// it was for the person who said so.
///
/// ```
/// use enhance_model::{Timestamp, UtcOffset};
///
/// let summer: UtcOffset = "+01:00".parse()?;
/// let late: Timestamp = "2026-07-31T23:30:00Z".parse()?;
/// assert_eq!(summer.day(late).to_string(), "2026-08-01");
/// # Ok::<(), enhance_model::time::NoTime>(())
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// Minutes of the farthest that any clock was ever from UTC, and some more.
    const MOST: i16 = 18 * 60;

    /// So many minutes ahead of UTC, behind it if there are fewer than none. None beyond 18 hours.
    pub fn from_minutes(minutes: i32) -> Option<Self> {
        let minutes = i16::try_from(minutes).ok()?;
        (-Self::MOST..=Self::MOST).contains(&minutes).then_some(Self(minutes))
    }

    /// Minutes ahead of UTC.
    pub const fn minutes(self) -> i16 {
        self.0
    }

    /// The day it is there at a moment.
    pub fn day(self, moment: Timestamp) -> CalendarDate {
        moment.plus_millis(i64::from(self.0) * 60_000).date()
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, minutes) = (if self.0 < 0 { '-' } else { '+' }, self.0.unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for UtcOffset {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        read_offset(text.trim()).ok_or_else(|| NoTime::Offset { text: text.to_owned() })
    }
}

/// `+01:00`, `-03:30`, or `Z` for none.
fn read_offset(text: &str) -> Option<UtcOffset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(UtcOffset::default());
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |digits: &str| {
        let is_two = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        is_two.then(|| digits.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (two(hours)?, two(minutes).filter(|minutes| *minutes < 60)?);
    UtcOffset::from_minutes(sign * (hours * 60 + minutes))
}

impl From<UtcOffset> for String {
    fn from(offset: UtcOffset) -> Self {
        offset.to_string()
    }
}

impl TryFrom<String> for UtcOffset {
    type Error = NoTime;

    fn try_from(text: String) -> Result<Self, NoTime> {
        text.parse()
    }
}

impl Written for UtcOffset {
    const WANTED: &'static str = "how far clocks are ahead of UTC, as +01:00";
}

/// A duration of learning in whole minutes.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Minutes(pub u32);

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes} min"),
        }
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(minutes: I) -> Self {
        Self(minutes.fold(0, |sum, each| sum.saturating_add(each.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_as_rfc_3339() {
        let moment: Timestamp = "2026-11-22T08:30:00Z".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-22T08:30:00Z");
        assert_eq!(moment.date(), jiff::civil::date(2026, 11, 22));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for millis in [i64::MIN, i64::MAX, -1] {
            let moment = Timestamp::from_unix_millis(millis);
            let _ = (moment.to_string(), moment.date(), moment.plus_millis(i64::MAX));
        }
    }

    #[test]
    fn minutes_read_as_people_say_them() {
        assert_eq!(Minutes(45).to_string(), "45 min");
        assert_eq!(Minutes(360).to_string(), "6 h");
        assert_eq!(Minutes(95).to_string(), "1 h 35 min");
    }

    #[test]
    fn an_offset_is_written_in_one_way_and_has_an_end() {
        for (text, minutes) in [
            ("+00:00", 0),
            ("z", 0),
            ("-00:00", 0),
            ("+05:45", 345),
            ("-03:30", -210),
            ("+18:00", 1_080),
            (" +01:00\n", 60),
        ] {
            assert_eq!(text.parse::<UtcOffset>().unwrap().minutes(), minutes, "{text}");
        }
        for wrong in ["", "+", "1", "+1:00", "+01", "+01:60", "+18:01", "-99:00", "+٠١:00", "BST"]
        {
            assert!(wrong.parse::<UtcOffset>().is_err(), "{wrong}");
        }
        for minutes in [-1_080, -1, 0, 1, 345, 1_080] {
            let offset = UtcOffset::from_minutes(minutes).unwrap();
            assert_eq!(offset.to_string().parse(), Ok(offset));
        }
        assert_eq!(UtcOffset::from_minutes(1_081), None);
        assert_eq!(UtcOffset::from_minutes(i32::MIN), None);
        let end = Timestamp::from_unix_millis(i64::MAX);
        let _ = (UtcOffset(-1_080).day(end), UtcOffset(1_080).day(end));
    }
}
