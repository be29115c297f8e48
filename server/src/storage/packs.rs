//! Published packs: signed manifests here, files by their hash in the folder.

use enhance_model::{Sha256, Timestamp, pack::PackFile};
use enhance_protocol::PackVersion;
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    error::StorageError,
    row::{self, signed},
};

/// Bytes of a manifest of a pack at most, unpacked.
pub const MANIFEST_BYTES: usize = 16 << 20;

/// Each pack in its newest version.
pub fn newest(db: &Connection) -> Result<Vec<PackVersion>, StorageError> {
    let mut statement =
        db.prepare("SELECT key, max(version) AS version FROM pack GROUP BY key ORDER BY key")?;
    let packs = statement.query_map([], |each| {
        Ok(PackVersion { key: each.get("key")?, version: row::count(each, "version")? })
    })?;
    Ok(row::readable(packs)?)
}

/// The newest signed manifest of a pack, as a frame.
pub fn signed_manifest(db: &Connection, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
    let sql = "SELECT signed FROM pack WHERE key = ?1 ORDER BY version DESC LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row([key], |each| each.get(0)).optional()?)
}

/// The signed manifests of all versions of all packs, as frames.
pub fn all_signed(db: &Connection) -> Result<Vec<Vec<u8>>, StorageError> {
    let mut statement = db.prepare("SELECT signed FROM pack ORDER BY key, version")?;
    let frames = statement.query_map([], |each| each.get(0))?;
    Ok(frames.collect::<Result<_, _>>()?)
}

/// Adds a version of a pack.
pub fn add(
    db: &Connection,
    pack: &PackVersion,
    frame: &[u8],
    at: Timestamp,
) -> Result<(), StorageError> {
    db.execute(
        "INSERT INTO pack (key, version, signed, published_at) VALUES (?1, ?2, ?3, ?4)",
        params![pack.key, signed(pack.version), frame, at.as_millis()],
    )?;
    Ok(())
}

/// Notes a file of a pack. The same file may be in many.
pub fn add_file(db: &Connection, file: &PackFile) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO pack_file (sha256, bytes, media_type) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![file.sha256.as_bytes(), signed(file.bytes), file.media_type])?;
    Ok(())
}

/// The size and media type of a file.
pub fn file(db: &Connection, sha256: Sha256) -> Result<Option<(u64, String)>, StorageError> {
    let sql = "SELECT bytes, media_type FROM pack_file WHERE sha256 = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([sha256.as_bytes()], |each| {
        Ok((row::count(each, "bytes")?, each.get("media_type")?))
    });
    Ok(found.optional()?)
}

/// The hashes of all files of all packs.
pub fn files(db: &Connection) -> Result<Vec<Sha256>, StorageError> {
    let mut statement = db.prepare("SELECT sha256 FROM pack_file ORDER BY sha256")?;
    Ok(statement
        .query_map([], |each| row::hash(each, "sha256", Sha256::from_bytes))?
        .collect::<Result<_, _>>()?)
}
