//! Comparing heads: what a device does once after a restore, when its cursor proves nothing.

use enhance_model::PersonId;
use enhance_protocol::DocumentHeads;
use rusqlite::Connection;

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
        let document = documents::find(db, theirs.document)?;
        let heads = match document {
            Some(document) => documents::heads(db, &document, person)?,
            None => Vec::new(),
        };
        if heads != known || heads.is_empty() {
            differing.push(DocumentHeads { document: theirs.document, heads });
        }
    }
    Ok(differing)
}
