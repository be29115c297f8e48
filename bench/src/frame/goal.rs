//! How near a figure should be to its limit, and whether it is.

use serde::{Deserialize, Serialize};

/// What a figure is to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Only shown, for comparison.
    Shown,
    AtMost(f64),
    AtLeast(f64),
    /// So many times what stands first beside it, which is the limit.
    Times(f64),
    /// One of the two is enough: so many times the limit, or at most so much.
    TimesOrAtMost(f64, f64),
    /// Over the limit by at most so much.
    Over(f64),
}

/// Whether a goal was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Met,
    Missed,
    /// There is no goal for this.
    Shown,
    /// What it would be judged by was not measured.
    Unknown,
}

impl Goal {
    /// Judges our figure by the limit that was measured beside it.
    pub fn judge(self, ours: f64, limit: Option<f64>) -> Verdict {
        let reached = match (self, limit) {
            (Self::Shown, _) => return Verdict::Shown,
            (Self::AtMost(most), _) => ours <= most,
            (Self::AtLeast(least), _) => ours >= least,
            (Self::Times(factor), Some(limit)) => ours <= factor * limit,
            (Self::TimesOrAtMost(factor, most), Some(limit)) => {
                ours <= most || ours <= factor * limit
            }
            (Self::TimesOrAtMost(_, most), None) if ours <= most => true,
            (Self::Over(most), Some(limit)) => ours - limit <= most,
            (Self::Times(_) | Self::TimesOrAtMost(..) | Self::Over(_), None) => {
                return Verdict::Unknown;
            }
        };
        if reached { Verdict::Met } else { Verdict::Missed }
    }

    /// The goal as a reader of the table sees it.
    pub fn text(self, unit: &str) -> String {
        match self {
            Self::Shown => String::new(),
            Self::AtMost(most) => format!("<= {most} {unit}"),
            Self::AtLeast(least) => format!(">= {least} {unit}"),
            Self::Times(factor) => format!("<= {factor}x"),
            Self::TimesOrAtMost(factor, most) => format!("<= {factor}x or {most} {unit}"),
            Self::Over(most) => format!("<= {most} {unit} over"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_was_not_measured_judges_nothing() {
        assert_eq!(Goal::Times(1.5).judge(3.0, Some(2.0)), Verdict::Met);
        assert_eq!(Goal::Times(1.5).judge(3.1, Some(2.0)), Verdict::Missed);
        assert_eq!(Goal::Times(1.5).judge(3.0, None), Verdict::Unknown);
        assert_eq!(Goal::TimesOrAtMost(1.5, 60.0).judge(59.0, Some(1.0)), Verdict::Met);
        assert_eq!(Goal::Over(64.0).judge(468.0, Some(404.0)), Verdict::Met);
        assert_eq!(Goal::AtLeast(9_000.0).judge(8_999.0, None), Verdict::Missed);
        assert_eq!(Goal::Shown.judge(8_999.0, None), Verdict::Shown);
    }
}
