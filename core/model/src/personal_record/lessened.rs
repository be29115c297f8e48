//! By what less than a full-time year is worked.

use std::collections::BTreeMap;

use super::{PersonalRecord, YearPart, values::percent};
use crate::{CalendarDate, chart::Exact, counted, learning_log::Period};

/// Stretches of days that are named; more of one kind are a number.
const MOST_NAMED: usize = 4;

/// Why days are less than days of full time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Lessening {
    NoPlacement,
    Break,
    /// Nobody has said when it ends.
    BreakWithoutEnd,
    /// The share of full time that was worked.
    Hours(Exact),
}

impl PersonalRecord {
    /// Why a part of a training year is less than a full-time year, a sentence for each reason with
    /// its days; nothing of one that was worked whole.
    pub(crate) fn lessened(&self, part: &YearPart, is_assumed: bool) -> Vec<String> {
        let mut reasons: BTreeMap<Lessening, Vec<Period>> = BTreeMap::new();
        for days in self.steady_days(part.days) {
            let Some(reason) = self.lessening_on(days.from(), is_assumed) else { continue };
            let all = reasons.entry(reason).or_default();
            let goes_on = |last: &&mut Period| last.to().tomorrow().ok() == Some(days.from());
            match all.last_mut().filter(goes_on) {
                Some(last) => *last = Period::new(last.from(), days.to()).unwrap_or(*last),
                None => all.push(days),
            }
        }
        let (days, year) = (part.days.days(), part.year.days());
        let is_less = days < year;
        let elsewhere = is_less.then(|| {
            let of = format!("{year} days of the training year {}", part.year.in_words());
            format!("{days} of the {of} {} counted here.", are(days))
        });
        let said = reasons.iter().map(|(reason, all)| reason.in_words(all, part.days.to()));
        elsewhere.into_iter().chain(said).collect()
    }

    fn lessening_on(&self, day: CalendarDate, is_assumed: bool) -> Option<Lessening> {
        let breaks = || self.breaks.values().filter(|one| one.covers(day));
        if breaks().any(|one| one.to.is_none()) {
            return Some(Lessening::BreakWithoutEnd);
        }
        if breaks().next().is_some() {
            return Some(Lessening::Break);
        }
        if is_assumed {
            return None;
        }
        if !self.placements.values().any(|one| one.start <= day && day <= one.end) {
            return Some(Lessening::NoPlacement);
        }
        let hours = self.wte_on(day);
        (hours < Exact::sum([(1, 1)])).then_some(Lessening::Hours(hours))
    }
}

impl Lessening {
    fn in_words(&self, all: &[Period], end: CalendarDate) -> String {
        let days: u32 = all.iter().map(|days| days.days()).sum();
        let why = match self {
            Self::NoPlacement => "not in a placement".to_owned(),
            Self::Break => "in a break".to_owned(),
            Self::BreakWithoutEnd => {
                let end = crate::time::day_in_words(end);
                format!("in a break that has no end, and is counted until {end}")
            }
            Self::Hours(hours) => format!("at {} of full time", percent(hours)),
        };
        let mut named: Vec<String> =
            all.iter().take(MOST_NAMED).map(|days| days.in_words()).collect();
        if let Some(more) = all.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            named.push(format!("{more} more"));
        }
        format!("{} {} {why} ({}).", counted(days, "day"), are(days), named.join("; "))
    }
}

const fn are(days: u32) -> &'static str {
    if days == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ItemId,
        personal_record::{CareerBreak, Placement, WteChange},
    };

    fn item(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn lessened(record: &PersonalRecord, days: &str) -> Vec<String> {
        let parts = record.parts(days.parse().unwrap());
        let of = |part: &YearPart| record.lessened(part, record.is_full_time_assumed(part.year));
        parts.iter().flat_map(of).collect()
    }

    fn pause(from: &str, to: Option<&str>) -> CareerBreak {
        let to = to.map(|to| to.parse().unwrap());
        CareerBreak { from: from.parse().unwrap(), to, ..CareerBreak::default() }
    }

    /// Two placements with a month between them.
    fn record() -> PersonalRecord {
        let mut record = PersonalRecord::default();
        for (number, days) in [(1, "2026-08-01..2026-11-30"), (2, "2027-01-01..2027-07-31")] {
            let days: Period = days.parse().unwrap();
            let (start, end) = (days.from(), days.to());
            record
                .placements
                .insert(item(number), Placement { start, end, ..Placement::default() });
        }
        record
    }

    const YEAR: &str = "2026-08-01..2027-07-31";

    #[test]
    fn what_makes_a_year_less_is_said_with_its_days() {
        let mut record = record();
        let gap = "31 days are not in a placement (1 December 2026 to 31 December 2026).";
        assert_eq!(lessened(&record, YEAR), [gap]);
        let (placement, from) = (item(2), "2027-06-01".parse().unwrap());
        let wte = "0.6".parse().unwrap();
        record.wte_changes.insert(item(3), WteChange { placement, from, wte });
        record.breaks.insert(item(4), pause("2026-10-31", Some("2026-10-31")));
        assert_eq!(
            lessened(&record, YEAR),
            [
                gap,
                "1 day is in a break (31 October 2026).",
                "61 days are at 60 % of full time (1 June 2027 to 31 July 2027).",
            ]
        );
        assert_eq!(
            lessened(&record, "2027-01-01..2027-01-31"),
            ["31 of the 365 days of the training year 1 August 2026 to 31 July 2027 are counted \
                 here."]
        );
    }

    #[test]
    fn days_between_two_placements_are_days_of_nothing_when_they_are_asked_about_alone() {
        let said = lessened(&record(), "2026-12-01..2026-12-31");
        assert_eq!(
            said[1],
            "31 days are not in a placement (1 December 2026 to 31 December 2026)."
        );
        let record = record();
        let part = record.parts("2026-12-01..2026-12-31".parse().unwrap())[0];
        assert!(record.factor(&part).is_zero());
    }

    #[test]
    fn a_break_without_an_end_is_counted_until_the_last_day_and_that_is_said() {
        let mut record = record();
        record.breaks.insert(item(4), pause("2027-07-01", None));
        let said = "31 days are in a break that has no end, and is counted until 31 July 2027 (1 \
                    July 2027 to 31 July 2027).";
        assert_eq!(lessened(&record, YEAR)[1], said);
        let none = PersonalRecord { placements: crate::Items::new(), ..record };
        assert_eq!(lessened(&none, YEAR), [said], "full time is taken for granted");
    }

    #[test]
    fn of_many_stretches_of_a_kind_some_are_named_and_the_others_are_a_number() {
        let mut record = record();
        for month in 1..=6 {
            let day = format!("2027-{month:02}-05");
            record.breaks.insert(item(10 + month), pause(&day, Some(&day)));
        }
        let said = lessened(&record, YEAR).remove(1);
        assert!(said.starts_with("6 days are in a break (5 January 2027; "), "{said}");
        assert!(said.ends_with("5 April 2027; 2 more)."), "{said}");
    }
}
