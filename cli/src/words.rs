//! Words and values as people type them, and what is wrong with them in words of ours.
//!
//! What the libraries say about a mistyped date or number is for programmers, and some of what they
//! take a person did not mean: a sign in front of a number, a day with half a time behind it.

use std::ops::RangeInclusive;

use enhance_model::{
    CalendarDate, Quoted, Timestamp, UtcOffset,
    change_project::{Value, ValueError},
    folding,
    time::{self, NoTime},
};
use jiff::{
    civil::DateTime,
    fmt::strtime,
    tz::{AmbiguousOffset, Offset, TimeZone},
};

/// A parser for a word of the domain that names its choices in the help and in errors.
macro_rules! one_of {
    ($words:ty) => {{
        use clap::builder::{PossibleValuesParser, TypedValueParser};
        let choices = <$words>::ALL.iter().map(|word| word.as_str());
        PossibleValuesParser::new(choices).try_map(|word| word.parse::<$words>())
    }};
}
pub(crate) use one_of;

/// A key of the programme, as keys are written.
#[expect(clippy::unnecessary_wraps, reason = "what reads an argument may refuse it")]
pub fn key(typed: &str) -> Result<String, String> {
    Ok(folding::key(typed))
}

/// So many photographs and PDFs, and what it does or they do: "1 photograph or PDF belongs",
/// "3 photographs and PDFs belong".
pub fn photographs(count: usize, (does, do_it): (&str, &str)) -> String {
    match count {
        1 => format!("1 photograph or PDF {does}"),
        _ => format!("{count} photographs and PDFs {do_it}"),
    }
}

/// A calendar day: `2026-11-20`.
pub fn day(typed: &str) -> Result<CalendarDate, String> {
    time::day(typed).map_err(|fault| fault.to_string())
}

/// A moment: `2026-11-20T13:00`, by the clock of this machine, or with a zone or `Z` behind it.
pub fn moment(typed: &str) -> Result<Timestamp, String> {
    moment_in(&TimeZone::system(), typed)
}

/// When something began, and how far the clocks were ahead of UTC there, if that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Began {
    pub at: Timestamp,
    pub offset: Option<UtcOffset>,
}

/// A moment as [`moment`] reads it, with the offset that was typed behind it.
pub fn began(typed: &str) -> Result<Began, String> {
    Ok(Began { at: moment(typed)?, offset: offset_behind(typed)? })
}

/// The offset behind a moment, as `+05:30`, `+0530` or `+05`; none behind a `Z` or no zone at all.
fn offset_behind(typed: &str) -> Result<Option<UtcOffset>, String> {
    let clock = typed.trim().split_once(['T', 't', ' ']).map(|(_, clock)| clock);
    let offset = clock.and_then(|clock| Some(&clock[clock.rfind(['+', '-'])?..]));
    let Some((sign, digits)) = offset.and_then(|offset| offset.split_at_checked(1)) else {
        return Ok(None);
    };
    let digits = digits.replace(':', "");
    let written = match digits.len() {
        4 if is_digits(&digits) => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        _ => format!("{sign}{digits}:00"),
    };
    written.parse().map(Some).map_err(|error: NoTime| error.to_string())
}

/// A parser for a whole number in this range, which begins at 1 if it has no end.
pub fn whole_number<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |typed| {
        let digits = typed.trim();
        if !is_digits(digits) {
            return Err(format!("{} is not a whole number", Quoted(typed)));
        }
        let number = digits.parse().ok().filter(|number| range.contains(number));
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            match (most, digits.trim_start_matches('0').is_empty()) {
                (&u64::MAX, true) => format!("{digits} is too small; it must be {least} or more"),
                (&u64::MAX, false) => format!("{digits} is too large"),
                _ => format!("{digits} is not between {least} and {most}"),
            }
        })
    }
}

/// A value of a measure: `37`, `12.5` or `12/40`.
pub fn value(typed: &str) -> Result<Value, String> {
    typed.trim().parse().map_err(|error: ValueError| error.to_string())
}

fn moment_in(zone: &TimeZone, typed: &str) -> Result<Timestamp, String> {
    let typed = typed.trim();
    if let Ok(day) = day(typed) {
        return Err(format!("at what time on {day}? Write it as {day}T13:00"));
    }
    if let Ok(moment) = typed.parse::<jiff::Timestamp>() {
        offset_behind(typed)?;
        return Ok(Timestamp::from_unix_millis(moment.as_millisecond()));
    }
    let wrong = || {
        format!(
            "{} is not a moment; write it as 2026-11-20T13:00, or 2026-11-20T13:00Z for UTC",
            Quoted(typed)
        )
    };
    // A zone that could not be read above must not be taken for none.
    let day_of = typed.split_once(['T', 't', ' ']).map(|(day, _)| time::day(day));
    if let Some(Err(fault @ NoTime::NoSuchDay { .. })) = day_of {
        return Err(fault.to_string());
    }
    let has_time = typed.len() >= "2026-11-20T13:00".len()
        && typed.bytes().all(|byte| byte.is_ascii_digit() || b"-T :.".contains(&byte));
    let local = typed.parse::<DateTime>().ok().filter(|_| has_time).ok_or_else(wrong)?;
    let moment = one_moment(zone, local).unwrap_or_else(|| Err(wrong()))?;
    Ok(Timestamp::from_unix_millis(moment.as_millisecond()))
}

/// The moment that a clock on the wall means. At a change of clocks it may mean two, or none; then
/// the person says which.
fn one_moment(zone: &TimeZone, local: DateTime) -> Option<Result<jiff::Timestamp, String>> {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let (before, after, why) = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => return ambiguous.unambiguous().ok().map(Ok),
        AmbiguousOffset::Gap { before, after } => (before, after, "the clocks went past it"),
        AmbiguousOffset::Fold { before, after } => (before, after, "it came twice"),
    };
    let written = |offset: Offset| {
        let at = offset.to_timestamp(local).ok()?.to_zoned(TimeZone::fixed(offset));
        strtime::format("%Y-%m-%dT%H:%M%:z", &at).ok()
    };
    let (one, other) = (written(before)?, written(after)?);
    let clock = strtime::format("%H:%M on %Y-%m-%d", local).ok()?;
    Some(Err(format!("clocks changed at {clock}, and {why}; write {one} or {other}")))
}

/// Whether this is one ASCII digit or several: `parse` would also take a sign in front of them.
fn is_digits(typed: &str) -> bool {
    !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e6_the_offset_that_was_typed_is_kept_with_the_moment() {
        let offset = |typed: &str| began(typed).unwrap().offset.map(|offset| offset.to_string());
        assert_eq!(offset("2026-07-20T13:00+05:30").as_deref(), Some("+05:30"));
        assert_eq!(offset(" 2026-07-20T13:00-03:00 ").as_deref(), Some("-03:00"));
        assert_eq!(offset("2026-07-20T13:00+0530").as_deref(), Some("+05:30"));
        assert_eq!(offset("2026-07-20 13:00-03").as_deref(), Some("-03:00"));
        assert_eq!(offset("2026-07-20T13:00Z"), None);
        assert_eq!(offset("2026-07-20T13:00"), None);
        let no_clock = ["2026-07-20T13:00+25:00", "2026-07-20T13:00-23:59"];
        for wrong in ["", "+01:00", "é+01:00", "yesterday"].into_iter().chain(no_clock) {
            assert!(began(wrong).is_err(), "{wrong}");
        }
    }

    fn moment_in_paris(typed: &str) -> Result<Timestamp, String> {
        // Central European time by its rule, so that no database of zones is asked.
        moment_in(&TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap(), typed)
    }

    #[test]
    fn e6_one_photograph_is_one() {
        let said = [0, 1, 2].map(|count| photographs(count, ("is here", "are here")));
        assert_eq!(
            said,
            [
                "0 photographs and PDFs are here",
                "1 photograph or PDF is here",
                "2 photographs and PDFs are here",
            ]
        );
    }

    #[test]
    fn a_day_is_read_as_it_is_written_and_no_other_way() {
        assert_eq!(day("2026-11-20"), Ok(jiff::civil::date(2026, 11, 20)));
        assert_eq!(day(" 2028-02-29 "), Ok(jiff::civil::date(2028, 2, 29)));
        for wrong in [
            "20 November",
            "20/11/2026",
            "2026-11",
            "2026-1-2",
            "26-11-20",
            "+026-11-20",
            "2026-+1-20",
            "20261120",
            "2026-11-20T13:00",
            "2026-W47-5",
            "",
        ] {
            let said = day(wrong).unwrap_err();
            assert_eq!(said, format!("{wrong:?} is not a day; write it as 2026-11-20"));
        }
    }

    #[test]
    fn a_day_that_is_in_no_calendar_is_said_to_be_none() {
        for wrong in ["2026-02-29", "2026-13-01", "2026-11-31", "2026-00-10"] {
            assert_eq!(day(wrong), Err(format!("there is no day {wrong}")));
        }
    }

    #[test]
    fn a_moment_without_a_zone_is_by_the_clock_of_the_person() {
        let at = |text: &str| Ok(text.parse::<Timestamp>().unwrap());
        assert_eq!(moment_in_paris("2026-11-20T13:00"), at("2026-11-20T12:00:00Z"));
        assert_eq!(moment_in_paris("2026-07-20 13:00:30"), at("2026-07-20T11:00:30Z"));
        assert_eq!(moment_in_paris("2026-11-20T13:00:00Z"), at("2026-11-20T13:00:00Z"));
        assert_eq!(moment_in_paris("2026-11-20T13:00+00:00"), at("2026-11-20T13:00:00Z"));
        assert_eq!(moment_in_paris("2026-11-20T13:00-05:00"), at("2026-11-20T18:00:00Z"));
    }

    #[test]
    fn a_day_alone_is_no_moment_and_the_person_is_asked_for_the_time() {
        let said = moment_in_paris("2026-11-20").unwrap_err();
        assert_eq!(said, "at what time on 2026-11-20? Write it as 2026-11-20T13:00");
    }

    #[test]
    fn e6_a_time_at_a_change_of_clocks_is_asked_for_with_its_offset() {
        assert_eq!(
            moment_in_paris("2026-10-25T02:30").unwrap_err(),
            "clocks changed at 02:30 on 2026-10-25, and it came twice; \
             write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00"
        );
        let gone = moment_in_paris("2026-03-29T02:30").unwrap_err();
        assert!(gone.contains("the clocks went past it; write 2026-03-29T02:30+01:00"), "{gone}");
        for typed in ["2026-10-25T02:30+01:00", "2026-10-25T03:30", "2026-03-29T03:30"] {
            assert!(moment_in_paris(typed).is_ok(), "{typed}");
        }
    }

    #[test]
    fn what_is_no_moment_is_answered_with_how_to_write_one() {
        for wrong in [
            "13:00",
            "yesterday",
            "2026-11-20T25:00",
            "2026-11-20T13:00 London",
            "2026-11-20T13:00+99:00",
            "2026-11-20T13",
            "",
        ] {
            let said = moment_in_paris(wrong).unwrap_err();
            assert!(said.contains("is not a moment; write it as 2026-11-20T13:00"), "{said}");
        }
        for wrong in ["2026-02-30T10:00", "2026-02-30 10:00Z"] {
            assert_eq!(moment_in_paris(wrong).unwrap_err(), "there is no day 2026-02-30");
        }
    }

    #[test]
    fn a_whole_number_is_digits_in_its_range() {
        let minutes = whole_number::<u32>(1..=1_440);
        assert_eq!(minutes("90"), Ok(90));
        assert_eq!(minutes(" 0090 "), Ok(90));
        for wrong in ["0", "1441", "99999999999999999999"] {
            assert_eq!(minutes(wrong), Err(format!("{wrong} is not between 1 and 1440")));
        }
        for wrong in ["+90", "-90", "9.5", "1e3", "ninety", "", "٩٠"] {
            assert_eq!(minutes(wrong), Err(format!("{wrong:?} is not a whole number")));
        }
        let bytes = whole_number::<u64>(1..=u64::MAX);
        assert_eq!(bytes("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(bytes("0").unwrap_err(), "0 is too small; it must be 1 or more");
        assert_eq!(
            whole_number::<u32>(1..=u64::MAX)("4294967296").unwrap_err(),
            "4294967296 is too large"
        );
    }

    #[test]
    fn numbers_are_read_to_the_thousandth_and_not_beyond() {
        let number = |typed| match value(typed) {
            Ok(Value::Number { thousandths }) => Some(thousandths),
            _ => None,
        };
        assert_eq!(number("37"), Some(37_000));
        assert_eq!(number("12.5"), Some(12_500));
        assert_eq!(number("-0.125"), Some(-125));
        for wrong in
            ["0.1234", "1,5", ".5", "5.", "1e3", "", "-", "+5", "--5", "99999999999999999999"]
        {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shares_are_kept_as_they_were_counted() {
        assert_eq!(value("12/40"), Ok(Value::Ratio { numerator: 12, denominator: 40 }));
        for wrong in ["5/4", "1/0", "+1/4", "1/+4", "1/2/3", "/4", "1/"] {
            assert!(value(wrong).is_err(), "{wrong}");
        }
    }
}
