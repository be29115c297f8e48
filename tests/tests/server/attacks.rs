//! What enrolled people can do to a server and to one another: cases of section G, by their numbers
//! in `tests/CASES.md`.

use std::collections::BTreeSet;

use enhance_model::{
    DocumentId, DocumentKind, ItemId, PersonId, RefusalCode, Right, Role, Timestamp,
};
use enhance_protocol::{
    COMPARED_AT_ONCE, Cursor, DocumentHeads, EntryKind, ExchangeRequest, Item, OFFERED_AT_ONCE,
    Offer, Outcome, codec,
};
use rusqlite::params;
use serde::Serialize;

use enhance_tests::{
    bare::{
        BareDevice,
        offers::{AT, acceptance, create, delete, envelope, grant, item, raw, reflection, revoke},
    },
    world::World,
};

fn one() -> (World, BareDevice) {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    (world, device)
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

fn rows(world: &World) -> usize {
    world.server.command(&["audit"]).unwrap().lines().count()
}

/// Bytes that a document takes by the server's count.
fn counted(world: &World, document: DocumentId) -> i64 {
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let sql = "SELECT bytes FROM document WHERE id = ?1";
    db.query_row(sql, params![document.as_bytes()], |row| row.get(0)).unwrap()
}

#[test]
fn g5_more_than_is_worked_on_at_once_is_refused_before_any_of_it_is() {
    let (world, device) = one();
    let before = rows(&world);
    let nothing = raw(EntryKind::Delete, DocumentId::from_bytes([9; 16]), Vec::new());
    let offers = vec![nothing; OFFERED_AT_ONCE + 1];
    let refusal = device.try_exchange(&device.request(offers)).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::RequestTooLarge);
    let heads = DocumentHeads { document: DocumentId::from_bytes([9; 16]), heads: Vec::new() };
    let heads = vec![heads; COMPARED_AT_ONCE + 1];
    let request = ExchangeRequest { heads, ..device.request(Vec::new()) };
    assert_eq!(device.try_exchange(&request).unwrap_err().code, RefusalCode::RequestTooLarge);
    assert_eq!(rows(&world), before, "nothing of it was looked at");
}

#[test]
fn g5_equal_refusals_are_one_row_and_a_count() {
    let (world, device) = one();
    let before = rows(&world);
    let nothing =
        |number: u8| raw(EntryKind::Delete, DocumentId::from_bytes([number; 16]), vec![1]);
    for _ in 0..3 {
        // Of more than one slice the first is in the row, and the rest is counted.
        let offers: Vec<Offer> = (0..100).map(nothing).collect();
        assert!(device.offer(offers).iter().all(|it| code(it) == RefusalCode::UnknownDocument));
    }
    let trail = world.server.command(&["audit"]).unwrap();
    assert_eq!(trail.lines().count(), before + 1, "{trail}");
    assert!(trail.contains("delete unknown_document x100"), "{trail}");
}

#[test]
fn g3_a_long_request_takes_the_writing_thread_in_small_pieces() {
    let (world, device) = one();
    let offers = (0..1_000).map(|_| delete(DocumentId::from_bytes([9; 16])));
    let before = world.server.state().storage.batches().jobs();
    let outcomes = device.offer(offers.collect());
    assert!(outcomes.iter().all(|outcome| code(outcome) == RefusalCode::UnknownDocument));
    let jobs = world.server.state().storage.batches().jobs() - before;
    assert!(jobs >= 1_000_u64.div_ceil(128), "{jobs} pieces");
}

#[test]
fn g5_what_comes_in_slices_has_a_verdict_for_each_in_their_order() {
    let (_world, device) = one();
    let (id, creation) = reflection(50);
    let mut offers = vec![creation];
    for counter in 1..=1_300 {
        let previous = (counter > 1).then(|| offers.last().unwrap().clone());
        offers.push(envelope(id, device.id, counter, previous.as_ref(), 200));
    }
    assert!(device.offer(offers.clone()).iter().all(is_stored));
    assert!(device.offer(offers).iter().all(|outcome| *outcome == Outcome::Duplicate));
}

#[test]
fn g6_of_two_creations_of_one_id_the_change_is_judged_by_the_one_that_is_stored() {
    let (world, device) = one();
    let project = device.project("Fewer falls");
    // A plan is not sealed, so that the first is refused, and the second makes it something else.
    let first = create(project.id, DocumentKind::ChangeProject, None, Some(vec![1; 72]));
    let second = create(project.id, DocumentKind::SharedReflection, None, None);
    let outcomes = device.offer(vec![first, second, project.first.clone()]);
    assert_eq!(code(&outcomes[0]), RefusalCode::WrongSealing);
    assert!(is_stored(&outcomes[1]));
    assert_eq!(code(&outcomes[2]), RefusalCode::WrongSchema);
    assert_eq!(code(&device.offer(vec![project.first])[0]), RefusalCode::WrongSchema);
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let changes = "SELECT count(*) FROM entry WHERE kind = 'change'";
    assert_eq!(db.query_row(changes, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn g7_the_same_change_in_another_document_harms_nobody() {
    let (world, device) = one();
    let project = device.project("Fewer falls");
    device.store(project.offers());
    let elsewhere = DocumentId::from_bytes([77; 16]);
    let same = Offer { document: elsewhere, ..project.first.clone() };
    let (_, innocent) = reflection(50);
    let made = create(elsewhere, DocumentKind::ChangeProject, None, None);
    let outcomes = device.offer(vec![made, same.clone(), innocent]);
    assert!(outcomes.iter().all(is_stored), "{outcomes:?}");
    let again = device.offer(vec![same, project.first.clone()]);
    assert_eq!(again, [Outcome::Duplicate, Outcome::Duplicate]);
    let mut tablet = world.another_bare_device(&device);
    let pulled = enhance_tests::bare::offers::hashes(&tablet.pull());
    assert_eq!(pulled.iter().filter(|hash| **hash == project.first.hash).count(), 2);
}

/// A revocation with something in it that nobody reads.
#[derive(Serialize)]
struct Padded {
    id: ItemId,
    from: PersonId,
    round: u32,
    at: Timestamp,
    more: String,
}

#[test]
fn g8_what_says_who_may_do_what_is_small_and_is_counted() {
    let (world, owner) = one();
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    let padded = |bytes: usize| {
        let (id, from, more) = (item(1), ben.person.id, "0".repeat(bytes));
        let revoke = Padded { id, from, round: 1, at: AT, more };
        raw(EntryKind::Revoke, project.id, codec::to_cbor(&revoke).unwrap())
    };
    for bytes in [5_000, 1_000_000] {
        assert_eq!(code(&owner.offer(vec![padded(bytes)])[0]), RefusalCode::Malformed);
    }
    let before = counted(&world, project.id);
    let revocation = revoke(project.id, ben.person.id, 1);
    owner.store(vec![revocation.clone()]);
    assert_eq!(counted(&world, project.id), before + i64::try_from(revocation.body.len()).unwrap());
}

fn digit(number: u8) -> char {
    char::from_digit(number.into(), 36).unwrap()
}

#[test]
fn g8_a_right_can_be_taken_away_from_a_project_that_is_full() {
    let world = World::builder().settings("[limits]\nperson_bytes = 1_500\n").begin();
    let owner = world.bare_device(Role::Trainee, "Asha");
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let mut project = owner.project("Fewer falls");
    let mut offers = project.offers();
    offers.push(grant(project.id, ben.person.id, Right::Read, 1));
    owner.store(offers);
    // Nothing that is packed to nothing.
    let more: String = (0..2_000).map(|_| world.chance.bytes::<1>()[0] % 36).map(digit).collect();
    assert_eq!(code(&owner.offer(vec![project.write(&more)])[0]), RefusalCode::QuotaExceeded);
    owner.store(vec![revoke(project.id, ben.person.id, 2)]);
}

#[test]
fn g9_whoever_reads_a_byte_at_a_time_is_noted_with_the_first() {
    for skips in [false, true] {
        let (world, owner) = one();
        let mut reader = world.bare_device(Role::Supervisor, "Dr Birch");
        reader.pull();
        let mut project = owner.project("Fewer falls");
        owner.store(project.offers());
        owner.store(vec![grant(project.id, reader.person.id, Right::Read, 1)]);
        let accepted = acceptance(project.id, reader.person.id, Right::Read, 1);
        // It tells heads, so that the answer brings nothing.
        let heads = vec![DocumentHeads { document: project.id, heads: vec![accepted.hash] }];
        let joins = ExchangeRequest { heads, ..reader.request(vec![accepted]) };
        assert!(reader.try_exchange(&joins).unwrap().items.is_empty());
        let read = || world.server.command(&["audit"]).unwrap().matches("  read  ").count();
        if skips {
            // By its cursor it has had the grant and what the plan was until then.
            let sequence = world.server.state().storage.tips().last();
            owner.store(vec![project.write("Patients fall.")]);
            reader.cursor = Cursor { sequence, within: 0 };
        }
        // First comes whose it is, which is nothing of the plan.
        for _ in 0..usize::from(!skips) {
            let request = ExchangeRequest { max_bytes: Some(1), ..reader.request(Vec::new()) };
            assert!(matches!(&reader.exchange(&request).items[..], [Item::Person(_)]));
        }
        assert_eq!(read(), 0);
        let request = ExchangeRequest { max_bytes: Some(1), ..reader.request(Vec::new()) };
        assert_eq!(reader.exchange(&request).items.len(), 1);
        assert_eq!(read(), 1, "skips: {skips}");
        reader.pull();
        assert_eq!(read(), 1);
    }
}

#[test]
fn g18_of_a_deleted_document_nothing_is_kept_in_memory_for_later() {
    let (world, owner) = one();
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let (mut project, other) = (owner.project("Fewer falls"), owner.project("Fewer errors"));
    owner.store([project.offers(), other.offers()].concat());
    owner.lets_in(&ben, project.id, Right::Edit, 1);
    ben.store(ben.comments(project.id).offers());
    let kept = || world.server.state().catalogues.count();
    assert_eq!(kept(), 3);
    // In one request with its last words.
    owner.store(vec![project.write("Bed seven."), delete(project.id)]);
    assert_eq!(kept(), 1, "the other project");
    let late = project.on(&ben, &[&project.first]).write("Too late.");
    assert_eq!(code(&ben.offer(vec![late])[0]), RefusalCode::DocumentDeleted);
    assert_eq!(kept(), 1);
}

#[test]
fn g16_to_an_outsider_no_document_is_there() {
    let (world, owner) = one();
    let fellow = world.bare_device(Role::Fellow, "Chidi");
    let (project, gone) = (owner.project("Fewer falls"), owner.project("Gone"));
    let (sealed, creation) = reflection(50);
    owner.store([project.offers(), gone.offers(), vec![creation]].concat());
    owner.store(vec![delete(gone.id)]);
    let nowhere = DocumentId::from_bytes([99; 16]);
    let mut told = BTreeSet::new();
    for id in [project.id, gone.id, sealed, nowhere] {
        let change = project.on(&fellow, &[&project.first]).write("Uninvited.");
        let comments = fellow.comments(id);
        for offer in [
            Offer { document: id, ..change },
            envelope(id, fellow.id, 1, None, 200),
            grant(id, fellow.person.id, Right::Read, 1),
            revoke(id, fellow.person.id, 1),
            delete(id),
            comments.create,
        ] {
            let kind = offer.kind;
            told.insert((kind, code(&fellow.offer(vec![offer])[0])));
        }
    }
    let codes: BTreeSet<_> = told.iter().map(|(_, code)| *code).collect();
    assert_eq!(codes, [RefusalCode::UnknownDocument].into(), "{told:?}");
    // An id that is taken cannot be had; that is all there is to hear.
    for (id, kind) in
        [(project.id, DocumentKind::ChangeProject), (gone.id, DocumentKind::ChangeProject)]
    {
        let taken = create(id, kind, None, None);
        assert_eq!(code(&fellow.offer(vec![taken])[0]), RefusalCode::DocumentExists);
    }
}

#[test]
fn g16_whoever_could_read_a_document_is_told_what_became_of_it() {
    let (world, owner) = one();
    let reader = world.bare_device(Role::Supervisor, "Dr Birch");
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    owner.store(vec![grant(project.id, reader.person.id, Right::Read, 1)]);
    let write = |text: &str| {
        let edit = project.on(&reader, &[&project.first]).write(text);
        code(&reader.offer(vec![edit])[0])
    };
    assert_eq!(write("May only read."), RefusalCode::NotGranted);
    owner.store(vec![revoke(project.id, reader.person.id, 2)]);
    assert_eq!(write("May no longer read."), RefusalCode::NotGranted);
    owner.store(vec![grant(project.id, reader.person.id, Right::Edit, 3), delete(project.id)]);
    assert_eq!(write("It is no more."), RefusalCode::DocumentDeleted);
}
