//! What devices are told of the organisation's settings, kept in memory.
//!
//! A pack may be published, a device reported lost, or a role given, by a command while the server
//! runs. The command lengthens a small file, whose length is cheap to ask for on every exchange.

use std::sync::{Arc, Mutex, PoisonError};

use enhance_model::Limits;
use enhance_protocol::{PackVersion, Revocation, Settings, codec::to_cbor};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::storage::{Folder, Storage, StorageError, packs, revocations};

/// The settings as they were last read.
pub(crate) struct SettingsCache {
    limits: Limits,
    known: Mutex<(u64, Arc<Settings>)>,
}

impl SettingsCache {
    pub(crate) fn load(
        db: &Connection,
        folder: &Folder,
        limits: Limits,
    ) -> Result<Self, StorageError> {
        // Asked for before the packs are read: what is published between is then read once more.
        let length = published_length(folder);
        let settings =
            Arc::new(settings(limits.clone(), packs::newest(db)?, revocations::all(db)?)?);
        Ok(Self { limits, known: Mutex::new((length, settings)) })
    }

    pub(crate) async fn now(
        &self,
        storage: &Storage,
        folder: &Folder,
    ) -> Result<Arc<Settings>, StorageError> {
        let length = published_length(folder);
        {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.0 == length {
                return Ok(Arc::clone(&known.1));
            }
        }
        let read = |db: &Connection| Ok((packs::newest(db)?, revocations::all(db)?));
        let (packs, revoked) = storage.read(read).await?;
        storage.catch_up().await?;
        let fresh = Arc::new(settings(self.limits.clone(), packs, revoked)?);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = (length, Arc::clone(&fresh));
        Ok(fresh)
    }
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
