//! Where somebody worked, how much they learned, and how long they were away.

use std::fmt::Write;

use super::{
    ArcpSources, day_in_words,
    part::{Cell, Part, columns},
};
use crate::{
    ItemId, Minutes,
    change_project::Value,
    chart::Exact,
    counted,
    learning_log::{AbsenceCount, LogYear, NO_TARGET, NOTHING_ASKED, Period, days_in_words},
    personal_record::{Course, OrganisationKind, Placement, Supervisor},
};

/// How much is worked where nobody has said that it is less.
const FULL_TIME: &str = "100 %";

impl ArcpSources<'_> {
    /// The placements of the period, in the order in which they began.
    pub(super) fn placements_in_period(&self) -> Vec<(ItemId, &Placement)> {
        let all = self.record.placements.iter();
        let mut placements: Vec<_> = all
            .filter(|(_, one)| self.is_in_period(one.start, Some(one.end)))
            .map(|(id, one)| (*id, one))
            .collect();
        placements.sort_by_key(|(id, one)| (one.start, one.end, *id));
        placements
    }

    pub(super) fn placements(&self) -> Part {
        let columns = columns!(
            "organisation" "Where",
            "kind" "Kind",
            "specialty" "Specialty",
            "grade" "Grade",
            "from" "From",
            "to" "To",
            "whole_time_equivalent" "Whole-time equivalent",
            "supervisors" "Supervisors",
        );
        let mut part = Part::new("placements", "Placements", columns);
        part.if_empty = "No placement is noted in this period.";
        let row = |(id, one): (ItemId, &Placement)| {
            let kind = one.kind.map(OrganisationKind::in_words).unwrap_or_default();
            vec![
                Cell::text(&one.organisation),
                Cell::text(kind),
                Cell::text(&one.specialty),
                Cell::text(&one.grade),
                Cell::Day(one.start),
                Cell::Day(one.end),
                Cell::text(self.hours_of(id, one)),
                Cell::text(self.supervisors_of(id).join(", ")),
            ]
        };
        part.rows = self.placements_in_period().into_iter().map(row).collect();
        part
    }

    /// How much was worked in a placement: "100 %, 60 % from 1 December 2026; acute 2/3, community
    /// 1/3".
    fn hours_of(&self, id: ItemId, placement: &Placement) -> String {
        let first =
            placement.wte.as_ref().map_or_else(|| FULL_TIME.to_owned(), Value::share_in_words);
        let changes = self.record.wte_changes.values().filter(|change| change.placement == id);
        let mut changes: Vec<_> = changes.map(|change| (change.from, &change.wte)).collect();
        changes.sort_by_key(|(from, _)| *from);
        let changes = changes
            .iter()
            .map(|(from, wte)| format!("{} from {}", wte.share_in_words(), day_in_words(*from)));
        let hours: Vec<String> = [first].into_iter().chain(changes).collect();
        let mut words = hours.join(", ");
        if let Some(split) = &placement.split {
            words.extend(["; ", &split.in_words()]);
        }
        if placement.course == Course::Longitudinal {
            words.push_str("; alongside others");
        }
        words
    }

    pub(super) fn supervisors_of(&self, placement: ItemId) -> Vec<String> {
        let all = self.record.supervisors.iter().filter(|(_, one)| one.placement == placement);
        let mut supervisors: Vec<(&ItemId, &Supervisor)> = all.collect();
        supervisors.sort_by_key(|(id, one)| (one.role, **id));
        let words = |(_, one): (&ItemId, &Supervisor)| {
            let name = one.person.map_or_else(|| one.name.clone(), |person| self.name(person));
            let part = one.part.trim();
            let of = if part.is_empty() { String::new() } else { format!(", {part}") };
            format!("{name} ({}{of})", one.role.in_words())
        };
        supervisors.into_iter().map(words).collect()
    }

    pub(super) fn time_out(&self) -> Part {
        // What else is said of it is for nobody else.
        let columns = columns!("kind" "Why", "from" "From", "to" "To");
        let mut part = Part::new("time_out", "Time out of training", columns);
        let breaks = self.record.breaks.values().filter(|one| self.is_in_period(one.from, one.to));
        let mut breaks: Vec<_> = breaks.collect();
        breaks.sort_by_key(|one| (one.from, one.to));
        let rows = breaks.into_iter().map(|one| {
            let kind = Cell::text(one.kind.in_words());
            vec![kind, Cell::Day(one.from), Cell::day(one.to)]
        });
        part.rows = rows.collect();
        part
    }

    pub(super) fn hours(&self, years: &[LogYear]) -> Part {
        let columns = columns!(
            "days" "Days",
            "of" "What",
            "done_minutes" "Done",
            "asked_minutes" "Required",
            "counts_at_most_minutes" "Counts at most",
            "left_minutes" "Left to do",
            "by" "By",
        );
        let mut part = Part::new("hours", "Learning time against the rule", columns);
        part.most = 36;
        part.note = self.rule_in_words(years);
        part.rows = years.iter().flat_map(rows_of_year).collect();
        part
    }

    /// By which rule, and how much of it is asked of somebody who worked so much.
    fn rule_in_words(&self, years: &[LogYear]) -> String {
        let mut words = match self.rule.title.trim() {
            "" => "No rule is known here: no content pack asks for learning time.".to_owned(),
            title => format!("Counted by: {title}."),
        };
        for year in years {
            let assumed = match year.assumed_in_words() {
                "" => String::new(),
                why => format!(", {why}"),
            };
            let days = year.days.in_words();
            let factor = year.factor_in_words();
            let target = match (&year.terms.target, year.count.target_met) {
                (_, Some(_)) => String::new(),
                (None, None) => format!("; {NO_TARGET}"),
                (Some(_), None) => format!("; {NOTHING_ASKED}"),
            };
            let _ = write!(words, " {days}: {factor}{assumed}{target}.");
        }
        words
    }

    /// Why so much is required, and no more.
    pub(super) fn reasons(years: &[LogYear]) -> Part {
        let columns = columns!("days" "Days", "reason" "Why");
        let mut part = Part::new("pro_rata", "Why so much is required", columns);
        let row =
            |days: Period, reason: &String| vec![Cell::Text(days.in_words()), Cell::text(reason)];
        let of = |year: &LogYear| -> Vec<Vec<Cell>> {
            year.reasons.iter().map(|reason| row(year.days, reason)).collect()
        };
        part.rows = years.iter().flat_map(of).collect();
        part
    }

    pub(super) fn absence(years: &[LogYear]) -> Part {
        let columns = columns!(
            "days" "Days",
            "days_absent" "Days absent",
            "days_ahead" "Noted for days to come",
            "limit" "Limit in a training year",
            "review" "Review of the end of training",
        );
        let mut part = Part::new("absence", "Absence", columns);
        let row = |year: &LogYear| {
            let absence = &year.absence;
            let limit = absence.limit.map(|limit| counted(limit, "day"));
            let ahead = Some(days_in_words(&absence.ahead)).filter(|_| !absence.ahead.is_zero());
            vec![
                Cell::Text(year.days.in_words()),
                Cell::Text(days_in_words(&absence.days)),
                Cell::text(ahead.unwrap_or_default()),
                Cell::text(limit.unwrap_or_default()),
                Cell::text(review_in_words(absence)),
            ]
        };
        part.rows = years.iter().map(row).collect();
        part
    }
}

/// Whether days absent ask for a review of the end of training; nothing where nothing does.
fn review_in_words(absence: &AbsenceCount) -> String {
    let of_year = days_in_words(&absence.of_year);
    match absence.limit {
        None => String::new(),
        Some(_) if !absence.asks_for_review => "not asked for".to_owned(),
        Some(_) if absence.of_year == absence.days => "asked for: above the limit".to_owned(),
        Some(_) => format!("asked for: {of_year} days in the training year"),
    }
}

/// What one training year asks for, and what was done.
fn rows_of_year(year: &LogYear) -> Vec<Vec<Cell>> {
    let (count, terms) = (&year.count, &year.terms);
    let of = Cell::Text(year.days.in_words());
    let asks = |name: &str, done: Exact, asked: Option<&Exact>, left: &Exact| {
        let name = Cell::Text(name.to_owned());
        let (asked, left, by) = match asked.cloned() {
            None => (Cell::Nothing, Cell::Nothing, Cell::Nothing),
            Some(asked) if left.is_zero() => {
                (Cell::Reached(asked), Cell::Asked(left.clone()), Cell::Nothing)
            }
            Some(asked) => (Cell::Asked(asked), Cell::Asked(left.clone()), Cell::Day(year.by)),
        };
        vec![of.clone(), name, Cell::Done(done), asked, Cell::Nothing, left, by]
    };
    let capped = |name: &str, done: Minutes, cap: Option<&Exact>| {
        let (name, done) = (Cell::Text(name.to_owned()), Cell::Done(done.into()));
        let cap = cap.map_or(Cell::Nothing, |cap| Cell::Done(cap.clone()));
        let nothing = Cell::Nothing;
        vec![of.clone(), name, done, nothing.clone(), cap, nothing.clone(), nothing]
    };
    let shares_limit = count.elearning != Minutes(0) && terms.non_core_cap.is_some();
    let others = if shares_limit {
        "Other teaching (e-learning counts into its limit)"
    } else {
        "Other teaching"
    };
    let mut rows = vec![
        asks("All that counts", count.counted.clone(), terms.target.as_ref(), &count.left),
        asks("Core teaching", count.core.into(), terms.core_min.as_ref(), &count.core_left),
        capped(others, count.non_core, terms.non_core_cap.as_ref()),
    ];
    for (name, done, cap) in [
        ("Of that, for one specialty", count.specialty, terms.specialty_cap.as_ref()),
        ("E-learning", count.elearning, terms.elearning_cap.as_ref()),
        ("Above the limits, not counted", count.above_limits, None),
        ("Does not count", count.excluded, None),
    ] {
        if done != Minutes(0) {
            rows.push(capped(name, done, cap));
        }
    }
    rows
}
