//! How much of a plan each person wrote, counted as it is stored. What is folded later counts on.

use enhance_model::{DocumentId, PersonId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// What was written in a plan, by one person or by everybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    pub changes: u64,
    pub bytes: u64,
    pub operations: u64,
}

/// What a person wrote in a document since half of it was used up, of each bound by itself.
pub fn late(db: &Connection, document: DocumentId, person: PersonId) -> Result<Part, StorageError> {
    let sql = "SELECT late_changes AS changes, late_bytes AS bytes, late_operations AS operations
               FROM part WHERE document = ?1 AND person = ?2";
    let key = params![document.as_bytes(), person.as_bytes()];
    let part = db.prepare_cached(sql)?.query_row(key, read).optional()?;
    Ok(part.unwrap_or_default())
}

/// What everybody wrote in a document.
pub fn of_all(db: &Connection, document: DocumentId) -> Result<Part, StorageError> {
    let sql = "SELECT coalesce(sum(changes), 0) AS changes, coalesce(sum(bytes), 0) AS bytes,
                      coalesce(sum(operations), 0) AS operations
               FROM part WHERE document = ?1";
    Ok(db.prepare_cached(sql)?.query_row([document.as_bytes()], read)?)
}

/// Counts one more change of a person, and what of it came late.
pub fn add(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    (change, late): (Part, Part),
) -> Result<(), StorageError> {
    let sql = "INSERT INTO part (document, person, changes, bytes, operations,
                                 late_changes, late_bytes, late_operations)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
               ON CONFLICT DO UPDATE SET changes = changes + excluded.changes,
                   bytes = bytes + excluded.bytes, operations = operations + excluded.operations,
                   late_changes = late_changes + excluded.late_changes,
                   late_bytes = late_bytes + excluded.late_bytes,
                   late_operations = late_operations + excluded.late_operations";
    db.prepare_cached(sql)?.execute(params![
        document.as_bytes(),
        person.as_bytes(),
        signed(change.changes),
        signed(change.bytes),
        signed(change.operations),
        signed(late.changes),
        signed(late.bytes),
        signed(late.operations)
    ])?;
    Ok(())
}

fn read(each: &Row<'_>) -> rusqlite::Result<Part> {
    Ok(Part {
        changes: row::count(each, "changes")?,
        bytes: row::count(each, "bytes")?,
        operations: row::count(each, "operations")?,
    })
}
