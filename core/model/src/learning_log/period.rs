//! Periods of days: what a log, an absence or a page is asked for. There is no sum without one.

use std::{fmt, str::FromStr, sync::LazyLock};

use jiff::ToSpan;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    CalendarDate, Quoted, Timestamp,
    chart::Zone,
    time::{self, NoTime, day_in_words},
    years::{OtherYear, in_our_years},
};

/// Days in a row, the first and the last included.
///
/// ```
/// use enhance_model::learning_log::Period;
///
/// let year = Period::year_from(jiff::civil::date(2028, 2, 29));
/// assert_eq!(year.to_string(), "2028-02-29..2029-02-28");
/// assert_eq!("2028-02-29..2029-02-28".parse(), Ok(year));
/// assert_eq!(year.days(), 366);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    from: CalendarDate,
    /// Not before the first.
    to: CalendarDate,
}

/// Why two days are no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodFault {
    #[error("a period cannot end on {to}, before it begins on {from}")]
    EndsBeforeStart { from: CalendarDate, to: CalendarDate },
    #[error(
        "{text} is no period; write it as 2026-08-05..2027-08-03, or the first day of a year",
        text = Quoted(.text)
    )]
    Shape { text: String },
    /// It begins or ends on a day that no calendar has.
    #[error(transparent)]
    NoDay(NoTime),
    #[error("{period} is longer than {} years; ask for fewer", Period::MOST_YEARS)]
    TooLong { period: Period },
    /// Nobody means this year.
    #[error(transparent)]
    Year(#[from] OtherYear),
}

/// Training years go from a day of the week to the one before it, in 52 or 53 weeks.
const DAYS_OF_A_YEAR: std::ops::RangeInclusive<u32> = 364..=371;

impl Period {
    /// Nobody trains for longer, and what is counted year by year has an end.
    pub const MOST_YEARS: i16 = 60;

    /// The days from one to another.
    pub fn new(from: CalendarDate, to: CalendarDate) -> Result<Self, PeriodFault> {
        if to < from {
            Err(PeriodFault::EndsBeforeStart { from, to })
        } else {
            Ok(Self { from, to })
        }
    }

    /// The year that begins on a day. One that begins on 29 February ends on 28 February.
    pub fn year_from(from: CalendarDate) -> Self {
        let anniversary = from.checked_add(1.year()).unwrap_or(CalendarDate::MAX);
        // Of a leap day the anniversary is the last of February already.
        let is_last = anniversary.day() != from.day();
        let to = if is_last { Ok(anniversary) } else { anniversary.yesterday() };
        Self { from, to: to.unwrap_or(anniversary).max(from) }
    }

    /// The first day, which is in it.
    pub const fn from(self) -> CalendarDate {
        self.from
    }

    /// The last day, which is in it too.
    pub const fn to(self) -> CalendarDate {
        self.to
    }

    /// How many days there are in it.
    pub fn days(self) -> u32 {
        let days = self.from.until(self.to).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or_default().saturating_add(1)
    }

    /// As people read it: "5 August 2026 to 3 August 2027", or a day alone.
    pub fn in_words(self) -> String {
        let (from, to) = (day_in_words(self.from), day_in_words(self.to));
        if from == to { from } else { format!("{from} to {to}") }
    }

    /// Whether a day is in it.
    pub fn contains(self, day: CalendarDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The same, unless it has more years than are counted, or is in none that somebody means.
    pub fn countable(self) -> Result<Self, PeriodFault> {
        for day in [self.from, self.to] {
            in_our_years(day)?;
        }
        let end = self.from.checked_add(Self::MOST_YEARS.years());
        let is_too_long = end.is_ok_and(|end| end <= self.to);
        if is_too_long { Err(PeriodFault::TooLong { period: self }) } else { Ok(self) }
    }

    /// Whether it is as long as a year of training, which is 52 or 53 weeks or 365 or 366 days.
    pub fn is_a_year(self) -> bool {
        DAYS_OF_A_YEAR.contains(&self.days())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

impl FromStr for Period {
    type Err = PeriodFault;

    fn from_str(text: &str) -> Result<Self, PeriodFault> {
        let shape = || PeriodFault::Shape { text: text.chars().take(80).collect() };
        let day = |text: &str| {
            time::day(text).map_err(|fault| match fault {
                NoTime::NoSuchDay { .. } => PeriodFault::NoDay(fault),
                _ => shape(),
            })
        };
        match text.split_once("..") {
            Some((from, to)) => Self::new(day(from)?, day(to)?),
            None => Ok(Self::year_from(day(text)?)),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// The day of a moment by the clocks of the United Kingdom, where the programme is.
pub fn local_day(moment: Timestamp) -> CalendarDate {
    static LONDON: LazyLock<Option<Zone>> = LazyLock::new(|| Zone::LONDON.parse().ok());
    LONDON.as_ref().map_or_else(|| moment.date(), |zone| zone.day(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(from: &str) -> String {
        Period::year_from(from.parse().unwrap()).to_string()
    }

    #[test]
    fn a_year_ends_the_day_before_its_anniversary_and_one_from_a_leap_day_on_28_february() {
        assert_eq!(year("2026-08-05"), "2026-08-05..2027-08-04");
        assert_eq!(year("2028-02-29"), "2028-02-29..2029-02-28");
        assert_eq!(year("2028-03-01"), "2028-03-01..2029-02-28");
        assert_eq!(year("2027-03-01"), "2027-03-01..2028-02-29");
        assert_eq!(year("2027-02-28"), "2027-02-28..2028-02-27");
        assert_eq!(year("2026-01-01"), "2026-01-01..2026-12-31");
        assert_eq!(year("9999-08-05"), "9999-08-05..9999-12-31", "the end of time");
    }

    #[test]
    fn a_period_reads_what_it_prints_and_nothing_else() {
        let parsed = |text: &str| text.parse::<Period>();
        assert_eq!(parsed("2026-08-05..2026-08-05").unwrap().days(), 1);
        let year = parsed("2026-08-05").unwrap();
        assert_eq!(year.to_string(), "2026-08-05..2027-08-04");
        assert_eq!(year.in_words(), "5 August 2026 to 4 August 2027");
        let leap_day = parsed("2028-02-29..2028-02-29").unwrap();
        assert_eq!(leap_day.in_words(), "29 February 2028");
        let backwards = parsed("2026-08-05..2026-08-04").unwrap_err();
        let words = "a period cannot end on 2026-08-04, before it begins on 2026-08-05";
        assert_eq!(backwards.to_string(), words);
        for text in ["", "..", "2026", "2026-08-05..", "..2026-08-05", "26-2-3", "soon"] {
            assert!(matches!(parsed(text), Err(PeriodFault::Shape { .. })), "{text}");
        }
        for text in ["2026-02-29", "2026-02-29..2026-08-05", "2025-08-06..2026-02-29"] {
            assert_eq!(parsed(text).unwrap_err().to_string(), "there is no day 2026-02-29");
        }
    }

    #[test]
    fn a_period_of_more_years_than_are_counted_is_said_to_be_too_long() {
        let countable = |text: &str| text.parse::<Period>().unwrap().countable();
        assert!(countable("1967-01-01..2026-12-31").is_ok());
        let said = countable("1967-01-01..2027-01-01").unwrap_err().to_string();
        assert_eq!(said, "1967-01-01..2027-01-01 is longer than 60 years; ask for fewer");
    }

    #[test]
    fn a_period_of_another_calendar_is_none_that_somebody_asks_for() {
        for text in [
            "2569-01-01..2569-12-31",
            "2569-01-01",
            "1447-01-01..1448-01-01",
            "0026-08-05..0027-08-04",
            "2149-06-01..2151-01-01",
            "1949-12-31..1950-12-31",
            "9990-01-01..9999-12-31",
        ] {
            let fault = text.parse::<Period>().unwrap().countable().unwrap_err();
            assert!(matches!(fault, PeriodFault::Year(_)), "{text}: {fault}");
            assert!(fault.to_string().ends_with("years go from 1950 to 2150"), "{fault}");
        }
        assert!("2150-01-01..2150-12-31".parse::<Period>().unwrap().countable().is_ok());
    }

    #[test]
    fn a_summer_night_is_of_the_day_that_clocks_in_london_show() {
        let day = |text: &str| local_day(text.parse().unwrap()).to_string();
        assert_eq!(day("2026-08-04T23:30:00Z"), "2026-08-05");
        assert_eq!(day("2026-11-30T23:30:00Z"), "2026-11-30");
    }
}
