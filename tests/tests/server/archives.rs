//! Archives of private documents: what the server takes from whom, and what it lets go of.

use enhance_model::{DocumentId, EntryHash, Role};
use enhance_protocol::{
    Archive, Archived, ChainEnd, Cursor, ExchangeResponse, Held, Offer, Outcome, PulledArchive,
};
use enhance_tests::{
    bare::{BareDevice, offers},
    world::World,
};

/// A reflection of a device with a chain of so many envelopes, stored.
fn stored(device: &BareDevice, number: u8, envelopes: u64) -> (DocumentId, Vec<Offer>) {
    let (document, create) = offers::reflection(number);
    let mut chain: Vec<Offer> = Vec::new();
    for counter in 1..=envelopes {
        let next = offers::envelope(document, device.id, counter, chain.last(), 300);
        chain.push(next);
    }
    device.store([vec![create], chain.clone()].concat());
    (document, chain)
}

fn end(device: u8, counter: u64, hash: EntryHash) -> ChainEnd {
    ChainEnd { device, counter, hash }
}

/// An archive of one document up to an envelope of this device.
fn archive_of(device: &BareDevice, document: DocumentId, up_to: &Offer, counter: u64) -> Archive {
    let held = vec![Held { document, ends: vec![end(0, counter, up_to.hash)] }];
    Archive { devices: vec![device.id], held, sealed: vec![7; 100].into() }
}

fn offer(device: &mut BareDevice, archive: Archive) -> ExchangeResponse {
    let request =
        enhance_protocol::ExchangeRequest { archive: Some(archive), ..device.request(Vec::new()) };
    device.exchange(&request)
}

fn verdict(device: &mut BareDevice, archive: Archive) -> Archived {
    offer(device, archive).archived.unwrap()
}

/// Reads everything again as a new device does, and what it gets first.
fn from_the_beginning(device: &mut BareDevice) -> (Vec<PulledArchive>, Vec<EntryHash>) {
    device.cursor = Cursor::default();
    let answer = device.exchange(&device.request(Vec::new()));
    (answer.archives, offers::hashes(&answer.items))
}

#[test]
fn a_new_device_gets_the_archive_and_no_entry_that_it_holds() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let (document, chain) = stored(&phone, 1, 3);
    let archive = archive_of(&phone, document, &chain[1], 2);
    let answer = verdict(&mut phone, archive.clone());
    assert!(answer.sequence > 0 && answer.left_out.is_empty());

    let (archives, hashes) = from_the_beginning(&mut phone);
    assert_eq!(archives, [PulledArchive { sequence: answer.sequence, archive }]);
    assert_eq!(hashes, [chain[2].hash], "the third is not in it");
}

#[test]
fn a_new_device_hears_of_everybody_also_of_who_joined_before_the_archive() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    world.bare_device(Role::Supervisor, "Dr Ben Okoro");
    let (document, chain) = stored(&phone, 1, 1);
    let archive = archive_of(&phone, document, &chain[0], 1);
    assert!(verdict(&mut phone, archive).sequence > 0);
    phone.cursor = Cursor::default();
    let items = phone.pull();
    assert_eq!(offers::names(&items), ["Dr Ana Ruiz", "Dr Ben Okoro"]);
}

#[test]
fn what_was_let_go_is_a_duplicate_and_the_chain_goes_on() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let (document, chain) = stored(&phone, 1, 3);
    let archive = archive_of(&phone, document, &chain[2], 3);
    verdict(&mut phone, archive);
    phone.pull();
    phone.pull();
    assert_eq!(phone.offer(chain.clone()), vec![Outcome::Duplicate; 3]);
    let other = offers::envelope(document, phone.id, 3, Some(&chain[2]), 400);
    assert!(matches!(phone.offer(vec![other])[..], [Outcome::Rejected { .. }]), "a forked chain");
    let next = offers::envelope(document, phone.id, 4, Some(&chain[2]), 300);
    assert!(matches!(phone.offer(vec![next])[..], [Outcome::Stored { .. }]));
    let (archives, hashes) = from_the_beginning(&mut phone);
    assert_eq!((archives.len(), hashes.len()), (1, 1));
}

#[test]
fn nobody_archives_what_is_anothers_unknown_plain_or_longer_than_the_archive_says() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let mut stranger = world.bare_device(Role::Trainee, "Dr Dan Mora");
    let (document, chain) = stored(&phone, 1, 3);
    let foreign = archive_of(&stranger, document, &chain[2], 3);
    let by_another =
        Archive { devices: vec![stranger.id], ..archive_of(&phone, document, &chain[2], 3) };
    let unknown = archive_of(&phone, DocumentId::from_bytes([9; 16]), &chain[2], 3);
    let mut forked = archive_of(&phone, document, &chain[2], 3);
    forked.held[0].ends[0].hash = EntryHash::from_bytes([9; 32]);
    for (device, archive) in
        [(&mut stranger, foreign), (&mut phone.clone(), by_another), (&mut phone.clone(), unknown)]
    {
        let left_out = archive.held.iter().map(|held| held.document).collect();
        assert_eq!(verdict(device, archive), Archived { sequence: 0, left_out });
    }
    assert_eq!(verdict(&mut phone, forked).sequence, 0, "it speaks of another chain");
    let (archives, hashes) = from_the_beginning(&mut phone);
    assert_eq!((archives.len(), hashes.len()), (0, 4), "the creation and three envelopes");
}

#[test]
fn an_archive_that_contradicts_itself_or_is_too_large_is_left_out_and_harms_nothing_else() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let (document, chain) = stored(&phone, 1, 2);
    let sound = archive_of(&phone, document, &chain[1], 2);
    let twice = Archive { held: vec![sound.held[0].clone(); 2], ..sound.clone() };
    let nobodys = Archive { devices: Vec::new(), ..sound.clone() };
    let large = Archive { sealed: vec![7; 3 << 20].into(), ..sound.clone() };
    for archive in [twice, nobodys, large] {
        let next = offers::reflection(2).1;
        let request = enhance_protocol::ExchangeRequest {
            archive: Some(archive),
            ..phone.request(vec![next])
        };
        let answer = phone.exchange(&request);
        assert_eq!(answer.archived.unwrap().sequence, 0);
        assert_eq!(answer.verdicts.len(), 1);
    }
    assert!(verdict(&mut phone, sound).sequence > 0);
}

#[test]
fn an_archive_that_holds_less_does_not_take_the_place_of_one_that_holds_more() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let mut tablet = world.another_bare_device(&phone);
    let (document, chain) = stored(&phone, 1, 3);
    let more = archive_of(&phone, document, &chain[2], 3);
    let less = archive_of(&phone, document, &chain[0], 1);
    let first = verdict(&mut phone, more.clone()).sequence;
    let left_out = vec![document];
    assert_eq!(verdict(&mut tablet, less), Archived { sequence: 0, left_out });
    assert!(verdict(&mut tablet, more).sequence > first, "the same again takes its place");
    let (archives, _) = from_the_beginning(&mut tablet);
    assert_eq!(archives.len(), 1);
}

#[test]
fn after_a_deletion_the_rest_of_the_archive_is_asked_for_again() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let (one, first) = stored(&phone, 1, 1);
    let (two, second) = stored(&phone, 2, 1);
    let held = [(one, &first), (two, &second)]
        .map(|(document, chain)| Held { document, ends: vec![end(0, 1, chain[0].hash)] });
    let both = Archive { devices: vec![phone.id], held: held.to_vec(), sealed: vec![7; 9].into() };
    verdict(&mut phone, both);
    phone.pull();
    let request = phone.request(vec![offers::delete(one)]);
    assert_eq!(phone.exchange(&request).renew, [two]);
    let anew = archive_of(&phone, two, &second[0], 1);
    let answer = offer(&mut phone, anew);
    assert!(answer.archived.unwrap().sequence > 0);
    assert_eq!(answer.renew, []);
    let (archives, _) = from_the_beginning(&mut phone);
    assert_eq!(archives.len(), 1, "the archive with the deleted one is gone");
    assert_eq!(archives[0].archive.held.len(), 1);
}

#[test]
fn archives_come_page_by_page_before_everything_else() {
    let world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    for number in 1..=4 {
        let (document, chain) = stored(&phone, number, 2);
        let mut archive = archive_of(&phone, document, &chain[1], 2);
        archive.sealed = vec![number; 3_000].into();
        verdict(&mut phone, archive);
    }
    phone.cursor = Cursor::default();
    let (mut archives, mut trips) = (Vec::new(), 0);
    loop {
        let request = enhance_protocol::ExchangeRequest {
            max_bytes: Some(4_000),
            ..phone.request(Vec::new())
        };
        let answer = phone.exchange(&request);
        assert!(offers::hashes(&answer.items).is_empty(), "all of them are in archives");
        archives.extend(answer.archives.into_iter().map(|pulled| pulled.sequence));
        trips += 1;
        assert!(trips < 10, "it comes to an end");
        if !answer.more {
            break;
        }
    }
    assert_eq!((archives.len(), trips), (4, 4));
    assert!(archives.is_sorted());
}

/// One device's archive lets the chain of another go on from where it is; what that device itself
/// still offers from before is its own work and is taken.
#[test]
fn after_a_restore_what_an_archive_reaches_past_is_taken_from_its_own_device() {
    let mut world = World::new();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let tablet = world.another_bare_device(&phone);
    let (document, create) = offers::reflection(1);
    phone.store(vec![create]);
    let backup = world.server.backup();
    let first = offers::envelope(document, tablet.id, 1, None, 300);
    let second = offers::envelope(document, tablet.id, 2, Some(&first), 300);
    tablet.store(vec![first.clone(), second.clone()]);
    world.server.restore(&backup);
    let held = vec![Held { document, ends: vec![end(0, 2, second.hash)] }];
    let archive = Archive { devices: vec![tablet.id], held, sealed: vec![7; 100].into() };
    let request = enhance_protocol::ExchangeRequest {
        archive: Some(archive),
        epoch: None,
        ..phone.request(Vec::new())
    };
    phone.epoch = phone.try_exchange(&request).unwrap().epoch;
    for outcome in tablet.offer(vec![first, second]) {
        assert!(matches!(outcome, Outcome::Stored { .. } | Outcome::Duplicate), "{outcome:?}");
    }
}

/// It takes the place of one that is there, so that a full space is no reason against it.
#[test]
fn what_the_server_asks_for_again_has_room_in_a_full_space() {
    let world = World::builder().settings("[limits]\nperson_bytes = 6_000\n").begin();
    let mut phone = world.bare_device(Role::Trainee, "Dr Ana Ruiz");
    let (one, first) = stored(&phone, 1, 1);
    let (two, second) = stored(&phone, 2, 1);
    let held = [(one, &first), (two, &second)]
        .map(|(document, chain)| Held { document, ends: vec![end(0, 1, chain[0].hash)] });
    let sealed = vec![7; 1_000];
    let both = Archive { devices: vec![phone.id], held: held.to_vec(), sealed: sealed.into() };
    assert!(verdict(&mut phone, both).sequence > 0);
    phone.pull();
    let request = phone.request(vec![offers::delete(one)]);
    assert_eq!(phone.exchange(&request).renew, [two]);
    let (three, create) = offers::reflection(3);
    let mut chain = vec![offers::envelope(three, phone.id, 1, None, 300)];
    for counter in 2..30 {
        let last = chain.last();
        chain.push(offers::envelope(three, phone.id, counter, last, 300));
    }
    let outcomes = phone.offer([vec![create], chain].concat());
    assert!(outcomes.iter().any(|one| !matches!(one, Outcome::Stored { .. })), "it is full");

    let archive =
        |size| Archive { sealed: vec![7; size].into(), ..archive_of(&phone, two, &second[0], 1) };
    let (anew, larger) = (archive(700), archive(3_000));
    assert_eq!(verdict(&mut phone, larger).sequence, 0, "no more than what it takes the place of");
    assert!(verdict(&mut phone, anew).sequence > 0);
    phone.pull();
    let request = phone.request(Vec::new());
    assert_eq!(phone.exchange(&request).renew, [], "it is not asked for again");
}
