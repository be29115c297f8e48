//! What a sync did, and each of its steps.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::error::{Error, Obstacle};

/// What a sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Requests that were answered.
    pub round_trips: u32,
    /// Bytes of the requests.
    pub bytes_up: u64,
    /// Bytes of the answers.
    pub bytes_down: u64,
    /// Entries the server stored.
    pub pushed: u64,
    /// Entries it had already.
    pub duplicates: u64,
    /// Entries and people that came.
    pub pulled: u64,
    /// Entries of anybody that a restored server has again from this device.
    pub brought: u64,
    /// Entries of anybody that it lacks and did not take, or that no request has room for.
    pub not_brought: u64,
    /// Entries the server refused, and those that were built on them.
    pub quarantined: u64,
    /// Entries that are too large for the way, by themselves. They are tried again later, and what
    /// else waits goes on.
    pub held: u64,
    /// What is in the way of one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_by: Option<Obstacle>,
    /// Entries that still wait to be stored.
    pub waiting: u64,
    /// Files of attachments that this device sent to their end.
    pub uploaded: u64,
    /// Files that it is not known to have yet.
    pub uploads_waiting: u64,
    /// Whether there is more to do that the budget did not allow.
    pub more: bool,
    /// How long the server asks to wait before the next sync. In milliseconds when serialised.
    #[serde(serialize_with = "in_millis")]
    pub next_allowed_in: Duration,
}

fn in_millis<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

/// What taking in an answer came to.
#[derive(Debug, Default)]
pub(super) struct StepReport {
    pub(super) pushed: u64,
    pub(super) duplicates: u64,
    pub(super) pulled: u64,
    pub(super) quarantined: u64,
    /// The server has more to read.
    pub(super) more: bool,
    /// How long the server asks to wait before the next sync.
    pub(super) wait: Duration,
    /// Some entries need others first.
    pub(super) held_up: bool,
    /// The outbox is shorter, or offers something it did not offer before.
    pub(super) moved: bool,
    /// Folds that were compared with what the server has: what is offered again of
    /// one is to be folded again.
    pub(super) compared_folds: usize,
    /// Entries that were brought back, and those that were not taken.
    pub(super) brought: u64,
    pub(super) left: u64,
    /// Why entries wait that the server may take later.
    pub(super) postponed: Option<Error>,
}
