//! The lock that everything local is done under, and what is shared around it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use enhance_model::Noun;
use enhance_store::{Changes, HeldFolder, Topic};
use tokio::sync::watch;

use super::{
    State, copied,
    screens::{Screen, Screens},
};
use crate::{
    environment::Environment,
    error::Error,
    observe::{Observation, Observers},
    options::OpenOptions,
    platform::task,
};

/// The lock around one account's state. Clones are the same lock.
#[derive(Clone)]
pub(crate) struct StateLock {
    inner: Arc<Inner>,
}

struct Inner {
    /// None while the core is suspended. Before the state, since it must be closed before it.
    screens: Mutex<Option<Screens>>,
    /// None while the core is suspended.
    state: Mutex<Option<State>>,
    /// Whether something was written that is kept in memory for screens.
    was_written: AtomicBool,
    options: OpenOptions,
    observers: Observers,
    suspension: watch::Sender<Suspension>,
    /// Why it is never opened again, if that is so.
    left: OnceLock<Error>,
}

/// Whether the core is suspended.
#[derive(Default)]
struct Suspension {
    now: bool,
    /// How often it was: what was begun before a suspension must not outlive one that was short.
    times: u64,
}

impl StateLock {
    /// Opens the account in a folder that is held. The folder is this lock's alone until the last
    /// clone of it is dropped.
    pub(crate) fn open(held: HeldFolder, options: OpenOptions) -> Result<Self, Error> {
        let state = opened(held, &options)?;
        let screens = Screens::open(state.store(), &options)?;
        let inner = Inner {
            screens: Mutex::new(Some(screens)),
            state: Mutex::new(Some(state)),
            was_written: AtomicBool::default(),
            options,
            observers: Observers::default(),
            suspension: watch::Sender::default(),
            left: OnceLock::new(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Ends what is under way on the network and closes the database, once the local step under way
    /// is done.
    pub(crate) fn suspend(&self) {
        let mut held = self.lock();
        self.set_suspended(true);
        drop(self.screens().take());
        drop(held.take());
    }

    /// Lets go of the folder for good, if `check` under the lock does not say otherwise: what is asked
    /// from now on is answered with `error`, also what is under way on the network and what watches.
    pub(crate) fn leave(
        &self,
        error: Error,
        check: impl FnOnce(&mut State) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut held = self.lock();
        if let Some(state) = held.as_mut() {
            check(state)?;
        }
        // Once is enough: why it was left first stays true.
        let _ = self.inner.left.set(error);
        self.set_suspended(true);
        drop(self.screens().take());
        drop(held.take());
        drop(held);
        // Whoever watches reads again, and hears that there is nothing to be read any more.
        self.inner.observers.end(&Changes::of_everything());
        Ok(())
    }

    /// Why nothing can be asked at the moment.
    fn absence(&self) -> Error {
        self.inner.left.get().cloned().unwrap_or(Error::Suspended)
    }

    /// Opens the database again, and says whether it was closed. Makes no new one if the old one
    /// was taken away meanwhile.
    pub(crate) fn resume(&self) -> Result<bool, Error> {
        let mut held = self.lock();
        if let Some(left) = self.inner.left.get() {
            return Err(left.clone());
        }
        if held.is_none() {
            let options = &self.inner.options;
            let again = HeldFolder::new(options.folder.clone())?;
            if !again.has_database()? {
                return Err(Error::not_found(Noun::Database, options.folder.display()));
            }
            let state = opened(again, options)?;
            *self.screens() = Some(Screens::open(state.store(), options)?);
            *held = Some(state);
        }
        Ok(self.set_suspended(false))
    }

    /// Calls `observer` after everything that changes, until what is returned is dropped.
    pub(crate) fn observe(
        &self,
        observer: impl Fn(&Changes) + Send + Sync + 'static,
    ) -> Observation {
        self.inner.observers.add(observer)
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
        let state = held.as_mut().ok_or_else(|| self.absence())?;
        let done = catch_unwind(AssertUnwindSafe(|| work(state)))
            .unwrap_or_else(|_| Err(Error::internal("working with what is stored")));
        self.worked(held, done.is_ok());
        done
    }

    /// Ends work under the lock, and tells observers of it.
    fn worked(&self, mut held: MutexGuard<'_, Option<State>>, well: bool) {
        let Some(state) = held.as_mut() else { return };
        if !well {
            state.forget_all();
        }
        let changes = state.take_changes();
        if changes.touches(Topic::Account) || changes.touches(Topic::Packs) {
            self.inner.was_written.store(true, Ordering::Release);
        }
        drop(held);
        self.inner.observers.notify(&changes);
    }

    /// Reads what a screen shows, as it is at one moment. Waits for other screens and for nothing
    /// that is being written; what was written before this was called is seen.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&mut Screen<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut held = self.screens();
        let screens = held.as_mut().ok_or_else(|| self.absence())?;
        if self.inner.was_written.swap(false, Ordering::Acquire) {
            screens.forget();
        }
        let read = catch_unwind(AssertUnwindSafe(|| screens.at_one_moment(work)))
            .unwrap_or_else(|_| Err(Error::internal("reading what is stored")));
        if read.is_err() {
            screens.forget();
        }
        read
    }

    /// Does `work` under the lock and away from the threads that wait for the network. It is done
    /// to its end even if its caller waits no more.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut State) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.work_apart(|lock| lock.with(work)).await
    }

    /// The same for work that takes the lock itself, again and again, so that others have it in
    /// between.
    pub(crate) async fn work_apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let lock = self.clone();
        let done = task::blocking(move || work(&lock)).await;
        done.map_err(|error| Error::internal("working with what is stored").because(error))?
    }

    /// The outcome of `work`, unless the core is suspended before.
    pub(crate) async fn while_awake<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        // On the heap, since a future that is moved into another takes its room twice.
        let work = Box::pin(work);
        let mut suspension = self.inner.suspension.subscribe();
        let times = suspension.borrow().times;
        tokio::select! {
            done = work => done,
            _ = suspension.wait_for(|at| at.now || at.times != times) => Err(self.absence()),
        }
    }

    /// Tells observers of something that changed outside the database.
    pub(crate) fn tell(&self, topic: Topic) {
        self.inner.observers.notify(&Changes::of(topic));
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.inner.options.environment
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.inner.options.folder
    }

    /// Notes whether the core is suspended, and says whether that is news.
    fn set_suspended(&self, suspended: bool) -> bool {
        self.inner.suspension.send_if_modified(|at| {
            let is_news = at.now != suspended;
            at.now = suspended;
            at.times += u64::from(is_news && suspended);
            is_news
        })
    }

    fn screens(&self) -> MutexGuard<'_, Option<Screens>> {
        self.inner.screens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.inner.state.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            let mut held = poisoned.into_inner();
            if let Some(state) = held.as_mut() {
                state.forget_all();
            }
            held
        })
    }
}

fn opened(held: HeldFolder, options: &OpenOptions) -> Result<State, Error> {
    let mut state = State::open(held, options)?;
    if let Err(error) = copied::look(&mut state) {
        // It is found the next time; on a full disk what is there can be read all the same.
        tracing::warn!(%error, "it was not noted in which file the database is");
    }
    Ok(state)
}
