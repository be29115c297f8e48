//! Working off what waits for a trial.

use enhance_documents::{Piece, try_whole};
use enhance_model::DocumentId;

use crate::{
    state::ServerState,
    storage::{
        StorageError, audit,
        audit::{Action, Event},
        documents::{self, DocumentRow},
        folds::{self, WholeFold},
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
        Ok((row, folds::whole(db, document)?, documents::changes(db, document)?))
    };
    let (row, fold, changes) = state.storage.read(read).await?;
    let Some(row) = row.filter(|row| !row.deleted && row.frozen_at == 0) else { return Ok(()) };
    let (good, all) = tokio::task::spawn_blocking(move || {
        let folded = fold.as_ref().map(Folded::of).transpose()?;
        let before = folded.as_ref().map_or(0, |folded| folded.changes);
        let good = good_ones(&row, folded.as_ref(), &changes);
        Ok::<_, StorageError>((before + good, before + changes.len()))
    })
    .await
    .map_err(|error| StorageError::Broken(error.to_string()))??;
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

/// The changes of a document that are folded: they were found good before.
struct Folded {
    snapshot: Vec<u8>,
    changes: usize,
}

impl Folded {
    fn of(fold: &WholeFold) -> Result<Self, StorageError> {
        let changes = usize::try_from(fold.row.changes).unwrap_or(usize::MAX);
        Ok(Self { snapshot: fold.snapshot()?, changes })
    }

    fn piece(&self) -> Piece<'_> {
        Piece { snapshot: &self.snapshot, changes: self.changes }
    }
}

/// How many changes of a document after those that are folded are good together with them.
fn good_ones(row: &DocumentRow, folded: Option<&Folded>, changes: &[Vec<u8>]) -> usize {
    let is_good = |count: usize| {
        let first = changes.get(..count).unwrap_or(changes);
        count == 0 || try_whole(row.kind, row.creator, folded.map(Folded::piece), first).is_ok()
    };
    if is_good(changes.len()) {
        return changes.len();
    }
    let before = folded.map_or(0, |folded| folded.changes as u64);
    let tried = usize::try_from(row.tried.saturating_sub(before)).unwrap_or(usize::MAX);
    let tried = tried.min(changes.len());
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
