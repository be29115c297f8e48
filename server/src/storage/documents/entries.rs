//! The entries of documents. Bodies are bytes here that no code looks into.

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, Timestamp};
use enhance_protocol::{EntryKind, Offer, Pulled};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    DocumentRow, NewEntry,
    heads::{is_head, move_heads},
};
use crate::storage::{
    StorageError, Write, access,
    people::{self, Sender},
    row::{self, signed},
    unreadable::Named,
};

/// The number of an entry of a document.
pub fn sequence_of(
    db: &Connection,
    document: DocumentId,
    hash: EntryHash,
) -> Result<Option<u64>, StorageError> {
    let sql = "SELECT sequence FROM entry WHERE hash = ?1 AND document = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row(params![hash.as_bytes(), document.as_bytes()], |each| {
        row::count(each, "sequence")
    });
    Ok(found.optional()?)
}

/// Those of these entries that the document does not have, or has in its fold.
pub fn missing(
    db: &Connection,
    document: DocumentId,
    hashes: &[EntryHash],
) -> Result<Vec<EntryHash>, StorageError> {
    let mut missing = Vec::new();
    for hash in hashes {
        if sequence_of(db, document, *hash)?.is_none() && !is_head(db, document, *hash)? {
            missing.push(*hash);
        }
    }
    Ok(missing)
}

/// Who offered an entry of a document that is stored, and when that was.
pub fn sent(
    db: &Connection,
    document: DocumentId,
    hash: EntryHash,
) -> Result<Option<(Sender, Timestamp)>, StorageError> {
    let sql = "SELECT person, device, received_at FROM entry WHERE hash = ?1 AND document = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row(params![hash.as_bytes(), document.as_bytes()], |each| {
        let device = row::id(each, "device", DeviceId::from_bytes)?;
        let sender = Sender { device, person: row::id(each, "person", PersonId::from_bytes)? };
        Ok((sender, Timestamp::from_unix_millis(each.get("received_at")?)))
    });
    Ok(found.optional()?)
}

/// The bodies of a document's changes that are not folded, in the order they were stored.
pub fn changes(db: &Connection, document: DocumentId) -> Result<Vec<Vec<u8>>, StorageError> {
    let sql = "SELECT body FROM entry WHERE document = ?1 AND kind = 'change' ORDER BY sequence";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement
        .query_map([document.as_bytes()], |each| each.get("body"))?
        .collect::<Result<_, _>>()?)
}

/// The bodies of the newest changes of a document, so many of them, in the order they were stored.
pub fn newest_changes(
    db: &Connection,
    document: DocumentId,
    count: u64,
) -> Result<Vec<Vec<u8>>, StorageError> {
    let sql = "SELECT body FROM entry WHERE document = ?1 AND kind = 'change'
               ORDER BY sequence DESC LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut bodies = statement
        .query_map(params![document.as_bytes(), signed(count)], |each| each.get("body"))?
        .collect::<Result<Vec<_>, _>>()?;
    bodies.reverse();
    Ok(bodies)
}

/// Stores an entry under a number, and lets all who have access to its document read it.
pub fn store(
    write: &mut Write<'_>,
    document: &DocumentRow,
    entry: &NewEntry<'_>,
    sequence: u64,
) -> Result<(), StorageError> {
    if entry.offer.kind != EntryKind::Seen {
        move_heads(write.db, document, entry)?;
    }
    store_below_heads(write, document, entry, sequence)
}

/// Stores an entry that others which are here already follow: heads stay where they are.
pub fn store_below_heads(
    write: &mut Write<'_>,
    document: &DocumentRow,
    entry: &NewEntry<'_>,
    sequence: u64,
) -> Result<(), StorageError> {
    store_unread(write, document, entry, sequence)?;
    for reader in access::readers(write.db, document.scope())? {
        write.feed(reader, sequence)?;
    }
    Ok(())
}

/// Stores an entry that says nothing to anybody any more, so that offering it again is harmless.
pub fn store_unread(
    write: &Write<'_>,
    document: &DocumentRow,
    entry: &NewEntry<'_>,
    sequence: u64,
) -> Result<(), StorageError> {
    let offer = entry.offer;
    write
        .db
        .prepare_cached(
            "INSERT INTO entry
                 (sequence, hash, document, kind, body, subject, person, device, received_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            signed(sequence),
            offer.hash.as_bytes(),
            offer.document.as_bytes(),
            offer.kind.as_str(),
            offer.body,
            entry.subject.map(|person| *person.as_bytes()),
            entry.sender.person.as_bytes(),
            entry.sender.device.as_bytes(),
            entry.at.as_millis(),
        ])?;
    let bytes = offer.body.len() as u64;
    count(write.db, document, (signed(bytes), offer.kind.is_content()))
}

fn count(
    db: &Connection,
    document: &DocumentRow,
    (bytes, is_content): (i64, bool),
) -> Result<(), StorageError> {
    let changes = i64::from(is_content);
    db.prepare_cached(
        "UPDATE document SET bytes = bytes + ?2, changes = changes + ?3 WHERE id = ?1",
    )?
    .execute(params![document.id.as_bytes(), bytes, changes])?;
    people::add_bytes(db, document.owner, bytes)
}

/// The entry with a number, as it is passed on.
pub fn pulled(db: &Connection, sequence: u64) -> Result<Option<Pulled>, StorageError> {
    let sql = "SELECT sequence, hash, document, kind, body, person, device, received_at
               FROM entry WHERE sequence = ?1";
    Ok(db.prepare_cached(sql)?.query_row([signed(sequence)], read_pulled).optional()?)
}

/// The entry that made a document known.
pub fn creation(db: &Connection, document: DocumentId) -> Result<Option<Pulled>, StorageError> {
    let sql = "SELECT sequence, hash, document, kind, body, person, device, received_at
               FROM entry WHERE document = ?1 AND kind = 'create' ORDER BY sequence LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row([document.as_bytes()], read_pulled).optional()?)
}

const ENTRY: Named = Named::new("entry", &["sequence"]);

fn read_pulled(each: &Row<'_>) -> rusqlite::Result<Pulled> {
    ENTRY.read(each, |each| {
        Ok(Pulled {
            offer: Offer {
                kind: row::word(each, "kind")?,
                document: row::id(each, "document", DocumentId::from_bytes)?,
                hash: row::hash(each, "hash", EntryHash::from_bytes)?,
                body: each.get("body")?,
            },
            sequence: row::count(each, "sequence")?,
            person: row::id(each, "person", PersonId::from_bytes)?,
            device: row::id(each, "device", DeviceId::from_bytes)?,
            received_at: Timestamp::from_unix_millis(each.get("received_at")?),
        })
    })
}

/// What a person last said to have seen of a document.
pub fn seen_by(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<Pulled>, StorageError> {
    let sql = "SELECT sequence, hash, document, kind, body, person, device, received_at
               FROM entry WHERE document = ?1 AND kind = 'seen' AND person = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let key = params![document.as_bytes(), person.as_bytes()];
    Ok(statement.query_row(key, read_pulled).optional()?)
}

/// Removes an entry that another one stands for now.
pub fn remove_entry(
    db: &Connection,
    document: &DocumentRow,
    entry: &Pulled,
) -> Result<(), StorageError> {
    for table in ["feed", "entry"] {
        db.execute(&format!("DELETE FROM {table} WHERE sequence = ?1"), [signed(entry.sequence)])?;
    }
    count(db, document, (-signed(entry.offer.body.len() as u64), false))
}
