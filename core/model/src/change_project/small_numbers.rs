//! Numbers of groups so small that they could tell of single people, and what gives them away.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChangeProject, Value};
use crate::{
    CalendarDate, ItemId,
    chart::{Every, Unit},
    folding::label,
    suppression::{Cell, Suppression},
};

/// A number that stands beside others of its measure and period.
struct Number {
    id: ItemId,
    /// Whether it is of a group, and not of all.
    is_of_group: bool,
    /// How many people it is of.
    count: u64,
}

impl ChangeProject {
    /// The observations and tally sheets whose numbers nobody is shown: small ones of groups, and
    /// whatever else of the same measure and period would give those away. Who shows numbers of
    /// groups asks this first.
    pub fn hidden_numbers(&self, rule: Suppression) -> BTreeSet<ItemId> {
        let mut side_by_side: BTreeMap<(ItemId, CalendarDate), Vec<Number>> = BTreeMap::new();
        let mut put = |id, measure: ItemId, at, group: &str, count: Option<u64>| {
            let is_of_group = !label(group).is_empty();
            let number = count.map(|count| Number { id, is_of_group, count });
            let period = self.period_of(measure, at);
            side_by_side.entry((measure, period)).or_default().extend(number);
        };
        for (id, seen) in &self.observations {
            let count = self.people_in(seen.measure, &seen.value, rule);
            put(*id, seen.measure, seen.at, &seen.group, count);
        }
        for (id, tally) in &self.tallies {
            let counted = tally.counted();
            let count = counted.map(|(numerator, of)| people_in_share(numerator, of, rule));
            put(*id, tally.measure, tally.at, &tally.group, count);
        }
        side_by_side.into_values().flat_map(|numbers| hidden(&numbers, rule)).collect()
    }

    /// Whether anything is looked at by group.
    pub fn has_groups(&self) -> bool {
        let is_named = |group: &str| !label(group).is_empty();
        self.observations.values().any(|seen| is_named(&seen.group))
            || self.tallies.values().any(|tally| is_named(&tally.group))
    }

    /// The first day of the period of a measure in which a day falls.
    fn period_of(&self, measure: ItemId, day: CalendarDate) -> CalendarDate {
        let said = self.measures.get(&measure).and_then(|one| Every::said(&one.frequency));
        said.map_or(day, |every| every.start(day))
    }

    /// How many people a value is of. Minutes, money and fractions are of nobody in particular.
    fn people_in(&self, measure: ItemId, value: &Value, rule: Suppression) -> Option<u64> {
        let unit = self.measures.get(&measure).and_then(|one| one.unit);
        match value {
            Value::Ratio { numerator, denominator } => {
                Some(people_in_share(u64::from(*numerator), u64::from(*denominator), rule))
            }
            Value::Number { thousandths } => {
                let is_count = matches!(unit, None | Some(Unit::Count)) && thousandths % 1_000 == 0;
                u64::try_from(thousandths / 1_000).ok().filter(|_| is_count)
            }
        }
    }
}

/// A share that is hidden for its own sake counts as a small number among the groups.
fn people_in_share(numerator: u64, denominator: u64, rule: Suppression) -> u64 {
    let share = rule.share(numerator, denominator);
    if denominator > 0 && !share.has_percentage { rule.from } else { numerator }
}

/// Those of one measure and period that are not shown.
fn hidden(numbers: &[Number], rule: Suppression) -> Vec<ItemId> {
    let (groups, totals): (Vec<&Number>, Vec<&Number>) =
        numbers.iter().partition(|number| number.is_of_group);
    let counts: Vec<u64> = groups.iter().map(|number| number.count).collect();
    let seen = rule.groups(&counts, !totals.is_empty());
    let groups = groups.into_iter().zip(seen.counts).filter(|(_, cell)| cell.is_hidden());
    let hides_total = !counts.is_empty() && seen.total == Some(Cell::Hidden);
    let totals = totals.into_iter().filter(|_| hides_total);
    groups.map(|(number, _)| number.id).chain(totals.map(|number| number.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change_project::{Measure, Observation};

    const fn id(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    /// Values of a week, each on a day of its own, `""` being all.
    fn week(unit: Option<Unit>, values: &[(&str, &str)]) -> Vec<usize> {
        let measure = Measure { unit, frequency: "weekly".to_owned(), ..Measure::default() };
        let mut project = ChangeProject::default();
        project.measures.insert(id(100), measure);
        for (number, (group, value)) in (0_u8..).zip(values) {
            let at = jiff::civil::date(2026, 1, 5 + i8::try_from(number).unwrap());
            let seen = Observation::new(id(100), at, value.parse().unwrap());
            let seen = Observation { group: (*group).to_owned(), ..seen };
            project.observations.insert(id(number), seen);
        }
        let hidden = project.hidden_numbers(Suppression::default());
        (0..values.len()).filter(|at| hidden.contains(&id(u8::try_from(*at).unwrap()))).collect()
    }

    #[test]
    fn small_groups_are_hidden_with_what_would_give_them_away() {
        let of = |values: &[(&str, &str)]| week(None, values);
        assert_eq!(of(&[("a", "12"), ("b", "3"), ("c", "40"), ("", "55")]), [0, 1]);
        assert_eq!(of(&[("a", "12"), ("b", "3"), ("c", "40")]), [1]);
        assert_eq!(of(&[("a", "0"), ("b", "2"), ("", "2")]), [1, 2], "the total is the group");
        assert_eq!(of(&[("a", "3/180"), ("b", "60/180")]), [0]);
        assert_eq!(of(&[("a", "177/180"), ("b", "60/180")]), [0], "three are not among them");
        assert_eq!(of(&[("", "3")]), [] as [usize; 0], "all are no group");
    }

    #[test]
    fn only_people_are_few() {
        let nothing = [] as [usize; 0];
        assert_eq!(week(Some(Unit::Minutes), &[("a", "4"), ("b", "30")]), nothing);
        assert_eq!(week(Some(Unit::Count), &[("a", "4"), ("b", "30")]), [0]);
        assert_eq!(week(None, &[("a", "4.5"), ("b", "-3")]), nothing);
        assert_eq!(week(Some(Unit::Percent), &[("a", "4/90")]), [0]);
    }
}
