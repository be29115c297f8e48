//! Letting go of entries that an archive holds.

use enhance_model::{DocumentId, EntryHash, PersonId, Timestamp, time::DAY_MS};
use rusqlite::{Connection, OptionalExtension, params};

use crate::storage::{
    StorageError, Write,
    people::{self, Sender},
    row::{self, signed},
};

/// Milliseconds after which an entry is let go although a device has not read the archive.
const LET_GO_AFTER_MS: i64 = 30 * DAY_MS;
/// Bytes that stay of the hash of an entry that was let go.
const HASH_BYTES: usize = 8;

/// Whether an entry of a document was let go.
pub fn was_let_go(
    db: &Connection,
    document: DocumentId,
    hash: EntryHash,
) -> Result<bool, StorageError> {
    let hashes = let_go_of(db, document)?;
    let (hashes, _) = hashes.as_chunks::<HASH_BYTES>();
    Ok(hashes.iter().any(|kept| hash.as_bytes().starts_with(kept)))
}

/// What stays of the hashes of a document's entries that were let go, one after the other.
pub(super) fn let_go_of(db: &Connection, document: DocumentId) -> Result<Vec<u8>, StorageError> {
    let sql = "SELECT let_go FROM archived WHERE document = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let hashes =
        statement.query_row([document.as_bytes()], |each| each.get("let_go")).optional()?;
    Ok(hashes.unwrap_or_default())
}

/// Whether a person has archives of which something could still be let go.
pub fn waiting(db: &Connection) -> Result<Vec<PersonId>, StorageError> {
    let sql = "SELECT DISTINCT person FROM archive WHERE EXISTS (
                   SELECT 1 FROM entry WHERE entry.archive = archive.sequence
                                         AND entry.kind = 'envelope')";
    let mut statement = db.prepare(sql)?;
    let people = statement.query_map([], |each| row::id(each, "person", PersonId::from_bytes))?;
    Ok(row::readable(people)?)
}

/// Notes how far a device has read, and lets go of what all devices of its person have read past.
/// Says whether something still waits.
pub fn let_go(
    write: &mut Write<'_>,
    sender: Sender,
    read: u64,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let db = write.db;
    db.prepare_cached("UPDATE device SET read_to = max(read_to, ?2) WHERE id = ?1")?
        .execute(params![sender.device.as_bytes(), signed(read)])?;
    let person = sender.person.as_bytes();
    let slowest: i64 = db
        .prepare_cached("SELECT min(read_to) FROM device WHERE person = ?1 AND signed_out_at = 0")?
        .query_row([person], |each| each.get(0))?;
    let before = now.as_millis().saturating_sub(LET_GO_AFTER_MS);
    let sql = "SELECT sequence FROM archive
               WHERE person = ?1 AND (sequence <= ?2 OR stored_at <= ?3)
                 AND EXISTS (SELECT 1 FROM entry WHERE entry.archive = archive.sequence
                                                   AND entry.kind = 'envelope')";
    let mut statement = db.prepare_cached(sql)?;
    let ready = statement
        .query_map(params![person, slowest, before], |each| row::count(each, "sequence"))?
        .collect::<Result<Vec<_>, _>>()?;
    for archive in ready {
        let_go_of_held(db, sender.person, archive)?;
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM archive JOIN entry ON entry.archive = archive.sequence
                              WHERE archive.person = ?1 AND entry.kind = 'envelope')";
    Ok(db.prepare_cached(sql)?.query_row([person], |each| each.get(0))?)
}

fn let_go_of_held(db: &Connection, person: PersonId, archive: u64) -> Result<(), StorageError> {
    let sql = "SELECT sequence, hash, document, kind, length(body) AS bytes FROM entry
               WHERE archive = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([signed(archive)])?;
    let (mut newest, mut freed) = (0, 0);
    let mut unfeed = db.prepare_cached("DELETE FROM feed WHERE sequence = ?1")?;
    let mut remove = db.prepare_cached("DELETE FROM entry WHERE sequence = ?1")?;
    let mut note = db.prepare_cached(
        "UPDATE archived SET let_go = CAST(let_go || ?2 AS BLOB) WHERE document = ?1",
    )?;
    let mut shrink = db.prepare_cached("UPDATE document SET bytes = bytes - ?2 WHERE id = ?1")?;
    let mut found = Vec::new();
    while let Some(each) = rows.next()? {
        let hash = row::hash(each, "hash", EntryHash::from_bytes)?;
        let document = row::id(each, "document", DocumentId::from_bytes)?;
        let is_envelope = each.get::<_, String>("kind")? == "envelope";
        let (sequence, bytes): (i64, i64) = (each.get("sequence")?, each.get("bytes")?);
        found.push((sequence, hash, document, is_envelope, bytes));
    }
    for (sequence, hash, document, is_envelope, bytes) in found {
        unfeed.execute([sequence])?;
        newest = newest.max(sequence);
        // What made a document known stays: it says whose it is.
        if is_envelope {
            remove.execute([sequence])?;
            let kept = hash.as_bytes().get(..HASH_BYTES).unwrap_or_default();
            note.execute(params![document.as_bytes(), kept])?;
            shrink.execute(params![document.as_bytes(), bytes])?;
            freed += bytes;
        }
    }
    people::add_bytes(db, person, -freed)?;
    db.prepare_cached("UPDATE archive SET let_go = max(let_go, ?2) WHERE sequence = ?1")?
        .execute(params![signed(archive), newest])?;
    Ok(())
}
