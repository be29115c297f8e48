//! Who may do what with which document, and what of it they get to read.

use enhance_model::{DocumentId, PersonId, Right, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::{
    error::StorageError,
    row::{self, signed},
    unreadable::Named,
};

/// What a person may do with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    pub person: PersonId,
    pub right: Right,
    /// The number since which they have had access without a break.
    pub since: u64,
    /// Whether they have read anything of it.
    pub read: bool,
}

/// The owner of the moment owns, whatever right was given to them before.
const ACCESS: &str = "SELECT document, person, since, read_at,
    iif(person = (SELECT owner FROM document WHERE id = ?1), 'own', right) AS right
    FROM grant_row WHERE document = ?1";

/// What a person may do with the document that decides.
pub fn find(
    db: &Connection,
    scope: DocumentId,
    person: PersonId,
) -> Result<Option<Access>, StorageError> {
    let mut statement = db.prepare_cached(&format!("{ACCESS} AND person = ?2"))?;
    let access = statement.query_row(params![scope.as_bytes(), person.as_bytes()], read_access);
    Ok(access.optional()?)
}

/// The number of the entry that gave a person the right they have, if they have one.
pub fn entry(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<u64>, StorageError> {
    let sql = "SELECT entry FROM grant_row WHERE document = ?1 AND person = ?2";
    let key = params![document.as_bytes(), person.as_bytes()];
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row(key, |each| row::count(each, "entry")).optional()?)
}

/// Everybody who may read what this document decides about.
pub fn readers(db: &Connection, scope: DocumentId) -> Result<Vec<PersonId>, StorageError> {
    // Their rights are not asked for: one that cannot be read keeps nobody else from writing.
    let sql = "SELECT person FROM grant_row WHERE document = ?1 ORDER BY person";
    let mut statement = db.prepare_cached(sql)?;
    let readers = statement
        .query_map([scope.as_bytes()], |each| row::id(each, "person", PersonId::from_bytes))?;
    Ok(row::readable(readers)?)
}

const GRANT: Named = Named::new("grant_row", &["document", "person"]);

fn read_access(each: &Row<'_>) -> rusqlite::Result<Access> {
    GRANT.read(each, |each| {
        Ok(Access {
            person: row::id(each, "person", PersonId::from_bytes)?,
            right: row::word(each, "right")?,
            since: row::count(each, "since")?,
            read: each.get::<_, i64>("read_at")? != 0,
        })
    })
}

/// Gives a right. Who had one keeps the time since when they have had access.
pub fn give(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    right: Right,
    sequence: u64,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO grant_row (document, person, right, since, entry) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT DO UPDATE SET right = excluded.right, entry = excluded.entry",
    )?
    .execute(params![
        document.as_bytes(),
        person.as_bytes(),
        right.as_str(),
        signed(sequence)
    ])?;
    Ok(())
}

/// Notes which invitation a person accepted, by its number.
pub fn note_invited(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    invitation: u64,
) -> Result<(), StorageError> {
    let sql = "UPDATE grant_row SET invited = ?3 WHERE document = ?1 AND person = ?2";
    let key = params![document.as_bytes(), person.as_bytes(), signed(invitation)];
    db.prepare_cached(sql)?.execute(key)?;
    Ok(())
}

/// Lets a person in who has no right yet.
pub fn let_in(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    sequence: u64,
) -> Result<(), StorageError> {
    if find(db, document, person)?.is_none() {
        give(db, document, person, Right::Read, sequence)?;
    }
    Ok(())
}

/// Takes every right away, and with it everything of the document and its comments that the person
/// has not read yet, but for their own comments.
pub fn take(db: &Connection, document: DocumentId, person: PersonId) -> Result<(), StorageError> {
    let key = params![document.as_bytes(), person.as_bytes()];
    db.execute("DELETE FROM grant_row WHERE document = ?1 AND person = ?2", key)?;
    db.execute(
        "DELETE FROM feed WHERE person = ?2 AND sequence IN (
             SELECT entry.sequence FROM entry JOIN document ON document.id = entry.document
             WHERE document.id = ?1 OR (document.about = ?1 AND document.owner <> ?2))",
        key,
    )?;
    db.execute(
        "DELETE FROM fold_feed WHERE person = ?2 AND document IN (
             SELECT id FROM document
             WHERE id = ?1 OR (about = ?1 AND owner <> ?2))",
        key,
    )?;
    Ok(())
}

/// Notes that a person has read something of a document. True the first time.
pub fn note_read(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let noted = db.execute(
        "UPDATE grant_row SET read_at = ?3 WHERE document = ?1 AND person = ?2 AND read_at = 0",
        params![document.as_bytes(), person.as_bytes(), at.as_millis()],
    )?;
    Ok(noted == 1)
}

/// The numbers of everything that makes up a document for the person who was let in at `granted`,
/// after `within`: its creation, its content, who else may read it and by which invitation, who is
/// invited and may accept later, whose it became, what they have seen, and all comments.
pub fn whole(
    db: &Connection,
    document: DocumentId,
    within: u64,
    granted: u64,
) -> Result<Vec<u64>, StorageError> {
    let sql = "SELECT entry.sequence FROM entry
               WHERE entry.document IN (
                         SELECT ?1 UNION ALL SELECT id FROM document WHERE about = ?1)
                 AND entry.sequence > ?2 AND entry.sequence < ?3
                 AND (entry.kind IN ('create', 'change', 'envelope', 'seen')
                      OR (entry.kind = 'grant' AND EXISTS (
                              SELECT 1 FROM grant_row
                              WHERE grant_row.document = entry.document
                                AND entry.sequence IN
                                    (grant_row.entry, grant_row.since, grant_row.invited)))
                      OR (entry.kind = 'grant' AND EXISTS (
                              SELECT 1 FROM waiting_share
                              WHERE waiting_share.document = entry.document
                                AND waiting_share.entry = entry.sequence))
                      OR (entry.kind = 'grant' AND EXISTS (
                              SELECT 1 FROM claim
                              WHERE claim.document = entry.document
                                AND claim.entry = entry.sequence)))
                 AND (entry.kind <> 'change' OR NOT EXISTS (
                         SELECT 1 FROM document
                         WHERE document.id = entry.document AND document.frozen_at > 0
                           AND entry.sequence >= document.frozen_at))
               ORDER BY entry.sequence";
    let mut statement = db.prepare_cached(sql)?;
    let numbers = statement
        .query_map(params![document.as_bytes(), signed(within), signed(granted)], |each| {
            row::count(each, "sequence")
        })?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// A right as the operator of the server may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantRecord {
    pub document: DocumentId,
    pub kind: String,
    pub person: PersonId,
    pub name: String,
    pub right: Right,
}

/// Every right there is, by document.
pub fn all(db: &Connection) -> Result<Vec<GrantRecord>, StorageError> {
    let mut statement = db.prepare(
        "SELECT document.id, document.kind, grant_row.person, person.name,
                iif(grant_row.person = document.owner, 'own', grant_row.right) AS right
         FROM grant_row JOIN document ON document.id = grant_row.document
              JOIN person ON person.id = grant_row.person
         ORDER BY document.id, grant_row.since",
    )?;
    let records = statement.query_map([], |each| {
        Ok(GrantRecord {
            document: row::id(each, "id", DocumentId::from_bytes)?,
            kind: each.get("kind")?,
            person: row::id(each, "person", PersonId::from_bytes)?,
            name: each.get("name")?,
            right: row::word(each, "right")?,
        })
    })?;
    Ok(records.collect::<Result<_, _>>()?)
}
