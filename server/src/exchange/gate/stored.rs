//! What a catalogue is made from that is not kept in memory.

use std::collections::BTreeMap;

use enhance_documents::{Catalogue, changes_in};
use enhance_model::{ChangeHash, DocumentId, RefusalCode};
use rusqlite::Connection;

use crate::storage::{
    StorageError,
    documents::{self, DocumentRow},
    folds::{self, WholeFold},
    journals,
};

/// What a catalogue is made from that is not kept in memory.
#[derive(Default)]
pub(super) struct Stored {
    /// The catalogue of what is folded, as bytes.
    folded: Option<Vec<u8>>,
    /// The fold, if the hashes in it are asked for.
    pub(super) folded_whole: Option<WholeFold>,
    journals: Vec<Vec<u8>>,
    /// Changes of which the journals do not tell.
    later: Vec<Vec<u8>>,
}

impl Stored {
    pub(super) fn read(
        db: &Connection,
        document: DocumentId,
        changes: u64,
    ) -> Result<Self, StorageError> {
        let folded = folds::catalogue(db, document)?;
        let before = folded.as_ref().map_or(0, |(changes, _)| *changes);
        let (covered, mut journals) = journals::load(db, document, before)?;
        let later = match changes.checked_sub(covered) {
            None => {
                journals.clear();
                documents::changes(db, document)?
            }
            Some(0) => Vec::new(),
            Some(rest) => documents::newest_changes(db, document, rest)?,
        };
        let folded = folded.map(|(_, bytes)| bytes);
        // Of what is folded a catalogue knows the newest by their whole hashes, and a change that no
        // journal covers may depend on an older one.
        let folded_whole = if later.is_empty() { None } else { folds::whole(db, document)? };
        Ok(Self { folded, folded_whole, journals, later })
    }

    pub(super) fn catalogue(&self, row: &DocumentRow) -> Result<Catalogue, RefusalCode> {
        let kind = (row.kind, row.creator);
        let mut first = match &self.folded {
            Some(bytes) => Catalogue::from_bytes(kind, bytes)?,
            None => Catalogue::empty(kind),
        };
        if let Some(fold) = &self.folded_whole {
            first.learn(&hashes_in(fold).ok_or(RefusalCode::Unloadable)?);
        }
        first.resume(&self.journals, &self.later)
    }
}

/// The hashes of the changes in a fold, in the order in which they were stored.
fn hashes_in(fold: &WholeFold) -> Option<Vec<ChangeHash>> {
    let (sent, changes) = (fold.row.sent().ok()?, changes_in(&fold.snapshot().ok()?).ok()?);
    let numbers = sent.iter().map(|sent| sent.sequence);
    let ordered: BTreeMap<u64, ChangeHash> =
        numbers.zip(changes.iter().map(|change| change.hash)).collect();
    Some(ordered.into_values().collect())
}
