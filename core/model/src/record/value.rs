//! Values of measures, without rounding.

use crate::Quoted;
use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A value without rounding.
///
/// ```
/// use enhance_model::change_project::Value;
///
/// assert_eq!("12.5".parse(), Ok(Value::Number { thousandths: 12_500 }));
/// assert_eq!("4/10".parse(), Ok(Value::Ratio { numerator: 4, denominator: 10 }));
/// assert_eq!(Value::Number { thousandths: -125 }.to_string(), "-0.125");
/// let share = Value::Ratio { numerator: 11, denominator: 10 };
/// assert_eq!(share.fault(), Some("the numerator is larger than the denominator"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum Value {
    /// A number in thousandths of the measure's unit, so that no binary fraction creeps in.
    Number { thousandths: i64 },
    /// A share, kept as it was counted. `0 <= numerator <= denominator` and `denominator > 0`.
    Ratio {
        /// How many of them.
        numerator: u32,
        /// How many there were.
        denominator: u32,
    },
}

/// Why a text is no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// It is neither a number nor a share.
    #[error(
        "{text} is neither a number such as 12.5 nor a share such as 4/10",
        text = Quoted(.text)
    )]
    Shape { text: String },
    /// It has more than three digits behind the point.
    #[error("{text} has more than three digits behind the point", text = Quoted(.text))]
    TooFine { text: String },
    /// It is no percentage with one digit behind the point at most.
    #[error("{text} is no percentage such as 60% or 33.3%", text = Quoted(.text))]
    Percent { text: String },
    /// It says what no value can be.
    #[error("{text}: {fault}", text = Quoted(.text))]
    Fault { text: String, fault: &'static str },
}

impl Value {
    /// A whole number as a value.
    pub const fn whole(number: u32) -> Self {
        Self::Number { thousandths: number as i64 * 1_000 }
    }

    /// Why this is not a value, if it is not.
    pub const fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Ratio { denominator: 0, .. } => Some("the denominator is zero"),
            Self::Ratio { numerator, denominator } if *numerator > *denominator => {
                Some("the numerator is larger than the denominator")
            }
            Self::Number { .. } | Self::Ratio { .. } => None,
        }
    }

    /// A part of a whole as somebody typed it: 60%, 0.6 or 3/5.
    ///
    /// ```
    /// use enhance_model::change_project::Value;
    ///
    /// for typed in ["60%", "60 %", "0.6", "3/5"] {
    ///     assert_eq!(Value::share(typed)?.share_in_words(), "60 %");
    /// }
    /// assert_eq!(Value::share("2/3")?.share_in_words(), "2/3");
    /// assert_eq!(Value::share("33.3 %")?.to_string(), "0.333");
    /// # Ok::<(), enhance_model::change_project::ValueError>(())
    /// ```
    pub fn share(text: &str) -> Result<Self, ValueError> {
        let Some(percent) = text.trim().strip_suffix('%') else { return text.trim().parse() };
        match percent.trim().parse()? {
            Self::Number { thousandths } if thousandths % 100 == 0 => {
                Ok(Self::Number { thousandths: thousandths / 100 })
            }
            _ => Err(ValueError::Percent { text: text.chars().take(80).collect() }),
        }
    }

    /// A part of a whole as people read it: 60 %, or 2/3 where that is no tenth of a percent.
    pub fn share_in_words(&self) -> String {
        let tenths = match self {
            Self::Number { thousandths } => Some(*thousandths),
            Self::Ratio { numerator, denominator } => {
                let (tenths, denominator) =
                    (i64::from(*numerator) * 1_000, i64::from(*denominator));
                let is_whole = tenths.checked_rem(denominator) == Some(0);
                is_whole.then(|| tenths / denominator)
            }
        };
        match tenths {
            // A tenth of a percent is a thousandth.
            Some(tenths) => {
                format!("{} %", Self::Number { thousandths: tenths.saturating_mul(100) })
            }
            None => self.to_string(),
        }
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(&self) -> bool {
        matches!(self, Self::Number { thousandths } if *thousandths < 0)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio { numerator, denominator } => write!(f, "{numerator}/{denominator}"),
            Self::Number { thousandths } => {
                let sign = if *thousandths < 0 { "-" } else { "" };
                let size = thousandths.unsigned_abs();
                let fraction = format!("{:03}", size % 1_000);
                let fraction = fraction.trim_end_matches('0');
                let point = if fraction.is_empty() { "" } else { "." };
                write!(f, "{sign}{}{point}{fraction}", size / 1_000)
            }
        }
    }
}

impl FromStr for Value {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let short = || text.chars().take(80).collect::<String>();
        let shape = || ValueError::Shape { text: short() };
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = if let Some((numerator, denominator)) = text.split_once('/') {
            let read = |part: &str| {
                let part = part.trim();
                part.parse().ok().filter(|_| is_number(part)).ok_or_else(shape)
            };
            Self::Ratio { numerator: read(numerator)?, denominator: read(denominator)? }
        } else {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
            let digits = whole.strip_prefix('-').unwrap_or(whole);
            if digits.is_empty()
                || text.ends_with('.')
                || !is_number(digits)
                || !is_number(fraction)
            {
                return Err(shape());
            }
            if fraction.trim_end_matches('0').len() > 3 {
                return Err(ValueError::TooFine { text: short() });
            }
            let fraction = format!("{:0<3}", fraction.chars().take(3).collect::<String>());
            let thousandths = format!("{whole}{fraction}").parse().map_err(|_| shape())?;
            Self::Number { thousandths }
        };
        match value.fault() {
            Some(fault) => Err(ValueError::Fault { text: short(), fault }),
            None => Ok(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_and_more_than_all_are_no_values() {
        assert!(Value::Ratio { numerator: 0, denominator: 0 }.fault().is_some());
        assert!(Value::Ratio { numerator: 5, denominator: 4 }.fault().is_some());
        assert_eq!(Value::Ratio { numerator: 4, denominator: 4 }.fault(), None);
        assert!("0/0".parse::<Value>().is_err());
    }

    #[test]
    fn a_value_reads_what_it_prints() {
        for text in ["0", "37", "12.5", "-0.125", "4/10", "-3"] {
            assert_eq!(text.parse::<Value>().unwrap().to_string(), text);
        }
        assert_eq!("2.500".parse(), Ok(Value::Number { thousandths: 2_500 }));
        for text in [
            "",
            "-",
            ".",
            "5.",
            ".5",
            "1e3",
            "1.2345",
            "about 40",
            "1/",
            "-1/2",
            "99999999999999999999",
        ] {
            assert!(text.parse::<Value>().is_err(), "{text}");
        }
    }
}
