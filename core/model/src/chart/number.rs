//! Numbers without rounding: what people type, what a point is worth, and what lines are at.

use std::{cmp::Ordering, fmt, str::FromStr};

use num_bigint::BigInt;
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
    #[error("{0:?} is not a number such as 12, -3 or 4.75")]
    NotANumber(String),
    #[error("{0:?} has more than nine digits after the point")]
    TooFine(String),
    #[error("{0:?} has more than fifteen digits before the point")]
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

    const fn normal(mut digits: i64, mut places: u8) -> Self {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Self { digits, places }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        Quantity::from(*self).cmp(&Quantity::from(*other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
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

/// What one point is worth: a small fraction, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    numerator: i64,
    /// At least one; a power of ten up to 10^9, or what somebody counted.
    denominator: u32,
}

impl Quantity {
    /// A share of a hundred; nothing of nothing is no share.
    pub fn percentage(numerator: u32, denominator: u32) -> Option<Self> {
        Self::reduced(i64::from(numerator) * 100, denominator)
    }

    /// So many for each of so many; nothing if there were none.
    pub fn quotient(numerator: u32, denominator: u32) -> Option<Self> {
        Self::reduced(i64::from(numerator), denominator)
    }

    fn reduced(numerator: i64, denominator: u32) -> Option<Self> {
        let (mut a, mut b) = (numerator.unsigned_abs(), u64::from(denominator));
        if b == 0 {
            return None;
        }
        while b != 0 {
            (a, b) = (b, a % b);
        }
        // The divisor is at most the denominator, so it fits both.
        let divisor = u32::try_from(a).ok()?;
        Some(Self { numerator: numerator / i64::from(divisor), denominator: denominator / divisor })
    }

    pub(super) const fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Its exact distance from another, as numerator and denominator.
    pub(super) fn distance(self, other: Self) -> (i128, u64) {
        let (a, b) = (self.over(other), other.over(self));
        ((a - b).abs(), u64::from(self.denominator) * u64::from(other.denominator))
    }

    pub(super) fn parts(self) -> (i128, u64) {
        (i128::from(self.numerator), u64::from(self.denominator))
    }

    /// Its numerator once both have one denominator.
    fn over(self, other: Self) -> i128 {
        i128::from(self.numerator) * i128::from(other.denominator)
    }
}

impl From<Decimal> for Quantity {
    fn from(decimal: Decimal) -> Self {
        let unit = 10_u32.pow(u32::from(decimal.places));
        let whole = Self { numerator: decimal.digits, denominator: unit };
        Self::reduced(decimal.digits, unit).unwrap_or(whole)
    }
}

impl From<i64> for Quantity {
    fn from(numerator: i64) -> Self {
        Self { numerator, denominator: 1 }
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.over(*other).cmp(&other.over(*self))
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Exact::from(*self).serialize(serializer)
    }
}

/// An exact number of any size: a mean, a median, a limit.
#[derive(Debug, Clone)]
pub struct Exact {
    numerator: BigInt,
    /// More than zero; not in lowest terms, since nothing here needs that.
    denominator: BigInt,
}

impl Exact {
    /// The sum of fractions with denominators that are not zero.
    pub(crate) fn sum(terms: impl IntoIterator<Item = (i128, u64)>) -> Self {
        // Those with one denominator are added first: there are few denominators, or one.
        let mut by_denominator = std::collections::BTreeMap::<u64, BigInt>::new();
        for (numerator, denominator) in terms {
            *by_denominator.entry(denominator).or_default() += numerator;
        }
        let terms: Vec<(u64, BigInt)> = by_denominator.into_iter().collect();
        let (numerator, denominator) = combined(&terms);
        Self { numerator, denominator }
    }

    /// The mean of numbers; nothing if there are none.
    pub(super) fn mean(terms: impl ExactSizeIterator<Item = (i128, u64)>) -> Option<Self> {
        let count = u32::try_from(terms.len()).ok().filter(|count| *count > 0)?;
        Some(Self::sum(terms).times(1, count))
    }

    /// A part or a multiple of it; `below` is not zero.
    pub(crate) fn times(&self, above: u32, below: u32) -> Self {
        Self { numerator: &self.numerator * above, denominator: &self.denominator * below.max(1) }
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator + &other.numerator * &self.denominator;
        Self { numerator, denominator: &self.denominator * &other.denominator }
    }

    /// Itself with each of these shares of another added, as `above / below`. Both are brought to one
    /// denominator once, since that is what costs.
    pub(super) fn with_shares<const N: usize>(
        &self,
        other: &Self,
        shares: [(i32, u32); N],
    ) -> [Self; N] {
        let denominator = &self.denominator * &other.denominator;
        let own = &self.numerator * &other.denominator;
        let others = &other.numerator * &self.denominator;
        shares.map(|(above, below)| {
            let below = below.max(1);
            Self { numerator: &own * below + &others * above, denominator: &denominator * below }
        })
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        let negative =
            Self { numerator: -&other.numerator, denominator: other.denominator.clone() };
        self.plus(&negative)
    }

    /// So many times a power of ten.
    pub(super) fn power(digit: u32, exponent: i32) -> Self {
        let ten = BigInt::from(10).pow(exponent.unsigned_abs());
        let (above, below) = if exponent < 0 { (1.into(), ten) } else { (ten, 1.into()) };
        Self { numerator: above * digit, denominator: below }
    }

    /// The largest multiple of a step that is not above it; the step is more than nothing.
    pub(super) fn floored(&self, step: &Self) -> Self {
        let (above, below) =
            (&self.numerator * &step.denominator, &self.denominator * &step.numerator);
        let quotient = &above / &below;
        let is_rounded_up = self.is_negative() && &quotient * &below != above;
        let count = if is_rounded_up { quotient - 1 } else { quotient };
        Self { numerator: count * &step.numerator, denominator: step.denominator.clone() }
    }

    /// Which part of a length it is, where the whole of it is `whole`: a coordinate.
    pub(super) fn part_of(&self, whole: &Self, length: i64) -> i64 {
        let part = Self {
            numerator: &self.numerator * &whole.denominator * length,
            denominator: &self.denominator * &whole.numerator,
        };
        i64::try_from(part.scaled(0)).unwrap_or_default()
    }

    /// Whether it is exactly nothing.
    pub fn is_zero(&self) -> bool {
        self.numerator == BigInt::ZERO
    }

    /// Whether it is less than nothing.
    pub fn is_negative(&self) -> bool {
        self.numerator < BigInt::ZERO
    }

    /// Rounded to this many decimal places, halves away from zero; the same on every machine.
    ///
    /// ```
    /// use enhance_model::chart::{Exact, Quantity};
    ///
    /// let third = Exact::from(Quantity::quotient(1, 3).unwrap());
    /// assert_eq!(third.to_fixed(4), "0.3333");
    /// assert_eq!(Exact::from(Quantity::from(-2)).to_fixed(1), "-2.0");
    /// ```
    pub fn to_fixed(&self, places: u8) -> String {
        let size = self.scaled(places).magnitude().to_string();
        let places = usize::from(places);
        let padded = format!("{size:0>width$}", width = places + 1);
        let (whole, part) = padded.split_at(padded.len() - places);
        let is_nothing = padded.bytes().all(|digit| digit == b'0');
        let sign = if self.is_negative() && !is_nothing { "-" } else { "" };
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// The whole number that is not above it: nothing for less than nothing, the largest there is
    /// for more.
    pub fn whole_down(&self) -> u32 {
        if self.is_negative() {
            return 0;
        }
        u32::try_from(&self.numerator / &self.denominator).unwrap_or(u32::MAX)
    }

    /// The whole number that is not below it, likewise.
    pub fn whole_up(&self) -> u32 {
        if self.is_negative() {
            return 0;
        }
        let up = (&self.numerator + &self.denominator - 1_u32) / &self.denominator;
        u32::try_from(up).unwrap_or(u32::MAX)
    }

    /// For drawing, never for a comparison: the nearest thing that a screen's coordinates need.
    pub fn to_f64(&self) -> f64 {
        // What is written in decimal reads as a float; it is never infinite or no number.
        self.to_fixed(9).parse().unwrap_or_default()
    }

    /// The nearest whole number of 10^-places.
    pub(super) fn scaled(&self, places: u8) -> BigInt {
        let double = &self.numerator * 10_u64.pow(u32::from(places.min(18))) * 2;
        let away = if self.is_negative() { -&self.denominator } else { self.denominator.clone() };
        (double + away) / (&self.denominator * 2)
    }
}

/// One fraction of many, halving them, so that both sides of each product are of like size.
fn combined(terms: &[(u64, BigInt)]) -> (BigInt, BigInt) {
    match terms {
        [] => (BigInt::ZERO, BigInt::from(1)),
        [(denominator, numerator)] => (numerator.clone(), BigInt::from(*denominator)),
        _ => {
            let (left, right) = terms.split_at(terms.len() / 2);
            let ((a, b), (c, d)) = (combined(left), combined(right));
            (a * &d + c * &b, b * d)
        }
    }
}

impl From<Quantity> for Exact {
    fn from(quantity: Quantity) -> Self {
        let (numerator, denominator) = quantity.parts();
        Self { numerator: numerator.into(), denominator: denominator.into() }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) =
            (&self.numerator * &other.denominator, &other.numerator * &self.denominator);
        left.cmp(&right)
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl Serialize for Exact {
    /// As text, rounded to nine places.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_fixed(9);
        serializer.serialize_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// A line that many points are compared with: by a whole number, unless that cannot tell.
pub(super) struct Level<'a> {
    exact: &'a Exact,
    /// The line in units of 10^-9, rounded down, if that fits.
    floor: Option<i128>,
}

impl<'a> Level<'a> {
    const UNIT: i128 = 1_000_000_000;

    pub(super) fn new(exact: &'a Exact) -> Self {
        let scaled = &exact.numerator * Self::UNIT;
        let quotient = &scaled / &exact.denominator;
        let is_rounded_up = exact.is_negative() && &quotient * &exact.denominator != scaled;
        let floor = if is_rounded_up { quotient - 1 } else { quotient };
        Self { exact, floor: i128::try_from(&floor).ok() }
    }

    /// Where a point lies: `Greater` is above the line.
    pub(super) fn compare(&self, point: Quantity) -> Ordering {
        self.compare_fraction(point.parts())
    }

    /// Where a fraction lies, of which the denominator is not zero.
    pub(super) fn compare_fraction(&self, (numerator, denominator): (i128, u64)) -> Ordering {
        let roughly = || {
            let point = numerator.checked_mul(Self::UNIT)?;
            let below = self.floor?.checked_mul(i128::from(denominator))?;
            let above = below.checked_add(i128::from(denominator))?;
            if point < below {
                Some(Ordering::Less)
            } else if point >= above {
                Some(Ordering::Greater)
            } else {
                None
            }
        };
        roughly().unwrap_or_else(|| Exact::sum([(numerator, denominator)]).cmp(self.exact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_reads_what_it_prints() {
        for text in ["0", "-3", "4.75", "0.000000001", "-0.5", "999999999999999"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        assert_eq!(Decimal::from_thousandths(-1_250).to_string(), "-1.25");
        assert_eq!("007.10".parse::<Decimal>().unwrap().to_string(), "7.1");
        for text in ["", "-", ".5", "5.", "1e3", "+1", "1,5", " 1", "١", "--1", "1.2.3"] {
            assert!(matches!(text.parse::<Decimal>(), Err(DecimalError::NotANumber(_))), "{text}");
        }
        assert!(matches!("1234567890123456".parse::<Decimal>(), Err(DecimalError::TooLarge(_))));
        assert!("999999999999999.999999999".parse::<Decimal>().is_err());
    }

    #[test]
    fn numbers_round_away_from_zero_at_the_half() {
        let half = Exact::from(Quantity::quotient(1, 8).unwrap());
        assert_eq!(half.to_fixed(2), "0.13");
        let negative = Exact::from(Quantity::from("-0.125".parse::<Decimal>().unwrap()));
        assert_eq!(negative.to_fixed(2), "-0.13");
        assert_eq!(negative.to_fixed(0), "0");
        assert_eq!(negative.to_fixed(3), "-0.125");
    }

    #[test]
    fn a_point_a_hair_from_a_line_is_on_its_own_side() {
        let third = Exact::sum([(1, 3)]);
        let level = Level::new(&third);
        let near = |text: &str| Quantity::from(text.parse::<Decimal>().unwrap());
        assert_eq!(level.compare(near("0.333333333")), Ordering::Less);
        assert_eq!(level.compare(near("0.333333334")), Ordering::Greater);
        assert_eq!(level.compare(Quantity::quotient(4, 12).unwrap()), Ordering::Equal);
        let close = Quantity::quotient(1_431_655_765, 4_294_967_294).unwrap();
        assert_eq!(level.compare(close), Exact::from(close).cmp(&third));
        let below = Exact::sum([(-1, 3)]);
        assert_eq!(Level::new(&below).compare(near("-0.333333333")), Ordering::Greater);
        assert_eq!(Level::new(&below).compare(near("-0.333333334")), Ordering::Less);
    }
}
