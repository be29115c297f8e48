//! Trials: documents with many new changes are tried as a whole in the background, one after the
//! other. One that fails is frozen after its last good change: it is read as it was then, takes no
//! further change, and the operator hears of it.
//!
//! No push waits for a trial, and none is refused because one is under way.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use enhance_documents::try_whole;
use enhance_model::DocumentId;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::{
    state::ServerState,
    storage::{
        StorageError, audit,
        audit::{Action, Event},
        documents::{self, DocumentRow},
        journals,
    },
};

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

    fn begun(&self, document: DocumentId) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&document);
    }
}

/// Tries what waits, one after the other, until the server ends.
pub(crate) async fn work(state: ServerState) {
    let taken = state.trials.taken.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut queue) = taken else { return };
    while let Some(document) = queue.recv().await {
        state.trials.begun(document);
        match one(&state, document).await {
            Ok(()) => state.metrics.count_trial(),
            Err(StorageError::Closed) => return,
            Err(error) => tracing::warn!(%document, %error, "a trial could not be finished"),
        }
    }
}

async fn one(state: &ServerState, document: DocumentId) -> Result<(), StorageError> {
    let read = move |db: &rusqlite::Connection| {
        let row = documents::find(db, document)?;
        Ok((row, documents::changes(db, document)?))
    };
    let (row, changes) = state.storage.read(read).await?;
    let Some(row) = row.filter(|row| !row.deleted && row.frozen_at == 0) else { return Ok(()) };
    let (good, all) = tokio::task::spawn_blocking(move || {
        let all = changes.len();
        (good_ones(&row, &changes), all)
    })
    .await
    .map_err(|error| StorageError::Broken(error.to_string()))?;
    let now = state.now();
    let frozen: Result<bool, StorageError> = state
        .storage
        .write(move |write| {
            documents::note_tried(write.db, document, good as u64)?;
            if good == all {
                journals::join(write.db, document)?;
                return Ok(false);
            }
            documents::freeze(write.db, document, good as u64)?;
            let event = Event::of_server(Action::Freeze, format!("after {good} of {all} changes"));
            audit::add(write.db, Event { document: Some(document), ..event }, now)?;
            Ok(true)
        })
        .await;
    if frozen? {
        tracing::error!(%document, good, all, "a document failed its trial and is frozen");
        state.metrics.count_frozen();
    }
    Ok(())
}

/// How many changes of a document, from the first, are good together.
fn good_ones(row: &DocumentRow, changes: &[Vec<u8>]) -> usize {
    let is_good = |count: usize| {
        let first = changes.get(..count).unwrap_or(changes);
        count == 0 || try_whole(row.kind, row.owner, first).is_ok()
    };
    if is_good(changes.len()) {
        return changes.len();
    }
    let tried = usize::try_from(row.tried).unwrap_or(usize::MAX).min(changes.len());
    let (mut good, mut bad) = (if is_good(tried) { tried } else { 0 }, changes.len());
    while bad - good > 1 {
        let middle = good.midpoint(bad);
        if is_good(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}
