//! What people type.

use crate::Quoted;
use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal number as somebody typed it, without a binary fraction in between.
///
/// ```
/// use enhance_model::chart::Decimal;
///
/// let typed: Decimal = "174.50".parse()?;
/// assert_eq!(typed.to_string(), "174.5");
/// assert!("0.1234567891".parse::<Decimal>().is_err(), "more than nine decimal places");
/// # Ok::<(), enhance_model::chart::DecimalError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits as a whole number, the last of them not a zero after the point.
    digits: i64,
    /// How many of the digits stand after the point, 0 to 9.
    places: u8,
}

/// Why a text is no decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("{text} is not a number such as 12, -3 or 4.75", text = Quoted(.0))]
    NotANumber(String),
    #[error("{text} has more than nine digits after the point", text = Quoted(.0))]
    TooFine(String),
    #[error("{text} has more than fifteen digits before the point", text = Quoted(.0))]
    TooLarge(String),
}

impl Decimal {
    /// Digits after the point.
    const MOST_PLACES: u8 = 9;
    /// Digits before the point.
    const MOST_WHOLE: usize = 15;

    /// A number of thousandths: 1,500 is 1.5.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self::normal(thousandths, 3)
    }

    /// The digits as a whole number, and what they are divided by.
    pub(super) fn parts(self) -> (i64, u32) {
        (self.digits, 10_u32.pow(u32::from(self.places)))
    }

    const fn normal(mut digits: i64, mut places: u8) -> Self {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Self { digits, places }
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self::normal(whole, 0)
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let shown = || text.chars().take(40).collect::<String>();
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = rest.split_once('.').unwrap_or((rest, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(part) {
            return Err(DecimalError::NotANumber(shown()));
        }
        let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
        let places = u8::try_from(part.len()).unwrap_or(u8::MAX);
        if places > Self::MOST_PLACES {
            return Err(DecimalError::TooFine(shown()));
        }
        if whole.len() > Self::MOST_WHOLE {
            return Err(DecimalError::TooLarge(shown()));
        }
        let digits = whole.bytes().chain(part.bytes()).try_fold(0_i64, |sum, digit| {
            sum.checked_mul(10)?.checked_add(i64::from(digit - b'0'))
        });
        let digits = digits.ok_or_else(|| DecimalError::TooLarge(shown()))?;
        Ok(Self::normal(if negative { -digits } else { digits }, places))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(u32::from(self.places));
        let sign = if self.digits < 0 { "-" } else { "" };
        let size = self.digits.unsigned_abs();
        write!(f, "{sign}{}", size / unit)?;
        if self.places > 0 {
            write!(f, ".{:0width$}", size % unit, width = usize::from(self.places))?;
        }
        Ok(())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
