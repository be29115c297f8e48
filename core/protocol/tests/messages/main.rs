//! Every message, byte for byte. A phone in a drawer for a year speaks as it did when it went in.
//!
//! `ENHANCE_BLESS=1 cargo test -p enhance-protocol` writes the files anew; do that only together
//! with a new protocol version or for a message that never left this repository.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod exchange;
mod people;
mod tickets;

use std::{fmt::Debug, fs, path::PathBuf};

use ed25519_dalek::SigningKey;
use enhance_model::{
    DeviceId, DocumentId, Epoch, Limits, Person, PersonId, PersonRole, RefusalCode, Role, Sha256,
    Timestamp,
    anchor::Place,
    pack::{Fetch, PackFile, PackManifest},
};
use enhance_protocol::{
    Beginning, Company, DoorbellEvent, Guest, PROTOCOL, PackVersion, PresenceRequest,
    PresenceResponse, Refusal, Settings, SignedManifest, Whereabouts, codec,
};
use serde::{Serialize, de::DeserializeOwned};

const PROJECT: DocumentId = DocumentId::from_bytes([0x11; 16]);
const TRAINEE: PersonId = PersonId::from_bytes([0x22; 16]);
const PHONE: DeviceId = DeviceId::from_bytes([0x33; 16]);
const EPOCH: Epoch = Epoch::from_bytes([0x44; 16]);
const NOW: Timestamp = Timestamp::from_unix_millis(1_795_000_000_000);

fn golden<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let bytes = codec::to_cbor(value).unwrap();
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        fs::write(&file, &bytes).unwrap();
    }
    let kept = fs::read(&file).unwrap();
    assert_eq!(bytes, kept, "{name} is written differently than it was");
    assert_eq!(&codec::from_cbor::<T>(&kept).unwrap(), value, "{name} is read differently");
}

fn person() -> Person {
    Person {
        id: TRAINEE,
        name: "Dr A".into(),
        roles: vec![PersonRole::of(Role::Trainee)],
        devices: vec![PHONE],
    }
}

fn settings() -> Settings {
    let packs = vec![PackVersion { key: "enhance".into(), version: 3 }];
    Settings { id: 9, limits: Limits::default(), packs, revoked: Vec::new() }
}

#[test]
fn the_doorbell() {
    let document = PROJECT;
    let place: Place = "aim/sentence".parse().unwrap();
    let at = Some(Whereabouts { document, place: place.clone() });
    golden(
        "presence-request.cbor",
        &PresenceRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), at },
    );
    golden("presence-response.cbor", &PresenceResponse { nonce: [0x55; 8].into(), told: true });
    let guest = Guest { person: TRAINEE, device: PHONE, place };
    let company = DoorbellEvent::Company(Company { document, guests: vec![guest] });
    assert_eq!(DoorbellEvent::News { newest: 42 }.data().unwrap(), "42");
    assert_eq!(
        company.data().unwrap(),
        r#"{"document":"11111111-1111-1111-1111-111111111111","guests":[{"person":"22222222-2222-2222-2222-222222222222","device":"33333333-3333-3333-3333-333333333333","place":"aim/sentence"}]}"#
    );
}

/// A request with a secret in it has no `Debug`, so that it cannot slip into a log.
#[derive(PartialEq, Serialize, serde::Deserialize)]
#[serde(transparent)]
struct Opaque<T>(T);

impl<T> Debug for Opaque<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an enrolment")
    }
}

#[test]
fn a_refusal() {
    golden(
        "refusal.cbor",
        &Refusal {
            nonce: [0x55; 8].into(),
            code: RefusalCode::RateLimited,
            message: "too many requests".into(),
            retry_in_ms: Some(2_000),
        },
    );
}

#[test]
fn a_signed_manifest() {
    let manifest = PackManifest {
        key: "enhance".into(),
        version: 3,
        title: "Enhance".into(),
        published_at: NOW,
        structure: Sha256::from_bytes([0xdd; 32]),
        files: vec![PackFile {
            sha256: Sha256::from_bytes([0xdd; 32]),
            bytes: 1_234,
            media_type: "application/json".into(),
            fetch: Fetch::WithPack,
        }],
    };
    let key = SigningKey::from_bytes(&[0xee; 32]);
    golden("signed-manifest.cbor", &SignedManifest::sign(&manifest, &key).unwrap());
}

/// What every request begins with is in the front of its frame, packed or not.
#[test]
fn whose_answer_is_wanted_is_read_before_anything_is_unpacked() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut requests = 0;
    for file in fs::read_dir(folder).unwrap() {
        let cbor = fs::read(file.unwrap().path()).unwrap();
        let Ok(beginning) = Beginning::read(&cbor) else { continue };
        if beginning.protocol != PROTOCOL {
            continue;
        }
        for head in ["ENH4....", "ENH5...."] {
            let frame = [head.as_bytes(), &cbor].concat();
            let begun = &frame[..frame.len().min(codec::UP_TO_FRONT)];
            assert_eq!(Beginning::of_frame(begun), Some(beginning));
        }
        assert_ne!(beginning.nonce, [0; 8]);
        requests += 1;
    }
    assert!(requests >= 8, "{requests}");
    assert_eq!(Beginning::of_frame(b"<html>Please accept our terms to use this</html>"), None);
}

/// The frame is the same for ever, though another version of the packer may pack it otherwise.
#[test]
fn a_packed_frame() {
    let text = "What matters to the ward is what matters to its patients. ".repeat(20);
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join("frame-packed.bin");
    if std::env::var_os("ENHANCE_BLESS").is_some() {
        fs::write(&file, codec::encode(&text).unwrap()).unwrap();
    }
    let kept = fs::read(&file).unwrap();
    assert_eq!(codec::decode::<String>(&kept, 1 << 20).unwrap(), text);
    let front = codec::front(&kept).unwrap();
    assert_eq!(front, &codec::to_cbor(&text).unwrap()[..front.len()]);
}
