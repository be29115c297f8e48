//! How the room in a plan is shared out between those who write in it.
//!
//! The first half of it is for everybody, first come, first served. What is left after that is kept
//! back: a quarter for the owner alone, and of the other quarter as much for each member that
//! [`MEMBERS`] of them have it, whatever anybody wrote before that, they themselves as well. So no
//! member can keep another, or the owner, from writing, and the owner can always take a member out.

/// So many members each have room of their own in a plan.
pub const MEMBERS: u64 = 32;

/// What is used of one bound of a plan: of its bytes, its changes or its operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub bound: u64,
    /// By everybody, with what is to be added.
    pub used: u64,
    /// By who adds it since that was half of the bound, with what is to be added.
    pub part: u64,
}

impl Room {
    /// Whether a member who does not own the plan may add what is to be added.
    pub const fn fits_member(self) -> bool {
        let Self { bound, used, part } = self;
        !self.is_late() || (part <= own_room(bound) && used <= bound - bound / 4)
    }

    /// Whether what is to be added comes when the half for everybody is used up.
    pub const fn is_late(self) -> bool {
        self.used > self.bound / 2
    }
}

/// How much of a bound each member has, however little is left.
pub const fn own_room(bound: u64) -> u64 {
    bound / 4 / MEMBERS
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: u64 = 16 << 20;

    /// Adds as much in pieces of this size as a member may, after `used` by all.
    fn fill(used: &mut u64, piece: u64) -> u64 {
        let (mut added, mut part) = (0, 0);
        loop {
            let room = Room { bound: BOUND, used: *used + piece, part: part + piece };
            if !room.fits_member() {
                return added;
            }
            *used += piece;
            added += piece;
            part += if room.is_late() { piece } else { 0 };
        }
    }

    #[test]
    fn whatever_members_add_the_owner_keeps_a_quarter_and_each_of_them_a_part() {
        for piece in [1 << 10, 3_000, 100 << 10, 1 << 20] {
            let mut used = 0;
            // All but one take whatever they get, in pieces as large as they like.
            for _ in 1..MEMBERS {
                fill(&mut used, piece);
            }
            assert!(used <= BOUND - BOUND / 4, "the owner's quarter is left");
            let last = fill(&mut used, 1 << 10);
            assert!(last >= own_room(BOUND) - (1 << 10), "{piece}: {last}");
            assert!(used <= BOUND - BOUND / 4);
            // However many more there are, the owner keeps a quarter.
            for _ in 0..10 * MEMBERS {
                fill(&mut used, 1 << 10);
            }
            assert!(used <= BOUND - BOUND / 4);
        }
    }

    #[test]
    fn one_member_alone_fills_half_and_has_the_same_room_after_that_as_any_other() {
        let mut used = 0;
        assert_eq!(fill(&mut used, 1 << 10), BOUND / 2 + own_room(BOUND));
        assert_eq!(fill(&mut used, 1 << 10), own_room(BOUND), "another member");
        assert_eq!(own_room(BOUND), 128 << 10);
    }
}
