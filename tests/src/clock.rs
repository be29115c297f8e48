//! One clock for a whole story. It jumps when the story says so, and moves a little at every look.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use enhance_client::Clock;
use enhance_model::Timestamp;

/// 2026-11-23T07:30:00Z: a Monday morning before the ward round.
pub const MORNING: Timestamp = Timestamp::from_unix_millis(1_795_419_000_000);

/// A clock that goes forward unless a story sets it back. Clones show the same time.
#[derive(Debug, Clone)]
pub struct StoryClock(Arc<AtomicI64>);

impl StoryClock {
    /// A clock on a Monday morning.
    pub fn new() -> Self {
        Self::at(MORNING)
    }

    /// A clock that shows this moment, whatever others show.
    pub fn at(moment: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(moment.as_millis())))
    }

    /// Jumps ahead by this much.
    pub fn jump(&self, ahead: Duration) {
        let millis = i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// Jumps back by this much, as a clock does that was wrong.
    pub fn jump_back(&self, back: Duration) {
        let millis = i64::try_from(back.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_sub(millis, Ordering::SeqCst);
    }

    /// Jumps ahead by this many days.
    pub fn jump_days(&self, days: u32) {
        self.jump(Duration::from_secs(24 * 60 * 60) * days);
    }
}

impl Default for StoryClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for StoryClock {
    /// Every look is a millisecond later, so that things done one after another have an order.
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_jumps_and_never_stands_still() {
        let clock = StoryClock::new();
        let (first, second) = (clock.now(), clock.clone().now());
        assert!(first == MORNING && second > first);
        clock.jump_days(14);
        assert!(clock.now() > first.plus_millis(14 * 24 * 60 * 60 * 1_000));
    }
}
