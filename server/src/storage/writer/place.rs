//! Whether the files that the writing thread has open are still those in the folder: what is
//! written into a file that was moved or removed is gone with the process.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::storage::StorageError;

/// The database and its log as they were opened.
pub(super) struct Place {
    files: Vec<(PathBuf, Identity)>,
    /// Bytes of the log after the last transaction. Only this thread makes it shorter.
    log_bytes: u64,
    is_said: bool,
}

type Identity = (u64, u64);

impl Place {
    /// Remembers a database that was just opened, and its log.
    pub(super) fn of(database: &Path) -> Result<Self, StorageError> {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        let files = [database.to_owned(), log.into()].into_iter().map(|path| {
            let found = fs::metadata(&path);
            let found = found.map_err(StorageError::file(path.display().to_string()))?;
            Ok((path, identity(&found)))
        });
        let files = files.collect::<Result<Vec<_>, StorageError>>()?;
        let mut place = Self { files, log_bytes: 0, is_said: false };
        place.note();
        Ok(place)
    }

    /// Refuses if another file, or none, is where one of them was, or if the log lost something.
    pub(super) fn check(&self) -> Result<(), StorageError> {
        for (number, (path, known)) in self.files.iter().enumerate() {
            let found = fs::metadata(path).ok();
            let shortest = if number == 0 { 1 } else { self.log_bytes };
            let stands = |it: &fs::Metadata| identity(it) == *known && it.len() >= shortest;
            if !found.as_ref().is_some_and(stands) {
                return Err(StorageError::Displaced(path.display().to_string()));
            }
        }
        Ok(())
    }

    /// Notes how long the log is now.
    pub(super) fn note(&mut self) {
        let log = self.files.get(1).and_then(|(path, _)| fs::metadata(path).ok());
        self.log_bytes = log.map_or(self.log_bytes, |log| log.len());
        self.is_said = false;
    }

    /// Says to the operator what went wrong, and of displaced files once.
    pub(super) fn say(&mut self, error: &StorageError) {
        let is_displaced = matches!(error, StorageError::Displaced(_));
        if !(is_displaced && self.is_said) {
            tracing::error!(%error, "a transaction failed; nothing of it was stored");
        }
        self.is_said |= is_displaced;
    }
}

#[cfg(unix)]
fn identity(found: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Identity {
    (0, 0)
}
