//! Turns: who changes one document at the same time goes through the gate one after the other.
//!
//! Without them, everybody but the first would have passed the gate in vain and would have to go
//! again, which on a project that many people edit at once never ends.

use std::{collections::BTreeSet, sync::Arc};

use enhance_model::DocumentId;
use enhance_protocol::{EntryKind, Offer};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Documents share turns; with so many, two busy ones seldom do.
const TURNS: usize = 256;

/// The turns there are to take.
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
