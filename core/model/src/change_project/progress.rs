//! How far a team sees itself.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The progress score of the Institute for Healthcare Improvement, as the team sets it: from 0.5
/// (an intent) to 5.0 (outstanding and sustained), in halves.
///
/// ```
/// use enhance_model::change_project::ProgressScore;
///
/// let score: ProgressScore = "3.5".parse()?;
/// assert_eq!((score.halves(), score.to_string()), (7, "3.5".to_owned()));
/// assert!("5.5".parse::<ProgressScore>().is_err());
/// # Ok::<(), enhance_model::change_project::NoProgressScore>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct ProgressScore(u8);

/// Why something is no progress score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a progress score goes from 0.5 to 5.0 in halves")]
pub struct NoProgressScore;

impl ProgressScore {
    /// A score of so many halves, from 1 to 10.
    pub const fn of_halves(halves: u8) -> Result<Self, NoProgressScore> {
        if halves >= 1 && halves <= 10 { Ok(Self(halves)) } else { Err(NoProgressScore) }
    }

    /// The score in halves, from 1 to 10.
    pub const fn halves(self) -> u8 {
        self.0
    }

    /// What the score says.
    pub const fn meaning(self) -> &'static str {
        match self.0 {
            1 => "an intent to take part",
            2 => "a charter and a team",
            3 => "planning has begun",
            4 => "activity, but no changes yet",
            5 => "changes are tested, but no improvement yet",
            6 => "modest improvement",
            7 => "improvement",
            8 => "significant improvement",
            9 => "sustained improvement",
            _ => "outstanding, sustained results",
        }
    }
}

impl TryFrom<u8> for ProgressScore {
    type Error = NoProgressScore;

    fn try_from(halves: u8) -> Result<Self, NoProgressScore> {
        Self::of_halves(halves)
    }
}

impl From<ProgressScore> for u8 {
    fn from(score: ProgressScore) -> Self {
        score.0
    }
}

impl fmt::Display for ProgressScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 2, if self.0.is_multiple_of(2) { 0 } else { 5 })
    }
}

impl FromStr for ProgressScore {
    type Err = NoProgressScore;

    fn from_str(text: &str) -> Result<Self, NoProgressScore> {
        let (whole, half) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
        let whole: u8 = whole.parse().map_err(|_| NoProgressScore)?;
        let half = match half {
            "0" => 0,
            "5" => 1,
            _ => return Err(NoProgressScore),
        };
        Self::of_halves(whole.saturating_mul(2).saturating_add(half))
    }
}
