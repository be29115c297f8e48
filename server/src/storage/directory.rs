//! Who is told of whom. A person hears of those they may need: the supervisors and fellows of their
//! organisations and of the programme, everybody they read something together with, and those whose
//! id they gave; not of everybody who is enrolled.
//!
//! What it costs follows from how many people one person has to do with. Whoever was known stays
//! known: what they wrote stays as well.

use enhance_model::{DocumentId, PersonId, PersonRole, Role, ownership::ORGANISATION};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    error::StorageError,
    row::{self, signed},
    writer::Write,
};

/// Lets a person hear of another, unless they know them.
pub fn introduce(
    write: &mut Write<'_>,
    person: PersonId,
    known: PersonId,
) -> Result<(), StorageError> {
    let sql = "SELECT 1 FROM directory WHERE person = ?1 AND known = ?2";
    let key = params![person.as_bytes(), known.as_bytes()];
    if write.db.prepare_cached(sql)?.exists(key)? {
        return Ok(());
    }
    let sequence = write.next_sequence();
    write
        .db
        .prepare_cached("INSERT INTO directory (person, known, sequence) VALUES (?1, ?2, ?3)")?
        .execute(params![person.as_bytes(), known.as_bytes(), signed(sequence)])?;
    write.tell(person, sequence);
    Ok(())
}

/// Lets everybody who knows a person hear of them again: something about them is new.
pub fn renew(write: &mut Write<'_>, known: PersonId) -> Result<(), StorageError> {
    let sequence = write.next_sequence();
    write
        .db
        .prepare_cached("UPDATE person SET changed = ?2 WHERE id = ?1")?
        .execute(params![known.as_bytes(), signed(sequence)])?;
    let mut update = write
        .db
        .prepare_cached("UPDATE directory SET sequence = ?2 WHERE known = ?1 RETURNING person")?;
    let told = update.query_map(params![known.as_bytes(), signed(sequence)], |each| {
        row::id(each, "person", PersonId::from_bytes)
    })?;
    for person in row::readable(told)? {
        write.tell(person, sequence);
    }
    Ok(())
}

/// Lets a person and everybody who reads, or wrote in, a document hear of one another.
pub fn meet(
    write: &mut Write<'_>,
    document: DocumentId,
    person: PersonId,
) -> Result<(), StorageError> {
    for other in circle(write.db, document)? {
        introduce(write, person, other)?;
        introduce(write, other, person)?;
    }
    Ok(())
}

/// Everybody who reads a document, made it or a comment on it, owned it, or wrote in it.
fn circle(db: &Connection, document: DocumentId) -> Result<Vec<PersonId>, StorageError> {
    let mut statement = db.prepare_cached(
        "SELECT person FROM grant_row WHERE document = ?1
         UNION SELECT creator FROM document WHERE id = ?1
         UNION SELECT creator FROM document WHERE about = ?1
         UNION SELECT owner FROM document WHERE id = ?1
         UNION SELECT entry.person FROM claim JOIN entry ON entry.sequence = claim.entry
               WHERE claim.document = ?1
         UNION SELECT device.person FROM actor JOIN device ON device.id = actor.device
               WHERE actor.document = ?1",
    )?;
    let people = statement
        .query_map([document.as_bytes()], |each| row::id(each, "person", PersonId::from_bytes))?;
    Ok(row::readable(people.filter(|person| *person != Ok(ORGANISATION)))?)
}

/// Lets a person and those of their organisations hear of one another, as their roles are now.
pub fn place(
    write: &mut Write<'_>,
    person: PersonId,
    roles: &[PersonRole],
) -> Result<(), StorageError> {
    introduce(write, person, person)?;
    for educator in of_organisation(write.db, "", true)? {
        introduce(write, person, educator)?;
    }
    for PersonRole { role, organisation } in roles {
        for educator in of_organisation(write.db, organisation, true)? {
            introduce(write, person, educator)?;
        }
        if !matches!(role, Role::Supervisor | Role::Fellow) {
            continue;
        }
        let viewers = match organisation.as_str() {
            // On the programme as a whole: for everybody.
            "" => here(write.db)?,
            within => of_organisation(write.db, within, false)?,
        };
        for viewer in viewers {
            introduce(write, viewer, person)?;
        }
    }
    Ok(())
}

/// Those with a role within an organisation, however its name was written; or only its supervisors and fellows.
fn of_organisation(
    db: &Connection,
    organisation: &str,
    educators: bool,
) -> Result<Vec<PersonId>, StorageError> {
    let key = PersonRole::organisation_key(organisation);
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT person FROM person_role
         WHERE folded = ?1 AND (NOT ?2 OR role IN ('supervisor', 'fellow'))",
    )?;
    let found = statement
        .query_map(params![key, educators], |each| row::id(each, "person", PersonId::from_bytes))?;
    Ok(row::readable(found)?)
}

/// Everybody who has not left.
fn here(db: &Connection) -> Result<Vec<PersonId>, StorageError> {
    let mut statement = db.prepare_cached("SELECT id FROM person WHERE left_at = 0")?;
    let ids = statement.query_map([], |each| row::id(each, "id", PersonId::from_bytes))?;
    Ok(row::readable(ids)?)
}

/// Of whom somebody is to hear under this number.
pub fn at(
    db: &Connection,
    person: PersonId,
    sequence: u64,
) -> Result<Option<PersonId>, StorageError> {
    let sql = "SELECT known FROM directory WHERE person = ?1 AND sequence = ?2";
    let known = db
        .prepare_cached(sql)?
        .query_row(params![person.as_bytes(), signed(sequence)], |each| {
            row::id(each, "known", PersonId::from_bytes)
        })
        .optional()?;
    Ok(known)
}
