//! What goes wrong with what the server keeps.

use std::io;

use enhance_model::disk;

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database could not do it.
    #[error("the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A file or folder could not be used.
    #[error("{what}: {source}")]
    File {
        /// The file, and what it was for.
        what: String,
        source: io::Error,
    },
    /// A newer version of the server has been at work here.
    #[error("this database has version {found}; this server knows {known}. Use a newer server")]
    Newer {
        found: usize,
        /// The newest this server knows.
        known: usize,
    },
    /// A server is using the folder.
    #[error("{0} is in use by a running server")]
    InUse(String),
    /// What is stored is not what can have been stored.
    #[error("what is stored is broken: {0}")]
    Broken(String),
    /// What the operator set cannot be read.
    #[error("{file} is no configuration of this server: {reason}")]
    Configuration { file: String, reason: String },
    /// The file of the database is not what was written.
    #[error("the database is damaged: {0}. Restore the newest backup; nothing was changed")]
    Damaged(String),
    /// A server has been at work here, and its database is empty or not there.
    #[error(
        "{database} is empty or not there, and {witness} says that a server was at work here: put the \
         database back, or restore the newest backup (enhance-server restore). Nothing was changed"
    )]
    Lost {
        database: String,
        /// The file by which that is known.
        witness: String,
    },
    /// The table of epochs is empty, by which it is known what phones were told.
    #[error(
        "the database is damaged: its table of epochs is empty, and so it is not known what phones \
         were told. Restore the newest backup (enhance-server restore); nothing was changed"
    )]
    NoEpoch,
    /// The key by which phones know this server is gone, and phones know it already.
    #[error(
        "{0} is not there, and by it every phone knows this server: put it back from the newest \
         backup. Nothing was changed"
    )]
    KeyLost(String),
    /// What is open is no longer what is in the folder.
    #[error(
        "{0} was moved, removed, emptied or replaced while the server runs, and nothing more is \
         stored: stop the server, put the file back (or restore the newest backup), start it again"
    )]
    Displaced(String),
    /// More waits to be written than is sensible.
    #[error("too much is waiting to be written")]
    Busy,
    /// The transaction could not be committed.
    #[error("nothing of the transaction was stored")]
    NotCommitted,
    /// The transaction could not be committed for want of room.
    #[error("the disk is full; nothing of the transaction was stored")]
    NoRoom,
    #[error("the server is stopping")]
    Closed,
}

/// The index of the log could not grow.
const SHARED_MEMORY_SIZE: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

impl StorageError {
    /// Whether it says that the disk is full, and nothing else.
    pub fn is_want_of_room(&self) -> bool {
        match self {
            Self::Database(rusqlite::Error::SqliteFailure(failure, _)) => {
                failure.code == rusqlite::ErrorCode::DiskFull
                    || failure.extended_code == SHARED_MEMORY_SIZE
            }
            Self::File { source, .. } => disk::has_no_room(source),
            Self::NoRoom => true,
            _ => false,
        }
    }

    /// Whether this is what happens on a disk without room.
    pub(crate) fn is_of_full_disk(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, DiskFull, SystemIoFailure};
        match self {
            Self::Database(error) => error
                .sqlite_error_code()
                .is_some_and(|code| matches!(code, DiskFull | SystemIoFailure | CannotOpen)),
            Self::File { source, .. } => disk::has_no_room(source),
            _ => false,
        }
    }

    /// An error about a file, saying which and what for.
    pub(crate) fn file(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::File { what, source }
    }
}
