//! Entries: what goes over the wire and into the log, each of which does one thing to a document.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Makes a document known: its kind and, if it is private, its wrapped key.
    Create,
    /// An Automerge change of a plain document.
    Change,
    /// An encrypted change of a sealed document.
    Envelope,
    /// Lets a person read, comment or edit.
    Grant,
    Revoke,
    /// Destroys a document for ever.
    Delete,
    /// Says that a reader has seen a version.
    Seen,
}

impl EntryKind {
    pub const ALL: [Self; 7] = [
        Self::Create,
        Self::Change,
        Self::Envelope,
        Self::Grant,
        Self::Revoke,
        Self::Delete,
        Self::Seen,
    ];

    /// Whether it begins or changes a document, and touches nobody's rights.
    pub const fn makes_content(self) -> bool {
        matches!(self, Self::Create | Self::Change | Self::Envelope)
    }

    /// The name in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Envelope => "envelope",
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::Delete => "delete",
            Self::Seen => "seen",
        }
    }

    /// Whether it carries what a person wrote.
    pub const fn is_content(self) -> bool {
        matches!(self, Self::Change | Self::Envelope)
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no kind of entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no kind of entry")]
pub struct UnknownEntryKind(String);

impl FromStr for EntryKind {
    type Err = UnknownEntryKind;

    fn from_str(text: &str) -> Result<Self, UnknownEntryKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownEntryKind(text.chars().take(80).collect()))
    }
}
