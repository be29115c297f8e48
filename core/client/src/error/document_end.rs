//! Why a document is not here.

use std::fmt;

use serde::Serialize;

/// Why a document is not on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentEnd {
    /// Its owner deleted it for ever.
    Deleted,
    /// Its owner took the right to read it away.
    Revoked,
    /// It was not here yet: this person accepted the invitation to it, and it
    /// comes with the next sync.
    ToCome,
}

impl fmt::Display for DocumentEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Deleted => "was deleted",
            Self::Revoked => "is no longer shared with you",
            Self::ToCome => "is accepted and comes with the next sync",
        })
    }
}
