//! Where and how much somebody works: training years, whole-time equivalents by day.

use std::collections::BTreeSet;

use jiff::ToSpan;

use super::{CareerBreak, PersonalRecord, Placement, exact};
use crate::{CalendarDate, ItemId, chart::Exact, learning_log::Period};

/// Years of training follow changes of posts, which fall on a day of the week and not of the month.
const NEAR: i32 = 7;
/// Bounds of the years that are looked through; nobody trains for longer.
const MOST_YEARS: usize = 60;
/// So many years share a day with the longest period that is counted: some have 51 weeks, and the
/// first and the last are parts.
const MOST_PARTS: usize = 64;

/// The part of a period that lies in one training year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearPart {
    /// The days of the period in that year.
    pub days: Period,
    /// The training year that it is a part of.
    pub year: Period,
}

impl PersonalRecord {
    /// The training year in which a day falls.
    ///
    /// Years are counted from the first placement. One ends with the day before a placement begins
    /// within a week of the anniversary, or else with the last day of a placement that ends then.
    /// Those before the first placement are counted back from it, so that no two years share a day.
    /// Without any placement a year begins on 1 August.
    pub fn training_year(&self, day: CalendarDate) -> Period {
        let first = self.placements.values().map(|placement| placement.start).min();
        let Some(first) = first else { return without_placements(day) };
        if day < first {
            return year_before(first, day);
        }
        let mut year = self.year_from(first);
        for _ in 0..MOST_YEARS {
            let next = year.to().tomorrow();
            match next {
                Ok(next) if !year.contains(day) => year = self.year_from(next),
                _ => return year,
            }
        }
        Period::year_from(day)
    }

    fn year_from(&self, start: CalendarDate) -> Period {
        let year = Period::year_from(start);
        let is_near = |day: &CalendarDate| {
            let days = year.to().until(*day).map_or(i32::MAX, |span| span.get_days());
            days.abs() <= NEAR
        };
        let starts = self.placements.values().filter(|one| one.start > start);
        let before = starts.filter_map(|one| one.start.yesterday().ok()).filter(is_near).min();
        let ends = self.placements.values().filter(|one| one.start < one.end).map(|one| one.end);
        let end = before.or_else(|| ends.filter(is_near).max());
        end.and_then(|end| Period::new(start, end).ok()).unwrap_or(year)
    }

    /// A period that is [`countable`](Period::countable) in the training years it lies in. One that
    /// is as long as a year is one.
    pub fn parts(&self, period: Period) -> Vec<YearPart> {
        if period.is_a_year() {
            return vec![YearPart { days: period, year: period }];
        }
        let mut parts = Vec::new();
        let mut from = period.from();
        for _ in 0..MOST_PARTS {
            let year = self.training_year(from);
            let to = year.to().min(period.to());
            let Ok(days) = Period::new(from, to) else { break };
            parts.push(YearPart { days, year });
            match to.tomorrow() {
                Ok(next) if to < period.to() => from = next,
                _ => break,
            }
        }
        parts
    }

    /// Whether no placement says how much was worked in a training year, so that full time is taken
    /// for granted. Days between two placements of one are days of nothing, however few are asked
    /// about.
    pub fn is_full_time_assumed(&self, year: Period) -> bool {
        !self.placements.values().any(|one| one.start <= year.to() && one.end >= year.from())
    }

    /// The part of a full-time year that was worked in a part of one: the sum of whole-time
    /// equivalents of its days, over the days of the year.
    pub fn factor(&self, part: &YearPart) -> Exact {
        self.factor_of(part, self.is_full_time_assumed(part.year))
    }

    /// The same, where it is known whether full time is taken for granted.
    pub(crate) fn factor_of(&self, part: &YearPart, is_assumed: bool) -> Exact {
        let mut sum = Exact::sum([]);
        for stretch in self.steady_days(part.days) {
            let wte = if !is_assumed {
                self.wte_on(stretch.from())
            } else if self.is_in_break(stretch.from()) {
                Exact::sum([])
            } else {
                Exact::sum([(1, 1)])
            };
            sum = sum.plus(&wte.times(stretch.days(), part.year.days()));
        }
        sum
    }

    /// A period in stretches of days on which the whole-time equivalent stays what it is.
    pub(super) fn steady_days(&self, period: Period) -> Vec<Period> {
        cut_at(period, &self.changes_in(period))
    }

    /// The whole-time equivalent of a day: that of all placements of the day together, at most full
    /// time; none in a break.
    pub fn wte_on(&self, day: CalendarDate) -> Exact {
        if self.is_in_break(day) {
            return Exact::sum([]);
        }
        let full = Exact::sum([(1, 1)]);
        let on_day = self.placements.iter().filter(|(_, one)| one.start <= day && day <= one.end);
        on_day
            .fold(Exact::sum([]), |sum, (id, one)| sum.plus(&self.wte_of(*id, one, day)))
            .min(full)
    }

    /// The whole-time equivalent of one placement on a day of it.
    pub(super) fn wte_of(&self, id: ItemId, placement: &Placement, day: CalendarDate) -> Exact {
        let changes = self.wte_changes.iter();
        let changes = changes.filter(|(_, change)| change.placement == id && change.from <= day);
        let latest = changes.max_by_key(|(id, change)| (change.from, **id));
        match (latest, &placement.wte) {
            (Some((_, change)), _) => exact(&change.wte),
            (None, Some(wte)) => exact(wte),
            (None, None) => Exact::sum([(1, 1)]),
        }
    }

    pub(super) fn is_in_break(&self, day: CalendarDate) -> bool {
        self.breaks.values().any(|one| one.covers(day))
    }

    /// The days in a period on which the whole-time equivalent may become another.
    fn changes_in(&self, period: Period) -> BTreeSet<CalendarDate> {
        let after = |day: CalendarDate| day.tomorrow().ok();
        let placements = self.placements.values();
        let placements = placements.flat_map(|one| [Some(one.start), after(one.end)]);
        let hours = self.wte_changes.values().map(|one| Some(one.from));
        let breaks = self.breaks.values().flat_map(|one| [Some(one.from), one.to.and_then(after)]);
        let days = placements.chain(hours).chain(breaks).flatten();
        days.filter(|day| period.contains(*day)).collect()
    }

    /// The placement by whose school and grade a day is counted: of those of the day the one that
    /// began last, before it any that has a grade; or else of those that have begun the one that
    /// began last, or the first to come.
    pub fn placement_on(&self, day: CalendarDate) -> Option<(ItemId, &Placement)> {
        let by_start = |(id, one): &(&ItemId, &Placement)| (one.start, **id);
        let begun = || self.placements.iter().filter(|(_, one)| one.start <= day);
        let has_grade = |one: &Placement| !one.grade.trim().is_empty();
        let of_day = begun().filter(|(_, one)| one.end >= day);
        let of_day = of_day.max_by_key(|(id, one)| (has_grade(one), one.start, **id));
        let placement = of_day
            .or_else(|| begun().max_by_key(by_start))
            .or_else(|| self.placements.iter().min_by_key(by_start));
        placement.map(|(id, placement)| (*id, placement))
    }

    /// The days in a period on which another placement may be the one of the day, its first among
    /// them.
    pub(crate) fn placements_change_in(&self, period: Period) -> BTreeSet<CalendarDate> {
        let placements = self.placements.values();
        let days = placements.flat_map(|one| [Some(one.start), one.end.tomorrow().ok()]).flatten();
        let days = days.filter(|day| period.contains(*day));
        days.chain([period.from()]).collect()
    }
}

impl CareerBreak {
    /// Whether a day is in it. One that nobody has ended goes on.
    pub(super) fn covers(&self, day: CalendarDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A period, cut before each of some days of it.
pub(crate) fn cut_at(period: Period, days: &BTreeSet<CalendarDate>) -> Vec<Period> {
    let starts = || days.iter().copied().filter(|day| *day > period.from() && *day <= period.to());
    let ends = starts().filter_map(|day| day.yesterday().ok()).chain([period.to()]);
    let starts = [period.from()].into_iter().chain(starts());
    starts.zip(ends).filter_map(|(from, to)| Period::new(from, to).ok()).collect()
}

/// The year of a day that lies before the first placement.
fn year_before(first: CalendarDate, day: CalendarDate) -> Period {
    let back = |years: i16| first.checked_sub(years.years()).ok();
    let years = (1..=first.year()).take(MOST_YEARS.saturating_mul(4));
    for number in years {
        let (Some(from), Some(next)) = (back(number), back(number - 1)) else { break };
        if from <= day {
            let to = next.yesterday().unwrap_or(from);
            return Period::new(from, to).unwrap_or_else(|_| Period::year_from(from));
        }
    }
    Period::year_from(day)
}

fn without_placements(day: CalendarDate) -> Period {
    let august = |year: i16| CalendarDate::new(year, 8, 1).unwrap_or(day);
    let start = august(day.year());
    if start <= day {
        return Period::year_from(start);
    }
    let before = start.checked_sub(1.year()).unwrap_or(start);
    Period::year_from(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal_record::WteChange;

    fn day(text: &str) -> CalendarDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn item(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn placement(days: &str, wte: Option<&str>) -> Placement {
        let days = period(days);
        let wte = wte.map(|wte| wte.parse().unwrap());
        Placement { start: days.from(), end: days.to(), wte, ..Placement::default() }
    }

    fn record(placements: &[(u8, Placement)]) -> PersonalRecord {
        let placements = placements.iter().map(|(id, one)| (item(*id), one.clone())).collect();
        PersonalRecord { placements, ..PersonalRecord::default() }
    }

    fn factor(record: &PersonalRecord, of: &str) -> String {
        let parts = record.parts(period(of));
        let sum = parts.iter().fold(Exact::sum([]), |sum, part| sum.plus(&record.factor(part)));
        sum.to_fixed(6)
    }

    #[test]
    fn full_time_until_november_and_then_three_fifths_is_counted_by_days() {
        let mut record = record(&[(1, placement("2025-08-06..2026-08-04", None))]);
        let wte = "0.6".parse().unwrap();
        let change = WteChange { placement: item(1), from: day("2025-12-01"), wte };
        record.wte_changes.insert(item(2), change);
        let year = record.training_year(day("2026-01-15"));
        assert_eq!(year, period("2025-08-06..2026-08-04"), "364 days, from Wednesday to Tuesday");
        assert_eq!(factor(&record, "2025-08-06..2026-08-04"), "0.728571");
        assert_eq!(factor(&record, "2025-08-06..2025-11-30"), "0.321429", "117 of 364 days");
    }

    #[test]
    fn a_break_is_days_of_nothing_and_one_without_an_end_goes_on() {
        let mut record = record(&[(1, placement("2026-08-01..2027-07-31", None))]);
        let from = day("2027-01-01");
        let off = CareerBreak { from, to: Some(day("2027-03-14")), ..CareerBreak::default() };
        record.breaks.insert(item(3), off.clone());
        assert_eq!(factor(&record, "2026-08-01..2027-07-31"), "0.800000", "73 of 365 days are out");
        record.breaks.insert(item(3), CareerBreak { to: None, ..off });
        assert_eq!(factor(&record, "2027-01-01..2027-07-31"), "0.000000");
    }

    #[test]
    fn placements_side_by_side_add_up_to_full_time_at_most() {
        let acute = placement("2026-08-01..2027-01-31", Some("2/3"));
        let community = placement("2026-08-01..2027-07-31", Some("1/3"));
        let later = placement("2027-02-01..2027-07-31", Some("0.9"));
        let record = record(&[(1, acute), (2, community), (3, later)]);
        assert_eq!(record.wte_on(day("2026-09-01")), Exact::sum([(1, 1)]));
        assert_eq!(record.wte_on(day("2027-03-01")), Exact::sum([(1, 1)]), "and not 1.23");
        assert_eq!(record.wte_on(day("2027-08-01")), Exact::sum([]));
        assert_eq!(factor(&record, "2026-08-01..2027-07-31"), "1.000000");
    }

    #[test]
    fn years_begin_with_placements_near_the_anniversary() {
        let record = record(&[
            (1, placement("2024-08-07..2024-12-03", None)),
            (2, placement("2024-12-04..2025-08-05", None)),
            (3, placement("2025-08-06..2026-08-04", None)),
        ]);
        let years = ["2024-09-01", "2025-08-05", "2025-08-06", "2026-08-04"];
        let starts = years.map(|of| record.training_year(day(of)).from().to_string());
        assert_eq!(starts, ["2024-08-07", "2024-08-07", "2025-08-06", "2025-08-06"]);
        assert_eq!(record.training_year(day("2026-10-01")).from(), day("2026-08-05"));
        assert_eq!(record.parts(period("2024-08-07..2026-08-04")).len(), 2);
        assert_eq!(factor(&record, "2024-08-07..2026-08-04"), "2.000000");
    }

    #[test]
    fn the_longest_period_that_is_counted_is_counted_to_its_last_day() {
        let record = record(&[(1, placement("2026-08-05..2027-08-03", None))]);
        let longest = period("1967-01-01..2026-12-31").countable().unwrap();
        let parts = record.parts(longest);
        let (first, last) = (parts.first().unwrap(), parts.last().unwrap());
        assert_eq!((first.days.from(), last.days.to()), (longest.from(), longest.to()));
    }

    #[test]
    fn the_year_before_the_first_placement_is_the_year_before_and_shares_no_day_with_it() {
        let record = record(&[(1, placement("2026-08-05..2027-08-03", None))]);
        let this = record.training_year(day("2026-11-26"));
        assert_eq!(this, period("2026-08-05..2027-08-03"));
        let last = record.training_year(this.from().yesterday().unwrap());
        assert_eq!(last, period("2025-08-05..2026-08-04"));
        assert_eq!(record.training_year(day("2025-08-05")), last);
        assert_eq!(record.training_year(day("2025-08-04")), period("2024-08-05..2025-08-04"));
        assert!(record.is_full_time_assumed(last), "no placement says how much was worked");
    }

    #[test]
    fn without_placements_full_time_is_taken_for_granted_from_august() {
        let record = PersonalRecord::default();
        let year = record.training_year(day("2027-03-01"));
        assert_eq!(year, period("2026-08-01..2027-07-31"));
        assert!(record.is_full_time_assumed(year));
        assert_eq!(factor(&record, "2026-08-01..2027-07-31"), "1.000000");
        assert_eq!(factor(&record, "2026-08-01..2026-10-12"), "0.200000");
    }

    #[test]
    fn a_leap_day_is_a_day_of_its_year() {
        let record = record(&[(1, placement("2027-08-01..2028-07-31", Some("1/2")))]);
        assert_eq!(factor(&record, "2027-08-01..2028-07-31"), "0.500000");
        assert_eq!(factor(&record, "2027-08-01..2027-08-31"), "0.042350", "31 halves of 366");
    }
}
