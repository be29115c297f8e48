//! A page of what is new for a person, and how much room there is in it.

use std::collections::BTreeSet;

use enhance_model::DocumentId;
use enhance_protocol::{Cursor, Item, Pulled, PulledArchive};
use rusqlite::Connection;

use crate::storage::{StorageError, documents, folds};

/// Bytes an item takes beside its body.
const ITEM_BYTES: usize = 128;

/// Some of what is new for a person.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    /// Archives, to be taken in before the items.
    pub(super) archives: Vec<PulledArchive>,
    /// How far the page goes.
    pub(super) cursor: Cursor,
    pub(super) more: bool,
    /// Documents that begin anew in this page.
    pub(super) let_in: BTreeSet<DocumentId>,
    /// Documents of which the fold is in this page.
    pub(super) folded: BTreeSet<DocumentId>,
    /// The number of the newest archive or fold that the device got before anything else; 0 if it
    /// needs none.
    pub(super) archived: u64,
    used: usize,
    budget: usize,
}

/// An item for which the page has no room any more.
pub(super) struct Overflow;

/// Whether there was room.
pub(super) type Fits = Result<(), Overflow>;

impl Page {
    pub(super) const fn new(from: Cursor, budget: usize) -> Self {
        Self {
            items: Vec::new(),
            archives: Vec::new(),
            cursor: Cursor { sequence: from.sequence, within: 0 },
            more: false,
            let_in: BTreeSet::new(),
            folded: BTreeSet::new(),
            archived: 0,
            used: 0,
            budget,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.items.is_empty() && self.archives.is_empty()
    }

    /// The cursor of a device that has read up to a number, and the archives it needed.
    pub(super) const fn read_up_to(&self, sequence: u64) -> Cursor {
        let within = if self.archived > sequence { self.archived } else { 0 };
        Cursor { sequence, within }
    }

    pub(super) fn put(&mut self, item: Item, body: usize) -> Result<(), Overflow> {
        let bytes = body + ITEM_BYTES;
        let is_first = self.is_empty();
        if !is_first && self.used + bytes > self.budget {
            return Err(Overflow);
        }
        self.used += bytes;
        self.items.push(item);
        Ok(())
    }

    /// Whether this entry is of a document that begins anew in this page, or of comments on one.
    pub(super) fn begins_anew(&self, db: &Connection, number: u64) -> Result<bool, StorageError> {
        if self.let_in.is_empty() {
            return Ok(false);
        }
        let Some(entry) = documents::pulled(db, number)? else { return Ok(false) };
        let document = documents::find(db, entry.offer.document)?;
        Ok(document.is_some_and(|document| self.let_in.contains(&document.scope())))
    }

    pub(super) fn put_archive(
        &mut self,
        archive: PulledArchive,
        bytes: usize,
    ) -> Result<(), Overflow> {
        let is_first = self.is_empty();
        if !is_first && self.used + bytes > self.budget {
            return Err(Overflow);
        }
        self.used += bytes;
        self.archives.push(archive);
        Ok(())
    }

    pub(super) fn put_fold(
        &mut self,
        db: &Connection,
        document: DocumentId,
    ) -> Result<Fits, StorageError> {
        let Some(fold) = folds::whole(db, document)? else { return Ok(Ok(())) };
        let Some(pulled) = fold.pulled(db)? else { return Ok(Ok(())) };
        let bytes = pulled.body.len() + pulled.sent.len();
        let put = self.put(Item::Fold(Box::new(pulled)), bytes);
        if put.is_ok() {
            self.folded.insert(document);
        }
        Ok(put)
    }

    pub(super) fn put_entry(&mut self, pulled: Pulled) -> Result<(), Overflow> {
        let body = pulled.offer.body.len();
        self.put(Item::Entry(pulled), body)
    }

    /// An entry, if there is one.
    pub(super) fn put_found(&mut self, pulled: Option<Pulled>) -> Fits {
        pulled.map_or(Ok(()), |pulled| self.put_entry(pulled))
    }
}
