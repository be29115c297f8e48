//! The devices that are enrolled, in memory: whose token it is that comes with a request.
//!
//! A token that is used is good for two years more; one that was not used for so long is not known
//! any more, nor is that of a device that was signed out. The person enrols it again then.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use enhance_model::{DeviceId, PersonId, Timestamp};
use sha2::{Digest, Sha256};

use crate::storage::{
    Folder, Storage, StorageError,
    people::{self, Device, Sender},
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Milliseconds for which a token is good that is not used: who comes back after a year of leave and
/// more goes on where they were, and what waits on their phone comes in.
const GOOD_MS: i64 = 730 * DAY_MS;

/// Every device that may ask for something.
#[derive(Debug, Default)]
pub struct Devices {
    known: RwLock<Known>,
    /// The length of the file that commands lengthen, when those signed out were last looked up.
    told: AtomicU64,
}

#[derive(Debug, Default)]
struct Known {
    /// By the hash of its token.
    by_token: BTreeMap<[u8; 32], (Sender, Timestamp)>,
    of_person: BTreeMap<PersonId, BTreeSet<DeviceId>>,
}

impl Known {
    fn add(&mut self, token_hash: [u8; 32], sender: Sender, used_at: Timestamp) {
        self.by_token.insert(token_hash, (sender, used_at));
        self.of_person.entry(sender.person).or_default().insert(sender.device);
    }
}

impl Devices {
    /// Those that are stored.
    pub(crate) fn of(devices: Vec<Device>) -> Self {
        let mut known = Known::default();
        for device in devices {
            let Device { sender, token_hash, used_at, is_signed_out, .. } = device;
            if is_signed_out {
                // Of its person it is all the same: what was made on it is theirs.
                known.of_person.entry(sender.person).or_default().insert(sender.device);
            } else {
                known.add(token_hash, sender, used_at);
            }
        }
        Self { known: RwLock::new(known), told: AtomicU64::new(0) }
    }

    /// The device whose token this is, if the server knows it and it was used lately; and whether
    /// it is the first time that day.
    pub(crate) fn sender(&self, token: &[u8; 20], now: Timestamp) -> Option<(Sender, bool)> {
        let hash = token_hash(token);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let (sender, used_at) = *known.by_token.get(&hash)?;
        drop(known);
        if used_at.plus_millis(GOOD_MS) < now {
            return None;
        }
        let is_first = used_at.plus_millis(DAY_MS) < now;
        if is_first {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, used_at)) = known.by_token.get_mut(&hash) {
                *used_at = now;
            }
        }
        Some((sender, is_first))
    }

    /// The devices of a person.
    pub(crate) fn of_person(&self, person: PersonId) -> BTreeSet<DeviceId> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.of_person.get(&person).cloned().unwrap_or_default()
    }

    /// Lets a device in that was enrolled just now.
    pub(crate) fn let_in(&self, token_hash: [u8; 32], sender: Sender, now: Timestamp) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // One that comes back is known by nothing else any more.
        known.by_token.retain(|_, (known, _)| known.device != sender.device);
        known.add(token_hash, sender, now);
    }

    /// Hears which devices were signed out by a command, if there was one since.
    pub(crate) async fn hear(
        &self,
        storage: &Storage,
        folder: &Folder,
    ) -> Result<(), StorageError> {
        let length = std::fs::metadata(folder.published()).map_or(0, |file| file.len());
        if self.told.load(Ordering::Acquire) == length {
            return Ok(());
        }
        let signed_out = storage.read(people::signed_out).await?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for token_hash in signed_out {
            known.by_token.remove(&token_hash);
        }
        self.told.store(length, Ordering::Release);
        Ok(())
    }
}

/// How a token is stored, so that a reader of the database cannot pretend to be the device.
pub fn token_hash(token: &[u8; 20]) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g15_a_token_is_good_for_as_long_as_it_is_used() {
        let person = PersonId::from_bytes([1; 16]);
        let sender = Sender { device: DeviceId::from_bytes([2; 16]), person };
        let devices = Devices::default();
        let day = |number: i64| Timestamp::from_unix_millis(number * DAY_MS);
        devices.let_in(token_hash(&[7; 20]), sender, day(0));
        assert_eq!(devices.sender(&[7; 20], day(0)), Some((sender, false)));
        assert_eq!(devices.sender(&[8; 20], day(0)), None);
        for number in [730, 1_460, 2_190] {
            assert_eq!(devices.sender(&[7; 20], day(number)), Some((sender, true)));
            assert_eq!(devices.sender(&[7; 20], day(number)), Some((sender, false)));
        }
        assert_eq!(devices.sender(&[7; 20], day(2_921)), None);
    }
}
