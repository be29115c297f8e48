//! What is typed, by whom and at which pace: the same for us and for each peer.

use std::time::Duration;

use serde::Serialize;

use crate::fixtures::{plan::Typed, prose::Prose};

/// How many people type, each in a section of their own.
pub const PEOPLE: usize = 6;

/// Between two keys, in milliseconds: a person who types well.
const KEY: u64 = 120;
/// How long a person rests at least between two words, in milliseconds, and how much longer at most.
const REST: u64 = 600;
const REST_LONGER: usize = 1_200;

/// All that is typed, and what there was before.
#[derive(Debug, Serialize)]
pub struct Script {
    pub key_ms: u64,
    /// What led to the plan.
    pub history: Vec<Typed>,
    /// The words of each turn, by person.
    pub turns: Vec<Vec<Vec<Word>>>,
}

/// A word that is nowhere else in the plan.
#[derive(Debug, Clone, Serialize)]
pub struct Word {
    pub text: String,
    /// How long the person rests after it, in milliseconds.
    pub rest_ms: u64,
}

impl Script {
    /// So many words for each person in each of so many turns.
    pub fn new(history: Vec<Typed>, turns: usize, words: usize) -> Self {
        let mut prose = Prose::new(12);
        let mut word = |text| {
            let longer = u64::try_from(prose.below(REST_LONGER)).unwrap_or_default();
            Word { text, rest_ms: REST + longer }
        };
        let mut of_person = |turn: usize, person: usize| -> Vec<Word> {
            let numbers = turn * words..(turn + 1) * words;
            numbers.map(|number| word(format!("w{person}x{number}q"))).collect()
        };
        let mut of_turn = |turn| (0..PEOPLE).map(|person| of_person(turn, person)).collect();
        Self { key_ms: KEY, history, turns: (0..turns).map(&mut of_turn).collect() }
    }

    /// Between two keys of a person.
    pub const fn between_keys(&self) -> Duration {
        Duration::from_millis(self.key_ms)
    }
}

impl Word {
    /// How long the person rests after it.
    pub const fn rest(&self) -> Duration {
        Duration::from_millis(self.rest_ms)
    }
}
