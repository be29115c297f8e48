//! A few connections for reading, used on blocking threads.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{error::StorageError, schema};

pub(super) struct Readers {
    file: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(file: PathBuf, count: usize) -> Self {
        Self {
            file: Arc::new(file),
            idle: Arc::default(),
            permits: Arc::new(Semaphore::new(count.max(1))),
        }
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        let permit =
            Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StorageError::Closed)?;
        let (file, idle) = (Arc::clone(&self.file), Arc::clone(&self.idle));
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let db = taken.map_or_else(|| schema::open_to_read(&file), Ok)?;
            // One transaction, so that everything read is of one moment.
            db.execute_batch("BEGIN")?;
            let result = work(&db);
            db.execute_batch("ROLLBACK")?;
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(db);
            result
        });
        reading.await.unwrap_or(Err(StorageError::Closed))
    }
}
