//! The values of a measure, period by period: a gap is a gap, and two values of one period are both
//! there until somebody chooses.

use std::collections::BTreeMap;

use enhance_model::{
    CalendarDate, ItemId,
    change_project::{ChangeProject, Observation, Value},
    chart::Every,
};
use serde::Serialize;

/// One row of a measure's values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The day, or the first day of the period.
    pub at: CalendarDate,
    /// The last day of a gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<CalendarDate>,
    /// The group it is of. May be empty.
    pub group: String,
    pub standing: Standing,
    /// None in a gap.
    pub observation: Option<ItemId>,
    /// Where the measure was meant to be.
    pub target: Option<Value>,
}

/// How a value of a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Counted,
    /// There are others of the same period, and one has to be chosen.
    ToSettle,
    /// It is kept and not counted, for a reason it says.
    Excluded,
    /// Nothing was noted where something was due.
    Gap,
}

/// The rows of a measure, oldest first.
pub fn periods(project: &ChangeProject, measure: ItemId) -> Vec<Period> {
    let frequency = project.measures.get(&measure).map_or("", |one| one.frequency.as_str());
    let every = Every::said(frequency);
    let mut series: BTreeMap<(&str, &str), Vec<(ItemId, &Observation)>> = BTreeMap::new();
    for (id, seen) in project.observations.iter().filter(|(_, seen)| seen.measure == measure) {
        series.entry((seen.group.as_str(), seen.source.as_str())).or_default().push((*id, seen));
    }
    let mut rows: Vec<Period> = series.into_values().flat_map(|seen| rows(every, seen)).collect();
    for row in &mut rows {
        row.target = target(project, measure, row.at);
    }
    rows.sort_by(|a, b| (a.at, &a.group, a.observation).cmp(&(b.at, &b.group, b.observation)));
    rows
}

/// The rows of one group from one source.
fn rows(every: Option<Every>, mut seen: Vec<(ItemId, &Observation)>) -> Vec<Period> {
    seen.sort_by_key(|(id, seen)| (seen.at, *id));
    let start = |day: CalendarDate| every.map_or(day, |every| every.start(day));
    let mut counted: BTreeMap<CalendarDate, usize> = BTreeMap::new();
    for (_, seen) in seen.iter().filter(|(_, seen)| seen.excluded.is_empty()) {
        *counted.entry(start(seen.at)).or_default() += 1;
    }
    let mut rows = Vec::new();
    let mut due = None;
    for (id, seen) in seen {
        let begins = start(seen.at);
        if let Some(due) = due.filter(|due| *due < begins) {
            let (until, group) = (begins.yesterday().ok(), seen.group.clone());
            let (standing, observation, target) = (Standing::Gap, None, None);
            rows.push(Period { at: due, until, group, standing, observation, target });
        }
        due = every.and_then(|every| every.next(begins));
        let standing = match counted.get(&begins) {
            _ if !seen.excluded.is_empty() => Standing::Excluded,
            Some(2..) => Standing::ToSettle,
            _ => Standing::Counted,
        };
        let (at, group, observation) = (seen.at, seen.group.clone(), Some(id));
        rows.push(Period { at, until: None, group, standing, observation, target: None });
    }
    rows
}

/// The target of a measure that held on a day.
fn target(project: &ChangeProject, measure: ItemId, on: CalendarDate) -> Option<Value> {
    let targets = project.targets.iter();
    let held = targets.filter(|(_, target)| target.measure == measure && target.from <= on);
    held.max_by_key(|(id, target)| (target.from, **id)).map(|(_, target)| target.value.clone())
}

#[cfg(test)]
mod tests {
    use enhance_model::change_project::Measure;

    use super::*;

    fn item(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    fn measured(frequency: &str, days: &[&str]) -> ChangeProject {
        let mut project = ChangeProject::default();
        let measure = Measure { frequency: frequency.into(), ..Measure::default() };
        project.measures.insert(item(100), measure);
        for (number, day) in (1..).zip(days) {
            let seen = Observation::new(item(100), day.parse().unwrap(), Value::whole(4));
            project.observations.insert(item(number), seen);
        }
        project
    }

    fn standings(project: &ChangeProject) -> Vec<(String, Standing)> {
        let rows = periods(project, item(100)).into_iter();
        rows.map(|row| (row.at.to_string(), row.standing)).collect()
    }

    #[test]
    fn a_week_without_a_value_is_a_gap_and_not_nothing() {
        let days = ["2026-11-06", "2026-11-27", "2026-12-03"];
        let project = measured("Each Friday", &days);
        let rows = periods(&project, item(100));
        assert_eq!(rows[1].standing, Standing::Gap);
        assert_eq!(rows[1].at, "2026-11-09".parse().unwrap());
        assert_eq!(rows[1].until, Some("2026-11-22".parse().unwrap()));
        assert_eq!(rows.len(), 4);
        // Where nobody said how often, nobody knows of a gap.
        assert_eq!(periods(&measured("when there is time", &days), item(100)).len(), 3);
    }

    #[test]
    fn two_values_of_one_period_are_to_be_settled_until_one_counts_no_more() {
        let mut project = measured("weekly", &["2026-11-16", "2026-11-20", "2026-11-27"]);
        let (settle, counted) = (Standing::ToSettle, Standing::Counted);
        let found: Vec<_> = standings(&project).into_iter().map(|(_, one)| one).collect();
        assert_eq!(found, [settle, settle, counted]);
        project.observations.get_mut(&item(1)).unwrap().excluded = "counted twice".into();
        let found: Vec<_> = standings(&project).into_iter().map(|(_, one)| one).collect();
        assert_eq!(found, [Standing::Excluded, counted, counted]);
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trouble() {
        let project = measured("daily", &["-009999-01-01", "9999-12-31"]);
        assert_eq!(periods(&project, item(100)).len(), 3);
        assert_eq!(periods(&measured("weekly", &["9999-12-31"]), item(100)).len(), 1);
    }
}
