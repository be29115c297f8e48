//! Documents and the entries they consist of. Bodies are bytes here that no code looks into.

use std::collections::BTreeSet;

use enhance_model::{DeviceId, DocumentId, DocumentKind, EntryHash, PersonId, Timestamp};
use enhance_protocol::{EntryKind, Offer, Pulled};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    access, blobs,
    error::StorageError,
    people,
    people::Sender,
    row::{self, signed},
    shares,
    writer::Write,
};

/// What is known of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// Who made it. The document itself names them, for ever.
    pub creator: PersonId,
    /// Who owns it now.
    pub owner: PersonId,
    /// The project that comments are about.
    pub about: Option<DocumentId>,
    pub creation: EntryHash,
    /// Bytes of its entries.
    pub bytes: u64,
    /// Changes or envelopes in it.
    pub changes: u64,
    /// How many of them, from the first, are in its fold.
    pub folded: u64,
    /// How many of them were found good in a trial of the whole document.
    pub tried: u64,
    /// The number of the first change that a trial found not to be good; 0 if there is none.
    pub frozen_at: u64,
    pub deleted: bool,
}

/// What of a document never changes: what it is, who made it, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub kind: DocumentKind,
    pub creator: PersonId,
    pub about: Option<DocumentId>,
}

impl DocumentRow {
    /// What of it never changes.
    pub const fn identity(&self) -> Identity {
        Identity { kind: self.kind, creator: self.creator, about: self.about }
    }

    /// The document that decides who reads this one: the project for comments, otherwise itself.
    pub fn scope(&self) -> DocumentId {
        self.about.unwrap_or(self.id)
    }
}

/// An entry that was found to be good.
#[derive(Debug)]
pub struct NewEntry<'a> {
    pub offer: &'a Offer,
    /// Those it depends on. The creation of the document if there are no others.
    pub deps: &'a [EntryHash],
    /// Whom a grant or revocation is about.
    pub subject: Option<PersonId>,
    pub sender: Sender,
    pub at: Timestamp,
}

/// The document with this id, if the server knows it.
pub fn find(db: &Connection, id: DocumentId) -> Result<Option<DocumentRow>, StorageError> {
    let sql = "SELECT id, kind, creator, owner, about, creation, bytes, changes, folded,
                      tried, frozen_at, deleted_at
               FROM document WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id.as_bytes()], read_document).optional()?)
}

/// The documents of comments on a project.
pub fn about(db: &Connection, project: DocumentId) -> Result<Vec<DocumentRow>, StorageError> {
    let sql = "SELECT id, kind, creator, owner, about, creation, bytes, changes, folded,
                      tried, frozen_at, deleted_at
               FROM document WHERE about = ?1 ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_map([project.as_bytes()], read_document)?.collect::<Result<_, _>>()?)
}

fn read_document(each: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row::id(each, "id", DocumentId::from_bytes)?,
        kind: row::word(each, "kind")?,
        creator: row::id(each, "creator", PersonId::from_bytes)?,
        owner: row::id(each, "owner", PersonId::from_bytes)?,
        about: row::optional_id(each, "about", DocumentId::from_bytes)?,
        creation: row::hash(each, "creation", EntryHash::from_bytes)?,
        bytes: row::count(each, "bytes")?,
        changes: row::count(each, "changes")?,
        folded: row::count(each, "folded")?,
        tried: row::count(each, "tried")?,
        frozen_at: row::count(each, "frozen_at")?,
        deleted: each.get::<_, i64>("deleted_at")? != 0,
    })
}

/// Makes a document known to the server.
pub fn add(db: &Connection, new: &DocumentRow, at: Timestamp) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO document (id, kind, creator, owner, about, created_at, creation)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        new.id.as_bytes(),
        new.kind.as_str(),
        new.owner.as_bytes(),
        new.about.map(|project| *project.as_bytes()),
        at.as_millis(),
        new.creation.as_bytes(),
    ])?;
    Ok(())
}

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

/// Who offered an entry of a document that is stored.
pub fn sender_of(
    db: &Connection,
    document: DocumentId,
    hash: EntryHash,
) -> Result<Option<Sender>, StorageError> {
    let sql = "SELECT person, device FROM entry WHERE hash = ?1 AND document = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row(params![hash.as_bytes(), document.as_bytes()], |each| {
        let device = row::id(each, "device", DeviceId::from_bytes)?;
        Ok(Sender { device, person: row::id(each, "person", PersonId::from_bytes)? })
    });
    Ok(found.optional()?)
}

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
fn is_head(db: &Connection, document: DocumentId, hash: EntryHash) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM head WHERE document = ?1 AND hash = ?2)";
    let key = params![document.as_bytes(), hash.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, |each| each.get(0))?)
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

/// Notes how many changes of a document were found good in a trial.
pub fn note_tried(db: &Connection, document: DocumentId, good: u64) -> Result<(), StorageError> {
    db.prepare_cached("UPDATE document SET tried = ?2 WHERE id = ?1")?
        .execute(params![document.as_bytes(), signed(good)])?;
    Ok(())
}

/// Freezes a document after its first so many changes: what came after them is kept, and handed on
/// to nobody any more. What is folded was found good.
pub fn freeze(db: &Connection, document: DocumentId, good: u64) -> Result<(), StorageError> {
    let folded = find(db, document)?.map_or(0, |row| row.folded);
    let key = params![document.as_bytes(), signed(good.saturating_sub(folded))];
    db.execute(
        "UPDATE document SET frozen_at = coalesce(
             (SELECT sequence FROM entry WHERE document = ?1 AND kind = 'change'
              ORDER BY sequence LIMIT 1 OFFSET ?2), 0)
         WHERE id = ?1",
        key,
    )?;
    db.execute(
        "DELETE FROM feed WHERE sequence IN (
             SELECT entry.sequence FROM entry JOIN document ON document.id = entry.document
             WHERE document.id = ?1 AND frozen_at > 0 AND entry.kind = 'change'
               AND entry.sequence >= frozen_at)",
        [document.as_bytes()],
    )?;
    Ok(())
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
    if document.kind == DocumentKind::ChangeProject && offer.kind.is_content() {
        shares::add(write.db, document.id, entry.sender.person, bytes)?;
    }
    count(write.db, document, (signed(bytes), offer.kind.is_content()))
}

fn move_heads(
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

fn read_pulled(each: &Row<'_>) -> rusqlite::Result<Pulled> {
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

/// Destroys what a document holds, its archive aside. What remains is that it was, and that it is
/// no more.
pub fn destroy(db: &Connection, document: &DocumentRow, at: Timestamp) -> Result<(), StorageError> {
    let id = document.id.as_bytes();
    db.execute(
        "DELETE FROM feed WHERE sequence IN (SELECT sequence FROM entry WHERE document = ?1)",
        [id],
    )?;
    let tables = [
        "entry",
        "head",
        "actor",
        "journal",
        "grant_row",
        "grant_round",
        "waiting_share",
        "claim",
        "fold",
        "fold_feed",
        "set_aside",
        "share",
    ];
    for table in tables {
        db.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [id])?;
    }
    blobs::lose_all(db, document.id)?;
    people::add_bytes(db, document.owner, -signed(document.bytes))?;
    db.execute(
        "UPDATE document SET bytes = 0, changes = 0, folded = 0, deleted_at = ?2 WHERE id = ?1",
        params![id, at.as_millis()],
    )?;
    Ok(())
}

/// Gives a document to another owner, and to their space what it takes.
pub fn set_owner(
    db: &Connection,
    document: &DocumentRow,
    owner: PersonId,
) -> Result<(), StorageError> {
    let sql = "UPDATE document SET owner = ?2 WHERE id = ?1 RETURNING bytes";
    let key = params![document.id.as_bytes(), owner.as_bytes()];
    let bytes = db.prepare_cached(sql)?.query_row(key, |each| row::count(each, "bytes"))?;
    people::add_bytes(db, document.owner, -signed(bytes))?;
    people::add_bytes(db, owner, signed(bytes))
}

/// An actor of a document: whose work it does, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorRow {
    pub actor: Vec<u8>,
    pub device: DeviceId,
    pub last: u64,
}

/// The actors of a document.
pub fn actors(db: &Connection, document: DocumentId) -> Result<Vec<ActorRow>, StorageError> {
    let mut statement =
        db.prepare_cached("SELECT actor, device, last FROM actor WHERE document = ?1")?;
    let actors = statement.query_map([document.as_bytes()], |each| {
        Ok(ActorRow {
            actor: each.get("actor")?,
            device: row::id(each, "device", DeviceId::from_bytes)?,
            last: row::count(each, "last")?,
        })
    })?;
    Ok(actors.collect::<Result<_, _>>()?)
}

/// How far an actor has come in a document; 0 if it is new there.
pub fn actor_last(
    db: &Connection,
    document: DocumentId,
    actor: &[u8],
) -> Result<u64, StorageError> {
    let sql = "SELECT last FROM actor WHERE document = ?1 AND actor = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let last = statement.query_row(params![document.as_bytes(), actor], |e| row::count(e, "last"));
    Ok(last.optional()?.unwrap_or(0))
}

/// The device whose work an actor does in a document.
pub fn actor_device(
    db: &Connection,
    document: DocumentId,
    actor: &[u8],
) -> Result<Option<DeviceId>, StorageError> {
    let sql = "SELECT device FROM actor WHERE document = ?1 AND actor = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let device = statement.query_row(params![document.as_bytes(), actor], |each| {
        row::id(each, "device", DeviceId::from_bytes)
    });
    Ok(device.optional()?)
}

/// Notes how far an actor has come.
pub fn set_actor(
    db: &Connection,
    document: DocumentId,
    actor: &ActorRow,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO actor (document, actor, device, last) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET last = excluded.last",
    )?
    .execute(params![
        document.as_bytes(),
        actor.actor,
        actor.device.as_bytes(),
        signed(actor.last)
    ])?;
    Ok(())
}
