//! Signing a sign-off with a device's key, certifying that key, and checking both.
//!
//! The server certifies a key once, with the key that phones know packs by. So a sign-off is checked
//! by anybody who has it, its text and that one key, offline and years later; what the server adds
//! is the list of devices whose keys count no more.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use enhance_model::{
    DeviceId, RefusalCode, Timestamp,
    learning_log::local_day,
    sign_off::{Certificate, PublicKey, SignOff, Signature, text_hash},
    time::{DAY_MS, day_in_words},
};
use serde::{Deserialize, Serialize};

/// Milliseconds that a phone's clock may be behind the server's: what it signed on its first day is
/// not in doubt because its clock is wrong.
const CLOCKS_DIFFER: i64 = DAY_MS;

/// A device whose keys count no more: it was lost, or somebody else had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    pub device: DeviceId,
    /// What was signed on it at this moment or later does not count.
    pub since: Timestamp,
}

/// A key that signs: a device's, or the publisher's. It is wiped from memory when it is let go of.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

/// Why a sign-off does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SignOffFault {
    #[error("it was signed over another text than this one")]
    AnotherText,
    #[error("it was altered after it was signed, or not signed with the key that it names")]
    BadSignature,
    #[error("the key it is signed with is not certified by this organisation's server")]
    NotCertified,
    #[error("the key it is signed with is not of the person it names")]
    AnotherPerson,
    #[error("nobody signs off their own work")]
    OwnWork,
    #[error("only the trainee's own phone can say that somebody signed on it")]
    NotTheWitness,
    #[error("it says it was signed before the key was given out")]
    TooEarly,
    #[error("the device it was signed on was reported lost before that")]
    Revoked,
}

impl From<SignOffFault> for RefusalCode {
    fn from(_: SignOffFault) -> Self {
        Self::NotSigned
    }
}

impl SecretKey {
    /// The key with this secret.
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// Its secret, to be kept where no one else reads it.
    pub fn secret(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// What others check its signatures by.
    pub fn public(&self) -> PublicKey {
        PublicKey::from_bytes(self.0.verifying_key().to_bytes())
    }

    /// The certificate, signed with this key, which is the publisher's.
    pub fn certify(&self, mut certificate: Certificate) -> Certificate {
        certificate.signature = signature(&self.0, &certificate.signed_bytes());
        certificate
    }

    /// The sign-off, signed. Its certificate must be one of this key.
    pub fn sign(&self, mut sign_off: SignOff) -> SignOff {
        sign_off.signature = signature(&self.0, &sign_off.signed_bytes());
        sign_off
    }
}

impl SecretKey {
    /// Its signature over some bytes, which begin with what they are for.
    pub(crate) fn signature(&self, bytes: &[u8]) -> Signature {
        signature(&self.0, bytes)
    }
}

/// Checks what was signed with the secret of a key.
pub(crate) trait Signed {
    /// Whether a signature over these bytes was made with it.
    fn has_signed(&self, bytes: &[u8], signature: &Signature) -> bool;
}

impl Signed for PublicKey {
    fn has_signed(&self, bytes: &[u8], signature: &Signature) -> bool {
        fits(self, bytes, signature)
    }
}

impl From<SigningKey> for SecretKey {
    fn from(key: SigningKey) -> Self {
        Self(key)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// Whether a sign-off is of this text and by whom it says, which it and the publisher's key tell.
pub fn check(sign_off: &SignOff, text: &str, publisher: &[u8; 32]) -> Result<(), SignOffFault> {
    if text_hash(text) != sign_off.text_sha256 {
        return Err(SignOffFault::AnotherText);
    }
    check_signer(sign_off, publisher)
}

/// The same without its text, for who has not got it.
pub fn check_signer(sign_off: &SignOff, publisher: &[u8; 32]) -> Result<(), SignOffFault> {
    let SignOff { certificate, signer, trainee, .. } = sign_off;
    let publisher = PublicKey::from_bytes(*publisher);
    if !fits(&publisher, &certificate.signed_bytes(), &certificate.signature) {
        return Err(SignOffFault::NotCertified);
    }
    if !fits(&certificate.key, &sign_off.signed_bytes(), &sign_off.signature) {
        return Err(SignOffFault::BadSignature);
    }
    if signer.person == Some(*trainee) {
        return Err(SignOffFault::OwnWork);
    }
    match signer.witnessed {
        None if signer.person != Some(certificate.person) || signer.name != certificate.name => {
            return Err(SignOffFault::AnotherPerson);
        }
        Some(_) if certificate.person != *trainee => return Err(SignOffFault::NotTheWitness),
        _ => {}
    }
    if sign_off.at.plus_millis(CLOCKS_DIFFER) < certificate.from {
        return Err(SignOffFault::TooEarly);
    }
    Ok(())
}

/// Whether the device it was signed on counted when it was signed.
pub fn check_device(sign_off: &SignOff, revoked: &[Revocation]) -> Result<(), SignOffFault> {
    let device = sign_off.certificate.device;
    let is_lost = |one: &Revocation| one.device == device && sign_off.at >= one.since;
    if revoked.iter().any(is_lost) { Err(SignOffFault::Revoked) } else { Ok(()) }
}

/// When the device it was signed on was reported lost, and what that means; none if it never was.
///
/// A device signs for its owner until the moment from which it was out of their hands.
pub fn lost_in_words(sign_off: &SignOff, revoked: &[Revocation]) -> Option<String> {
    let device = sign_off.certificate.device;
    let lost = revoked.iter().filter(|one| one.device == device).map(|one| one.since).min()?;
    let day = |at| day_in_words(local_day(at));
    let (lost_on, signed_on) = (day(lost), day(sign_off.at));
    Some(if sign_off.at < lost {
        format!(
            "Signed on {signed_on}, before the device with the signer's key was reported lost from \
             {lost_on} on. It still counts."
        )
    } else {
        format!(
            "Signed on {signed_on}, after the device with the signer's key was reported lost from \
             {lost_on} on. It does not count, since somebody else may have signed it. Ask for it \
             again."
        )
    })
}

fn signature(key: &SigningKey, bytes: &[u8]) -> Signature {
    Signature::from_bytes(key.sign(bytes).to_bytes())
}

fn fits(key: &PublicKey, bytes: &[u8], signature: &Signature) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    VerifyingKey::from_bytes(key.as_bytes())
        .is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use enhance_model::{
        DocumentId, PersonId, Role, Version,
        sign_off::{self, Decision, Subject, SubjectKind, SupervisorRole},
    };

    use super::*;

    const TEXT: &str = "Falls at night\n";
    const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

    fn publisher() -> SecretKey {
        SecretKey::from_bytes(&[3; 32])
    }

    fn known() -> [u8; 32] {
        *publisher().public().as_bytes()
    }

    fn certificate(person: u8, name: &str) -> Certificate {
        let (signature, role) = (Signature::from_bytes([0; 64]), Role::Supervisor);
        let (key, from) = (SecretKey::from_bytes(&[person; 32]).public(), NOW);
        let (person, device) =
            (PersonId::from_bytes([person; 16]), DeviceId::from_bytes([person; 16]));
        let name = name.to_owned();
        publisher().certify(Certificate { person, name, role, device, key, from, signature })
    }

    /// What the person with this number signs, for the trainee, who has number 1.
    fn signed(by: u8, signer: sign_off::Signer) -> SignOff {
        let certificate = certificate(by, "Sam Okafor");
        let version = Version::default();
        let (kind, key, items) = (SubjectKind::Module, "falls".to_owned(), [].into());
        let sign_off = SignOff {
            request: DocumentId::from_bytes([1; 16]),
            trainee: PersonId::from_bytes([1; 16]),
            trainee_name: "Asha Rao".into(),
            subject: Subject { kind, document: None, key, items, version },
            text_sha256: text_hash(TEXT),
            decision: Decision::Signed,
            role: SupervisorRole::Clinical,
            statement: String::new(),
            signer,
            at: NOW,
            supersedes: None,
            certificate,
            signature: Signature::from_bytes([0; 64]),
        };
        SecretKey::from_bytes(&[by; 32]).sign(sign_off)
    }

    fn own(number: u8) -> sign_off::Signer {
        let person = Some(PersonId::from_bytes([number; 16]));
        sign_off::Signer { person, name: "Sam Okafor".into(), witnessed: None }
    }

    #[test]
    fn what_was_signed_is_known_by_itself_and_the_publishers_key() {
        let good = signed(2, own(2));
        assert_eq!(check(&good, TEXT, &known()), Ok(()));
        assert_eq!(check(&good, "Falls at night\r\n", &known()), Ok(()), "the same text");
        assert_eq!(check(&good, "Falls at noon\n", &known()), Err(SignOffFault::AnotherText));
        let stranger = *SecretKey::from_bytes(&[4; 32]).public().as_bytes();
        assert_eq!(check(&good, TEXT, &stranger), Err(SignOffFault::NotCertified));
    }

    #[test]
    fn every_changed_byte_of_what_was_signed_is_noticed() {
        let good = signed(2, own(2));
        let bytes = good.signed_bytes();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!fits(&good.certificate.key, &changed, &good.signature), "byte {at}");
        }
        let bytes = good.certificate.signed_bytes();
        let publisher = known();
        let known = PublicKey::from_bytes(publisher);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!fits(&known, &changed, &good.certificate.signature), "byte {at}");
        }
        for at in 0..64 {
            let mut changed = good.clone();
            let mut signature = *changed.signature.as_bytes();
            signature[at] ^= 1;
            changed.signature = Signature::from_bytes(signature);
            assert!(check(&changed, TEXT, &publisher).is_err(), "byte {at} of the signature");
        }
    }

    #[test]
    fn nobody_signs_as_somebody_else_or_for_themselves() {
        let forged = signed(3, own(2));
        assert_eq!(check(&forged, TEXT, &known()), Err(SignOffFault::AnotherPerson));
        let another_name = signed(2, sign_off::Signer { name: "Prof Lee".into(), ..own(2) });
        assert_eq!(check(&another_name, TEXT, &known()), Err(SignOffFault::AnotherPerson));
        assert_eq!(check(&signed(1, own(1)), TEXT, &known()), Err(SignOffFault::OwnWork));
        let mut pasted = signed(3, own(3));
        pasted.certificate = certificate(2, "Sam Okafor");
        pasted.signer = own(2);
        assert_eq!(check(&pasted, TEXT, &known()), Err(SignOffFault::BadSignature));
        let mut renamed = signed(2, own(2));
        renamed.certificate.name = "Prof Lee".into();
        assert_eq!(check(&renamed, TEXT, &known()), Err(SignOffFault::NotCertified));
    }

    #[test]
    fn what_is_witnessed_is_signed_by_the_trainees_phone_and_by_no_other() {
        let witnessed = Some("badge shown on the ward".to_owned());
        let there = sign_off::Signer { person: None, name: "Dr Lee".into(), witnessed };
        assert_eq!(check(&signed(1, there.clone()), TEXT, &known()), Ok(()));
        assert_eq!(check(&signed(2, there), TEXT, &known()), Err(SignOffFault::NotTheWitness));
    }

    #[test]
    fn a_device_counts_until_it_was_lost_and_from_when_its_key_was_given_out() {
        let good = signed(2, own(2));
        let device = good.certificate.device;
        let revoked = |since| check_device(&good, &[Revocation { device, since }]);
        assert_eq!(revoked(NOW.plus_millis(1)), Ok(()));
        assert_eq!(revoked(NOW), Err(SignOffFault::Revoked));
        let said = |since| lost_in_words(&good, &[Revocation { device, since }]).unwrap();
        let before = said(NOW.plus_millis(1));
        assert!(
            before.starts_with("Signed on ") && before.ends_with("It still counts."),
            "{before}"
        );
        assert!(said(NOW).contains("after the device with the signer's key was reported lost"));
        assert!(said(NOW).contains("It does not count"), "{}", said(NOW));
        assert_eq!(lost_in_words(&good, &[]), None);
        let at_noon = |at| {
            let early = SignOff { at, ..good.clone() };
            check_signer(&SecretKey::from_bytes(&[2; 32]).sign(early), &known())
        };
        assert_eq!(at_noon(NOW.plus_millis(-CLOCKS_DIFFER)), Ok(()), "a clock that is behind");
        let early = at_noon(NOW.plus_millis(-CLOCKS_DIFFER - 1));
        assert_eq!(early, Err(SignOffFault::TooEarly));
    }
}
