//! Working off what waits for a fold.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use enhance_documents::{DocumentError, FoldedDocument, Numbered, fold};
use enhance_model::{ChangeHash, DocumentId, EntryHash};
use enhance_protocol::{EntryKind, FoldReceipt, Offer, Pulled, Sent, receipt::is_milestone};

use crate::{
    receipts::{ReceiptKey, Subject},
    state::ServerState,
    storage::{
        StorageError,
        documents::{self, DocumentRow},
        folds::{self, AT_ONCE, NewFold, Unfolded, WholeFold},
        people::Sender,
    },
};

/// How often documents at rest are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How many of them are folded then, before other documents get their turn.
const RESTING_AT_ONCE: usize = 32;
/// Fewer changes than this are not worth a fold, unless documents are folded at fewer.
const WORTH_IT: usize = 16;

/// Folds what waits, and now and then what rests, one after the other, until the server ends.
pub async fn run(state: ServerState) {
    let Some(mut queue) = state.folds.take() else { return };
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        let documents = tokio::select! {
            found = queue.recv() => match found {
                Some(document) => vec![document],
                None => return,
            },
            _ = looks.tick() => resting(&state).await,
        };
        for document in documents {
            state.folds.begun(document);
            if whole(&state, document, worth_it(&state)).await.is_err() {
                return;
            }
        }
    }
}

/// Folds what rests now, and says how many documents that were.
pub async fn rested(state: &ServerState) -> usize {
    let documents = resting(state).await;
    for document in &documents {
        // Nothing waits for it: what does not work out now is looked at again.
        let _ = whole(state, *document, worth_it(state)).await;
    }
    documents.len()
}

/// Folds every plain document, whether it rests or not and however little there is of it. Tests ask
/// for that.
pub async fn everything(state: &ServerState) -> Result<(), StorageError> {
    for document in state.storage.read(folds::all_unfolded).await? {
        whole(state, document, 1).await?;
    }
    Ok(())
}

/// As many new changes as are worth a fold.
fn worth_it(state: &ServerState) -> usize {
    usize::try_from(state.config.fold_every).unwrap_or(usize::MAX).clamp(1, WORTH_IT)
}

async fn resting(state: &ServerState) -> Vec<DocumentId> {
    let rest_ms = i64::from(state.config.fold_after_minutes) * 60_000;
    // What came in this very moment rests if no rest is asked for.
    let since = state.now().plus_millis(1 - rest_ms);
    let found = state.storage.read(move |db| folds::resting(db, since, RESTING_AT_ONCE)).await;
    found.unwrap_or_else(|error| {
        tracing::warn!(%error, "documents at rest could not be looked for");
        Vec::new()
    })
}

/// Folds all of a document, some thousand changes at a time. An error once the server ends.
async fn whole(
    state: &ServerState,
    document: DocumentId,
    worth_it: usize,
) -> Result<(), StorageError> {
    loop {
        match one(state, document, worth_it).await {
            Ok(true) => state.metrics.count_fold(),
            Ok(false) => return Ok(()),
            Err(StorageError::Closed) => return Err(StorageError::Closed),
            Err(error) => {
                tracing::warn!(%document, %error, "a document could not be folded");
                return Ok(());
            }
        }
    }
}

/// What a fold is made of.
struct Material {
    row: DocumentRow,
    before: Option<WholeFold>,
    changes: Vec<Unfolded>,
    /// The entry that made it known.
    creation: Pulled,
}

impl Material {
    fn read(
        db: &rusqlite::Connection,
        document: DocumentId,
        worth_it: usize,
    ) -> Result<Option<Self>, StorageError> {
        let row = documents::find(db, document)?;
        let is_open =
            |row: &DocumentRow| !row.deleted && row.frozen_at == 0 && !row.kind.is_sealed();
        let Some(row) = row.filter(is_open) else { return Ok(None) };
        let before = folds::whole(db, document)?;
        let changes = folds::unfolded(db, document, AT_ONCE)?;
        let Some(creation) = documents::creation(db, document)? else { return Ok(None) };
        Ok((changes.len() >= worth_it).then_some(Self { row, before, changes, creation }))
    }

    /// Makes the piece; an error of the document if it does not have in it what it must have.
    fn fold(self, key: &ReceiptKey) -> Result<Result<NewFold, DocumentError>, StorageError> {
        let Self { row, before, changes, creation } = self;
        let piece = match &before {
            Some(before) => Some((before.snapshot()?, before.row.sent()?)),
            None => None,
        };
        let (snapshot, sent) = piece.unwrap_or_default();
        let numbers: Vec<u64> = sent.iter().map(|sent| sent.sequence).collect();
        let first = Numbered { snapshot: &snapshot, numbers: &numbers };
        let later: Vec<_> =
            changes.iter().map(|change| (change.sent.sequence, &change.body)).collect();
        let made = fold((row.kind, row.creator), before.is_some().then_some(first), &later);
        let sent_before: BTreeMap<_, _> =
            sent.into_iter().map(|sent| (sent.sequence, sent)).collect();
        Ok(made.map(|folded| NewFold {
            document: row.id,
            before: row.folded,
            receipts: receipts(key, &creation, &folded, (&sent_before, &changes)),
            folded,
            sent_before,
            bytes_before: before.map_or(0, |before| before.row.bytes),
            changes,
        }))
    }
}

/// Receipts for what is in a fold and can be shown by nothing else once it is there: its creation,
/// its heads, and the milestones on the way.
fn receipts(
    key: &ReceiptKey,
    creation: &Pulled,
    folded: &FoldedDocument,
    (before, changes): (&BTreeMap<u64, Sent>, &[Unfolded]),
) -> Vec<FoldReceipt> {
    let Pulled { offer: Offer { document, hash, .. }, person, device, received_at, .. } = *creation;
    let receipt = |hash, Sender { person, device }, mac| FoldReceipt { hash, person, device, mac };
    let sent: BTreeMap<u64, Sent> =
        changes.iter().map(|change| (change.sent.sequence, change.sent)).collect();
    let due = |hash: &ChangeHash| {
        folded.heads.heads().contains(hash) || is_milestone(&EntryHash::from(*hash))
    };
    let due = folded.changes.iter().filter(|(_, hash)| due(hash));
    let of_changes = due.filter_map(|(number, hash)| {
        let Sent { person, device, .. } = sent.get(number).or_else(|| before.get(number))?;
        let (hash, sender) = (EntryHash::from(*hash), Sender { device: *device, person: *person });
        let subject = Subject { kind: EntryKind::Change, document, hash, sender };
        Some(receipt(hash, sender, key.receipt(&subject)))
    });
    let sender = Sender { device, person };
    let subject = Subject { kind: EntryKind::Create, document, hash, sender };
    let of_creation = receipt(hash, sender, key.dated(&subject, received_at));
    [of_creation].into_iter().chain(of_changes).collect()
}

/// Folds some of a document, if there is something worth it. Says whether it did.
async fn one(
    state: &ServerState,
    document: DocumentId,
    worth_it: usize,
) -> Result<bool, StorageError> {
    let read = state.storage.read(move |db| Material::read(db, document, worth_it)).await?;
    let Some(material) = read else { return Ok(false) };
    let key = Arc::clone(&state.receipt_key);
    let made = tokio::task::spawn_blocking(move || material.fold(&key))
        .await
        .map_err(|error| StorageError::Broken(error.to_string()))??;
    let new = match made {
        Ok(new) => new,
        Err(error) => {
            tracing::error!(%document, %error, "a document is not folded, and is to be tried");
            state.trials.ask(document);
            return Ok(false);
        }
    };
    let folded = new.folded.changes.len() as u64;
    let stored = state.storage.write(move |write| folds::store(write, &new)).await;
    // What could not be put there, being too large, is asked for again once half as much is new.
    state.catalogues.note_folded(document, folded);
    stored
}
