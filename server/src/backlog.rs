//! Documents that wait for work in the background, each once.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use enhance_model::DocumentId;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Documents that may wait. Others come again with their next change.
const WAITING: usize = 256;

/// The documents that wait.
#[derive(Debug)]
pub struct Backlog {
    queue: Sender<DocumentId>,
    waiting: Arc<Mutex<BTreeSet<DocumentId>>>,
    taken: Mutex<Option<Receiver<DocumentId>>>,
}

impl Default for Backlog {
    fn default() -> Self {
        let (queue, taken) = channel(WAITING);
        Self { queue, waiting: Arc::default(), taken: Mutex::new(Some(taken)) }
    }
}

impl Backlog {
    /// Has a document worked on soon. Costs nothing if it waits already.
    pub(crate) fn ask(&self, document: DocumentId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.insert(document) && self.queue.try_send(document).is_err() {
            waiting.remove(&document);
        }
    }

    /// What waits, for the one who works it off; nobody gets it a second time.
    pub(crate) fn take(&self) -> Option<Receiver<DocumentId>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// From now on the document may wait again.
    pub(crate) fn begun(&self, document: DocumentId) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&document);
    }
}
