//! The values' axis: from where to where, with steps that people count in.

use super::super::{ChartPoint, ChartView, Exact, PointState, Quantity, Unit, summary};

/// A part of the numbers, divided into even steps.
pub(super) struct Axis {
    low: Exact,
    high: Exact,
    span: Exact,
    step: Exact,
    /// Decimal places of the steps.
    places: u8,
    unit: Unit,
}

impl Axis {
    /// An axis that holds all that a chart draws, in at most so many steps.
    pub(super) fn of(view: &ChartView, most_steps: u32) -> Self {
        let (mut low, mut high) = range(view);
        // From nothing where that is near, so that a small change does not look like a large one.
        let zero = Exact::from(Quantity::from(0));
        let is_one = low == high;
        if !low.is_negative() && (is_one || low.times(2, 1) <= high) {
            low = zero.clone();
        }
        if is_one && !high.is_zero() && high.is_negative() {
            high = zero;
        } else if high.is_zero() && low.is_zero() {
            high = Exact::power(1, 0);
        }
        // What is counted in whole ones has no half of one.
        let is_whole = view.points.iter().flat_map(values_of).all(Quantity::is_whole);
        let is_counted = is_whole && view.unit.is_never_negative();
        let (mut digit, mut exponent) = (1, if is_counted { 0 } else { -9 });
        let mut step = Exact::power(digit, exponent);
        let steps =
            |step: &Exact, low: &Exact, high: &Exact| (low.floored(step), ceiled(high, step));
        let (mut from, mut to) = steps(&step, &low, &high);
        while to.minus(&from) > step.times(most_steps, 1) {
            (digit, exponent) = match digit {
                1 => (2, exponent),
                2 => (5, exponent),
                _ => (1, exponent + 1),
            };
            step = Exact::power(digit, exponent);
            (from, to) = steps(&step, &low, &high);
        }
        let places = u8::try_from(-exponent).unwrap_or_default();
        Self { span: to.minus(&from), low: from, high: to, step, places, unit: view.unit }
    }

    /// How far up a value lies, on an axis of this length. Nothing outside of it.
    pub(super) fn at(&self, value: &Exact, length: i64) -> Option<i64> {
        let is_inside = *value >= self.low && *value <= self.high;
        is_inside.then(|| value.minus(&self.low).part_of(&self.span, length))
    }

    /// The places of the steps and what they are called, from below.
    pub(super) fn ticks(&self, length: i64) -> Vec<(i64, String)> {
        let mut ticks = Vec::new();
        let mut value = self.low.clone();
        while let Some(at) = self.at(&value, length) {
            ticks.push((at, self.label(&value)));
            value = value.plus(&self.step);
        }
        ticks
    }

    fn label(&self, value: &Exact) -> String {
        let number = summary::grouped(&value.to_fixed(self.places));
        match self.unit {
            Unit::Percent | Unit::Pounds => self.unit.said(&number),
            _ => number,
        }
    }
}

/// The smallest multiple of a step that is not below a value.
fn ceiled(value: &Exact, step: &Exact) -> Exact {
    let floor = value.floored(step);
    if floor == *value { floor } else { floor.plus(step) }
}

/// The lowest and the highest of what is drawn; from nothing to one for an empty chart.
fn range(view: &ChartView) -> (Exact, Exact) {
    let mut values: Vec<Quantity> = view.points.iter().flat_map(values_of).collect();
    values.sort_unstable();
    let (first, last) = (values.first().copied(), values.last().copied());
    let lines = view.phases.iter().flat_map(|phase| {
        let limits = phase.limits.iter().flat_map(|limits| {
            let lower = limits.lower_is_possible.then_some(&limits.lower);
            lower.into_iter().chain(limits.upper_is_possible.then_some(&limits.upper))
        });
        phase.centre.iter().chain(limits)
    });
    let ends = [first, last].into_iter().flatten().map(Exact::from);
    let all: Vec<Exact> = lines.cloned().chain(ends).collect();
    let low = all.iter().min().cloned().unwrap_or_else(|| Quantity::from(0).into());
    let high = all.iter().max().cloned().unwrap_or_else(|| Quantity::from(1).into());
    (low, high)
}

/// Every value that is drawn at a point.
fn values_of(point: &ChartPoint) -> impl Iterator<Item = Quantity> {
    let several: &[Option<Quantity>] = match &point.state {
        PointState::Conflict { values } => values,
        _ => &[],
    };
    let excluded = point.excluded.iter().filter_map(|excluded| excluded.value);
    point
        .value
        .into_iter()
        .chain(point.target)
        .chain(several.iter().copied().flatten())
        .chain(excluded)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Amount, ChartRequest, Reading, Rules};
    use super::*;

    fn ticks(unit: Unit, values: &[&str]) -> Vec<String> {
        let values = values.iter().map(|value| Amount::Number(value.parse().unwrap()));
        let readings =
            values.zip(1..).map(|(value, day)| Reading::of(jiff::civil::date(2026, 1, day), value));
        let request = ChartRequest::of("", Rules::Anhoej, unit, readings.collect());
        let axis = Axis::of(&request.compute().unwrap(), 5);
        axis.ticks(1_000).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn steps_are_ones_people_count_in() {
        assert_eq!(ticks(Unit::Count, &["3", "9"]), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(ticks(Unit::Score, &["142", "194"]), ["140", "160", "180", "200"]);
        assert_eq!(
            ticks(Unit::Percent, &["88", "97.5"]),
            ["88%", "90%", "92%", "94%", "96%", "98%"]
        );
        assert_eq!(
            ticks(Unit::Score, &["-0.004", "0.003"]),
            ["-0.004", "-0.002", "0.000", "0.002", "0.004"]
        );
        assert_eq!(
            ticks(Unit::Pounds, &["900000", "1600000"]),
            ["£800,000", "£1,000,000", "£1,200,000", "£1,400,000", "£1,600,000"]
        );
    }

    #[test]
    fn one_value_and_none_have_an_axis_too() {
        assert_eq!(ticks(Unit::Count, &[]), ["0", "1"]);
        assert_eq!(ticks(Unit::Count, &["0"]), ["0", "1"]);
        assert_eq!(ticks(Unit::Count, &["4"]), ["0", "1", "2", "3", "4"]);
        assert_eq!(ticks(Unit::Score, &["-4"]), ["-4", "-3", "-2", "-1", "0"]);
        assert_eq!(ticks(Unit::Score, &["999999999999999"]).len(), 6);
        assert_eq!(ticks(Unit::Score, &["-999999999999999", "999999999999999"]).len(), 5);
    }
}
