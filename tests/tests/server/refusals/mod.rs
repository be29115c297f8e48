//! Every code the server says no with, once each.

mod documents;

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use enhance_model::{DocumentId, LimitExceeded, RefusalCode, Right, Role};
use enhance_protocol::{
    EnrolResponse, EntryKind, ExchangeRequest, Offer, Outcome, Refusal, ShortResponse, path,
};
use enhance_server::storage::{StorageError, Write};
use rusqlite::params;
use tokio::runtime::Runtime;

use enhance_tests::{
    bare::{
        BareDevice,
        offers::{change, delete, envelope, grant, raw, reflection},
    },
    world::World,
};

use documents::{of_access, of_documents, of_joining};

/// A way to be refused with this code.
type Case = (RefusalCode, fn() -> RefusalCode);

/// The code of a refused request.
fn refused<T>(answer: Result<T, Refusal>) -> RefusalCode {
    answer.map(|_| ()).unwrap_err().code
}

/// The code of the last of these offers, with a message for a person.
fn last(device: &BareDevice, offers: Vec<Offer>) -> RefusalCode {
    match device.offer(offers).pop().unwrap() {
        Outcome::Rejected { code, message } => {
            assert!(message.len() > 10, "{code} has no words");
            code
        }
        other => panic!("{other:?}"),
    }
}

fn one() -> (World, BareDevice) {
    limited("")
}

/// A device at a server with limits of its own.
fn limited(limits: &str) -> (World, BareDevice) {
    let world = World::builder().settings(&format!("[limits]\n{limits}\n")).begin();
    let device = world.bare_device(Role::Trainee, "Asha");
    (world, device)
}

fn enrolled_with(invitation: &str, days: u32) -> RefusalCode {
    let world = World::new();
    let good = world.server.invite(Role::Trainee, "Asha");
    let code = if invitation.is_empty() { good } else { invitation.to_owned() };
    world.clock.jump_days(days);
    let request = world.enrol_request(&code);
    let answer: Result<EnrolResponse, _> = world.server.wire().post(path::ENROL, None, &request);
    if let Err(refusal) = answer {
        return refusal.code;
    }
    let other = world.enrol_request(&code);
    refused(world.server.wire().post::<_, EnrolResponse>(path::ENROL, None, &other))
}

/// The refusal of a server whose database has no room for another page.
fn on_a_full_disk() -> RefusalCode {
    let (world, device) = one();
    let state = world.server.state();
    let fill = |write: &mut Write<'_>| {
        Ok::<_, StorageError>(write.db.pragma_update(None, "max_page_count", 1)?)
    };
    Runtime::new().unwrap().block_on(state.storage.write(fill)).unwrap();
    let refused = (0..200).find_map(|_| {
        let project = device.project(&"Fewer falls. ".repeat(30));
        device.try_exchange(&device.request(project.offers())).err()
    });
    let refusal = refused.unwrap();
    assert!(refusal.retry_in_ms.unwrap() >= 60_000);
    refusal.code
}

fn of_requests() -> Vec<Case> {
    vec![
        (RefusalCode::MalformedRequest, || {
            let (world, device) = one();
            let bytes = b"<html>hospital Wi-Fi</html>".to_vec();
            let token = Some(&device.token);
            refused(world.server.wire().post_bytes::<ShortResponse>(path::EXCHANGE, token, &bytes))
        }),
        (RefusalCode::RequestTooLarge, || {
            let (_world, device) = limited("request_bytes = 4_000");
            let (id, create) = reflection(50);
            let offers = vec![create, envelope(id, device.id, 1, None, 5_000)];
            refused(device.try_exchange(&device.request(offers)))
        }),
        (RefusalCode::UnsupportedProtocol, || {
            let (_world, device) = one();
            let request = ExchangeRequest { protocol: 9, ..device.request(Vec::new()) };
            let refusal = device.try_exchange(&request).unwrap_err();
            assert_eq!(refusal.nonce, request.nonce);
            refusal.code
        }),
        (RefusalCode::SignInNeeded, || {
            let (_world, mut device) = one();
            device.token = [0; 20];
            refused(device.try_exchange(&device.request(Vec::new())))
        }),
        (RefusalCode::RateLimited, || {
            let (world, device) = limited("requests_per_minute = 2");
            let request = device.request(Vec::new());
            for _ in 0..2 {
                device.try_exchange(&request).unwrap();
            }
            let refusal = device.try_exchange(&request).unwrap_err();
            let wait = refusal.retry_in_ms.unwrap();
            assert!(wait > 0 && wait <= 30_001, "{wait}");
            world.clock.jump(Duration::from_millis(wait.into()));
            device.try_exchange(&request).unwrap();
            refusal.code
        }),
        (RefusalCode::Unavailable, || {
            let (world, device) = one();
            world.server.state().storage.close();
            let (_, create) = reflection(50);
            let refusal = device.try_exchange(&device.request(vec![create])).unwrap_err();
            assert!(refusal.retry_in_ms.is_some());
            refusal.code
        }),
        (RefusalCode::ServerFull, on_a_full_disk),
        (RefusalCode::InvitationUnknown, || enrolled_with("0000-0000-0000-0000-0000", 0)),
        (RefusalCode::InvitationUsed, || enrolled_with("", 0)),
        (RefusalCode::InvitationExpired, || enrolled_with("", 15)),
        (RefusalCode::NotFound, || {
            let (world, _) = one();
            let request = 1_u8;
            refused(world.server.wire().post::<_, u8>("/v1/nowhere", None, &request))
        }),
    ]
}

fn bomb(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/documents/tests/bombs");
    std::fs::read(folder.join(name)).unwrap()
}

/// Spoils a stored entry, as a failing disk does.
fn damage(world: &World, entry: &Offer) {
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    db.execute("DELETE FROM journal", []).unwrap();
    let sql = "UPDATE entry SET body = x'00' WHERE hash = ?1";
    assert_eq!(db.execute(sql, params![entry.hash.as_bytes()]).unwrap(), 1);
}

fn of_bytes() -> Vec<Case> {
    vec![
        (RefusalCode::Malformed, || {
            let (_world, device) = one();
            let (id, create) = reflection(50);
            last(&device, vec![create, raw(EntryKind::Envelope, id, vec![1; 300])])
        }),
        (RefusalCode::WrongHash, || {
            let (_world, device) = one();
            let mut project = device.project("Fewer falls");
            let mut edit = project.write("Patients fall.");
            edit.hash = delete(project.id).hash;
            let mut offers = project.offers();
            offers.push(edit);
            last(&device, offers)
        }),
        (RefusalCode::Bomb, || {
            let (_world, device) = one();
            let project = device.project("Fewer falls");
            let mut offers = project.offers();
            let (body, hash) = (bomb("five_million_nulls.change"), delete(project.id).hash);
            offers.push(Offer { body, hash, ..project.first });
            last(&device, offers)
        }),
        (RefusalCode::WrongAuthor, || {
            let (world, owner) = one();
            let other = world.bare_device(Role::Trainee, "Ben");
            let project = owner.project("Fewer falls");
            let mut offers = project.offers();
            offers.push(grant(project.id, other.person.id, Right::Edit, 1));
            owner.store(offers);
            other.join(project.id, Right::Edit, 1);
            let edit = project.on(&owner, &[&project.first]).write("As if Asha had written it.");
            last(&other, vec![edit])
        }),
        (RefusalCode::ForeignActor, || {
            let (world, phone) = one();
            let tablet = world.another_bare_device(&phone);
            let mut project = phone.project("Fewer falls");
            phone.store(project.offers());
            last(&tablet, vec![project.write("From the wrong device.")])
        }),
        (RefusalCode::WrongSequence, || {
            let (_world, device) = one();
            let mut project = device.project("Fewer falls");
            let mut twin = project.document.clone();
            let first = project.write("Patients fall.");
            std::mem::swap(&mut project.document, &mut twin);
            let mut offers = project.offers();
            offers.extend([first, project.write("Patients do not fall.")]);
            last(&device, offers)
        }),
    ]
}

/// Envelopes of this many bytes, as long as they are taken.
fn envelopes(limits: &str, bytes: usize) -> RefusalCode {
    let (_world, device) = limited(limits);
    let (id, create) = reflection(50);
    let mut offers = vec![create];
    for counter in 1..=6 {
        let previous = (counter > 1).then(|| offers.last().unwrap().clone());
        offers.push(envelope(id, device.id, counter, previous.as_ref(), bytes));
    }
    for outcome in device.offer(offers) {
        if let Outcome::Rejected { code, message } = outcome {
            assert!(message.contains(char::is_numeric), "{message}");
            return code;
        }
    }
    panic!("everything was taken");
}

fn of_limits() -> Vec<Case> {
    vec![
        (RefusalCode::HasLeft, || {
            let (world, device) = one();
            let to = world.folder().join("asha");
            let words = ["leaver", "Asha", "--yes", "--export-to", to.to_str().unwrap()];
            world.server.command(&words).unwrap();
            refused(device.try_exchange(&device.request(Vec::new())))
        }),
        (RefusalCode::ChangeTooLarge, || envelopes("change_bytes = 900", 1_000)),
        (RefusalCode::DocumentTooLarge, || envelopes("document_bytes = 2_500", 1_000)),
        (RefusalCode::TooManyChanges, || envelopes("document_changes = 3", 1_000)),
        (RefusalCode::QuotaExceeded, || envelopes("person_bytes = 2_500", 1_000)),
        (RefusalCode::PartFull, || {
            let (world, owner) = limited("document_changes = 8");
            let other = world.bare_device(Role::Supervisor, "Ben");
            let project = owner.project("Fewer falls");
            owner.store(project.offers());
            owner.lets_in(&other, project.id, Right::Edit, 1);
            let mut theirs = project.on(&other, &[&project.first]);
            last(&other, (0..4).map(|n| theirs.write(&n.to_string())).collect())
        }),
        (RefusalCode::TooManyHeads, || {
            let (_world, device) = one();
            let project = device.project("Fewer falls");
            let mut offers = project.offers();
            let beside =
                (0..9).map(|n| project.on(&device, &[&project.first]).write(&n.to_string()));
            offers.extend(beside);
            last(&device, offers)
        }),
        (RefusalCode::TextTooLong, || {
            let (_world, device) = limited("text_chars = 50");
            let mut project = device.project("Fewer falls");
            let mut offers = project.offers();
            offers.push(project.write(&"Patients fall at night. ".repeat(5)));
            last(&device, offers)
        }),
    ]
}

#[test]
fn every_refusal_has_its_code() {
    let mut given = BTreeSet::new();
    for (code, got) in of_requests()
        .into_iter()
        .chain(of_bytes())
        .chain(of_documents())
        .chain(of_access())
        .chain(of_joining())
        .chain(of_limits())
        .chain(crate::tickets::refusals())
    {
        assert_eq!(got(), code);
        given.insert(code);
    }
    // A server says that something is unloadable only if its gate goes wrong by itself.
    let said = RefusalCode::ALL.iter().copied().filter(|code| *code != RefusalCode::Unloadable);
    assert_eq!(given, said.collect());
}

#[test]
fn a_refusal_is_on_the_audit_trail_without_content() {
    let (world, device) = one();
    let offer = change(
        DocumentId::from_bytes([50; 16]),
        &enhance_documents::Change {
            hash: enhance_model::ChangeHash::from_bytes([1; 32]),
            bytes: b"Bed seven by the window".to_vec(),
            deps: Vec::new(),
        },
    );
    last(&device, vec![offer]);
    let trail = world.server.command(&["audit"]).unwrap();
    assert!(trail.contains("change unknown_document"), "{trail}");
    assert!(!trail.contains("window"));
}

#[test]
fn a_long_text_is_refused_in_the_words_of_the_phone() {
    let (_world, device) = limited("text_chars = 50");
    let mut project = device.project("Fewer falls");
    let mut offers = project.offers();
    offers.push(project.write(&"Patients fall at night. ".repeat(5)));
    match device.offer(offers).pop().unwrap() {
        Outcome::Rejected { message, .. } => {
            assert_eq!(message, LimitExceeded::Text { limit: 50 }.to_string());
        }
        other => panic!("{other:?}"),
    }
}
