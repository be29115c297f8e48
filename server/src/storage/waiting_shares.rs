//! What waits for a person: invitations to plans until they answer, and what was shown to them until
//! they first read it. It is counted, so that nobody fills the inbox of another.

use enhance_model::{DocumentId, PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// An invitation, or something shown, that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingShare {
    pub document: DocumentId,
    /// For whom it waits.
    pub person: PersonId,
    pub sender: PersonId,
    /// The number of the entry that says so.
    pub entry: u64,
    /// Until when; the end of time for what waits to be read.
    pub expires_at: Timestamp,
}

/// How much waits at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Of this sender, for anybody.
    pub from_one: u64,
    /// Of this sender, for this person.
    pub from_one_for_one: u64,
    /// For this person, of anybody.
    pub for_one: u64,
}

/// Notes that something waits, in the place of what waited before of the same document.
pub fn put(db: &Connection, share: &WaitingShare) -> Result<(), StorageError> {
    remove(db, share.document, share.person)?;
    db.prepare_cached(
        "INSERT INTO waiting_share (document, person, sender, entry, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        share.document.as_bytes(),
        share.person.as_bytes(),
        share.sender.as_bytes(),
        signed(share.entry),
        share.expires_at.as_millis(),
    ])?;
    Ok(())
}

/// What of a document waits for a person.
pub fn find(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<WaitingShare>, StorageError> {
    let sql = "SELECT * FROM waiting_share WHERE document = ?1 AND person = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let key = params![document.as_bytes(), person.as_bytes()];
    Ok(statement.query_row(key, read).optional()?)
}

/// For whom something of a document waits.
pub fn people(db: &Connection, document: DocumentId) -> Result<Vec<PersonId>, StorageError> {
    let mut statement =
        db.prepare_cached("SELECT person FROM waiting_share WHERE document = ?1")?;
    let people = statement
        .query_map([document.as_bytes()], |each| row::id(each, "person", PersonId::from_bytes))?;
    Ok(people.collect::<Result<_, _>>()?)
}

/// Notes that it waits no more. An invitation that was not read before is not read any more.
pub fn remove(db: &Connection, document: DocumentId, person: PersonId) -> Result<(), StorageError> {
    let Some(share) = find(db, document, person)? else { return Ok(()) };
    let key = params![document.as_bytes(), person.as_bytes()];
    db.prepare_cached("DELETE FROM waiting_share WHERE document = ?1 AND person = ?2")?
        .execute(key)?;
    if super::access::find(db, document, person)?.is_none() {
        let key = params![person.as_bytes(), signed(share.entry)];
        db.prepare_cached("DELETE FROM feed WHERE person = ?1 AND sequence = ?2")?.execute(key)?;
    }
    Ok(())
}

/// How much waits of a sender and for a person. What has expired waits no more.
pub fn count(
    db: &Connection,
    sender: PersonId,
    person: PersonId,
    now: Timestamp,
) -> Result<Waiting, StorageError> {
    let (of, to, now) = (sender.as_bytes(), person.as_bytes(), now.as_millis());
    let count = |sql: &str, key: &[&dyn rusqlite::ToSql]| {
        db.prepare_cached(sql)?.query_row(key, |each| row::count(each, "shares"))
    };
    Ok(Waiting {
        from_one: count(
            "SELECT count(*) AS shares FROM waiting_share WHERE sender = ?1 AND expires_at > ?2",
            &[of, &now],
        )?,
        from_one_for_one: count(
            "SELECT count(*) AS shares FROM waiting_share
             WHERE sender = ?1 AND person = ?2 AND expires_at > ?3",
            &[of, to, &now],
        )?,
        for_one: count(
            "SELECT count(*) AS shares FROM waiting_share WHERE person = ?1 AND expires_at > ?2",
            &[to, &now],
        )?,
    })
}

/// Notes that a person wants nothing more of a sender, and by which document they say so.
pub fn refuse(
    db: &Connection,
    (person, sender): (PersonId, PersonId),
    document: DocumentId,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO unwelcome (person, sender, document) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![person.as_bytes(), sender.as_bytes(), document.as_bytes()])?;
    Ok(())
}

/// Takes back what a person said by a document. Says whether they had.
pub fn welcome(
    db: &Connection,
    person: PersonId,
    document: DocumentId,
) -> Result<bool, StorageError> {
    let sql = "DELETE FROM unwelcome WHERE person = ?1 AND document = ?2";
    let key = params![person.as_bytes(), document.as_bytes()];
    Ok(db.prepare_cached(sql)?.execute(key)? > 0)
}

/// Whether a person wants nothing more of a sender.
pub fn is_unwelcome(
    db: &Connection,
    person: PersonId,
    sender: PersonId,
) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM unwelcome WHERE person = ?1 AND sender = ?2)";
    let key = params![person.as_bytes(), sender.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, |each| each.get(0))?)
}

/// Whether a person said by a document that they want nothing more of its sender.
pub fn said_by(
    db: &Connection,
    person: PersonId,
    document: DocumentId,
) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM unwelcome WHERE person = ?1 AND document = ?2)";
    let key = params![person.as_bytes(), document.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, |each| each.get(0))?)
}

fn read(each: &Row<'_>) -> rusqlite::Result<WaitingShare> {
    Ok(WaitingShare {
        document: row::id(each, "document", DocumentId::from_bytes)?,
        person: row::id(each, "person", PersonId::from_bytes)?,
        sender: row::id(each, "sender", PersonId::from_bytes)?,
        entry: row::count(each, "entry")?,
        expires_at: Timestamp::from_unix_millis(each.get("expires_at")?),
    })
}
