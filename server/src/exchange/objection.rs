//! Why an offer is not stored.

use enhance_model::{DocumentId, EntryHash, LimitExceeded, RefusalCode};
use enhance_protocol::EntryError;

use crate::{error::words, storage::StorageError};

/// Why an offer is not stored.
#[derive(Debug)]
pub(super) enum Objection {
    /// The server has stored it before.
    Duplicate,
    /// These entries must come first.
    Missing(Vec<EntryHash>),
    /// The server will never take it; the text is for a person.
    Rejection(RefusalCode, String),
    /// The document is no longer the one the gate saw, so the gate has to look again.
    Stale,
    Storage(StorageError),
    /// Something of this document, or of what it belongs to, cannot be read.
    Damaged(DocumentId, StorageError),
}

impl From<RefusalCode> for Objection {
    fn from(code: RefusalCode) -> Self {
        Self::Rejection(code, words(code).to_owned())
    }
}

impl From<LimitExceeded> for Objection {
    fn from(limit: LimitExceeded) -> Self {
        Self::Rejection(limit.code(), limit.to_string())
    }
}

impl From<EntryError> for Objection {
    fn from(_: EntryError) -> Self {
        RefusalCode::Malformed.into()
    }
}

impl From<StorageError> for Objection {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}
