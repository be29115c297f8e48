//! One round trip: verdicts, one sequence, pages, epochs and heads.

use std::{collections::BTreeSet, thread};

use enhance_model::{EntryHash, Role};
use enhance_protocol::{Cursor, DocumentHeads, ExchangeRequest, Item, Outcome};

use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{delete, entries, envelope, hashes, names, reflection},
    },
    world::World,
};

fn stored(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Stored { sequence, .. } => *sequence,
        other => panic!("{other:?}"),
    }
}

#[test]
fn offers_are_numbered_in_order_and_repeating_them_is_harmless() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let mut project = device.project("Fewer falls");
    let mut offers = project.offers();
    offers.push(project.write("Patients fall at night."));
    let numbers: Vec<u64> = device.offer(offers.clone()).iter().map(stored).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b));
    assert_eq!(device.offer(offers), vec![Outcome::Duplicate; 3]);
}

#[test]
fn a_device_is_not_sent_what_it_sent_itself_but_its_sister_is() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Asha");
    let mut tablet = world.another_bare_device(&phone);
    assert_eq!(names(&phone.pull()), ["Asha"]);
    let project = phone.project("Fewer falls");
    let request = phone.request(project.offers());
    let response = phone.exchange(&request);
    assert!(response.items.is_empty());
    assert!(phone.pull().is_empty());
    let pulled = tablet.pull();
    assert_eq!(hashes(&pulled), [project.create.hash, project.first.hash]);
    assert!(entries(&pulled).iter().all(|entry| entry.device == phone.id));
}

#[test]
fn one_bad_offer_harms_no_other() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let mut project = device.project("Fewer falls");
    let good = project.write("Patients fall at night.");
    let mut bad = good.clone();
    bad.body.truncate(20);
    let (_, sealed) = reflection(50);
    let offers = vec![project.create.clone(), project.first.clone(), bad, sealed, good];
    let outcomes = device.offer(offers);
    for (place, outcome) in outcomes.iter().enumerate() {
        assert_eq!(matches!(outcome, Outcome::Stored { .. }), place != 2, "{outcome:?}");
    }
}

#[test]
fn what_is_needed_first_is_named_and_later_taken() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let mut project = device.project("Fewer falls");
    device.store(project.offers());
    let first = project.write("Patients fall.");
    let second = project.write("Patients fall at night.");
    let outcomes = device.offer(vec![second.clone()]);
    assert_eq!(outcomes, [Outcome::MissingDependencies(vec![first.hash])]);
    device.store(vec![first, second]);

    let (id, create) = reflection(50);
    let one = envelope(id, device.id, 1, None, 200);
    let two = envelope(id, device.id, 2, Some(&one), 200);
    let outcomes = device.offer(vec![create, two.clone()]);
    assert_eq!(outcomes[1], Outcome::MissingDependencies(vec![one.hash]));
    device.store(vec![one, two]);
}

#[test]
fn pages_are_bounded_and_together_are_everything_once() {
    let world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let (id, create) = reflection(50);
    let mut offers = vec![create];
    for counter in 1..=30 {
        let previous = (counter > 1).then(|| offers.last().unwrap().clone());
        offers.push(envelope(id, phone.id, counter, previous.as_ref(), 1_000));
    }
    phone.store(offers.clone());
    let mut tablet = world.another_bare_device(&phone);
    let pages = tablet.pull_pages(5_000);
    assert!(pages.len() > 5);
    assert!(pages.iter().all(|page| !page.is_empty() && page.len() <= 5));
    let wanted: Vec<EntryHash> = offers.iter().map(|offer| offer.hash).collect();
    assert_eq!(hashes(&pages.concat()), wanted);

    tablet.cursor = Cursor::default();
    let single = tablet.pull_pages(1);
    assert!(single.iter().all(|page| page.len() == 1), "one item always fits");
    assert_eq!(hashes(&single.concat()), wanted);
}

#[test]
fn many_devices_at_once_lose_nothing_and_share_one_sequence() {
    let world = World::new();
    let mut devices = Vec::new();
    for number in 0..8 {
        devices.push(world.bare_device(Role::Trainee, &format!("Trainee {number}")));
    }
    let owner = devices[0].clone();
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    for (number, device) in (1..).zip(&devices[1..]) {
        let right = enhance_model::Right::Edit;
        owner.lets_in(device, project.id, right, number);
    }
    let before = world.server.state().storage.batches().jobs();
    let numbers = thread::scope(|scope| {
        let edits = devices.iter().map(|device| scope.spawn(|| edit_five_times(device, &project)));
        let edits: Vec<_> = edits.collect();
        edits.into_iter().flat_map(|edit| edit.join().unwrap()).collect::<Vec<u64>>()
    });
    assert_eq!(numbers.len(), 40);
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 40);
    assert!(world.server.state().storage.batches().jobs() > before);

    let mut reader = world.another_bare_device(&owner);
    let pulled = reader.pull();
    let changes: Vec<&[u8]> = entries(&pulled)
        .iter()
        .filter(|entry| entry.offer.kind.is_content())
        .map(|entry| entry.offer.body.as_slice())
        .collect();
    assert_eq!(changes.len(), 41);
    enhance_documents::Document::open(&changes, reader.id).unwrap();
}

fn edit_five_times(device: &BareDevice, project: &BareDocument) -> Vec<u64> {
    let mut mine = project.on(device, &[&project.first]);
    let mut numbers = Vec::new();
    for round in 0..5 {
        let offer = mine.write(&format!("{} {round}", device.person.name));
        numbers.push(stored(&device.offer(vec![offer])[0]));
    }
    numbers
}

#[test]
fn nothing_new_is_answered_from_memory_with_the_same_cursor() {
    let world = World::new();
    let mut device = world.bare_device(Role::Trainee, "Asha");
    device.pull();
    let settings = device.exchange(&device.request(Vec::new())).settings.unwrap();
    let request = ExchangeRequest { settings: settings.id, ..device.request(Vec::new()) };
    let response = device.exchange(&request);
    assert_eq!((response.cursor, response.settings), (request.cursor, None));
    assert!(response.items.is_empty() && !response.more);
    assert_eq!(response.next_allowed_in_ms, 0);
    let metrics = world.server.watch("/metrics");
    let metrics = metrics.text();
    assert!(metrics.contains("\nenhance_exchanges_quiet_total 2\n"), "{metrics}");
}

#[test]
fn a_cursor_from_nowhere_starts_from_the_beginning() {
    let world = World::new();
    let mut device = world.bare_device(Role::Trainee, "Asha");
    for (epoch, sequence) in
        [(Some([9; 4].into()), 1), (None, 1), (Some(device.epoch.tag().into()), 1_000_000)]
    {
        let cursor = Cursor { sequence, within: 0 };
        let request = ExchangeRequest { epoch, cursor, ..device.request(Vec::new()) };
        let response = device.exchange(&request);
        assert_eq!(response.epoch, device.enrolled.epoch);
        let mut items = response.items;
        if response.more {
            assert!(items.is_empty(), "first it has to be put in order what was before");
            items = device.pull();
        }
        assert_eq!(names(&items), ["Asha"]);
    }
}

#[test]
fn heads_are_answered_where_they_differ() {
    let world = World::new();
    let mut owner = world.bare_device(Role::Trainee, "Asha");
    let mut stranger = world.bare_device(Role::Trainee, "Ben");
    let mut project = owner.project("Fewer falls");
    let edit = project.write("Patients fall at night.");
    let (sealed, create) = reflection(50);
    let mut offers = project.offers();
    offers.extend([edit.clone(), create.clone()]);
    owner.store(offers);

    let at = |document, heads| DocumentHeads { document, heads };
    let unknown = reflection(51).0;
    let asked = vec![
        at(project.id, vec![project.first.hash]),
        at(sealed, vec![create.hash]),
        at(unknown, vec![]),
    ];
    let heads = owner.heads(asked);
    assert_eq!(heads, [at(project.id, vec![edit.hash]), at(unknown, vec![])]);
    let heads = stranger.heads(vec![at(project.id, vec![edit.hash])]);
    assert_eq!(heads, [at(project.id, vec![])]);
    owner.store(vec![delete(project.id)]);
    let gone = delete(project.id).hash;
    assert!(owner.heads(vec![at(project.id, vec![gone])]).is_empty());
}

#[test]
fn what_was_acknowledged_is_there_after_a_stop() {
    let mut world = World::new();
    let mut device = world.bare_device(Role::Trainee, "Asha");
    let project = device.project("Fewer falls");
    device.store(project.offers());
    world.server.stop();
    world.server.start_again();
    let pulled = device.pull();
    assert_eq!(hashes(&pulled), [project.create.hash, project.first.hash]);
    assert!(matches!(pulled[0], Item::Person(_)));
}
