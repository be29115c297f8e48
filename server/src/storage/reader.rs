//! A few connections for reading, used on blocking threads.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{error::StorageError, place::Place, schema, writer::leave_log};

pub(super) struct Readers {
    file: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    /// How often something was destroyed: a connection from before that is used no more.
    forgotten: Arc<AtomicU64>,
    permits: Arc<Semaphore>,
    place: Arc<Place>,
    /// Whether what is in the log is to stay there.
    leaves_log: Arc<AtomicBool>,
}

impl Readers {
    pub(super) fn new(file: PathBuf, place: Arc<Place>, count: usize) -> Self {
        Self {
            file: Arc::new(file),
            idle: Arc::default(),
            forgotten: Arc::default(),
            permits: Arc::new(Semaphore::new(count.max(1))),
            place,
            leaves_log: Arc::default(),
        }
    }

    /// Closes the connections that nobody uses now, and the others once they are not used any more:
    /// they keep pages in memory in which something stands that was destroyed.
    pub(super) fn forget(&self) {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Closes connections from now on without writing the log into the database.
    pub(super) fn leave_log(&self) {
        self.leaves_log.store(true, Ordering::SeqCst);
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.iter().for_each(leave_log);
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        let permit =
            Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StorageError::Closed)?;
        let (file, idle) = (Arc::clone(&self.file), Arc::clone(&self.idle));
        let forgotten = Arc::clone(&self.forgotten);
        let (place, leaves_log) = (Arc::clone(&self.place), Arc::clone(&self.leaves_log));
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            place.check_database()?;
            let before = forgotten.load(Ordering::SeqCst);
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let db = taken.map_or_else(|| schema::open_to_read(&file), Ok)?;
            // One transaction, so that everything read is of one moment.
            db.execute_batch("BEGIN")?;
            let result = work(&db);
            db.execute_batch("ROLLBACK")?;
            // It may have been written over meanwhile, and what was read be of somebody else.
            let result = place.check_database().and(result);
            if leaves_log.load(Ordering::SeqCst) {
                leave_log(&db);
            }
            let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
            if forgotten.load(Ordering::SeqCst) == before {
                idle.push(db);
            }
            result
        });
        reading.await.unwrap_or(Err(StorageError::Closed))
    }
}
