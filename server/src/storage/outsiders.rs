//! Who has nothing to do with a document.

use enhance_model::PersonId;
use rusqlite::{Connection, params};

use super::{access::find, documents::DocumentRow, error::StorageError, rounds};

/// Whether a person has never had anything to do with a document: to them it is not there.
pub fn is_outsider(
    db: &Connection,
    document: &DocumentRow,
    person: PersonId,
) -> Result<bool, StorageError> {
    if person == document.owner || person == document.creator {
        return Ok(false);
    }
    let scope = document.scope();
    if find(db, scope, person)?.is_some() || rounds::known(db, scope, person)?.is_some() {
        return Ok(false);
    }
    // Of one that was deleted those who could read it hear.
    let sql = "SELECT EXISTS (SELECT 1 FROM entry JOIN feed USING (sequence)
                              WHERE entry.document = ?1 AND feed.person = ?2)";
    let mut statement = db.prepare_cached(sql)?;
    let key = params![scope.as_bytes(), person.as_bytes()];
    let has_heard: bool = document.deleted && statement.query_row(key, |each| each.get(0))?;
    Ok(!has_heard)
}
