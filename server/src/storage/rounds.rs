//! Which grant or revocation of a person's right to a document counts, also once they have none.

use enhance_model::{DocumentId, PersonId, Round};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// The greatest round there was for a person and a document.
pub fn known(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<Round>, StorageError> {
    let sql = "SELECT rank FROM grant_round WHERE document = ?1 AND person = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let key = params![document.as_bytes(), person.as_bytes()];
    let rank = statement.query_row(key, |each| row::count(each, "rank")).optional()?;
    Ok(rank.map(Round::from_rank))
}

/// Notes a round that counts from now on.
pub fn begin(
    db: &Connection,
    document: DocumentId,
    person: PersonId,
    round: Round,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO grant_round (document, person, rank) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET rank = excluded.rank",
    )?
    .execute(params![document.as_bytes(), person.as_bytes(), signed(round.rank())])?;
    Ok(())
}
