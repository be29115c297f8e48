//! People, members, who has seen what; and content packs.

use enhance_model::{DeviceId, Person, PersonRole, Right, Role, Sha256, Standing};
use enhance_store::{GrantRow, PackFileRow, PackStage, SeenRow, StoreError, Topic};

use crate::shelf::*;

fn grant(of: u8, to: u8, right: Right) -> GrantRow {
    let (document, person, standing) = (document(of), person(to), Standing::Member);
    GrantRow { document, person, right, standing, since: at(5), confirmed: false }
}

#[test]
fn people_are_known_with_their_devices() {
    let mut shelf = shelf();
    let asha = Person {
        id: person(1),
        name: "Asha".to_owned(),
        roles: vec![PersonRole::of(Role::Trainee)],
        devices: vec![DeviceId::from_bytes([3; 16]), DeviceId::from_bytes([4; 16])],
    };
    let ben = Person { id: person(2), name: "Ben".to_owned(), devices: vec![], ..asha.clone() };
    shelf.write(|write| {
        write.put_person(&ben)?;
        write.put_person(&Person { name: "A".to_owned(), ..asha.clone() })?;
        write.put_person(&asha)
    });
    assert_eq!(shelf.store.people().unwrap(), [asha.clone(), ben]);
    assert_eq!(shelf.store.person(person(1)).unwrap(), Some(asha));
    assert_eq!(shelf.store.person(person(9)).unwrap(), None);
}

#[test]
fn who_can_see_a_document_is_answered() {
    let mut shelf = shelf().with(&project(1)).with(&project(2));
    let confirmed = GrantRow { confirmed: true, ..grant(1, 7, Right::Edit) };
    shelf.write(|write| {
        write.put_grant(&grant(1, 7, Right::Read))?;
        write.put_grant(&confirmed)?;
        write.put_grant(&grant(2, 7, Right::Comment))?;
        write.put_grant(&grant(1, 8, Right::Read))
    });
    let members = shelf.store.members(document(1)).unwrap();
    assert_eq!(members, [confirmed, grant(1, 8, Right::Read)]);
    let ((), changes) = shelf.write(|write| write.remove_grant(document(1), person(7)));
    assert_eq!(changes.documents(Topic::Members).collect::<Vec<_>>(), [document(1)]);
    assert_eq!(shelf.store.members(document(1)).unwrap(), [grant(1, 8, Right::Read)]);
}

#[test]
fn an_older_report_of_being_seen_never_replaces_a_newer_one() {
    let mut shelf = shelf().with(&project(1));
    let seen = |moment, number| SeenRow {
        document: document(1),
        person: person(7),
        at: at(moment),
        version: version(number),
    };
    shelf.write(|write| write.put_seen(&seen(10, 1)));
    shelf.write(|write| write.put_seen(&seen(5, 2)));
    assert_eq!(shelf.store.seen(document(1)).unwrap(), [seen(10, 1)]);
    shelf.write(|write| write.put_seen(&seen(11, 3)));
    assert_eq!(shelf.store.seen(document(1)).unwrap(), [seen(11, 3)]);
}

#[test]
fn a_pack_is_switched_at_once_and_never_back() {
    let mut shelf = shelf();
    shelf.write(|write| {
        write.put_pack("enhance", 1, b"manifest 1", b"signature")?;
        write.switch_pack("enhance", 1)?;
        write.put_pack("enhance", 2, b"manifest 2", b"signature")?;
        write.put_pack("enhance", 3, b"manifest 3", b"signature")
    });
    assert_eq!(shelf.store.pack_in_use("enhance").unwrap().unwrap().version, 1);
    shelf.write(|write| write.switch_pack("enhance", 3));
    let states = shelf.store.packs().unwrap().into_iter().map(|pack| pack.state);
    let expected = [PackStage::Superseded, PackStage::Superseded, PackStage::Ready];
    assert_eq!(states.collect::<Vec<_>>(), expected);
    assert_eq!(shelf.store.pack_in_use("enhance").unwrap().unwrap().manifest, b"manifest 3");

    let back = shelf.store.write(|write| write.switch_pack("enhance", 2));
    assert!(matches!(back, Err(StoreError::OlderPack { in_use: 3, version: 2, .. })), "{back:?}");
    let unknown = shelf.store.write(|write| write.switch_pack("enhance", 4));
    assert!(matches!(unknown, Err(StoreError::UnknownPack { version: 4, .. })), "{unknown:?}");
    assert_eq!(shelf.store.pack_in_use("enhance").unwrap().unwrap().version, 3);

    shelf.write(|write| {
        write.remove_pack("enhance", 1)?;
        write.remove_pack("enhance", 3)
    });
    assert_eq!(shelf.store.pack("enhance", 1).unwrap(), None);
    assert!(shelf.store.pack("enhance", 3).unwrap().is_some(), "the one in use stays");
}

#[test]
fn the_files_of_packs_are_known_with_whether_they_are_here() {
    let mut shelf = shelf();
    let sha256 = Sha256::from_bytes([6; 32]);
    let file = PackFileRow { sha256, bytes: 1_234, have: false };
    shelf.write(|write| write.put_pack_file(file));
    shelf.write(|write| write.put_pack_file(PackFileRow { have: true, ..file }));
    assert_eq!(shelf.store.pack_file(sha256).unwrap(), Some(PackFileRow { have: true, ..file }));
    assert_eq!(shelf.store.pack_files().unwrap().len(), 1);
    shelf.write(|write| write.remove_pack_file(sha256));
    assert_eq!(shelf.store.pack_file(sha256).unwrap(), None);
}
