//! Every code the server says no with, once each.

use std::{collections::BTreeSet, future::Future, path::PathBuf, pin::Pin};

use enhance_documents::NewDocument;
use enhance_model::{
    DocumentId, DocumentKind, LimitExceeded, Limits, PersonId, RefusalCode, Right, Role,
    reflection::SharedReflection,
};
use enhance_protocol::{
    EnrolResponse, EntryKind, ExchangeRequest, ExchangeResponse, Offer, Outcome, Refusal, path,
};
use enhance_server::Config;
use rusqlite::params;

use crate::world::{Device, World, change, create, delete, envelope, grant, raw, reflection};

use RefusalCode as Code;

type Case = Pin<Box<dyn Future<Output = RefusalCode>>>;

fn case(code: RefusalCode, got: impl Future<Output = RefusalCode> + 'static) -> (Code, Case) {
    (code, Box::pin(got))
}

/// The code of a refused request.
fn refused<T>(answer: Result<T, Refusal>) -> RefusalCode {
    answer.map(|_| ()).unwrap_err().code
}

/// The code of the last of these offers, with a message for a person.
async fn last(world: &World, device: &Device, offers: Vec<Offer>) -> RefusalCode {
    match device.offer(world, offers).await.pop().unwrap() {
        Outcome::Rejected { code, message } => {
            assert!(message.len() > 10, "{code} has no words");
            code
        }
        other => panic!("{other:?}"),
    }
}

async fn one() -> (World, Device) {
    limited(Limits::default()).await
}

async fn limited(limits: Limits) -> (World, Device) {
    let mut world = World::with(Config { limits, ..Config::default() }).await;
    let device = world.join("Asha", Role::Trainee).await;
    (world, device)
}

async fn enrolled_with(invitation: &str, days: i64) -> RefusalCode {
    let mut world = World::new().await;
    let good = world.invite("Asha", Role::Trainee);
    let code = if invitation.is_empty() { good } else { invitation.to_owned() };
    world.sleep(days * 24 * 60 * 60 * 1000);
    let request = world.enrol_request(&code);
    let answer: Result<EnrolResponse, _> = world.post(path::ENROL, None, &request).await;
    if let Err(refusal) = answer {
        return refusal.code;
    }
    let other = world.enrol_request(&code);
    refused(world.post::<_, EnrolResponse>(path::ENROL, None, &other).await)
}

fn of_requests() -> Vec<(Code, Case)> {
    vec![
        case(Code::MalformedRequest, async {
            let (world, device) = one().await;
            let bytes = b"<html>hospital Wi-Fi</html>".to_vec();
            let token = Some(device.token);
            refused(world.post_bytes::<ExchangeResponse>(path::EXCHANGE, token, bytes).await)
        }),
        case(Code::RequestTooLarge, async {
            let (world, device) =
                limited(Limits { request_bytes: 4_000, ..Limits::default() }).await;
            let (id, create) = reflection(50);
            let offers = vec![create, envelope(id, device.id, 1, None, 5_000)];
            refused(device.try_exchange(&world, &device.request(offers)).await)
        }),
        case(Code::UnsupportedProtocol, async {
            let (world, device) = one().await;
            let request = ExchangeRequest { protocol: 9, ..device.request(Vec::new()) };
            let refusal = device.try_exchange(&world, &request).await.unwrap_err();
            assert_eq!(refusal.nonce, request.nonce);
            refusal.code
        }),
        case(Code::SignInNeeded, async {
            let (world, mut device) = one().await;
            device.token = [0; 32];
            refused(device.try_exchange(&world, &device.request(Vec::new())).await)
        }),
        case(Code::RateLimited, async {
            let (world, device) =
                limited(Limits { requests_per_minute: 2, ..Limits::default() }).await;
            let request = device.request(Vec::new());
            for _ in 0..2 {
                device.try_exchange(&world, &request).await.unwrap();
            }
            let refusal = device.try_exchange(&world, &request).await.unwrap_err();
            let wait = refusal.retry_in_ms.unwrap();
            assert!(wait > 0 && wait <= 30_001, "{wait}");
            world.sleep(i64::from(wait));
            device.try_exchange(&world, &request).await.unwrap();
            refusal.code
        }),
        case(Code::Unavailable, async {
            let (world, device) = one().await;
            let state = world.state.clone();
            tokio::task::spawn_blocking(move || state.storage.close()).await.unwrap();
            let (_, create) = reflection(50);
            let refusal =
                device.try_exchange(&world, &device.request(vec![create])).await.unwrap_err();
            assert!(refusal.retry_in_ms.is_some());
            refusal.code
        }),
        case(Code::InvitationUnknown, enrolled_with("0000-0000-0000-0000-0000", 0)),
        case(Code::InvitationUsed, enrolled_with("", 0)),
        case(Code::InvitationExpired, enrolled_with("", 15)),
        case(Code::NotFound, async {
            let (world, _) = one().await;
            let request = 1_u8;
            refused(world.post::<_, u8>("/v1/nowhere", None, &request).await)
        }),
    ]
}

fn bomb(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/documents/tests/bombs");
    std::fs::read(folder.join(name)).unwrap()
}

/// Spoils a stored entry, as a failing disk does.
fn damage(world: &World, entry: &Offer) {
    let db = rusqlite::Connection::open(world.data().join("server.db")).unwrap();
    let sql = "UPDATE entry SET body = x'00' WHERE hash = ?1";
    assert_eq!(db.execute(sql, params![entry.hash.as_bytes()]).unwrap(), 1);
}

fn of_bytes() -> Vec<(Code, Case)> {
    vec![
        case(Code::Malformed, async {
            let (world, device) = one().await;
            let (id, create) = reflection(50);
            last(&world, &device, vec![create, raw(EntryKind::Envelope, id, vec![1; 300])]).await
        }),
        case(Code::WrongHash, async {
            let (world, device) = one().await;
            let mut plan = device.plan("Fewer falls");
            let mut edit = plan.write("Patients fall.");
            edit.hash = delete(plan.id).hash;
            let mut offers = plan.offers();
            offers.push(edit);
            last(&world, &device, offers).await
        }),
        case(Code::Bomb, async {
            let (world, device) = one().await;
            let plan = device.plan("Fewer falls");
            let mut offers = plan.offers();
            let (body, hash) = (bomb("five_million_nulls.change"), delete(plan.id).hash);
            offers.push(Offer { body, hash, ..plan.first });
            last(&world, &device, offers).await
        }),
        case(Code::WrongAuthor, async {
            let (mut world, owner) = one().await;
            let other = world.join("Ben", Role::Trainee).await;
            let plan = owner.plan("Fewer falls");
            let mut offers = plan.offers();
            offers.push(grant(plan.id, other.person.id, Right::Edit, 1));
            owner.store(&world, offers).await;
            let edit = plan.on(&owner, &[&plan.first]).write("As if Asha had written it.");
            last(&world, &other, vec![edit]).await
        }),
        case(Code::ForeignActor, async {
            let (mut world, phone) = one().await;
            let tablet = world.second_device(&phone).await;
            let mut plan = phone.plan("Fewer falls");
            phone.store(&world, plan.offers()).await;
            last(&world, &tablet, vec![plan.write("From the wrong device.")]).await
        }),
        case(Code::WrongSequence, async {
            let (world, device) = one().await;
            let mut plan = device.plan("Fewer falls");
            let mut twin = plan.document.clone();
            let first = plan.write("Patients fall.");
            std::mem::swap(&mut plan.document, &mut twin);
            let mut offers = plan.offers();
            offers.extend([first, plan.write("Patients do not fall.")]);
            last(&world, &device, offers).await
        }),
    ]
}

fn of_documents() -> Vec<(Code, Case)> {
    vec![
        case(Code::WrongSchema, async {
            let (world, device) = one().await;
            let id = DocumentId::from_bytes([50; 16]);
            last(&world, &device, vec![create(id, DocumentKind::Comments, None, None)]).await
        }),
        case(Code::Immutable, async {
            let (world, device) = one().await;
            let copy = |title: &str| NewDocument::SharedReflection {
                owner: device.person.id,
                copy: SharedReflection { title: title.into(), ..SharedReflection::default() },
            };
            let kind = DocumentKind::SharedReflection;
            let shared = device.document(&copy("A long night"), kind, None);
            let other = device.document(&copy("A short night"), kind, None);
            let mut offers = shared.offers();
            offers.push(Offer { document: shared.id, ..other.first });
            last(&world, &device, offers).await
        }),
        case(Code::Unloadable, async {
            let (world, device) = one().await;
            let mut plan = device.plan("Fewer falls");
            device.store(&world, plan.offers()).await;
            damage(&world, &plan.first);
            last(&world, &device, vec![plan.write("Patients fall.")]).await
        }),
        case(Code::WrongSealing, async {
            let (world, device) = one().await;
            let (id, create) = reflection(50);
            let open = Offer { document: id, ..device.plan("Fewer falls").first };
            last(&world, &device, vec![create, open]).await
        }),
    ]
}

fn of_access() -> Vec<(Code, Case)> {
    vec![
        case(Code::NotGranted, async {
            let (mut world, owner) = one().await;
            let other = world.join("Ben", Role::Trainee).await;
            let plan = owner.plan("Fewer falls");
            owner.store(&world, plan.offers()).await;
            let edit = plan.on(&other, &[&plan.first]).write("Uninvited.");
            last(&world, &other, vec![edit]).await
        }),
        case(Code::UnknownDocument, async {
            let (world, device) = one().await;
            last(&world, &device, vec![device.plan("Fewer falls").first]).await
        }),
        case(Code::DocumentDeleted, async {
            let (world, device) = one().await;
            let (id, create) = reflection(50);
            last(&world, &device, vec![create.clone(), delete(id), create]).await
        }),
        case(Code::DocumentExists, async {
            let (mut world, owner) = one().await;
            let other = world.join("Ben", Role::Trainee).await;
            let (_, create) = reflection(50);
            owner.store(&world, vec![create.clone()]).await;
            last(&world, &other, vec![create]).await
        }),
        case(Code::UnknownPerson, async {
            let (world, device) = one().await;
            let plan = device.plan("Fewer falls");
            let mut offers = plan.offers();
            offers.push(grant(plan.id, PersonId::from_bytes([99; 16]), Right::Read, 1));
            last(&world, &device, offers).await
        }),
    ]
}

/// Envelopes of this many bytes, as long as they are taken.
async fn envelopes(limits: Limits, bytes: usize) -> RefusalCode {
    let (world, device) = limited(limits).await;
    let (id, create) = reflection(50);
    let mut offers = vec![create];
    for counter in 1..=6 {
        let previous = (counter > 1).then(|| offers.last().unwrap().clone());
        offers.push(envelope(id, device.id, counter, previous.as_ref(), bytes));
    }
    for outcome in device.offer(&world, offers).await {
        if let Outcome::Rejected { code, message } = outcome {
            assert!(message.contains(char::is_numeric), "{message}");
            return code;
        }
    }
    panic!("everything was taken");
}

fn of_limits() -> Vec<(Code, Case)> {
    let all = Limits::default;
    vec![
        case(Code::ChangeTooLarge, envelopes(Limits { change_bytes: 900, ..all() }, 1_000)),
        case(Code::DocumentTooLarge, envelopes(Limits { document_bytes: 2_500, ..all() }, 1_000)),
        case(Code::TooManyChanges, envelopes(Limits { document_changes: 3, ..all() }, 1_000)),
        case(Code::QuotaExceeded, envelopes(Limits { person_bytes: 2_500, ..all() }, 1_000)),
        case(Code::TextTooLong, async {
            let (world, device) = limited(Limits { text_chars: 50, ..Limits::default() }).await;
            let mut plan = device.plan("Fewer falls");
            let mut offers = plan.offers();
            offers.push(plan.write(&"Patients fall at night. ".repeat(5)));
            last(&world, &device, offers).await
        }),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_has_its_code() {
    let mut given = BTreeSet::new();
    for (code, got) in of_requests()
        .into_iter()
        .chain(of_bytes())
        .chain(of_documents())
        .chain(of_access())
        .chain(of_limits())
    {
        assert_eq!(got.await, code);
        given.insert(code);
    }
    assert_eq!(given, Code::ALL.iter().copied().collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_on_the_audit_trail_without_content() {
    let (world, device) = one().await;
    let offer = change(
        DocumentId::from_bytes([50; 16]),
        &enhance_documents::Change {
            hash: enhance_model::ChangeHash::from_bytes([1; 32]),
            bytes: b"Bed seven by the window".to_vec(),
            deps: Vec::new(),
        },
    );
    last(&world, &device, vec![offer]).await;
    let trail = world.command(&["audit"]).unwrap();
    assert!(trail.contains("change unknown_document"), "{trail}");
    assert!(!trail.contains("window"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_is_refused_in_the_words_of_the_phone() {
    let (world, device) = limited(Limits { text_chars: 50, ..Limits::default() }).await;
    let mut plan = device.plan("Fewer falls");
    let mut offers = plan.offers();
    offers.push(plan.write(&"Patients fall at night. ".repeat(5)));
    match device.offer(&world, offers).await.pop().unwrap() {
        Outcome::Rejected { message, .. } => {
            assert_eq!(message, LimitExceeded::Text { limit: 50 }.to_string());
        }
        other => panic!("{other:?}"),
    }
}
