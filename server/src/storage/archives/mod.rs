//! Archives of private documents, and the entries that may be let go because one holds them.
//!
//! An entry is let go once every device of its owner has read past the archive that holds it, or
//! after thirty days. Of what was let go eight bytes of each hash stay, so that offering it again is
//! still harmless.

mod letting_go;

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, Timestamp};
use enhance_protocol::{Archive, EnvelopeHeader, Held};
use rusqlite::{Connection, OptionalExtension, params};

use self::letting_go::let_go_of;
pub use self::letting_go::{let_go, waiting, was_let_go};
use super::{
    documents::{self, DocumentRow},
    error::StorageError,
    people::{self, Sender},
    row::{self, signed, unsigned},
    writer::Write,
};

/// An archive, and how a device that reads on from some number is to hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveRow {
    pub sequence: u64,
    /// The newest number among the entries that were let go; its own if it holds what was never an
    /// entry here.
    pub let_go: u64,
}

impl ArchiveRow {
    /// Whether a device that has read up to here needs it: it has read nothing, or what it would
    /// read next may be let go.
    pub fn is_needed_from(self, read: u64) -> bool {
        self.sequence > read && (read == 0 || self.let_go > read)
    }
}

/// Stores an archive and says which of its documents it holds now; none if it holds none.
pub fn store(
    write: &mut Write<'_>,
    sender: Sender,
    archive: &Archive,
    body: &[u8],
    now: Timestamp,
) -> Result<Option<(u64, Vec<DocumentId>)>, StorageError> {
    let mut taken = Vec::new();
    for held in &archive.held {
        if let Some(document) = acceptable(write.db, sender.person, archive, held)? {
            taken.push((held, document));
        }
    }
    if taken.is_empty() {
        return Ok(None);
    }
    let sequence = write.next_sequence();
    write
        .db
        .prepare_cached(
            "INSERT INTO archive (sequence, person, body, stored_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![signed(sequence), sender.person.as_bytes(), body, now.as_millis()])?;
    people::add_bytes(write.db, sender.person, signed(body.len() as u64))?;
    for (held, document) in &taken {
        hold(write.db, archive, held, document, sequence)?;
    }
    note_body(write.db, archive, sequence)?;
    remove_empty(write.db, sender.person)?;
    write.feed(sender.person, sequence)?;
    Ok(Some((sequence, taken.iter().map(|(held, _)| held.document).collect())))
}

/// Notes of which documents there is something in an archive's body, taken from it or not. One that
/// is no more by now must be in no archive.
fn note_body(db: &Connection, archive: &Archive, sequence: u64) -> Result<(), StorageError> {
    let mut note =
        db.prepare_cached("INSERT INTO in_archive (document, archive) VALUES (?1, ?2)")?;
    for held in &archive.held {
        note.execute(params![held.document.as_bytes(), signed(sequence)])?;
    }
    let sql = "UPDATE archive SET stale = 1 WHERE sequence = ?1 AND EXISTS (
                   SELECT 1 FROM in_archive JOIN document ON document.id = in_archive.document
                   WHERE in_archive.archive = ?1 AND document.deleted_at > 0)";
    db.prepare_cached(sql)?.execute([signed(sequence)])?;
    Ok(())
}

/// The document, if it is this person's and the archive holds as much of it as may be let go.
fn acceptable(
    db: &Connection,
    person: PersonId,
    archive: &Archive,
    held: &Held,
) -> Result<Option<DocumentRow>, StorageError> {
    let document = documents::find(db, held.document)?;
    let is_own = |row: &DocumentRow| row.owner == person && row.kind.is_sealed() && !row.deleted;
    let Some(document) = document.filter(is_own) else { return Ok(None) };
    for (device, before) in ends_of(db, document.id)? {
        let covers = archive.ends(held).any(|(own, end)| own == device && end.counter >= before);
        if !covers {
            return Ok(None);
        }
    }
    for (device, end) in archive.ends(held) {
        // A device that the server lost with its own restore is nobody else's.
        let is_of_person =
            people::device(db, device)?.is_none_or(|device| device.sender.person == person);
        let last = documents::actor_last(db, document.id, device.as_bytes())?;
        let is_known = documents::missing(db, document.id, &[end.hash])?.is_empty()
            || was_let_go(db, document.id, end.hash)?;
        // Up to where the chain is here, the archive must speak of the same chain.
        if !is_of_person || (end.counter <= last && !is_known) {
            return Ok(None);
        }
    }
    Ok(Some(document))
}

/// Whether an envelope of a device is known by an archive alone: after a restore another device of
/// its owner let the chain go on from further ahead. Where the server had the envelope itself, one
/// that differs is of a chain that forked.
pub fn is_known_by_archive_alone(
    db: &Connection,
    document: DocumentId,
    device: DeviceId,
    counter: u64,
) -> Result<bool, StorageError> {
    let mut ends = ends_of(db, document)?.into_iter();
    let is_held = ends.any(|(known, end)| known == device && counter <= end);
    if !is_held || !let_go_of(db, document)?.is_empty() {
        return Ok(false);
    }
    let sql = "SELECT body FROM entry WHERE document = ?1 AND kind = 'envelope'";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([document.as_bytes()])?;
    while let Some(each) = rows.next()? {
        let body: Vec<u8> = each.get("body")?;
        let is_same = EnvelopeHeader::split(&body)
            .is_ok_and(|(header, _)| header.device == device && header.counter == counter);
        if is_same {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where the chains end that the archive of a document holds.
fn ends_of(db: &Connection, document: DocumentId) -> Result<Vec<(DeviceId, u64)>, StorageError> {
    let sql = "SELECT ends FROM archived WHERE document = ?1";
    let ends: Option<Vec<u8>> = db
        .prepare_cached(sql)?
        .query_row([document.as_bytes()], |each| each.get("ends"))
        .optional()?;
    let (ends, _) = ends.as_deref().unwrap_or_default().as_chunks::<24>();
    Ok(ends
        .iter()
        .filter_map(|end| {
            let (device, counter) = end.split_first_chunk::<16>()?;
            let counter = counter.try_into().map(u64::from_be_bytes).ok()?;
            Some((DeviceId::from_bytes(*device), counter))
        })
        .collect())
}

/// Notes that an archive holds a document now.
fn hold(
    db: &Connection,
    archive: &Archive,
    held: &Held,
    document: &DocumentRow,
    sequence: u64,
) -> Result<(), StorageError> {
    let mut ends = Vec::with_capacity(held.ends.len() * 24);
    let mut holds_more = false;
    for (device, end) in archive.ends(held) {
        ends.extend_from_slice(device.as_bytes());
        ends.extend_from_slice(&end.counter.to_be_bytes());
        holds_more |= go_on_from(db, document, device, (end.counter, end.hash))?;
    }
    if holds_more {
        // No feed tells of what only the archive holds: whoever has not read past it needs it.
        db.execute("UPDATE archive SET let_go = sequence WHERE sequence = ?1", [signed(sequence)])?;
    }
    let id = document.id.as_bytes();
    db.prepare_cached(
        "UPDATE archive SET let_go = max(let_go, coalesce(
             (SELECT archive.let_go FROM archive JOIN archived ON archived.archive = archive.sequence
              WHERE archived.document = ?2), 0))
         WHERE sequence = ?1",
    )?
    .execute(params![signed(sequence), id])?;
    db.prepare_cached(
        "INSERT INTO archived (document, archive, ends) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET archive = excluded.archive, ends = excluded.ends",
    )?
    .execute(params![id, signed(sequence), ends])?;
    let mut mark = db.prepare_cached("UPDATE entry SET archive = ?2 WHERE sequence = ?1")?;
    for number in covered(db, archive, held)? {
        mark.execute(params![signed(number), signed(sequence)])?;
    }
    Ok(())
}

/// Lets a device's chain go on from an envelope that only the archive holds: after a restore of the
/// server that is where the device stands. Says whether it is.
fn go_on_from(
    db: &Connection,
    document: &DocumentRow,
    device: DeviceId,
    (counter, hash): (u64, EntryHash),
) -> Result<bool, StorageError> {
    let id = document.id;
    if counter <= documents::actor_last(db, id, device.as_bytes())? {
        return Ok(false);
    }
    let actor = device.as_bytes().to_vec();
    documents::set_actor(db, id, &documents::ActorRow { actor, device, last: counter })?;
    let sql = "SELECT head.hash, entry.body FROM head JOIN entry USING (document, hash)
               WHERE head.document = ?1 AND entry.kind IN ('envelope', 'create')";
    let mut statement = db.prepare_cached(sql)?;
    let mut older = Vec::new();
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(each) = rows.next()? {
        let body: Vec<u8> = each.get("body")?;
        let header = EnvelopeHeader::split(&body).ok().map(|(header, _)| header.device);
        // The creation is needed by the first envelope of each device.
        if header.is_none_or(|sealed_by| sealed_by == device) {
            older.push(row::hash(each, "hash", EntryHash::from_bytes)?);
        }
    }
    let mut remove = db.prepare_cached("DELETE FROM head WHERE document = ?1 AND hash = ?2")?;
    for head in older {
        remove.execute(params![id.as_bytes(), head.as_bytes()])?;
    }
    db.prepare_cached("INSERT OR IGNORE INTO head (document, hash) VALUES (?1, ?2)")?
        .execute(params![id.as_bytes(), hash.as_bytes()])?;
    Ok(true)
}

/// The numbers of a document's entries that an archive holds.
fn covered(db: &Connection, archive: &Archive, held: &Held) -> Result<Vec<u64>, StorageError> {
    let sql = "SELECT sequence, kind, body FROM entry
               WHERE document = ?1 AND kind IN ('create', 'envelope')";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([held.document.as_bytes()])?;
    let mut covered = Vec::new();
    while let Some(each) = rows.next()? {
        let body: Vec<u8> = each.get("body")?;
        let is_held = match EnvelopeHeader::split(&body) {
            Ok((header, _)) => archive
                .ends(held)
                .any(|(device, end)| device == header.device && header.counter <= end.counter),
            Err(_) => each.get::<_, String>("kind")? == "create",
        };
        if is_held {
            covered.push(row::count(each, "sequence")?);
        }
    }
    Ok(covered)
}

/// Removes a person's archives that hold nothing any more that a newer one does not.
fn remove_empty(db: &Connection, person: PersonId) -> Result<(), StorageError> {
    let sql = "SELECT sequence, length(body) AS bytes FROM archive
               WHERE person = ?1
                 AND NOT EXISTS (SELECT 1 FROM archived WHERE archived.archive = archive.sequence)";
    let mut statement = db.prepare_cached(sql)?;
    let empty = statement.query_map([person.as_bytes()], |each| {
        Ok((each.get::<_, i64>("sequence")?, each.get::<_, i64>("bytes")?))
    })?;
    for (sequence, bytes) in empty.collect::<Result<Vec<_>, _>>()? {
        db.execute("DELETE FROM feed WHERE sequence = ?1", [sequence])?;
        db.execute("DELETE FROM archive WHERE sequence = ?1", [sequence])?;
        people::add_bytes(db, person, -bytes)?;
    }
    Ok(())
}

/// Notes that a document is no more: archives with something of it must be made anew without it.
pub fn forget(db: &Connection, document: &DocumentRow) -> Result<(), StorageError> {
    let id = document.id.as_bytes();
    db.execute(
        "UPDATE archive SET stale = 1
         WHERE person = ?2 AND sequence IN (SELECT archive FROM in_archive WHERE document = ?1)",
        [id, document.owner.as_bytes()],
    )?;
    db.execute("DELETE FROM archived WHERE document = ?1", [id])?;
    remove_empty(db, document.owner)
}

/// Bytes of a person's archives that are to be made anew: the next ones take their place.
pub fn stale_bytes(db: &Connection, person: PersonId) -> Result<u64, StorageError> {
    let sql = "SELECT coalesce(sum(length(body)), 0) AS bytes FROM archive
               WHERE person = ?1 AND stale";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row([person.as_bytes()], |each| row::count(each, "bytes"))?)
}

/// The documents of a person whose archive must be made anew, since it holds one that is no more.
pub fn to_renew(db: &Connection, person: PersonId) -> Result<Vec<DocumentId>, StorageError> {
    let sql = "SELECT archived.document FROM archive
               JOIN archived ON archived.archive = archive.sequence
               WHERE archive.person = ?1 AND archive.stale ORDER BY archived.document";
    let mut statement = db.prepare_cached(sql)?;
    let documents = statement
        .query_map([person.as_bytes()], |each| row::id(each, "document", DocumentId::from_bytes))?;
    Ok(documents.collect::<Result<_, _>>()?)
}

/// The archives of a person that come after a number, in their order.
pub fn of_person(
    db: &Connection,
    person: PersonId,
    after: u64,
) -> Result<Vec<ArchiveRow>, StorageError> {
    let sql = "SELECT sequence, let_go FROM archive WHERE person = ?1 AND sequence > ?2
               ORDER BY sequence";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![person.as_bytes(), signed(after)], |each| {
        Ok(ArchiveRow {
            sequence: row::count(each, "sequence")?,
            let_go: row::count(each, "let_go")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The archive with a number, as it was offered.
pub fn body(db: &Connection, sequence: u64) -> Result<Option<Vec<u8>>, StorageError> {
    let sql = "SELECT body FROM archive WHERE sequence = ?1";
    Ok(db.prepare_cached(sql)?.query_row([signed(sequence)], |each| each.get("body")).optional()?)
}

/// The archive that holds the entry with a number, if one does.
pub fn holding(db: &Connection, sequence: u64) -> Result<Option<u64>, StorageError> {
    let sql = "SELECT archive FROM entry WHERE sequence = ?1";
    let archive: Option<Option<i64>> = db
        .prepare_cached(sql)?
        .query_row([signed(sequence)], |each| each.get("archive"))
        .optional()?;
    Ok(archive.flatten().map(unsigned))
}
