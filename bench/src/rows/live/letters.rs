//! When words were typed, and when they were on others' screens.

use std::{collections::BTreeMap, time::Duration};

use crate::frame::samples::Samples;

/// What was noted of one turn. Moments are counted from any fixed start.
#[derive(Debug, Default)]
pub struct Letters {
    typed: BTreeMap<String, Duration>,
    seen: Vec<(String, Duration)>,
}

impl Letters {
    /// Notes the last key of a word.
    pub fn typed(&mut self, word: String, at: Duration) {
        self.typed.insert(word, at);
    }

    /// Notes that a word is on the screen of somebody else.
    pub fn seen(&mut self, word: String, at: Duration) {
        self.seen.push((word, at));
    }

    /// Takes in what somebody else noted.
    pub fn join(&mut self, other: Self) {
        self.typed.extend(other.typed);
        self.seen.extend(other.seen);
    }

    /// From the last key of each word to each other's screen, in milliseconds.
    pub fn took(&self) -> Samples {
        let mut took = Samples::default();
        took.extend(self.seen.iter().filter_map(|(word, at)| {
            let typed = self.typed.get(word)?;
            Some(at.saturating_sub(*typed).as_secs_f64() * 1_000.0)
        }));
        took
    }
}
