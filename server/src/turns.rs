//! Turns: of documents, and of people.
//!
//! Who changes one document at the same time goes through the gate one after the other. Without
//! that, everybody but the first would have passed the gate in vain and would have to go again,
//! which on a project that many people edit at once never ends.
//!
//! What one person asks on all their devices is answered one request after the other, so that a
//! person who asks for much waits for themselves and not others for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError},
};

use enhance_model::{DocumentId, PersonId};
use enhance_protocol::{EntryKind, Offer};
use tokio::sync::{Mutex, MutexGuard, OwnedMutexGuard};

use crate::door::{Kept, keep_place};

/// Documents share turns; with so many, two busy ones seldom do.
const TURNS: usize = 256;

/// The turns of documents there are to take.
#[derive(Debug)]
pub struct Turns(Vec<Arc<Mutex<()>>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..TURNS).map(|_| Arc::default()).collect())
    }
}

impl Turns {
    /// Waits for the turn of one document.
    pub(crate) async fn take_one(&self, document: DocumentId) -> Option<OwnedMutexGuard<()>> {
        let turn = self.0.get(place(document))?;
        Some(Arc::clone(turn).lock_owned().await)
    }

    /// Waits for the turns of all documents with plain changes among these offers. They are held
    /// for as long as what is returned is kept.
    pub(crate) async fn take(&self, offers: &[Offer]) -> Vec<OwnedMutexGuard<()>> {
        let plain = offers.iter().filter(|offer| offer.kind == EntryKind::Change);
        // In one order for all requests, so that none wait for one another in a circle.
        let places: BTreeSet<usize> = plain.map(|offer| place(offer.document)).collect();
        let mut held = Vec::new();
        for turn in places.into_iter().filter_map(|place| self.0.get(place)) {
            held.push(Arc::clone(turn).lock_owned().await);
        }
        held
    }
}

/// The place of a document's turn.
fn place(document: DocumentId) -> usize {
    let bytes = document.as_bytes();
    bytes.iter().fold(0, |place, byte| (place * 31 + usize::from(*byte)) % TURNS)
}

/// The requests of each person that are under way.
#[derive(Debug)]
pub struct PeopleTurns {
    most: usize,
    under_way: std::sync::Mutex<BTreeMap<PersonId, UnderWay>>,
}

#[derive(Debug, Default)]
struct UnderWay {
    requests: usize,
    turn: Arc<Mutex<()>>,
}

impl PeopleTurns {
    /// Each person may have so many requests under way.
    pub fn new(most: usize) -> Self {
        Self { most: most.max(1), under_way: std::sync::Mutex::default() }
    }

    /// Whether requests of more than one person are under way.
    pub fn are_several(&self) -> bool {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).len() > 1
    }

    /// Counts a request of a person until what is returned is dropped; none if they have too many.
    pub fn come(self: &Arc<Self>, person: PersonId) -> Option<Visit> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = under_way.entry(person).or_default();
        if theirs.requests >= self.most {
            return None;
        }
        theirs.requests += 1;
        let turn = Arc::clone(&theirs.turn);
        Some(Visit { turns: Arc::clone(self), person, turn, _kept: keep_place() })
    }
}

/// A request of a person.
#[derive(Debug)]
pub struct Visit {
    turns: Arc<PeopleTurns>,
    person: PersonId,
    turn: Arc<Mutex<()>>,
    /// The place of its connection, which stays.
    _kept: Option<Kept>,
}

impl Visit {
    /// Waits until no other request of this person is worked on.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut under_way = self.turns.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(theirs) = under_way.get_mut(&self.person) {
            theirs.requests -= 1;
            if theirs.requests == 0 {
                under_way.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_person_waits_for_themselves_alone() {
        let turns = Arc::new(PeopleTurns::new(2));
        let (asha, ben) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let (one, two) = (turns.come(asha).unwrap(), turns.come(asha).unwrap());
        assert!(turns.come(asha).is_none() && !turns.are_several());
        let busy = one.turn().await;
        assert!(two.turn.try_lock().is_err());
        let other = turns.come(ben).unwrap();
        assert!(other.turn.try_lock().is_ok() && turns.are_several());
        drop(busy);
        assert!(two.turn.try_lock().is_ok());
        drop((one, two, other));
        assert!(turns.under_way.lock().unwrap().is_empty(), "nobody is remembered");
    }
}
