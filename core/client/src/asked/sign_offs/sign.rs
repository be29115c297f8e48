//! Signing, and returning what is not to be signed yet.

use std::sync::Arc;

use enhance_documents::NewDocument;
use enhance_model::{
    DocumentId, DocumentKind, PersonId, Right,
    folding::folded,
    sign_off::{Decision, SignOff, SignOffRequest, Signature, Signer, SupervisorRole, text_hash},
};

use enhance_protocol::Revocation;

use super::views;
use crate::{
    asked::checking,
    error::{Error, InputField},
    state::{
        State,
        facts::{Facts, Signing},
    },
    writing::{create, target::Target},
};

/// What somebody decides about what they were asked to sign, and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffAnswer {
    pub decision: Decision,
    /// As what they sign.
    pub role: SupervisorRole,
    /// What they say. It must not be empty where it is returned.
    pub statement: String,
}

/// Who signs on the trainee's own phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessedSigner {
    pub name: String,
    /// The person, if they are on the programme.
    pub person: Option<PersonId>,
    /// How the trainee knew them: "works on this ward", "GMC number on the badge".
    pub known_by: String,
}

/// Signs or returns what this person was asked to, with the key of this device.
pub(crate) fn sign(
    state: &mut State,
    request: DocumentId,
    answer: &SignOffAnswer,
) -> Result<DocumentId, Error> {
    let target = Target::of_kind(state, request, DocumentKind::SignOffRequest)?;
    target.require(state, Right::Comment, "signing this")?;
    if target.facts.is_me(target.row.owner) {
        let why = "nobody signs off their own work; let them sign on your phone, or ask them";
        return Err(Error::not_allowed(why));
    }
    let name = signing(&target.facts)?.certificate.name.clone();
    let signer = Signer { person: Some(target.facts.person.id), name, witnessed: None };
    write(state, &target, answer, signer)
}

/// Notes what somebody decided who signs on this phone, which is the trainee's. It is signed with
/// the trainee's key, and says so.
pub(crate) fn sign_witnessed(
    state: &mut State,
    request: DocumentId,
    by: &WitnessedSigner,
    answer: &SignOffAnswer,
) -> Result<DocumentId, Error> {
    let target = Target::of_kind(state, request, DocumentKind::SignOffRequest)?;
    target.require(state, Right::Own, "witnessing a signature")?;
    let (name, known_by) = (by.name.trim(), by.known_by.trim());
    if name.is_empty() {
        return Err(Error::invalid(InputField::Person, "say who signs"));
    }
    if known_by.is_empty() {
        return Err(Error::invalid(InputField::SignOff, "say how you know who signs"));
    }
    // A namesake is somebody else once it is said who.
    let is_me = match by.person {
        Some(person) => target.facts.is_me(person),
        None => folded(name) == folded(&target.facts.person.name),
    };
    if is_me {
        return Err(Error::invalid(InputField::Person, "that is you"));
    }
    let (person, witnessed) = (by.person, Some(known_by.to_owned()));
    write(state, &target, answer, Signer { person, name: name.to_owned(), witnessed })
}

fn write(
    state: &mut State,
    target: &Target,
    answer: &SignOffAnswer,
    signer: Signer,
) -> Result<DocumentId, Error> {
    let Target { facts, row } = target;
    let SignOffAnswer { decision, role, statement } = answer;
    let statement = statement.trim().to_owned();
    if *decision == Decision::Returned && statement.is_empty() {
        return Err(Error::invalid(InputField::SignOff, "say what is to be changed"));
    }
    facts.limits().check_text(&statement)?;
    checking::let_say(state, row.id, &[&statement])?;
    let Signing { key, certificate } = signing(facts)?;
    let now = state.now();
    let is_lost = |one: &Revocation| one.device == certificate.device && one.since <= now;
    if facts.settings.revoked.iter().any(is_lost) {
        let why = "this device was reported lost, and what is signed on it does not count; enrol \
                   another one with a new invitation, and sign there";
        return Err(Error::not_allowed(why));
    }
    let (_, request) = state.shown::<SignOffRequest>(row.id)?;
    let trainee = state.store().person(row.owner)?;
    let sign_off = key.sign(SignOff {
        request: row.id,
        trainee: row.owner,
        trainee_name: trainee.map(|person| person.name).unwrap_or_default(),
        text_sha256: text_hash(&request.text),
        subject: request.subject,
        decision: *decision,
        role: *role,
        statement,
        supersedes: views::standing_of(state.store(), row.id, &signer)?,
        signer,
        at: state.now(),
        certificate: certificate.clone(),
        signature: Signature::from_bytes([0; 64]),
    });
    let (owner, sign_off) = (facts.person.id, Box::new(sign_off));
    create::write(state, &Arc::clone(facts), &NewDocument::SignOff { owner, sign_off })
}

fn signing(facts: &Facts) -> Result<&Signing, Error> {
    let missing = "this device has no key to sign with yet; connect, and ask for one";
    facts.signing.as_ref().ok_or_else(|| Error::not_allowed(missing))
}
