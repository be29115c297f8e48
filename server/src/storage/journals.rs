//! Journals of catalogues: what each change added to what is known of its document. A row for each
//! request that stored changes; small ones are joined now and then.

use enhance_documents::Journal;
use enhance_model::DocumentId;
use rusqlite::{Connection, params};

use super::{error::StorageError, row, row::signed};

/// Rows with fewer changes than this are joined, ...
const SMALL: u64 = 512;
/// ... once there are so many of them at the end.
const SMALL_ONES: usize = 64;

/// The journal of a document after its first so many changes, and up to how many it tells.
pub fn load(
    db: &Connection,
    document: DocumentId,
    after: u64,
) -> Result<(u64, Vec<Vec<u8>>), StorageError> {
    let sql = "SELECT first, changes, steps FROM journal WHERE document = ?1 ORDER BY first";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([document.as_bytes()])?;
    let (mut covered, mut all) = (after, Vec::new());
    while let Some(each) = rows.next()? {
        if row::count(each, "first")? != covered {
            break;
        }
        covered += row::count(each, "changes")?;
        all.push(each.get("steps")?);
    }
    Ok((covered, all))
}

/// Goes on with the journal of a document, if this is what comes next.
pub fn append(
    db: &Connection,
    document: DocumentId,
    journal: &Journal,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO journal (document, first, changes, steps)
         SELECT ?1, ?2, ?3, ?4
         WHERE ?2 = coalesce((SELECT first + changes FROM journal
                              WHERE document = ?1 ORDER BY first DESC LIMIT 1),
                             (SELECT folded FROM document WHERE id = ?1), 0)",
    )?
    .execute(params![
        document.as_bytes(),
        signed(journal.first as u64),
        signed(journal.changes as u64),
        journal.bytes,
    ])?;
    Ok(())
}

/// Makes one row of the small ones at the end, if there are many.
pub fn join(db: &Connection, document: DocumentId) -> Result<(), StorageError> {
    let sql = "SELECT first, changes, steps FROM journal WHERE document = ?1 ORDER BY first DESC";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([document.as_bytes()])?;
    let mut small: Vec<(u64, u64, Vec<u8>)> = Vec::new();
    while let Some(each) = rows.next()? {
        let changes = row::count(each, "changes")?;
        if changes >= SMALL {
            break;
        }
        small.push((row::count(each, "first")?, changes, each.get("steps")?));
    }
    drop(rows);
    if small.len() < SMALL_ONES {
        return Ok(());
    }
    small.reverse();
    let first = small.first().map_or(0, |(first, ..)| *first);
    let changes = small.iter().map(|(_, changes, _)| changes).sum();
    let steps: Vec<u8> = small.into_iter().flat_map(|(.., steps)| steps).collect();
    db.prepare_cached("DELETE FROM journal WHERE document = ?1 AND first >= ?2")?
        .execute(params![document.as_bytes(), signed(first)])?;
    db.prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        document.as_bytes(),
        signed(first),
        signed(changes),
        steps
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::schema;

    const PLAN: DocumentId = DocumentId::from_bytes([1; 16]);

    fn journal(first: usize, changes: usize, byte: u8) -> Journal {
        Journal { first, changes, bytes: vec![byte; changes] }
    }

    #[test]
    fn a_journal_goes_on_where_it_ends_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let db = schema::open(&folder.path().join("server.db")).unwrap();
        assert_eq!(load(&db, PLAN, 0).unwrap(), (0, Vec::new()));
        append(&db, PLAN, &journal(0, 600, 1)).unwrap();
        append(&db, PLAN, &journal(700, 1, 9)).unwrap();
        append(&db, PLAN, &journal(0, 1, 9)).unwrap();
        for number in 0..100 {
            append(&db, PLAN, &journal(600 + number, 1, 2)).unwrap();
        }
        let (covered, rows) = load(&db, PLAN, 0).unwrap();
        assert_eq!((covered, rows.len()), (700, 101));
        let before = rows.concat();
        join(&db, PLAN).unwrap();
        let (covered, rows) = load(&db, PLAN, 0).unwrap();
        assert_eq!((covered, rows.len(), rows.concat()), (700, 2, before));
    }
}
