//! The charts of a plan: what people recorded of a measure, as a chart asks for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChangeProject, Measure, MeasureChart, Observation, RunRules, Value};
use crate::{
    ItemId, Items,
    chart::{
        Amount, Annotation, ChartRequest, Decimal, Every, Improvement, PhaseMark, Reading, Rules,
        Series, Target, Unit,
    },
    folding::label,
    record::Whole,
    suppression::Suppression,
};

/// Events of one day that a chart of rare events takes at most.
const MOST_EVENTS: u32 = 100;

impl ChangeProject {
    /// What the chart of a measure is made from; none if there is no such measure. Values of groups
    /// have charts of their own, [`ChangeProject::charts_by_group`]; where they would be given away
    /// by a value of all, that one is hidden.
    pub fn chart(&self, id: ItemId, suppression: Suppression) -> Option<ChartRequest> {
        let measure = self.measures.get(&id)?;
        let readings = self.readings(id, "", &self.hidden_numbers(suppression));
        Some(self.request(id, measure, &measure.name, readings))
    }

    /// The same for each group by which a measure is looked at, with numbers hidden that could tell
    /// of single people, and whatever would give those away.
    pub fn charts_by_group(
        &self,
        id: ItemId,
        suppression: Suppression,
    ) -> Vec<(String, ChartRequest)> {
        let Some(measure) = self.measures.get(&id) else { return Vec::new() };
        let hidden = self.hidden_numbers(suppression);
        let chart = |(group, written): (String, String)| {
            let title = format!("{}: {written}", measure.name);
            let readings = self.readings(id, &group, &hidden);
            (written, self.request(id, measure, &title, readings))
        };
        self.groups(id).into_iter().map(chart).collect()
    }

    /// The groups by which a measure is looked at: as they are compared, with how each was written
    /// first. Two phones write one group with other capitals and other spaces.
    fn groups(&self, measure: ItemId) -> BTreeMap<String, String> {
        let seen = self.observations.values().filter(|seen| seen.measure == measure);
        let counted = self.tallies.values().filter(|tally| tally.measure == measure);
        let groups = seen.map(|seen| &seen.group).chain(counted.map(|tally| &tally.group));
        let mut named = BTreeMap::new();
        for group in groups {
            let written = || group.trim().to_owned();
            named.entry(label(group)).or_insert_with(written);
        }
        named.remove("");
        named
    }

    fn readings(&self, measure: ItemId, group: &str, hidden: &BTreeSet<ItemId>) -> Vec<Reading> {
        let shown = |id: &ItemId, reading: Reading| {
            if hidden.contains(id) { Reading { value: Amount::Hidden, ..reading } } else { reading }
        };
        let seen = self.observations.iter();
        let seen = seen.filter(|(_, seen)| seen.measure == measure && label(&seen.group) == group);
        let seen = seen.map(|(id, seen)| shown(id, reading(seen)));
        let counted = self.tallies.iter();
        let counted = counted
            .filter(|(_, tally)| tally.measure == measure && label(&tally.group) == group)
            .filter_map(|(id, tally)| {
                let (numerator, denominator) = tally.counted()?;
                let whole = |count| u32::try_from(count).unwrap_or(u32::MAX);
                let (numerator, denominator) = (whole(numerator), whole(denominator));
                let amount = Amount::Ratio { numerator, denominator };
                Some(shown(id, Reading::of(tally.at, amount)))
            });
        seen.chain(counted).collect()
    }

    fn request(
        &self,
        id: ItemId,
        measure: &Measure,
        title: &str,
        readings: Vec<Reading>,
    ) -> ChartRequest {
        let phases = self.phases.values().filter(|phase| phase.measure == id);
        let phases = phases.map(|phase| PhaseMark {
            start: phase.from,
            label: phase.label.clone(),
            reason: phase.reason.clone(),
            baseline_points: phase.fixed_after.map(|Whole(points)| points as usize),
        });
        let targets = self.targets.values().filter(|target| target.measure == id);
        let targets =
            targets.map(|target| Target { from: target.from, value: Some(decimal(&target.value)) });
        ChartRequest {
            title: title.to_owned(),
            rules: rules(measure),
            unit: measure.unit.unwrap_or(Unit::Count),
            improvement: measure.improvement.unwrap_or(Improvement::Neutral),
            series: series(measure, readings),
            phases: phases.collect(),
            targets: targets.collect(),
            annotations: self.notes(id),
            baseline_points: None,
            centre: None,
        }
    }

    /// What stands in the chart of a measure: notes of its own and of all, and the cycles that were
    /// done.
    fn notes(&self, measure: ItemId) -> Vec<Annotation> {
        let numbers = self.cycle_numbers();
        let number = |cycle: Option<ItemId>| numbers.get(&cycle?).copied();
        let notes = self.annotations.values();
        let notes = notes.filter(|note| note.measure.is_none_or(|of| of == measure));
        let told: BTreeSet<ItemId> =
            self.annotations.values().filter_map(|note| note.cycle).collect();
        let cycles = self.cycles.iter().filter(|(id, _)| !told.contains(id));
        let cycles = cycles.filter_map(|(id, cycle)| {
            let text = cycle.change_idea.lines().next().unwrap_or_default().to_owned();
            Some(Annotation { at: cycle.did_at?, text, cycle: number(Some(*id)) })
        });
        let note = |note: &super::Annotation| Annotation {
            at: note.at,
            text: note.text.clone(),
            cycle: number(note.cycle),
        };
        notes.map(note).chain(cycles).collect()
    }

    /// The number of each cycle: its place in their order, without a gap, the same for everybody.
    pub fn cycle_numbers(&self) -> Items<u32> {
        self.cycles.keys().copied().zip(1..).collect()
    }
}

fn reading(seen: &Observation) -> Reading {
    let value = match seen.value {
        Value::Number { thousandths } => Amount::Number(Decimal::from_thousandths(thousandths)),
        Value::Ratio { numerator, denominator } => Amount::Ratio { numerator, denominator },
    };
    let excluded = Some(seen.excluded.trim()).filter(|why| !why.is_empty()).map(str::to_owned);
    Reading { at: seen.at, value, excluded }
}

const fn rules(measure: &Measure) -> Rules {
    match (measure.chart, measure.rules) {
        (MeasureChart::Xmr, _) => Rules::MDC_2023,
        (MeasureChart::Run | MeasureChart::DaysBetween, RunRules::Taught) => Rules::TAUGHT,
        (MeasureChart::Run | MeasureChart::DaysBetween, RunRules::Anhoej) => Rules::Anhoej,
    }
}

fn series(measure: &Measure, readings: Vec<Reading>) -> Series {
    if measure.chart != MeasureChart::DaysBetween {
        return Series::Readings { every: Every::said(&measure.frequency), readings };
    }
    let counts = |reading: &Reading| reading.excluded.is_none();
    let days = readings.iter().filter(|reading| counts(reading)).flat_map(|reading| {
        let times = match reading.value {
            Amount::Number(number) => number.to_string().parse().unwrap_or(1),
            Amount::Ratio { numerator, .. } => numerator,
            Amount::Hidden | Amount::Gap => 0,
        };
        std::iter::repeat_n(reading.at, times.min(MOST_EVENTS) as usize)
    });
    Series::Events { days: days.collect() }
}

fn decimal(value: &Value) -> Decimal {
    match value {
        Value::Number { thousandths } => Decimal::from_thousandths(*thousandths),
        // In percent, to thousandths.
        Value::Ratio { numerator, denominator } => {
            let share = i64::from(*numerator) * 100_000 / i64::from((*denominator).max(1));
            Decimal::from_thousandths(share)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change_project::{Item, PdsaCycle, Phase};

    const fn id(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn plan(values: &[u32]) -> ChangeProject {
        let measure = Measure {
            name: "Falls a week".to_owned(),
            frequency: "every week".to_owned(),
            improvement: Some(Improvement::Down),
            ..Measure::default()
        };
        let first = jiff::civil::date(2026, 1, 5);
        let mut edits = measure.adding(id(1));
        for (week, value) in (0_u8..).zip(values) {
            let at = first.checked_add(jiff::Span::new().days(7 * i32::from(week))).unwrap();
            edits.extend(Observation::new(id(1), at, Value::whole(*value)).adding(id(10 + week)));
        }
        ChangeProject::default().with(&edits)
    }

    #[test]
    fn e2_a_group_is_one_however_two_phones_write_it_and_two_that_differ_are_two() {
        let mut plan = plan(&[20, 21, 22, 23, 24, 25]);
        let groups = ["Ward Zoë", "ward  Zoe\u{308}", "<75", "75+", "\u{200b}", " "];
        for (number, group) in (10_u8..).zip(groups) {
            plan.observations.get_mut(&id(number)).unwrap().group = group.to_owned();
        }
        let of = |chart: &ChartRequest| match &chart.series {
            Series::Readings { readings, .. } => readings.len(),
            Series::Events { .. } => 0,
        };
        let charts = plan.charts_by_group(id(1), Suppression::default());
        let charts: Vec<_> = charts.iter().map(|(group, of_it)| (&**group, of(of_it))).collect();
        assert_eq!(charts, [("75+", 1), ("<75", 1), ("Ward Zoë", 2)]);
        assert_eq!(of(&plan.chart(id(1), Suppression::default()).unwrap()), 2);
    }

    #[test]
    fn a_plan_of_better_weeks_has_a_signal() {
        let values = [9, 8, 9, 10, 8, 9, 9, 3, 2, 3, 4, 2, 3, 2, 3, 2];
        let mut plan = plan(&values);
        let done = PdsaCycle {
            change_idea: "Lamps".to_owned(),
            did_at: Some(jiff::civil::date(2026, 2, 20)),
            ..PdsaCycle::default()
        };
        plan.cycles.insert(id(3), done);
        let chart = plan.chart(id(1), Suppression::default()).unwrap().compute().unwrap();
        assert_eq!(chart.points.len(), values.len());
        assert!(!chart.signals.is_empty(), "{:?}", chart.summary);
        assert_eq!(chart.annotations.len(), 1);
        assert_eq!(plan.chart(id(2), Suppression::default()), None);
    }

    #[test]
    fn phases_and_targets_come_from_people() {
        let mut plan = plan(&[9; 12]);
        let phase = Phase {
            measure: id(1),
            from: jiff::civil::date(2026, 2, 16),
            label: "after the lamps".to_owned(),
            reason: "they came".to_owned(),
            fixed_after: None,
        };
        plan.phases.insert(id(4), phase);
        let chart = plan.chart(id(1), Suppression::default()).unwrap().compute().unwrap();
        assert_eq!(chart.phases.len(), 2);
    }

    #[test]
    fn small_groups_are_hidden_with_what_would_give_them_away() {
        let at = jiff::civil::date(2026, 1, 5);
        let mut plan = plan(&[]);
        for (number, group, count) in [(10, "under 75", 12), (11, "75 to 84", 3), (12, "85", 40)] {
            let group = group.to_owned();
            let seen = Observation { group, ..Observation::new(id(1), at, Value::whole(count)) };
            plan.observations.insert(id(number), seen);
        }
        let total = Observation::new(id(1), at, Value::whole(55));
        plan.observations.insert(id(13), total);
        let charts = plan.charts_by_group(id(1), Suppression::default());
        let hidden: Vec<(&str, bool)> = charts
            .iter()
            .map(|(group, request)| {
                let Series::Readings { readings, .. } = &request.series else { unreachable!() };
                (group.as_str(), readings[0].value == Amount::Hidden)
            })
            .collect();
        assert_eq!(hidden, [("75 to 84", true), ("85", false), ("under 75", true)]);
    }
}
