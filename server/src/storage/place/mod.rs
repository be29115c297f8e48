//! Whether the files that this process has open are still those in the folder, and what was
//! written: what is written into a file that was moved or removed is gone with the process, and
//! what is written into one that somebody wrote over spoils that as well.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::StorageError;

mod header;

pub(super) use header::Header;

/// The database and its log as they were opened.
pub(super) struct Place {
    database: (PathBuf, Identity),
    log: (PathBuf, Identity),
    /// Open for as long as anything of the database is: to close a file lets go of all locks that
    /// this process has on it, those of SQLite included.
    file: File,
    /// What can stand in its header for this start: what stood there when it was opened, and what
    /// comes there with the log. None of what had no header yet.
    marks: Option<[u32; 2]>,
    last: Mutex<Last>,
    /// Somebody wrote over the database. What was read of it since may be in memory, so that
    /// nothing is believed until the next start, whatever is in the file by then.
    is_spoilt: AtomicBool,
    is_said: AtomicBool,
}

/// What was found after the last transaction.
#[derive(Clone, Copy)]
struct Last {
    /// Bytes of the log. Only the writing thread makes it shorter.
    log_bytes: u64,
    /// Bytes of the database, which becomes shorter only when somebody has SQLite pack it.
    bytes: u64,
    /// How often its first page was written.
    changes: u32,
}

/// A file of this machine, whatever it is called.
pub(super) type Identity = (u64, u64);

impl Place {
    /// Remembers a database that was just opened and has this mark, and its log.
    pub(super) fn of(database: &Path, mark: u32) -> Result<Self, StorageError> {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        let known = |path: PathBuf| {
            let found = fs::metadata(&path);
            let found = found.map_err(StorageError::file(path.display().to_string()))?;
            Ok::<_, StorageError>((path, identity(&found)))
        };
        let file = File::open(database);
        let file = file.map_err(StorageError::file(database.display().to_string()))?;
        let header = Header::read(&file);
        let changes = header.map_or(0, |header| header.changes);
        let last = Last { log_bytes: 0, bytes: 0, changes };
        let place = Self {
            database: known(database.to_owned())?,
            log: known(log.into())?,
            file,
            marks: header.map(|header| [header.mark, mark]),
            last: Mutex::new(last),
            is_spoilt: AtomicBool::default(),
            is_said: AtomicBool::default(),
        };
        place.note();
        Ok(place)
    }

    /// Refuses if another file, or none, is where one of them was, if one lost something, or if
    /// somebody wrote over the database.
    pub(super) fn check(&self) -> Result<(), StorageError> {
        self.check_database()?;
        check_file(&self.log, self.last().log_bytes)
    }

    /// The same of the database alone, which others than the writing thread can ask.
    pub(super) fn check_database(&self) -> Result<(), StorageError> {
        let last = self.last();
        // Once more: it may have been read while a page was written.
        let is_whole = || self.is_whole(last) || self.is_whole(last);
        if self.is_spoilt.load(Ordering::Acquire) || !is_whole() {
            self.is_spoilt.store(true, Ordering::Release);
            return Err(displaced(&self.database.0));
        }
        check_file(&self.database, 1)
    }

    /// Whether the file that is open is one that this process and the commands beside it wrote.
    fn is_whole(&self, last: Last) -> bool {
        let bytes = self.file.metadata().map_or(0, |found| found.len());
        let header = Header::read(&self.file);
        let is_all = bytes >= last.bytes || header.is_some_and(|it| was_packed(it, bytes));
        let Some(marks) = self.marks else { return is_all };
        let follows =
            |it: Header| marks.contains(&it.mark) && is_not_before(it.changes, last.changes);
        is_all && header.is_some_and(follows)
    }

    /// Notes how long the files are now, and how the database begins.
    pub(super) fn note(&self) {
        let before = self.last();
        let length = |found: std::io::Result<fs::Metadata>, before| {
            found.map_or(before, |found| found.len())
        };
        let header = Header::read(&self.file);
        let changes = header.map_or(before.changes, |header| header.changes);
        let is_later = is_not_before(changes, before.changes);
        let bytes = length(self.file.metadata(), before.bytes);
        let was_packed = header.is_some_and(|it| was_packed(it, bytes));
        let last = Last {
            log_bytes: length(fs::metadata(&self.log.0), before.log_bytes),
            bytes: if was_packed { bytes } else { bytes.max(before.bytes) },
            changes: if is_later { changes } else { before.changes },
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = last;
        self.is_said.store(false, Ordering::Relaxed);
    }

    fn last(&self) -> Last {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says to the operator what went wrong, and of displaced files once.
    pub(super) fn say(&self, error: &StorageError) {
        let is_displaced = matches!(error, StorageError::Displaced(_));
        if !(is_displaced && self.is_said.load(Ordering::Relaxed)) {
            tracing::error!(%error, "a transaction failed; nothing of it was stored");
        }
        self.is_said.fetch_or(is_displaced, Ordering::Relaxed);
    }
}

/// Whether a database that is shorter than it was is whole all the same, as after `VACUUM`: by its
/// own account it has these bytes. What was cut off says that it has more.
const fn was_packed(header: Header, bytes: u64) -> bool {
    matches!(header.bytes, Some(said) if said == bytes)
}

/// Whether a count that begins anew once all its numbers were used has come as far as another.
const fn is_not_before(changes: u32, before: u32) -> bool {
    changes.wrapping_sub(before) < 1 << 31
}

fn check_file((path, known): &(PathBuf, Identity), shortest: u64) -> Result<(), StorageError> {
    let stands = |it: &fs::Metadata| identity(it) == *known && it.len() >= shortest;
    if fs::metadata(path).ok().as_ref().is_some_and(stands) { Ok(()) } else { Err(displaced(path)) }
}

fn displaced(path: &Path) -> StorageError {
    StorageError::Displaced(path.display().to_string())
}

#[cfg(unix)]
pub(super) fn identity(found: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
pub(super) fn identity(_: &fs::Metadata) -> Identity {
    (0, 0)
}
