//! Which of the grants and revocations for a person counts, in whatever order they arrive.

use crate::Right;

/// The place of a grant or revocation among those for one person and document: the greatest counts.
///
/// The owner's device numbers each one higher than the greatest it knows of. Of two with the same
/// number, made by two devices that did not know of each other, the revocation counts, and of two
/// grants the one that gives less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Round(u64);

/// More ways to end a round than there are.
const ENDS: u64 = 8;

impl Round {
    /// How far ahead of the greatest round that is known a new one may be numbered. Rounds that were
    /// lost with a backup are fewer, and no row of numbers comes to its end in such steps.
    pub const SLACK: u32 = 1 << 16;

    /// The place of a grant.
    pub const fn granting(number: u32, right: Right) -> Self {
        let end = match right {
            Right::Own => 1,
            Right::Edit => 2,
            Right::Comment => 3,
            Right::Read => 4,
        };
        Self(number as u64 * ENDS + end)
    }

    /// The place of a revocation.
    pub const fn revoking(number: u32) -> Self {
        Self(number as u64 * ENDS + ENDS - 1)
    }

    /// The place as one number, as databases keep it.
    pub const fn rank(self) -> u64 {
        self.0
    }

    /// The place that was kept as this number.
    pub const fn from_rank(rank: u64) -> Self {
        Self(rank)
    }

    fn number(self) -> u32 {
        u32::try_from(self.0 / ENDS).unwrap_or(u32::MAX)
    }

    /// The number of the grant or revocation after the greatest that is known.
    pub fn after(known: Option<Self>) -> u32 {
        known.map_or(1, |known| known.number().saturating_add(1))
    }

    /// Whether a new one may have this place where that is the greatest known. A greater one than
    /// that is refused: nothing could follow it.
    pub fn is_in_reach(self, known: Option<Self>) -> bool {
        let known = known.map_or(0, Self::number);
        self.number() < u32::MAX && self.number() <= known.saturating_add(Self::SLACK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_number_counts_and_of_the_same_number_what_gives_less() {
        let in_order = [
            Round::granting(1, Right::Edit),
            Round::granting(1, Right::Comment),
            Round::granting(1, Right::Read),
            Round::revoking(1),
            Round::granting(2, Right::Edit),
            Round::revoking(u32::MAX),
        ];
        assert!(in_order.is_sorted_by(|one, next| one < next));
        for round in in_order {
            assert_eq!(Round::from_rank(round.rank()), round);
        }
    }

    #[test]
    fn the_next_is_one_more_and_the_last_number_is_never_reached() {
        assert_eq!(Round::after(None), 1);
        assert_eq!(Round::after(Some(Round::revoking(7))), 8);
        assert_eq!(Round::after(Some(Round::revoking(u32::MAX))), u32::MAX);
        let first = Some(Round::granting(1, Right::Edit));
        assert!(Round::revoking(1 + Round::SLACK).is_in_reach(first));
        assert!(!Round::revoking(2 + Round::SLACK).is_in_reach(first));
        let nearly = Some(Round::revoking(u32::MAX - 1));
        assert!(!Round::granting(u32::MAX, Right::Edit).is_in_reach(nearly));
    }
}
