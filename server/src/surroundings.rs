//! The clock and the randomness a server runs with. Tests bring their own.

use std::time::{SystemTime, UNIX_EPOCH};

use enhance_model::Timestamp;

/// Where time and randomness come from.
pub trait Surroundings: Send + Sync {
    /// The moment it is, to the millisecond.
    fn now(&self) -> Timestamp;
    /// Fills bytes with what no attacker can guess.
    fn fill(&self, bytes: &mut [u8]);
}

/// Fresh random bytes, as many as the caller expects.
pub fn random<const N: usize>(surroundings: &dyn Surroundings) -> [u8; N] {
    let mut bytes = [0; N];
    surroundings.fill(&mut bytes);
    bytes
}

/// The machine's clock and the system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Surroundings for Machine {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_unix_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}
