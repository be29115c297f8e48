//! The run chart: points in their order about their median.

use std::cmp::Ordering;

use super::{
    AnhoejLimits, Exact, Heading, Quantity, Rule, Rules, RunFigures, RunsLimits,
    signal::{Counted, Found, stretches},
};

/// The middle value, or the mean of the middle two.
pub(super) fn median(points: &[Counted]) -> Option<Exact> {
    let mut values: Vec<Quantity> = points.iter().map(|point| point.value).collect();
    values.sort_unstable();
    let middle = values.len() / 2;
    match (values.len() % 2, values.get(middle)) {
        (_, None) => None,
        (1, Some(value)) => Some(Exact::from(*value)),
        (_, Some(_)) => Exact::mean(values[middle - 1..=middle].iter().map(|value| value.parts())),
    }
}

/// What the rules find in a phase, and what they looked at.
pub(super) fn judge(points: &[Counted], rules: Rules) -> (RunFigures, Vec<Found>) {
    // A point on the median neither breaks a run nor counts in one.
    let useful: Vec<&Counted> =
        points.iter().filter(|point| point.side != Ordering::Equal).collect();
    let runs: Vec<&[&Counted]> = useful.chunk_by(|a, b| a.side == b.side).collect();
    let above = useful.iter().filter(|point| point.side == Ordering::Greater).count();
    let below = useful.len() - above;
    let figures = RunFigures {
        useful: useful.len(),
        above,
        below,
        runs: runs.len(),
        longest_run: runs.iter().map(|run| run.len()).max().unwrap_or_default(),
        crossings: runs.len().saturating_sub(1),
        anhoej: AnhoejLimits::of(useful.len()),
        exact_runs: RunsLimits::of(above, below),
    };
    let found = match rules {
        Rules::Taught { shift, trend } => taught(points, &runs, &figures, (shift, trend)),
        Rules::Anhoej | Rules::MakingDataCount { .. } => anhoej(&runs, &figures),
    };
    (figures, found)
}

fn anhoej(runs: &[&[&Counted]], figures: &RunFigures) -> Vec<Found> {
    let Some(limits) = figures.anhoej else { return Vec::new() };
    let mut found = long_runs(runs, Rule::LongRun, limits.longest_run + 1);
    if figures.crossings < limits.crossings {
        found.push(Found::of_phase(Rule::FewCrossings));
    }
    found
}

fn taught(
    points: &[Counted],
    runs: &[&[&Counted]],
    figures: &RunFigures,
    (shift, trend): (usize, usize),
) -> Vec<Found> {
    let mut found = long_runs(runs, Rule::Shift, shift);
    // Of equal values side by side the first is kept: the others neither break nor count.
    let distinct: Vec<&Counted> =
        points.chunk_by(|a, b| a.value == b.value).filter_map(|equal| equal.first()).collect();
    for (heading, places) in stretches(&distinct, trend) {
        found.push(Found { rule: Rule::Trend, heading: Some(heading), places });
    }
    match figures.exact_runs {
        Some(limits) if figures.runs < limits.lower => {
            found.push(Found::of_phase(Rule::FewRuns));
        }
        Some(limits) if figures.runs > limits.upper => {
            found.push(Found::of_phase(Rule::ManyRuns));
        }
        _ => {}
    }
    found
}

/// Runs of at least so many points, as signals of a rule.
fn long_runs(runs: &[&[&Counted]], rule: Rule, least: usize) -> Vec<Found> {
    let long = runs.iter().filter(|run| run.len() >= least);
    let found = long.map(|run| Found {
        rule,
        heading: run.first().and_then(|point| Heading::of(point.side)),
        places: run.iter().map(|point| point.place).collect(),
    });
    found.collect()
}
