//! Sign-offs as files: checked with nothing else, and those that were read back from an export.

use enhance_client::{
    self as client, SignOffFault,
    model::{
        Role,
        personal_record::{EvidenceSource, KeptSignOffEdit},
        sign_off::{Decision, SignOff, Signer, SupervisorRole},
    },
};

use crate::{ChangedSince, ids::ItemId, values::Timestamp};

/// What a file with a sign-off is worth, and as what it was signed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignOffCheck {
    /// Why it does not count; none if it does, as far as the organisation's key in it tells.
    pub fault: Option<SignOffFault>,
    /// All of what was signed.
    pub text: String,
    pub decision: Decision,
    pub statement: String,
    /// The signer's name as it was shown when it was signed.
    pub signer: String,
    /// As what they say that they signed.
    pub role: SupervisorRole,
    /// The same as people read it, with what placements say by the word of the trainee, which nobody
    /// signed: a claim is never said as a fact.
    pub role_in_words: String,
    /// The organisation where a placement of that day names them, by the word of the trainee. Empty
    /// where none does.
    pub organisation: String,
    /// Whether a placement of that day names them as what they say, by the word of the trainee.
    pub is_named: bool,
    /// What the server knew them as, or whoever witnessed it.
    pub certified_as: Role,
    /// How the trainee knew them who witnessed it; none if the signer signed with their own key.
    pub witnessed: Option<String>,
    /// The signer's device clock.
    pub at: Timestamp,
    /// Whose evidence it is, by the name they had then.
    pub trainee: String,
    /// The key of the organisation's server, to be compared with the one that is known.
    pub publisher_key: String,
}

impl From<client::SignOffVerdict> for SignOffCheck {
    fn from(verdict: client::SignOffVerdict) -> Self {
        let client::SignOffVerdict { paper, fault, signer_role, .. } = verdict;
        let client::SignOffPaper { sign_off, text, publisher_key, .. } = paper;
        let SignOff { decision, role, statement, signer, at, certificate, .. } = sign_off;
        let Signer { person: _, name: signer, witnessed } = signer;
        Self {
            fault,
            text,
            decision,
            statement,
            signer,
            role,
            role_in_words: signer_role.in_words(),
            organisation: signer_role.organisation().to_owned(),
            is_named: signer_role.is_named(),
            certified_as: certificate.role,
            witnessed,
            at,
            trainee: sign_off.trainee_name,
            publisher_key: publisher_key.to_string(),
        }
    }
}

/// What one field of this is to say.
#[uniffi::remote(Enum)]
pub enum KeptSignOffEdit {
    /// What was signed, in a line.
    Title(String),
    /// The file of it, by which anybody can check it.
    Paper(String),
    /// The document that it is of, as it was read back.
    Of(Option<EvidenceSource>),
}

/// A sign-off that was read back from an export, or is kept of a request that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing about it")]
pub struct KeptSignOffView {
    pub id: ItemId,
    /// What was signed, in a line.
    pub title: String,
    /// All of what was signed.
    pub text: String,
    pub decision: Decision,
    pub statement: String,
    /// The signer's name as it was shown when it was signed.
    pub signer: String,
    /// As what they signed, as people read it: a claim is never said as a fact.
    pub role_in_words: String,
    /// Whether a placement of that day, or the server, says the same as they do.
    pub role_agrees: bool,
    /// How the trainee knew them who witnessed it; none if the signer signed with their own key.
    pub witnessed: Option<String>,
    /// The signer's device clock.
    pub at: Timestamp,
    /// Whose evidence it was, by the name they had then.
    pub trainee: String,
    /// Why it does not count; none if it does.
    pub fault: Option<SignOffFault>,
    /// Whether the organisation that certified it is that of this account.
    pub publisher_known: bool,
    /// Whether it was made under another account than this one.
    pub another_account: bool,
    /// Whether what was signed still says the same here.
    pub changed: ChangedSince,
    /// Whether another answer that was read back stands in its place: a newer one of the same signer,
    /// or for one that was witnessed, one that somebody signed with a key of their own.
    #[uniffi(default = false)]
    pub superseded: bool,
    /// How it stands, in a line: what was decided, and all that its reader has to know of that.
    #[uniffi(default = "")]
    pub in_words: String,
}

impl From<client::KeptSignOffView> for KeptSignOffView {
    fn from(view: client::KeptSignOffView) -> Self {
        let client::KeptSignOffView {
            id,
            title,
            paper,
            fault,
            publisher_known,
            another_account,
            superseded,
            signer_role,
            changed,
            request_taken_back: _,
            lost: _,
            in_words,
        } = view;
        let SignOff { decision, statement, signer, at, trainee_name: trainee, .. } = paper.sign_off;
        let Signer { person: _, name: signer, witnessed } = signer;
        Self {
            id,
            title,
            text: paper.text,
            decision,
            statement,
            signer,
            role_in_words: signer_role.in_words(),
            role_agrees: signer_role.agrees(),
            witnessed,
            at,
            trainee,
            fault,
            publisher_known,
            another_account,
            changed: changed.into(),
            superseded,
            in_words,
        }
    }
}
