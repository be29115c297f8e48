//! Receipts: what they let anybody bring back, and what nobody can do with them.

mod rounds;
mod usurped;

use std::collections::BTreeMap;

use enhance_model::{DeviceId, EntryHash, PersonId, RefusalCode, Right, Role};
use enhance_protocol::{
    BROUGHT_AT_ONCE, Brought, EntryKind, ExchangeRequest, ExchangeResponse, Item, Mac, Offer,
    Outcome, Pulled, receipt::is_milestone,
};
use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{acceptance, delete, entries, envelope, grant, hashes, kinds, reflection},
    },
    world::World,
};

fn brings(device: &BareDevice, brought: Vec<Brought>) -> ExchangeResponse {
    let request = ExchangeRequest { brought, ..device.request(Vec::new()) };
    device.try_exchange(&request).unwrap()
}

fn outcomes(device: &BareDevice, brought: Vec<Brought>) -> Vec<Outcome> {
    brings(device, brought).brought.into_iter().map(|verdict| verdict.outcome).collect()
}

fn code(outcome: &Outcome) -> RefusalCode {
    match outcome {
        Outcome::Rejected { code, .. } => *code,
        other => panic!("{other:?}"),
    }
}

fn is_stored(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Stored { .. })
}

/// What a device holds: entries as they were passed on or offered, and receipts for some of them.
#[derive(Default)]
struct Shelf {
    entries: Vec<Brought>,
    receipts: BTreeMap<EntryHash, Mac>,
}

impl Shelf {
    /// Offers what must be stored, and keeps it.
    fn offer(&mut self, device: &BareDevice, offers: Vec<Offer>) {
        let response = device.try_exchange(&device.request(offers.clone())).unwrap();
        for verdict in &response.verdicts {
            assert!(is_stored(&verdict.outcome), "{verdict:?}");
        }
        self.receipts.extend(response.receipts.iter().map(|one| (one.hash, one.mac)));
        let (person, device) = (device.person.id, device.id);
        self.entries.extend(offers.into_iter().map(|offer| Brought {
            offer,
            person,
            device,
            receipt: None,
        }));
    }

    /// Keeps what is passed on.
    fn pull(&mut self, device: &mut BareDevice) {
        let response = device.exchange(&device.request(Vec::new()));
        assert!(!response.more);
        self.receipts.extend(response.receipts.iter().map(|one| (one.hash, one.mac)));
        self.entries.extend(entries(&response.items).into_iter().map(|pulled: &Pulled| Brought {
            offer: pulled.offer.clone(),
            person: pulled.person,
            device: pulled.device,
            receipt: None,
        }));
    }

    /// All of it, with the receipts there are.
    fn all(&self) -> Vec<Brought> {
        let with = |one: &Brought| Brought {
            receipt: self.receipts.get(&one.offer.hash).copied(),
            ..one.clone()
        };
        self.entries.iter().map(with).collect()
    }
}

/// A plan of Asha's in which Ben wrote, all of it lost with a restore, and what Ben holds of it.
struct Lost {
    world: World,
    asha: BareDevice,
    ben: BareDevice,
    stranger: BareDevice,
    project: BareDocument,
    shelf: Shelf,
}

fn lost() -> Lost {
    let mut world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let mut ben = world.bare_device(Role::Supervisor, "Ben");
    let stranger = world.bare_device(Role::Fellow, "Mallory");
    let backup = world.server.backup();
    let mut project = asha.project("Fewer falls");
    let (create, first) = (project.create.clone(), project.first.clone());
    let words = project.write("Patients fall.");
    asha.store(vec![create, first.clone(), words.clone()]);
    asha.lets_in(&ben, project.id, Right::Edit, 1);
    let mut shelf = Shelf::default();
    shelf.pull(&mut ben);
    let mut copy = project.on(&ben, &[&first, &words]);
    let theirs: Vec<Offer> = (0..3).map(|n| copy.write(&format!("Patients fall. {n}"))).collect();
    shelf.offer(&ben, theirs);
    world.server.restore(&backup);
    Lost { world, asha, ben, stranger, project, shelf }
}

#[test]
fn receipts_are_for_heads_and_for_what_says_who_reads_and_never_for_what_is_sealed() {
    let world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let mut ben = world.bare_device(Role::Supervisor, "Ben");
    let mut project = asha.project("Fewer falls");
    let (one, two) = (project.write("Patients"), project.write("Patients fall."));
    let (id, sealed) = reflection(50);
    let mut offers = project.offers();
    offers.extend([one, two.clone(), sealed, envelope(id, asha.id, 1, None, 200)]);
    let let_in = grant(project.id, ben.person.id, Right::Edit, 1);
    offers.push(let_in.clone());
    let given = |receipts: &[enhance_protocol::Receipt]| -> Vec<EntryHash> {
        receipts.iter().map(|receipt| receipt.hash).collect()
    };
    let answer = asha.try_exchange(&asha.request(offers.clone())).unwrap();
    let is_due = |offer: &&Offer| match offer.kind {
        EntryKind::Change => offer.hash == two.hash || is_milestone(&offer.hash),
        _ => offer.document == project.id,
    };
    let expected: Vec<_> = offers.iter().filter(is_due).map(|offer| offer.hash).collect();
    assert!((3..6).contains(&expected.len()));
    assert_eq!(given(&answer.receipts), expected);
    let again = asha.try_exchange(&asha.request(offers)).unwrap();
    assert_eq!(again.receipts, answer.receipts, "the answer may have been lost");
    ben.join(project.id, Right::Edit, 1);
    let accepted = acceptance(project.id, ben.person.id, Right::Edit, 1).hash;
    assert!(expected.contains(&let_in.hash), "the invitation comes with what it led to");
    let expected = expected.into_iter().chain([accepted]);
    let passed_on = ben.exchange(&ben.request(Vec::new()));
    let passed_on = given(&passed_on.receipts);
    assert_eq!(passed_on, expected.collect::<Vec<_>>(), "the same for everybody");
    let quiet = ben.exchange(&ben.request(Vec::new()));
    assert_eq!(quiet.receipts, []);
}

#[test]
fn a_stranger_can_bring_a_whole_project_back_and_it_is_as_it_was() {
    let Lost { world, mut asha, mut ben, stranger, shelf, project } = lost();
    let all = shelf.all();
    let without = all.iter().filter(|one| one.receipt.is_none()).count();
    assert!(all.len() == 8 && without > 0, "not every change has a receipt of its own");
    let answer = brings(&stranger, all.clone());
    for verdict in &answer.brought {
        assert!(is_stored(&verdict.outcome), "{verdict:?}");
    }
    assert_eq!(hashes(&answer.items), [], "who brings it may not read it for that");

    asha.cursor = enhance_protocol::Cursor::default();
    let items = asha.pull();
    let back = entries(&items);
    assert_eq!(back.len(), all.len());
    for (pulled, brought) in back.iter().zip(&all) {
        assert_eq!(pulled.offer, brought.offer);
        assert_eq!((pulled.person, pulled.device), (brought.person, brought.device));
    }
    asha.store(vec![grant(project.id, stranger.person.id, Right::Read, 1)]);
    ben.cursor = enhance_protocol::Cursor::default();
    assert!(kinds(&ben.pull()).contains(&EntryKind::Grant));
    assert!(outcomes(&ben, all).iter().all(|outcome| *outcome == Outcome::Duplicate));
    let trail = world.server.command(&["audit"]).unwrap();
    assert_eq!(trail.matches("8 entries").count(), 1, "{trail}");
}

#[test]
fn nothing_comes_back_with_a_receipt_that_is_not_its_own() {
    let Lost { world, asha, ben, stranger, project, shelf } = lost();
    let all = shelf.all();
    let newest = all.last().unwrap().clone();
    let create = all.iter().find(|one| one.offer.kind == EntryKind::Create).unwrap().clone();
    let other = ben.project("Another plan");
    let mut bent = newest.receipt.unwrap();
    bent[15] ^= 1;
    let own = other.first.clone();
    let forged = [
        Brought { receipt: None, ..newest.clone() },
        Brought { receipt: Some(bent), ..newest.clone() },
        Brought { receipt: Some(Mac::default()), ..newest.clone() },
        Brought { receipt: create.receipt, ..newest.clone() },
        Brought { person: asha.person.id, ..newest.clone() },
        Brought { device: asha.id, ..newest.clone() },
        Brought { person: stranger.person.id, device: stranger.id, ..create.clone() },
        Brought { offer: Offer { document: other.id, ..newest.offer.clone() }, ..newest.clone() },
        Brought { offer: Offer { hash: newest.offer.hash, ..own.clone() }, ..newest.clone() },
        Brought { offer: own, receipt: newest.receipt, ..newest.clone() },
        Brought { offer: delete(project.id), ..create.clone() },
        Brought {
            offer: Offer { kind: EntryKind::Delete, ..create.offer.clone() },
            ..create.clone()
        },
        Brought { offer: envelope(project.id, ben.id, 1, None, 200), ..newest.clone() },
    ];
    for (number, one) in forged.iter().enumerate() {
        let outcome = outcomes(&stranger, vec![one.clone()]).pop().unwrap();
        assert_eq!(code(&outcome), RefusalCode::NoReceipt, "{number}");
    }
    // However many come within an hour, they are one row.
    let before = world.server.command(&["audit"]).unwrap().lines().count();
    let refused = outcomes(&stranger, forged.to_vec());
    assert!(refused.iter().all(|outcome| code(outcome) == RefusalCode::NoReceipt));
    let trail = world.server.command(&["audit"]).unwrap();
    assert_eq!(trail.lines().count(), before, "{trail}");
    assert_eq!(trail.matches("brought no_receipt").count(), 1, "{trail}");
    // And nobody is the worse for it.
    assert!(outcomes(&ben, all).iter().all(is_stored));
}

#[test]
fn what_was_made_before_a_receipt_is_covered_and_what_came_after_is_not() {
    let Lost { world: _world, ben, project, shelf, .. } = lost();
    let mut all = shelf.all();
    let bodies: Vec<&Offer> = all
        .iter()
        .filter(|one| one.offer.kind == EntryKind::Change)
        .map(|one| &one.offer)
        .collect();
    let after = project.on(&ben, &bodies).write("Never sent before.");
    let (person, device) = (ben.person.id, ben.id);
    all.push(Brought { offer: after, person, device, receipt: None });
    let found = outcomes(&ben, all);
    let (last, before) = found.split_last().unwrap();
    assert!(before.iter().all(is_stored));
    assert_eq!(code(last), RefusalCode::NoReceipt);
}

#[test]
fn deleted_stays_deleted_whatever_is_brought() {
    let Lost { world: _world, asha, ben, shelf, project, .. } = lost();
    assert!(outcomes(&ben, shelf.all()).iter().all(is_stored));
    asha.store(vec![delete(project.id)]);
    for outcome in outcomes(&ben, shelf.all()) {
        assert_eq!(code(&outcome), RefusalCode::DocumentDeleted);
    }
}

#[test]
fn a_frozen_document_takes_nothing_back() {
    let Lost { world, ben, shelf, project, .. } = lost();
    let mut all = shelf.all();
    let last = all.pop().unwrap();
    let second = all.pop().unwrap();
    let third = all.pop().unwrap();
    let earlier: Vec<_> =
        all.into_iter().map(|one| Brought { receipt: one.receipt, ..one }).collect();
    // The last change covers those before it; it is brought once the document is frozen.
    let covered: Vec<Brought> =
        earlier.iter().cloned().chain([third.clone(), second.clone(), last.clone()]).collect();
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    assert!(outcomes(&ben, covered).iter().all(is_stored));
    db.execute("UPDATE document SET frozen_at = 1 WHERE id = ?1", [project.id.as_bytes()]).unwrap();
    db.execute("DELETE FROM entry WHERE hash = ?1", [last.offer.hash.as_bytes()]).unwrap();
    assert_eq!(code(&outcomes(&ben, vec![last])[0]), RefusalCode::DocumentFrozen);
}

#[test]
fn who_has_no_space_left_loses_nothing_for_that() {
    let mut world = World::builder().settings("[limits]\nperson_bytes = 3_000\n").begin();
    let mut asha = world.bare_device(Role::Trainee, "Asha");
    let backup = world.server.backup();
    let mut project = asha.project("Fewer falls");
    let mut shelf = Shelf::default();
    let mut offers = project.offers();
    offers.push(project.write("Patients fall."));
    shelf.offer(&asha, offers);
    world.server.restore(&backup);
    let (id, create) = reflection(50);
    asha.store(vec![create, envelope(id, asha.id, 1, None, 2_800)]);
    assert!(outcomes(&asha, shelf.all()).iter().all(is_stored));
    let more = asha.offer(vec![project.write("Patients fall at night.")]).pop().unwrap();
    assert_eq!(code(&more), RefusalCode::QuotaExceeded);
    assert!(!asha.pull().is_empty());
}

/// Ben joined after the backup: the server knows neither him nor his phone any more. His words come
/// back under his name, and what he owned does not, since nobody could own it.
#[test]
fn the_words_of_a_person_the_server_forgot_come_back_and_what_they_owned_does_not() {
    let mut world = World::new();
    let mut asha = world.bare_device(Role::Trainee, "Asha");
    let mut project = asha.project("Fewer falls");
    let mut shelf = Shelf::default();
    let mut offers = project.offers();
    offers.push(project.write("Patients fall."));
    asha.store(offers.clone());
    let backup = world.server.backup();
    let ben = world.bare_device(Role::Supervisor, "Ben");
    asha.pull();
    let let_in = grant(project.id, ben.person.id, Right::Edit, 1);
    shelf.offer(&asha, vec![let_in]);
    ben.join(project.id, Right::Edit, 1);
    let mut copy = project.on(&ben, &[&offers[1], &offers[2]]);
    ben.store(vec![copy.write("Patients fall. 0"), copy.write("Patients fall. 1")]);
    let theirs = ben.project("Of his own");
    let mut own = theirs.offers();
    own.push(grant(theirs.id, asha.person.id, Right::Read, 1));
    ben.store(own);
    asha.join(theirs.id, Right::Read, 1);
    shelf.pull(&mut asha);
    world.server.restore(&backup);

    let all = shelf.all();
    for (one, outcome) in all.iter().zip(outcomes(&asha, all.clone())) {
        match one.offer.kind {
            EntryKind::Grant if one.offer.document == project.id => {
                assert_eq!(code(&outcome), RefusalCode::UnknownPerson);
            }
            EntryKind::Change if one.offer.document == project.id => {
                assert!(is_stored(&outcome), "{outcome:?}");
            }
            EntryKind::Create => assert_eq!(code(&outcome), RefusalCode::UnknownPerson),
            _ => assert_eq!(code(&outcome), RefusalCode::UnknownDocument),
        }
    }
    let mut tablet = world.another_bare_device(&asha);
    let items = tablet.pull();
    let whose: Vec<(PersonId, DeviceId)> =
        entries(&items).iter().map(|pulled| (pulled.person, pulled.device)).collect();
    assert_eq!(whose.iter().filter(|whose| **whose == (ben.person.id, ben.id)).count(), 2);
}

#[test]
fn who_brings_a_change_without_a_receipt_of_its_own_cannot_say_whose_it_was() {
    let Lost { world: _world, mut asha, ben, stranger, shelf, .. } = lost();
    let mut all = shelf.all();
    for one in all.iter_mut().filter(|one| one.receipt.is_none()) {
        (one.person, one.device) = (stranger.person.id, stranger.id);
    }
    assert!(outcomes(&stranger, all).iter().all(is_stored));
    asha.cursor = enhance_protocol::Cursor::default();
    let items = asha.pull();
    let by = |who: &BareDevice| {
        let of = |one: &&&Pulled| (one.person, one.device) == (who.person.id, who.id);
        entries(&items).iter().filter(of).count()
    };
    assert_eq!((by(&asha), by(&ben), by(&stranger)), (4, 4, 0));
}

#[test]
fn ten_thousand_are_decided_and_more_are_too_many() {
    let Lost { world, ben, shelf, .. } = lost();
    let newest = shelf.all().pop().unwrap();
    let empty = Offer { body: Vec::new(), ..newest.offer.clone() };
    let nothing = Brought { offer: empty, ..newest };
    let before = world.server.command(&["audit"]).unwrap().lines().count();
    let found = outcomes(&ben, vec![nothing.clone(); BROUGHT_AT_ONCE]);
    assert_eq!(found.len(), BROUGHT_AT_ONCE);
    assert!(found.iter().all(|outcome| code(outcome) == RefusalCode::NoReceipt));
    assert_eq!(world.server.command(&["audit"]).unwrap().lines().count(), before + 1);
    let request =
        ExchangeRequest { brought: vec![nothing; BROUGHT_AT_ONCE + 1], ..ben.request(Vec::new()) };
    assert_eq!(ben.try_exchange(&request).unwrap_err().code, RefusalCode::RequestTooLarge);
    assert!(outcomes(&ben, shelf.all()).iter().all(is_stored));
}

#[test]
fn a_tablet_brings_the_envelopes_of_a_phone_that_is_gone() {
    let mut world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let (id, create) = reflection(50);
    let backup = world.server.backup();
    let one = envelope(id, phone.id, 1, None, 200);
    let tablet = world.another_bare_device(&phone);
    phone.store(vec![create.clone(), one.clone()]);
    let by_tablet = envelope(id, tablet.id, 1, None, 200);
    tablet.store(vec![by_tablet.clone()]);
    world.server.restore(&backup);
    // The server knows the tablet no more; the phone brings what both sealed.
    phone.store(vec![create, one, by_tablet]);
    let mut next = world.another_bare_device(&phone);
    let items: Vec<Item> = next.pull();
    let devices: Vec<_> = entries(&items).iter().map(|pulled| pulled.device).collect();
    assert_eq!(devices, [phone.id, phone.id, tablet.id]);
}
