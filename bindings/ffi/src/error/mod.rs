//! What can go wrong, as far as an app can act on it.

mod obstacle;

use enhance_client::{
    DocumentEnd, DraftField, Errand, Error, InputField,
    model::{LimitExceeded, Noun},
};

pub use self::obstacle::Obstacle;
use crate::{devices::Unsent, ids::DocumentId, values::Amount};

/// Why the core did not do what it was asked.
///
/// Each has a `code` that never changes its meaning (`core/client/ERRORS.md` lists all) and a
/// `reason` in plain words for the person. Nothing has changed when one of these is returned, but
/// as `TooLarge` and `Cancelled` say; what is durable stays so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// There is no network, or what answered is not the server. Everything is kept.
    #[error("{reason}")]
    Offline {
        /// What was in the way.
        obstacle: Obstacle,
        /// What the device was about.
        errand: Errand,
        code: String,
        reason: String,
    },
    /// This device has to be enrolled before it can do this.
    #[error("{reason}")]
    SignInNeeded {
        /// Whether it never was. Otherwise the server does not know it any more.
        never_enrolled: bool,
        code: String,
        reason: String,
    },
    /// There is no key that opens the database.
    #[error("{reason}")]
    KeyUnavailable { fault: KeyFault, code: String, reason: String },
    /// What is stored on this device cannot be read or added to.
    #[error("{reason}")]
    Storage { fault: StorageFault, code: String, reason: String },
    /// The core is suspended, or closed.
    #[error("{reason}")]
    Suspended { code: String, reason: String },
    /// This device was signed out and everything on it wiped; screens that are left end with it.
    #[error("{reason}")]
    SignedOut { code: String, reason: String },
    /// What is on this device alone would be lost with it, and that was not confirmed.
    #[error("{reason}")]
    Unsent { unsent: Unsent, code: String, reason: String },
    /// Private documents need the recovery key of the person's first device.
    #[error("{reason}")]
    RecoveryKeyNeeded { code: String, reason: String },
    /// This person may not do that, or nobody may; or not yet, as of a plan with the code
    /// `still_read`, which its owner deletes for everybody, and of a reflection with the code
    /// `unacknowledged`, in which something may tell who somebody is.
    #[error("{reason}")]
    NotAllowed { code: String, reason: String },
    /// It is not on this device, and nothing says that it ever was. With the code `not_fetched` it
    /// is a page or a pack whose file was lost or damaged: the next sync or update fetches it again.
    #[error("{reason}")]
    NotFound {
        what: Noun,
        /// Its id or key, as it was asked for.
        id: String,
        code: String,
        reason: String,
    },
    /// The document was on this device, and is no more.
    #[error("{reason}")]
    Gone { what: Noun, id: DocumentId, end: DocumentEnd, code: String, reason: String },
    /// What was handed in cannot be taken.
    #[error("{reason}")]
    InvalidInput { field: InputField, code: String, reason: String },
    /// Something is larger than its limit. A text that was typed is kept as a draft, and what was
    /// typed into other fields is settled.
    #[error("{reason}")]
    TooLarge {
        /// Bytes, characters or changes, as the reason says.
        limit: Amount,
        /// Of a text that people type into, which it is.
        field: Option<DraftField>,
        /// Of such a text, how many characters are too many.
        over: Option<Amount>,
        code: String,
        reason: String,
    },
    /// The server answered, and said no, and the reason is in its words; or a file says that it was
    /// signed, and is not as it was then.
    #[error("{reason}")]
    Refused { code: String, reason: String },
    /// It was cancelled. What was done by then stays done.
    #[error("{reason}")]
    Cancelled { code: String, reason: String },
    /// A fault of the core. Nothing was lost; trying again may help.
    #[error("{reason}")]
    Unexpected { code: String, reason: String },
}

/// Why there is no key that opens the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum KeyFault {
    /// The phone was not unlocked since it was started; open again after that.
    NotYet,
    /// There is a database here and no key for it. See `setAside`.
    Missing,
    /// The phone has made the key unusable. See `setAside`.
    Invalidated,
    /// The key store did not keep a new key, so no database was made.
    NotKept,
    /// The key of the key store is not that of the database.
    Wrong,
}

/// Why what is stored on this device cannot be read or added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StorageFault {
    /// Nothing was written; what was there can be read.
    Full,
    /// The folder, or the disk it is on, takes no writing.
    ReadOnlyFolder,
    /// The folder is another user's, or a file is in its place, or there is no permission.
    ForeignFolder,
    /// The database is gone, and what belongs to it is here. Nothing was made anew. Put the file
    /// back from a backup; or see `setAside`, after which one can enrol again.
    DatabaseMissing,
    /// Another core, or another process, has this folder open.
    InUse,
    /// Something that was stored or fetched is damaged.
    /// Of a database: see `salvage`, and `setAside` where it finds nothing.
    Damaged,
    /// A newer version of the app wrote this. It is left as it is; update the app.
    NewerSchema,
}

/// What an error is about.
#[uniffi::remote(Enum)]
pub enum Noun {
    /// A document whose kind is not known, because it is not here.
    Document,
    Reflection,
    SharedReflection,
    Project,
    Comments,
    PersonalRecord,
    Comment,
    Nudge,
    InboxItem,
    Suggestion,
    Aim,
    Driver,
    ChangeIdea,
    Stakeholder,
    TeamMember,
    Measure,
    Target,
    Observation,
    Tally,
    Phase,
    Annotation,
    Cycle,
    Action,
    Impact,
    Output,
    StatusMove,
    LearningSession,
    Placement,
    Supervisor,
    WteChange,
    CareerBreak,
    Absence,
    Experience,
    PatientJourney,
    JourneyStep,
    PdpGoal,
    Certificate,
    EvidenceLink,
    EvidenceDeadline,
    ModuleCompletion,
    ActivityCompletion,
    Debrief,
    KeptSignOff,
    Template,
    Activity,
    Module,
    Page,
    Resource,
    Recipe,
    /// The file of a resource, in the pack.
    File,
    Pack,
    Person,
    Member,
    /// To take part in a plan.
    Invitation,
    /// A link by which somebody without an account reads one text.
    Ticket,
    SignOffRequest,
    SignOff,
    /// Work the server refused.
    Quarantined,
    Attachment,
    /// The database of an account's folder.
    Database,
}

/// How a document left this device.
#[uniffi::remote(Enum)]
pub enum DocumentEnd {
    /// Its owner deleted it for ever.
    Deleted,
    /// Its owner took the right to read it away.
    Revoked,
    /// It was not here yet: this person accepted the invitation to it, and it
    /// comes with the next sync.
    ToCome,
}

/// What a value was handed in for.
#[uniffi::remote(Enum)]
pub enum InputField {
    /// The address of a server.
    Server,
    Invitation,
    RecoveryKey,
    Title,
    Minutes,
    Start,
    Person,
    Right,
    Comment,
    /// The name of a text that is typed into.
    TextField,
    Edit,
    /// What shows that something was completed.
    Evidence,
    Recipe,
    /// A page of a plan, or for an annual review.
    Page,
    /// A file that was exported.
    Export,
    Value,
    /// The key of a prompt or an item in a document.
    Key,
    Version,
    Id,
    Date,
    Moment,
    Duration,
    /// What somebody says or hands in with a sign-off.
    SignOff,
    /// A file that is to be attached.
    Attachment,
    /// A ticket that is to be made, or the link of one.
    Ticket,
}

impl CoreError {
    pub(crate) fn invalid(field: InputField, reason: &dyn std::fmt::Display) -> Self {
        Error::InvalidInput { field, reason: reason.to_string() }.into()
    }

    pub(crate) fn internal(during: &str) -> Self {
        Error::Internal { during: during.to_owned(), cause: None }.into()
    }
}

impl From<Error> for CoreError {
    fn from(error: Error) -> Self {
        let (code, reason) = (error.code().to_owned(), error.to_string());
        let key = |fault, code, reason| Self::KeyUnavailable { fault, code, reason };
        let storage = |fault, code, reason| Self::Storage { fault, code, reason };
        match error {
            Error::Offline { obstacle, errand, cause: _ } => {
                Self::Offline { obstacle: obstacle.into(), errand, code, reason }
            }
            Error::SignInNeeded => Self::SignInNeeded { never_enrolled: false, code, reason },
            Error::NotEnrolled => Self::SignInNeeded { never_enrolled: true, code, reason },
            Error::KeyNotYet => key(KeyFault::NotYet, code, reason),
            Error::KeyMissing => key(KeyFault::Missing, code, reason),
            Error::KeyInvalidated => key(KeyFault::Invalidated, code, reason),
            Error::KeyNotKept { reason: _ } => key(KeyFault::NotKept, code, reason),
            Error::WrongKey => key(KeyFault::Wrong, code, reason),
            Error::StorageFull => storage(StorageFault::Full, code, reason),
            Error::ReadOnlyFolder { folder: _ } => {
                storage(StorageFault::ReadOnlyFolder, code, reason)
            }
            Error::ForeignFolder { folder: _, why: _ } => {
                storage(StorageFault::ForeignFolder, code, reason)
            }
            Error::DatabaseMissing { folder: _ } => {
                storage(StorageFault::DatabaseMissing, code, reason)
            }
            Error::InUse => storage(StorageFault::InUse, code, reason),
            Error::Damaged { what: _, cause: _ } => storage(StorageFault::Damaged, code, reason),
            Error::NewerSchema { found: _, known: _ } => {
                storage(StorageFault::NewerSchema, code, reason)
            }
            Error::Suspended | Error::Closed => Self::Suspended { code, reason },
            Error::SignedOut => Self::SignedOut { code, reason },
            Error::Unsent { unsent } => Self::Unsent { unsent: unsent.into(), code, reason },
            Error::RecoveryKeyNeeded => Self::RecoveryKeyNeeded { code, reason },
            Error::AlreadyEnrolled
            | Error::NotAllowed { what: _ }
            | Error::StillRead { readers: _ }
            | Error::Unacknowledged { probable: _ } => Self::NotAllowed { code, reason },
            Error::NotFound { what, id } => Self::NotFound { what, id, code, reason },
            Error::NotFetched { what, key } => Self::NotFound { what, id: key, code, reason },
            Error::Gone { what, id, end } => Self::Gone { what, id, end, code, reason },
            Error::InvalidInput { field, reason: _ } => Self::InvalidInput { field, code, reason },
            Error::TooLarge(exceeded) => {
                let limit = limit(&exceeded);
                Self::TooLarge { limit, field: None, over: None, code, reason }
            }
            Error::TextTooLong { field, called: _, over, limit } => {
                let (limit, field, over) = (limit.into(), field.parse().ok(), Some(over.into()));
                Self::TooLarge { limit, field, over, code, reason }
            }
            Error::Refused { code: _, message: _ } => Self::Refused { code, reason },
            Error::Cancelled => Self::Cancelled { code, reason },
            Error::Internal { during: _, cause: _ } => Self::Unexpected { code, reason },
        }
    }
}

fn limit(exceeded: &LimitExceeded) -> Amount {
    let limit = match exceeded {
        LimitExceeded::Change { limit, bytes: _ }
        | LimitExceeded::Text { limit }
        | LimitExceeded::Document { limit, bytes: _ }
        | LimitExceeded::Changes { limit, changes: _ }
        | LimitExceeded::Person { limit, bytes: _ } => *limit,
    };
    limit.into()
}

#[cfg(test)]
mod tests;
