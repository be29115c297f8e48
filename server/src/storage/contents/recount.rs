//! Counting anew what follows from other rows: it is wrong after a hand in the database, and nothing
//! is lost with it.

use std::fmt;

use rusqlite::{Connection, Row};

use crate::storage::{error::StorageError, unreadable::named};

/// Counts and what they follow from, each after those that it is counted from.
const COUNTS: &[(&str, &str, &str)] = &[
    (
        "document",
        "changes",
        "folded + (SELECT count(*) FROM entry WHERE entry.document = document.id
                                                AND kind IN ('change', 'envelope'))
         + coalesce((SELECT length(let_go) / 8 FROM archived
                     WHERE archived.document = document.id), 0)",
    ),
    (
        "document",
        "bytes",
        "coalesce((SELECT sum(length(body)) FROM entry WHERE entry.document = document.id), 0)
         + coalesce((SELECT fold.bytes FROM fold WHERE fold.document = document.id), 0)",
    ),
    (
        "person",
        "bytes",
        "coalesce((SELECT sum(length(body)) FROM archive WHERE archive.person = person.id), 0)
         + coalesce((SELECT sum(blob.bytes) FROM blob WHERE blob.person = person.id), 0)
         + coalesce((SELECT sum(bytes) FROM document WHERE document.owner = person.id), 0)",
    ),
];

/// A count that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recounted {
    /// Its table, by which its row is known, and its column.
    row: String,
    was: i64,
    is: i64,
}

impl fmt::Display for Recounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, was, is } = self;
        write!(f, "{row}: {was} before, and {is} now")
    }
}

/// What is counted wrong.
pub fn miscounted(db: &Connection) -> Result<Vec<Recounted>, StorageError> {
    let mut wrong = Vec::new();
    for (table, column, counted) in COUNTS {
        wrong.extend(wrong_in(db, table, column, counted)?);
    }
    Ok(wrong)
}

/// Counts anew what is counted wrong, and says what was.
pub fn recount(db: &Connection) -> Result<Vec<Recounted>, StorageError> {
    let mut wrong = Vec::new();
    for (table, column, counted) in COUNTS {
        wrong.extend(wrong_in(db, table, column, counted)?);
        let sql = format!("UPDATE {table} SET {column} = {counted} WHERE {column} <> {counted}");
        db.execute(&sql, [])?;
    }
    Ok(wrong)
}

fn wrong_in(
    db: &Connection,
    table: &str,
    column: &str,
    counted: &str,
) -> Result<Vec<Recounted>, StorageError> {
    let sql = format!(
        "SELECT id, was, here FROM (SELECT id, {column} AS was, {counted} AS here FROM {table})
         WHERE was <> here"
    );
    let read = |each: &Row<'_>| {
        let row = format!("{table} {}, column {column}", named(each.get_ref("id")?));
        Ok(Recounted { row, was: each.get("was")?, is: each.get("here")? })
    };
    let mut statement = db.prepare(&sql)?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}
