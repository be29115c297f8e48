//! Joining and syncing.

use std::time::Duration;

use enhance_client::{self as client, Account, Budget, Conditions, Progress, SyncReport};

use crate::{CoreError, ids::Timestamp};

/// What the host allows one sync.
#[uniffi::remote(Record)]
pub struct Budget {
    /// How long it may take; an operating system gives half a minute in the background.
    #[uniffi(default = None)]
    pub deadline: Option<Duration>,
    /// Somebody pays for every byte: answers are asked for in smaller pages.
    #[uniffi(default = false)]
    pub metered: bool,
    /// Bytes it may send and receive. The page under way is finished, so it may be a little more.
    #[uniffi(default = None)]
    pub max_bytes: Option<u64>,
}

/// What the host knows about the phone.
#[uniffi::remote(Record)]
pub struct Conditions {
    /// There is a network, as far as the operating system can tell.
    pub online: bool,
    /// Somebody pays for every byte.
    pub metered: bool,
    /// The app is on the screen.
    pub foreground: bool,
}

/// What a sync did.
#[uniffi::remote(Record)]
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
    /// Entries the server refused, and those that were built on them.
    pub quarantined: u64,
    /// Entries that still wait to be stored.
    pub waiting: u64,
    /// Whether there is more to do that the budget did not allow.
    pub more: bool,
    /// How long the server asks to wait before the next sync.
    pub next_allowed_in: Duration,
}

/// How far long work has come.
#[uniffi::remote(Enum)]
#[uniffi(name = "SyncProgress")]
pub enum Progress {
    /// A round trip of a sync was taken in.
    Exchanged {
        /// Entries stored by the server so far.
        pushed: u64,
        /// Entries and people that came so far.
        pulled: u64,
        /// Whether more will follow.
        more: bool,
    },
    /// A part of a download arrived.
    Downloaded {
        /// Bytes that are here.
        bytes: u64,
        total: u64,
    },
}

/// How this device stands with the server.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncState {
    /// When an exchange last succeeded, by this device's clock.
    pub last_success: Option<Timestamp>,
    /// Why the last one did not, if it did not.
    pub last_error: Option<CoreError>,
    /// When the next will be attempted, if it is known.
    pub next_attempt: Option<Timestamp>,
    /// Entries that wait to be stored by the server.
    pub waiting_entries: u64,
}

impl From<client::SyncState> for SyncState {
    fn from(state: client::SyncState) -> Self {
        let client::SyncState { last_success, last_error, next_attempt, waiting_entries } = state;
        let last_error = last_error.map(CoreError::from);
        Self { last_success, last_error, next_attempt, waiting_entries }
    }
}

/// The device is enrolled.
#[derive(Clone, uniffi::Record)]
pub struct Enrolment {
    /// Whose device it is now.
    pub account: Account,
    /// On the first device of a person: the key to write down. It opens the private entries on
    /// every other device, and nobody else has it.
    pub recovery_key: Option<String>,
}

impl From<client::Enrolment> for Enrolment {
    fn from(enrolled: client::Enrolment) -> Self {
        let client::Enrolment { account, recovery_key } = enrolled;
        Self { account, recovery_key: recovery_key.map(|key| key.to_string()) }
    }
}
