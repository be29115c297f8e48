//! Plain documents: their heads, their actors and their journals, told again from their changes.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use enhance_documents::{Catalogue, Change, changes_in, gate};
use enhance_model::{ChangeHash, EntryHash};
use rusqlite::Connection;

use super::faults::Faults;
use crate::storage::{
    documents::{self, DocumentRow},
    error::StorageError,
    folds::{self, WholeFold},
    journals,
};

/// What the changes of a document say of themselves.
#[derive(Default)]
struct Written {
    /// Each actor with the place of its last change.
    actors: BTreeMap<Vec<u8>, u64>,
    /// All changes, and those that no other follows.
    all: BTreeSet<EntryHash>,
    ends: BTreeSet<EntryHash>,
}

impl Written {
    /// Hears a change; the changes before it were heard.
    fn hear(&mut self, bytes: &[u8]) {
        // What is no change is told with its row.
        let Ok(header) = gate::scan(bytes, gate::MAX_CHANGE_BYTES) else { return };
        let last = self.actors.entry(header.actor.to_vec()).or_default();
        *last = header.seq.max(*last);
        for dep in header.deps {
            self.ends.remove(&EntryHash::from(dep));
        }
        let hash = EntryHash::from(header.hash);
        self.all.insert(hash);
        self.ends.insert(hash);
    }
}

/// Compares what is known of a document with its changes.
pub(super) fn check(
    db: &Connection,
    document: &DocumentRow,
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let id = document.id;
    let fold = folds::whole(db, id)?;
    // A fold that cannot be opened is told as that.
    let Ok(folded) = fold.as_ref().map(changes_of).transpose() else { return Ok(()) };
    let folded = folded.unwrap_or_default();
    let later = documents::changes(db, id)?;
    let mut told = Written::default();
    for change in &folded {
        told.hear(&change.bytes);
    }
    for change in &later {
        told.hear(change);
    }
    let heads = documents::all_heads(db, id)?;
    let heads: BTreeSet<EntryHash> = heads.intersection(&told.all).copied().collect();
    for hash in heads.symmetric_difference(&told.ends) {
        let why = if heads.contains(hash) { "another follows it" } else { "it is not here" };
        faults.add(format!("head, row {id} {hash}, column hash: {why}"));
    }
    actors(db, document, &told, faults)?;
    journal(db, document, (fold.as_ref(), &folded, &later), faults)
}

fn changes_of(fold: &WholeFold) -> Result<Vec<Change>, StorageError> {
    let broken = |error: enhance_documents::DocumentError| StorageError::Broken(error.to_string());
    changes_in(&fold.snapshot()?).map_err(broken)
}

fn actors(
    db: &Connection,
    document: &DocumentRow,
    told: &Written,
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let known = documents::actors(db, document.id)?;
    let known: BTreeMap<Vec<u8>, u64> =
        known.into_iter().map(|row| (row.actor, row.last)).collect();
    for actor in known.keys().chain(told.actors.keys()).collect::<BTreeSet<_>>() {
        if known.get(actor) != told.actors.get(actor) {
            let name = HEXLOWER.encode(actor);
            let what = "not the place of its last change";
            faults.add(format!("actor, row {} {name}, column last: {what}", document.id));
        }
    }
    Ok(())
}

/// What the journals tell is what the gate says of the changes once more.
fn journal(
    db: &Connection,
    document: &DocumentRow,
    (fold, folded, later): (Option<&WholeFold>, &[Change], &[Vec<u8>]),
    faults: &mut Faults,
) -> Result<(), StorageError> {
    let id = document.id;
    let (covered, rows) = journals::load(db, id, document.folded)?;
    let count = usize::try_from(covered.saturating_sub(document.folded)).unwrap_or(usize::MAX);
    let Some(covered) = later.get(..count).filter(|_| !rows.is_empty()) else { return Ok(()) };
    let kind = (document.kind, document.creator);
    let first = match folds::catalogue(db, id)? {
        Some((_, bytes)) => Catalogue::from_bytes(kind, &bytes),
        None => Ok(Catalogue::empty(kind)),
    };
    // A catalogue that cannot be read is told with its fold.
    let Ok(mut first) = first else { return Ok(()) };
    if let Some(sent) = fold.and_then(|fold| fold.row.sent().ok()) {
        let numbers = sent.iter().map(|sent| sent.sequence);
        let ordered: BTreeMap<u64, ChangeHash> =
            numbers.zip(folded.iter().map(|change| change.hash)).collect();
        first.learn(&ordered.into_values().collect::<Vec<_>>());
    }
    let no_journal: [&[u8]; 0] = [];
    let again = first.resume(&no_journal, covered).ok().and_then(|mut it| it.take_journal());
    if again.is_none_or(|again| again.bytes != rows.concat()) {
        let what = "not what its changes add to the catalogue";
        faults.add(format!("journal, row {id}, column steps: {what}"));
    }
    Ok(())
}
