//! The one object an app holds. What is asked of it is in a file for each noun; each method
//! hands over to the floor below.

mod account;
mod arcp;
mod attachments;
mod comments;
mod copies;
mod devices;
mod documents;
mod drafts;
mod export;
mod inbox;
mod invitations;
mod members;
mod packs;
mod presence;
mod programme;
mod projects;
mod quarantine;
mod record;
mod reflections;
mod search;
mod sharing;
mod sign_offs;
mod sync;
mod tickets;
pub(crate) mod typing;

use std::{fmt, path::PathBuf, sync::Arc};

use enhance_store::{DatabaseKey, HeldFolder, Salvaged, Store};

use crate::{
    asked::key_store::{self, KeyStore},
    environment::Environment,
    error::Error,
    observe::{Changes, Observation},
    options::OpenOptions,
    packs::fetch::Downloads,
    state::{attachments::sweep_folder, lock::StateLock, refresh::Refresher},
    sync::traffic::Traffic,
};

/// The one object an app holds. Clones are the same core.
///
/// ```
/// use enhance_client::{Environment, Error, LearningCore, ListPage, OpenOptions};
///
/// # let temporary = tempfile::tempdir()?;
/// # let folder = temporary.path().join("account");
/// let (key, environment) = (None, Environment::real());
/// let core = LearningCore::open(OpenOptions { folder, key, environment })?;
/// assert_eq!(core.account()?, None, "this device is not enrolled yet");
/// assert!(core.reflections(ListPage::default())?.is_empty());
///
/// core.suspend(); // the database is closed; the app may be frozen now
/// assert_eq!(core.account(), Err(Error::Suspended));
/// core.resume()?;
/// assert_eq!(core.account()?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What is local is done when the call returns, and durable; what needs the network is `async`.
/// Nothing is half done, no matter what is cancelled and what fails.
#[derive(Clone)]
pub struct LearningCore {
    /// Before the state: it lets go of it when the last clone is dropped.
    refresher: Arc<Refresher>,
    state: StateLock,
    traffic: Arc<Traffic>,
    downloads: Arc<Downloads>,
}

impl fmt::Debug for LearningCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LearningCore").field("folder", &self.state.folder()).finish_non_exhaustive()
    }
}

impl LearningCore {
    /// Opens the account in a folder. The folder is this core's alone until the last clone of it
    /// is dropped.
    pub fn open(options: OpenOptions) -> Result<Self, Error> {
        let held = HeldFolder::new(options.folder.clone())?;
        Self::open_held(held, options)
    }

    /// Opens the account in a folder with the key that the phone keeps, and makes both if there is
    /// no database yet.
    ///
    /// Where there is a database and no key, or what belongs to a database and no database, nothing
    /// is made and nothing is touched: see [`LearningCore::set_aside`].
    pub fn open_with(
        folder: PathBuf,
        keys: &dyn KeyStore,
        environment: Environment,
    ) -> Result<Self, Error> {
        let (held, key) = key_store::unlock(folder.clone(), keys, &environment)?;
        Self::open_held(held, OpenOptions { folder, key: Some(key), environment })
    }

    /// Moves the database in a folder to a dated folder beside it, whole, and says where. For one
    /// that is damaged or whose key is lost: what was written in it may be nowhere else, so nothing
    /// is ever deleted. After that the folder can be opened anew, and the device enrolled again.
    pub fn set_aside(folder: PathBuf, environment: &Environment) -> Result<PathBuf, Error> {
        Ok(Store::set_aside(folder, environment.clock.now())?)
    }

    /// Takes what can be read out of a database that is damaged into a new one, words first, and says
    /// what that was. The damaged one is moved to a dated folder beside it, whole, and only once the
    /// new one is complete. After that the folder can be opened; the next sync compares everything
    /// with the server and fetches what is missing.
    pub fn salvage(
        folder: PathBuf,
        key: Option<&DatabaseKey>,
        environment: &Environment,
    ) -> Result<Salvaged, Error> {
        Ok(Store::salvage(folder, key, environment.clock.now())?)
    }

    /// The same with the key that the phone keeps.
    pub fn salvage_with(
        folder: PathBuf,
        keys: &dyn KeyStore,
        environment: &Environment,
    ) -> Result<Salvaged, Error> {
        let key = key_store::known(keys)?;
        Self::salvage(folder, Some(&key), environment)
    }

    /// Lets go of the folder before the operating system freezes the app: what is under way on the
    /// network ends, the database is closed and its lock given back. An app that is frozen with a
    /// lock is ended by iOS, and keeps everybody else out on Android.
    ///
    /// Returns when the local step under way is done; until [`LearningCore::resume`] everything
    /// else is answered with [`Error::Suspended`]. Doing it twice is doing it once.
    pub fn suspend(&self) {
        self.state.suspend();
    }

    /// Opens the folder again after [`LearningCore::suspend`]. Does nothing if it is open, and makes
    /// no new database if the old one was taken away meanwhile.
    pub fn resume(&self) -> Result<(), Error> {
        if self.state.resume()? {
            self.refresher.wake();
            self.traffic.unblock();
        }
        Ok(())
    }

    /// Lets go of the folder for good, and ends what watches and what is under way on the network.
    ///
    /// Everything asked from now on, by whoever still holds this core, is answered with
    /// [`Error::Closed`]. Observers are called a last time, so that what watches reads again and
    /// ends at once.
    pub fn leave(&self) {
        // There is nothing to check before, so it is always done.
        let _ = self.state.leave(Error::Closed, |_| Ok(()));
    }

    /// Calls `observer` after everything that changes, until what is returned is dropped.
    ///
    /// It is called on the thread that made the change and outside every lock, so it may ask the
    /// core things; it should be quick.
    pub fn observe(&self, observer: impl Fn(&Changes) + Send + Sync + 'static) -> Observation {
        self.state.observe(observer)
    }

    fn open_held(held: HeldFolder, options: OpenOptions) -> Result<Self, Error> {
        let state = StateLock::open(held, options)?;
        // Nothing is being attached yet, so what belongs to nothing is what a kill left behind.
        if let Err(error) = state.with(sweep_folder) {
            tracing::warn!(%error, "files that belong to nothing could not be destroyed");
        }
        let refresher = Arc::new(Refresher::begin(&state));
        Ok(Self { refresher, state, traffic: Arc::default(), downloads: Arc::default() })
    }
}

#[cfg(test)]
impl LearningCore {
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut crate::state::State) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.state.with(work)
    }

    pub(crate) const fn lock(&self) -> &StateLock {
        &self.state
    }

    /// Waits until the background has nothing to do.
    pub(crate) fn until_up_to_date(&self) {
        for _ in 0..4_000 {
            if self.state.read(crate::state::refresh::is_up_to_date).unwrap() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("something stays out of date");
    }

    pub(crate) fn environment(&self) -> &Environment {
        self.state.environment()
    }
}
