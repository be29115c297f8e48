//! Of whom something waits: few people, and asked at every exchange.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use enhance_model::PersonId;

/// The people of whom something waits, such as archives with entries that could still be let go.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<BTreeSet<PersonId>>);

impl Waiting {
    /// Those of whom that is known when the server starts.
    pub fn of(people: impl IntoIterator<Item = PersonId>) -> Self {
        Self(Mutex::new(people.into_iter().collect()))
    }

    /// Notes that something of this person's waits.
    pub fn waits(&self, person: PersonId) {
        self.lock().insert(person);
    }

    /// Notes that nothing of this person's waits any more.
    pub fn is_done(&self, person: PersonId) {
        self.lock().remove(&person);
    }

    /// Whether something of this person's waits.
    pub fn is_waiting(&self, person: PersonId) -> bool {
        self.lock().contains(&person)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<PersonId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
