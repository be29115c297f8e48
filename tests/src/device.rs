//! A person's phone: the core in a folder of its own, behind a network of its own.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use enhance_client::{
    Budget, Cancellation, DatabaseKey, Enrolment, Environment, Error, HttpTransport,
    InvitationStanding, LearningCore, OpenOptions, SyncReport,
};
use enhance_model::{DeviceId, PersonId, Sha256};
use rusqlite::Connection;

use crate::{
    chance::Chance,
    clock::StoryClock,
    network::{Network, Upstream},
    wait,
};

/// A device. It can be used as the [`LearningCore`] it holds.
pub struct Device {
    /// What is between it and the server.
    pub network: Network,
    /// The recovery key, on the device that was told it.
    pub recovery_key: Option<String>,
    name: String,
    folder: PathBuf,
    key: Option<[u8; 32]>,
    environment: Environment,
    core: Option<LearningCore>,
    traffic: Mutex<Traffic>,
    /// Whether its person accepts every invitation with the sync that brings it.
    pub joins: bool,
}

/// What all syncs of a device came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    pub syncs: u64,
    /// Round trips they took.
    pub round_trips: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
}

/// The parts a device is made of.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    /// What to call it.
    pub name: &'a str,
    /// Where it keeps everything.
    pub folder: PathBuf,
    /// Whether its database is encrypted, as on a real phone.
    pub encrypted: bool,
    /// The way to the server.
    pub upstream: Upstream,
    pub clock: &'a StoryClock,
    pub chance: &'a Chance,
}

impl Device {
    /// A device on which the app has not been opened yet.
    #[track_caller]
    pub fn closed(parts: Parts<'_>) -> Self {
        let Parts { name, folder, encrypted, upstream, clock, chance } = parts;
        let environment = Environment {
            clock: Arc::new(clock.clone()),
            randomness: Arc::new(chance.clone()),
            transport: Arc::new(HttpTransport::new()),
        };
        let key = encrypted.then(|| (*environment.randomness).bytes());
        let network = Network::to(upstream).expect("a port for the network");
        let name = name.to_owned();
        Self {
            network,
            recovery_key: None,
            name,
            folder,
            key,
            environment,
            core: None,
            traffic: Mutex::default(),
            joins: true,
        }
    }

    /// Another phone, onto which the folder of this one was copied as it is now, with the key. It
    /// knows the server by the address of this one.
    #[track_caller]
    #[must_use]
    pub fn copied(&self, name: &str, folder: &Path, upstream: Upstream) -> Self {
        self.copy_to(folder);
        let mut copy = Self {
            network: Network::to(upstream).expect("a port for the network"),
            recovery_key: self.recovery_key.clone(),
            name: name.to_owned(),
            folder: folder.to_owned(),
            key: self.key,
            environment: self.environment.clone(),
            core: None,
            traffic: Mutex::default(),
            joins: self.joins,
        };
        copy.start();
        copy
    }

    /// Opens the core again on what is on disk.
    #[track_caller]
    pub fn start(&mut self) {
        let what = format!("the folder of {} to be free", self.name);
        let opened = wait::until(&what, || in_its_turn(self.try_start()));
        opened.unwrap_or_else(|error| panic!("{} does not open: {error}", self.name));
    }

    /// The same, for a story in which it may fail.
    pub fn try_start(&mut self) -> Result<(), Error> {
        self.core = None;
        self.core = Some(LearningCore::open(self.options())?);
        Ok(())
    }

    /// What an app opens the core of this device with.
    pub fn options(&self) -> OpenOptions {
        OpenOptions {
            folder: self.folder.clone(),
            key: self.key.map(DatabaseKey::from_bytes),
            environment: self.environment.clone(),
        }
    }

    /// Closes the app, and opens it by another clock than that of the story.
    #[track_caller]
    pub fn live_by(&mut self, clock: &StoryClock) {
        self.close();
        self.environment.clock = Arc::new(clock.clone());
        self.start();
    }

    /// Lets go of the core, as an app does that is closed.
    pub fn close(&mut self) {
        self.core = None;
    }

    /// Copies its folder as it is now, whether or not the app is open.
    #[track_caller]
    pub fn copy_to(&self, folder: &Path) {
        std::fs::create_dir_all(folder).expect("a folder for the copy");
        for file in std::fs::read_dir(&self.folder).expect("the folder") {
            let file = file.expect("a file").path();
            if file.is_file() {
                let name = file.file_name().expect("a name");
                std::fs::copy(&file, folder.join(name)).expect("a copy");
            }
        }
    }

    /// Puts a backup of its folder back into new files, and opens the app.
    #[track_caller]
    pub fn put_back(&mut self, backup: &Path) {
        self.close();
        self.empty();
        for file in std::fs::read_dir(backup).expect("the backup") {
            let file = file.expect("a file").path();
            let name = file.file_name().expect("a name");
            std::fs::copy(&file, self.folder.join(name)).expect("a copy");
        }
        self.start();
    }

    /// Writes a backup of its database over the database, so that the file stays the same one.
    #[track_caller]
    pub fn write_back(&mut self, backup: &Path) {
        self.close();
        let bytes = std::fs::read(backup.join("enhance.db")).expect("the backup");
        std::fs::write(self.database(), bytes).expect("the database");
        self.start();
    }

    fn empty(&self) {
        for file in std::fs::read_dir(&self.folder).expect("the folder") {
            let file = file.expect("a file").path();
            if file.is_file() {
                std::fs::remove_file(file).expect("a file to go");
            }
        }
    }

    /// Closes and opens the app.
    #[track_caller]
    pub fn restart(&mut self) {
        self.close();
        self.start();
    }

    /// Enrols a person on it, and keeps the recovery key they are told.
    pub async fn join(&mut self, invitation: &str) -> Enrolment {
        let joined = self.try_join(invitation).await;
        joined.unwrap_or_else(|error| panic!("{} is not enrolled: {error}", self.name))
    }

    /// The same, for a story in which it may fail.
    pub async fn try_join(&mut self, invitation: &str) -> Result<Enrolment, Error> {
        let (server, name) = (self.server(), self.name.clone());
        let joined = self.core().enrol(&server, invitation, &name, &Cancellation::new()).await?;
        // It is shown once, and stays what it was.
        let shown = joined.recovery_key.as_ref().map(ToString::to_string);
        self.recovery_key = shown.or_else(|| self.recovery_key.take());
        Ok(joined)
    }

    /// An invitation for another device of the same person.
    pub async fn invitation(&self) -> String {
        let invited = self.core().invite_device(&Cancellation::new()).await;
        self.said("invite another device", invited)
    }

    /// The address it takes for the server's.
    pub fn server(&self) -> String {
        self.network.url()
    }

    /// One sync without limits, which must succeed.
    pub async fn sync(&self) -> SyncReport {
        let report = self.try_sync().await;
        report.unwrap_or_else(|error| panic!("{} does not sync: {error}", self.name))
    }

    /// One sync without limits; and another one where it brought invitations that are accepted.
    pub async fn try_sync(&self) -> Result<SyncReport, Error> {
        let first = self.sync_once().await?;
        if !self.joins || !self.accept_invitations()? {
            return Ok(first);
        }
        let joined = self.sync_once().await?;
        Ok(SyncReport {
            pushed: first.pushed + joined.pushed,
            pulled: first.pulled + joined.pulled,
            quarantined: first.quarantined + joined.quarantined,
            round_trips: first.round_trips + joined.round_trips,
            bytes_up: first.bytes_up + joined.bytes_up,
            bytes_down: first.bytes_down + joined.bytes_down,
            ..joined
        })
    }

    /// Accepts all plans that its person is invited to. Says whether there was one.
    pub fn accept_invitations(&self) -> Result<bool, Error> {
        let invitations = self.core().invitations()?.into_iter();
        let mut waiting =
            invitations.filter(|one| one.standing == InvitationStanding::Waiting).peekable();
        let any = waiting.peek().is_some();
        waiting.try_for_each(|one| self.core().accept_invitation(one.project))?;
        Ok(any)
    }

    async fn sync_once(&self) -> Result<SyncReport, Error> {
        let report = self.core().sync(Budget::default(), &Cancellation::new(), &|_| {}).await?;
        let mut traffic = self.traffic.lock().unwrap_or_else(PoisonError::into_inner);
        traffic.syncs += 1;
        traffic.round_trips += u64::from(report.round_trips);
        traffic.bytes_up += report.bytes_up;
        traffic.bytes_down += report.bytes_down;
        drop(traffic);
        Ok(report)
    }

    /// What its syncs have come to so far.
    pub fn traffic(&self) -> Traffic {
        *self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key of its database.
    #[track_caller]
    pub fn key(&self) -> [u8; 32] {
        self.key.expect("an encrypted device")
    }

    /// The file of its database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("enhance.db")
    }

    /// What `SQLite` says about the whole database: `ok`, or what is wrong with it.
    #[track_caller]
    pub fn integrity(&self) -> String {
        let database = look_into(&self.database(), self.key);
        let row = database.query_row("PRAGMA integrity_check", [], |row| row.get(0));
        row.expect("a word about the database")
    }

    /// By what name stories call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder with everything it keeps.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The core, which must be open.
    #[track_caller]
    pub fn core(&self) -> &LearningCore {
        self.core.as_ref().unwrap_or_else(|| panic!("{} is closed", self.name))
    }

    /// Whose device it is.
    #[track_caller]
    pub fn person(&self) -> PersonId {
        self.enrolled().0
    }

    /// By which id the server knows it.
    #[track_caller]
    pub fn id(&self) -> DeviceId {
        self.enrolled().1
    }

    /// Asks the server for somebody by their id, unless they are known here.
    pub async fn know(&self, person: PersonId) {
        self.sync().await;
        let known = self.core().people().expect("the people known here");
        if !known.iter().any(|one| one.id == person) {
            let asked = self.core().add_person(person, &Cancellation::new()).await;
            asked.expect("somebody with this id");
        }
    }

    #[track_caller]
    fn enrolled(&self) -> (PersonId, DeviceId) {
        let account = self.core().account().expect("the account");
        account.map(|account| (account.person.id, account.device)).expect("a person enrolled on it")
    }
}

/// A device's database, opened beside the core or without it.
#[track_caller]
pub fn look_into(database: &Path, key: Option<[u8; 32]>) -> Connection {
    let database = Connection::open(database).expect("the database");
    if let Some(key) = key {
        let key = Sha256::from_bytes(key);
        let pragmas = format!("PRAGMA cipher = 'chacha20'; PRAGMA key = 'raw:{key}';");
        database.execute_batch(&pragmas).expect("the key");
    }
    database
}

/// None while the folder is held by a program that is just being started from this one.
///
/// Such a program has, for a moment, every file open that this one had, the locks of devices among
/// them. On a phone nothing else is ever started from inside the app.
pub fn in_its_turn<T>(opened: Result<T, Error>) -> Option<Result<T, Error>> {
    if opened.as_ref().is_err_and(|error| *error == Error::InUse) { None } else { Some(opened) }
}

impl Deref for Device {
    type Target = LearningCore;

    fn deref(&self) -> &LearningCore {
        self.core()
    }
}
