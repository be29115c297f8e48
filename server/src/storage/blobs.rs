//! Files that belong to private documents and to shared copies: whose they are, and of which
//! document. Their bytes are files in the folder.

use enhance_model::{DocumentId, PersonId, Sha256, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    error::StorageError,
    people,
    row::{self, signed},
    unreadable::Named,
};

/// Files of one hash that are looked at: what is sealed with chance has a hash of its own, and who
/// sends the same many times makes nobody's reading slower.
const MOST_OF_ONE_HASH: u32 = 16;

/// A file of a person's, whole or on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    pub person: PersonId,
    pub sha256: Sha256,
    pub document: DocumentId,
    /// Bytes of the whole file.
    pub bytes: u64,
    pub is_whole: bool,
    /// Whether it was whole, and whoever has it is asked to send it again.
    pub is_asked_again: bool,
}

/// A file of this person.
pub fn find(
    db: &Connection,
    person: PersonId,
    sha256: Sha256,
) -> Result<Option<BlobRow>, StorageError> {
    let sql = "SELECT * FROM blob WHERE person = ?1 AND sha256 = ?2";
    let key = params![person.as_bytes(), sha256.as_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(key, read).optional()?)
}

/// The files of this hash that are whole or were, whoever they are of.
pub fn of_hash(db: &Connection, sha256: Sha256) -> Result<Vec<BlobRow>, StorageError> {
    let sql =
        "SELECT * FROM blob WHERE sha256 = ?1 AND (is_whole = 1 OR asked_again_at > 0) LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let blobs = statement.query_map(params![sha256.as_bytes(), MOST_OF_ONE_HASH], read)?;
    Ok(row::readable(blobs)?)
}

/// Begins a file. Its bytes count as the person's from now on.
pub fn begin(db: &Connection, blob: &BlobRow, at: Timestamp) -> Result<(), StorageError> {
    let sql = "INSERT INTO blob (person, sha256, document, bytes, touched_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?.execute(params![
        blob.person.as_bytes(),
        blob.sha256.as_bytes(),
        blob.document.as_bytes(),
        signed(blob.bytes),
        at.as_millis(),
    ])?;
    // It may have been lost a moment ago, and is not to be destroyed any more.
    let sql = "DELETE FROM lost_blob WHERE person = ?1 AND sha256 = ?2";
    db.execute(sql, params![blob.person.as_bytes(), blob.sha256.as_bytes()])?;
    people::add_bytes(db, blob.person, signed(blob.bytes))
}

/// Notes that a piece came, and whether the file is whole with it.
pub fn touch(
    db: &Connection,
    (person, sha256): (PersonId, Sha256),
    is_whole: bool,
    at: Timestamp,
) -> Result<(), StorageError> {
    let sql = "UPDATE blob SET touched_at = ?3, is_whole = max(is_whole, ?4),
            asked_again_at = iif(?4, 0, asked_again_at)
        WHERE person = ?1 AND sha256 = ?2";
    let values = params![person.as_bytes(), sha256.as_bytes(), at.as_millis(), is_whole];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Notes that a file which was whole is not any more: whoever has it is asked to send it again.
/// False if it was not whole, or is let go of by now.
pub fn ask_again(
    db: &Connection,
    person: PersonId,
    sha256: Sha256,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let sql = "UPDATE blob SET is_whole = 0, asked_again_at = ?3
        WHERE person = ?1 AND sha256 = ?2 AND is_whole = 1";
    let noted = db.execute(sql, params![person.as_bytes(), sha256.as_bytes(), at.as_millis()])?;
    Ok(noted == 1)
}

/// Files of a person that whoever has them is asked to send again, at most `limit` of them.
pub fn asked_again(
    db: &Connection,
    person: PersonId,
    limit: u32,
) -> Result<Vec<Sha256>, StorageError> {
    let sql = "SELECT sha256 FROM blob WHERE person = ?1 AND asked_again_at > 0 LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let files = statement.query_map(params![person.as_bytes(), limit], |each| {
        row::hash(each, "sha256", Sha256::from_bytes)
    })?;
    Ok(row::readable(files)?)
}

/// Everybody of whose files some are asked for again.
pub fn asked_people(db: &Connection) -> Result<Vec<PersonId>, StorageError> {
    let mut statement =
        db.prepare_cached("SELECT DISTINCT person FROM blob WHERE asked_again_at > 0")?;
    let people = statement.query_map([], |each| row::id(each, "person", PersonId::from_bytes))?;
    Ok(row::readable(people)?)
}

/// Lets go of a file of this person, which is then to be destroyed.
pub fn lose(db: &Connection, person: PersonId, sha256: Sha256) -> Result<(), StorageError> {
    let Some(blob) = find(db, person, sha256)? else { return Ok(()) };
    let key = params![person.as_bytes(), sha256.as_bytes()];
    db.execute("DELETE FROM blob WHERE person = ?1 AND sha256 = ?2", key)?;
    db.execute("INSERT OR IGNORE INTO lost_blob (person, sha256) VALUES (?1, ?2)", key)?;
    people::add_bytes(db, person, -signed(blob.bytes))
}

/// Lets go of every file of a document.
pub fn lose_all(db: &Connection, document: DocumentId) -> Result<(), StorageError> {
    let mut statement = db.prepare_cached("SELECT * FROM blob WHERE document = ?1")?;
    let blobs = row::readable(statement.query_map([document.as_bytes()], read)?)?;
    blobs.into_iter().try_for_each(|blob| lose(db, blob.person, blob.sha256))
}

/// Lets go of files of which the last piece came before a moment, at most `limit` of them.
pub fn lose_unfinished(db: &Connection, before: Timestamp, limit: u32) -> Result<(), StorageError> {
    let sql = "SELECT * FROM blob
        WHERE is_whole = 0 AND touched_at < ?1 AND asked_again_at = 0 LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let blobs = row::readable(statement.query_map(params![before.as_millis(), limit], read)?)?;
    blobs.into_iter().try_for_each(|blob| lose(db, blob.person, blob.sha256))
}

/// Files that are to be destroyed, at most `limit` of them.
pub fn lost(db: &Connection, limit: u32) -> Result<Vec<(PersonId, Sha256)>, StorageError> {
    let mut statement = db.prepare_cached("SELECT * FROM lost_blob LIMIT ?1")?;
    Ok(row::readable(statement.query_map([limit], read_name)?)?)
}

/// Notes that a file was destroyed.
pub fn destroyed(db: &Connection, person: PersonId, sha256: Sha256) -> Result<(), StorageError> {
    let sql = "DELETE FROM lost_blob WHERE person = ?1 AND sha256 = ?2";
    db.execute(sql, params![person.as_bytes(), sha256.as_bytes()])?;
    Ok(())
}

/// Every file that is whole, of everybody.
pub fn whole(db: &Connection) -> Result<Vec<(PersonId, Sha256)>, StorageError> {
    let sql = "SELECT person, sha256 FROM blob WHERE is_whole = 1 ORDER BY person, sha256";
    let mut statement = db.prepare(sql)?;
    Ok(row::readable(statement.query_map([], read_name)?)?)
}

fn read_name(each: &Row<'_>) -> rusqlite::Result<(PersonId, Sha256)> {
    let person = row::id(each, "person", PersonId::from_bytes)?;
    Ok((person, row::hash(each, "sha256", Sha256::from_bytes)?))
}

const BLOB: Named = Named::new("blob", &["person", "sha256"]);

fn read(each: &Row<'_>) -> rusqlite::Result<BlobRow> {
    BLOB.read(each, |each| {
        Ok(BlobRow {
            person: row::id(each, "person", PersonId::from_bytes)?,
            sha256: row::hash(each, "sha256", Sha256::from_bytes)?,
            document: row::id(each, "document", DocumentId::from_bytes)?,
            bytes: row::count(each, "bytes")?,
            is_whole: each.get("is_whole")?,
            is_asked_again: each.get::<_, i64>("asked_again_at")? > 0,
        })
    })
}
