//! By which entries a document was offered to another owner, and accepted.

use enhance_model::{Claim, DocumentId, Ownership, PersonId};
use enhance_protocol::{EntryBody, Grant};
use rusqlite::{Connection, params};

use super::{
    documents::DocumentRow,
    error::StorageError,
    row::{self, signed},
};

/// Notes that the entry with this number is a claim.
pub fn add(db: &Connection, document: DocumentId, sequence: u64) -> Result<(), StorageError> {
    db.prepare_cached("INSERT INTO claim (document, entry) VALUES (?1, ?2)")?
        .execute(params![document.as_bytes(), signed(sequence)])?;
    Ok(())
}

/// How many claims to a document are stored.
pub fn count(db: &Connection, document: DocumentId) -> Result<u64, StorageError> {
    let sql = "SELECT count(*) AS claims FROM claim WHERE document = ?1";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row([document.as_bytes()], |each| row::count(each, "claims"))?)
}

/// What the claims to a document come to.
pub fn ownership(db: &Connection, document: &DocumentRow) -> Result<Ownership, StorageError> {
    let sql = "SELECT entry.person, entry.body FROM claim
               JOIN entry ON entry.sequence = claim.entry WHERE claim.document = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([document.id.as_bytes()])?;
    let mut claims: Vec<Claim> = Vec::new();
    while let Some(each) = rows.next()? {
        let by = row::id(each, "person", PersonId::from_bytes)?;
        let body: Vec<u8> = each.get("body")?;
        claims.extend(Grant::read(&body).ok().and_then(|grant| grant.claim(by)));
    }
    Ok(Ownership::of(document.creator, claims))
}
