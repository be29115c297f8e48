//! Tokens beside the one that a device has now: the next, and those that were replaced.

use enhance_model::{DeviceId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::{error::StorageError, row};

/// Replaced tokens that are kept of a device: a year's, if it replaces one each month.
pub const FORMER: usize = 12;

/// A token of a device, by its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherToken {
    pub device: DeviceId,
    pub hash: [u8; 32],
    /// When it was replaced; none for one that was offered and never used.
    pub replaced_at: Option<Timestamp>,
}

/// All tokens beside the present ones.
pub fn others(db: &Connection) -> Result<Vec<OtherToken>, StorageError> {
    let mut statement = db.prepare(
        "SELECT id AS device, next_token_hash AS hash, NULL AS replaced_at FROM device
             WHERE next_token_hash <> x''
         UNION ALL SELECT device, token_hash, replaced_at FROM former_token",
    )?;
    let found = statement.query_map([], |each| {
        let replaced_at: Option<i64> = each.get("replaced_at")?;
        Ok(OtherToken {
            device: row::id(each, "device", DeviceId::from_bytes)?,
            hash: each.get("hash")?,
            replaced_at: replaced_at.map(Timestamp::from_unix_millis),
        })
    })?;
    Ok(row::readable(found)?)
}

/// Whether a token is or was anybody's.
pub fn is_known(db: &Connection, hash: &[u8; 32]) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM device WHERE token_hash = ?1 OR next_token_hash = ?1
         UNION ALL SELECT 1 FROM former_token WHERE token_hash = ?1",
    )?;
    Ok(statement.exists([hash])?)
}

/// The token that was offered in the place of a device's, if it was not used yet.
pub fn next(db: &Connection, device: DeviceId) -> Result<Option<[u8; 32]>, StorageError> {
    let sql = "SELECT next_token_hash FROM device WHERE id = ?1 AND next_token_hash <> x''";
    Ok(db.prepare_cached(sql)?.query_row([device.as_bytes()], |each| each.get(0)).optional()?)
}

/// Keeps a token that is to take the place of a device's once it is used.
pub fn offer(db: &Connection, device: DeviceId, hash: &[u8; 32]) -> Result<(), StorageError> {
    let sql = "UPDATE device SET next_token_hash = ?2 WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![device.as_bytes(), hash])?;
    Ok(())
}

/// Puts the token that was offered in the place of a device's.
pub fn replace(db: &Connection, device: DeviceId, now: Timestamp) -> Result<(), StorageError> {
    let id = device.as_bytes();
    db.execute(
        "INSERT OR REPLACE INTO former_token (token_hash, device, replaced_at)
         SELECT token_hash, id, ?2 FROM device WHERE id = ?1 AND next_token_hash <> x''",
        params![id, now.as_millis()],
    )?;
    db.execute(
        "UPDATE device SET token_hash = next_token_hash, token_at = ?2, next_token_hash = x''
         WHERE id = ?1 AND next_token_hash <> x''",
        params![id, now.as_millis()],
    )?;
    db.execute(
        "DELETE FROM former_token WHERE device = ?1 AND token_hash NOT IN (
             SELECT token_hash FROM former_token WHERE device = ?1
             ORDER BY replaced_at DESC LIMIT ?2)",
        params![id, i64::try_from(FORMER).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}
