//! Devices whose signatures count no more.

use enhance_model::{DeviceId, Timestamp};
use enhance_protocol::Revocation;
use rusqlite::{Connection, params};

use super::{error::StorageError, row};

/// All of them, by device.
pub fn all(db: &Connection) -> Result<Vec<Revocation>, StorageError> {
    let mut statement = db.prepare("SELECT device, since FROM revocation ORDER BY device")?;
    let found = statement.query_map([], |each| {
        let since = Timestamp::from_unix_millis(each.get("since")?);
        Ok(Revocation { device: row::id(each, "device", DeviceId::from_bytes)?, since })
    })?;
    Ok(row::readable(found)?)
}

/// Whether a device is one of them.
pub fn has(db: &Connection, device: DeviceId) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM revocation WHERE device = ?1")?;
    Ok(statement.exists([device.as_bytes()])?)
}

/// Adds a device, or moves the moment since when it does not count to an earlier one.
pub fn add(db: &Connection, revocation: Revocation) -> Result<(), StorageError> {
    let Revocation { device, since } = revocation;
    db.execute(
        "INSERT INTO revocation (device, since) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET since = min(since, excluded.since)",
        params![device.as_bytes(), since.as_millis()],
    )?;
    Ok(())
}
