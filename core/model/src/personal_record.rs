//! The personal record: how far a trainee has come, and the time they spent learning.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ItemId, Minutes, Timestamp};

/// Everything in a trainee's personal record. One document, readable by its owner alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalRecord {
    /// Progress by the key of the activity.
    pub activities: BTreeMap<String, ActivityProgress>,
    pub sessions: BTreeMap<ItemId, LearningSession>,
}

/// How far one activity has come. A fact once written; a new version of a module never undoes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityProgress {
    /// Device clock when it was first started.
    pub started_at: Option<Timestamp>,
    /// Device clock when it was completed.
    pub completed_at: Option<Timestamp>,
    /// The version of the pack in which it was completed.
    pub pack_version: Option<u64>,
}

/// A stretch of time somebody spent learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningSession {
    pub title: String,
    /// The activity it was spent on, by key.
    pub activity: Option<String>,
    /// The module it counts towards, by key.
    pub module: Option<String>,
    /// When it began, by the device's clock.
    pub start: Timestamp,
    /// How long it took; never zero.
    pub minutes: Minutes,
    /// How the learning log counts it.
    pub kind: SessionKind,
}

/// How the learning log counts a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    Core,
    /// Other teaching and learning that counts.
    NonCore,
    /// E-learning, counted up to a cap.
    Elearning,
    /// Statutory and mandatory training; does not count.
    Statutory,
    /// Induction; does not count.
    Induction,
    /// Life-support courses; do not count.
    LifeSupport,
    /// Anything else; does not count.
    Other,
}

impl SessionKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Core,
        Self::NonCore,
        Self::Elearning,
        Self::Statutory,
        Self::Induction,
        Self::LifeSupport,
        Self::Other,
    ];

    /// The name in documents and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::NonCore => "non_core",
            Self::Elearning => "elearning",
            Self::Statutory => "statutory",
            Self::Induction => "induction",
            Self::LifeSupport => "life_support",
            Self::Other => "other",
        }
    }
}

impl std::fmt::Display for SessionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for SessionKind {
    type Err = UnknownSessionKind;

    fn from_str(text: &str) -> Result<Self, UnknownSessionKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownSessionKind(text.chars().take(80).collect()))
    }
}

/// A text that is no kind of session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no kind of learning; it is one of core, non_core, elearning, statutory, induction, life_support, other"
)]
pub struct UnknownSessionKind(String);

/// An edit of the personal record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum RecordEdit {
    Start {
        activity: String,
        at: Timestamp,
    },
    /// Completes an activity. The first completion stands.
    Complete {
        activity: String,
        at: Timestamp,
        /// The version of the pack it was completed in.
        pack_version: u64,
    },
    /// Notes time spent learning.
    AddSession {
        /// The id of the new session.
        id: ItemId,
        session: LearningSession,
    },
    /// Takes a session out again.
    RemoveSession {
        id: ItemId,
    },
}
