//! What is ready to be written, in one transaction.

use enhance_model::{Timestamp, Version};
use enhance_store::{DocumentRow, Entry, Origin, Write};

use crate::{error::Error, keys::DocumentKey, state::projection::DocumentProjection};

/// Changes of one document, ready to be written.
pub(crate) struct PendingWrite {
    /// Of a document that is new here.
    pub(super) new: Option<NewRow>,
    pub(super) entries: Vec<Entry>,
    pub(super) shown: DocumentProjection,
    pub(super) at: Timestamp,
}

/// A document that is new here, ready to be written.
pub(super) struct NewRow {
    pub(super) row: DocumentRow,
    pub(super) key: Option<DocumentKey>,
    /// The entry that makes the document known.
    pub(super) create: Entry,
}

impl PendingWrite {
    /// Writes all of it; to be called in one transaction with everything that belongs to it.
    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let origin = Origin::Here { at: self.at };
        if let Some(NewRow { row, key, create }) = &self.new {
            write.put_document(row)?;
            if let Some(key) = key {
                write.put_document_key(row.id, key.as_bytes())?;
            }
            write.put_entry(create, origin)?;
        }
        for entry in &self.entries {
            write.put_entry(entry, origin)?;
        }
        self.shown.write(write)
    }

    /// What is known of the document, if it is new here.
    pub(crate) fn new_row(&self) -> Option<&DocumentRow> {
        self.new.as_ref().map(|new| &new.row)
    }

    /// The version the document has once this is written.
    pub(crate) fn version(&self) -> &Version {
        self.shown.version()
    }
}
