//! Every message, byte for byte. A phone in a drawer for a year speaks as it did when it went in.
//!
//! `ENHANCE_BLESS=1 cargo test -p enhance-protocol` writes the files anew; do that only together
//! with a new protocol version or for a message that never left this repository.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fmt::Debug, fs, path::PathBuf};

use ed25519_dalek::SigningKey;
use enhance_model::{
    ChangeHash, DeviceId, DocumentId, DocumentKind, EntryHash, Epoch, ItemId, Limits, Person,
    PersonId, PersonRole, Preview, RefusalCode, Right, Role, Sha256, Timestamp, Version,
    anchor::Place,
    pack::{Fetch, PackFile, PackManifest},
    sign_off::{Certificate, PublicKey, Signature},
    ticket::{TicketDeed, TicketRight},
};
use enhance_protocol::{
    AnswerTicketRequest, AnswerTicketResponse, Archive, Archived, Asked, Beginning, BlobRequest,
    BlobResponse, BlobStep, Brought, CertificateRequest, CertificateResponse, ChainEnd, Company,
    Create, Cursor, Delete, DeviceInfo, DeviceRequest, DeviceResponse, DeviceStep, DocumentHeads,
    Done, DoorbellEvent, EnrolRequest, EnrolResponse, EntryBody, EntryKind, ExchangeRequest,
    ExchangeResponse, FoldReceipt, Grant, Guest, Held, InvitationRequest, InvitationResponse, Item,
    KeptTicket, Mac, Offer, OfferedTicket, OpenTicketRequest, OpenTicketResponse, Outcome,
    PROTOCOL, PackVersion, Parted, PersonRequest, PersonResponse, PresenceRequest,
    PresenceResponse, Pulled, PulledArchive, PulledFold, Receipt, Refusal, Revoke, Seen, Sent,
    Settings, SignedManifest, TicketRequest, TicketResponse, TicketStep, Verdict, Whereabouts,
    codec,
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

fn delete() -> Offer {
    Delete { at: NOW, proof: None }.offer(PROJECT).unwrap()
}

#[test]
fn an_exchange_request() {
    golden(
        "exchange-request.cbor",
        &ExchangeRequest {
            protocol: PROTOCOL,
            nonce: [0x55; 8].into(),
            epoch: Some(EPOCH.tag().into()),
            cursor: Cursor { sequence: 41, within: 7 },
            settings: 9,
            offers: vec![delete()],
            heads: vec![DocumentHeads { document: PROJECT, heads: vec![delete().hash] }],
            max_bytes: Some(1 << 20),
            archive: Some(archive()),
            brought: vec![brought()],
        },
    );
}

#[test]
fn an_exchange_response() {
    let verdicts = [
        Outcome::Stored { sequence: 42, received_at: NOW },
        Outcome::Duplicate,
        Outcome::MissingDependencies(vec![EntryHash::from_bytes([0x66; 32])]),
        Outcome::Rejected { code: RefusalCode::NotGranted, message: "not yours".into() },
    ];
    let verdicts = verdicts.map(|outcome| Verdict { hash: delete().hash, outcome }).to_vec();
    let entry =
        Pulled { offer: delete(), sequence: 43, person: TRAINEE, device: PHONE, received_at: NOW };
    let asked = Asked {
        epoch: None,
        cursor: Cursor { sequence: 41, within: 7 },
        offers: vec![(delete().document, delete().hash); 4],
        brought: vec![brought().offer.hash],
    };
    let answer = ExchangeResponse {
        nonce: [0x55; 8].into(),
        epoch: EPOCH,
        cursor: Cursor { sequence: 43, within: 0 },
        verdicts,
        items: vec![Item::Entry(entry), Item::Person(person())],
        heads: vec![DocumentHeads { document: PROJECT, heads: Vec::new() }],
        more: true,
        next_allowed_in_ms: 1_500,
        settings: Some(settings()),
        archives: vec![PulledArchive { sequence: 40, archive: archive() }],
        archived: Some(Archived { sequence: 43, left_out: vec![PROJECT] }),
        renew: vec![PROJECT],
        brought: vec![Verdict { hash: brought().offer.hash, outcome: Outcome::Duplicate }],
        receipts: vec![Receipt {
            document: delete().document,
            hash: delete().hash,
            mac: Mac::new([0x99; 16]),
        }],
    };
    let short = answer.clone().shorten(&asked);
    golden("exchange-response.cbor", &short);
    assert_eq!(short.complete(&asked, None).unwrap(), answer);
}

#[test]
fn steps_with_a_file_of_a_document() {
    let sha256 = Sha256::from_bytes([0x77; 32]);
    let nonce = [0x55; 8].into();
    let piece =
        BlobStep::Piece { document: PROJECT, sha256, bytes: 9, from: 3, piece: vec![0xee; 6] };
    let steps = [
        ("blob-ask.cbor", BlobStep::Ask { blobs: vec![sha256] }),
        ("blob-piece.cbor", piece),
        ("blob-forget.cbor", BlobStep::Forget { blobs: vec![sha256] }),
    ];
    for (name, step) in steps {
        golden(name, &BlobRequest { protocol: PROTOCOL, nonce, step });
    }
    golden("blob-response.cbor", &BlobResponse { nonce, stored: vec![9, 0] });
}

fn brought() -> Brought {
    let (hash, receipt) = (EntryHash::from_bytes([0xff; 32]), Some(Mac::new([0x99; 16])));
    let offer = Offer { kind: EntryKind::Change, document: PROJECT, hash, body: vec![0xcd; 8] };
    Brought { offer, person: TRAINEE, device: PHONE, receipt }
}

#[test]
fn a_fold() {
    let created = Sent { sequence: 43, person: TRAINEE, device: PHONE, received_at: NOW };
    let fold = PulledFold {
        create: delete(),
        created,
        changes: 3,
        bytes: 400,
        heads: vec![EntryHash::from_bytes([0x66; 32])],
        body: vec![0xaa; 8].into(),
        sent: vec![0xbb; 4].into(),
        receipts: vec![FoldReceipt {
            hash: EntryHash::from_bytes([0x66; 32]),
            person: TRAINEE,
            device: PHONE,
            mac: Mac::new([0x99; 16]),
        }],
    };
    golden("item-fold.cbor", &Item::Fold(Box::new(fold)));
}

fn archive() -> Archive {
    let end = ChainEnd { device: 0, counter: 3, hash: EntryHash::from_bytes([0x66; 32]) };
    let held = vec![Held { document: PROJECT, ends: vec![end] }];
    Archive { devices: vec![PHONE], held, sealed: vec![0xaa; 8].into() }
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

fn certificate() -> Certificate {
    Certificate {
        person: TRAINEE,
        name: "Dr A".into(),
        role: Role::Trainee,
        device: PHONE,
        key: PublicKey::from_bytes([0xaa; 32]),
        from: Timestamp::from_unix_millis(1_795_000_000_000),
        signature: Signature::from_bytes([0xbb; 64]),
    }
}

#[test]
fn a_certificate_for_another_key() {
    golden(
        "certificate-request.cbor",
        &CertificateRequest {
            protocol: PROTOCOL,
            nonce: [0x55; 8].into(),
            key: PublicKey::from_bytes([0xaa; 32]),
        },
    );
    golden(
        "certificate-response.cbor",
        &CertificateResponse { nonce: [0x55; 8].into(), certificate: certificate() },
    );
}

#[test]
fn steps_with_devices() {
    let steps = [
        ("list", DeviceStep::List),
        ("rename", DeviceStep::Rename { device: PHONE, name: "Ward phone".into() }),
        ("sign-out", DeviceStep::SignOut { device: PHONE }),
        ("renew", DeviceStep::Renew { token: [0x77; 20].into() }),
        (
            "part",
            DeviceStep::Part {
                device: PHONE,
                token: [0x77; 20].into(),
                signing_key: PublicKey::from_bytes([0xaa; 32]),
            },
        ),
    ];
    for (name, step) in steps {
        let request = DeviceRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), step };
        golden(&format!("device-{name}.cbor"), &Opaque(request));
    }
    let info =
        DeviceInfo { device: PHONE, name: "Ward phone".into(), joined_at: NOW, used_at: NOW };
    let parted = Some(Parted { person: person(), certificate: certificate() });
    golden(
        "device-response.cbor",
        &DeviceResponse { nonce: [0x55; 8].into(), devices: vec![info], parted },
    );
}

#[test]
fn enrolment_and_invitation() {
    golden(
        "enrol-request.cbor",
        &Opaque(EnrolRequest {
            protocol: PROTOCOL,
            nonce: [0x55; 8].into(),
            invitation: "ABCD-EFGH".into(),
            device: PHONE,
            device_name: "Ward phone".into(),
            token: [0x77; 20].into(),
            wrapped_account_key: vec![0x88; 72],
            signing_key: PublicKey::from_bytes([0xaa; 32]),
            returning: None,
        }),
    );
    golden(
        "enrol-response.cbor",
        &EnrolResponse {
            nonce: [0x55; 8].into(),
            person: person(),
            epoch: EPOCH,
            wrapped_account_key: vec![0x88; 72],
            publisher_key: [0x99; 32].into(),
            certificate: certificate(),
            settings: settings(),
        },
    );
    golden(
        "invitation-request.cbor",
        &InvitationRequest { protocol: PROTOCOL, nonce: [0x55; 8].into() },
    );
    golden(
        "invitation-response.cbor",
        &InvitationResponse { nonce: [0x55; 8].into(), invitation: "ABCD-EFGH".into() },
    );
    golden(
        "person-request.cbor",
        &PersonRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), person: person().id },
    );
    golden("person-response.cbor", &PersonResponse { nonce: [0x55; 8].into(), person: person() });
}

#[test]
fn steps_of_an_owner_with_tickets() {
    let id = ItemId::from_bytes([0xbb; 16]);
    let new = OfferedTicket {
        id,
        bearer_hash: [0xcc; 32].into(),
        right: TicketRight::Comment,
        days: 14,
        uses: 3,
        note: vec![0xaa; 8],
        snapshot: vec![0xdd; 8],
    };
    let steps = [
        ("make", TicketStep::Make(Box::new(new))),
        ("list", TicketStep::List { after: 41 }),
        ("end", TicketStep::End { ticket: id }),
    ];
    for (name, step) in steps {
        let request = TicketRequest { protocol: PROTOCOL, nonce: [0x55; 8].into(), step };
        golden(&format!("ticket-{name}.cbor"), &Opaque(request));
    }
    let kept = KeptTicket {
        id,
        right: TicketRight::Endorse,
        made_at: NOW,
        expires_at: NOW,
        uses: 3,
        uses_left: 2,
        ended_at: Some(NOW),
        note: vec![0xaa; 8],
    };
    let (deed, sealed) = (TicketDeed::Endorse, vec![0xee; 8]);
    let done = Done { number: 42, ticket: id, id, deed, at: NOW, sealed };
    golden(
        "ticket-response.cbor",
        &TicketResponse {
            nonce: [0x55; 8].into(),
            epoch: EPOCH,
            tickets: vec![kept],
            done: vec![done],
            more: true,
        },
    );
}

#[test]
fn what_the_holder_of_a_ticket_asks() {
    let (nonce, visit) = ([0x55; 8].into(), ItemId::from_bytes([0xbb; 16]));
    let sealed = vec![0xee; 8];
    let open = OpenTicketRequest { protocol: PROTOCOL, nonce, visit, sealed: sealed.clone() };
    golden("open-ticket-request.cbor", &Opaque(open));
    let right = TicketRight::Read;
    let opened = OpenTicketResponse {
        nonce,
        right,
        expires_at: NOW,
        uses_left: 0,
        snapshot: sealed.clone(),
    };
    golden("open-ticket-response.cbor", &opened);
    let (id, deed) = (ItemId::from_bytes([0xcc; 16]), TicketDeed::Comment);
    let answer = AnswerTicketRequest { protocol: PROTOCOL, nonce, visit, id, deed, sealed };
    golden("answer-ticket-request.cbor", &Opaque(answer));
    golden("answer-ticket-response.cbor", &AnswerTicketResponse { nonce, at: NOW });
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
fn the_bodies_of_entries() {
    golden(
        "entry-create.cbor",
        &Create {
            kind: DocumentKind::Reflection,
            about: None,
            created_at: NOW,
            wrapped_key: Some(vec![0xaa; 72]),
        },
    );
    let id = ItemId::from_bytes([0xbb; 16]);
    let (to, round, at) = (TRAINEE, 7, NOW);
    let granted = Grant::new(id, to, Right::Edit, round, at);
    golden("entry-grant.cbor", &granted);
    let preview = Some(Preview::new("Falls on ward 7", 4_000));
    golden("entry-invitation.cbor", &Grant { preview, ..granted.clone() });
    let invitation = EntryHash::from_bytes([0xdd; 32]);
    golden("entry-acceptance.cbor", &granted.accepted(id, invitation, at));
    let offered = Grant { right: Right::Own, keeps: Some(Right::Edit), ..granted };
    golden("entry-offer.cbor", &offered);
    golden("entry-offer-declined.cbor", &Grant { keeps: None, ends: true, ..offered });
    let revoked = Revoke { id, from: TRAINEE, round: 8, at, for_good: false };
    golden("entry-revoke.cbor", &revoked);
    golden("entry-declined-for-good.cbor", &Revoke { for_good: true, ..revoked });
    golden("entry-delete.cbor", &Delete { at: NOW, proof: None });
    let proof = Some([0x66; 32].into());
    golden("entry-delete-private.cbor", &Delete { at: NOW, proof });
    let version = Version::new(vec![ChangeHash::from_bytes([0xcc; 32])]);
    golden("entry-seen.cbor", &Seen { version, at: NOW });
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
        for flag in ["ENH1", "ENH3"] {
            let frame = [flag.as_bytes(), &cbor].concat();
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
