//! The actors of documents: openings on devices, each of which writes a chain of changes.

use enhance_model::{DeviceId, DocumentId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::storage::{
    StorageError,
    row::{self, signed},
};

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
