//! What a running server holds: its storage, who may sign in, how often, and what it counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use enhance_model::{DeviceId, Epoch, PersonId, Timestamp};
use enhance_protocol::{SecretKey, Settings};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{
    backlog::Backlog,
    catalogues::Catalogues,
    config::Config,
    door::{Caller, Held, Network, Rates},
    error::RequestError,
    metrics::Metrics,
    receipts::ReceiptKey,
    refusals::Refusals,
    settings::SettingsCache,
    storage::{
        Folder, Storage, StorageError, archives, epochs,
        epochs::Epochs,
        folder::Lock,
        people::{self, Sender},
        schema,
    },
    surroundings::{Surroundings, random},
    turns::{PeopleTurns, Turns},
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
    pub people: Arc<PeopleTurns>,
    /// What is to be said of refusals in the audit trail.
    pub(crate) refusals: Refusals,
    pub catalogues: Catalogues,
    /// Documents to be tried, and documents to be folded.
    pub trials: Backlog,
    pub folds: Backlog,
    /// Whose archives hold entries that could still be let go.
    pub archives: Waiting,
    settings: SettingsCache,
    devices: RwLock<Devices>,
    /// How often each device asks.
    requests: Rates<DeviceId>,
    /// How often somebody tries to enrol, from each address and in all.
    attempts: Rates<Option<Network>>,
    attempts_in_all: Rates<()>,
    /// Bytes of requests that are held.
    pub held: Held,
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
            surroundings,
            epochs,
            folder,
            metrics: Metrics::default(),
            publisher: key.into(),
            receipt_key,
            gates: Arc::new(Semaphore::new(cores)),
            turns: Turns::default(),
            people: Arc::new(PeopleTurns::new(config.door.requests_of_person)),
            refusals: Refusals::default(),
            catalogues: Catalogues::default(),
            trials: Backlog::default(),
            folds: Backlog::default(),
            archives,
            settings,
            devices: RwLock::new(devices),
            requests: Rates::new(config.limits.requests_per_minute),
            attempts: Rates::new(config.door.enrolments_by_address),
            attempts_in_all: Rates::new(config.door.enrolments),
            held: Held::new(config.door.held_bytes),
            config,
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
        self.requests.take(sender.device, self.now()).map_err(RequestError::too_often)
    }

    /// Counts an attempt to enrol, and refuses it if it is one too many. For whom a proxy asks that
    /// does not say is one address with all others like it.
    pub fn admit_attempt(&self, caller: Caller) -> Result<(), RequestError> {
        let now = self.now();
        self.attempts.take(caller.network, now).map_err(RequestError::too_often)?;
        self.attempts_in_all.take((), now).map_err(RequestError::too_often)
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
