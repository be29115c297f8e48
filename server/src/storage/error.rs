//! What goes wrong with what the server keeps.

use std::io;

use enhance_model::disk;

use super::unreadable::Unreadable;

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database could not do it.
    #[error("the database: {}", in_words(.0))]
    Database(rusqlite::Error),
    /// A row holds what this server cannot have written.
    #[error("what is stored cannot be read: {0}")]
    Unreadable(Unreadable),
    /// A file or folder could not be used.
    #[error("{what}: {}", disk::in_words(source))]
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
    #[error("{file} is no configuration of this server:\n  {}", faults.join("\n  "))]
    Configuration {
        file: String,
        /// What is wrong, setting by setting.
        faults: Vec<String>,
    },
    /// The database has tables and not the number by which the server knows which they are.
    #[error(
        "{0} has lost the number of its version (user_version is 0, and there are tables): restore \
         the newest backup (enhance-server restore). Nothing was changed"
    )]
    Unversioned(String),
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
    /// The key of receipts is gone, and receipts were given.
    #[error(
        "{0} is not there, and by it the server recognises what phones bring back after a \
         restore: put it back from the newest backup. If there is none, a start of the server \
         makes another, which recognises nothing that was stored before. Nothing was changed"
    )]
    ReceiptKeyLost(String),
    /// What is open is no longer what is in the folder.
    #[error(
        "{0} was moved, removed, emptied, cut off, written over or replaced while the server runs, \
         and nothing more is stored: stop the server, put the file back (or restore the newest \
         backup), start it again"
    )]
    Displaced(String),
    /// The log beside the database is of another one.
    #[error(
        "{log} was written beside another database than {database}, and would spoil it: put back \
         the one that it belongs to, or move {log} out of the folder. Nothing was changed"
    )]
    ForeignLog { log: String, database: String },
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

/// What the database could not do, and what to do about it.
fn in_words(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase, PermissionDenied,
        ReadOnly, SystemIoFailure,
    };
    let words = match error.sqlite_error_code() {
        _ if is_full(error) => "there is no room left on the disk; make some, and try again",
        Some(ReadOnly) => {
            "it can be read and not written; do this as the user whose it is, and look whether the \
             disk takes writing"
        }
        Some(CannotOpen | PermissionDenied) => {
            return format!(
                "it cannot be opened ({error}); look whether the disk has room, and whether this \
                 user may use the folder and every file in it"
            );
        }
        Some(DatabaseBusy | DatabaseLocked) => {
            "another program is writing to it; try again once that has ended"
        }
        Some(NotADatabase | DatabaseCorrupt) => {
            "it is damaged; stop the server, and restore the newest backup (enhance-server restore)"
        }
        Some(SystemIoFailure) => {
            return format!(
                "the disk does not do what it is told ({error}); look at the disk first"
            );
        }
        None if matches!(error, rusqlite::Error::QueryReturnedNoRows) => {
            "a row that has to be there is not; `enhance-server check` names it"
        }
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// The index of the log could not grow.
const SHARED_MEMORY_SIZE: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// Whether the database says that the disk is full.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|failure| {
        failure.code == rusqlite::ErrorCode::DiskFull || failure.extended_code == SHARED_MEMORY_SIZE
    })
}

impl StorageError {
    /// Whether it says that the disk is full, and nothing else.
    pub fn is_want_of_room(&self) -> bool {
        match self {
            Self::Database(error) => is_full(error),
            Self::File { source, .. } => disk::has_no_room(source),
            Self::NoRoom => true,
            _ => false,
        }
    }

    /// Whether something that is stored cannot be read, which waiting does not mend.
    pub fn is_of_damage(&self) -> bool {
        match self {
            Self::Unreadable(_) | Self::Broken(_) | Self::Damaged(_) => true,
            Self::Database(error) => error.sqlite_error_code().is_some_and(|code| {
                use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
                matches!(code, DatabaseCorrupt | NotADatabase)
            }),
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

    /// Why nothing can be stored or read, for whoever watches the server: without names of files.
    pub(crate) fn in_short(&self) -> &'static str {
        match self {
            error if error.is_want_of_room() => "the disk is full; make some room",
            Self::Displaced(_) => {
                "the database was moved, removed, emptied, cut off, written over or replaced while \
                 the server runs, and nothing more is stored: stop the server, put the file back \
                 (or restore the newest backup), start it again"
            }
            Self::Busy => "more waits to be written than is sensible",
            Self::Closed => "the server is stopping",
            _ => "the database cannot be read and written; the log of the server says why",
        }
    }

    /// An error about a file, saying which and what for.
    pub(crate) fn file(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::File { what, source }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Unreadable::of(&error).map_or(Self::Database(error), Self::Unreadable)
    }
}
