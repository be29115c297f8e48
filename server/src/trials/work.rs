//! Working off what waits for a trial.

use enhance_documents::try_whole;
use enhance_model::DocumentId;

use crate::{
    state::ServerState,
    storage::{
        StorageError, audit,
        audit::{Action, Event},
        documents::{self, DocumentRow},
        journals,
    },
};

/// Tries what waits, one after the other, until the server ends.
pub async fn run(state: ServerState) {
    let Some(mut queue) = state.trials.take() else { return };
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
        count == 0 || try_whole(row.kind, row.creator, first).is_ok()
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
