//! Codes of what somebody may not do with a document, or with a person.

use enhance_documents::NewDocument;
use enhance_model::{
    DocumentId, DocumentKind, PersonId, RefusalCode, Right, Role, reflection::SharedReflection,
};
use enhance_protocol::{Brought, EnrolResponse, ExchangeRequest, Offer, Outcome, Returning, path};

use enhance_tests::{
    bare::offers::{create, delete, grant, reflection},
    content,
};

use super::{Case, damage, last, one, refused};
use crate::signing;

pub(super) fn of_documents() -> Vec<Case> {
    vec![
        (RefusalCode::WrongSchema, || {
            let (_world, device) = one();
            let id = DocumentId::from_bytes([50; 16]);
            last(&device, vec![create(id, DocumentKind::Comments, None, None)])
        }),
        (RefusalCode::NotPublished, || {
            let (world, device) = one();
            world.server.publish(&content::enhance());
            let new = NewDocument::ChangeProject {
                owner: device.person.id,
                title: "Fewer falls".into(),
                topic: "nosuch".into(),
                setting: String::new(),
            };
            last(&device, device.document(&new, DocumentKind::ChangeProject, None).offers())
        }),
        (RefusalCode::Immutable, || {
            let (_world, device) = one();
            let copy = |title: &str| NewDocument::SharedReflection {
                owner: device.person.id,
                copy: SharedReflection { title: title.into(), ..SharedReflection::default() },
            };
            let kind = DocumentKind::SharedReflection;
            let shared = device.document(&copy("A long night"), kind, None);
            let other = device.document(&copy("A short night"), kind, None);
            let mut offers = shared.offers();
            offers.push(Offer { document: shared.id, ..other.first });
            last(&device, offers)
        }),
        (RefusalCode::DamagedOnServer, || {
            let (mut world, device) = one();
            let mut project = device.project("Fewer falls");
            device.store(project.offers());
            damage(&world, &project.first);
            // A server that runs still knows the document and need not read it.
            world.server.stop();
            world.server.start_again();
            last(&device, vec![project.write("Patients fall.")])
        }),
        (RefusalCode::DocumentFrozen, || {
            let (world, device) = one();
            let mut project = device.project("Fewer falls");
            device.store(project.offers());
            let db = rusqlite::Connection::open(world.server.database()).unwrap();
            db.execute("UPDATE document SET frozen_at = 1", []).unwrap();
            last(&device, vec![project.write("Patients fall.")])
        }),
        (RefusalCode::WrongSealing, || {
            let (_world, device) = one();
            let (id, create) = reflection(50);
            let open = Offer { document: id, ..device.project("Fewer falls").first };
            last(&device, vec![create, open])
        }),
    ]
}

pub(super) fn of_access() -> Vec<Case> {
    vec![
        (RefusalCode::NotGranted, || {
            let (world, owner) = one();
            let other = world.bare_device(Role::Trainee, "Ben");
            let project = owner.project("Fewer falls");
            owner.store(project.offers());
            owner.store(vec![grant(project.id, other.person.id, Right::Read, 1)]);
            let edit = project.on(&other, &[&project.first]).write("May only read.");
            last(&other, vec![edit])
        }),
        (RefusalCode::UnknownDocument, || {
            let (_world, device) = one();
            last(&device, vec![device.project("Fewer falls").first])
        }),
        (RefusalCode::DocumentDeleted, || {
            let (_world, device) = one();
            let (id, create) = reflection(50);
            last(&device, vec![create.clone(), delete(id), create])
        }),
        (RefusalCode::DocumentExists, || {
            let (world, owner) = one();
            let other = world.bare_device(Role::Trainee, "Ben");
            let (_, create) = reflection(50);
            owner.store(vec![create.clone()]);
            last(&other, vec![create])
        }),
        (RefusalCode::NoReceipt, || {
            let (_world, device) = one();
            let offer = device.project("Fewer falls").create;
            let (person, device_id, receipt) = (device.person.id, device.id, None);
            let brought = Brought { offer, person, device: device_id, receipt };
            let request = ExchangeRequest { brought: vec![brought], ..device.request(Vec::new()) };
            match device.try_exchange(&request).unwrap().brought.pop().unwrap().outcome {
                Outcome::Rejected { code, .. } => code,
                other => panic!("{other:?}"),
            }
        }),
        (RefusalCode::NotSigned, || {
            let (_world, device) = one();
            let me = device.person.id;
            let request = signing::request(&device, me);
            let own_work = signing::honest(&device, me, request.id);
            let signed = signing::document(&device, &own_work);
            last(&device, [request.offers(), signed.offers()].concat())
        }),
        (RefusalCode::UnknownPerson, || {
            let (_world, device) = one();
            let project = device.project("Fewer falls");
            let mut offers = project.offers();
            offers.push(grant(project.id, PersonId::from_bytes([99; 16]), Right::Read, 1));
            last(&device, offers)
        }),
    ]
}

/// A device that was enrolled here before comes back with the invitation of somebody else.
fn back_as_another() -> RefusalCode {
    let (world, device) = one();
    let mut request = world.enrol_request(&world.server.invite(Role::Trainee, "Ben"));
    let key = device.signing_key();
    (request.device, request.signing_key) = (device.id, key.public());
    let certificate = device.enrolled.certificate.clone();
    request.returning = Some(Returning::new(certificate, &key, request.asks()));
    refused(world.server.wire().post::<_, EnrolResponse>(path::ENROL, None, &request))
}

pub(super) fn of_joining() -> Vec<Case> {
    vec![
        (RefusalCode::InvitationOfAnother, back_as_another),
        (RefusalCode::TooManyInvitations, || {
            let (world, owner) = one();
            let other = world.bare_device(Role::Supervisor, "Ben");
            crate::joining::invitations(&owner, &other, 100)
        }),
        (RefusalCode::Unwelcome, || {
            let (world, owner) = one();
            let other = world.bare_device(Role::Supervisor, "Ben");
            let (project, next) = (owner.project("Fewer falls"), owner.project("Another"));
            owner.store([project.offers(), next.offers()].concat());
            owner.store(vec![grant(project.id, other.person.id, Right::Read, 1)]);
            other.store(vec![crate::joining::for_good(project.id, other.person.id, 1)]);
            last(&owner, vec![grant(next.id, other.person.id, Right::Read, 1)])
        }),
    ]
}
