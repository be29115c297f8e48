//! How much of a project each of its members wrote.

use enhance_model::{DocumentId, PersonId};
use rusqlite::{Connection, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// What somebody wrote of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Bytes of their changes, and how many they are.
    pub bytes: u64,
    pub changes: u64,
}

/// Notes one more change of a person.
pub fn add(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    bytes: u64,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO share (document, person, bytes, changes) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes, changes = changes + 1",
    )?
    .execute(params![document.as_bytes(), person.as_bytes(), signed(bytes)])?;
    Ok(())
}

/// What each of those wrote who may write in a document now.
pub fn of_writers(
    db: &Connection,
    document: DocumentId,
) -> Result<Vec<(PersonId, Share)>, StorageError> {
    let mut statement = db.prepare_cached(
        "SELECT grant_row.person, coalesce(bytes, 0) AS bytes, coalesce(changes, 0) AS changes
         FROM grant_row LEFT JOIN share
              ON share.document = grant_row.document AND share.person = grant_row.person
         WHERE grant_row.document = ?1
           AND (right IN ('edit', 'own')
                OR grant_row.person = (SELECT owner FROM document WHERE id = ?1))",
    )?;
    let shares = statement.query_map([document.as_bytes()], |each| {
        let share =
            Share { bytes: row::count(each, "bytes")?, changes: row::count(each, "changes")? };
        Ok((row::id(each, "person", PersonId::from_bytes)?, share))
    })?;
    Ok(shares.collect::<Result<_, _>>()?)
}
