//! What a running server holds: its storage, who may sign in, how often, and what it counts.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    path::Path,
    sync::{Arc, OnceLock},
};

use enhance_model::{DeviceId, Epoch, PersonId, Timestamp, programme::Published};
use enhance_protocol::{SecretKey, Settings};
use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::{
    backlog::Backlog,
    catalogues::Catalogues,
    config::Config,
    devices::{Devices, Found},
    door::{Caller, Held, Network, Rates},
    doorbell::Doorbell,
    error::RequestError,
    metrics::Metrics,
    receipts::ReceiptKey,
    refusals::count::Refusals,
    settings::SettingsCache,
    storage::{
        Folder, Storage, StorageError, Write, archives, blobs, contents, epochs,
        epochs::Epochs,
        folder::Lock,
        keys,
        people::{self, Sender},
        schema, tokens,
    },
    surroundings::{Surroundings, random},
    turns::{PeopleTurns, Turns},
    waiting::Waiting,
    web::Page,
    wholeness,
};

/// Bodies of refused requests that are let go of at once.
const LETTING_GO: usize = 4;

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
    /// Files on their way to each person.
    pub(crate) fetches: Arc<PeopleTurns>,
    /// Who listens for news, and who has which plan open.
    pub doorbell: Arc<Doorbell>,
    /// What is to be said of refusals in the audit trail.
    pub(crate) refusals: Refusals,
    pub catalogues: Catalogues,
    /// Documents to be tried, and documents to be folded.
    pub trials: Backlog,
    pub folds: Backlog,
    /// Whose archives hold entries that could still be let go.
    pub archives: Waiting,
    /// Whose files are asked for again.
    pub files_asked_again: Waiting,
    /// Whether the database is what was written, as far as it was looked at.
    pub wholeness: wholeness::Known,
    /// Where monitoring is answered, once it is.
    pub(crate) watched_at: OnceLock<SocketAddr>,
    /// The page at `/`, if there is one.
    pub(crate) page: Page,
    settings: SettingsCache,
    pub(crate) devices: Devices,
    /// How often each device asks.
    requests: Rates<DeviceId>,
    /// How often each person asks for a file.
    files: Rates<PersonId>,
    /// How often somebody tries to enrol, from each address and in all.
    attempts: Rates<Option<Network>>,
    attempts_in_all: Rates<()>,
    /// How often it is asked from each address which server this is, which costs a signature.
    identities: Rates<Option<Network>>,
    /// Bytes of requests that are held.
    pub held: Held,
    /// So many large bodies are let go of at once whose requests were refused.
    pub letting_go: Semaphore,
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
        // Before anything is made: a page that is none keeps the server from starting.
        let page = Page::read(config.web.as_deref())?;
        let folder = Folder::of_server(root)?;
        let mut lock = folder.lock()?;
        let is_new = !folder.database().is_file();
        // Before the keys: where these are, a database was.
        let db = schema::open_whole(&folder)?;
        contents::singles(&db)?.into_result()?;
        let key = keys::publisher(&folder, &db, random(&*surroundings))?;
        let receipt_key = receipt_key(&folder, is_new, random(&*surroundings))?;
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let now = surroundings.now();
        let epoch = Epoch::new(now, random(&*surroundings));
        let epochs = epochs::begin(&db, epoch, now)?;
        mark(&db, (&folder, &mut lock), epoch);
        let devices = Devices::of(people::devices(&db)?, tokens::others(&db)?, people::left(&db)?);
        let settings = SettingsCache::load(&db, &folder, config.limits.clone())?;
        let archives = Waiting::of(archives::waiting(&db)?);
        let files_asked_again = Waiting::of(blobs::asked_people(&db)?);
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
            fetches: Arc::new(PeopleTurns::new(config.door.files_of_person)),
            doorbell: Arc::new(Doorbell::new(config.door.listeners)),
            refusals: Refusals::default(),
            catalogues: Catalogues::default(),
            trials: Backlog::default(),
            folds: Backlog::default(),
            archives,
            files_asked_again,
            wholeness: wholeness::Known::default(),
            watched_at: OnceLock::new(),
            page,
            settings,
            devices,
            requests: Rates::new(config.limits.requests_per_minute),
            files: Rates::new(config.door.files_of_person_per_minute),
            attempts: Rates::new(config.door.enrolments_by_address),
            attempts_in_all: Rates::new(config.door.enrolments),
            identities: Rates::new(config.door.enrolments_by_address),
            held: Held::new(config.door.held_bytes),
            letting_go: Semaphore::new(LETTING_GO),
            config,
            _lock: lock,
        })))
    }

    /// The settings as they are now.
    pub async fn settings(&self) -> Result<Arc<Settings>, StorageError> {
        self.settings.now(&self.storage, &self.folder).await
    }

    /// What documents may name, as it was when the settings were last asked for.
    pub fn published(&self) -> Arc<Published> {
        self.settings.published()
    }
}

impl Inner {
    /// The moment it is by the clock of the surroundings.
    pub fn now(&self) -> Timestamp {
        self.surroundings.now()
    }

    /// Where monitoring is answered, if it is.
    pub fn watched_at(&self) -> Option<SocketAddr> {
        self.watched_at.get().copied()
    }

    /// The key by which devices know packs and certificates.
    pub fn publisher_key(&self) -> [u8; 32] {
        *self.publisher.public().as_bytes()
    }

    /// The device whose token this is, if the server knows it. A token that was offered takes its
    /// place now.
    pub async fn sender(&self, token: &[u8; 20]) -> Result<Option<Sender>, StorageError> {
        self.devices.hear(&self.storage, &self.folder).await?;
        let now = self.now();
        let Some(Found { sender, is_first, is_next }) = self.devices.sender(token, now) else {
            return Ok(None);
        };
        if is_first || is_next {
            let note = move |write: &mut Write<'_>| {
                if is_next {
                    tokens::replace(write.db, sender.device, now)?;
                }
                people::note_used(write.db, sender.device, now)
            };
            let noted: Result<(), StorageError> = self.storage.write(note).await;
            match noted {
                Ok(()) if is_next => self.devices.replace(token, now),
                Ok(()) => {}
                // On a full disk what is there can be read all the same.
                Err(error) => tracing::warn!(%error, "it was not noted that a device is used"),
            }
        }
        Ok(Some(sender))
    }

    /// Whether this was the token of somebody who left the programme.
    pub fn has_left(&self, token: &[u8; 20]) -> bool {
        self.devices.has_left(token)
    }

    /// The device whose token this is or was, for a folder that is to become another one.
    pub async fn former(&self, token: &[u8; 20]) -> Result<Option<Sender>, StorageError> {
        self.devices.hear(&self.storage, &self.folder).await?;
        Ok(self.devices.former(token, self.now()))
    }

    /// The devices of a person.
    pub fn devices_of(&self, person: PersonId) -> BTreeSet<DeviceId> {
        self.devices.of_person(person)
    }

    /// Counts a request of a device, and refuses it if it is one too many.
    pub fn admit_request(&self, sender: Sender) -> Result<(), RequestError> {
        self.requests.take(sender.device, self.now()).map_err(RequestError::too_often)
    }

    /// Counts a file that a person asks for, and refuses it if it is one too many.
    pub fn admit_file(&self, person: PersonId) -> Result<(), RequestError> {
        self.files.take(person, self.now()).map_err(RequestError::too_often)
    }

    /// Counts an attempt to enrol, and refuses it if it is one too many. For whom a proxy asks that
    /// does not say is one address with all others like it.
    pub fn admit_attempt(&self, caller: Caller) -> Result<(), RequestError> {
        let now = self.now();
        self.attempts.take(caller.network, now).map_err(RequestError::too_often)?;
        self.attempts_in_all.take((), now).map_err(RequestError::too_often)
    }

    /// Counts a question which server this is, and refuses it if it is one too many.
    pub fn admit_question(&self, caller: Caller) -> Result<(), RequestError> {
        self.identities.take(caller.network, self.now()).map_err(RequestError::too_often)
    }
}

/// Marks the database for this start. Without a mark less is noticed of what others do to the file.
fn mark(db: &Connection, (folder, lock): (&Folder, &mut Lock), epoch: Epoch) {
    let mark = epoch.as_bytes().last_chunk().map_or(0, |end| u32::from_be_bytes(*end));
    // Noted first: what comes into the log is of this database.
    let marked = lock.note(folder, mark).and_then(|()| schema::mark(db, mark));
    if let Err(error) = marked {
        tracing::warn!(%error, "the database has no mark of this start");
    }
}

/// The key of receipts, made from `fresh` if there is none.
fn receipt_key(
    folder: &Folder,
    is_new: bool,
    fresh: [u8; 32],
) -> Result<Arc<ReceiptKey>, StorageError> {
    let (bytes, made) = folder.receipt_key_bytes(fresh)?;
    if made && !is_new {
        let file = folder.receipt_key();
        tracing::warn!(file = %file.display(), "made anew: receipts given before count for nothing");
    }
    ReceiptKey::new(&bytes).map(Arc::new)
}
