//! The devices that are enrolled, in memory: whose token it is that comes with a request.
//!
//! A token is good for two years after it was given, and a device replaces its own each month. Both
//! are good until the new one is used. One that was replaced says for a year more of which device a
//! folder is a copy, and is good for nothing else. The person enrols a device again that has none.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use enhance_model::{DeviceId, PersonId, Timestamp, time::DAY_MS};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::storage::{
    Folder, Storage, StorageError,
    people::{self, Device, Sender},
    tokens::{FORMER, OtherToken},
};

/// Milliseconds for which a token is good that is not replaced: who comes back after a year of leave
/// and more goes on where they were, and what waits on their phone comes in.
const GOOD_MS: i64 = 730 * DAY_MS;
/// Milliseconds after which it is noted once more that a device was used: whoever looks whether a
/// phone that was lost is still used sees that of the last few minutes.
const NOTED_MS: i64 = 5 * 60 * 1000;
/// Milliseconds for which a token that was replaced says of which device a folder is a copy.
const FORMER_MS: i64 = 365 * DAY_MS;

/// Every device that may ask for something.
#[derive(Debug, Default)]
pub struct Devices {
    known: RwLock<Known>,
    /// The length of the file that commands lengthen, when those signed out were last looked up.
    told: AtomicU64,
}

#[derive(Debug, Default)]
struct Known {
    /// By the hash of the token.
    by_token: BTreeMap<[u8; 32], Token>,
    of_person: BTreeMap<PersonId, BTreeSet<DeviceId>>,
    /// The tokens of those who left the programme, to whom that is said.
    left: BTreeSet<[u8; 32]>,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    sender: Sender,
    place: Place,
    /// When it was given, or if it was replaced, when that was.
    at: Timestamp,
    /// When the device was last used, as far as this token tells.
    used_at: Timestamp,
}

/// The place of a token among those of its device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Present,
    /// Offered, and not used yet.
    Next,
    Former,
}

/// Whose token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) sender: Sender,
    /// Whether it is used for the first time in a while, so that this is to be noted.
    pub(crate) is_first: bool,
    /// Whether it takes the place of the one before it now.
    pub(crate) is_next: bool,
}

impl Known {
    fn add(&mut self, hash: [u8; 32], token: Token) {
        self.by_token.insert(hash, token);
        self.of_person.entry(token.sender.person).or_default().insert(token.sender.device);
    }

    fn of_device(&self, device: DeviceId, place: Place) -> Vec<(Timestamp, [u8; 32])> {
        let own = self.by_token.iter();
        let own = own.filter(|(_, one)| one.sender.device == device && one.place == place);
        own.map(|(hash, token)| (token.at, *hash)).collect()
    }
}

impl Devices {
    /// Those that are stored.
    pub(crate) fn of(
        devices: Vec<Device>,
        others: Vec<OtherToken>,
        left: BTreeSet<[u8; 32]>,
    ) -> Self {
        let mut known = Known { left, ..Known::default() };
        let mut senders = BTreeMap::new();
        for device in devices {
            let Device { sender, token_hash, token_at, used_at, is_signed_out, .. } = device;
            if is_signed_out {
                // Of its person it is all the same: what was made on it is theirs.
                known.of_person.entry(sender.person).or_default().insert(sender.device);
            } else {
                senders.insert(sender.device, (sender, token_at, used_at));
                let place = Place::Present;
                known.add(token_hash, Token { sender, place, at: token_at, used_at });
            }
        }
        for OtherToken { device, hash, replaced_at } in others {
            if let Some((sender, token_at, used_at)) = senders.get(&device).copied() {
                let place = if replaced_at.is_some() { Place::Former } else { Place::Next };
                let at = replaced_at.unwrap_or(token_at);
                known.add(hash, Token { sender, place, at, used_at });
            }
        }
        Self { known: RwLock::new(known), told: AtomicU64::new(0) }
    }

    /// The device whose token this is, if it is good.
    pub(crate) fn sender(&self, token: &[u8; 20], now: Timestamp) -> Option<Found> {
        let hash = token_hash(token);
        let Token { sender, place, at, used_at } = *self.read().by_token.get(&hash)?;
        if place == Place::Former || at.plus_millis(GOOD_MS) < now {
            return None;
        }
        let is_first = used_at.plus_millis(NOTED_MS) < now;
        if is_first && let Some(token) = self.write().by_token.get_mut(&hash) {
            token.used_at = now;
        }
        Some(Found { sender, is_first, is_next: place == Place::Next })
    }

    /// Whether this was the token of somebody who left the programme.
    pub(crate) fn has_left(&self, token: &[u8; 20]) -> bool {
        self.read().left.contains(&token_hash(token))
    }

    /// The device whose token this is or was.
    pub(crate) fn former(&self, token: &[u8; 20], now: Timestamp) -> Option<Sender> {
        let Token { sender, place, at, .. } = *self.read().by_token.get(&token_hash(token))?;
        let good = if place == Place::Former { FORMER_MS } else { GOOD_MS };
        (at.plus_millis(good) >= now).then_some(sender)
    }

    /// The devices of a person.
    pub(crate) fn of_person(&self, person: PersonId) -> BTreeSet<DeviceId> {
        self.read().of_person.get(&person).cloned().unwrap_or_default()
    }

    /// Lets a device in that was enrolled just now.
    pub(crate) fn let_in(&self, hash: [u8; 32], sender: Sender, now: Timestamp) {
        let mut known = self.write();
        // One that comes back is known by nothing else any more.
        known.by_token.retain(|_, token| token.sender.device != sender.device);
        known.add(hash, Token { sender, place: Place::Present, at: now, used_at: now });
    }

    /// Knows a token that may take the place of a device's from now on.
    pub(crate) fn offer(&self, hash: [u8; 32], sender: Sender, now: Timestamp) {
        let mut known = self.write();
        for (_, before) in known.of_device(sender.device, Place::Next) {
            known.by_token.remove(&before);
        }
        known.add(hash, Token { sender, place: Place::Next, at: now, used_at: now });
    }

    /// The token takes the place of its device's, which is good no more.
    pub(crate) fn replace(&self, token: &[u8; 20], now: Timestamp) {
        let hash = token_hash(token);
        let mut known = self.write();
        let Some(next) = known.by_token.get(&hash).filter(|one| one.place == Place::Next) else {
            return;
        };
        let device = next.sender.device;
        for (_, before) in known.of_device(device, Place::Present) {
            if let Some(before) = known.by_token.get_mut(&before) {
                (before.place, before.at) = (Place::Former, now);
            }
        }
        if let Some(next) = known.by_token.get_mut(&hash) {
            (next.place, next.at) = (Place::Present, now);
        }
        let mut former = known.of_device(device, Place::Former);
        former.sort_unstable();
        let too_many = former.len().saturating_sub(FORMER);
        for (_, oldest) in former.into_iter().take(too_many) {
            known.by_token.remove(&oldest);
        }
    }

    /// Knows no token of a device any more.
    pub(crate) fn sign_out(&self, device: DeviceId) {
        self.write().by_token.retain(|_, token| token.sender.device != device);
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
        let looked_up = |db: &Connection| Ok((people::signed_out(db)?, people::left(db)?));
        let (signed_out, left) = storage.read(looked_up).await?;
        let signed_out: BTreeSet<_> = signed_out.into_iter().collect();
        let mut known = self.write();
        known.by_token.retain(|_, token| !signed_out.contains(&token.sender.device));
        known.left = left;
        drop(known);
        self.told.store(length, Ordering::Release);
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a token is stored, so that a reader of the database cannot pretend to be the device.
pub fn token_hash(token: &[u8; 20]) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: Sender =
        Sender { device: DeviceId::from_bytes([2; 16]), person: PersonId::from_bytes([1; 16]) };

    const fn day(number: i64) -> Timestamp {
        Timestamp::from_unix_millis(number * DAY_MS)
    }

    fn is_known(devices: &Devices, token: u8, now: Timestamp) -> bool {
        devices.sender(&[token; 20], now).is_some()
    }

    #[test]
    fn g15_a_token_is_good_for_two_years_and_for_ever_if_it_is_replaced() {
        let devices = Devices::default();
        devices.let_in(token_hash(&[7; 20]), SENDER, day(0));
        let found = Found { sender: SENDER, is_first: false, is_next: false };
        assert_eq!(devices.sender(&[7; 20], day(0)), Some(found));
        assert_eq!(devices.sender(&[8; 20], day(0)), None);
        assert_eq!(devices.sender(&[7; 20], day(2)), Some(Found { is_first: true, ..found }));
        assert_eq!(devices.sender(&[7; 20], day(2)), Some(found));
        assert!(is_known(&devices, 7, day(730)));
        assert!(!is_known(&devices, 7, day(731)), "however often it was used");
        devices.offer(token_hash(&[8; 20]), SENDER, day(700));
        devices.replace(&[8; 20], day(700));
        assert!(is_known(&devices, 8, day(1_430)));
        assert!(!is_known(&devices, 8, day(1_431)));
    }

    #[test]
    fn both_tokens_are_good_until_the_new_one_is_used() {
        let devices = Devices::default();
        devices.let_in(token_hash(&[1; 20]), SENDER, day(0));
        devices.offer(token_hash(&[2; 20]), SENDER, day(30));
        devices.offer(token_hash(&[3; 20]), SENDER, day(30));
        assert!(is_known(&devices, 1, day(30)) && is_known(&devices, 3, day(30)));
        assert!(!is_known(&devices, 2, day(30)), "another took its place");
        devices.replace(&[3; 20], day(31));
        assert!(is_known(&devices, 3, day(31)) && !is_known(&devices, 1, day(31)));
        assert_eq!(devices.former(&[1; 20], day(31)), Some(SENDER));
        assert_eq!(devices.former(&[1; 20], day(400)), None, "more than a year later");
        devices.sign_out(SENDER.device);
        assert!(!is_known(&devices, 3, day(31)));
        assert_eq!(devices.former(&[1; 20], day(31)), None);
        assert!(devices.of_person(SENDER.person).contains(&SENDER.device));
    }

    #[test]
    fn no_more_replaced_tokens_are_kept_than_a_year_has() {
        let devices = Devices::default();
        devices.let_in(token_hash(&[0; 20]), SENDER, day(0));
        for token in 1..=40 {
            devices.offer(token_hash(&[token; 20]), SENDER, day(1));
            devices.replace(&[token; 20], day(i64::from(token)));
        }
        assert_eq!(devices.read().by_token.len(), FORMER + 1);
        assert_eq!(devices.former(&[39; 20], day(41)), Some(SENDER));
    }

    #[test]
    fn a_clock_that_jumps_forgets_no_token() {
        let devices = Devices::default();
        devices.let_in(token_hash(&[1; 20]), SENDER, day(1_000));
        assert!(!is_known(&devices, 1, day(9_000)), "while the clock is years ahead");
        assert!(is_known(&devices, 1, day(10)), "while it is behind");
        assert!(is_known(&devices, 1, day(1_001)), "once it is right again");
    }
}
