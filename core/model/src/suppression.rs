//! Small numbers that could tell of single people, and what would give them away.

use serde::{Deserialize, Serialize};

/// Which counts are hidden. The programme's own rule comes with its pack; this is the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The smallest count that is hidden: 1, since nobody is nobody.
    pub from: u64,
    /// The largest count that is hidden: 5 by default.
    pub to: u64,
}

impl Default for Suppression {
    fn default() -> Self {
        Self { from: 1, to: 5 }
    }
}

/// A count as others may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Number(u64),
    /// Never the same as nothing.
    Hidden,
}

impl Cell {
    /// Whether others may not see it.
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Hidden)
    }
}

/// Counts of groups and their total, as others may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    pub counts: Vec<Cell>,
    /// None where no total is shown.
    pub total: Option<Cell>,
}

/// So many of so many, as others may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub numerator: Cell,
    pub denominator: Cell,
    /// Whether its percentage may be seen: it would give a hidden numerator back.
    pub has_percentage: bool,
}

impl Suppression {
    /// Whether a count is hidden for its own sake.
    pub const fn hides(&self, count: u64) -> bool {
        self.from <= count && count <= self.to
    }

    /// Counts of groups that do not overlap, and their total if it is shown beside them.
    ///
    /// Small counts are hidden, and with them the smallest others, and at last the total, until no
    /// hidden one can be worked out by subtraction. Groups of nobody stay: they hide nothing.
    ///
    /// ```
    /// use enhance_model::suppression::{Cell, Suppression};
    ///
    /// let seen = Suppression::default().groups(&[12, 3, 40], true);
    /// assert_eq!(seen.counts, [Cell::Hidden, Cell::Hidden, Cell::Number(40)]);
    /// assert_eq!(seen.total, Some(Cell::Number(55)));
    /// ```
    pub fn groups(&self, counts: &[u64], has_total: bool) -> Groups {
        let total = counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let mut is_hidden: Vec<bool> = counts.iter().map(|count| self.hides(*count)).collect();
        let mut total_cell = has_total.then_some(Cell::Number(total));
        if self.hides(total) {
            total_cell = has_total.then_some(Cell::Hidden);
        }
        // The next to hide: the smallest first, of equal ones the first.
        let mut others: Vec<usize> =
            (0..counts.len()).filter(|place| !is_hidden[*place] && counts[*place] > 0).collect();
        others.sort_by_key(|place| counts[*place]);
        let mut others = others.into_iter();
        while matches!(total_cell, Some(Cell::Number(_))) && self.is_given_away(counts, &is_hidden)
        {
            match others.next() {
                Some(place) => is_hidden[place] = true,
                None => total_cell = Some(Cell::Hidden),
            }
        }
        let cell = |(count, is_hidden)| if is_hidden { Cell::Hidden } else { Cell::Number(count) };
        let counts = counts.iter().copied().zip(is_hidden).map(cell).collect();
        Groups { counts, total: total_cell }
    }

    /// Whether the sum of the hidden counts, which a total gives away, leaves one of them no choice.
    fn is_given_away(&self, counts: &[u64], is_hidden: &[bool]) -> bool {
        let hidden = counts.iter().zip(is_hidden).filter(|(_, is_hidden)| **is_hidden);
        let hidden: Vec<u64> = hidden.map(|(count, _)| *count).collect();
        let all_small = hidden.iter().all(|count| self.hides(*count));
        // All at the least or all at the most that a hidden count may be.
        let is_end = |end: u64| hidden.iter().all(|count| *count == end);
        hidden.len() == 1
            || !hidden.is_empty() && all_small && (is_end(self.from) || is_end(self.to))
    }

    /// So many of so many. Those who are not among them are people too: few of them hide the
    /// numerator as well.
    ///
    /// ```
    /// use enhance_model::suppression::{Cell, Suppression};
    ///
    /// let seen = Suppression::default().share(3, 180);
    /// assert_eq!(seen.numerator, Cell::Hidden);
    /// assert!(!seen.has_percentage, "1.7% of 180 gives 3 back");
    /// ```
    pub fn share(&self, numerator: u64, denominator: u64) -> Share {
        let is_small = self.hides(denominator);
        let rest = denominator.saturating_sub(numerator);
        let is_hidden = is_small || self.hides(numerator) || self.hides(rest);
        Share {
            numerator: if is_hidden { Cell::Hidden } else { Cell::Number(numerator) },
            denominator: if is_small { Cell::Hidden } else { Cell::Number(denominator) },
            has_percentage: !is_hidden && denominator > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hidden counts as nothing, the total last.
    fn seen(counts: &[u64]) -> Vec<Option<u64>> {
        let groups = Suppression::default().groups(counts, true);
        let cells = groups.counts.into_iter().chain(groups.total);
        cells.map(|cell| if let Cell::Number(count) = cell { Some(count) } else { None }).collect()
    }

    #[test]
    fn whatever_would_give_a_hidden_count_away_is_hidden_too() {
        let cases: [(&[u64], &[Option<u64>]); 9] = [
            (&[12, 3, 40], &[None, None, Some(40), Some(55)]),
            (&[0, 6, 9], &[Some(0), Some(6), Some(9), Some(15)]),
            (&[0, 3, 40], &[Some(0), None, None, Some(43)]),
            (&[2, 3, 40], &[None, None, Some(40), Some(45)]),
            (&[1, 1, 40, 50], &[None, None, None, Some(50), Some(92)]),
            (&[5, 5, 9], &[None, None, None, Some(19)]),
            (&[5, 5], &[None, None, None]),
            (&[0, 2, 0], &[Some(0), None, Some(0), None]),
            (&[7, 6, 3, 6], &[Some(7), None, None, Some(6), Some(22)]),
        ];
        for (counts, expected) in cases {
            assert_eq!(seen(counts), expected, "{counts:?}");
        }
        assert_eq!(seen(&[]), [Some(0)]);
    }

    #[test]
    fn without_a_total_there_is_nothing_to_subtract_from() {
        let groups = Suppression::default().groups(&[12, 3, 40], false);
        assert_eq!(groups.counts, [Cell::Number(12), Cell::Hidden, Cell::Number(40)]);
        assert_eq!(groups.total, None);
    }

    #[test]
    fn the_limit_is_data() {
        let rule = Suppression { from: 1, to: 7 };
        assert!(rule.hides(7) && !rule.hides(8) && !rule.hides(0));
        assert_eq!(rule.groups(&[7, 20, 30], false).counts[0], Cell::Hidden);
    }

    #[test]
    fn a_percentage_goes_with_its_numerator_and_few_others_go_too() {
        let share = |numerator, denominator| Suppression::default().share(numerator, denominator);
        assert_eq!(share(0, 180).numerator, Cell::Number(0));
        assert!(share(0, 180).has_percentage);
        assert!(share(6, 180).has_percentage);
        assert!(share(177, 180).numerator.is_hidden(), "three of them are not among the 177");
        assert!(share(2, 4).denominator.is_hidden());
        assert!(!share(0, 0).has_percentage);
    }
}
