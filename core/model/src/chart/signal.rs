//! What a rule finds, before it is told in words, and how it is told.

use std::cmp::Ordering;

use super::{
    ChartPoint, Heading, Improvement, Meaning, Phase, Quantity, Rule, Signal, notice::some,
    view::Figures,
};

/// A point that counts, while its phase is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    /// Its index among all points.
    pub(super) place: usize,
    pub(super) value: Quantity,
    /// Where it lies about the centre line.
    pub(super) side: Ordering,
    /// Whether it lies beyond a near limit.
    pub(super) is_near: bool,
    /// Whether it lies beyond a limit.
    pub(super) is_beyond: bool,
}

/// What a rule found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) rule: Rule,
    pub(super) heading: Option<Heading>,
    /// Indexes among all points, rising.
    pub(super) places: Vec<usize>,
}

impl Found {
    /// Something about a phase as a whole, which marks no point.
    pub(super) fn of_phase(rule: Rule) -> Self {
        Self { rule, heading: None, places: Vec::new() }
    }
}

impl Heading {
    /// The side of a point that is not on the line, or the slope of two that differ.
    pub(super) const fn of(order: Ordering) -> Option<Self> {
        match order {
            Ordering::Greater => Some(Self::Up),
            Ordering::Less => Some(Self::Down),
            Ordering::Equal => None,
        }
    }
}

/// Stretches of at least so many points of which each is higher, or each lower, than the one before.
/// Where one ends the next may begin, so that a turning point is in both.
pub(super) fn stretches(points: &[&Counted], least: usize) -> Vec<(Heading, Vec<usize>)> {
    let slope = |place: usize| points[place + 1].value.cmp(&points[place].value);
    let mut found = Vec::new();
    let mut first = 0;
    for last in 1..points.len() {
        let goes_on = last + 1 < points.len() && slope(last) == slope(last - 1);
        if !goes_on {
            let heading = Heading::of(slope(last - 1)).filter(|_| last - first + 1 >= least);
            if let Some(heading) = heading {
                let places = points[first..=last].iter().map(|point| point.place).collect();
                found.push((heading, places));
            }
            first = last;
        }
    }
    found
}

impl Meaning {
    /// Of something that goes one way, for those who want it to go some way.
    pub(super) const fn of(heading: Option<Heading>, improvement: Improvement) -> Self {
        match (heading, improvement) {
            (Some(Heading::Up), Improvement::Up) | (Some(Heading::Down), Improvement::Down) => {
                Self::Improvement
            }
            (Some(Heading::Up), Improvement::Down) | (Some(Heading::Down), Improvement::Up) => {
                Self::Concern
            }
            (_, Improvement::Neutral) | (None, _) => Self::Neutral,
        }
    }
}

/// Signals in the order of their first points, and the points marked with their rules.
///
/// A point that several rules mark is drawn as the first of them by precedence; of two signals of
/// one rule the later one decides.
pub(super) fn mark(
    mut found: Vec<(usize, Found)>,
    points: &mut [ChartPoint],
    phases: &[Phase],
    improvement: Improvement,
) -> Vec<Signal> {
    found.sort_by_key(|(phase, found)| {
        (*phase, found.places.first().copied().unwrap_or(usize::MAX), found.rule)
    });
    let mut shown: Vec<Option<Rule>> = vec![None; points.len()];
    let signals = found.into_iter().zip(1..).map(|((phase, found), number)| {
        let meaning = Meaning::of(found.heading, improvement);
        for place in &found.places {
            let point = &mut points[*place];
            if !point.rules.contains(&found.rule) {
                point.rules.push(found.rule);
                point.rules.sort_unstable();
            }
            if shown[*place].is_none_or(|shown| found.rule <= shown) {
                shown[*place] = Some(found.rule);
                point.meaning = meaning;
            }
        }
        let words = words(&found, phases.get(phase - 1));
        let points = found.places.iter().map(|place| place + 1).collect();
        let Found { rule, heading, .. } = found;
        Signal { number, rule, phase, heading, points, meaning, words }
    });
    signals.collect()
}

/// What is seen, so that somebody can say it aloud.
fn words(found: &Found, phase: Option<&Phase>) -> String {
    let count = found.places.len();
    let at = numbers(&found.places);
    let line = match phase.map(|phase| &phase.figures) {
        Some(Figures::Xmr(_)) => "mean",
        Some(Figures::Run(_)) | None => "middle line",
    };
    let is_up = found.heading == Some(Heading::Up);
    let side = if is_up { "above" } else { "below" };
    match found.rule {
        Rule::Outside => {
            let which = if is_up { "above the upper" } else { "below the lower" };
            format!("{} {which} limit ({at})", some(count, "point"))
        }
        Rule::Shift | Rule::LongRun => {
            format!("{} in a row {side} the {line} ({at})", some(count, "point"))
        }
        Rule::Trend => {
            let way = if is_up { "rising" } else { "falling" };
            format!("{} {way} one after the other ({at})", some(count, "point"))
        }
        Rule::TwoOfThree => {
            let which = if is_up { "upper" } else { "lower" };
            format!("2 of 3 in a row near the {which} limit or beyond it ({at})")
        }
        Rule::FewCrossings | Rule::FewRuns | Rule::ManyRuns => of_phase(found.rule, phase),
    }
}

fn of_phase(rule: Rule, phase: Option<&Phase>) -> String {
    let Some(Figures::Run(figures)) = phase.map(|phase| &phase.figures) else {
        return String::new();
    };
    let crossings = figures.anhoej.map_or(0, |limits| limits.crossings);
    let (lower, upper) = figures.exact_runs.map_or((0, 0), |limits| (limits.lower, limits.upper));
    match rule {
        Rule::FewCrossings => format!(
            "the middle line is crossed {}, and fewer than {crossings} is rare by chance",
            times(figures.crossings)
        ),
        Rule::FewRuns => {
            format!(
                "{} about the middle line, and {lower} or more are ordinary",
                runs(figures.runs)
            )
        }
        _ => format!(
            "{} about the middle line, and at most {upper} are ordinary",
            runs(figures.runs)
        ),
    }
}

fn runs(count: usize) -> String {
    some(count, "run")
}

/// How often, in words where there are some.
pub(super) fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

/// Indexes as the numbers of points: `4`, `2 and 3`, `14 to 19`, `1, 3, 5`.
fn numbers(places: &[usize]) -> String {
    let number = |place: &usize| (place + 1).to_string();
    match places {
        [] => String::new(),
        [one] => number(one),
        [first, last] => format!("{} and {}", number(first), number(last)),
        [first, .., last] if last - first + 1 == places.len() => {
            format!("{} to {}", number(first), number(last))
        }
        [first, .., last] if places.len() > 6 => {
            format!("between {} and {}", number(first), number(last))
        }
        _ => places.iter().map(number).collect::<Vec<_>>().join(", "),
    }
}
