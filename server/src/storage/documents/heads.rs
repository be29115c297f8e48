//! The entries of a document on which no other depends.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, EntryHash, PersonId};
use rusqlite::{Connection, params};

use super::{DocumentRow, NewEntry};
use crate::storage::{
    StorageError, access,
    row::{self, signed},
};

/// The entries of a document on which no other depends, whoever may know of them.
pub fn all_heads(
    db: &Connection,
    document: DocumentId,
) -> Result<BTreeSet<EntryHash>, StorageError> {
    let mut statement = db.prepare_cached("SELECT hash FROM head WHERE document = ?1")?;
    let heads = statement
        .query_map([document.as_bytes()], |each| row::hash(each, "hash", EntryHash::from_bytes))?;
    Ok(heads.collect::<Result<_, _>>()?)
}

/// Whether an entry is one on which no other depends; it may have been let go.
pub(super) fn is_head(
    db: &Connection,
    document: DocumentId,
    hash: EntryHash,
) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM head WHERE document = ?1 AND hash = ?2)";
    let key = params![document.as_bytes(), hash.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, |each| each.get(0))?)
}

pub(super) fn move_heads(
    db: &Connection,
    document: &DocumentRow,
    entry: &NewEntry<'_>,
) -> Result<(), StorageError> {
    let creation = [document.creation];
    let deps = if entry.deps.is_empty() { &creation } else { entry.deps };
    let mut remove = db.prepare_cached("DELETE FROM head WHERE document = ?1 AND hash = ?2")?;
    for dep in deps {
        remove.execute(params![document.id.as_bytes(), dep.as_bytes()])?;
    }
    db.prepare_cached("INSERT INTO head (document, hash) VALUES (?1, ?2)")?
        .execute(params![document.id.as_bytes(), entry.offer.hash.as_bytes()])?;
    Ok(())
}

/// The heads of a document as a person can know them. Who was let in and out before their time is
/// not theirs to know, but whom it was handed over to. Of a destroyed document its owner knows that
/// it is.
pub fn heads(
    db: &Connection,
    document: &DocumentRow,
    person: PersonId,
) -> Result<Vec<EntryHash>, StorageError> {
    let access = access::find(db, document.scope(), person)?;
    let since = match access {
        Some(access) => access.since,
        None if document.owner == person => 0,
        None => return Ok(Vec::new()),
    };
    let sql = "SELECT head.hash FROM head LEFT JOIN entry
                    ON entry.document = head.document AND entry.hash = head.hash
               WHERE head.document = ?1
                 AND (entry.kind IS NULL OR entry.kind NOT IN ('grant', 'revoke')
                      OR entry.sequence >= ?2
                      OR EXISTS (SELECT 1 FROM grant_row
                                 WHERE grant_row.document = ?1
                                   AND entry.sequence IN (grant_row.entry, grant_row.since))
                      OR EXISTS (SELECT 1 FROM claim
                                 WHERE claim.document = ?1
                                   AND claim.entry = entry.sequence))
               ORDER BY head.hash";
    let mut statement = db.prepare_cached(sql)?;
    let heads = statement.query_map(params![document.id.as_bytes(), signed(since)], |each| {
        row::hash(each, "hash", EntryHash::from_bytes)
    })?;
    Ok(heads.collect::<Result<_, _>>()?)
}
