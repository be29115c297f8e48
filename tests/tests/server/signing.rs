//! What the server takes as signed: by whom it says, on the device that sends it, of what its sender
//! was asked to sign, once.

use enhance_documents::NewDocument;
use enhance_model::{
    DocumentId, DocumentKind, PersonId, RefusalCode, Right, Role, Version,
    sign_off::{
        Decision, SignOff, SignOffRequest, Signature, Signer, Subject, SubjectKind, SupervisorRole,
        text_hash,
    },
};
use enhance_protocol::{Item, Offer, Outcome};
use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{AT, delete, grant},
    },
    world::World,
};

const TEXT: &str = "Falls at night\n";

fn subject() -> Subject {
    Subject {
        kind: SubjectKind::Module,
        document: None,
        key: "falls".to_owned(),
        items: [].into(),
        version: Version::default(),
    }
}

/// What a trainee asks somebody to sign.
pub fn request(trainee: &BareDevice, asked: PersonId) -> BareDocument {
    let owner = trainee.person.id;
    let request = SignOffRequest {
        subject: subject(),
        title: "Falls".to_owned(),
        text: TEXT.to_owned(),
        asked: Some(asked),
        message: String::new(),
        at: AT,
    };
    let new = NewDocument::SignOffRequest { owner, request };
    trainee.document(&new, DocumentKind::SignOffRequest, None)
}

/// What a device's owner signs of a request, as it should be.
pub fn honest(signer: &BareDevice, trainee: PersonId, request: DocumentId) -> SignOff {
    let certificate = signer.enrolled.certificate.clone();
    SignOff {
        request,
        trainee,
        trainee_name: "Asha".to_owned(),
        subject: subject(),
        text_sha256: text_hash(TEXT),
        decision: Decision::Signed,
        role: SupervisorRole::Clinical,
        statement: String::new(),
        signer: Signer {
            person: Some(signer.person.id),
            name: certificate.name.clone(),
            witnessed: None,
        },
        at: AT,
        supersedes: None,
        certificate,
        signature: Signature::from_bytes([0; 64]),
    }
}

/// A sign-off as its signer's device sends it.
pub fn document(sender: &BareDevice, sign_off: &SignOff) -> BareDocument {
    let signed = Box::new(sender.signing_key().sign(sign_off.clone()));
    let new = NewDocument::SignOff { owner: sender.person.id, sign_off: signed };
    sender.document(&new, DocumentKind::SignOff, Some(sign_off.request))
}

fn codes(outcomes: &[Outcome]) -> Vec<Option<RefusalCode>> {
    let code = |outcome: &Outcome| match outcome {
        Outcome::Rejected { code, .. } => Some(*code),
        _ => None,
    };
    outcomes.iter().map(code).collect()
}

struct Three {
    _world: World,
    trainee: BareDevice,
    supervisor: BareDevice,
    stranger: BareDevice,
    request: BareDocument,
}

/// A trainee who asked her supervisor, and somebody else.
fn three() -> Three {
    let world = World::new();
    let trainee = world.bare_device(Role::Trainee, "Asha");
    let supervisor = world.bare_device(Role::Supervisor, "Dr Birch");
    let stranger = world.bare_device(Role::Supervisor, "Mallory");
    let request = request(&trainee, supervisor.person.id);
    let mut offers = request.offers();
    offers.push(grant(request.id, supervisor.person.id, Right::Comment, 1));
    trainee.store(offers);
    Three { _world: world, trainee, supervisor, stranger, request }
}

#[test]
fn what_the_one_who_was_asked_signs_is_stored_once_and_stays() {
    let mut three = three();
    let sign_off = honest(&three.supervisor, three.trainee.person.id, three.request.id);
    let signed = document(&three.supervisor, &sign_off);
    assert_eq!(codes(&three.supervisor.offer(signed.offers())), [None, None]);
    let deleted = three.supervisor.offer(vec![delete(signed.id)]);
    assert_eq!(codes(&deleted), [Some(RefusalCode::Immutable)]);
    let given = grant(signed.id, three.stranger.person.id, Right::Read, 1);
    let given = three.supervisor.offer(vec![given]);
    assert_eq!(codes(&given), [Some(RefusalCode::NotGranted)], "it goes with its request");
    let is_it = |item: &Item| matches!(item, Item::Entry(it) if it.offer.document == signed.id);
    assert!(three.trainee.pull().iter().any(is_it), "she reads it");
    let gone = three.trainee.offer(vec![delete(three.request.id)]);
    assert_eq!(codes(&gone), [None], "her evidence is hers to destroy, with its answers");
}

#[test]
fn nobody_signs_what_they_were_not_asked_to() {
    let three = three();
    let sign_off = honest(&three.stranger, three.trainee.person.id, three.request.id);
    let signed = document(&three.stranger, &sign_off);
    let refused = codes(&three.stranger.offer(signed.offers()));
    assert_eq!(refused[0], Some(RefusalCode::NotGranted), "nor learns that it exists");
}

#[test]
fn no_forged_signature_is_stored() {
    let three = three();
    let (trainee, request) = (three.trainee.person.id, three.request.id);
    let good = honest(&three.supervisor, trainee, request);
    let stranger = honest(&three.stranger, trainee, request);
    let renamed = Signer { name: "Prof Lee".to_owned(), ..good.signer.clone() };
    let witnessed = Signer { witnessed: Some("me".to_owned()), ..good.signer.clone() };
    let mut unknown = good.clone();
    unknown.certificate.name = "Prof Lee".to_owned();
    let forged = [
        SignOff { signer: stranger.signer, ..good.clone() },
        SignOff { certificate: stranger.certificate, ..good.clone() },
        SignOff { signer: renamed, ..good.clone() },
        SignOff { signer: witnessed, ..good.clone() },
        SignOff { trainee: three.stranger.person.id, ..good.clone() },
        unknown,
    ];
    for (number, forged) in forged.iter().enumerate() {
        let refused = three.supervisor.offer(document(&three.supervisor, forged).offers());
        assert_eq!(codes(&refused), [None, Some(RefusalCode::NotSigned)], "forgery {number}");
    }
    let own = honest(&three.trainee, trainee, request);
    let refused = three.trainee.offer(document(&three.trainee, &own).offers());
    assert_eq!(codes(&refused), [None, Some(RefusalCode::NotSigned)], "nor one's own work");
}

#[test]
fn a_request_is_never_changed() {
    let three = three();
    let mut other = request(&three.trainee, three.stranger.person.id);
    other.id = three.request.id;
    let second: Offer = Offer { document: three.request.id, ..other.first };
    let refused = codes(&three.trainee.offer(vec![second]));
    assert_eq!(refused, [Some(RefusalCode::Immutable)]);
}
