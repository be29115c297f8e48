//! What can go wrong, as far as an app or a person can do something about it.

use std::io;

use enhance_documents::DocumentError;
use enhance_model::{LimitExceeded, RefusalCode};
use enhance_store::{OpenError, StoreError};
use serde::Serialize;

/// Why the core did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "error", content = "detail", rename_all = "snake_case")]
pub enum Error {
    /// No answer that is certainly the server's. Everything stays as it is on this device.
    #[error("the server cannot be reached; everything is kept on this device")]
    Offline,
    /// The server no longer knows this device.
    #[error("this device has to be enrolled again before it can exchange anything")]
    SignInNeeded,
    /// There is no room left on the device.
    #[error("the storage of this device is full; free some space and try again")]
    StorageFull,
    /// Another process has the folder open.
    #[error("another program has this folder open")]
    InUse,
    /// The core was suspended and not resumed.
    #[error("the core is suspended; resume it first")]
    Suspended,
    /// The phone has not been unlocked since it was started.
    #[error("the key cannot be read before this phone is unlocked; try again then")]
    KeyNotYet,
    /// There is a database here and no key for it: it was restored from a backup, or the phone
    /// lost the key.
    #[error("the key of the database is not on this phone; set the database aside and enrol again")]
    KeyMissing,
    /// The phone has made the key unusable.
    #[error("this phone made the key unusable; set the database aside and enrol again")]
    KeyInvalidated,
    /// A new key could not be kept, so nothing was begun.
    #[error("this phone did not keep the key: {reason}")]
    KeyNotKept {
        /// Why not, in the host's words.
        reason: String,
    },
    /// The database is not encrypted with this key.
    #[error("this key does not open the database")]
    WrongKey,
    /// Stored data cannot be read. Nothing is deleted because of it.
    #[error("{what} is damaged")]
    Damaged {
        /// What cannot be read.
        what: String,
    },
    /// A newer version of the app wrote this.
    #[error("a newer version of the app wrote this (version {found}; this app knows {known})")]
    NewerSchema {
        found: u32,
        /// The newest version this app knows.
        known: u32,
    },
    /// Nobody has been enrolled in this folder yet.
    #[error("nobody is enrolled here yet; enrol with an invitation")]
    NotEnrolled,
    /// Somebody is enrolled here already.
    #[error("somebody is enrolled here already; another person needs another folder")]
    AlreadyEnrolled,
    /// Private entries cannot be read or written before the recovery key was typed.
    #[error("private entries need the recovery key of your first device")]
    RecoveryKeyNeeded,
    /// The person may not do this.
    #[error("not allowed: {what}")]
    NotAllowed {
        /// What was attempted, and why not.
        what: String,
    },
    /// There is no such thing here.
    #[error("there is no {what} here")]
    NotFound {
        /// What was looked for.
        what: String,
    },
    /// What was typed cannot be taken.
    #[error("{field}: {reason}")]
    InvalidInput {
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Something is larger than it may be. What was typed is kept.
    #[error(transparent)]
    TooLarge(#[from] LimitExceeded),
    /// The server answered, and said no.
    #[error("{message}")]
    Refused {
        code: RefusalCode,
        /// The reason in the server's words.
        message: String,
    },
    /// It was cancelled. What was done until then stays done.
    #[error("cancelled")]
    Cancelled,
    /// A fault of the app itself.
    #[error("something went wrong inside the app while {during}")]
    Internal {
        /// What it was doing.
        during: String,
    },
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "what is handed in are literals and format_args, as cheap as a reference to them"
)]
impl Error {
    pub(crate) fn not_found(what: impl ToString) -> Self {
        Self::NotFound { what: what.to_string() }
    }

    pub(crate) fn not_allowed(what: impl ToString) -> Self {
        Self::NotAllowed { what: what.to_string() }
    }

    pub(crate) fn invalid(field: &str, reason: impl ToString) -> Self {
        Self::InvalidInput { field: field.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn damaged(what: impl ToString) -> Self {
        Self::Damaged { what: what.to_string() }
    }

    pub(crate) fn internal(during: impl ToString) -> Self {
        Self::Internal { during: during.to_string() }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full { .. } => Self::StorageFull,
            StoreError::Busy { .. } => Self::InUse,
            StoreError::Damaged { what } => Self::Damaged { what },
            StoreError::NotActive { document, .. } | StoreError::UnknownDocument { document } => {
                Self::not_found(format_args!("entry {document}"))
            }
            other => {
                tracing::error!(error = %other, "the database failed");
                Self::internal("working with the database")
            }
        }
    }
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::InUse { .. } => Self::InUse,
            OpenError::NewerSchema { found, known } => Self::NewerSchema { found, known },
            OpenError::WrongKey { .. } => Self::WrongKey,
            OpenError::Damaged { path, what } => {
                Self::damaged(format_args!("{} ({what})", path.display()))
            }
            OpenError::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                Self::StorageFull
            }
            OpenError::Store(error) => error.into(),
            other => {
                tracing::error!(error = %other, "the database could not be opened");
                Self::internal(format_args!("opening the database: {other}"))
            }
        }
    }
}

impl From<DocumentError> for Error {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::NoSuchItem { what, id } => Self::not_found(format_args!("{what} {id}")),
            DocumentError::InvalidValue { fault } => Self::invalid("value", fault),
            DocumentError::InvalidKey { .. } => Self::invalid("key", error),
            DocumentError::EditTooLarge { .. } => Self::invalid("edit", error),
            DocumentError::UnknownVersion { .. } => Self::invalid("version", error),
            DocumentError::WrongKind { .. } | DocumentError::NeverChanges => {
                Self::not_allowed(error)
            }
            other => {
                tracing::error!(error = %other, "a document failed");
                Self::damaged(format_args!("an entry ({other})"))
            }
        }
    }
}
