//! Calendar periods: which one a day or a moment falls in, what it is called, and which comes next.
//!
//! Weeks are those of ISO 8601 (Monday to Sunday). A day and a month are those of a place, so a
//! moment needs the place's zone; that comes in as a rule, since this crate asks no machine for it.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Weekday, tz::TimeZone};

use crate::{CalendarDate, Quoted, Timestamp, words::words};

words! {
    /// How often a measure is taken.
    Every {
        Day = "day",
        /// A calendar week of ISO 8601, Monday to Sunday; not any 168 hours.
        Week = "week",
        Month = "month",
        /// Three months, from January, April, July or October.
        Quarter = "quarter",
        Year = "year",
    }
}

impl Every {
    /// The first day of the period in which a day falls.
    pub fn start(self, day: CalendarDate) -> CalendarDate {
        let first = |month: i8| CalendarDate::new(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => {
                let back = i64::from(day.weekday().since(Weekday::Monday));
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Self::Month => first(day.month()),
            Self::Quarter => first((day.month() - 1) / 3 * 3 + 1),
            Self::Year => first(1),
        }
    }

    /// The first day of the period after the one that begins on `start`; nothing at the end of time.
    pub fn next(self, start: CalendarDate) -> Option<CalendarDate> {
        let step = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
        };
        start.checked_add(step).ok()
    }

    /// What a period is called: `4 May 2026`, `2026-W18`, `May 2026`, `2026 Q2`, `2026`.
    ///
    /// ```
    /// use enhance_model::chart::Every;
    ///
    /// assert_eq!(Every::Week.label("2027-01-03".parse()?), "2026-W53");
    /// assert_eq!(Every::Month.label("2026-05-01".parse()?), "May 2026");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn label(self, day: CalendarDate) -> String {
        let year = day.year();
        match self {
            Self::Day => format!("{} {} {year}", day.day(), month(day)),
            Self::Week => {
                let week = day.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{} {year}", month(day)),
            Self::Quarter => format!("{year} Q{}", (day.month() - 1) / 3 + 1),
            Self::Year => year.to_string(),
        }
    }

    /// How often a measure is taken, if its words say so: "weekly", "each Friday", "once a month".
    /// Words that say two things say none, and neither do those that tell of fortnights, which begin
    /// on no day of the calendar.
    pub fn said(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let mut words = words.split(|letter: char| !letter.is_alphabetic());
        if words.clone().any(|word| matches!(word, "two" | "second" | "other" | "twice")) {
            return None;
        }
        let first = words.find_map(Self::of_word)?;
        words.filter_map(Self::of_word).all(|every| every == first).then_some(first)
    }

    fn of_word(word: &str) -> Option<Self> {
        match word {
            "daily" | "day" | "nightly" | "night" => Some(Self::Day),
            "weekly" | "week" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday"
            | "saturday" | "sunday" | "mondays" | "tuesdays" | "wednesdays" | "thursdays"
            | "fridays" | "saturdays" | "sundays" => Some(Self::Week),
            "monthly" | "month" => Some(Self::Month),
            "quarterly" | "quarter" => Some(Self::Quarter),
            "yearly" | "year" | "annually" | "annual" => Some(Self::Year),
            _ => None,
        }
    }

    /// How often something was taken, as its days suggest: the longest period that none of them
    /// shares with another.
    pub fn suggested(days: &BTreeSet<CalendarDate>) -> Self {
        let is_shared = |every: Self| {
            let starts: BTreeSet<CalendarDate> = days.iter().map(|day| every.start(*day)).collect();
            starts.len() < days.len()
        };
        let longest = Self::ALL.iter().rev().find(|every| !is_shared(**every));
        longest.copied().unwrap_or(Self::Day)
    }

    /// The most periods in a row of which there is a day among these.
    pub fn longest_row(self, days: impl IntoIterator<Item = CalendarDate>) -> usize {
        let starts: BTreeSet<CalendarDate> = days.into_iter().map(|day| self.start(day)).collect();
        let (mut longest, mut row, mut expected) = (0, 0, None);
        for start in starts {
            row = if expected == Some(start) { row + 1 } else { 1 };
            longest = longest.max(row);
            expected = self.next(start);
        }
        longest
    }
}

/// The month in three letters.
fn month(day: CalendarDate) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let number = usize::try_from(day.month() - 1).unwrap_or_default();
    MONTHS.get(number).copied().unwrap_or_default()
}

/// The clock of a place, as a rule of POSIX: `GMT0BST,M3.5.0/1,M10.5.0` is London's.
///
/// Rules and not names, since names need a database of zones that not every phone shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A text that is no rule for a clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is not a rule for a zone such as \"GMT0BST,M3.5.0/1,M10.5.0\"", text = Quoted(.0))]
pub struct ZoneError(String);

impl Zone {
    /// The rule of the United Kingdom's clocks since 1996.
    pub const LONDON: &'static str = "GMT0BST,M3.5.0/1,M10.5.0";

    /// The day it is there at a moment.
    ///
    /// ```
    /// use enhance_model::{Timestamp, chart::{Every, Zone}};
    ///
    /// let london: Zone = Zone::LONDON.parse()?;
    /// let late: Timestamp = "2026-04-30T23:30:00Z".parse()?;
    /// assert_eq!(Every::Month.label(london.day(late)), "May 2026");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn day(&self, moment: Timestamp) -> CalendarDate {
        jiff::Timestamp::from_millisecond(moment.as_millis())
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.0.clone())
            .date()
    }
}

impl std::str::FromStr for Zone {
    type Err = ZoneError;

    fn from_str(rule: &str) -> Result<Self, ZoneError> {
        let error = |_| ZoneError(rule.chars().take(80).collect());
        TimeZone::posix(rule).map(Self).map_err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CalendarDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_begins_on_its_first_day_and_is_followed_by_the_next() {
        let cases = [
            (Every::Day, "2026-05-14", "2026-05-14", "2026-05-15"),
            (Every::Week, "2026-01-01", "2025-12-29", "2026-01-05"),
            (Every::Week, "2026-01-04", "2025-12-29", "2026-01-05"),
            (Every::Month, "2024-02-29", "2024-02-01", "2024-03-01"),
            (Every::Quarter, "2026-12-31", "2026-10-01", "2027-01-01"),
            (Every::Year, "2026-12-31", "2026-01-01", "2027-01-01"),
        ];
        for (every, of, start, next) in cases {
            assert_eq!(every.start(day(of)), day(start), "{every} of {of}");
            assert_eq!(every.next(day(start)), Some(day(next)), "{every} after {start}");
        }
    }

    #[test]
    fn how_often_is_read_from_words_that_say_one_thing() {
        for (words, every) in [
            ("Weekly", Some(Every::Week)),
            ("every Monday, weekly", Some(Every::Week)),
            ("once a month", Some(Every::Month)),
            ("each day", Some(Every::Day)),
            ("daily, reported monthly", None),
            ("fortnightly", None),
            ("every second week", None),
            ("twice a week", None),
            ("", None),
        ] {
            assert_eq!(Every::said(words), every, "{words}");
        }
    }

    #[test]
    fn how_often_is_guessed_from_days() {
        for (days, every) in [
            (vec!["2026-02-27", "2026-02-28", "2026-03-01"], Every::Day),
            (vec!["2026-11-02", "2026-11-09", "2026-11-23"], Every::Week),
            (vec!["2026-01-01", "2026-02-01", "2026-04-01"], Every::Month),
            (vec!["2026-01-01", "2026-04-01"], Every::Quarter),
            (vec!["2026-01-01"], Every::Year),
        ] {
            assert_eq!(Every::suggested(&days.into_iter().map(day).collect()), every);
        }
    }

    #[test]
    fn the_calendar_has_a_first_and_a_last_period() {
        for every in Every::ALL {
            for end in [CalendarDate::MIN, CalendarDate::MAX] {
                let start = every.start(end);
                assert!(start <= end, "{every} of {end} begins on {start}");
                assert_eq!(every.start(start), start, "{every} of {end}");
                assert_eq!(every.label(start), every.label(end), "{every}");
            }
            assert_eq!(every.next(every.start(CalendarDate::MAX)), None, "{every}");
        }
    }

    #[test]
    fn a_month_is_the_month_of_the_place() {
        let london: Zone = Zone::LONDON.parse().unwrap();
        for (moment, expected) in [
            ("2026-04-30T22:59:59Z", "2026-04-30"),
            ("2026-04-30T23:00:00Z", "2026-05-01"),
            ("2026-10-31T23:30:00Z", "2026-10-31"),
            ("2026-03-29T00:59:59Z", "2026-03-29"),
        ] {
            assert_eq!(london.day(moment.parse().unwrap()), day(expected), "{moment}");
        }
        assert!("nowhere at all".parse::<Zone>().is_err());
    }

    #[test]
    fn a_row_of_periods_ends_where_one_is_missing() {
        let months =
            ["2026-01-05", "2026-02-01", "2026-04-30", "2026-05-01", "2026-05-31"].map(day);
        assert_eq!(Every::Month.longest_row(months), 2);
        assert_eq!(Every::Month.longest_row([]), 0);
        assert_eq!(Every::Week.longest_row(["2025-12-31", "2026-01-05"].map(day)), 2);
    }
}
