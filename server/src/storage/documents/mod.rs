//! Documents: what is known of each. The entries it consists of, those of them that no other
//! follows, and who its actors are, are in the files beside this one.

mod actors;
mod entries;
mod heads;

use enhance_model::{DocumentId, DocumentKind, EntryHash, PersonId, Timestamp};
use enhance_protocol::{Create, Offer};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub use self::{
    actors::{ActorRow, actor_device, actor_last, actors, set_actor},
    entries::{
        changes, creation, missing, newest_changes, pulled, remove_entry, seen_by, sent,
        sequence_of, store, store_below_heads, store_unread,
    },
    heads::{all_heads, heads},
};
use super::{
    blobs,
    error::StorageError,
    people::{self, Sender},
    row::{self, signed},
    unreadable::Named,
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
    /// When it was made known, also if a restore lost that and a receipt showed it again.
    pub created_at: Timestamp,
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
    /// A document of this person as an entry makes it known, with nothing in it yet.
    pub fn created(offer: &Offer, create: &Create, creator: PersonId, at: Timestamp) -> Self {
        Self {
            id: offer.document,
            kind: create.kind,
            creator,
            owner: creator,
            about: create.about,
            creation: offer.hash,
            created_at: at,
            bytes: 0,
            changes: 0,
            folded: 0,
            tried: 0,
            frozen_at: 0,
            deleted: false,
        }
    }

    /// What of it never changes.
    pub const fn identity(&self) -> Identity {
        Identity { kind: self.kind, creator: self.creator, about: self.about }
    }

    /// Whether it gives way to the document that another person made known under its id at this
    /// moment, as a receipt shows: whoever came later came after a restore that had lost that.
    pub fn gives_way_to(&self, creator: PersonId, stored_at: Option<Timestamp>) -> bool {
        creator != self.creator && stored_at.is_some_and(|at| at < self.created_at)
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
    let sql =
        "SELECT id, kind, creator, owner, about, creation, created_at, bytes, changes, folded,
                      tried, frozen_at, deleted_at
               FROM document WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id.as_bytes()], read_document).optional()?)
}

/// Whose a document is, also of one of which nothing else can be read.
pub fn owner(db: &Connection, document: DocumentId) -> Result<Option<PersonId>, StorageError> {
    let sql = "SELECT owner FROM document WHERE id = ?1 AND length(owner) = 16";
    let mut statement = db.prepare_cached(sql)?;
    let owner = statement
        .query_row([document.as_bytes()], |each| row::id(each, "owner", PersonId::from_bytes));
    Ok(owner.optional()?)
}

/// The document of the entry with a number, also of one of which nothing else can be read.
pub fn of_entry(db: &Connection, sequence: u64) -> Result<Option<DocumentId>, StorageError> {
    let sql = "SELECT document FROM entry WHERE sequence = ?1 AND length(document) = 16";
    let mut statement = db.prepare_cached(sql)?;
    let document = statement
        .query_row([signed(sequence)], |each| row::id(each, "document", DocumentId::from_bytes));
    Ok(document.optional()?)
}

/// The documents of comments on a project.
pub fn about(db: &Connection, project: DocumentId) -> Result<Vec<DocumentRow>, StorageError> {
    let sql =
        "SELECT id, kind, creator, owner, about, creation, created_at, bytes, changes, folded,
                      tried, frozen_at, deleted_at
               FROM document WHERE about = ?1 ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_map([project.as_bytes()], read_document)?.collect::<Result<_, _>>()?)
}

/// Whether something about a document is older than what has this number.
pub fn is_spoken_of_before(
    db: &Connection,
    document: DocumentId,
    number: u64,
) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM document JOIN entry ON entry.document = document.id
                              WHERE document.about = ?1 AND entry.sequence < ?2)";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row(params![document.as_bytes(), signed(number)], |each| each.get(0))?)
}

const DOCUMENT: Named = Named::new("document", &["id"]);

fn read_document(each: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    DOCUMENT.read(each, |each| {
        Ok(DocumentRow {
            id: row::id(each, "id", DocumentId::from_bytes)?,
            kind: row::word(each, "kind")?,
            creator: row::id(each, "creator", PersonId::from_bytes)?,
            owner: row::id(each, "owner", PersonId::from_bytes)?,
            about: row::optional_id(each, "about", DocumentId::from_bytes)?,
            creation: row::hash(each, "creation", EntryHash::from_bytes)?,
            created_at: Timestamp::from_unix_millis(each.get("created_at")?),
            bytes: row::count(each, "bytes")?,
            changes: row::count(each, "changes")?,
            folded: row::count(each, "folded")?,
            tried: row::count(each, "tried")?,
            frozen_at: row::count(each, "frozen_at")?,
            deleted: each.get::<_, i64>("deleted_at")? != 0,
        })
    })
}

/// Makes a document known to the server, in the place of one that was destroyed for it.
pub fn add(db: &Connection, new: &DocumentRow) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO document (id, kind, creator, owner, about, created_at, creation)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        new.id.as_bytes(),
        new.kind.as_str(),
        new.owner.as_bytes(),
        new.about.map(|project| *project.as_bytes()),
        new.created_at.as_millis(),
        new.creation.as_bytes(),
    ])?;
    Ok(())
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
        "part",
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

/// Forgets a document that was destroyed, so that it can be made known again.
pub fn forget(db: &Connection, document: DocumentId) -> Result<(), StorageError> {
    db.execute("DELETE FROM document WHERE id = ?1", [document.as_bytes()])?;
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
