//! The keys beside the database, and whether they are those that it was kept with.

use ed25519_dalek::SigningKey;
use enhance_protocol::{SignedManifest, decode};
use rusqlite::Connection;

use super::{Folder, StorageError, packs};

/// The key that signs packs, made from `fresh` where nobody knows this server yet. A new one in the
/// place of one that is lost would be another server to every phone.
pub fn publisher(
    folder: &Folder,
    db: &Connection,
    fresh: [u8; 32],
) -> Result<SigningKey, StorageError> {
    if !folder.publisher_key().exists() && is_known(db)? {
        return Err(lost(folder));
    }
    folder.signing_key(fresh)
}

/// Looks whether a folder has the keys that a database was kept with.
pub fn check(folder: &Folder, db: &Connection) -> Result<(), StorageError> {
    folder.check_receipt_key()?;
    let Some(key) = folder.known_signing_key()? else {
        return if is_known(db)? { Err(lost(folder)) } else { Ok(()) };
    };
    let broken = |why: String| StorageError::Broken(format!("a pack: {why}"));
    for frame in packs::all_signed(db)? {
        let signed: Result<SignedManifest, _> = decode(&frame, packs::MANIFEST_BYTES);
        let signed = signed.map_err(|error| broken(error.to_string()))?;
        signed.verify(&key.verifying_key().to_bytes()).map_err(|error| {
            let key = folder.publisher_key();
            broken(format!("{error}; or {} is of another server", key.display()))
        })?;
    }
    Ok(())
}

/// Looks whether a folder in which a server was at work has the key of receipts. A backup can be
/// older than that key, and is good without it.
pub fn check_receipts(folder: &Folder, db: &Connection) -> Result<(), StorageError> {
    let key = folder.receipt_key();
    if key.exists() || !is_known(db)? {
        return Ok(());
    }
    Err(StorageError::ReceiptKeyLost(key.display().to_string()))
}

/// Whether any phone can know this server by its key: somebody was made known, or a pack published.
fn is_known(db: &Connection) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM device) OR EXISTS (SELECT 1 FROM pack)";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

fn lost(folder: &Folder) -> StorageError {
    StorageError::KeyLost(folder.publisher_key().display().to_string())
}
