//! What a running server holds: its storage, who may sign in, how often, and what it counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use enhance_model::{DeviceId, Epoch, PersonId, RefusalCode, Timestamp};
use enhance_protocol::{SecretKey, Settings};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{
    backlog::Backlog,
    catalogues::Catalogues,
    config::Config,
    error::RequestError,
    metrics::Metrics,
    receipts::ReceiptKey,
    settings::SettingsCache,
    storage::{
        Folder, Storage, StorageError, archives, epochs,
        epochs::Epochs,
        folder::Lock,
        people::{self, Sender},
        schema,
    },
    surroundings::{Surroundings, random},
    turns::Turns,
    waiting::Waiting,
};

/// A running server. Clones are the same server.
#[derive(Clone)]
pub struct ServerState(Arc<Inner>);

/// What a server consists of; one per process and folder.
pub struct Inner {
    pub storage: Storage,
    pub config: Config,
    pub surroundings: Box<dyn Surroundings>,
    pub epochs: Epochs,
    pub folder: Folder,
    pub metrics: Metrics,
    /// The key that signs packs and certificates.
    pub publisher: SecretKey,
    /// By which the server recognises what it once stored.
    pub receipt_key: Arc<ReceiptKey>,
    /// As many gates as there are cores: admitting a change is hard work.
    pub gates: Arc<Semaphore>,
    pub turns: Turns,
    pub catalogues: Catalogues,
    /// Documents to be tried, and documents to be folded.
    pub trials: Backlog,
    pub folds: Backlog,
    /// Whose archives hold entries that could still be let go.
    pub archives: Waiting,
    settings: SettingsCache,
    devices: RwLock<Devices>,
    buckets: Mutex<BTreeMap<DeviceId, Bucket>>,
    _lock: Lock,
}

impl std::ops::Deref for ServerState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl ServerState {
    /// Opens a folder, made if it is not there, for this server alone.
    pub fn open(
        root: &Path,
        config: Config,
        surroundings: Box<dyn Surroundings>,
    ) -> Result<Self, StorageError> {
        let folder = Folder::make(root)?;
        let lock = folder.lock()?;
        let key = folder.signing_key(random(&*surroundings))?;
        let receipt_key = receipt_key(&folder, random(&*surroundings))?;
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let db = schema::open(&folder.database())?;
        let now = surroundings.now();
        let epochs = epochs::present(&db, Epoch::new(now, random(&*surroundings)), now)?;
        let mut devices = Devices::default();
        for device in people::devices(&db)? {
            devices.add(device.token_hash, device.sender);
        }
        let settings = SettingsCache::load(&db, &folder, config.limits.clone())?;
        let archives = Waiting::of(archives::waiting(&db)?);
        drop(db);
        Ok(Self(Arc::new(Inner {
            storage: Storage::open(&folder, cores * 2)?,
            config,
            surroundings,
            epochs,
            folder,
            metrics: Metrics::default(),
            publisher: key.into(),
            receipt_key,
            gates: Arc::new(Semaphore::new(cores)),
            turns: Turns::default(),
            catalogues: Catalogues::default(),
            trials: Backlog::default(),
            folds: Backlog::default(),
            archives,
            settings,
            devices: RwLock::new(devices),
            buckets: Mutex::default(),
            _lock: lock,
        })))
    }

    /// The settings as they are now.
    pub async fn settings(&self) -> Result<Arc<Settings>, StorageError> {
        self.settings.now(&self.storage, &self.folder).await
    }
}

impl Inner {
    /// The moment it is by the clock of the surroundings.
    pub fn now(&self) -> Timestamp {
        self.surroundings.now()
    }

    /// The key by which devices know packs and certificates.
    pub fn publisher_key(&self) -> [u8; 32] {
        *self.publisher.public().as_bytes()
    }

    /// The device whose token this is, if the server knows it.
    pub fn sender(&self, token: &[u8; 20]) -> Option<Sender> {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices.by_token.get(&token_hash(token)).copied()
    }

    /// The devices of a person.
    pub fn devices_of(&self, person: PersonId) -> BTreeSet<DeviceId> {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices.of_person.get(&person).cloned().unwrap_or_default()
    }

    /// Lets a device in that was enrolled just now.
    pub fn let_in(&self, token_hash: [u8; 32], sender: Sender) {
        self.devices.write().unwrap_or_else(PoisonError::into_inner).add(token_hash, sender);
    }

    /// Counts a request of a device, and refuses it if it is one too many.
    pub fn admit_request(&self, sender: Sender) -> Result<(), RequestError> {
        let per_minute = self.config.limits.requests_per_minute;
        let now = self.now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(sender.device).or_insert_with(|| Bucket::full(per_minute, now));
        bucket.take(per_minute, now).map_err(|wait| RequestError {
            retry_in_ms: Some(wait),
            ..RequestError::new(RefusalCode::RateLimited)
        })
    }
}

/// The key of receipts, made from `fresh` if there is none.
fn receipt_key(folder: &Folder, fresh: [u8; 32]) -> Result<Arc<ReceiptKey>, StorageError> {
    let (bytes, made) = folder.receipt_key_bytes(fresh)?;
    if made && folder.database().is_file() {
        let file = folder.receipt_key();
        tracing::warn!(file = %file.display(), "made anew: receipts given before count for nothing");
    }
    ReceiptKey::new(&bytes).map(Arc::new)
}

/// Every device that was enrolled.
#[derive(Default)]
struct Devices {
    /// By the hash of its token.
    by_token: BTreeMap<[u8; 32], Sender>,
    of_person: BTreeMap<PersonId, BTreeSet<DeviceId>>,
}

impl Devices {
    fn add(&mut self, token_hash: [u8; 32], sender: Sender) {
        self.by_token.insert(token_hash, sender);
        self.of_person.entry(sender.person).or_default().insert(sender.device);
    }
}

/// How a token is stored, so that a reader of the database cannot pretend to be the device.
pub fn token_hash(token: &[u8; 20]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Room for a minute's requests at once, which comes back evenly.
#[derive(Debug)]
struct Bucket {
    /// Thousandths of a minute's share of one request, so that no fraction is lost.
    room: u64,
    at: Timestamp,
}

const MINUTE_MS: u64 = 60_000;

impl Bucket {
    fn full(per_minute: u32, now: Timestamp) -> Self {
        Self { room: u64::from(per_minute) * MINUTE_MS, at: now }
    }

    fn take(&mut self, per_minute: u32, now: Timestamp) -> Result<(), u32> {
        let per_minute = u64::from(per_minute);
        let back = now.millis_since(self.at).saturating_mul(per_minute);
        self.room = self.room.saturating_add(back).min(per_minute * MINUTE_MS);
        self.at = now;
        if self.room >= MINUTE_MS {
            self.room -= MINUTE_MS;
            return Ok(());
        }
        let wait = (MINUTE_MS - self.room).checked_div(per_minute).unwrap_or(MINUTE_MS) + 1;
        Err(u32::try_from(wait).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_requests_fit_at_once_and_come_back_evenly() {
        let start = Timestamp::from_unix_millis(1_000_000);
        let mut bucket = Bucket::full(3, start);
        for _ in 0..3 {
            assert_eq!(bucket.take(3, start), Ok(()));
        }
        let wait = bucket.take(3, start).unwrap_err();
        assert_eq!(wait, 20_001);
        assert_eq!(bucket.take(3, start.plus_millis(i64::from(wait))), Ok(()));
        assert!(bucket.take(3, start.plus_millis(i64::from(wait))).is_err());
    }

    #[test]
    fn a_clock_set_back_gives_no_room_and_takes_none() {
        let start = Timestamp::from_unix_millis(1_000_000);
        let mut bucket = Bucket::full(2, start);
        assert_eq!(bucket.take(2, start.plus_millis(-500_000)), Ok(()));
        assert_eq!(bucket.take(2, start.plus_millis(-500_000)), Ok(()));
        assert!(bucket.take(2, start.plus_millis(-500_000)).is_err());
    }
}
