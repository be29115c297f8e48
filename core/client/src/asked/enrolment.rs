//! Joining: how this device becomes one of a person's.
//!
//! Everything the device brings along is made and durable before it asks: its id, its token, the
//! keys. An answer that is lost is asked for again in the same words, and the server gives the
//! same one.

use enhance_model::{DeviceId, Noun, Person, PersonId, crockford, person};
use enhance_protocol::{
    EnrolRequest, EnrolResponse, InvitationRequest, InvitationResponse, Nonce, PROTOCOL,
    PersonRequest, PersonResponse, SecretKey, codec, path,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::account::{self, Account};
use crate::{
    cancellation::Cancellation,
    environment::transport::Request,
    error::{Error, InputField},
    keys::{AccountKey, RecoveryKey},
    network::{
        address,
        answer::{Echo, ask, post},
    },
    state::{
        State,
        facts::{Facts, Signing},
        lock::StateLock,
    },
};

/// Bytes of the largest answer to an enrolment; settings and a list of devices are small.
const ANSWER_BYTES: usize = 1 << 20;

/// The device is enrolled.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Whose device it is now.
    pub account: Account,
    /// On the first device of a person: the key to write down. It opens their private documents
    /// on every other device, and only they have it.
    pub recovery_key: Option<RecoveryKey>,
}

/// What the device brings along to one server. It stays the same however often it asks: the server
/// may have taken it already.
#[derive(Clone, Serialize, Deserialize)]
struct Attempt {
    device: DeviceId,
    token: serde_bytes::ByteArray<20>,
    account_key: serde_bytes::ByteArray<32>,
    /// As a person would type it.
    recovery_key: String,
    #[serde(with = "serde_bytes")]
    wrapped_account_key: Vec<u8>,
    signing_key: serde_bytes::ByteArray<32>,
    /// The invitation with which it succeeded.
    accepted: Option<String>,
}

impl Attempt {
    /// Where an attempt at a server is kept. Another server must never see the same token.
    fn kept_as(server: &str) -> String {
        format!("enrolment at {server}")
    }

    fn request(&self, nonce: Nonce, invitation: &str, device_name: &str) -> EnrolRequest {
        EnrolRequest {
            protocol: PROTOCOL,
            nonce,
            invitation: invitation.to_owned(),
            device: self.device,
            device_name: device_called(device_name),
            token: self.token,
            wrapped_account_key: self.wrapped_account_key.clone(),
            signing_key: self.key().public(),
        }
    }

    fn key(&self) -> SecretKey {
        SecretKey::from_bytes(&self.signing_key)
    }

    fn facts(&self, server: &str, answer: EnrolResponse) -> Facts {
        let is_first_device = answer.wrapped_account_key == self.wrapped_account_key;
        let account_key = || AccountKey::from_bytes(Zeroizing::new(*self.account_key));
        Facts {
            person: answer.person,
            device: self.device,
            server: server.to_owned(),
            token: Zeroizing::new(*self.token),
            account_key: is_first_device.then(account_key),
            wrapped_account_key: answer.wrapped_account_key,
            publisher_key: *answer.publisher_key,
            settings: answer.settings,
            signing: Some(Signing { key: self.key(), certificate: answer.certificate }),
        }
    }
}

/// Characters of a device's name that a server takes.
const DEVICE_NAME_CHARS: usize = 80;

/// A device's name as a server takes it. Phones name themselves, and nobody is kept from joining
/// by what theirs says.
fn device_called(name: &str) -> String {
    let cleaned = person::cleaned(name, DEVICE_NAME_CHARS);
    person::line(&cleaned, DEVICE_NAME_CHARS).unwrap_or_else(|_| "device".to_owned())
}

/// Makes this device one of a person's, with the invitation they were given.
pub(crate) async fn enrol(
    lock: &StateLock,
    server: &str,
    invitation: &str,
    device_name: &str,
    cancel: &Cancellation,
) -> Result<Enrolment, Error> {
    let server =
        address::of_server(server).map_err(|error| Error::invalid(InputField::Server, error))?;
    let invitation = invitation.trim();
    if invitation.is_empty() {
        return Err(Error::invalid(InputField::Invitation, "it is empty"));
    }
    let (attempt, enrolled) = lock.with(|state| {
        Ok((attempt(state, &server, invitation)?, account::of_device(state)?.is_some()))
    })?;
    if !enrolled {
        let nonce = lock.environment().nonce();
        let question =
            post(&server, path::ENROL, None, &attempt.request(nonce, invitation, device_name))?;
        let answer = ask_for(lock, question, &nonce, cancel).await?;
        lock.with(|state| accept(state, &server, &attempt, invitation, answer))?;
    }
    lock.with(|state| {
        let facts = state.facts()?;
        let recovery_key = own_recovery_key(&facts, &attempt)?;
        Ok(Enrolment { account: Account::of(&facts), recovery_key })
    })
}

/// Makes an invitation for another device of the same person.
pub(crate) async fn invite_device(
    lock: &StateLock,
    cancel: &Cancellation,
) -> Result<String, Error> {
    let facts = lock.with(State::facts)?;
    let request = InvitationRequest { protocol: PROTOCOL, nonce: lock.environment().nonce() };
    let question = post(&facts.server, path::INVITATIONS, Some(facts.token()), &request)?;
    let answer: InvitationResponse = ask_for(lock, question, &request.nonce, cancel).await?;
    Ok(answer.invitation)
}

/// Asks the server for a person by the id they gave, and knows them from now on.
pub(crate) async fn add_person(
    lock: &StateLock,
    person: PersonId,
    cancel: &Cancellation,
) -> Result<Person, Error> {
    let facts = lock.with(State::facts)?;
    if facts.is_me(person) {
        return Err(Error::invalid(InputField::Person, "that is you"));
    }
    let request = PersonRequest { protocol: PROTOCOL, nonce: lock.environment().nonce(), person };
    let question = post(&facts.server, path::PEOPLE, Some(facts.token()), &request)?;
    let answer: PersonResponse = ask_for(lock, question, &request.nonce, cancel).await?;
    if answer.person.id != person {
        return Err(Error::not_found(Noun::Person, person));
    }
    lock.with(|state| state.write(|write| Ok(write.put_person(&answer.person)?)))?;
    Ok(answer.person)
}

async fn ask_for<T: Echo>(
    lock: &StateLock,
    question: Request,
    nonce: &Nonce,
    cancel: &Cancellation,
) -> Result<T, Error> {
    let transport = &*lock.environment().transport;
    let asked = cancel.race(ask(transport, question, nonce, ANSWER_BYTES));
    lock.while_awake(async { Ok(asked.await??.answer) }).await
}

/// The attempt at a server: the one under way, or a new one that is durable by now.
fn attempt(state: &mut State, server: &str, invitation: &str) -> Result<Attempt, Error> {
    let kept = state.store().meta(&Attempt::kept_as(server))?;
    let attempt: Option<Attempt> = kept
        .map(|bytes| codec::from_cbor(&bytes))
        .transpose()
        .map_err(|error| Error::damaged("the enrolment under way").because(error))?;
    let accepted = attempt.as_ref().and_then(|attempt| attempt.accepted.as_deref());
    match state.facts() {
        Ok(_) if accepted.is_some_and(|known| crockford::is_same(known, invitation)) => {}
        Ok(_) => return Err(Error::AlreadyEnrolled),
        Err(Error::NotEnrolled) => {}
        Err(error) => return Err(error),
    }
    match attempt {
        Some(attempt) => Ok(attempt),
        None => new_attempt(state, server),
    }
}

fn new_attempt(state: &mut State, server: &str) -> Result<Attempt, Error> {
    let randomness = &*state.environment().randomness;
    let account_key = AccountKey::new(randomness);
    let recovery_key = RecoveryKey::new(randomness);
    let attempt = Attempt {
        device: DeviceId::new(state.now(), randomness.bytes()),
        token: randomness.bytes().into(),
        account_key: (*account_key.as_bytes()).into(),
        recovery_key: recovery_key.to_string(),
        wrapped_account_key: recovery_key.wrap(&account_key, randomness)?,
        signing_key: randomness.bytes().into(),
        accepted: None,
    };
    let bytes = Zeroizing::new(in_cbor(&attempt)?);
    state.write(|write| Ok(write.set_meta(&Attempt::kept_as(server), &bytes)?))?;
    Ok(attempt)
}

fn accept(
    state: &mut State,
    server: &str,
    attempt: &Attempt,
    invitation: &str,
    answer: EnrolResponse,
) -> Result<(), Error> {
    let epoch = Some(answer.epoch);
    let facts = attempt.facts(server, answer);
    let accepted = Attempt { accepted: Some(invitation.to_owned()), ..attempt.clone() };
    let accepted = Zeroizing::new(in_cbor(&accepted)?);
    state.write(|write| {
        // Kept with the account key beside it, of which it says no more: a phone that dies
        // before the person has seen the recovery key can ask for it once more.
        write.set_meta(&Attempt::kept_as(server), &accepted)?;
        facts.write(write)?;
        let before = write.sync_state()?;
        Ok(write.set_sync_state(&enhance_store::SyncState { epoch, ..before })?)
    })
}

/// The recovery key, if this is the device that made it.
fn own_recovery_key(facts: &Facts, attempt: &Attempt) -> Result<Option<RecoveryKey>, Error> {
    let made_here = facts.wrapped_account_key == attempt.wrapped_account_key;
    made_here.then(|| attempt.recovery_key.parse()).transpose()
}

fn in_cbor(attempt: &Attempt) -> Result<Vec<u8>, Error> {
    codec::to_cbor(attempt)
        .map_err(|error| Error::internal("keeping the enrolment under way").because(error))
}
