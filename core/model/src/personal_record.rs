//! The personal record: how far a trainee has come, and the time they spent learning.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ItemId, Minutes, Timestamp, words::words};

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

/// A stretch of time that a trainee spent learning.
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

words! {
    /// How the learning log counts a session.
    SessionKind {
        Core = "core",
        /// Other teaching and learning that counts.
        NonCore = "non_core",
        /// E-learning, counted up to a cap.
        Elearning = "elearning",
        /// Statutory and mandatory training; does not count.
        Statutory = "statutory",
        /// Induction; does not count.
        Induction = "induction",
        /// Life-support courses; do not count.
        LifeSupport = "life_support",
        /// Anything else; does not count.
        Other = "other",
    }
}

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
