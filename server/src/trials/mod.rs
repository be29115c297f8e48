//! Trials: documents with many new changes are tried as a whole in the background, one after the
//! other. One that fails is frozen after its last good change: it is read as it was then, takes no
//! further change, and the operator hears of it.
//!
//! No push waits for a trial, and none is refused because one is under way.

pub(crate) mod work;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use enhance_model::DocumentId;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Documents that may wait for their trial. Others come again with their next change.
const WAITING: usize = 256;

/// The documents that wait for their trial.
#[derive(Debug)]
pub struct Trials {
    queue: Sender<DocumentId>,
    waiting: Arc<Mutex<BTreeSet<DocumentId>>>,
    taken: Mutex<Option<Receiver<DocumentId>>>,
}

impl Default for Trials {
    fn default() -> Self {
        let (queue, taken) = channel(WAITING);
        Self { queue, waiting: Arc::default(), taken: Mutex::new(Some(taken)) }
    }
}

impl Trials {
    /// Has a document tried soon. Costs nothing if it waits already.
    pub(crate) fn ask(&self, document: DocumentId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.insert(document) && self.queue.try_send(document).is_err() {
            waiting.remove(&document);
        }
    }

    /// What waits, for the one who works it off; nobody gets it a second time.
    fn take(&self) -> Option<Receiver<DocumentId>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// From now on the document may wait again.
    fn begun(&self, document: DocumentId) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&document);
    }
}
