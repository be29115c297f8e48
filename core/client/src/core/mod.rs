//! The core itself: one account in one folder, and the lock everything local is done under.

use std::{
    fmt, mem,
    num::NonZeroUsize,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use enhance_model::{DocumentId, Noun, Timestamp};
use enhance_store::{Changes, DatabaseKey, HeldFolder, Store, Topic, Write};
use lru::LruCache;

use crate::{
    Environment, Error, OpenOptions,
    asked::programme::InstalledPack,
    observe::{Observation, Observers},
    state::documents::OpenDocument,
    state::facts::Facts,
    sync::Traffic,
};

/// Documents kept open. One is a few hundred kilobytes; more than a person edits in an hour.
const OPEN_DOCUMENTS: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// The one object an app holds. Clones are the same core.
///
/// What is local is done when the call returns, and durable; what needs the network is `async`.
/// Nothing is half done, whoever is cancelled and whatever fails.
#[derive(Clone)]
pub struct LearningCore {
    shared: Arc<Shared>,
}

struct Shared {
    /// None while the core is suspended.
    state: Mutex<Option<State>>,
    observers: Observers,
    environment: Environment,
    folder: PathBuf,
    key: Option<DatabaseKey>,
    traffic: Traffic,
}

impl fmt::Debug for LearningCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LearningCore").field("folder", &self.shared.folder).finish_non_exhaustive()
    }
}

/// What the lock guards: the database, and the documents that are open in memory.
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) environment: Environment,
    pub(crate) folder: PathBuf,
    pub(super) open: LruCache<DocumentId, OpenDocument>,
    pub(super) facts: Option<Arc<Facts>>,
    pub(super) programme: Option<Arc<InstalledPack>>,
    /// Committed, and not yet told to observers.
    changes: Changes,
}

impl LearningCore {
    /// Opens the account in a folder. The folder is this core's alone until the last clone of it
    /// is dropped.
    pub fn open(options: OpenOptions) -> Result<Self, Error> {
        Self::open_held(HeldFolder::new(options.folder.clone())?, options)
    }

    /// Opens the account in a folder that is held already.
    pub(crate) fn open_held(held: HeldFolder, options: OpenOptions) -> Result<Self, Error> {
        let state = Mutex::new(Some(State::open(held, &options)?));
        let OpenOptions { folder, key, environment } = options;
        let (observers, traffic) = (Observers::default(), Traffic::default());
        let shared = Shared { state, observers, environment, folder, key, traffic };
        let core = Self { shared: Arc::new(shared) };
        core.refresh_projections();
        Ok(core)
    }

    /// Lets go of the folder before the operating system freezes the app: what is under way on the
    /// network ends, the database is closed and its lock given back. An app that is frozen with a
    /// lock is ended by iOS, and keeps everybody else out on Android.
    ///
    /// Returns when the local step under way is done; until [`LearningCore::resume`] everything
    /// else is answered with [`Error::Suspended`]. Doing it twice is doing it once.
    pub fn suspend(&self) {
        let mut held = self.lock();
        self.traffic().set_awake(false);
        drop(held.take());
    }

    /// Opens the folder again after [`LearningCore::suspend`]. Does nothing if it is open, and makes
    /// no new database if somebody took the old one away meanwhile.
    pub fn resume(&self) -> Result<(), Error> {
        let mut held = self.lock();
        if held.is_none() {
            let Shared { folder, key, environment, .. } = &*self.shared;
            let (folder, key, environment) = (folder.clone(), key.clone(), environment.clone());
            let options = OpenOptions { folder, key, environment };
            let again = HeldFolder::new(options.folder.clone())?;
            if !again.has_database()? {
                return Err(Error::not_found(Noun::Database, options.folder.display()));
            }
            *held = Some(State::open(again, &options)?);
        }
        self.traffic().set_awake(true);
        drop(held);
        self.refresh_projections();
        Ok(())
    }

    /// Calls `observer` after everything that changes, until what is returned is dropped.
    ///
    /// It is called on the thread that made the change and outside every lock, so it may ask the
    /// core things; it should be quick.
    pub fn observe(&self, observer: impl Fn(&Changes) + Send + Sync + 'static) -> Observation {
        self.shared.observers.add(observer)
    }

    /// Does `work` under the lock, then tells observers what was committed.
    ///
    /// If it fails or panics, the documents in memory are dropped and read from the database
    /// again: what was committed is there and nothing else is.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut State) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut held = self.lock();
        let state = held.as_mut().ok_or(Error::Suspended)?;
        let done = catch_unwind(AssertUnwindSafe(|| work(state)))
            .unwrap_or_else(|_| Err(Error::internal("working with what is stored")));
        if done.is_err() {
            state.forget_all();
        }
        let changes = mem::take(&mut state.changes);
        drop(held);
        self.shared.observers.notify(&changes);
        done
    }

    /// Tells observers of something that changed outside the database.
    pub(crate) fn tell(&self, topic: Topic) {
        self.shared.observers.notify(&Changes::of(topic));
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.shared.environment
    }

    /// What the clones of this core share about the network.
    pub(crate) fn traffic(&self) -> &Traffic {
        &self.shared.traffic
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// A full disk must not keep a person from reading what is there.
    fn refresh_projections(&self) {
        if let Err(error) = self.with(State::refresh_projections) {
            tracing::warn!(%error, "what screens read could not be brought up to date");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.shared.state.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            let mut held = poisoned.into_inner();
            if let Some(state) = held.as_mut() {
                state.forget_all();
            }
            held
        })
    }
}

impl State {
    fn open(held: HeldFolder, options: &OpenOptions) -> Result<Self, Error> {
        Ok(Self {
            store: held.open(options.key.as_ref())?,
            environment: options.environment.clone(),
            folder: options.folder.clone(),
            open: LruCache::new(OPEN_DOCUMENTS),
            facts: None,
            programme: None,
            changes: Changes::default(),
        })
    }

    /// Does all of `work` in one transaction or none of it.
    ///
    /// What a document in memory says may be ahead of the database when this fails, so all of
    /// them are dropped then.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self.store.write(work) {
            Ok((done, changes)) => {
                if changes.touches(Topic::Account) {
                    self.facts = None;
                }
                if changes.touches(Topic::Packs) {
                    self.programme = None;
                }
                self.changes.merge(changes);
                Ok(done)
            }
            Err(error) => {
                self.forget_all();
                Err(error)
            }
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.environment.clock.now()
    }

    /// Drops a document from memory; the next use reads it from the database.
    pub(crate) fn forget(&mut self, document: DocumentId) {
        self.open.pop(&document);
    }

    pub(crate) fn forget_all(&mut self) {
        self.open.clear();
        self.facts = None;
        self.programme = None;
    }
}
