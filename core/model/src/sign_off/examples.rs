//! A sign-off for tests.

use std::collections::BTreeSet;

use super::*;
use crate::{ChangeHash, DeviceId, Role};

/// One that Sam Okafor signed with a key of his own.
pub(crate) fn sign_off() -> SignOff {
    SignOff {
        request: DocumentId::from_bytes([1; 16]),
        trainee: PersonId::from_bytes([2; 16]),
        trainee_name: "Asha Rao".into(),
        subject: Subject {
            kind: SubjectKind::Project,
            document: Some(DocumentId::from_bytes([3; 16])),
            key: String::new(),
            items: BTreeSet::new(),
            version: Version::new(vec![ChangeHash::from_bytes([4; 32])]),
        },
        text_sha256: text_hash("Falls at night\n"),
        decision: Decision::Signed,
        role: SupervisorRole::Clinical,
        statement: "Well thought through.".into(),
        signer: Signer {
            person: Some(PersonId::from_bytes([5; 16])),
            name: "Sam Okafor".into(),
            witnessed: None,
        },
        at: Timestamp::from_unix_millis(1_795_000_000_000),
        supersedes: None,
        certificate: Certificate {
            person: PersonId::from_bytes([5; 16]),
            name: "Sam Okafor".into(),
            role: Role::Supervisor,
            device: DeviceId::from_bytes([6; 16]),
            key: PublicKey::from_bytes([7; 32]),
            from: Timestamp::from_unix_millis(1_794_000_000_000),
            signature: Signature::from_bytes([8; 64]),
        },
        signature: Signature::from_bytes([9; 64]),
    }
}
