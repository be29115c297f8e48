//! One source of chance for a whole story, from a seed that is printed when the story fails.

use std::{
    env,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use enhance_client::Randomness;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

/// The environment variable that replays a story with the seed it failed with.
pub const SEED: &str = "ENHANCE_SEED";

/// The seed this run is told to repeat, if it is told one.
pub fn seed() -> Option<u64> {
    env::var(SEED).ok().and_then(|seed| seed.parse().ok())
}

/// Chance that can be repeated. Clones draw from the same well.
#[derive(Debug, Clone)]
pub struct Chance {
    seed: u64,
    well: Arc<Mutex<StdRng>>,
}

impl Chance {
    /// Chance from the seed in `ENHANCE_SEED`, or from a fresh one.
    pub fn new() -> Self {
        Self::from_seed(seed().unwrap_or_else(rand::random))
    }

    /// Chance from this seed.
    pub fn from_seed(seed: u64) -> Self {
        Self { seed, well: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))) }
    }

    /// The seed that repeats it.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// A number below `end`.
    pub fn below(&self, end: u64) -> u64 {
        self.draw(|well| well.random_range(0..end.max(1)))
    }

    /// Any time up to this long.
    pub fn up_to(&self, longest: Duration) -> Duration {
        let micros = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX - 1);
        Duration::from_micros(self.below(micros + 1))
    }

    /// Bytes that were not drawn before.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A word that occurs nowhere else, to be found again in a text.
    pub fn word(&self) -> String {
        const ONSETS: &[u8] = b"bdfgklmnprstvz";
        const VOWELS: &[u8] = b"aeiou";
        self.draw(|well| {
            let mut pick = |from: &[u8]| char::from(from[well.random_range(0..from.len())]);
            (0..6).flat_map(|_| [pick(ONSETS), pick(VOWELS)]).collect()
        })
    }

    /// A sentence of such words.
    pub fn sentence(&self) -> String {
        let words: Vec<String> = (0..7).map(|_| self.word()).collect();
        format!("{}.", words.join(" "))
    }

    fn draw<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.well.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for Chance {
    fn default() -> Self {
        Self::new()
    }
}

impl Randomness for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        self.draw(|well| well.fill_bytes(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chance_gives_follows_from_the_seed() {
        let drawn = |seed| {
            let chance = Chance::from_seed(seed);
            (chance.sentence(), chance.bytes::<32>(), chance.up_to(Duration::from_secs(1)))
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
    }
}
