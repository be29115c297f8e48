//! What lines are at.

use std::cmp::Ordering;

use num_bigint::BigInt;
use serde::{Serialize, Serializer};

use super::quantity::Quantity;

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
    pub(in crate::chart) fn mean(
        terms: impl ExactSizeIterator<Item = (i128, u64)>,
    ) -> Option<Self> {
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
    pub(in crate::chart) fn with_shares<const N: usize>(
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
    pub(in crate::chart) fn power(digit: u32, exponent: i32) -> Self {
        let ten = BigInt::from(10).pow(exponent.unsigned_abs());
        let (above, below) = if exponent < 0 { (1.into(), ten) } else { (ten, 1.into()) };
        Self { numerator: above * digit, denominator: below }
    }

    /// The largest multiple of a step that is not above it; the step is more than nothing.
    pub(in crate::chart) fn floored(&self, step: &Self) -> Self {
        let (above, below) =
            (&self.numerator * &step.denominator, &self.denominator * &step.numerator);
        let quotient = &above / &below;
        let is_rounded_up = self.is_negative() && &quotient * &below != above;
        let count = if is_rounded_up { quotient - 1 } else { quotient };
        Self { numerator: count * &step.numerator, denominator: step.denominator.clone() }
    }

    /// Which part of a length it is, where the whole of it is `whole`: a coordinate.
    pub(in crate::chart) fn part_of(&self, whole: &Self, length: i64) -> i64 {
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
    pub(in crate::chart) fn scaled(&self, places: u8) -> BigInt {
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

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Exact::from(*self).serialize(serializer)
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
pub(in crate::chart) struct Level<'a> {
    exact: &'a Exact,
    /// The line in units of 10^-9, rounded down, if that fits.
    floor: Option<i128>,
}

impl<'a> Level<'a> {
    const UNIT: i128 = 1_000_000_000;

    pub(in crate::chart) fn new(exact: &'a Exact) -> Self {
        let scaled = &exact.numerator * Self::UNIT;
        let quotient = &scaled / &exact.denominator;
        let is_rounded_up = exact.is_negative() && &quotient * &exact.denominator != scaled;
        let floor = if is_rounded_up { quotient - 1 } else { quotient };
        Self { exact, floor: i128::try_from(&floor).ok() }
    }

    /// Where a point lies: `Greater` is above the line.
    pub(in crate::chart) fn compare(&self, point: Quantity) -> Ordering {
        self.compare_fraction(point.parts())
    }

    /// Where a fraction lies, of which the denominator is not zero.
    pub(in crate::chart) fn compare_fraction(
        &self,
        (numerator, denominator): (i128, u64),
    ) -> Ordering {
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
