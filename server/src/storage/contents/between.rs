//! What one table says of another: that nothing has a number which was not given, that there is an
//! epoch, and that everybody is told of what they may read.

use rusqlite::{Connection, OptionalExtension};

use super::{faults::Faults, tables};
use crate::storage::{error::StorageError, row};

/// Every column with a number of the one sequence.
const NUMBERED: &[(&str, &str)] = &[
    ("epoch", "starts_at"),
    ("person", "changed"),
    ("directory", "sequence"),
    ("entry", "sequence"),
    ("set_aside", "sequence"),
    ("fold", "sequence"),
    ("fold", "last"),
    ("archive", "sequence"),
    ("grant_row", "since"),
    ("grant_row", "entry"),
    ("feed", "sequence"),
    ("fold_feed", "last"),
];

/// Changes and sealed changes of which somebody is not told who has had access since before them.
const UNFED: &str = "SELECT entry.sequence FROM entry
    JOIN document ON document.id = entry.document
    JOIN grant_row ON grant_row.document = coalesce(document.about, document.id)
    LEFT JOIN feed ON feed.person = grant_row.person AND feed.sequence = entry.sequence
    WHERE feed.person IS NULL AND entry.kind IN ('change', 'envelope')
      AND entry.sequence >= grant_row.since
      AND (document.frozen_at = 0 OR entry.sequence < document.frozen_at)
    LIMIT 100";

/// The same of what is folded.
const UNFED_FOLDS: &str = "SELECT fold.sequence FROM fold
    JOIN document ON document.id = fold.document
    JOIN grant_row ON grant_row.document = coalesce(document.about, document.id)
    LEFT JOIN fold_feed
        ON fold_feed.person = grant_row.person AND fold_feed.document = fold.document
    WHERE fold_feed.person IS NULL AND fold.last >= grant_row.since
    LIMIT 100";

/// Compares the numbers with the last one, and what was stored with what people are told of.
pub(super) fn between(db: &Connection) -> Result<Faults, StorageError> {
    let mut faults = tables::singles(db)?;
    let last = db.query_row("SELECT last FROM sequence", [], |row| row::count(row, "last"));
    if let Some(last) = last.optional()? {
        numbers(db, last, &mut faults)?;
    }
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM epoch) AND EXISTS (SELECT 1 FROM person)";
    if db.query_row(sql, [], |row| row.get(0))? {
        faults.add("epoch: there is none, and there are people");
    }
    for (sql, table, feed) in [(UNFED, "entry", "feed"), (UNFED_FOLDS, "fold", "fold_feed")] {
        let mut statement = db.prepare(sql)?;
        let unfed = statement.query_map([], |row| row::count(row, "sequence"))?;
        for sequence in unfed.collect::<Result<Vec<_>, _>>()? {
            faults.add(format!(
                "{feed}: a row is missing, by which somebody is told of {table} {sequence}"
            ));
        }
    }
    Ok(faults)
}

/// No number is greater than the last that was given: it would be given again.
fn numbers(db: &Connection, last: u64, faults: &mut Faults) -> Result<(), StorageError> {
    for (table, column) in NUMBERED {
        let sql = format!("SELECT coalesce(max({column}), 0) AS greatest FROM {table}");
        let greatest = db.query_row(&sql, [], |row| row::count(row, "greatest"))?;
        if greatest > last {
            faults.add(format!(
                "sequence, column last: {last}, and {table} has {greatest} in {column}"
            ));
        }
    }
    Ok(())
}
