//! Catalogues of the documents that were written to lately, so that the next change of one is
//! judged without reading the document again.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use enhance_documents::Catalogue;
use enhance_model::DocumentId;
use lru::LruCache;

/// Documents whose catalogues are kept. One of 10,000 changes takes about two megabytes.
const KEPT: NonZeroUsize = NonZeroUsize::new(128).unwrap();

/// The catalogues, those used longest ago going first.
#[derive(Debug)]
pub struct Catalogues(Mutex<LruCache<DocumentId, Kept>>);

#[derive(Debug)]
struct Kept {
    /// How many changes of the document are stored, all of which are in the catalogue.
    changes: u64,
    catalogue: Catalogue,
}

impl Default for Catalogues {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Catalogues {
    /// Takes the catalogue of a document away, if it is of the document as it is stored.
    pub(crate) fn take(&self, document: DocumentId, changes: u64) -> Option<Catalogue> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.pop(&document).filter(|kept| kept.changes == changes);
        kept.map(|kept| kept.catalogue)
    }

    /// Keeps the catalogue of a document of which so many changes are stored.
    pub(crate) fn keep(&self, document: DocumentId, changes: u64, catalogue: Catalogue) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(document, Kept { changes, catalogue });
    }
}
