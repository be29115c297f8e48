//! Catalogues of the documents that were written to lately, so that the next change of one is
//! judged without reading the document again.

use std::{
    collections::BTreeSet,
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use enhance_documents::Catalogue;
use enhance_model::{DocumentId, PersonId};
use lru::LruCache;

use crate::storage::documents::DocumentRow;

/// Documents whose catalogues are kept. One of 10,000 changes takes about two megabytes.
const KEPT: NonZeroUsize = NonZeroUsize::new(128).unwrap();

/// Documents of which it is remembered that they were destroyed: more than can be under way.
const GONE: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// The catalogues, those used longest ago going first.
#[derive(Debug)]
pub struct Catalogues {
    kept: Mutex<LruCache<DocumentId, Kept>>,
    /// Of what was destroyed nothing is kept, whoever was judging it just then.
    gone: Mutex<LruCache<DocumentId, ()>>,
}

/// A catalogue that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The document as it is stored; all of its changes are in the catalogue.
    pub(crate) row: DocumentRow,
    pub(crate) catalogue: Catalogue,
    /// Whose changes of it were stored since it is kept.
    pub(crate) writers: BTreeSet<PersonId>,
}

impl Default for Catalogues {
    fn default() -> Self {
        Self { kept: Mutex::new(LruCache::new(KEPT)), gone: Mutex::new(LruCache::new(GONE)) }
    }
}

impl Catalogues {
    /// Takes the catalogue of a document away, if it is of the document as it is stored.
    pub(crate) fn take(&self, row: &DocumentRow) -> Option<Kept> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of =
            |kept: &Kept| kept.row.changes == row.changes && kept.row.identity() == row.identity();
        kept.pop(&row.id).filter(is_of)
    }

    /// Takes the catalogue of a document away with what was known of it, if this person wrote in it
    /// since it is kept. Whether they still may, the writing thread asks.
    pub(crate) fn take_from(&self, document: DocumentId, person: PersonId) -> Option<Kept> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.get(&document)?.writers.contains(&person) { kept.pop(&document) } else { None }
    }

    /// Notes of how many changes of a document a fold was made, if its catalogue is kept.
    pub(crate) fn note_folded(&self, document: DocumentId, folded: u64) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.peek_mut(&document) {
            kept.row.folded = folded;
        }
    }

    /// Keeps the catalogue of a document as it is stored.
    pub(crate) fn keep(&self, fresh: Kept) {
        // Held until it is kept, so that it is forgotten after that or not kept at all.
        let gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        let is_gone = |id: DocumentId| gone.contains(&id);
        if !is_gone(fresh.row.id) && !fresh.row.about.is_some_and(is_gone) {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.put(fresh.row.id, fresh);
        }
    }

    /// Lets go of a document that was destroyed, and of what is about it.
    pub(crate) fn forget(&self, document: DocumentId) {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        gone.put(document, ());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let about = kept.iter().filter(|(_, one)| one.row.about == Some(document));
        let going: Vec<DocumentId> = about.map(|(id, _)| *id).chain([document]).collect();
        for id in going {
            drop(kept.pop(&id));
        }
    }

    /// How many documents something is kept of.
    pub fn count(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
