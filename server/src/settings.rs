//! What devices are told of the organisation's settings, kept in memory.
//!
//! A pack may be published, a device reported lost, or a role given, by a command while the server
//! runs. The command lengthens a small file, whose length is cheap to ask for on every exchange.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use enhance_model::{
    Limits,
    pack::PackManifest,
    programme::{Programme, Published},
};
use enhance_protocol::{
    PackVersion, Revocation, Settings, SignedManifest,
    codec::{decode, from_cbor, to_cbor},
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::storage::{Folder, Storage, StorageError, packs, revocations, whole_file};

/// Bytes of the structure of a pack at most.
const STRUCTURE_BYTES: u64 = 64 << 20;

/// The settings as they were last read.
pub(crate) struct SettingsCache {
    limits: Limits,
    known: Mutex<Known>,
}

/// What was read when the file had a length.
struct Known {
    length: u64,
    settings: Arc<Settings>,
    published: Arc<Published>,
}

impl SettingsCache {
    pub(crate) fn load(
        db: &Connection,
        folder: &Folder,
        limits: Limits,
    ) -> Result<Self, StorageError> {
        let known = Mutex::new(Known::read(db, folder, &limits)?);
        Ok(Self { limits, known })
    }

    pub(crate) async fn now(
        &self,
        storage: &Storage,
        folder: &Folder,
    ) -> Result<Arc<Settings>, StorageError> {
        let length = published_length(folder);
        {
            let known = self.known();
            if known.length == length {
                return Ok(Arc::clone(&known.settings));
            }
        }
        let (limits, read_from) = (self.limits.clone(), folder.clone());
        let fresh = storage.read(move |db| Known::read(db, &read_from, &limits)).await?;
        storage.catch_up().await?;
        let settings = Arc::clone(&fresh.settings);
        *self.known() = fresh;
        Ok(settings)
    }

    /// What documents may name.
    pub(crate) fn published(&self) -> Arc<Published> {
        Arc::clone(&self.known().published)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn read(db: &Connection, folder: &Folder, limits: &Limits) -> Result<Self, StorageError> {
        // Asked for before the packs are read: what is published between is then read once more.
        let length = published_length(folder);
        let settings = settings(limits.clone(), packs::newest(db)?, revocations::all(db)?)?;
        let published = Arc::new(published(db, folder)?);
        Ok(Self { length, settings: Arc::new(settings), published })
    }
}

/// What all versions of all packs have that documents name. A pack that cannot be read keeps nobody
/// from writing: then nothing is known to be unpublished.
fn published(db: &Connection, folder: &Folder) -> Result<Published, StorageError> {
    let mut published = Published::default();
    for frame in packs::all_signed(db)? {
        match programme(&frame, folder) {
            Ok(programme) => published.add(&programme),
            Err(error) => {
                tracing::error!(%error, "a version of a pack cannot be read; any word is taken");
                return Ok(Published::default());
            }
        }
    }
    Ok(published)
}

/// What a version of a pack consists of.
fn programme(frame: &[u8], folder: &Folder) -> Result<Programme, StorageError> {
    let broken = |error: &dyn std::fmt::Display| StorageError::Broken(format!("a pack: {error}"));
    let signed: SignedManifest =
        decode(frame, packs::MANIFEST_BYTES).map_err(|error| broken(&error))?;
    let manifest: PackManifest = from_cbor(&signed.manifest).map_err(|error| broken(&error))?;
    let path = folder.file(manifest.structure);
    let json = whole_file::bytes(&path, STRUCTURE_BYTES)?;
    serde_json::from_slice(&json).map_err(|error| broken(&error))
}

fn published_length(folder: &Folder) -> u64 {
    std::fs::metadata(folder.published()).map_or(0, |file| file.len())
}

fn settings(
    limits: Limits,
    packs: Vec<PackVersion>,
    revoked: Vec<Revocation>,
) -> Result<Settings, StorageError> {
    let bytes = to_cbor(&(&limits, &packs, &revoked))
        .map_err(|error| StorageError::Broken(format!("settings: {error}")))?;
    let digest = Sha256::digest(bytes);
    let id = digest.iter().take(4).fold(0_u32, |id, byte| (id << 8) | u32::from(*byte)).max(1);
    Ok(Settings { id, limits, packs, revoked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_follows_what_is_set() {
        let settings = |limits, packs| settings(limits, packs, Vec::new());
        let pack = |version| vec![PackVersion { key: "enhance".into(), version }];
        let first = settings(Limits::default(), pack(1)).unwrap();
        let tight = Limits { change_bytes: 9, ..Limits::default() };
        assert_eq!(first.id, settings(Limits::default(), pack(1)).unwrap().id);
        assert_ne!(first.id, settings(Limits::default(), pack(2)).unwrap().id);
        assert_ne!(first.id, settings(tight, pack(1)).unwrap().id);
    }
}
