//! Joining the programme: an invitation makes a device one of a person's.

use enhance_model::{
    DeviceId, Epoch, Person, PersonId,
    sign_off::{Certificate, PublicKey},
};
use serde::{Deserialize, Serialize};

use crate::{
    exchange::{Nonce, Settings},
    identity::{Asks, Returning},
};

/// Enrols a device. Repeating it with the same device and token is harmless.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    /// The invitation's code, as the person was given it.
    pub invitation: String,
    /// The device, by the id it made for itself.
    pub device: DeviceId,
    /// What to call the device in lists: `Ward phone`.
    pub device_name: String,
    /// The secret by which the device will be known. It makes it itself, so that a lost answer
    /// loses nothing; the server keeps a hash of it.
    pub token: serde_bytes::ByteArray<20>,
    /// A new account key, wrapped by a new recovery key; taken if the person has none yet.
    #[serde(with = "serde_bytes")]
    pub wrapped_account_key: Vec<u8>,
    /// The key that the device will sign with.
    pub signing_key: PublicKey,
    /// Of a device that was enrolled here before, and is to be whose it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returning: Option<Returning>,
}

impl EnrolRequest {
    /// What a device that returns proves to ask for.
    pub fn asks(&self) -> Asks<'_> {
        let Self { nonce, device, token, invitation, .. } = self;
        Asks { nonce, device: *device, token, invitation }
    }
}

/// The device is enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    pub nonce: Nonce,
    /// Who the device belongs to.
    pub person: Person,
    pub epoch: Epoch,
    /// The person's account key, wrapped by their recovery key. If it is not the one offered, the
    /// recovery key of the first device opens it.
    #[serde(with = "serde_bytes")]
    pub wrapped_account_key: Vec<u8>,
    /// The Ed25519 key that signs content packs and certificates.
    pub publisher_key: serde_bytes::ByteArray<32>,
    /// That the key which was offered is this device's.
    pub certificate: Certificate,
    /// What the organisation has set.
    pub settings: Settings,
}

/// Asks for an invitation for another device of the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
}

/// An invitation for another device of the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationResponse {
    pub nonce: Nonce,
    /// The code to type on the other device.
    pub invitation: String,
}

/// Asks for a person of whom this device has not been told, by the id that they gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    pub person: PersonId,
}

/// Somebody whom this device is told of from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonResponse {
    pub nonce: Nonce,
    pub person: Person,
}

/// Asks for a certificate for a new key of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRequest {
    pub protocol: u16,
    /// Repeated in the answer.
    pub nonce: Nonce,
    pub key: PublicKey,
}

/// That the key is this device's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateResponse {
    pub nonce: Nonce,
    pub certificate: Certificate,
}
