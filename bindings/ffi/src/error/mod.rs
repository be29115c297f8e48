//! What can go wrong, as far as an app can act on it.

use enhance_client::{Error, model::LimitExceeded};

/// Why the core did not do what it was asked. Each has a `reason` in plain words for the person.
///
/// Nothing has changed when one of these is returned; what is durable stays so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// There is no network, or what answered is not the server. Everything is kept.
    #[error("{reason}")]
    Offline { reason: String },
    /// The server does not know this device any more; it has to be enrolled again.
    #[error("{reason}")]
    SignInNeeded { reason: String },
    /// The storage of this device is full. Nothing was written; what was there can be read.
    #[error("{reason}")]
    StorageFull { reason: String },
    /// Somebody else has this folder open: another core, or another process.
    #[error("{reason}")]
    InUse { reason: String },
    /// The key of the key store is not that of the database.
    #[error("{reason}")]
    WrongKey { reason: String },
    /// The phone was not unlocked since it was started; open again after that.
    #[error("{reason}")]
    KeyNotYet { reason: String },
    /// There is a database here and no key for it. See `setAside`.
    #[error("{reason}")]
    KeyMissing { reason: String },
    /// The phone has made the key of the database unusable. See `setAside`.
    #[error("{reason}")]
    KeyInvalidated { reason: String },
    /// The key store did not keep a new key, so no database was made.
    #[error("{reason}")]
    KeyNotKept { reason: String },
    /// The core is suspended, or closed.
    #[error("{reason}")]
    Suspended { reason: String },
    /// Something that was stored or fetched is damaged. Of a database: see `setAside`.
    #[error("{reason}")]
    Damaged { reason: String },
    /// A newer version of the app wrote this. It is left as it is; update the app.
    #[error("{reason}")]
    NewerSchema {
        found: u32,
        /// The newest version this app knows.
        known: u32,
        reason: String,
    },
    /// Nobody is enrolled here yet.
    #[error("{reason}")]
    NotEnrolled { reason: String },
    /// Somebody is enrolled here already.
    #[error("{reason}")]
    AlreadyEnrolled { reason: String },
    /// Private entries need the recovery key of the person's first device.
    #[error("{reason}")]
    RecoveryKeyNeeded { reason: String },
    /// This person may not do that, or nobody may.
    #[error("{reason}")]
    NotAllowed { reason: String },
    /// There is no such thing on this device.
    #[error("{reason}")]
    NotFound { reason: String },
    /// What was handed in cannot be taken.
    #[error("{field}: {reason}")]
    InvalidInput {
        field: String,
        /// What is wrong with it, in plain words.
        reason: String,
    },
    /// Something is larger than its limit.
    #[error("{reason}")]
    TooLarge {
        /// The limit: bytes, characters or changes, as the reason says.
        limit: u64,
        reason: String,
    },
    #[error("{reason}")]
    Refused {
        /// The stable code, for example `invitation_used`.
        code: String,
        /// In the server's words.
        reason: String,
    },
    /// It was cancelled. What was done by then stays done.
    #[error("{reason}")]
    Cancelled { reason: String },
    /// A fault of the core. Nothing was lost; trying again may help.
    #[error("{reason}")]
    Internal { reason: String },
}

impl CoreError {
    pub(crate) fn invalid(field: &str, reason: &dyn std::fmt::Display) -> Self {
        Self::InvalidInput { field: field.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn internal(during: &str) -> Self {
        Error::Internal { during: during.to_owned(), cause: None }.into()
    }
}

impl From<Error> for CoreError {
    fn from(error: Error) -> Self {
        let reason = error.to_string();
        match error {
            Error::Offline { cause: _ } => Self::Offline { reason },
            Error::SignInNeeded => Self::SignInNeeded { reason },
            Error::StorageFull => Self::StorageFull { reason },
            Error::InUse => Self::InUse { reason },
            Error::WrongKey => Self::WrongKey { reason },
            Error::Suspended => Self::Suspended { reason },
            Error::KeyNotYet => Self::KeyNotYet { reason },
            Error::KeyMissing => Self::KeyMissing { reason },
            Error::KeyInvalidated => Self::KeyInvalidated { reason },
            Error::KeyNotKept { reason: _ } => Self::KeyNotKept { reason },
            Error::Damaged { what: _, cause: _ } => Self::Damaged { reason },
            Error::NewerSchema { found, known } => Self::NewerSchema { found, known, reason },
            Error::NotEnrolled => Self::NotEnrolled { reason },
            Error::AlreadyEnrolled => Self::AlreadyEnrolled { reason },
            Error::RecoveryKeyNeeded => Self::RecoveryKeyNeeded { reason },
            Error::NotAllowed { what: _ } => Self::NotAllowed { reason },
            Error::NotFound { what: _, id: _ } | Error::Gone { what: _, id: _, end: _ } => {
                Self::NotFound { reason }
            }
            Error::InvalidInput { field, reason } => {
                Self::InvalidInput { field: field.to_string(), reason }
            }
            Error::TooLarge(exceeded) => Self::TooLarge { limit: limit(&exceeded), reason },
            Error::Refused { code, message: _ } => {
                Self::Refused { code: code.as_str().to_owned(), reason }
            }
            Error::Cancelled => Self::Cancelled { reason },
            Error::Internal { during: _, cause: _ } => Self::Internal { reason },
        }
    }
}

const fn limit(exceeded: &LimitExceeded) -> u64 {
    match exceeded {
        LimitExceeded::Change { limit, .. }
        | LimitExceeded::Text { limit }
        | LimitExceeded::Document { limit, .. }
        | LimitExceeded::Changes { limit, .. }
        | LimitExceeded::Person { limit, .. } => *limit,
    }
}
