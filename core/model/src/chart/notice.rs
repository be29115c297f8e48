//! What a reader must know before believing a chart.

use crate::Quoted;
use std::fmt;

use serde::Serialize;

/// A caution, with what a sentence about it needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Limits from fewer than twelve points.
    TrialLimits {
        phase: usize,
        points: usize,
    },
    /// No two neighbours that limits could come from.
    NoLimits {
        phase: usize,
        points: usize,
    },
    /// Fewer useful points than any rule needs.
    TooFew {
        phase: usize,
        useful: usize,
    },
    /// So few points that most changes go unseen.
    NearlyBlind {
        phase: usize,
        points: usize,
    },
    /// The taught rules call chance a signal more often the more points there are.
    FalseAlarms {
        phase: usize,
        points: usize,
    },
    /// The points that the limits come from are all alike.
    NoVariation {
        phase: usize,
    },
    /// Some numbers are small and not shown: the lines are of what is shown.
    SomeHidden {
        points: usize,
    },
    SomeExcluded {
        points: usize,
    },
    SomeGaps {
        points: usize,
    },
    /// Periods with several values, which somebody has to choose from.
    Conflicts {
        points: usize,
    },
    /// Periods of which what is recorded is no value.
    Invalid {
        points: usize,
    },
    /// The mean of percentages is not the overall percentage.
    TwoPercentages {
        phase: usize,
        mean: String,
        overall: String,
    },
    /// A limit lies where no value can be.
    UnreachableLimit {
        phase: usize,
    },
    /// Two people marked different phases on one day; the first by name is used.
    PhasesAtOnce {
        label: String,
        other: String,
    },
    /// A phase was marked where no point follows.
    PhaseWithoutPoints {
        label: String,
    },
    /// Two targets begin on one day, so that there is none until somebody chooses.
    TargetsAtOnce {
        from: crate::CalendarDate,
    },
}

/// `1 point`, `2 points`: whatever counts as one or more.
pub(super) fn some(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TrialLimits { points, .. } => write!(
                f,
                "Trial limits: they come from {}; from 12 on they can be relied on.",
                some(*points, "point")
            ),
            Self::NoLimits { points, .. } => write!(
                f,
                "Too few points for limits: {} and no two neighbours.",
                some(*points, "point")
            ),
            Self::TooFew { useful, .. } => write!(
                f,
                "Too few points to tell a change from chance: {useful} off the middle line, and \
                 the rules need 10."
            ),
            Self::NearlyBlind { points, .. } => write!(
                f,
                "A chart of {points} points is nearly blind: it misses most real changes. No \
                 signal does not mean no change."
            ),
            Self::FalseAlarms { points, .. } => write!(
                f,
                "The taught rules often call chance a signal: about 12 in 100 charts of 12 points \
                 where nothing changed, 37 of 24, 56 of 36. This one has {points}."
            ),
            Self::NoVariation { .. } => f.write_str(
                "The points that the limits come from are all alike, so the limits are the mean.",
            ),
            Self::TwoPercentages { mean, overall, .. } => write!(
                f,
                "The mean of the percentages is {mean}, each period counting alike; the overall \
                 percentage is {overall}, each person counting alike."
            ),
            Self::UnreachableLimit { .. } => f.write_str(
                "A limit lies where no value can be; on that side only the other rules can tell.",
            ),
            Self::PhasesAtOnce { label, other } => write!(
                f,
                "Two phases begin in one period, {} and {}; the first is drawn until somebody \
                 chooses.",
                Quoted(label),
                Quoted(other)
            ),
            Self::PhaseWithoutPoints { label } => {
                write!(f, "The phase {} has no point yet.", Quoted(label))
            }
            Self::TargetsAtOnce { from } => write!(
                f,
                "Different targets begin on {from}; none is drawn from there until somebody \
                 chooses."
            ),
            Self::SomeHidden { .. }
            | Self::SomeExcluded { .. }
            | Self::SomeGaps { .. }
            | Self::Conflicts { .. }
            | Self::Invalid { .. } => f.write_str(&self.of_points()),
        }
    }
}

impl Notice {
    /// The phase that it is about, if it is about one.
    pub const fn phase(&self) -> Option<usize> {
        match self {
            Self::TrialLimits { phase, .. }
            | Self::NoLimits { phase, .. }
            | Self::TooFew { phase, .. }
            | Self::NearlyBlind { phase, .. }
            | Self::FalseAlarms { phase, .. }
            | Self::NoVariation { phase }
            | Self::TwoPercentages { phase, .. }
            | Self::UnreachableLimit { phase } => Some(*phase),
            Self::SomeHidden { .. }
            | Self::SomeExcluded { .. }
            | Self::SomeGaps { .. }
            | Self::Conflicts { .. }
            | Self::Invalid { .. }
            | Self::PhasesAtOnce { .. }
            | Self::PhaseWithoutPoints { .. }
            | Self::TargetsAtOnce { .. } => None,
        }
    }

    /// Of points without a value that counts.
    fn of_points(&self) -> String {
        match self {
            Self::SomeHidden { points } => format!(
                "{} not shown because a small number could tell of single people. Median, mean and \
                 limits are of what is shown.",
                is_or_are(*points, "value")
            ),
            Self::SomeExcluded { points } => {
                format!("{} excluded, with a reason.", is_or_are(*points, "value"))
            }
            Self::SomeGaps { points } => {
                format!("{} without a value: a gap, which is not 0.", is_or_are(*points, "period"))
            }
            Self::Conflicts { points } => format!(
                "{} two values or more. They are shown, and none counts until somebody chooses.",
                if *points == 1 {
                    "1 period has".to_owned()
                } else {
                    format!("{points} periods have")
                }
            ),
            Self::Invalid { points } => format!(
                "{} left out because what is recorded is no value.",
                is_or_are(*points, "period")
            ),
            _ => String::new(),
        }
    }
}

/// `1 value is`, `2 values are`.
fn is_or_are(count: usize, one: &str) -> String {
    format!("{} {}", some(count, one), if count == 1 { "is" } else { "are" })
}
