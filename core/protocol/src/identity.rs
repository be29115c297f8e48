//! Who is who: a server that proves that it is the one, and a device that proves that it was here.
//!
//! A server's address may change, and two addresses may be one server. What it is known by is the
//! key that it signs packs and certificates with. A device that the server forgot is known by the
//! certificate that this key once gave it.

use enhance_model::{
    DeviceId,
    sign_off::{Certificate, PublicKey, Signature},
};
use serde::{Deserialize, Serialize};

use crate::{SecretKey, exchange::Nonce, sign_off::Signed};

/// Signed before the nonce, so that what is signed here means nothing elsewhere.
const SERVER: &[u8] = b"enhance server 1\0";
const RETURNING: &[u8] = b"enhance returning 1\0";

/// Asks a server who it is. No token goes with it: it may be anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityRequest {
    pub protocol: u16,
    /// Repeated in the answer, and signed.
    pub nonce: Nonce,
}

/// Who the server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityResponse {
    pub nonce: Nonce,
    /// The key that signs its packs and certificates.
    pub publisher_key: PublicKey,
    /// Made with that key over the nonce.
    pub signature: Signature,
}

impl IdentityResponse {
    /// The proof for whoever asked with this nonce.
    pub fn new(nonce: Nonce, publisher: &SecretKey) -> Self {
        let signature = publisher.signature(&to_sign(nonce));
        Self { nonce, publisher_key: publisher.public(), signature }
    }

    /// The key that the server is known by, if it has it.
    pub fn proven(&self) -> Option<&[u8; 32]> {
        let key = &self.publisher_key;
        key.has_signed(&to_sign(self.nonce), &self.signature).then(|| key.as_bytes())
    }
}

/// What a device shows that was enrolled once and that the server does not know any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    /// That its key is of a device of a person, by the server's own word.
    pub certificate: Certificate,
    /// Made with that key over the request it comes with.
    pub signature: Signature,
}

impl Returning {
    /// The proof that goes with one request.
    pub fn new(certificate: Certificate, key: &SecretKey, asks: Asks<'_>) -> Self {
        let signature = key.signature(&asks.bytes());
        Self { certificate, signature }
    }

    /// Whether the server with this key once enrolled the device that asks, by the word of the
    /// certificate that comes along.
    pub fn is_proven(&self, publisher: &PublicKey, asks: Asks<'_>) -> bool {
        let Self { certificate, signature } = self;
        publisher.has_signed(&certificate.signed_bytes(), &certificate.signature)
            && certificate.device == asks.device
            && certificate.key.has_signed(&asks.bytes(), signature)
    }
}

/// What a device that returns asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asks<'a> {
    pub nonce: &'a Nonce,
    pub device: DeviceId,
    /// The secret by which it will be known.
    pub token: &'a [u8; 20],
    pub invitation: &'a str,
}

impl Asks<'_> {
    fn bytes(&self) -> Vec<u8> {
        let Self { nonce, device, token, invitation } = self;
        let fixed = [RETURNING, nonce.as_slice(), device.as_bytes(), &token[..]].concat();
        [fixed.as_slice(), invitation.as_bytes()].concat()
    }
}

fn to_sign(nonce: Nonce) -> Vec<u8> {
    [SERVER, nonce.as_slice()].concat()
}

#[cfg(test)]
mod tests {
    use enhance_model::{PersonId, Role, Timestamp};

    use super::*;

    const NONCE: Nonce = Nonce::new([7; 8]);

    fn key(byte: u8) -> SecretKey {
        SecretKey::from_bytes(&[byte; 32])
    }

    #[test]
    fn b4_only_who_has_the_key_proves_it_and_only_to_whoever_asked() {
        let proof = IdentityResponse::new(NONCE, &key(1));
        assert_eq!(proof.proven(), Some(key(1).public().as_bytes()));
        let another = key(2).public();
        let stolen = IdentityResponse { publisher_key: another, ..proof.clone() };
        assert_eq!(stolen.proven(), None);
        let old = IdentityResponse { nonce: Nonce::new([8; 8]), ..proof };
        assert_eq!(old.proven(), None);
    }

    #[test]
    fn b3_a_device_returns_by_a_certificate_and_the_key_it_is_for() {
        let (server, device) = (key(1), DeviceId::from_bytes([3; 16]));
        let certificate = server.certify(Certificate {
            person: PersonId::from_bytes([4; 16]),
            name: "Dr Ana Ruiz".to_owned(),
            role: Role::Trainee,
            device,
            key: key(2).public(),
            from: Timestamp::from_unix_millis(0),
            signature: Signature::from_bytes([0; 64]),
        });
        let asks = Asks { nonce: &NONCE, device, token: &[5; 20], invitation: "ABCD" };
        let proof = Returning::new(certificate.clone(), &key(2), asks);
        let publisher = server.public();
        assert!(proof.is_proven(&publisher, asks));

        let another_device = Asks { device: DeviceId::from_bytes([9; 16]), ..asks };
        let another_code = Asks { invitation: "EFGH", ..asks };
        let another_token = Asks { token: &[6; 20], ..asks };
        for other in [another_device, another_code, another_token] {
            assert!(!proof.is_proven(&publisher, other), "{other:?}");
        }
        assert!(!proof.is_proven(&key(8).public(), asks), "of another server");
        let forged = Returning::new(certificate, &key(6), asks);
        assert!(!forged.is_proven(&publisher, asks), "by who has only seen the certificate");
    }
}
