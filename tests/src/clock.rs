//! One clock for a whole story. It moves when the story says so, and a little at every look.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use enhance_client::Clock;
use enhance_model::Timestamp;

/// 2026-11-23T07:30:00Z: a Monday morning before the ward round.
const MORNING: i64 = 1_795_419_000_000;

/// A clock that only ever goes forward. Clones show the same time.
#[derive(Debug, Clone)]
pub struct StoryClock(Arc<AtomicI64>);

impl StoryClock {
    /// A clock on a Monday morning.
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(MORNING)))
    }

    /// Lets this many milliseconds pass.
    pub fn pass_millis(&self, millis: i64) {
        self.0.fetch_add(millis.max(0), Ordering::SeqCst);
    }

    /// Lets this many days pass.
    pub fn pass_days(&self, days: i64) {
        self.pass_millis(days.saturating_mul(86_400_000));
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
