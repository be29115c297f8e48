//! What can go wrong with the database, told apart by what can be done about it.

use std::{io, path::PathBuf};

use enhance_model::{DocumentId, EntryHash, disk};
use rusqlite::{ErrorCode, ffi};

use crate::DocumentState;

/// Why a read or a write failed. Nothing of a failed write remains.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no space left. Works again when there is.
    #[error("no space left on this device while {during}")]
    Full {
        /// What was being done.
        during: &'static str,
    },
    /// The disk takes no writing.
    #[error("nothing can be written in {}", path.display())]
    ReadOnly { path: PathBuf },
    /// The disk takes no writing any more.
    #[error("the disk takes no writing, while {during}")]
    NoWriting {
        /// What was being done.
        during: &'static str,
    },
    /// Another process holds the database.
    #[error("the database is in use elsewhere, while {during}")]
    Busy {
        /// What was being done.
        during: &'static str,
    },
    /// The file does not hold what it should.
    #[error("the database is damaged: {what}")]
    Damaged {
        /// What was found, and where.
        what: String,
    },
    /// The document was deleted, or taken away from this account.
    #[error("document {document} is {state} and takes nothing more")]
    NotActive {
        document: DocumentId,
        /// What became of it.
        state: DocumentState,
    },
    /// The document is not here.
    #[error("document {document} is not in this database")]
    UnknownDocument { document: DocumentId },
    /// The entry is not here.
    #[error("entry {hash} is not in this database")]
    UnknownEntry { hash: EntryHash },
    /// The version of the pack is not here.
    #[error("version {version} of content pack {key:?} is not in this database")]
    UnknownPack {
        key: String,
        /// The version asked for.
        version: u64,
    },
    /// A pack never goes back to a lower version.
    #[error("content pack {key:?} is in use in version {in_use} and cannot go back to {version}")]
    OlderPack {
        key: String,
        /// The version asked for.
        version: u64,
        /// The version in use.
        in_use: u64,
    },
    /// `SQLite` says no for another reason.
    #[error("{during}: {source}")]
    Sql {
        /// What was being done.
        during: &'static str,
        source: rusqlite::Error,
    },
}

/// Why a database could not be opened. The file is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It is open already, here or in another process.
    #[error("{} is in use by another process", path.display())]
    InUse { path: PathBuf },
    /// A newer version of the app has written it.
    #[error(
        "the database has schema {found}, this version of the app knows up to {known}: update the app"
    )]
    NewerSchema {
        found: u32,
        /// The newest schema this version knows.
        known: u32,
    },
    /// The file cannot be read with this key, or needs one.
    #[error("{} cannot be read with the key given", path.display())]
    WrongKey { path: PathBuf },
    /// The file is damaged. Nothing was deleted; see [`crate::Store::set_aside`].
    #[error("{} is damaged: {what}", path.display())]
    Damaged { path: PathBuf, what: String },
    /// The folder, or the disk it is on, takes no writing.
    #[error("nothing can be written in {}", path.display())]
    ReadOnly { path: PathBuf },
    /// The folder is somebody else's, or something else is in its place.
    #[error("{} cannot be used: {why}", path.display())]
    Foreign { path: PathBuf, why: &'static str },
    /// What stands beside a database is there, and the database is not. Nothing was made anew; see
    /// [`crate::Store::set_aside`].
    #[error("{} is missing, and what belongs to it is there", path.display())]
    Missing { path: PathBuf },
    /// The `SQLite` that was linked has a known way to damage files.
    #[error("SQLite {found} is too old: 3.51.3 or newer is needed")]
    OldSqlite {
        /// The version that was linked.
        found: String,
    },
    /// The file system says no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database was found, and then something failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StoreError {
    /// Whether there is no room for what was to be written.
    pub(crate) const fn is_of_full_disk(&self) -> bool {
        matches!(self, Self::Full { .. })
    }
}

impl OpenError {
    /// Whether there is no room for what was to be written.
    pub(crate) fn is_of_full_disk(&self) -> bool {
        match self {
            Self::Store(error) => error.is_of_full_disk(),
            Self::Io { source, .. } => disk::has_no_room(source),
            _ => false,
        }
    }
}

/// Says what was being done when `SQLite` failed.
pub(crate) trait During<T> {
    /// The same result with an error of ours.
    fn during(self, during: &'static str) -> Result<T, StoreError>;
}

impl<T> During<T> for Result<T, rusqlite::Error> {
    fn during(self, during: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full { during },
            // The index of the log is made longer before anything is written to it.
            _ if extended(&source) == Some(ffi::SQLITE_IOERR_SHMSIZE) => {
                StoreError::Full { during }
            }
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                of_system(source, during, &io::Error::last_os_error())
            }
            Some(ErrorCode::ReadOnly)
                if extended(&source) != Some(ffi::SQLITE_READONLY_DBMOVED) =>
            {
                StoreError::NoWriting { during }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::Busy { during }
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { what: format!("{source}, while {during}") }
            }
            _ => StoreError::Sql { during, source },
        })
    }
}

/// What the system said to `SQLite`, which takes one number alone for a full disk: a used-up quota
/// and a file that may not grow are failures like any other to it.
fn of_system(source: rusqlite::Error, during: &'static str, system: &io::Error) -> StoreError {
    if disk::has_no_room(system) {
        StoreError::Full { during }
    } else if disk::takes_no_writing(system) {
        StoreError::NoWriting { during }
    } else {
        StoreError::Sql { during, source }
    }
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => Some(failure.extended_code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Error::SqliteFailure;

    use super::*;

    fn failed(code: i32, system: i32) -> StoreError {
        let source = SqliteFailure(ffi::Error::new(code), None);
        of_system(source, "a test", &io::Error::from_raw_os_error(system))
    }

    #[test]
    fn d1_whatever_the_system_calls_it_a_disk_without_room_is_full() {
        for code in [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_CANTOPEN] {
            for number in [27, 28, 122] {
                assert!(failed(code, number).is_of_full_disk(), "{code} {number}");
            }
            assert!(matches!(failed(code, 30), StoreError::NoWriting { .. }), "{code}");
            assert!(matches!(failed(code, 5), StoreError::Sql { .. }), "{code}");
        }
        let source = SqliteFailure(ffi::Error::new(ffi::SQLITE_READONLY), None);
        let told = Err::<(), _>(source).during("a test").unwrap_err();
        assert!(matches!(told, StoreError::NoWriting { .. }));
    }
}
