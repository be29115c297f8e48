//! What a plan still lacks to be a good one, each with the sentence that would satisfy it.
//!
//! Checked are the features that published projects most often lack: a specific aim with a date
//! (SMART), a family of measures, and those of plan-do-study-act cycles that Knudsen and others
//! (BMC Health Services Research 2019;19:683, table 1) and Taylor and others (BMJ Quality & Safety
//! 2014;23:290) looked for. Nothing is refused for what a check says.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ChangeProject, MeasureKind, PdsaCycle, Scale, Section};
use crate::{CalendarDate, ItemId, chart::Every, words::words};

/// Points in a row without a missing period.
const CONSECUTIVE: usize = 3;

words! {
    /// One thing that is checked of a plan.
    Check {
        /// The aim goes from one value to another.
        AimSpecific = "aim_specific",
        /// A measure tells whether it is reached.
        AimMeasurable = "aim_measurable",
        /// There is an idea how.
        AimAchievable = "aim_achievable",
        /// It says why it matters here.
        AimRelevant = "aim_relevant",
        /// It has a date.
        AimTimeBound = "aim_time_bound",
        OutcomeMeasure = "outcome_measure",
        ProcessMeasure = "process_measure",
        BalancingMeasure = "balancing_measure",
        /// Every idea is under a secondary driver.
        IdeasUnderDrivers = "ideas_under_drivers",
        /// Figures from before anything was tested.
        Baseline = "baseline",
        /// Every cycle says what is expected before it is done.
        Predictions = "predictions",
        /// A small test comes before a large one.
        SmallFirst = "small_first",
        /// A cycle goes on from another one.
        LinkedCycles = "linked_cycles",
        /// Three points in a row without a missing period.
        ThreeConsecutive = "three_consecutive",
    }
}

words! {
    /// The part of a plan in which something is written.
    ProjectPart {
        Aim = "aim",
        Sections = "sections",
        Drivers = "drivers",
        Ideas = "ideas",
        Measures = "measures",
        Observations = "observations",
        Cycles = "cycles",
    }
}

/// What a check of a plan says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PlanCheck {
    pub check: Check,
    /// Whether the plan has it.
    pub met: bool,
    /// What would satisfy it.
    pub sentence: &'static str,
    /// Where to go for that.
    pub part: ProjectPart,
}

impl Check {
    /// What would satisfy it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::AimSpecific => {
                "Say from which value to which the aim goes, in the direction it names."
            }
            Self::AimMeasurable => "Name the measure that tells whether the aim is reached.",
            Self::AimAchievable => "Add a change idea by which the aim could be reached.",
            Self::AimRelevant => "Say why it matters here, with figures of this place.",
            Self::AimTimeBound => "Say by which day the aim is to be reached.",
            Self::OutcomeMeasure => "Add an outcome measure: whether things get better for people.",
            Self::ProcessMeasure => {
                "Add a process measure: whether what was planned is being done."
            }
            Self::BalancingMeasure => "Add a balancing measure: whether something else gets worse.",
            Self::IdeasUnderDrivers => {
                "Put every change idea under the secondary driver that it moves."
            }
            Self::Baseline => {
                "Enter at least three values from before the first test, or mark a baseline."
            }
            Self::Predictions => "Write in every cycle what you expect before you do it.",
            Self::SmallFirst => "Test with one patient, a few, or one team before the whole unit.",
            Self::LinkedCycles => "Begin a cycle that goes on from what another one taught.",
            Self::ThreeConsecutive => {
                "Enter values for three periods in a row, with none missing between."
            }
        }
    }

    /// Where to go for that.
    pub const fn part(self) -> ProjectPart {
        match self {
            Self::AimSpecific | Self::AimMeasurable | Self::AimTimeBound => ProjectPart::Aim,
            Self::AimRelevant => ProjectPart::Sections,
            Self::OutcomeMeasure | Self::ProcessMeasure | Self::BalancingMeasure => {
                ProjectPart::Measures
            }
            Self::AimAchievable | Self::IdeasUnderDrivers => ProjectPart::Ideas,
            Self::Baseline | Self::ThreeConsecutive => ProjectPart::Observations,
            Self::Predictions | Self::SmallFirst | Self::LinkedCycles => ProjectPart::Cycles,
        }
    }
}

impl ChangeProject {
    /// Every check of the plan, in the order of its parts.
    ///
    /// ```
    /// use enhance_model::change_project::{ChangeProject, Check};
    ///
    /// let checks = ChangeProject::default().plan_checks();
    /// assert_eq!(checks.len(), Check::ALL.len());
    /// assert!(checks.iter().all(|check| !check.met && !check.sentence.is_empty()));
    /// ```
    pub fn plan_checks(&self) -> Vec<PlanCheck> {
        let checked = |check: &Check| PlanCheck {
            check: *check,
            met: self.meets(*check),
            sentence: check.sentence(),
            part: check.part(),
        };
        Check::ALL.iter().map(checked).collect()
    }

    /// Whether the plan has what a check asks for.
    pub fn meets(&self, check: Check) -> bool {
        match check {
            Check::AimSpecific => self.aim.is_measurable(),
            Check::AimMeasurable => {
                self.aim.measure.is_some_and(|measure| self.measures.contains_key(&measure))
            }
            Check::AimAchievable => !self.ideas.is_empty(),
            Check::AimRelevant => self.is_written(Section::WhyHere),
            Check::AimTimeBound => {
                self.aim.by_date.is_some_and(|by| self.start.is_none_or(|start| by > start))
            }
            Check::OutcomeMeasure => self.measures_kind(MeasureKind::Outcome),
            Check::ProcessMeasure => self.measures_kind(MeasureKind::Process),
            Check::BalancingMeasure => self.measures_kind(MeasureKind::Balancing),
            Check::IdeasUnderDrivers => {
                let is_under = |drivers: &BTreeSet<ItemId>| {
                    drivers.iter().any(|driver| self.is_secondary(*driver))
                };
                !self.ideas.is_empty() && self.ideas.values().all(|idea| is_under(&idea.drivers))
            }
            Check::Baseline => self.has_baseline(),
            Check::Predictions => {
                let predicts = |cycle: &PdsaCycle| !cycle.prediction.trim().is_empty();
                !self.cycles.is_empty() && self.cycles.values().all(predicts)
            }
            Check::SmallFirst => self.tests_small_first(),
            Check::LinkedCycles => {
                let is_earlier = |(id, cycle): (&ItemId, &PdsaCycle)| {
                    cycle
                        .previous
                        .is_some_and(|before| before < *id && self.cycles.contains_key(&before))
                };
                self.cycles.iter().any(is_earlier)
            }
            Check::ThreeConsecutive => {
                self.measures.keys().any(|measure| self.longest_streak(*measure) >= CONSECUTIVE)
            }
        }
    }

    fn is_written(&self, section: Section) -> bool {
        self.sections.get(&section).is_some_and(|text| !text.trim().is_empty())
    }

    fn measures_kind(&self, kind: MeasureKind) -> bool {
        self.measures.values().any(|measure| measure.kind == kind)
    }

    /// A phase that is called so, or three values of one measure from before the first test.
    fn has_baseline(&self) -> bool {
        let is_called = |label: &str| label.to_lowercase().contains("baseline");
        if self.phases.values().any(|phase| is_called(&phase.label)) {
            return true;
        }
        let first = self.cycles.values().filter_map(|cycle| cycle.did_at).min();
        self.measures.keys().any(|measure| {
            let days = self.days_observed(*measure).into_iter();
            days.filter(|day| first.is_none_or(|first| *day < first)).count() >= CONSECUTIVE
        })
    }

    /// Every cycle on the whole unit has a smaller one before it, and there is a smaller one.
    fn tests_small_first(&self) -> bool {
        let mut smaller = false;
        for cycle in self.cycles.values() {
            match cycle.scale {
                Some(Scale::Whole) if !smaller => return false,
                Some(Scale::Whole) | None => {}
                Some(_) => smaller = true,
            }
        }
        smaller
    }

    /// The days or first days of periods for which a measure has a value that counts, in order.
    pub fn days_observed(&self, measure: ItemId) -> BTreeSet<CalendarDate> {
        let counts = self.observations.values().filter(|seen| seen.excluded.trim().is_empty());
        let seen = counts.filter(|seen| seen.measure == measure).map(|seen| seen.at);
        let tallies = self.tallies.values().filter(|tally| tally.measure == measure);
        let counted = tallies.filter(|tally| tally.counted().is_some()).map(|tally| tally.at);
        seen.chain(counted).collect()
    }

    /// The most periods in a row for which a measure has a value.
    fn longest_streak(&self, measure: ItemId) -> usize {
        let days = self.days_observed(measure);
        let words = self.measures.get(&measure).map_or("", |one| one.frequency.trim());
        match Every::said(words) {
            Some(every) => every.longest_row(days),
            None if words.is_empty() => Every::suggested(&days).longest_row(days),
            // Of periods that are no calendar's nobody knows that one is missing.
            None => days.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change_project::{Aim, ChangeIdea, Direction, Driver, Measure, Observation, Value};

    const fn id(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn day(text: &str) -> CalendarDate {
        text.parse().unwrap()
    }

    fn observed(days: &[&str], frequency: &str) -> ChangeProject {
        let measure = Measure { frequency: frequency.to_owned(), ..Measure::default() };
        let seen = |text: &&str| Observation::new(id(1), day(text), Value::whole(3));
        let observations = (10..).map(id).zip(days.iter().map(seen)).collect();
        ChangeProject { measures: [(id(1), measure)].into(), observations, ..Default::default() }
    }

    /// Vector P1: an aim that ends where it begins is not specific.
    #[test]
    fn an_aim_that_stays_where_it_is_is_not_specific() {
        let aim = |to: &str| Aim {
            direction: Some(Direction::Decrease),
            from: "20".to_owned(),
            to: to.to_owned(),
            by_date: Some(day("2026-06-01")),
            ..Aim::default()
        };
        let plan = |to| ChangeProject {
            aim: aim(to),
            start: Some(day("2026-01-01")),
            ..ChangeProject::default()
        };
        assert!(!plan("20").meets(Check::AimSpecific));
        assert!(!plan("21").meets(Check::AimSpecific));
        assert!(!plan("a few").meets(Check::AimSpecific));
        assert!(plan("19.5").meets(Check::AimSpecific));
        assert!(plan("20").meets(Check::AimTimeBound));
        let late = ChangeProject { start: Some(day("2026-07-01")), ..plan("10") };
        assert!(!late.meets(Check::AimTimeBound));
    }

    /// Vector P3: one cycle on the whole unit is neither small nor linked.
    #[test]
    fn a_test_on_the_whole_unit_needs_a_smaller_one_before_it() {
        let cycle = |scale, previous: Option<u8>| PdsaCycle {
            scale: Some(scale),
            previous: previous.map(id),
            ..PdsaCycle::default()
        };
        let plan = |cycles: Vec<PdsaCycle>| ChangeProject {
            cycles: (1..).map(id).zip(cycles).collect(),
            ..ChangeProject::default()
        };
        let meets = |cycles, check| plan(cycles).meets(check);
        assert!(!meets(vec![cycle(Scale::Whole, None)], Check::SmallFirst));
        assert!(!meets(vec![cycle(Scale::Whole, None)], Check::LinkedCycles));
        let growing = vec![cycle(Scale::Few, None), cycle(Scale::Whole, Some(1))];
        assert!(meets(growing.clone(), Check::SmallFirst));
        assert!(meets(growing, Check::LinkedCycles));
        let late = vec![cycle(Scale::Whole, None), cycle(Scale::Few, Some(3))];
        assert!(!meets(late.clone(), Check::SmallFirst));
        assert!(!meets(late, Check::LinkedCycles), "the one before is not in the plan");
    }

    /// Vector P5: four points and never three in a row, since March is missing.
    #[test]
    fn a_missing_month_ends_a_row() {
        let has_three = |days: &[&str], often| observed(days, often).meets(Check::ThreeConsecutive);
        assert!(!has_three(&["2026-01-01", "2026-02-01", "2026-04-01", "2026-05-01"], ""));
        assert!(has_three(&["2026-01-01", "2026-02-01", "2026-03-01"], ""));
        assert!(has_three(&["2026-11-02", "2026-11-09", "2026-11-16"], ""));
        assert!(!has_three(&["2026-11-02", "2026-11-09", "2026-11-23", "2026-11-30"], ""));
        assert!(has_three(&["2026-01-01", "2026-04-01", "2026-07-01"], "quarterly"));
        assert!(!has_three(&["2026-01-01", "2026-03-01", "2026-05-01"], "every month"));
        assert!(has_three(&["2026-02-27", "2026-02-28", "2026-03-01"], "daily"));
        assert!(has_three(&["2026-01-05", "2026-01-19", "2026-02-02"], "fortnightly"));
        assert!(!has_three(&["2026-01-01", "2026-02-01"], ""));
    }

    /// Vector P7: two process measures do not make a balancing one.
    #[test]
    fn measures_are_counted_by_what_they_tell() {
        let kinds = [MeasureKind::Outcome, MeasureKind::Process, MeasureKind::Process];
        let measure = |kind| Measure { kind, ..Measure::default() };
        let measures = (1..).map(id).zip(kinds.into_iter().map(measure)).collect();
        let plan = ChangeProject { measures, ..ChangeProject::default() };
        assert!(plan.meets(Check::OutcomeMeasure) && plan.meets(Check::ProcessMeasure));
        assert!(!plan.meets(Check::BalancingMeasure));
    }

    #[test]
    fn an_idea_belongs_under_a_secondary_driver() {
        let driver = |parent: Option<u8>| Driver {
            name: "Light".to_owned(),
            parent: parent.map(id),
            place: None,
        };
        let idea = |under: u8| ChangeIdea { drivers: [id(under)].into(), ..ChangeIdea::default() };
        let plan = |under| ChangeProject {
            drivers: [(id(1), driver(None)), (id(2), driver(Some(1)))].into(),
            ideas: [(id(5), idea(under))].into(),
            ..ChangeProject::default()
        };
        assert!(plan(2).meets(Check::IdeasUnderDrivers));
        assert!(!plan(1).meets(Check::IdeasUnderDrivers));
        assert!(!plan(9).meets(Check::IdeasUnderDrivers));
    }

    #[test]
    fn a_baseline_is_from_before_the_first_test() {
        let cycle = |done: &str| PdsaCycle { did_at: Some(day(done)), ..PdsaCycle::default() };
        let mut plan = observed(&["2026-01-05", "2026-01-12", "2026-01-19"], "");
        assert!(plan.meets(Check::Baseline));
        plan.cycles.insert(id(1), cycle("2026-01-15"));
        assert!(!plan.meets(Check::Baseline));
        plan.cycles.insert(id(1), cycle("2026-02-01"));
        assert!(plan.meets(Check::Baseline));
    }
}
