//! What chance alone would do on both sides of a line, in whole numbers.
//!
//! The limits are computed and not looked up: printed tables differ by one here and there, most
//! often because they take half of the points for each side.

use num_bigint::BigUint;
use serde::Serialize;

/// Below this many useful points no limit tells anything.
pub(super) const FEWEST_USEFUL: usize = 10;

/// What is ordinary under the Anhøj rules (Anhøj and Olesen 2014, e113825).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AnhoejLimits {
    /// The longest run that is ordinary; one more point in a row is a signal.
    pub longest_run: usize,
    /// The fewest crossings of the line that are ordinary.
    pub crossings: usize,
}

impl AnhoejLimits {
    /// For this many useful points; nothing for fewer than ten.
    ///
    /// ```
    /// use enhance_model::chart::AnhoejLimits;
    ///
    /// let limits = AnhoejLimits::of(22).unwrap();
    /// assert_eq!((limits.longest_run, limits.crossings), (7, 7));
    /// ```
    pub fn of(useful: usize) -> Option<Self> {
        (useful >= FEWEST_USEFUL).then(|| Self {
            longest_run: rounded_log2(useful) + 3,
            crossings: few_crossings(useful),
        })
    }
}

/// How many runs are ordinary, for exactly so many points above and below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RunsLimits {
    /// Fewer runs than this are a signal.
    pub lower: usize,
    /// More runs than this are a signal.
    pub upper: usize,
}

impl RunsLimits {
    /// The rule `exact_runs`: `lower` is the most runs r of which r or fewer come up in at most one
    /// order in twenty, `upper` the fewest of which r or more do. Nothing for fewer than ten points.
    ///
    /// ```
    /// use enhance_model::chart::RunsLimits;
    ///
    /// assert_eq!(RunsLimits::of(14, 8), Some(RunsLimits { lower: 7, upper: 16 }));
    /// ```
    pub fn of(above: usize, below: usize) -> Option<Self> {
        let useful = above.checked_add(below)?;
        if useful < FEWEST_USEFUL {
            return None;
        }
        let orders = orders_by_runs(above, below);
        let all: BigUint = orders.iter().sum();
        let is_rare = |tail: &BigUint| tail * 20_u32 <= all;
        let mut tail = BigUint::ZERO;
        let rare_below = orders.iter().take_while(|orders| {
            tail += *orders;
            is_rare(&tail)
        });
        // Counted from no run at all, so that the number of rare ones is one more than the last.
        let lower = rare_below.count().saturating_sub(1);
        let mut tail = BigUint::ZERO;
        let rare_above = orders.iter().rev().take_while(|orders| {
            tail += *orders;
            is_rare(&tail)
        });
        let upper = orders.len() - rare_above.count();
        Some(Self { lower, upper })
    }
}

/// The whole number nearest to the binary logarithm.
fn rounded_log2(count: usize) -> usize {
    // log2(n) rounds to k while n^2 < 2^(2k+1); a square is never an odd power of two.
    let square = (count as u128).pow(2);
    let mut rounded = 0;
    while square >= 1_u128 << (2 * rounded + 1) {
        rounded += 1;
    }
    rounded
}

/// The smallest k with P(X <= k) >= 1/20 where X counts heads of one fair coin for each pair of
/// useful neighbours.
fn few_crossings(useful: usize) -> usize {
    let coins = useful.saturating_sub(1);
    let all = BigUint::from(1_u32) << coins;
    let mut ways = BigUint::from(1_u32);
    let mut sum = ways.clone();
    let mut heads = 0;
    while &sum * 20_u32 < all {
        ways = ways * (coins - heads) / (heads + 1);
        heads += 1;
        sum += &ways;
    }
    heads
}

/// In how many orders so many points above and below make 0, 1, 2, ... runs (Wald and Wolfowitz).
fn orders_by_runs(above: usize, below: usize) -> Vec<BigUint> {
    let (few, many) = (above.min(below), above.max(below));
    let mut orders = vec![BigUint::ZERO, BigUint::ZERO];
    // The ways to cut each side into k pieces, C(few - 1, k - 1) * C(many - 1, k - 1): either side
    // may come first. With one piece more on one side there are (useful - 2k) / k times as many.
    let mut cut = BigUint::from(1_u32);
    for k in 1..=few {
        orders.push(&cut * 2_u32);
        orders.push(&cut * (few + many - 2 * k) / k);
        cut = cut * (few - k) / k * (many - k) / k;
    }
    if few == 0 {
        orders[1] = cut;
    } else if few == many {
        // One piece more than points is no order.
        orders.pop();
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longest run and crossings for so many useful points, as published and recomputed.
    const ANHOEJ: &str = "10:6/2 11:6/2 12:7/3 13:7/3 14:7/4 15:7/4 16:7/4 17:7/5 18:7/5 19:7/6 \
        20:7/6 21:7/6 22:7/7 23:8/7 24:8/8 25:8/8 26:8/8 27:8/9 28:8/9 29:8/10 30:8/10 36:8/13 \
        40:8/14 50:9/19 60:9/23 100:10/41";

    /// Runs for so many useful points, half of them on each side.
    const RUNS: &str = "10:3-9 11:3-10 12:3-11 13:4-11 14:4-12 15:4-13 16:5-13 17:5-14 18:6-14 \
        19:6-15 20:6-16 21:7-16 22:7-17 23:8-17 24:8-18 25:9-18 26:9-19 27:9-20 28:10-20 29:10-21 \
        30:11-21 31:11-22 32:11-23 33:12-23 34:12-24 35:13-24 36:13-25 37:14-25 38:14-26 39:14-27 \
        40:15-27 41:15-28 42:16-28 43:16-29 44:17-29 45:17-30 46:17-31 47:18-31 48:18-32 49:19-32 \
        50:19-33 60:24-38";

    fn numbers(row: &str) -> [usize; 3] {
        let numbers: Vec<usize> =
            row.split([':', '/', '-']).map(|number| number.parse().unwrap()).collect();
        numbers.try_into().unwrap()
    }

    #[test]
    fn the_limits_of_anhoej_are_those_published() {
        for row in ANHOEJ.split(' ') {
            let [useful, longest_run, crossings] = numbers(row);
            assert_eq!(AnhoejLimits::of(useful), Some(AnhoejLimits { longest_run, crossings }));
        }
        assert_eq!(AnhoejLimits::of(9), None);
    }

    #[test]
    fn the_limits_of_runs_are_exact() {
        for row in RUNS.split(' ') {
            let [useful, lower, upper] = numbers(row);
            let half = useful / 2;
            assert_eq!(RunsLimits::of(half, useful - half), Some(RunsLimits { lower, upper }));
        }
        assert_eq!(RunsLimits::of(5, 4), None);
    }

    #[test]
    fn the_orders_are_counted_as_if_each_was_written_down() {
        for (above, below) in [(0, 5), (1, 4), (3, 3), (5, 2), (6, 6), (4, 7)] {
            let mut counted = vec![0_u32; above + below + 2];
            for order in 0_u32..1 << (above + below) {
                if order.count_ones() as usize == above {
                    let changes = (1..above + below)
                        .filter(|place| (order >> place) & 1 != (order >> (place - 1)) & 1);
                    counted[changes.count() + 1] += 1;
                }
            }
            while counted.last() == Some(&0) {
                counted.pop();
            }
            let counted: Vec<BigUint> = counted.into_iter().map(BigUint::from).collect();
            assert_eq!(orders_by_runs(above, below), counted, "{above} and {below}");
            assert_eq!(orders_by_runs(below, above), counted, "{below} and {above}");
        }
    }

    #[test]
    fn where_all_points_but_one_are_on_one_side_no_number_of_runs_is_a_signal() {
        let limits = RunsLimits::of(19, 1).unwrap();
        assert!(limits.lower <= 2 && limits.upper >= 3, "{limits:?}");
        let limits = RunsLimits::of(12, 0).unwrap();
        assert!(limits.lower <= 1 && limits.upper >= 1, "{limits:?}");
    }
}
