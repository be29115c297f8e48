//! How often something may be asked: a minute's share at once, which comes back evenly.

use std::{num::NonZeroUsize, sync::Mutex, sync::PoisonError};

use enhance_model::Timestamp;
use lru::LruCache;

/// Those whose room is remembered. Who asked longest ago is forgotten, and has all of it again.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();

const MINUTE_MS: u64 = 60_000;

/// Room for a minute's requests at once, which comes back evenly.
#[derive(Debug)]
pub struct Bucket {
    /// Thousandths of a minute's share of one request, so that no fraction is lost.
    room: u64,
    at: Timestamp,
}

impl Bucket {
    /// Room for a whole minute.
    pub fn full(per_minute: u32, now: Timestamp) -> Self {
        Self { room: u64::from(per_minute) * MINUTE_MS, at: now }
    }

    /// Takes room for one request, or says in how many milliseconds there is some.
    pub fn take(&mut self, per_minute: u32, now: Timestamp) -> Result<(), u32> {
        let per_minute = u64::from(per_minute);
        let back = now.millis_since(self.at).saturating_mul(per_minute);
        self.room = self.room.saturating_add(back).min(per_minute * MINUTE_MS);
        self.at = now;
        if self.room >= MINUTE_MS {
            self.room -= MINUTE_MS;
            return Ok(());
        }
        let wait = (MINUTE_MS - self.room).checked_div(per_minute).unwrap_or(MINUTE_MS) + 1;
        Err(u32::try_from(wait).unwrap_or(u32::MAX))
    }
}

/// The room of each of many.
#[derive(Debug)]
pub struct Rates<K: std::hash::Hash + Eq> {
    per_minute: u32,
    buckets: Mutex<LruCache<K, Bucket>>,
}

impl<K: std::hash::Hash + Eq> Rates<K> {
    /// So many requests a minute for each.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, buckets: Mutex::new(LruCache::new(REMEMBERED)) }
    }

    /// Takes room for one request, or says in how many milliseconds there is some.
    pub fn take(&self, whose: K, now: Timestamp) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let full = || Bucket::full(self.per_minute, now);
        buckets.get_or_insert_mut(whose, full).take(self.per_minute, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_requests_fit_at_once_and_come_back_evenly() {
        let start = Timestamp::from_unix_millis(1_000_000);
        let mut bucket = Bucket::full(3, start);
        for _ in 0..3 {
            assert_eq!(bucket.take(3, start), Ok(()));
        }
        let wait = bucket.take(3, start).unwrap_err();
        assert_eq!(wait, 20_001);
        assert_eq!(bucket.take(3, start.plus_millis(i64::from(wait))), Ok(()));
        assert!(bucket.take(3, start.plus_millis(i64::from(wait))).is_err());
    }

    #[test]
    fn a_clock_set_back_gives_no_room_and_takes_none() {
        let start = Timestamp::from_unix_millis(1_000_000);
        let mut bucket = Bucket::full(2, start);
        assert_eq!(bucket.take(2, start.plus_millis(-500_000)), Ok(()));
        assert_eq!(bucket.take(2, start.plus_millis(-500_000)), Ok(()));
        assert!(bucket.take(2, start.plus_millis(-500_000)).is_err());
    }

    #[test]
    fn each_has_room_of_their_own() {
        let start = Timestamp::from_unix_millis(1_000_000);
        let rates = Rates::new(1);
        assert_eq!(rates.take("one", start), Ok(()));
        assert_eq!(rates.take("two", start), Ok(()));
        assert!(rates.take("one", start).is_err());
    }
}
