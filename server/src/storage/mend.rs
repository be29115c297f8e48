//! Taking out of a document what makes it unreadable. Nothing is lost: what is taken out is kept
//! beside it, and phones offer again what they have of the rest.

use enhance_documents::Ends;
use enhance_model::{DocumentId, EntryHash, Epoch, Timestamp};
use rusqlite::{Connection, params};

use super::{
    access,
    documents::{self, DocumentRow},
    epochs,
    error::StorageError,
    folds::WholeFold,
    people, row,
    row::signed,
};

/// A change that is stored one by one.
#[derive(Debug, Clone)]
pub struct StoredChange {
    pub sequence: u64,
    pub body: Vec<u8>,
}

/// What is to become of the changes of a document that are not folded.
#[derive(Debug, Clone, Default)]
pub struct Sorting {
    /// Those that are good together with what is folded.
    pub good: Vec<StoredChange>,
    /// Those that are not, or that need one that is not.
    pub aside: Vec<StoredChange>,
}

/// Documents that were frozen, for the operator.
pub fn frozen(db: &Connection) -> Result<Vec<DocumentRow>, StorageError> {
    let mut statement = db.prepare("SELECT id FROM document WHERE frozen_at > 0 ORDER BY id")?;
    let ids = statement.query_map([], |each| row::id(each, "id", DocumentId::from_bytes))?;
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    let rows = ids.into_iter().map(|id| documents::find(db, id));
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The changes of a document that are not folded, in the order they were stored.
pub fn changes(db: &Connection, document: DocumentId) -> Result<Vec<StoredChange>, StorageError> {
    let sql = "SELECT sequence, body FROM entry WHERE document = ?1 AND kind = 'change'
               ORDER BY sequence";
    let mut statement = db.prepare_cached(sql)?;
    let changes = statement.query_map([document.as_bytes()], |each| {
        Ok(StoredChange { sequence: row::count(each, "sequence")?, body: each.get("body")? })
    })?;
    Ok(changes.collect::<Result<_, _>>()?)
}

/// Puts aside what is not good, and lets the document go on from what is. All devices read what is
/// good of it once more, and compare what they have with what is here: a new epoch begins for that
/// before the first change of which anything was in doubt.
pub fn mend(
    db: &Connection,
    (document, fold): (&DocumentRow, Option<&WholeFold>),
    (sorting, ends): (&Sorting, &Ends),
    (epoch, now): (Epoch, Timestamp),
) -> Result<(), StorageError> {
    let id = document.id;
    replace_heads(db, document, fold, ends)?;
    set_actors(db, id, ends)?;
    let bytes = sorting.aside.iter().map(|change| set_aside(db, change, now)).sum::<Result<_, _>>();
    let bytes: i64 = bytes?;
    let kept = document.folded + sorting.good.len() as u64;
    db.execute(
        "UPDATE document SET frozen_at = 0, tried = ?2, changes = ?2, bytes = bytes - ?3
         WHERE id = ?1",
        params![id.as_bytes(), signed(kept), bytes],
    )?;
    people::add_bytes(db, document.owner, -bytes)?;
    // Made anew from the changes when it is next written to.
    db.execute("DELETE FROM journal WHERE document = ?1", [id.as_bytes()])?;
    let doubtful =
        |change: &&StoredChange| document.frozen_at > 0 && change.sequence >= document.frozen_at;
    for change in sorting.good.iter().filter(doubtful) {
        for reader in access::readers(db, document.scope())? {
            let sql = "INSERT OR IGNORE INTO feed (person, sequence) VALUES (?1, ?2)";
            db.execute(sql, params![reader.as_bytes(), signed(change.sequence)])?;
        }
    }
    let first = sorting.aside.first().map_or(document.frozen_at, |change| change.sequence);
    let first = if document.frozen_at > 0 { first.min(document.frozen_at) } else { first };
    epochs::begin_anew_after(db, epoch, first.saturating_sub(1), now)
}

/// Heads among the changes are those of what is good; what else is one stays one.
fn replace_heads(
    db: &Connection,
    document: &DocumentRow,
    fold: Option<&WholeFold>,
    ends: &Ends,
) -> Result<(), StorageError> {
    let id = document.id.as_bytes();
    db.execute(
        "DELETE FROM head WHERE document = ?1 AND hash IN (
             SELECT hash FROM entry WHERE document = ?1 AND kind = 'change')",
        [id],
    )?;
    let remove = "DELETE FROM head WHERE document = ?1 AND hash = ?2";
    for head in fold.iter().flat_map(|fold| &fold.row.heads) {
        db.execute(remove, params![id, head.as_bytes()])?;
    }
    let mut heads: Vec<EntryHash> = ends.heads.iter().copied().map(EntryHash::from).collect();
    if heads.is_empty() {
        heads.push(document.creation);
    }
    for head in heads {
        let sql = "INSERT OR IGNORE INTO head (document, hash) VALUES (?1, ?2)";
        db.execute(sql, params![id, head.as_bytes()])?;
    }
    Ok(())
}

/// Each actor goes on after the last of its changes that is good.
fn set_actors(db: &Connection, document: DocumentId, ends: &Ends) -> Result<(), StorageError> {
    for actor in documents::actors(db, document)? {
        let known = ends.actors.iter().find(|(bytes, _)| *bytes == actor.actor);
        let key =
            params![document.as_bytes(), actor.actor, signed(known.map_or(0, |(_, last)| *last))];
        db.execute("UPDATE actor SET last = ?3 WHERE document = ?1 AND actor = ?2", key)?;
    }
    let sql = "DELETE FROM actor WHERE document = ?1 AND last = 0";
    db.execute(sql, [document.as_bytes()])?;
    Ok(())
}

/// Puts a change aside, and says how many bytes it has.
fn set_aside(db: &Connection, change: &StoredChange, now: Timestamp) -> Result<i64, StorageError> {
    let sequence = signed(change.sequence);
    db.execute(
        "INSERT INTO set_aside
         SELECT sequence, document, hash, body, person, device, received_at, ?2
         FROM entry WHERE sequence = ?1",
        params![sequence, now.as_millis()],
    )?;
    for table in ["feed", "entry"] {
        db.execute(&format!("DELETE FROM {table} WHERE sequence = ?1"), [sequence])?;
    }
    Ok(signed(change.body.len() as u64))
}
