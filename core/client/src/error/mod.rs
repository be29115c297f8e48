//! What can go wrong, as far as an app or a person can do something about it.
//!
//! `core/client/ERRORS.md` lists every code with its sentence; a test keeps it complete.

mod beneath;
mod cause;
mod document_end;
mod input_field;
mod obstacle;
mod unsent;

use std::{collections::BTreeMap, error, io};

use enhance_model::{
    DocumentId, LimitExceeded, Noun, Person, Quoted, RefusalCode, disk, identifiers::FindingKind,
};
use serde::Serialize;

pub use self::{
    cause::Cause,
    document_end::DocumentEnd,
    input_field::InputField,
    obstacle::{Errand, Obstacle, TlsFault},
    unsent::Unsent,
};

/// Why the core did not do what it was asked.
///
/// Each has a stable [`code`](Error::code), a sentence for the person, and, where something beneath
/// failed, the cause as its source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "error", content = "detail", rename_all = "snake_case")]
pub enum Error {
    /// No answer that is certainly the server's. Everything stays as it is on this device.
    #[error("{obstacle}; {errand}")]
    Offline {
        /// What was in the way.
        obstacle: Obstacle,
        /// What the device was about.
        errand: Errand,
        #[source]
        #[serde(skip)]
        cause: Option<Cause>,
    },
    /// The server no longer knows this device.
    #[error("the server does not know this device any more; enrol it again with a new invitation")]
    SignInNeeded,
    #[error("the storage of this device is full; free some space and try again")]
    StorageFull,
    /// The folder of the account, or the disk it is on, takes no writing.
    #[error("nothing can be written in {folder}")]
    ReadOnlyFolder { folder: String },
    /// The folder of the account is somebody else's, or something else.
    #[error("the folder {folder} cannot be used: {why}")]
    ForeignFolder {
        folder: String,
        /// What is in the way, in plain words.
        why: String,
    },
    /// The database of an account is gone from its folder, and what belongs to it is still there.
    /// Nothing was made anew.
    #[error(
        "the database of this account is missing in {folder}; what never reached the server is \
         gone with it, unless a backup has it. Put it back, or set aside what is left and enrol \
         again"
    )]
    DatabaseMissing { folder: String },
    /// Another process, or another core in this one, has the folder open.
    #[error("another program has this folder open; end it there, and try again")]
    InUse,
    /// The core was suspended and not resumed.
    #[error("the core is suspended; resume it first")]
    Suspended,
    /// The core was closed for good.
    #[error("the core is closed; open it again")]
    Closed,
    /// This device was signed out and everything on it wiped.
    #[error("this device is signed out; enrol it with an invitation")]
    SignedOut,
    /// What is on this device alone would be lost with it.
    #[error("only this device has {unsent}; sync first, or confirm the loss with {}", unsent.word())]
    Unsent { unsent: Unsent },
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
        /// In the host's words.
        reason: String,
    },
    /// The database is not encrypted with this key.
    #[error("this key does not open the database; set the database aside and enrol again")]
    WrongKey,
    /// Stored data cannot be read. Nothing is deleted because of it.
    #[error("{what} is damaged; nothing was deleted")]
    Damaged {
        what: String,
        #[source]
        #[serde(skip)]
        cause: Option<Cause>,
    },
    /// A newer version of the app wrote this.
    #[error(
        "a newer version of the app wrote this (version {found}; this app knows {known}); \
         update the app"
    )]
    NewerSchema {
        found: u32,
        /// The newest version this app knows.
        known: u32,
    },
    #[error("nobody is enrolled here yet; enrol with an invitation")]
    NotEnrolled,
    #[error("somebody is enrolled here already; another person needs another folder")]
    AlreadyEnrolled,
    /// Private documents cannot be read or written before the recovery key was typed.
    #[error("private documents need the recovery key of your first device")]
    RecoveryKeyNeeded,
    #[error("not allowed: {what}")]
    NotAllowed {
        /// What was attempted, and why it is not allowed.
        what: String,
    },
    /// Others can read the plan that is to be deleted.
    #[error(
        "{} can still read this plan; hand it over, or delete it for everybody",
        names(readers)
    )]
    StillRead { readers: Vec<Person> },
    /// What is to be shared may tell who somebody is, and nobody has said that they know.
    #[error(
        "this may tell who somebody is ({}); change it, or acknowledge what was found",
        counted(probable)
    )]
    Unacknowledged {
        /// How many probable identifiers there are of each kind; never what they say.
        probable: BTreeMap<FindingKind, usize>,
    },
    /// It is not on this device, and nothing says that it ever was.
    #[error("there is no {what} {id} here")]
    NotFound {
        what: Noun,
        /// Its id or key, as it was asked for; of what has neither, which one was meant.
        id: String,
    },
    /// It belongs to the content that is in use, and its file is not here as its publisher signed it:
    /// gone, cut or changed.
    #[error("{what} {key} is not whole on this device; the next sync or update fetches it again")]
    NotFetched {
        what: Noun,
        /// The key of the page or the pack.
        key: String,
    },
    /// The document was on this device, and is no more.
    #[error("the {what} {id} {end}")]
    Gone { what: Noun, id: DocumentId, end: DocumentEnd },
    /// What was typed cannot be taken.
    #[error("{}{reason}", field.before_reason())]
    InvalidInput {
        field: InputField,
        /// What is wrong with it, in plain words.
        reason: String,
    },
    /// Something is larger than it may be. What was typed is kept.
    #[error(transparent)]
    TooLarge(#[from] LimitExceeded),
    /// A text that people type into is longer than it may be. What was typed into it is kept, and
    /// what was typed into other fields is settled.
    #[error(
        "the text {} is too long by {}: {limit} characters fit there. Shorten it, or continue it \
         in a new document",
        Quoted(called),
        enhance_model::counted(*over, "character")
    )]
    TextTooLong {
        /// Which field it is, as a draft of it is called: `answer/what`, `section/problem`.
        field: String,
        /// What people read above the field.
        called: String,
        /// How many characters are too many.
        over: u64,
        limit: u64,
    },
    /// The server answered, and said no; or a file is not as what it says was signed.
    #[error("{message}")]
    Refused {
        code: RefusalCode,
        /// In the server's words.
        message: String,
    },
    /// What was done until then stays done.
    #[error("it was cancelled; what was done by then stays done")]
    Cancelled,
    /// A fault of the app itself.
    #[error("something went wrong inside the app while {during}; nothing was lost, try again")]
    Internal {
        during: String,
        #[source]
        #[serde(skip)]
        cause: Option<Cause>,
    },
}

impl Error {
    /// Whether the core has let go of its folder, for a while or for good.
    pub(crate) const fn is_absence(&self) -> bool {
        matches!(self, Self::Suspended | Self::Closed | Self::SignedOut)
    }

    /// The stable word for this error in every interface: `ERRORS.md` lists them.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Offline { .. } => "offline",
            Self::SignInNeeded => "sign_in_needed",
            Self::StorageFull => "storage_full",
            Self::ReadOnlyFolder { .. } => "read_only_folder",
            Self::ForeignFolder { .. } => "foreign_folder",
            Self::DatabaseMissing { .. } => "database_missing",
            Self::InUse => "in_use",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
            Self::SignedOut => "signed_out",
            Self::Unsent { .. } => "unsent",
            Self::KeyNotYet => "key_not_yet",
            Self::KeyMissing => "key_missing",
            Self::KeyInvalidated => "key_invalidated",
            Self::KeyNotKept { .. } => "key_not_kept",
            Self::WrongKey => "wrong_key",
            Self::Damaged { .. } => "damaged",
            Self::NewerSchema { .. } => "newer_schema",
            Self::NotEnrolled => "not_enrolled",
            Self::AlreadyEnrolled => "already_enrolled",
            Self::RecoveryKeyNeeded => "recovery_key_needed",
            Self::NotAllowed { .. } => "not_allowed",
            Self::StillRead { .. } => "still_read",
            Self::Unacknowledged { .. } => "unacknowledged",
            Self::NotFound { .. } => "not_found",
            Self::NotFetched { .. } => "not_fetched",
            Self::Gone { end: DocumentEnd::Deleted, .. } => "deleted",
            Self::Gone { end: DocumentEnd::Revoked, .. } => "revoked",
            Self::Gone { end: DocumentEnd::ToCome, .. } => "to_come",
            Self::InvalidInput { .. } => "invalid_input",
            Self::TooLarge(limit) => limit.code().as_str(),
            Self::TextTooLong { .. } => RefusalCode::TextTooLong.as_str(),
            Self::Refused { code, .. } => code.as_str(),
            Self::Cancelled => "cancelled",
            Self::Internal { .. } => "internal",
        }
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids and format_args, as cheap as references"
    )]
    pub(crate) fn not_found(what: Noun, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    pub(crate) fn not_fetched(what: Noun, key: impl Into<String>) -> Self {
        Self::NotFetched { what, key: key.into() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals and format_args")]
    pub(crate) fn not_allowed(what: impl ToString) -> Self {
        Self::NotAllowed { what: what.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals and format_args")]
    pub(crate) fn invalid(field: InputField, reason: impl ToString) -> Self {
        Self::InvalidInput { field, reason: reason.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals and format_args")]
    pub(crate) fn damaged(what: impl ToString) -> Self {
        Self::Damaged { what: what.to_string(), cause: None }
    }

    pub(crate) fn internal(during: &str) -> Self {
        Self::Internal { during: during.to_owned(), cause: None }
    }

    /// What a file system said of a file of the account.
    pub(crate) fn of_files(during: &str, error: io::Error) -> Self {
        if disk::has_no_room(&error) {
            return Self::StorageFull;
        }
        if disk::takes_no_writing(&error) {
            return Self::read_only();
        }
        tracing::error!(%error, during, "a file failed");
        Self::internal(during).because(error)
    }

    fn read_only() -> Self {
        Self::ReadOnlyFolder { folder: "the folder of this account".to_owned() }
    }

    /// The same error, met while the device was about something.
    pub(crate) fn during(self, errand: Errand) -> Self {
        match self {
            Self::Offline { obstacle, cause, .. } => Self::Offline { obstacle, errand, cause },
            other => other,
        }
    }

    /// The same error with what led to it, where it keeps a cause.
    pub(crate) fn because(self, by: impl error::Error + Send + Sync + 'static) -> Self {
        let cause = Some(Cause::new(by));
        match self {
            Self::Offline { obstacle, errand, .. } => Self::Offline { obstacle, errand, cause },
            Self::Damaged { what, .. } => Self::Damaged { what, cause },
            Self::Internal { during, .. } => Self::Internal { during, cause },
            other => other,
        }
    }
}

fn counted(found: &BTreeMap<FindingKind, usize>) -> String {
    let counts: Vec<String> = found.iter().map(|(kind, count)| kind.count(*count)).collect();
    counts.join(", ")
}

/// Names as a sentence has them: "Ben", "Ben and Cara", "Ben, Cara and Dan".
fn names(people: &[Person]) -> String {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "somebody".to_owned(),
    }
}

#[cfg(test)]
mod tests;
