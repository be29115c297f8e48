//! Sign-offs: who agreed to what, as it stood then, in a form that can be checked by anybody.
//!
//! A trainee asks with a [`SignOffRequest`]: the text as it stands, of which document in which
//! version it is, and nothing of its history. Whoever it is given to answers with a [`SignOff`],
//! which names the version and the hash of the text and is signed with the key of a device.
//! Neither is ever changed: a later edit of what was signed shows as a difference, a second thought
//! is a sign-off of its own that supersedes the first.
//!
//! A [`Certificate`] says whose a key is. It is the server's, is signed with the key that phones know
//! packs by, and goes with each sign-off, so that an export is checked with nothing but itself.

mod bytes;
mod certificate;
mod difference;
mod hash;
mod keys;
mod project;
mod record;
mod reflection;
mod roles;
mod sessions;
mod standing;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::{
    certificate::Certificate,
    difference::Difference,
    hash::text_hash,
    keys::{PublicKey, Signature},
    project::{Fields, project_text, project_text_as_before, texts_of, things_of},
    record::{
        EvidenceNames, ModuleNames, activities_in, is_of_completed_module, is_same_module,
        knows_module, module_text, names_evidence_by_id,
    },
    reflection::SignedReflection,
    roles::{PlacementRole, SignerRole},
    sessions::{sessions_text, sessions_text_as_before, sessions_title},
    standing::{Answer, superseded},
};
pub use crate::personal_record::SupervisorRole;
use crate::{DocumentId, ItemId, PersonId, Sha256, Timestamp, Version, words::words};

words! {
    /// What can be signed off.
    SubjectKind {
        Reflection = "reflection",
        /// A copy of a reflection that was shared before.
        SharedReflection = "shared_reflection",
        /// A change project in a version.
        Project = "project",
        /// That a module is complete.
        Module = "module",
        Sessions = "sessions",
    }
}

words! {
    /// What the signer decided.
    Decision {
        Signed = "signed",
        /// Not yet: the statement says why.
        Returned = "returned",
    }
}

/// What is to be signed off, and in which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub kind: SubjectKind,
    /// The document it is in; none for what is in the personal record.
    pub document: Option<DocumentId>,
    /// The key of a module. Empty for everything else.
    pub key: String,
    /// The learning sessions. Empty for everything else.
    pub items: BTreeSet<ItemId>,
    /// The heads of the document.
    pub version: Version,
}

/// What a trainee asks to have signed, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffRequest {
    pub subject: Subject,
    /// A line to find it by.
    pub title: String,
    /// All of what is to be signed.
    pub text: String,
    /// Who is asked; nobody for what is signed on the trainee's own phone.
    pub asked: Option<PersonId>,
    /// What the trainee says to them. May be empty, and is not signed.
    pub message: String,
    /// Device clock when it was asked.
    pub at: Timestamp,
}

/// Who signed, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Signer {
    /// The person, if they are on the programme and known to the device.
    pub person: Option<PersonId>,
    /// The name as it was shown when it was signed.
    pub name: String,
    /// How the trainee knew them who holds the phone on which it was signed. None if the signer
    /// signed with the key of their own device.
    pub witnessed: Option<String>,
}

/// That somebody signed, or returned, what they were asked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// The request that it answers.
    pub request: DocumentId,
    /// Whose evidence it is.
    pub trainee: PersonId,
    /// Their name as it was shown when it was signed.
    pub trainee_name: String,
    pub subject: Subject,
    /// What [`text_hash`] gives for the text of the request.
    pub text_sha256: Sha256,
    pub decision: Decision,
    pub role: SupervisorRole,
    /// What the signer says. May be empty where it is signed.
    pub statement: String,
    pub signer: Signer,
    /// Device clock when it was signed.
    pub at: Timestamp,
    /// An earlier one that this takes the place of.
    pub supersedes: Option<DocumentId>,
    /// Whose the key is that it is signed with.
    pub certificate: Certificate,
    /// The device's Ed25519 over [`SignOff::signed_bytes`].
    pub signature: Signature,
}

impl Signer {
    /// How it is known that they signed, where that is by the trainee's word alone; empty where
    /// they signed with the key of their own device. Whoever shows a sign-off, or counts one, says
    /// it.
    ///
    /// ```
    /// use enhance_model::sign_off::{Signer, WITNESSED};
    ///
    /// let own_key = Signer { person: None, name: "Dr Lee".to_owned(), witnessed: None };
    /// assert_eq!(own_key.how(), "");
    /// let witnessed = Some("works on this ward".to_owned());
    /// assert_eq!(Signer { witnessed, ..own_key }.how(), WITNESSED);
    /// ```
    pub const fn how(&self) -> &'static str {
        if self.witnessed.is_some() { WITNESSED } else { "" }
    }
}

/// What is said of a sign-off that was given there and then on the trainee's own device.
pub const WITNESSED: &str = "witnessed by the trainee, not signed with the signer's own key";

/// What who asks and who signs are told of a module that is not complete.
pub const NOT_COMPLETE: &str = "This module is not complete yet. Whoever signs it signs what is \
                                done so far, and not that it is complete.";

impl SignOffRequest {
    /// What has to be known before it is signed; nothing where nothing has.
    pub fn note(&self) -> &'static str {
        let is_module = self.subject.kind == SubjectKind::Module;
        if is_module && !is_of_completed_module(&self.text) { NOT_COMPLETE } else { "" }
    }

    /// Whether a sign-off is of what this request is about, in the same words.
    pub fn is_answered_by(&self, sign_off: &SignOff) -> bool {
        sign_off.subject == self.subject && sign_off.text_sha256 == text_hash(&self.text)
    }
}

#[cfg(test)]
pub(crate) mod examples;
#[cfg(test)]
mod tests;
