//! Days away from work: which rostered days were not worked, each of them counted once.

use std::collections::BTreeMap;

use super::{Absence, PersonalRecord, exact};
use crate::{CalendarDate, chart::Exact, learning_log::Period};

/// Days of one absence that are looked at one by one; nobody is away for longer.
const MOST_DAYS: usize = 4_000;

/// Days off, each as the part of it that was not worked.
pub(crate) struct DaysOff {
    parts: BTreeMap<CalendarDate, Exact>,
    /// What an absence has more of than it has days, on its last day: a merge makes such.
    beyond: Vec<(CalendarDate, Exact)>,
}

impl PersonalRecord {
    /// The rostered days that were not worked, or will not be.
    ///
    /// Which days of an absence were rostered nobody notes. They are taken to be those that other
    /// absences have too, of which each counts once, then Mondays to Fridays from its first day on,
    /// and then days of weekends; those of a break last of their kind. Nobody is rostered in one,
    /// so that what falls into it counts for nothing.
    pub(crate) fn days_off(&self) -> DaysOff {
        let mut absences: Vec<&Absence> = self.absences.values().collect();
        // Days that are shared are taken from the end, where those that end later have them too.
        absences.sort_by_key(|one| (one.last_day(), one.from));
        let mut off = DaysOff { parts: BTreeMap::new(), beyond: Vec::new() };
        let mut shared = vec![None; absences.len()];
        let mut first = None;
        for (place, one) in shared.iter_mut().zip(&absences).rev() {
            *place = first;
            first = first.into_iter().chain([one.from]).min();
        }
        for (one, shared) in absences.into_iter().zip(shared) {
            off.note(one, shared, &|day| self.is_in_break(day));
        }
        off.parts.retain(|day, _| !self.is_in_break(*day));
        off.beyond.retain(|(day, _)| !self.is_in_break(*day));
        off
    }

    /// The rostered days of a period that were not worked.
    pub fn absence(&self, period: Period) -> Exact {
        self.days_off().within(period)
    }
}

impl DaysOff {
    /// Notes what of an absence is not noted yet. Others, which end later, begin on or after
    /// `shared`.
    fn note(
        &mut self,
        absence: &Absence,
        shared: Option<CalendarDate>,
        is_in_break: &dyn Fn(CalendarDate) -> bool,
    ) {
        let last = absence.last_day().max(absence.from);
        let noted = self.parts.range(absence.from..=last).map(|(_, part)| part);
        let noted = noted.fold(Exact::sum([]), |sum, part| sum.plus(part));
        let mut left = exact(&absence.days).minus(&noted).max(Exact::sum([]));
        for day in by_likelihood((absence.from, last), shared, is_in_break) {
            if left.is_zero() {
                return;
            }
            let part = self.parts.entry(day).or_insert_with(|| Exact::sum([]));
            let more = Exact::sum([(1, 1)]).minus(part).min(left.clone());
            *part = part.plus(&more);
            left = left.minus(&more);
        }
        self.beyond.push((last, left));
    }

    /// How many of them are in a period.
    pub(crate) fn within(&self, period: Period) -> Exact {
        let parts = self.parts.range(period.from()..=period.to()).map(|(_, part)| part);
        let beyond = self.beyond.iter().filter(|(day, _)| period.contains(*day));
        let all = parts.chain(beyond.map(|(_, part)| part));
        all.fold(Exact::sum([]), |sum, part| sum.plus(part))
    }
}

/// The days of an absence, those that were rostered more likely first.
fn by_likelihood(
    (from, last): (CalendarDate, CalendarDate),
    shared: Option<CalendarDate>,
    is_in_break: &dyn Fn(CalendarDate) -> bool,
) -> impl Iterator<Item = CalendarDate> {
    let next = |day: &CalendarDate| day.tomorrow().ok().filter(|day| *day <= last);
    let days: Vec<_> = std::iter::successors(Some(from), next).take(MOST_DAYS).collect();
    let is_shared = move |day: &CalendarDate| shared.is_some_and(|shared| shared <= *day);
    let is_of_week = |day: &CalendarDate| day.weekday().to_monday_zero_offset() < 5;
    let (of_break, of_work): (Vec<_>, Vec<_>) = days.into_iter().partition(|day| is_in_break(*day));
    let (shared, own): (Vec<_>, Vec<_>) = of_work.into_iter().partition(is_shared);
    let (week, weekend): (Vec<_>, Vec<_>) = own.into_iter().partition(is_of_week);
    let (break_week, break_weekend): (Vec<_>, Vec<_>) = of_break.into_iter().partition(is_of_week);
    shared.into_iter().rev().chain(week).chain(break_week).chain(weekend).chain(break_weekend)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ItemId,
        personal_record::{AbsenceKind, CareerBreak},
    };

    fn day(text: &str) -> CalendarDate {
        text.parse().unwrap()
    }

    fn record(absences: &[(&str, &str, &str)], breaks: &[(&str, &str)]) -> PersonalRecord {
        let mut record = PersonalRecord::default();
        let mut ids = (1..).map(|number| ItemId::from_bytes([number; 16]));
        for (from, to, days) in absences {
            let one = Absence::new(AbsenceKind::Sickness, day(from), days.parse().unwrap());
            let one = Absence { to: Some(day(to)), ..one };
            record.absences.insert(ids.next().unwrap(), one);
        }
        for (from, to) in breaks {
            let to = to.parse().ok();
            let one = CareerBreak { from: day(from), to, ..CareerBreak::default() };
            record.breaks.insert(ids.next().unwrap(), one);
        }
        record
    }

    fn away(record: &PersonalRecord, period: &str) -> String {
        record.absence(period.parse().unwrap()).to_fixed(1)
    }

    const YEAR: &str = "2026-08-05..2027-08-03";

    #[test]
    fn nobody_is_absent_in_a_break() {
        let week = ("2026-11-02", "2026-11-06", "5");
        assert_eq!(away(&record(&[week], &[]), YEAR), "5.0");
        assert_eq!(away(&record(&[week], &[("2026-10-01", "2026-12-01")]), YEAR), "0.0");
        assert_eq!(away(&record(&[week], &[("2026-10-01", "")]), YEAR), "0.0", "without an end");
        let from_wednesday = [("2026-11-04", "2026-11-30"), ("2026-11-05", "2026-12-31")];
        assert_eq!(away(&record(&[week], &from_wednesday), YEAR), "2.0");
        let fortnight = ("2026-11-02", "2026-11-15", "10");
        assert_eq!(away(&record(&[fortnight], &[("2026-11-09", "2026-12-01")]), YEAR), "5.0");
    }

    #[test]
    fn days_of_an_absence_around_a_break_are_those_outside_it() {
        let november = [("2025-11-01", "2025-11-30")];
        let year = "2025-08-06..2026-08-04";
        for (days, counted) in [("5", "5.0"), ("10", "10.0"), ("20", "10.0")] {
            let around = ("2025-10-27", "2025-12-05", days);
            assert_eq!(away(&record(&[around], &november), year), counted, "{days}");
        }
        let after = ("2025-11-24", "2025-12-05", "5");
        assert_eq!(away(&record(&[after], &november), year), "5.0");
        let spring = ("2026-03-28", "2026-04-20", "11");
        assert_eq!(away(&record(&[spring], &[("2026-03-01", "2026-04-14")]), year), "4.0");
    }

    #[test]
    fn days_of_an_absence_count_in_the_period_they_are_in() {
        let record = record(&[("2026-11-02", "2026-11-15", "10")], &[]);
        assert_eq!(away(&record, "2026-11-01..2026-11-08"), "5.0");
        assert_eq!(away(&record, "2026-11-09..2026-11-30"), "5.0");
        assert_eq!(away(&record, "2026-11-07..2026-11-08"), "0.0", "a weekend");
        assert_eq!(away(&record, "2026-11-03..2026-11-03"), "1.0");
        assert_eq!(away(&record, "2026-11-16..2026-11-30"), "0.0");
        assert_eq!(away(&record, "2028-02-29..2028-02-29"), "0.0");
    }

    #[test]
    fn a_weekend_of_work_that_was_missed_counts_too() {
        let record = record(&[("2026-11-02", "2026-11-08", "6.5")], &[]);
        assert_eq!(away(&record, "2026-11-07..2026-11-07"), "1.0");
        assert_eq!(away(&record, "2026-11-08..2026-11-08"), "0.5");
        assert_eq!(away(&record, YEAR), "6.5");
    }

    #[test]
    fn days_that_several_absences_may_share_are_the_same_days() {
        let apart =
            record(&[("2026-11-02", "2026-11-08", "3"), ("2026-11-06", "2026-11-08", "3")], &[]);
        assert_eq!(away(&apart, YEAR), "3.0");
        assert_eq!(away(&apart, "2026-11-02..2026-11-05"), "0.0");
    }
}
