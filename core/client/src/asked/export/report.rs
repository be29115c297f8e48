//! What reading an export back brought, or would bring.

use serde::Serialize;

use super::fault::FileNotRead;
use crate::error::Error;

/// What became of an export that was read back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub reflections: usize,
    /// Projects of which the person was the owner.
    pub projects: usize,
    /// Things in the personal record.
    pub things: usize,
    /// Documents that were here already, or were deleted here.
    pub already_here: usize,
    /// The titles of those that say something else in the file than here; here nothing changes.
    pub different: Vec<String>,
    /// Projects of others: their owner has to invite this account.
    pub projects_of_others: usize,
    /// Copies of reflections that were shared: each is between two people and is shared anew.
    pub shared_copies: usize,
    /// Comments on projects: what others said is theirs.
    pub comments: usize,
    /// Suggestions for the texts of projects, whatever became of them: they are in the file alone.
    pub suggestions: usize,
    /// Sign-offs that were kept, each with all by which anybody can check it.
    pub sign_offs: usize,
    /// Sign-offs and requests for one that were not kept, each with the reason.
    pub sign_offs_left_out: Vec<SignOffLeftOut>,
    /// What is given as evidence of something that did not come along, each with the reason.
    pub evidence_left_out: Vec<EvidenceLeftOut>,
    /// Things that came as they were and that nobody could note now, each with the reason: time out
    /// of its range, or what is said to have been and lies ahead. They are kept, and such a session
    /// counts for nothing.
    pub as_they_were: Vec<String>,
    /// How many photographs and PDFs.
    pub files: usize,
    /// Files that were here already, or were taken away here.
    pub files_already_here: usize,
    /// Files that were not read back, each with the reason. Everything else was read.
    pub files_not_read: Vec<FileNotRead>,
    /// Documents, things and files that are still to be read; none unless it stopped.
    pub left: usize,
    /// Why it stopped before the end. What was read is saved; reading the same file again goes on.
    pub stopped: Option<ImportStop>,
}

/// A sign-off, or a request for one, that was not kept. Everything else was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffLeftOut {
    /// What was to be signed, in a line.
    pub title: String,
    /// What a person reads.
    pub reason: String,
}

/// How the reason begins of one that was left out since it does not verify.
pub(super) const DOES_NOT_COUNT: &str = "it does not count: ";

impl SignOffLeftOut {
    /// Whether it was left out since it does not verify, and not since there is nothing to keep of it.
    pub fn does_not_verify(&self) -> bool {
        self.reason.starts_with(DOES_NOT_COUNT)
    }
}

/// Something in the record that gives as evidence what did not come along. It came all the same,
/// and shows nothing by that evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceLeftOut {
    /// What gives it as evidence, in a line.
    pub title: String,
    /// What a person reads.
    pub reason: String,
}

/// Why an import stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportStop {
    /// The code of the error.
    pub code: String,
    /// What a person reads.
    pub reason: String,
}

/// What reading an export back would bring, before anything is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportCheck {
    pub reflections: usize,
    /// Projects of which the person was the owner.
    pub projects: usize,
    /// Things in the personal record.
    pub things: usize,
    /// Documents that are here already, or were deleted here.
    pub already_here: usize,
    /// The titles of those that say something else in the file than here; nothing would change.
    pub different: Vec<String>,
    /// Comments on projects, which stay in the file.
    pub comments: usize,
    /// Suggestions for the texts of projects, which stay there too.
    pub suggestions: usize,
    /// Sign-offs that would be kept.
    pub sign_offs: usize,
    /// Sign-offs and requests for one that would not be kept, each with the reason.
    pub sign_offs_left_out: Vec<SignOffLeftOut>,
    /// What is given as evidence of something that would not come along, each with the reason.
    pub evidence_left_out: Vec<EvidenceLeftOut>,
    /// Things that would come as they are and that nobody could note now, each with the reason.
    pub as_they_were: Vec<String>,
    /// How many photographs and PDFs.
    pub files: usize,
    /// Bytes of these files.
    pub bytes: u64,
    /// Bytes that fit into this person's space on the server beside the files that are there, as
    /// far as this device knows.
    pub room: u64,
    /// Files that are here already, or were taken away here.
    pub files_already_here: usize,
    /// Files that would not be read back, each with the reason.
    pub files_not_read: Vec<FileNotRead>,
}

impl ImportReport {
    /// Whether anything was read.
    pub(super) const fn has_any(&self) -> bool {
        self.reflections + self.projects + self.things + self.sign_offs > 0
    }
}

impl ImportStop {
    pub(super) fn of(error: &Error) -> Self {
        Self { code: error.code().to_owned(), reason: error.to_string() }
    }
}
