//! What is folded, on its way to a device: whole, or change by change under the numbers that the
//! changes have.
//!
//! A document is opened only where a device lacks single changes of it, once for a page.

use std::collections::{BTreeMap, btree_map::Entry};

use enhance_documents::{Change, changes_in};
use enhance_model::{DocumentId, PersonId};
use enhance_protocol::{Pulled, Sent};
use rusqlite::Connection;

use super::harm::{Whose, spare};
use crate::storage::{
    StorageError, access,
    documents::{self, DocumentRow},
    folds::{self, FoldRow},
};

/// Changes in folds that come one by one.
#[derive(Debug, Default)]
pub(super) struct FoldedChanges {
    /// Which document has which number, and the place of the change in its piece.
    numbers: BTreeMap<u64, (DocumentId, usize)>,
    opened: BTreeMap<DocumentId, Opened>,
}

/// A fold of which changes are passed on.
#[derive(Debug)]
struct Opened {
    sent: Vec<Sent>,
    changes: Vec<Change>,
}

impl Opened {
    fn of(db: &Connection, document: DocumentId) -> Result<Self, StorageError> {
        let lost = || StorageError::Broken(format!("the fold of {document} is not there"));
        let fold = folds::whole(db, document)?.ok_or_else(lost)?;
        let changes = changes_in(&fold.snapshot()?)
            .map_err(|error| StorageError::Broken(format!("the fold of {document}: {error}")))?;
        Ok(Self { sent: fold.row.sent()?, changes })
    }
}

/// Whether a document is a person's own, made by them, or comments on such a one. Into what was
/// handed over to them they were let in.
fn owns(db: &Connection, person: PersonId, row: &DocumentRow) -> Result<bool, StorageError> {
    let own = |scope: &DocumentRow| scope.creator == person && scope.owner == person;
    Ok(match row.about {
        None => own(row),
        Some(about) => documents::find(db, about)?.as_ref().is_some_and(own),
    })
}

impl FoldedChanges {
    /// Those that a person who has read up to a number may read and has not; of what they own
    /// not those whose folds have a number up to `had`, which the device was given whole.
    pub(super) fn unread(
        db: &Connection,
        person: PersonId,
        read: u64,
        had: u64,
    ) -> Result<Self, StorageError> {
        let mut unread = Self::default();
        for document in folds::unread(db, person, read)? {
            let added = unread.add_unread(db, (person, document), (read, had));
            spare(db, person, Whose::Document(document), added)?;
        }
        Ok(unread)
    }

    fn add_unread(
        &mut self,
        db: &Connection,
        (person, document): (PersonId, DocumentId),
        (read, had): (u64, u64),
    ) -> Result<(), StorageError> {
        let Some(fold) = folds::find(db, document)? else { return Ok(()) };
        let Some(row) = documents::find(db, document)? else { return Ok(()) };
        if fold.sequence <= had && owns(db, person, &row)? {
            return Ok(());
        }
        let access = access::find(db, row.scope(), person)?;
        let since = access.map_or(0, |access| access.since);
        self.add(&fold, read.max(since), u64::MAX)
    }

    /// Adds the changes of a fold with numbers after one and before another.
    pub(super) fn add(
        &mut self,
        fold: &FoldRow,
        after: u64,
        before: u64,
    ) -> Result<(), StorageError> {
        for (sent, place) in fold.sent()?.iter().zip(0..) {
            if sent.sequence > after && sent.sequence < before {
                self.numbers.insert(sent.sequence, (fold.document, place));
            }
        }
        Ok(())
    }

    /// The first of them.
    pub(super) fn next(&self) -> Option<u64> {
        self.numbers.first_key_value().map(|(number, _)| *number)
    }

    /// Takes the first of them out: the document it is of, and its number.
    pub(super) fn take(&mut self) -> Option<(DocumentId, u64, usize)> {
        self.numbers.pop_first().map(|(number, (document, place))| (document, number, place))
    }

    /// A change as it was stored.
    pub(super) fn pulled(
        &mut self,
        db: &Connection,
        document: DocumentId,
        place: usize,
    ) -> Result<Option<Pulled>, StorageError> {
        let opened = match self.opened.entry(document) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Opened::of(db, document)?),
        };
        let found = opened.sent.get(place).zip(opened.changes.get(place));
        Ok(found.map(|(sent, change)| folds::pulled(document, sent, change)))
    }
}
