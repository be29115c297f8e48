//! Plain documents as one piece, in the place of their first changes.
//!
//! What was a row for each change - its body, who sent it and when, who may read it, what it added
//! to the catalogue - is one row for the document: the piece from which the changes can be made
//! again, columns of who sent them, eight bytes of each hash, and the catalogue. A number keeps
//! what had it: from any cursor a device reads what it would have read.

mod columns;

use std::collections::BTreeSet;

use enhance_documents::Change;
use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, Timestamp};
use enhance_protocol::{EntryKind, FoldBody, FoldReceipt, Offer, Pulled, PulledFold, Sent, codec};
use rusqlite::{Connection, OptionalExtension, Row, params};

use self::columns::{Columns, HASH_BYTES, broken};
pub use self::columns::{NewFold, Unfolded};
use super::{
    documents::{self, DocumentRow},
    error::StorageError,
    row::{self, signed},
    unreadable::Named,
    writer::Write,
};

/// Bytes of the largest piece, uncompressed: more than any document is allowed to have.
const PIECE_BYTES: usize = 256 << 20;
/// A document at rest is folded once this share of it is new, and sixteen changes.
const SHARE_AT_REST: u64 = 256;
/// Changes that are folded at once: they leave in one transaction, for which others wait.
pub const AT_ONCE: usize = 8_192;

/// The fold of a document.
#[derive(Debug, Clone)]
pub struct FoldRow {
    pub document: DocumentId,
    /// Its own number in the one sequence.
    pub sequence: u64,
    /// The numbers of the first and the last change in it.
    pub first: u64,
    pub last: u64,
    pub changes: u64,
    /// Bytes of its changes as they were offered.
    pub bytes: u64,
    pub heads: Vec<EntryHash>,
    /// Who sent which change, in the order of the piece.
    pub sent: Vec<u8>,
}

/// The fold of a document with the piece itself.
#[derive(Debug, Clone)]
pub struct WholeFold {
    pub row: FoldRow,
    /// As devices get it, compressed.
    pub body: Vec<u8>,
    /// Receipts for its creation, its heads and its milestones.
    pub receipts: Vec<u8>,
}

impl WholeFold {
    /// The document in it, as the engine saves it.
    pub fn snapshot(&self) -> Result<Vec<u8>, StorageError> {
        let body = FoldBody::unpack(&self.body, PIECE_BYTES);
        Ok(body.map_err(broken(self.row.document))?.snapshot.into_vec())
    }

    /// The fold as it is passed on.
    pub fn pulled(self, db: &Connection) -> Result<Option<PulledFold>, StorageError> {
        let Self { row, body, receipts } = self;
        let Some(create) = documents::creation(db, row.document)? else { return Ok(None) };
        let Pulled { offer: create, sequence, person, device, received_at, .. } = create;
        let created = Sent { sequence, person, device, received_at };
        // Nobody could take in a piece of which it is not known whose its changes are.
        row.sent()?;
        let FoldRow { changes, bytes, heads, sent, .. } = row;
        let (body, sent) = (body.into(), sent.into());
        let receipts = FoldReceipt::unpack(&receipts).map_err(broken(create.document))?;
        Ok(Some(PulledFold { create, created, changes, bytes, heads, body, sent, receipts }))
    }
}

impl FoldRow {
    /// Who sent which change, in the order of the piece.
    pub fn sent(&self) -> Result<Vec<Sent>, StorageError> {
        Sent::unpack(&self.sent, self.changes).map_err(broken(self.document))
    }
}

/// The fold of a document, if it has one.
pub fn find(db: &Connection, document: DocumentId) -> Result<Option<FoldRow>, StorageError> {
    let sql = "SELECT document, sequence, first, last, changes, bytes, heads, sent
               FROM fold WHERE document = ?1";
    Ok(db.prepare_cached(sql)?.query_row([document.as_bytes()], read).optional()?)
}

/// The fold of a document with the piece itself, if it has one.
pub fn whole(db: &Connection, document: DocumentId) -> Result<Option<WholeFold>, StorageError> {
    let sql = "SELECT document, sequence, first, last, changes, bytes, heads, sent, body, receipts
               FROM fold WHERE document = ?1";
    let read_whole = |each: &Row<'_>| {
        let (body, receipts) = (each.get("body")?, each.get("receipts")?);
        Ok(WholeFold { row: read(each)?, body, receipts })
    };
    Ok(db.prepare_cached(sql)?.query_row([document.as_bytes()], read_whole).optional()?)
}

const FOLD: Named = Named::new("fold", &["document"]);

fn read(each: &Row<'_>) -> rusqlite::Result<FoldRow> {
    FOLD.read(each, |each| {
        let heads: Vec<u8> = each.get("heads")?;
        let (heads, _) = heads.as_chunks::<32>();
        Ok(FoldRow {
            document: row::id(each, "document", DocumentId::from_bytes)?,
            sequence: row::count(each, "sequence")?,
            first: row::count(each, "first")?,
            last: row::count(each, "last")?,
            changes: row::count(each, "changes")?,
            bytes: row::count(each, "bytes")?,
            heads: heads.iter().map(|hash| EntryHash::from_bytes(*hash)).collect(),
            sent: each.get("sent")?,
        })
    })
}

/// The first changes of a document that are not folded, at most so many, as they were stored.
pub fn unfolded(
    db: &Connection,
    document: DocumentId,
    limit: usize,
) -> Result<Vec<Unfolded>, StorageError> {
    let sql = "SELECT sequence, hash, person, device, received_at, body FROM entry
               WHERE document = ?1 AND kind = 'change' ORDER BY sequence LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = statement.query_map(params![document.as_bytes(), limit], |each| {
        let sent = Sent {
            sequence: row::count(each, "sequence")?,
            person: row::id(each, "person", PersonId::from_bytes)?,
            device: row::id(each, "device", DeviceId::from_bytes)?,
            received_at: Timestamp::from_unix_millis(each.get("received_at")?),
        };
        let hash = row::hash(each, "hash", EntryHash::from_bytes)?;
        Ok(Unfolded { hash, sent, body: each.get("body")? })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Puts a fold in the place of the changes in it. False if the document is not any more what it was
/// made of; then nothing happens.
pub fn store(write: &mut Write<'_>, new: &NewFold) -> Result<bool, StorageError> {
    let document = new.document;
    let is_as_it_was =
        |row: &DocumentRow| !row.deleted && row.frozen_at == 0 && row.folded == new.before;
    if !documents::find(write.db, document)?.as_ref().is_some_and(is_as_it_was) {
        return Ok(false);
    }
    let Some(columns) = Columns::of(new)? else { return Ok(false) };
    let sequence = write.next_sequence();
    let db = write.db;
    db.prepare_cached(
        "INSERT OR REPLACE INTO fold
             (document, sequence, first, last, changes, bytes, heads, body, sent, hashes, catalogue,
              receipts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        document.as_bytes(),
        signed(sequence),
        signed(columns.first),
        signed(columns.last),
        signed(columns.changes),
        signed(columns.bytes),
        columns.heads,
        columns.body,
        columns.sent,
        columns.hashes,
        columns.catalogue,
        columns.receipts,
    ])?;
    let key = params![document.as_bytes(), signed(columns.changes)];
    // It was tried as a whole to be folded.
    db.prepare_cached("UPDATE document SET folded = ?2, tried = max(tried, ?2) WHERE id = ?1")?
        .execute(key)?;
    db.prepare_cached("DELETE FROM journal WHERE document = ?1 AND first < ?2")?.execute(key)?;
    let_go(db, new, columns.last)?;
    Ok(true)
}

/// Lets go of what is in a fold now. Whoever may still read some of it is told by one row.
fn let_go(db: &Connection, new: &NewFold, last: u64) -> Result<(), StorageError> {
    let key = params![new.document.as_bytes(), signed(last)];
    db.prepare_cached("UPDATE fold_feed SET last = ?2 WHERE document = ?1")?.execute(key)?;
    let mut readers = BTreeSet::new();
    let mut of = db.prepare_cached("SELECT person FROM feed WHERE sequence = ?1")?;
    let mut unfeed = db.prepare_cached("DELETE FROM feed WHERE sequence = ?1")?;
    let mut remove = db.prepare_cached("DELETE FROM entry WHERE sequence = ?1")?;
    for change in &new.changes {
        let number = [signed(change.sent.sequence)];
        let people = of.query_map(number, |each| row::id(each, "person", PersonId::from_bytes))?;
        readers.extend(people.collect::<Result<Vec<_>, _>>()?);
        unfeed.execute(number)?;
        remove.execute(number)?;
    }
    let mut feed = db.prepare_cached(
        "INSERT OR IGNORE INTO fold_feed (person, document, last) VALUES (?1, ?2, ?3)",
    )?;
    for person in readers {
        feed.execute(params![person.as_bytes(), new.document.as_bytes(), signed(last)])?;
    }
    Ok(())
}

/// The beginnings of the hashes of what is folded of a document.
#[derive(Debug, Default)]
pub struct Beginnings(BTreeSet<[u8; HASH_BYTES]>);

impl Beginnings {
    /// All that are kept of a document.
    pub fn of(db: &Connection, document: DocumentId) -> Result<Self, StorageError> {
        let sql = "SELECT hashes FROM fold WHERE document = ?1";
        let hashes: Option<Vec<u8>> = db
            .prepare_cached(sql)?
            .query_row([document.as_bytes()], |each| each.get("hashes"))
            .optional()?;
        let (hashes, _) = hashes.as_deref().unwrap_or_default().as_chunks::<HASH_BYTES>();
        Ok(Self(hashes.iter().copied().collect()))
    }

    /// Whether a change is folded. By chance it is not in one of some 2^40 cases.
    pub fn contain(&self, hash: EntryHash) -> bool {
        hash.as_bytes().first_chunk().is_some_and(|beginning| self.0.contains(beginning))
    }
}

/// The catalogue of what is folded of a document as bytes, and of how many changes it is.
pub fn catalogue(
    db: &Connection,
    document: DocumentId,
) -> Result<Option<(u64, Vec<u8>)>, StorageError> {
    let sql = "SELECT changes, catalogue FROM fold WHERE document = ?1";
    let found: Option<(u64, Vec<u8>)> = db
        .prepare_cached(sql)?
        .query_row([document.as_bytes()], |each| {
            Ok((row::count(each, "changes")?, each.get("catalogue")?))
        })
        .optional()?;
    let Some((changes, packed)) = found else { return Ok(None) };
    let bytes = codec::inflate(&packed, PIECE_BYTES).map_err(broken(document))?;
    Ok(Some((changes, bytes)))
}

/// The folds of documents that a person made and owns and of comments on them, with something that comes after what was read, and
/// whose own number comes after that of what the device has.
pub fn own_after(
    db: &Connection,
    person: PersonId,
    read: u64,
    had: u64,
) -> Result<Vec<(u64, DocumentId)>, StorageError> {
    let sql = "SELECT fold.sequence, fold.document FROM fold_feed
               JOIN fold USING (document) JOIN document ON document.id = fold.document
               JOIN document AS scope ON scope.id = coalesce(document.about, document.id)
               WHERE person = ?1 AND fold_feed.last > ?2 AND fold.sequence > ?3
                 AND scope.creator = ?1 AND scope.owner = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let values = params![person.as_bytes(), signed(read), signed(had)];
    let found = statement.query_map(values, |each| {
        Ok((row::count(each, "sequence")?, row::id(each, "document", DocumentId::from_bytes)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The documents in whose folds there is something for a person who has read up to a number.
pub fn unread(
    db: &Connection,
    person: PersonId,
    read: u64,
) -> Result<Vec<DocumentId>, StorageError> {
    let sql = "SELECT document FROM fold_feed WHERE person = ?1 AND last > ?2";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map(params![person.as_bytes(), signed(read)], |each| {
        row::id(each, "document", DocumentId::from_bytes)
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The folds of a document and of the comments on it.
pub fn of_scope(db: &Connection, scope: DocumentId) -> Result<Vec<FoldRow>, StorageError> {
    let sql = "SELECT document, sequence, first, last, changes, bytes, heads, sent FROM fold
               WHERE document IN (SELECT ?1 UNION ALL SELECT id FROM document WHERE about = ?1)";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_map([scope.as_bytes()], read)?.collect::<Result<_, _>>()?)
}

/// Documents of which something is worth being folded and that were not written to since then, at
/// most so many.
pub fn resting(
    db: &Connection,
    since: Timestamp,
    limit: usize,
) -> Result<Vec<DocumentId>, StorageError> {
    let sql = "SELECT id FROM document INDEXED BY document_unfolded
               WHERE kind IN ('change_project', 'comments') AND changes - folded >= 16
                 AND frozen_at = 0 AND (changes - folded) * ?1 >= folded
                 AND coalesce((SELECT received_at FROM entry
                               WHERE entry.document = document.id AND entry.kind = 'change'
                               ORDER BY entry.sequence DESC LIMIT 1), ?2) < ?2
               LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = params![signed(SHARE_AT_REST), since.as_millis(), limit];
    let found = statement.query_map(values, |each| row::id(each, "id", DocumentId::from_bytes))?;
    Ok(row::readable(found)?)
}

/// All plain documents with changes that are not folded.
pub fn all_unfolded(db: &Connection) -> Result<Vec<DocumentId>, StorageError> {
    let sql = "SELECT id FROM document WHERE changes > folded AND deleted_at = 0
               AND kind IN ('change_project', 'comments', 'shared_reflection')";
    let mut statement = db.prepare(sql)?;
    let found = statement.query_map([], |each| row::id(each, "id", DocumentId::from_bytes))?;
    Ok(row::readable(found)?)
}

/// How a change of a fold is passed on one by one.
pub fn pulled(document: DocumentId, sent: &Sent, change: &Change) -> Pulled {
    let offer = Offer {
        kind: EntryKind::Change,
        document,
        hash: EntryHash::from(change.hash),
        body: change.bytes.clone(),
    };
    let Sent { sequence, person, device, received_at } = *sent;
    Pulled { offer, sequence, person, device, received_at }
}
