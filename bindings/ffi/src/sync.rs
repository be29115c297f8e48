//! Joining and syncing.

use enhance_client::{self as client, Account, Conditions};

use crate::{
    CoreError, Obstacle,
    values::{Amount, Count, Duration, Timestamp},
};

/// What the host allows one sync.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Budget {
    /// How long it may take; an operating system gives half a minute in the background. Without
    /// one a person asks, and what was held since it is too large for the network is tried once more.
    #[uniffi(default = None)]
    pub deadline: Option<Duration>,
    /// Somebody pays for every byte: answers are asked for in smaller pages.
    #[uniffi(default = false)]
    pub metered: bool,
    /// Bytes it may send and receive. The page under way is finished, so it may be a little more.
    #[uniffi(default = None)]
    pub max_bytes: Option<Amount>,
}

impl From<Budget> for client::Budget {
    fn from(budget: Budget) -> Self {
        let Budget { deadline, metered, max_bytes } = budget;
        Self { deadline: deadline.map(Into::into), metered, max_bytes: max_bytes.map(Into::into) }
    }
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
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncReport {
    /// Requests that were answered.
    pub round_trips: Count,
    /// Bytes of the requests.
    pub bytes_up: Amount,
    /// Bytes of the answers.
    pub bytes_down: Amount,
    /// Entries the server stored.
    pub pushed: Count,
    /// Entries it had already.
    pub duplicates: Count,
    /// Entries and people that came.
    pub pulled: Count,
    /// Entries of anybody that a restored server has again from this device.
    pub brought: Count,
    /// Entries of anybody that it lacks and did not take, or that no request has room for.
    pub not_brought: Count,
    /// Entries the server refused, and those that were built on them.
    pub quarantined: Count,
    /// Entries that are too large for the way, by themselves. They are tried again later, and what
    /// else waits goes on.
    pub held: Count,
    /// Entries that still wait to be stored.
    pub waiting: Count,
    /// Files of attachments that this device sent to their end.
    pub uploaded: Count,
    /// Files that it is not known to have yet.
    pub uploads_waiting: Count,
    /// Whether there is more to do that the budget did not allow.
    pub more: bool,
    /// How long the server asks to wait before the next sync.
    pub next_allowed_in: Duration,
    /// What is in the way of one of those that are held.
    #[uniffi(default = None)]
    pub held_by: Option<Obstacle>,
}

impl From<client::SyncReport> for SyncReport {
    fn from(report: client::SyncReport) -> Self {
        let client::SyncReport {
            round_trips,
            bytes_up,
            bytes_down,
            pushed,
            duplicates,
            pulled,
            brought,
            not_brought,
            quarantined,
            held,
            held_by,
            waiting,
            uploaded,
            uploads_waiting,
            more,
            next_allowed_in,
        } = report;
        Self {
            round_trips: round_trips.into(),
            bytes_up: bytes_up.into(),
            bytes_down: bytes_down.into(),
            pushed: pushed.into(),
            duplicates: duplicates.into(),
            pulled: pulled.into(),
            brought: brought.into(),
            not_brought: not_brought.into(),
            quarantined: quarantined.into(),
            held: held.into(),
            waiting: waiting.into(),
            uploaded: uploaded.into(),
            uploads_waiting: uploads_waiting.into(),
            more,
            next_allowed_in: next_allowed_in.into(),
            held_by: held_by.map(Into::into),
        }
    }
}

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SyncProgress {
    /// A round trip of a sync was taken in.
    Exchanged {
        /// Entries stored by the server so far.
        pushed: Count,
        /// Entries and people that came so far.
        pulled: Count,
        /// Whether more will follow.
        more: bool,
    },
    /// A part of an attachment was sent.
    Uploaded {
        /// Bytes of it that the server has.
        bytes: Amount,
        total: Amount,
    },
    /// A part of a download arrived.
    Downloaded {
        /// Bytes that are here.
        bytes: Amount,
        total: Amount,
    },
    /// A file of an export was written or read back.
    Copied {
        /// Bytes of files that are done.
        bytes: Amount,
        total: Amount,
    },
}

impl From<client::Progress> for SyncProgress {
    fn from(progress: client::Progress) -> Self {
        match progress {
            client::Progress::Exchanged { pushed, pulled, more } => {
                Self::Exchanged { pushed: pushed.into(), pulled: pulled.into(), more }
            }
            client::Progress::Uploaded { bytes, total } => {
                Self::Uploaded { bytes: bytes.into(), total: total.into() }
            }
            client::Progress::Downloaded { bytes, total } => {
                Self::Downloaded { bytes: bytes.into(), total: total.into() }
            }
            client::Progress::Copied { bytes, total } => {
                Self::Copied { bytes: bytes.into(), total: total.into() }
            }
        }
    }
}

/// How this device stands with the server.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncState {
    /// When an exchange last succeeded, by this device's clock.
    pub last_success: Option<Timestamp>,
    /// Why the last one did not, if it did not.
    pub last_error: Option<CoreError>,
    /// When that was, by this device's clock.
    pub failed_at: Option<Timestamp>,
    /// Whether the host says that there is a network, and nothing was in the way last time.
    pub online: bool,
    /// Whether an exchange is under way.
    pub syncing: bool,
    /// When the next will be attempted, if it is known.
    pub next_attempt: Option<Timestamp>,
    /// Entries that wait to be stored by the server.
    pub waiting_entries: Count,
    /// Documents with work in them that the server is not known to have.
    pub waiting_documents: Count,
    /// How many of these are held up by an entry that does not get through on this way; each tells
    /// why in its status.
    pub held_documents: Count,
    /// Files of attachments that belong to something.
    pub attachments: Count,
    /// How many of these the server has, as far as this device knows.
    pub attachments_stored: Count,
    /// How many of these the server refused when they were last offered. Why, the list of what is
    /// attached says of each.
    #[uniffi(default = 0)]
    pub attachments_refused: Count,
}

impl From<client::SyncState> for SyncState {
    fn from(state: client::SyncState) -> Self {
        let client::SyncState {
            last_success,
            last_error,
            failed_at,
            online,
            syncing,
            next_attempt,
            waiting_entries,
            waiting_documents,
            held_documents,
            attachments,
            attachments_stored,
            attachments_refused,
        } = state;
        Self {
            last_success,
            last_error: last_error.map(CoreError::from),
            failed_at,
            online,
            syncing,
            next_attempt,
            waiting_entries: waiting_entries.into(),
            waiting_documents: waiting_documents.into(),
            held_documents: held_documents.into(),
            attachments: attachments.into(),
            attachments_stored: attachments_stored.into(),
            attachments_refused: attachments_refused.into(),
        }
    }
}

/// The device is enrolled.
#[derive(Clone, uniffi::Record)]
pub struct Enrolment {
    /// Whose device it is now.
    pub account: Account,
    /// On the first device of a person: the key to write down. It opens the private documents on
    /// every other device, and nobody else has it.
    pub recovery_key: Option<String>,
    /// Whether the server, when it was asked, knew this device already, so that nothing changed.
    #[uniffi(default = false)]
    pub was_enrolled: bool,
}

impl From<client::Enrolment> for Enrolment {
    fn from(enrolled: client::Enrolment) -> Self {
        let client::Enrolment { account, recovery_key, was_enrolled } = enrolled;
        let recovery_key = recovery_key.map(|key| key.to_string());
        Self { account, recovery_key, was_enrolled }
    }
}
