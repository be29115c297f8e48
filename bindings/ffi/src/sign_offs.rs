//! Sign-offs: what is asked to be signed, who signed it, and whether it still says the same.

use enhance_client::{
    self as client, DocumentStatus, SignOffAnswer, SignOffFault, SignOffStanding, WitnessedSigner,
    model::{
        Person,
        sign_off::{
            Decision, SignOff, SignOffRequest, Signer, Subject, SubjectKind, SupervisorRole,
        },
    },
};

use crate::{
    ids::{DocumentId, ItemId, PersonId, Version},
    values::{Count, Timestamp},
};

/// What can be signed off.
#[uniffi::remote(Enum)]
#[uniffi(name = "SignOffSubjectKind")]
pub enum SubjectKind {
    Reflection,
    /// A copy of a reflection that was shared before.
    SharedReflection,
    /// A plan in a version.
    Project,
    /// That a module is complete.
    Module,
    Sessions,
}

/// What the signer decided.
#[uniffi::remote(Enum)]
#[uniffi(name = "SignOffDecision")]
pub enum Decision {
    Signed,
    /// Not yet: the statement says why.
    Returned,
}

/// How far a request has come.
#[uniffi::remote(Enum)]
pub enum SignOffStanding {
    /// Nobody has answered it in a way that counts.
    Asked,
    Signed,
    Returned,
}

/// Why a sign-off does not count.
#[uniffi::remote(Enum)]
pub enum SignOffFault {
    /// It was signed over another text than this one.
    AnotherText,
    /// It was altered after it was signed.
    BadSignature,
    /// The key it is signed with is not certified by this organisation's server.
    NotCertified,
    /// The key it is signed with is not of the person it names.
    AnotherPerson,
    /// Nobody signs off their own work.
    OwnWork,
    /// Only the trainee's own phone can say that somebody signed on it.
    NotTheWitness,
    /// It says it was signed before the key was given out.
    TooEarly,
    /// The device it was signed on was reported lost before that.
    Revoked,
}

/// What is to be signed off.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum SignOffSubject {
    /// A reflection as it stands, what was typed included.
    Reflection { id: DocumentId },
    /// A copy of a reflection that this person shared.
    SharedReflection { id: DocumentId },
    /// A plan as it stands, what was typed included.
    Project { id: DocumentId },
    /// A module, by its key.
    Module { key: String },
    /// Learning sessions, by their ids.
    Sessions { ids: Vec<ItemId> },
}

impl From<SignOffSubject> for client::SignOffSubject {
    fn from(subject: SignOffSubject) -> Self {
        match subject {
            SignOffSubject::Reflection { id } => Self::Reflection(id),
            SignOffSubject::SharedReflection { id } => Self::SharedReflection(id),
            SignOffSubject::Project { id } => Self::Project(id),
            SignOffSubject::Module { key } => Self::Module(key),
            SignOffSubject::Sessions { ids } => Self::Sessions(ids.into_iter().collect()),
        }
    }
}

/// What somebody decides about what they were asked to sign, and what they say.
#[uniffi::remote(Record)]
pub struct SignOffAnswer {
    pub decision: Decision,
    /// As what they sign.
    pub role: SupervisorRole,
    /// What they say. It must not be empty where it is returned.
    pub statement: String,
}

/// Who signs on the trainee's own phone.
#[uniffi::remote(Record)]
pub struct WitnessedSigner {
    pub name: String,
    /// The person, if they are on the programme.
    pub person: Option<PersonId>,
    /// How the trainee knew them: "works on this ward", "GMC number on the badge".
    pub known_by: String,
}

/// A request for a sign-off, with its answers.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignOffRequestView {
    pub id: DocumentId,
    pub kind: SubjectKind,
    /// The document that is to be signed; none for what is in the personal record.
    pub document: Option<DocumentId>,
    /// A line to find it by.
    pub title: String,
    /// All of what is to be signed.
    pub text: String,
    /// What the trainee says to who is asked. May be empty, and is not signed.
    pub message: String,
    /// Device clock when it was asked.
    pub at: Timestamp,
    /// Who asks, if this device has heard of them.
    pub trainee: Option<Person>,
    /// Whether that is this person.
    pub mine: bool,
    /// Who is asked, if this device has heard of them.
    pub asked: Option<Person>,
    pub standing: SignOffStanding,
    /// The oldest comes first.
    pub answers: Vec<SignOffView>,
    /// The version of the request, which never changes.
    pub version: Version,
    /// How far the request has come on its way.
    pub status: DocumentStatus,
    /// What has to be known before it is signed, such as that a module is not complete. May be empty.
    #[uniffi(default = "")]
    pub note: String,
}

impl From<client::SignOffRequestView> for SignOffRequestView {
    fn from(view: client::SignOffRequestView) -> Self {
        let client::SignOffRequestView {
            id,
            request,
            trainee,
            mine,
            asked,
            standing,
            answers,
            note,
            version,
            status,
        } = view;
        let SignOffRequest { subject, title, text, asked: _, message, at } = request;
        let Subject { kind, document, key: _, items: _, version: _ } = subject;
        let answers = answers.into_iter().map(SignOffView::from).collect();
        Self {
            id,
            kind,
            document,
            title,
            text,
            message,
            at,
            trainee,
            mine,
            asked,
            standing,
            answers,
            note: note.to_owned(),
            version,
            status,
        }
    }
}

/// A sign-off, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignOffView {
    pub id: DocumentId,
    pub decision: Decision,
    pub role: SupervisorRole,
    pub statement: String,
    /// The signer's name as it was shown when it was signed.
    pub signer: String,
    /// The signer, if they are on the programme.
    pub person: Option<PersonId>,
    /// How the trainee knew them who witnessed it on their own phone; none if the signer signed with
    /// the key of their own device.
    pub witnessed: Option<String>,
    /// The signer's device clock.
    pub at: Timestamp,
    /// Why it does not count; none if it does.
    pub fault: Option<SignOffFault>,
    /// Whether another answer stands in its place: a newer one of the same signer, or for one that was
    /// witnessed, one that somebody signed with a key of their own.
    pub superseded: bool,
    /// What the same signer answered before, which this takes the place of. Both stay readable.
    #[uniffi(default = None)]
    pub supersedes: Option<DocumentId>,
    /// Whether this person was who was asked.
    pub by_who_was_asked: bool,
    /// As what they signed, as people read it: what they say of themselves is never said as a fact
    /// unless a placement or the server says the same.
    #[uniffi(default = "")]
    pub role_in_words: String,
    /// Whether a placement of that day, or the server, says the same as they do.
    #[uniffi(default = true)]
    pub role_agrees: bool,
    /// How far it has come on its way.
    pub status: DocumentStatus,
    /// When the device it was signed on was reported lost, whether it was signed before that, and
    /// what that means. Empty if it never was.
    #[uniffi(default = "")]
    pub lost: String,
}

impl From<client::SignOffView> for SignOffView {
    fn from(view: client::SignOffView) -> Self {
        let client::SignOffView {
            id,
            sign_off,
            fault,
            lost,
            superseded,
            by_who_was_asked,
            signer_role,
            status,
        } = view;
        let SignOff { decision, role, statement, signer, at, supersedes, .. } = sign_off;
        let Signer { person, name: signer, witnessed } = signer;
        Self {
            id,
            decision,
            role,
            statement,
            signer,
            person,
            witnessed,
            at,
            fault,
            lost,
            superseded,
            supersedes,
            by_who_was_asked,
            role_in_words: signer_role.in_words(),
            role_agrees: signer_role.agrees(),
            status,
        }
    }
}

/// Whether something still says what was signed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ChangedSince {
    Unchanged,
    Changed {
        /// Lines of the signed text that are gone.
        gone: Vec<String>,
        /// Lines that were not in it.
        new: Vec<String>,
        /// Lines of either kind that are not listed.
        more: Count,
        /// Of a plan, what was done to it since, in sentences.
        sentences: Vec<String>,
    },
    /// What was signed is gone: deleted, taken out of the log, or not completed any more.
    Deleted,
    /// What was signed is not on this device, which may not even be allowed to read it.
    Unknown,
}

impl From<client::ChangedSince> for ChangedSince {
    fn from(since: client::ChangedSince) -> Self {
        match since {
            client::ChangedSince::Unchanged => Self::Unchanged,
            client::ChangedSince::Changed { difference, sentences } => {
                let (gone, new) = (difference.gone, difference.new);
                Self::Changed { gone, new, more: (difference.more as u64).into(), sentences }
            }
            client::ChangedSince::Deleted => Self::Deleted,
            client::ChangedSince::Unknown => Self::Unknown,
        }
    }
}
