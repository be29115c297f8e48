//! The page for an annual review, and what a person takes with them.

use enhance_client::{
    EvidenceLeftOut, FileNotRead, ImportStop, NotCompared, OtherName, SignOffLeftOut, model::arcp,
};

use crate::values::{Count, PackVersion};

/// A field of a portfolio's form, and the text to paste into it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FormField {
    /// What the field is about.
    pub field: String,
    /// Plain text, a line for each thing.
    pub text: String,
}

/// Whether a page for an annual review still agrees with what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ArcpVerdict {
    /// It says what the record says now.
    Agrees { renamed: Vec<OtherName> },
    /// It says what the record said, which has changed since.
    Outdated {
        /// How many changes came since, to all that it was made of.
        changes: Count,
        renamed: Vec<OtherName>,
    },
    /// It says what the record said, by the version of the programme's content that it keeps itself:
    /// another one is in use here now.
    OtherPack {
        /// The version by which it was made; none if there was none.
        made_with: Option<PackVersion>,
        /// How many changes came since, to all that it was made of.
        changes: Count,
        renamed: Vec<OtherName>,
    },
    /// Its digest is right, so that nothing was altered by mistake; more cannot be said here.
    Unaltered { why: NotCompared },
    /// Somebody altered the page after it was made, or made it by other means.
    Altered,
}

/// Why a page cannot be compared with what it was made of.
#[uniffi::remote(Enum)]
pub enum NotCompared {
    /// It is the record of somebody else, which nobody but its owner can read.
    OfSomebodyElse,
    /// Something of it is not on this device, or not yet in that version.
    NotHere,
    /// Another version of the app made it, whose words may be others.
    OtherVersion,
}

/// What became of an export that was read back.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ImportReport {
    pub reflections: Count,
    /// Projects of which the person was the owner.
    pub projects: Count,
    /// Things in the personal record.
    pub things: Count,
    /// Documents that were here already, or were deleted here.
    pub already_here: Count,
    /// Projects of others: their owner has to invite this account.
    pub projects_of_others: Count,
    /// Copies of reflections that were shared: each is between two people and is shared anew.
    pub shared_copies: Count,
    /// Comments on projects: what others said is theirs.
    pub comments: Count,
    /// Documents, things and files that are still to be read; none unless it stopped.
    #[uniffi(default = 0)]
    pub left: Count,
    /// Why it stopped before the end. What was read is saved; reading the same file again goes on.
    #[uniffi(default = None)]
    pub stopped: Option<ImportStop>,
    /// How many photographs and PDFs.
    #[uniffi(default = 0)]
    pub files: Count,
    /// Files that were here already, or were taken away here.
    #[uniffi(default = 0)]
    pub files_already_here: Count,
    /// Files that were not read back, each with the reason. Everything else was read.
    #[uniffi(default = [])]
    pub files_not_read: Vec<FileNotRead>,
    /// Sign-offs that were kept, each with all by which anybody can check it.
    #[uniffi(default = 0)]
    pub sign_offs: Count,
    /// Sign-offs and requests for one that were not kept, each with the reason.
    #[uniffi(default = [])]
    pub sign_offs_left_out: Vec<SignOffLeftOut>,
    /// What is given as evidence of something that did not come along, each with the reason.
    #[uniffi(default = [])]
    pub evidence_left_out: Vec<EvidenceLeftOut>,
    /// What those documents are called that are here already and say something else in the file.
    /// They stay as they are.
    #[uniffi(default = [])]
    pub different: Vec<String>,
    /// Things that came as they were and that nobody could note now, each with the reason: time out
    /// of its range, or what is said to have been and lies ahead. They are kept, and such a session
    /// counts for nothing.
    #[uniffi(default = [])]
    pub as_they_were: Vec<String>,
    /// Suggestions for the texts of projects, whatever became of them: they are in the file alone.
    #[uniffi(default = 0)]
    pub suggestions: Count,
}

/// A sign-off, or a request for one, that was not kept. Everything else was.
#[uniffi::remote(Record)]
pub struct SignOffLeftOut {
    /// What was to be signed, in a line.
    pub title: String,
    /// What a person reads.
    pub reason: String,
}

/// Something in the record that gives as evidence what did not come along. It came all the same,
/// and shows nothing by that evidence.
#[uniffi::remote(Record)]
pub struct EvidenceLeftOut {
    /// What gives it as evidence, in a line.
    pub title: String,
    /// What a person reads.
    pub reason: String,
}

/// Why an import stopped before its end.
#[uniffi::remote(Record)]
pub struct ImportStop {
    /// The code of the error.
    pub code: String,
    /// What a person reads.
    pub reason: String,
}

impl From<arcp::FormField> for FormField {
    fn from(arcp::FormField { field, text }: arcp::FormField) -> Self {
        Self { field, text }
    }
}

impl From<enhance_client::ArcpVerdict> for ArcpVerdict {
    fn from(verdict: enhance_client::ArcpVerdict) -> Self {
        match verdict {
            enhance_client::ArcpVerdict::Agrees { renamed } => Self::Agrees { renamed },
            enhance_client::ArcpVerdict::Outdated { changes, renamed } => {
                Self::Outdated { changes: count(changes), renamed }
            }
            enhance_client::ArcpVerdict::OtherPack { made_with, changes, renamed } => {
                let made_with = made_with.map(PackVersion::from);
                Self::OtherPack { made_with, changes: count(changes), renamed }
            }
            enhance_client::ArcpVerdict::Unaltered { why } => Self::Unaltered { why },
            enhance_client::ArcpVerdict::Altered => Self::Altered,
        }
    }
}

impl From<enhance_client::ImportReport> for ImportReport {
    fn from(imported: enhance_client::ImportReport) -> Self {
        let enhance_client::ImportReport {
            reflections,
            projects,
            things,
            already_here,
            projects_of_others,
            shared_copies,
            comments,
            suggestions,
            sign_offs,
            sign_offs_left_out,
            evidence_left_out,
            as_they_were,
            different,
            files,
            files_already_here,
            files_not_read,
            left,
            stopped,
        } = imported;
        Self {
            reflections: count(reflections),
            projects: count(projects),
            things: count(things),
            already_here: count(already_here),
            projects_of_others: count(projects_of_others),
            shared_copies: count(shared_copies),
            comments: count(comments),
            left: count(left),
            stopped,
            files: count(files),
            files_already_here: count(files_already_here),
            files_not_read,
            sign_offs: count(sign_offs),
            sign_offs_left_out,
            evidence_left_out,
            different,
            as_they_were,
            suggestions: count(suggestions),
        }
    }
}

fn count(number: usize) -> Count {
    Count::from(u64::try_from(number).unwrap_or(u64::MAX))
}
