//! What a chart is asked for: points, phases, targets and notes as people recorded them.

use serde::{Deserialize, Serialize};

use super::{Decimal, Every};
use crate::{CalendarDate, words::words};

/// Everything a chart is made from. The order of what is in the lists does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartRequest {
    /// What is measured: "Falls a week, ward 7".
    pub title: String,
    pub rules: Rules,
    pub unit: Unit,
    pub improvement: Improvement,
    pub series: Series,
    /// Where a new phase begins, as somebody decided. The first phase needs no mark.
    pub phases: Vec<PhaseMark>,
    /// What is wanted from a day on.
    pub targets: Vec<Target>,
    pub annotations: Vec<Annotation>,
    /// Limits, or the median, come from so many points at the beginning of each phase and stay;
    /// without a number, from all points of the phase.
    pub baseline_points: Option<usize>,
    /// The centre line, if it is known from elsewhere: an earlier median, or a standard.
    pub centre: Option<Decimal>,
}

impl ChartRequest {
    /// A chart of readings with nothing else asked.
    pub fn of(title: &str, rules: Rules, unit: Unit, readings: Vec<Reading>) -> Self {
        Self {
            title: title.to_owned(),
            rules,
            unit,
            improvement: Improvement::Neutral,
            series: Series::Readings { every: None, readings },
            phases: Vec::new(),
            targets: Vec::new(),
            annotations: Vec::new(),
            baseline_points: None,
            centre: None,
        }
    }
}

/// By which rules it is judged whether something other than chance is at work. They decide the kind
/// of chart too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rules {
    /// A run chart: the longest run and the crossings of the median (Anhøj and Olesen 2014).
    Anhoej,
    /// A run chart: shift, trend and number of runs, as improvement courses teach them.
    Taught {
        /// So many useful points in a row on one side of the median.
        shift: usize,
        /// So many different values in a row, all rising or all falling.
        trend: usize,
    },
    /// An individuals and moving range chart with the four rules of NHS Making Data Count.
    MakingDataCount {
        /// So many points in a row on one side of the mean.
        shift: usize,
        /// So many points in a row, all rising or all falling.
        trend: usize,
        /// Whether moving ranges as large as a signal are left out of the limits, once.
        screen: bool,
    },
}

impl Rules {
    /// A shift of 6 and a trend of 5.
    pub const TAUGHT: Self = Self::Taught { shift: 6, trend: 5 };
    /// The rules of November 2023: 7 and 7, and points beyond a limit count in two of three.
    pub const MDC_2023: Self = Self::MakingDataCount { shift: 7, trend: 7, screen: true };

    /// Those of a name: `anhoej`, `taught`, `mdc_2023`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Anhoej, Self::TAUGHT, Self::MDC_2023].into_iter().find(|rules| rules.name() == name)
    }

    /// The name of the set, whatever its numbers are.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Anhoej => "anhoej",
            Self::Taught { .. } => "taught",
            Self::MakingDataCount { .. } => "mdc_2023",
        }
    }

    /// The kind of chart that these rules are about.
    pub const fn kind(&self) -> ChartKind {
        match self {
            Self::Anhoej | Self::Taught { .. } => ChartKind::Run,
            Self::MakingDataCount { .. } => ChartKind::Xmr,
        }
    }
}

words! {
    /// The two kinds of chart.
    ChartKind {
        /// Points in their order about their median.
        Run = "run",
        /// Points in their order about their mean, with limits from how much neighbours differ.
        Xmr = "xmr",
    }
}

impl ChartKind {
    /// The rules that are used unless somebody asks for others.
    pub const fn rules(self) -> Rules {
        match self {
            Self::Run => Rules::Anhoej,
            Self::Xmr => Rules::MDC_2023,
        }
    }
}

words! {
    /// What a number counts.
    Unit {
        Count = "count",
        Percent = "percent",
        Minutes = "minutes",
        Days = "days",
        /// Kilograms of carbon dioxide, or as much of other gases as warms alike.
        Carbon = "kgCO2e",
        Pounds = "GBP",
        /// Points of a scale, which may be negative.
        Score = "score",
    }
}

impl Unit {
    /// A number with its unit, as a sentence has it: `21.6%`, `£1,200`, `40 minutes`.
    pub(super) fn said(self, number: &str) -> String {
        match (self, number) {
            (Self::Count | Self::Score, _) => number.to_owned(),
            (Self::Percent, _) => format!("{number}%"),
            (Self::Minutes, "1") => "1 minute".to_owned(),
            (Self::Minutes, _) => format!("{number} minutes"),
            (Self::Days, "1") => "1 day".to_owned(),
            (Self::Days, _) => format!("{number} days"),
            (Self::Carbon, _) => format!("{number} kgCO2e"),
            (Self::Pounds, _) => match number.strip_prefix('-') {
                Some(size) => format!("-£{size}"),
                None => format!("£{number}"),
            },
        }
    }

    /// Whether a value below nothing makes no sense.
    pub(super) const fn is_never_negative(self) -> bool {
        matches!(self, Self::Count | Self::Percent | Self::Minutes | Self::Days)
    }
}

words! {
    /// Which way is better.
    Improvement {
        Up = "up",
        Down = "down",
        /// Neither, or it depends.
        Neutral = "neutral",
    }
}

/// What is in time order on the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Series {
    /// A value for each period.
    Readings {
        /// How often it is measured. Days in one period are one point then, and a period in between
        /// without a reading is a gap. Without it each day stands for itself.
        every: Option<Every>,
        readings: Vec<Reading>,
    },
    /// Rare events, each drawn as the days since the one before; two may happen on one day.
    Events { days: Vec<CalendarDate> },
}

/// What is known of one period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reading {
    /// The first day of the period, or any day in it.
    pub at: CalendarDate,
    pub value: Amount,
    /// Why it does not count, if somebody decided so. It is drawn all the same.
    pub excluded: Option<String>,
}

impl Reading {
    /// A value that counts.
    pub fn of(at: CalendarDate, value: Amount) -> Self {
        Self { at, value, excluded: None }
    }
}

/// A value as it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Number(Decimal),
    /// So many of so many: a percentage where the unit is percent, a quotient otherwise.
    Ratio {
        numerator: u32,
        denominator: u32,
    },
    /// Known, and hidden since the number is small. It is never drawn as nothing.
    Hidden,
    /// Known to be missing.
    Gap,
}

/// A new phase: something changed for good, as a person decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PhaseMark {
    pub start: CalendarDate,
    pub label: String,
    pub reason: String,
    /// From how many of its first points its lines come, if not as the chart has it.
    pub baseline_points: Option<usize>,
}

/// What is wanted from a day on; nothing if there is no target any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub from: CalendarDate,
    pub value: Option<Decimal>,
}

/// A note of what happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Annotation {
    pub at: CalendarDate,
    pub text: String,
    /// The number of the plan-do-study-act cycle it tells of.
    pub cycle: Option<u32>,
}

/// Why there is no chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    #[error("a chart has at most {most} {what}, and this has {count}")]
    TooMany {
        /// Points, phases, targets or notes.
        what: &'static str,
        count: usize,
        most: usize,
    },
    #[error("a {what} needs at least 2 points in a row, not {given}")]
    Threshold { what: &'static str, given: usize },
    #[error("limits cannot come from the first {given} points; at least 2 are needed")]
    Baseline { given: usize },
}
