//! What the gate knows of a long document, kept in the database: to make it anew whenever a
//! document was opened takes longer than opening it.

use enhance_documents::Document;
use enhance_model::DocumentId;
use enhance_protocol::codec;
use enhance_store::StoreReader;

use crate::{
    error::Error,
    state::open_document::{FOLD_BYTES, FOLD_LEVEL},
};

/// Changes that are worth it: of fewer it is made anew in a few milliseconds.
const WORTHWHILE: u64 = 512;
/// It is written again once this share of it is new, so that it costs each change little.
const SHARE: u64 = 4;
/// Bytes of the largest that is kept, compressed: some fifty for each of 200,000 changes.
const LARGEST: usize = 10 << 20;

/// What is kept of one document.
pub(super) struct KeptCatalogue {
    /// Of how many changes it is.
    changes: u64,
    /// Compressed; none if it is in memory already.
    body: Option<Vec<u8>>,
}

impl KeptCatalogue {
    /// Reads it, or of how many changes it is if the rest is known.
    pub(super) fn read(
        store: &StoreReader,
        document: DocumentId,
        is_known: bool,
    ) -> Result<Self, Error> {
        let changes = store.catalogued(document)?;
        let body = if changes == 0 || is_known { None } else { store.catalogue(document)? };
        Ok(Self { changes, body })
    }

    /// Tells a document what is kept of it. One of another document, or of changes that were taken
    /// out of this one, is as good as none.
    pub(super) fn tell(&mut self, document: &mut Document) {
        let Some(body) = self.body.take() else { return };
        let bytes = codec::inflate(&body, FOLD_BYTES);
        if !bytes.is_ok_and(|bytes| document.recall(&bytes)) {
            tracing::warn!("a catalogue that was kept is of no use");
            self.changes = 0;
        }
    }

    /// What is to be kept instead, and of how many changes that is; nothing if it is not worth it.
    pub(super) fn again(&self, document: &Document) -> Result<Option<(u64, Vec<u8>)>, Error> {
        let changes = document.catalogued() as u64;
        if changes < self.changes + (self.changes / SHARE).max(WORTHWHILE) {
            return Ok(None);
        }
        let Some(bytes) = document.catalogue_bytes() else { return Ok(None) };
        let body = codec::compress(&bytes, FOLD_LEVEL)
            .map_err(|error| Error::internal("keeping a catalogue").because(error))?;
        Ok((body.len() <= LARGEST).then_some((changes, body)))
    }
}
