//! A few connections for reading, used on blocking threads.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{error::StorageError, schema};

pub(super) struct Readers {
    file: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    /// How often something was destroyed: a connection from before that is used no more.
    forgotten: Arc<AtomicU64>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(file: PathBuf, count: usize) -> Self {
        Self {
            file: Arc::new(file),
            idle: Arc::default(),
            forgotten: Arc::default(),
            permits: Arc::new(Semaphore::new(count.max(1))),
        }
    }

    /// Closes the connections that nobody uses now, and the others once they are not used any more:
    /// they keep pages in memory in which something stands that was destroyed.
    pub(super) fn forget(&self) {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        let permit =
            Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StorageError::Closed)?;
        let (file, idle) = (Arc::clone(&self.file), Arc::clone(&self.idle));
        let forgotten = Arc::clone(&self.forgotten);
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let before = forgotten.load(Ordering::SeqCst);
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let db = taken.map_or_else(|| schema::open_to_read(&file), Ok)?;
            // One transaction, so that everything read is of one moment.
            db.execute_batch("BEGIN")?;
            let result = work(&db);
            db.execute_batch("ROLLBACK")?;
            let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
            if forgotten.load(Ordering::SeqCst) == before {
                idle.push(db);
            }
            result
        });
        reading.await.unwrap_or(Err(StorageError::Closed))
    }
}
