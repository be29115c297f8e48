//! Dates in the ways people write them, beside a label or a patient.

use super::{
    ages,
    births::{is_birth, says_birth_after, says_birth_before},
    finding::{FindingKind, Severity},
    hit::Hit,
    lists::{PATIENTS, has},
    months::{MONTHS_AND_WORDS, is_day, month},
    number_words,
    tokens::{Gap, RARE_SEPARATORS, Tokens},
};

const BIRTH_REASON: &str = "A date of birth, with little else, tells of one person.";
const YEAR_REASON: &str = "When somebody was born narrows down who they are.";
const OLD_REASON: &str = "A day so long ago can only be one on which somebody was born.";
const DATE_REASON: &str = "An exact date beside a patient can be looked up.";

/// Years in which a day that is told has one reason left: somebody over 89 was born on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OldYears {
    first: u32,
    last: u32,
}

impl OldYears {
    /// A clock that shows an earlier year than this is wrong.
    const EARLIEST: u32 = 2026;

    /// Those that lie so far before a year.
    pub(super) fn before(year: u32) -> Self {
        let year = year.max(Self::EARLIEST);
        Self { first: year - ages::OLDEST, last: year - ages::RARE }
    }

    fn has(self, year: u32) -> bool {
        (self.first..=self.last).contains(&year)
    }
}

/// The date that begins at a token, if it is one of birth or one in a sentence about a patient.
pub(super) fn at(tokens: &Tokens<'_>, at: usize, old: OldYears) -> Option<Hit> {
    let is_birth = says_birth_before(tokens, at);
    let date = written(tokens, at).or_else(|| if is_birth { bare(tokens, at) } else { None })?;
    if is_birth || says_birth_after(tokens, date.end) {
        let (severity, reason) = match date.precision {
            Precision::Day | Precision::NoDay => (Severity::ProbableIdentifier, BIRTH_REASON),
            Precision::Month | Precision::Year => (Severity::Possible, YEAR_REASON),
        };
        let hit = Hit::new(FindingKind::DateOfBirth, severity, at..date.end, reason);
        return Some(hit.instead("[age band]"));
    }
    let is_exact = date.precision == Precision::Day && !is_amount(tokens, date.end);
    if is_exact && date.year.is_some_and(|year| old.has(year)) {
        let range = at..date.end;
        let hit = Hit::new(FindingKind::DateOfBirth, Severity::Possible, range, OLD_REASON);
        return Some(hit.instead("[age band]"));
    }
    if is_exact && is_beside_patient(tokens, at, date.end) {
        let hit = Hit::new(FindingKind::Date, Severity::Possible, at..date.end, DATE_REASON);
        return Some(hit.instead("[a day that month]"));
    }
    None
}

/// The exact date that begins at a token, in a text that is about a patient.
pub(super) fn of_patient(tokens: &Tokens<'_>, at: usize) -> Option<Hit> {
    let end = exact_at(tokens, at)?;
    let hit = Hit::new(FindingKind::Date, Severity::Possible, at..end, DATE_REASON);
    Some(hit.instead("[a day that month]"))
}

/// Where the exact date ends that begins at a token, whoever it is about.
pub(super) fn exact_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let date = written(tokens, at)?;
    let is_exact = date.precision == Precision::Day && !is_amount(tokens, date.end);
    is_exact.then_some(date.end)
}

/// A date as it is written.
struct Written {
    precision: Precision,
    /// Where all of its digits or words are there.
    year: Option<u32>,
    /// The token after it.
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Precision {
    Day,
    /// A day such as 31 February, which is written by mistake: one of birth beside its label.
    NoDay,
    Month,
    Year,
}

fn written(tokens: &Tokens<'_>, at: usize) -> Option<Written> {
    if is_joined(tokens, at) || is_in_chain(tokens, at) {
        return None;
    }
    let date = in_numbers(tokens, at);
    let date = date.or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at));
    date.filter(|date| !goes_on(tokens, date.end))
}

/// 03/04/1931, 3.4.31, 3-4-1931, 1931-04-03 and, with all four digits of the year, 03|04|1931.
fn in_numbers(tokens: &Tokens<'_>, at: usize) -> Option<Written> {
    let mark = tokens.mark(at + 1)?;
    let is_rare = RARE_SEPARATORS.contains(mark);
    let is_one_line = (1..=4).all(|after| tokens.gap(at + after) < Gap::Line);
    if !is_one_line || !tokens.is_mark(at + 3, mark) || !(is_rare || "/-.".contains(mark)) {
        return None;
    }
    // A full stop parts sentences and a line cells, unless they stand between digits.
    if (is_rare || mark == '.') && !(1..=4).all(|after| tokens.is_glued(at + after)) {
        return None;
    }
    let numbers = [at, at + 2, at + 4].map(|at| tokens.digits(at));
    let year = numbers.iter().find(|digits| digits.len() == 4);
    let year: Option<u32> = year.and_then(|digits| digits.parse().ok());
    let precision = date(numbers).filter(|_| !is_rare || year.is_some())?;
    Some(Written { precision, year, end: at + 5 })
}

/// 4 June 1976, 4th of June, 22-nov-1972, 04JUN76, fourth of June nineteen seventy-six.
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<Written> {
    let (day, mut next) = day_at(tokens, at)?;
    let has_of = tokens.small(next) == "of";
    next += usize::from(has_of || tokens.small(next) == "day");
    next = after_mark(tokens, next, &['-', '/', '.']);
    let month = month(tokens.small(next)).filter(|_| tokens.gap(next) < Gap::Line)?;
    let is_sure = tokens.is_capital(next) && (has_of || tokens.is_number(at));
    let year = year_after(tokens, next + 1);
    // "3 may be", "first May I": a month that is a word needs its capital, or a year.
    let is_month = is_sure || year.is_some() || !has(MONTHS_AND_WORDS, tokens.small(next));
    let precision = precision(day, month, year.map_or(2000, |year| year.of));
    precision.filter(|_| is_month).map(|precision| Written::day(precision, year, next + 1))
}

/// June 4, 1976, June 4th and June the fourth; without a day it is a month.
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<Written> {
    let month = month(tokens.small(at))?;
    let mut next = after_mark(tokens, at + 1, &['.', '-', '/']);
    next += usize::from(tokens.small(next) == "the");
    if let Some((day, end)) = day_at(tokens, next) {
        let year = year_after(tokens, end);
        let is_one = tokens.gap(next) < Gap::Line && (year.is_some() || tokens.is_capital(at));
        let precision = precision(day, month, year.map_or(2000, |year| year.of));
        return precision.filter(|_| is_one).map(|precision| Written::day(precision, year, end));
    }
    let year = year_after(tokens, at + 1)?;
    Some(Written { precision: Precision::Month, year: year.whole(), end: year.end })
}

/// A day of a month in one or two digits or in words, and the token after it.
fn day_at(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let Some(day) = tokens.value(at) else { return number_words::ordinal(tokens, at) };
    let has_ending =
        tokens.is_glued(at + 1) && matches!(tokens.small(at + 1), "st" | "nd" | "rd" | "th");
    (tokens.digits(at).len() <= 2).then_some((day, at + 1 + usize::from(has_ending)))
}

/// What is a date only because a label says so: 03041931, "03 04 1931", 1931.
fn bare(tokens: &Tokens<'_>, at: usize) -> Option<Written> {
    let digits = tokens.digits(at);
    if is_joined(tokens, at) || tokens.is_followed_by_letter(at + 1) {
        return None;
    }
    let day = |precision: Option<Precision>, end| {
        precision.map(|precision| Written { precision, year: None, end })
    };
    match digits.len() {
        8 => {
            let cut = |lengths: [usize; 2]| {
                let (first, rest) = digits.split_at(lengths[0]);
                let (second, third) = rest.split_at(lengths[1]);
                date([first, second, third])
            };
            day(cut([2, 2]).or_else(|| cut([4, 2])), at + 1)
        }
        6 => {
            let (first, rest) = digits.split_at(2);
            let (second, third) = rest.split_at(2);
            day(date([first, second, third]), at + 1)
        }
        1 | 2 => {
            let step = 1 + usize::from(tokens.parts_digits(at + 1));
            let end = at + 2 * step + 1;
            let is_parted = step == 2 || (at + 1..end).all(|at| tokens.gap(at) == Gap::Space);
            let numbers = [at, at + step, at + 2 * step].map(|at| tokens.digits(at));
            day(date(numbers).filter(|_| is_parted), end)
        }
        0 | 4 => {
            let year = Year::at(tokens, at)?;
            Some(Written { precision: Precision::Year, year: Some(year.of), end: year.end })
        }
        _ => None,
    }
}

/// Whether a token is the end of a word; a label, as in "DOB04/06/1976", is none.
fn is_joined(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_glued_to_letter(at) && !is_birth(tokens, at.saturating_sub(1))
}

/// A year as it is written.
#[derive(Clone, Copy)]
struct Year {
    of: u32,
    /// Whether its century is told.
    is_whole: bool,
    end: usize,
}

impl Year {
    /// A year of four digits or in words, which begins at a token.
    fn at(tokens: &Tokens<'_>, at: usize) -> Option<Self> {
        let (of, end) = match tokens.value(at) {
            Some(year) => (year, at + 1),
            None => number_words::year(tokens, at)?,
        };
        (1850..2200).contains(&of).then_some(Self { of, is_whole: true, end })
    }

    fn whole(self) -> Option<u32> {
        self.is_whole.then_some(self.of)
    }
}

impl Written {
    /// A day, with its year or up to where it would be.
    fn day(precision: Precision, year: Option<Year>, end: usize) -> Self {
        let end = year.map_or(end, |year| year.end);
        Self { precision, year: year.and_then(Year::whole), end }
    }
}

/// A year of four digits or two, or in words, after a comma or the like.
fn year_after(tokens: &Tokens<'_>, at: usize) -> Option<Year> {
    let year_at = after_mark(tokens, at, &['-', '/', '.', ',', '\'']);
    let year_at = after_mark(tokens, year_at, &['\'']);
    if tokens.gap(year_at) == Gap::Line {
        return None;
    }
    let is_marked = year_at > at && tokens.mark(year_at - 1) != Some(',');
    let is_joined = tokens.is_glued(year_at) || is_marked;
    match (tokens.digits(year_at).len(), tokens.value(year_at)) {
        (0 | 4, _) => Year::at(tokens, year_at),
        // "4 June 76" is one, "on 4 June 12 patients" is not.
        (2, Some(year)) if is_joined || ends(tokens, year_at + 1) => {
            Some(Year { of: 2000 + year, is_whole: false, end: year_at + 1 })
        }
        _ => None,
    }
}

/// Whether a sentence, or a part of it, ends before a token.
fn ends(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.gap(at) == Gap::Line || tokens.mark(at).is_some_and(|mark| ".,;)".contains(mark))
}

fn after_mark(tokens: &Tokens<'_>, at: usize, marks: &[char]) -> usize {
    let is_one = tokens.mark(at).is_some_and(|mark| marks.contains(&mark));
    at + usize::from(is_one && tokens.gap(at) < Gap::Line)
}

/// Three numbers as a date, the year at one end.
fn date([first, second, third]: [&str; 3]) -> Option<Precision> {
    let value = |digits: &str, most: usize| {
        if digits.len() > most { None } else { digits.parse::<u32>().ok() }
    };
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 1..=2) => (value(first, 4), value(second, 2), value(third, 2)),
        (1..=2, 4) => (value(third, 4), value(second, 2), value(first, 2)),
        (1..=2, 2) => (value(third, 2).map(|year| 2000 + year), value(second, 2), value(first, 2)),
        _ => return None,
    };
    let (year, month, day) = (year.filter(|year| (1850..2200).contains(year))?, month?, day?);
    // Some write the month first.
    let either = [precision(day, month, year), precision(month, day, year)];
    if either.contains(&Some(Precision::Day)) {
        Some(Precision::Day)
    } else {
        either[0].or(either[1])
    }
}

fn precision(day: u32, month: u32, year: u32) -> Option<Precision> {
    let is_near = (1..=31).contains(&day) && (1..=12).contains(&month);
    let precision = if is_day(day, month, year) { Precision::Day } else { Precision::NoDay };
    is_near.then_some(precision)
}

/// "Tuesday 3rd": a day that a calendar tells; "on Tuesday 3 patients" is none.
pub(super) fn weekday_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !has(WEEKDAYS, tokens.small(at)) {
        return None;
    }
    let next = after_mark(tokens, at + 1, &[',']);
    let next = next + usize::from(tokens.small(next) == "the");
    if tokens.gap(next) == Gap::Line {
        return None;
    }
    let (day, end) = day_at(tokens, next)?;
    let has_ending = end > next + 1 && (1..=31).contains(&day);
    // With its month it is a date, which begins at the day.
    (has_ending && written(tokens, next).is_none()).then_some(end)
}

const WEEKDAYS: &[&str] =
    &["friday", "monday", "saturday", "sunday", "thursday", "tuesday", "wednesday"];

/// Whether a number is the rest of a longer chain, such as doses of four times a day.
fn is_in_chain(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_glued(at)
        && matches!(tokens.mark(at - 1), Some('/' | '-' | '.' | ':'))
        && tokens.is_glued(at - 1)
        && tokens.is_number(at.saturating_sub(2))
}

/// Whether a chain or a word goes on after a date; the time of day may follow its T.
fn goes_on(tokens: &Tokens<'_>, end: usize) -> bool {
    let is_chain = tokens.is_glued(end)
        && tokens.is_glued(end + 1)
        && matches!(tokens.mark(end), Some('/' | '-' | '.'))
        && tokens.is_number(end + 1);
    is_chain || tokens.is_followed_by_letter(end) && tokens.small(end) != "t"
}

/// "8/10/12 units" has the form of a date, and is none.
fn is_amount(tokens: &Tokens<'_>, end: usize) -> bool {
    has(UNITS, tokens.small(end)) || tokens.is_mark(end, '%')
}

/// Whether the sentence around a date is about a patient.
fn is_beside_patient(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    const BEFORE: usize = 14;
    const AFTER: usize = 10;
    let about = |at: &usize| has(PATIENTS, tokens.small(*at));
    let is_end = |at: &usize| {
        tokens.mark(*at).is_some_and(|mark| ".!?".contains(mark)) && !tokens.is_glued(at + 1)
    };
    let mut before = (start.saturating_sub(BEFORE)..start).rev().take_while(|at| !is_end(at));
    let mut after = (end..end + AFTER).take_while(|at| *at < tokens.len() && !is_end(at));
    before.any(|at| about(&at)) || after.any(|at| about(&at))
}

/// What is counted and not dated.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "cm", "days", "doses", "g", "hours", "iu", "kg", "litres", "mcg", "mg", "ml", "mls", "mmol",
    "months", "puffs", "tablets", "times", "u", "unit", "units", "weeks", "years",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(UNITS.is_sorted() && WEEKDAYS.is_sorted());
    }

    #[test]
    fn three_numbers_are_a_date_with_the_year_at_an_end() {
        for one in ["03 04 1931", "1931 04 03", "3 4 31", "12 31 1999", "29 02 00"] {
            let mut numbers = one.split(' ');
            let numbers = [(); 3].map(|()| numbers.next().unwrap());
            assert!(date(numbers) == Some(Precision::Day), "{one}");
        }
        for none in ["31 13 1999", "120 80 99", "0 1 1999", "1 1 1", "2024 4 1931", "1 1 1700"] {
            let mut numbers = none.split(' ');
            let numbers = [(); 3].map(|()| numbers.next().unwrap());
            assert!(date(numbers) != Some(Precision::Day), "{none}");
        }
    }
}
