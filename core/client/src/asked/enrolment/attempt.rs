//! What a device brings along to enrol, made and kept before it asks.

use enhance_model::{DeviceId, Sha256, person};
use enhance_protocol::{EnrolRequest, EnrolResponse, Nonce, PROTOCOL, SecretKey, codec};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    error::Error,
    keys::{AccountKey, RecoveryKey},
    state::{
        State,
        facts::{Facts, Signing},
    },
};

/// Bytes of the largest answer to an enrolment; settings and a list of devices are small.
pub(super) const ANSWER_BYTES: usize = 1 << 20;

/// What the device brings along to one server. It stays the same however often it asks: the server
/// may have taken it already.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) device: DeviceId,
    token: serde_bytes::ByteArray<20>,
    account_key: serde_bytes::ByteArray<32>,
    /// As a person would type it.
    pub(super) recovery_key: String,
    #[serde(with = "serde_bytes")]
    pub(super) wrapped_account_key: Vec<u8>,
    signing_key: serde_bytes::ByteArray<32>,
    /// The invitation with which it succeeded.
    pub(super) accepted: Option<String>,
}

impl Attempt {
    /// Where an attempt at a server is kept, which is known by its key: one server may have many
    /// addresses, and another server must never see the same token.
    pub(super) fn kept_as(publisher: &[u8; 32]) -> String {
        format!("enrolment at {}", Sha256::from_bytes(*publisher))
    }

    pub(super) fn request(
        &self,
        nonce: Nonce,
        invitation: &str,
        device_name: &str,
    ) -> EnrolRequest {
        EnrolRequest {
            protocol: PROTOCOL,
            nonce,
            invitation: invitation.to_owned(),
            device: self.device,
            device_name: device_called(device_name),
            token: self.token,
            wrapped_account_key: self.wrapped_account_key.clone(),
            signing_key: self.key().public(),
            returning: None,
        }
    }

    /// The same with the invitation that it succeeded with.
    pub(super) fn accepted_with(self, invitation: String) -> Self {
        Self { accepted: Some(invitation), ..self }
    }

    fn key(&self) -> SecretKey {
        SecretKey::from_bytes(&self.signing_key)
    }

    pub(super) fn facts(&self, server: &str, answer: EnrolResponse) -> Facts {
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
pub(super) fn device_called(name: &str) -> String {
    let cleaned = person::cleaned(name, DEVICE_NAME_CHARS);
    person::line(&cleaned, DEVICE_NAME_CHARS).unwrap_or_else(|_| "device".to_owned())
}

/// What a person enrols with.
#[derive(Clone, Copy)]
pub(super) struct Application<'a> {
    pub(super) server: &'a str,
    pub(super) invitation: &'a str,
    pub(super) device_name: &'a str,
}

/// The attempt at a server that is known by this key: the one under way, or a new one, which is
/// kept before it is made.
pub(super) fn attempt(state: &mut State, publisher: &[u8; 32]) -> Result<Attempt, Error> {
    match kept(state, publisher)? {
        Some(attempt) => Ok(attempt),
        None => new_attempt(state, publisher),
    }
}

pub(super) fn kept(state: &State, publisher: &[u8; 32]) -> Result<Option<Attempt>, Error> {
    let kept = state.store().meta(&Attempt::kept_as(publisher))?;
    kept.map(|bytes| codec::from_cbor(&bytes))
        .transpose()
        .map_err(|error| Error::damaged("the enrolment under way").because(error))
}

fn new_attempt(state: &mut State, publisher: &[u8; 32]) -> Result<Attempt, Error> {
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
    state.write(|write| Ok(write.set_meta(&Attempt::kept_as(publisher), &bytes)?))?;
    Ok(attempt)
}

/// The recovery key, if this is the device that made it.
pub(super) fn own_recovery_key(
    facts: &Facts,
    attempt: &Attempt,
) -> Result<Option<RecoveryKey>, Error> {
    let made_here = facts.wrapped_account_key == attempt.wrapped_account_key;
    made_here.then(|| attempt.recovery_key.parse()).transpose()
}

pub(super) fn in_cbor(attempt: &Attempt) -> Result<Vec<u8>, Error> {
    codec::to_cbor(attempt)
        .map_err(|error| Error::internal("keeping the enrolment under way").because(error))
}
