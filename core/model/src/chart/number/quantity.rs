//! What a point is worth.

use std::cmp::Ordering;

use super::decimal::Decimal;

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

    pub(in crate::chart) const fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Its exact distance from another, as numerator and denominator.
    pub(in crate::chart) fn distance(self, other: Self) -> (i128, u64) {
        let (a, b) = (self.over(other), other.over(self));
        ((a - b).abs(), u64::from(self.denominator) * u64::from(other.denominator))
    }

    pub(in crate::chart) fn parts(self) -> (i128, u64) {
        (i128::from(self.numerator), u64::from(self.denominator))
    }

    /// Its numerator once both have one denominator.
    fn over(self, other: Self) -> i128 {
        i128::from(self.numerator) * i128::from(other.denominator)
    }
}

impl From<Decimal> for Quantity {
    fn from(decimal: Decimal) -> Self {
        let (numerator, denominator) = decimal.parts();
        Self::reduced(numerator, denominator).unwrap_or(Self { numerator, denominator })
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
