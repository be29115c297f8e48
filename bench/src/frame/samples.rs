//! Figures measured several times: the median and the spread.

use serde::{Deserialize, Serialize};

/// Figures of one thing, in the order they were measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples(Vec<f64>);

/// What the figures come to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub median: f64,
    /// One tenth of the figures are at or below it.
    pub p10: f64,
    /// Nine tenths of the figures are at or below it.
    pub p90: f64,
    /// How many figures there are.
    pub n: usize,
}

impl Samples {
    /// Takes in one more figure.
    pub fn add(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Takes in other figures of the same thing.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Takes in what was measured elsewhere.
    pub fn extend(&mut self, figures: impl IntoIterator<Item = f64>) {
        self.0.extend(figures);
    }

    /// What they come to; none if there are none.
    pub fn spread(&self) -> Option<Spread> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |tenths: usize| sorted.get((sorted.len().saturating_sub(1) * tenths + 5) / 10);
        Some(Spread { median: *at(5)?, p10: *at(1)?, p90: *at(9)?, n: sorted.len() })
    }

    /// The figure below which this share of a hundred lies.
    pub fn percentile(&self, share: usize) -> Option<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get((sorted.len().saturating_sub(1) * share).div_ceil(100)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outlier_moves_neither_median_nor_tenths() {
        let mut samples = Samples::default();
        samples.extend((1..=20).map(f64::from).chain([9_000.0]));
        let spread = samples.spread().unwrap();
        assert_eq!((spread.median, spread.p10, spread.p90, spread.n), (11.0, 3.0, 19.0, 21));
        assert_eq!(Samples::default().spread(), None);
    }
}
