//! Comparing heads: what a device does once after a restore, when its cursor proves nothing.

use enhance_model::{DocumentId, EntryHash, PersonId};
use enhance_protocol::DocumentHeads;
use rusqlite::Connection;

use super::harm::{Whose, spare};
use crate::storage::{StorageError, documents};

/// The server's heads of those documents where they are not the device's. What the server does not
/// know, or the person may not read, has none.
pub(super) fn differing(
    db: &Connection,
    person: PersonId,
    asked: &[DocumentHeads],
) -> Result<Vec<DocumentHeads>, StorageError> {
    let mut differing = Vec::new();
    for theirs in asked {
        let mut known = theirs.heads.clone();
        known.sort_unstable();
        let found = heads(db, person, theirs.document);
        // Nothing is said of what cannot be read: that it is not here would not be true.
        let spared = spare(db, person, Whose::Document(theirs.document), found)?;
        let Some(heads) = spared else { continue };
        if heads != known || heads.is_empty() {
            differing.push(DocumentHeads { document: theirs.document, heads });
        }
    }
    Ok(differing)
}

fn heads(
    db: &Connection,
    person: PersonId,
    document: DocumentId,
) -> Result<Vec<EntryHash>, StorageError> {
    let document = documents::find(db, document)?;
    document.map_or_else(|| Ok(Vec::new()), |row| documents::heads(db, &row, person))
}
