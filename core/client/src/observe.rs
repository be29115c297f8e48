//! Telling screens that something changed.
//!
//! Coarse on purpose: a screen learns which kinds of thing and which ids changed and reads again
//! what it shows. Observers are called after the commit, outside every lock.

use std::{
    collections::BTreeMap,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

pub use enhance_store::{Changes, Topic};

type Observer = Arc<dyn Fn(&Changes) + Send + Sync>;

#[derive(Default)]
struct Registry {
    next: u64,
    observers: BTreeMap<u64, Observer>,
}

/// Everybody who wants to know.
#[derive(Clone, Default)]
pub(crate) struct Observers(Arc<Mutex<Registry>>);

impl Observers {
    pub(crate) fn add(&self, observer: impl Fn(&Changes) + Send + Sync + 'static) -> Observation {
        let mut registered = lock(&self.0);
        let id = registered.next;
        registered.next += 1;
        registered.observers.insert(id, Arc::new(observer));
        Observation { id, registered: Arc::downgrade(&self.0) }
    }

    /// Calls each observer. One that panics spoils neither the others nor what was just written.
    pub(crate) fn notify(&self, changes: &Changes) {
        if changes.is_empty() {
            return;
        }
        let observers: Vec<Observer> = lock(&self.0).observers.values().cloned().collect();
        for observer in observers {
            if catch_unwind(AssertUnwindSafe(|| observer(changes))).is_err() {
                tracing::error!("an observer panicked");
            }
        }
    }
}

impl Observers {
    /// Calls each observer for the last time.
    pub(crate) fn end(&self, changes: &Changes) {
        self.notify(changes);
        let ended = std::mem::take(&mut lock(&self.0).observers);
        // Without the lock: an observer may hold the last of what watches here itself.
        drop(ended);
    }
}

/// Keeps an observer registered; dropping it ends that.
#[must_use = "dropping it ends the observation"]
pub struct Observation {
    id: u64,
    registered: Weak<Mutex<Registry>>,
}

impl Drop for Observation {
    fn drop(&mut self) {
        if let Some(registered) = self.registered.upgrade() {
            let ended = lock(&registered).observers.remove(&self.id);
            // Without the lock: an observer may hold the last of what watches here itself.
            drop(ended);
        }
    }
}

impl fmt::Debug for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observation").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Nothing is ever half done under this lock, so a poisoned one is as good as any.
fn lock(registered: &Mutex<Registry>) -> MutexGuard<'_, Registry> {
    registered.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use enhance_store::{OpenOptions, Store, StoreError};

    use super::*;

    /// What a real write changed.
    fn changes() -> Changes {
        let folder = tempfile::tempdir().unwrap();
        let options = OpenOptions { folder: folder.path().to_owned(), key: None };
        let mut store = Store::open(options).unwrap();
        let written = store.write(|write| write.set_meta("name", b"Asha"));
        let ((), changes): ((), Changes) = written.map_err(|e: StoreError| e).unwrap();
        assert!(changes.touches(Topic::Account));
        changes
    }

    #[test]
    fn an_observer_hears_until_it_is_dropped_and_nothing_of_nothing() {
        let observers = Observers::default();
        let heard = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&heard);
        let observation = observers.add(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        observers.notify(&changes());
        observers.notify(&Changes::default());
        drop(observation);
        observers.notify(&changes());
        assert_eq!(heard.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_panicking_observer_does_not_keep_the_next_from_hearing() {
        let observers = Observers::default();
        let heard = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&heard);
        let _bad = observers.add(|_| panic!("on purpose"));
        let _good = observers.add(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        observers.notify(&changes());
        observers.notify(&changes());
        assert_eq!(heard.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn an_observer_that_goes_may_take_others_with_it() {
        let observers = Observers::default();
        let held = observers.add(|_| ());
        let observation = observers.add(move |_| {
            let _held = &held;
        });
        drop(observation);
        assert!(lock(&observers.0).observers.is_empty());
        let held = observers.add(|_| ());
        let _last = observers.add(move |_| {
            let _held = &held;
        });
        observers.end(&changes());
        assert!(lock(&observers.0).observers.is_empty());
    }

    #[test]
    fn an_observer_may_stop_itself_while_it_is_called() {
        let observers = Observers::default();
        let own: Arc<Mutex<Option<Observation>>> = Arc::default();
        let slot = Arc::clone(&own);
        *own.lock().unwrap() = Some(observers.add(move |_| drop(slot.lock().unwrap().take())));
        observers.notify(&changes());
        assert!(own.lock().unwrap().is_none());
    }
}
