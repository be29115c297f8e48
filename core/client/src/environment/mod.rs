//! What the core takes from the world: the time, chance and the network, replaceable for tests.

pub(crate) mod transport;

use std::{fmt, sync::Arc};

use enhance_model::{DocumentId, ItemId, Timestamp, UtcOffset};
use enhance_protocol::Nonce;

use self::transport::Transport;
use crate::platform::time;

/// Tells the time. Shown to people and never relied on: phones' clocks are wrong.
pub trait Clock: Send + Sync {
    /// The moment it is now.
    fn now(&self) -> Timestamp;

    /// How far the clocks on the wall here are ahead of UTC at a moment, if that is known.
    fn offset(&self, _at: Timestamp) -> Option<UtcOffset> {
        None
    }
}

/// Gives bytes that cannot be foreseen. Keys and nonces come from here.
pub trait Randomness: Send + Sync {
    /// Fills all of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Randomness + '_ {
    /// Fresh bytes, as many as the caller's type holds.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// The device's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let millis = time::since_1970().as_millis();
        Timestamp::from_unix_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    fn offset(&self, at: Timestamp) -> Option<UtcOffset> {
        time::minutes_ahead_of_utc(at).and_then(UtcOffset::from_minutes)
    }
}

/// The operating system's randomness, stretched by a cipher that is reseeded from it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}

/// What the core takes from the world.
#[derive(Clone)]
pub struct Environment {
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    pub transport: Arc<dyn Transport>,
}

impl Environment {
    /// What a device has to offer, with this way to the network.
    pub fn with(transport: impl Transport + 'static) -> Self {
        Self {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            transport: Arc::new(transport),
        }
    }

    /// What an answer must repeat to count as the answer to a question.
    pub(crate) fn nonce(&self) -> Nonce {
        self.randomness.bytes().into()
    }

    pub(crate) fn document_id(&self) -> DocumentId {
        DocumentId::new(self.clock.now(), self.randomness.bytes())
    }

    pub(crate) fn item_id(&self) -> ItemId {
        ItemId::new(self.clock.now(), self.randomness.bytes())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_bytes_are_not_the_last_ones() {
        let environment = Environment::real();
        assert_ne!(environment.randomness.bytes::<32>(), environment.randomness.bytes::<32>());
        assert_ne!(environment.document_id(), environment.document_id());
    }
}
