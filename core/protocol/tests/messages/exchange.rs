//! One round trip, and what goes beside it.

use enhance_model::{
    ChangeHash, DocumentKind, EntryHash, ItemId, Preview, RefusalCode, Right, Sha256, Version,
};
use enhance_protocol::{
    Archive, Archived, Asked, BlobRequest, BlobResponse, BlobStep, Brought, ChainEnd, Create,
    Cursor, Delete, DocumentHeads, EntryBody, EntryKind, ExchangeRequest, ExchangeResponse,
    FoldReceipt, Grant, Held, Item, Mac, Offer, Outcome, PROTOCOL, Pulled, PulledArchive,
    PulledFold, Receipt, Revoke, Seen, Sent, Verdict,
};

use crate::{EPOCH, NOW, PHONE, PROJECT, TRAINEE, golden, person, settings};

fn delete() -> Offer {
    Delete { at: NOW, proof: None, with_copies: false, seen: None }.offer(PROJECT).unwrap()
}

#[test]
fn an_exchange_request() {
    golden(
        "exchange-request.cbor",
        &ExchangeRequest {
            protocol: PROTOCOL,
            nonce: [0x55; 8].into(),
            epoch: Some(EPOCH.tag().into()),
            reached: 42,
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
        reached: 40,
        cursor: Cursor { sequence: 41, within: 7 },
        offers: vec![(delete().document, delete().hash); 4],
        brought: vec![brought().offer.hash],
    };
    let answer = ExchangeResponse {
        nonce: [0x55; 8].into(),
        epoch: EPOCH,
        begins_anew: true,
        reached: 44,
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
        send_again: vec![Sha256::from_bytes([0x77; 32])],
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
    let answer = BlobResponse { nonce, stored: vec![9, 0], epoch: EPOCH, reached: 42 };
    golden("blob-response.cbor", &answer);
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
    let deleted = Delete { at: NOW, proof: None, with_copies: false, seen: None };
    golden("entry-delete.cbor", &deleted);
    let proof = Some([0x66; 32].into());
    let private = Delete { proof, ..deleted.clone() };
    golden("entry-delete-private.cbor", &private);
    golden("entry-delete-with-copies.cbor", &Delete { with_copies: true, ..private });
    let version = Version::new(vec![ChangeHash::from_bytes([0xcc; 32])]);
    golden("entry-delete-seen.cbor", &Delete { seen: Some(version.clone()), ..deleted });
    golden("entry-seen.cbor", &Seen { version, at: NOW });
}
