//! A chart as it was computed: what is said of each point, the lines, the signals and the words.

use serde::Serialize;

use super::{
    AnhoejLimits, ChartKind, Exact, Improvement, Quantity, Rules, RunsLimits, Unit, notice::Notice,
};
use crate::{CalendarDate, words::words};

/// A chart, computed once and drawn anywhere: on a phone, in a terminal, on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartView {
    pub title: String,
    pub kind: ChartKind,
    pub rules: Rules,
    pub unit: Unit,
    pub improvement: Improvement,
    /// In the order of time. Gaps are points too, without a value.
    pub points: Vec<ChartPoint>,
    /// At least one if there is a point.
    pub phases: Vec<Phase>,
    /// What is more than chance, in the order of the first point that it marks.
    pub signals: Vec<Signal>,
    /// Whether the target in force is met reliably; for a chart with limits, a target and a
    /// direction of improvement.
    pub assurance: Option<Assurance>,
    pub annotations: Vec<PlacedNote>,
    /// What a reader must know before believing the chart.
    pub notices: Vec<Notice>,
    /// The chart in sentences, for a person who does not see it.
    pub summary: Vec<String>,
}

impl ChartView {
    /// The points of a phase.
    pub fn points_of(&self, phase: &Phase) -> &[ChartPoint] {
        self.points.get(phase.first - 1..phase.last).unwrap_or_default()
    }

    /// The phase of a point.
    pub fn phase_of(&self, point: &ChartPoint) -> Option<&Phase> {
        self.phases.get(point.phase.checked_sub(1)?)
    }
}

/// One period, or one event, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartPoint {
    /// Its place, counted from 1.
    pub number: usize,
    /// The first day of the period.
    pub period: CalendarDate,
    /// What the period is called: `May 2026`.
    pub label: String,
    /// The number of its phase, counted from 1.
    pub phase: usize,
    pub state: PointState,
    /// What it is worth, if it counts.
    pub value: Option<Quantity>,
    /// Numerator and denominator, if the value was recorded so.
    pub counted: Option<(u32, u32)>,
    /// Values of the period that somebody excluded.
    pub excluded: Vec<Excluded>,
    /// Where it lies; a point on the centre line is not useful for the rules of a run chart.
    pub side: Option<Side>,
    /// Where it lies among the limits, on a chart that has them.
    pub reach: Option<Reach>,
    /// Every rule that marks it, the one that is shown first.
    pub rules: Vec<Rule>,
    pub meaning: Meaning,
    /// The target in force.
    pub target: Option<Quantity>,
    /// Whether it is as good as the target, where improvement has a direction.
    pub meets_target: Option<bool>,
}

impl ChartPoint {
    /// The rule that decides how it is drawn.
    pub fn shown(&self) -> Option<Rule> {
        self.rules.first().copied()
    }
}

/// Whether a period has a value that counts, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PointState {
    /// It has one value, which counts.
    Counted,
    /// Somebody excluded what there was.
    Excluded,
    Gap,
    /// Its number is small and could tell of single people.
    Hidden,
    /// Several values are recorded, which somebody has to choose from. None counts until then.
    Conflict {
        values: Vec<Option<Quantity>>,
    },
    /// What is recorded is no value, and why.
    Invalid {
        why: &'static str,
    },
}

/// A value that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Excluded {
    pub value: Option<Quantity>,
    pub reason: String,
}

words! {
    /// Where a point lies about the centre line.
    Side {
        Above = "above",
        /// Exactly on it.
        On = "on",
        Below = "below",
    }
}

words! {
    /// Where a point lies among the limits.
    Reach {
        /// Nearer to the mean than two thirds of the way to a limit.
        Ordinary = "ordinary",
        /// More than two thirds of the way to a limit.
        Near = "near",
        /// Outside of the limits.
        Beyond = "beyond",
    }
}

words! {
    /// The rules by which something is more than chance, the one that is shown before others first.
    Rule {
        /// A point beyond a limit.
        Outside = "outside",
        /// Values that rise or fall, one after the other.
        Trend = "trend",
        /// Two of three points near a limit or beyond it, all three on one side.
        TwoOfThree = "two_of_three",
        /// So many points in a row on one side that a set of rules names the number.
        Shift = "shift",
        /// More points in a row on one side than is ordinary for so many.
        LongRun = "long_run",
        /// The line is crossed more rarely than is ordinary.
        FewCrossings = "few_crossings",
        FewRuns = "few_runs",
        ManyRuns = "many_runs",
    }
}

words! {
    /// What a signal means for those concerned.
    Meaning {
        /// Nothing but chance: not a signal.
        Common = "common",
        Improvement = "improvement",
        /// A change for the worse.
        Concern = "concern",
        /// A change that is neither better nor worse.
        Neutral = "neutral",
    }
}

/// Something that chance alone rarely does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// Its place in the list, counted from 1.
    pub number: usize,
    pub rule: Rule,
    pub phase: usize,
    /// On which side, or which way; none for a rule about the whole phase.
    pub heading: Option<Heading>,
    /// The numbers of the points it marks; none for a rule about the whole phase.
    pub points: Vec<usize>,
    pub meaning: Meaning,
    /// What is seen, in plain words: "9 points in a row above the middle line (22 to 30)".
    pub words: String,
}

words! {
    /// Which way a signal goes.
    Heading {
        /// Above the line, or rising.
        Up = "up",
        /// Below the line, or falling.
        Down = "down",
    }
}

/// A part of the chart with its own lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// Its place, counted from 1.
    pub number: usize,
    /// What a person called it; empty for a first phase that nobody marked.
    pub label: String,
    pub reason: String,
    /// The number of its first point.
    pub first: usize,
    /// The number of its last point.
    pub last: usize,
    /// How many of its points count.
    pub counted: usize,
    /// From how many points its lines come; 0 if the centre was given.
    pub baseline: usize,
    /// Median or mean; none without a point that counts.
    pub centre: Option<Exact>,
    /// On a chart that has them, once two neighbours count.
    pub limits: Option<Limits>,
    pub figures: Figures,
    /// Both percentages, where numerators and denominators are known.
    pub percentages: Option<Percentages>,
}

/// What was counted in a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figures {
    Run(RunFigures),
    Xmr(XmrFigures),
}

/// What the rules of a run chart look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RunFigures {
    /// Points that are not on the median.
    pub useful: usize,
    pub above: usize,
    pub below: usize,
    pub runs: usize,
    pub longest_run: usize,
    pub crossings: usize,
    /// What is ordinary for so many useful points; none below ten.
    pub anhoej: Option<AnhoejLimits>,
    /// How many runs are ordinary for exactly these points; none below ten.
    pub exact_runs: Option<RunsLimits>,
}

/// What the limits come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct XmrFigures {
    /// The mean moving range after screening; none without two neighbours that count.
    pub mean_range: Option<Exact>,
    /// How many moving ranges were left out since they were as large as a signal.
    pub screened: usize,
    /// Fewer than twelve points: limits to try out, not to rely on.
    pub are_trial: bool,
}

/// Between which lines points are ordinary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limits {
    pub lower: Exact,
    /// Two thirds of the way to the lower limit.
    pub near_lower: Exact,
    pub near_upper: Exact,
    pub upper: Exact,
    /// Whether a value can be as low as the lower limit: no count is less than nothing. A limit
    /// that no value can be at is not drawn.
    pub lower_is_possible: bool,
    /// Whether a value can be as high as the upper limit: no percentage is more than 100.
    pub upper_is_possible: bool,
}

/// Two numbers that are easily taken for each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Percentages {
    /// The mean of the points' percentages: each period counts alike.
    pub mean_of_percentages: Exact,
    /// All that were counted over all that there were: each person counts alike.
    pub overall: Exact,
}

words! {
    /// Whether a process as it is will meet a target.
    Assurance {
        /// Even at the worse limit the target is met.
        ConsistentlyPasses = "consistently_passes",
        /// Even at the better limit it is missed.
        ConsistentlyFails = "consistently_fails",
        /// It is a matter of chance.
        Inconsistent = "inconsistent",
    }
}

/// A note at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedNote {
    /// Its place in the list, counted from 1.
    pub number: usize,
    pub at: CalendarDate,
    pub text: String,
    pub cycle: Option<u32>,
    /// The point of its period, or the first one after it; the last one if none follows.
    pub point: usize,
}

impl PlacedNote {
    /// What it is called on the chart. Notes are lettered and signals numbered, so that nobody takes
    /// one for the other: A to Z, AA, AB.
    pub fn letter(&self) -> String {
        let mut rest = self.number;
        let mut letters = Vec::new();
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
            rest /= 26;
        }
        letters.into_iter().rev().collect()
    }
}
