//! Tickets as hostile owners and holders meet them: limits, guesses, and what a stranger learns.

use std::time::Duration;

use enhance_model::{
    ItemId, RefusalCode, Role,
    ticket::{MOST_DAYS, MOST_USES, TicketDeed, TicketRight},
};
use enhance_protocol::{
    AnswerTicketRequest, AnswerTicketResponse, OfferedTicket, OpenTicketRequest,
    OpenTicketResponse, PROTOCOL, Refusal, TicketRequest, TicketResponse, TicketStep, path,
    ticket::{
        ANSWERS_AT_MOST, ANSWERS_OF_VISIT, DEED_BYTES, DEEDS_AT_ONCE, KEPT_AT_MOST, NOTE_BYTES,
        OPEN_AT_MOST, SNAPSHOT_BYTES,
    },
};
use enhance_tests::{bare::BareDevice, world::World};
use sha2::{Digest, Sha256};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const BEARER: [u8; 20] = [9; 20];

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn numbered(number: u32) -> ItemId {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    ItemId::from_bytes(bytes)
}

fn offered(id: ItemId, bearer: [u8; 20]) -> OfferedTicket {
    OfferedTicket {
        id,
        bearer_hash: <[u8; 32]>::from(Sha256::digest(bearer)).into(),
        right: TicketRight::Comment,
        days: 7,
        uses: 2,
        note: vec![1; 80],
        snapshot: vec![2; 300],
    }
}

fn step(device: &BareDevice, step: TicketStep) -> Result<TicketResponse, Refusal> {
    let request = TicketRequest { protocol: PROTOCOL, nonce: [7; 8].into(), step };
    device.wire().post(path::TICKETS, Some(&device.token), &request)
}

fn make(device: &BareDevice, ticket: OfferedTicket) -> Result<TicketResponse, Refusal> {
    step(device, TicketStep::Make(Box::new(ticket)))
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> RefusalCode {
    outcome.unwrap_err().code
}

fn open(
    world: &World,
    bearer: Option<[u8; 20]>,
    visit: ItemId,
) -> Result<OpenTicketResponse, Refusal> {
    let nonce = [7; 8].into();
    let request = OpenTicketRequest { protocol: PROTOCOL, nonce, visit, sealed: vec![3; 90] };
    world.server.wire().post(path::OPEN_TICKET, bearer.as_ref(), &request)
}

fn answer(
    world: &World,
    (visit, id): (ItemId, ItemId),
    deed: TicketDeed,
    bytes: usize,
) -> Result<AnswerTicketResponse, Refusal> {
    let (nonce, sealed) = ([7; 8].into(), vec![4; bytes]);
    let request = AnswerTicketRequest { protocol: PROTOCOL, nonce, visit, id, deed, sealed };
    world.server.wire().post(path::ANSWER_TICKET, Some(&BEARER), &request)
}

#[test]
fn repeating_any_step_is_doing_it_once() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    for _ in 0..2 {
        let made = make(&ana, offered(item(1), BEARER)).unwrap();
        assert_eq!((made.tickets.len(), made.done.len()), (1, 0));
    }
    for _ in 0..2 {
        let opened = open(&world, Some(BEARER), item(5)).unwrap();
        assert_eq!((opened.uses_left, opened.snapshot), (1, vec![2; 300]));
        let said = answer(&world, (item(5), item(6)), TicketDeed::Comment, 90);
        said.unwrap();
    }
    let listed = step(&ana, TicketStep::List { after: 0 }).unwrap();
    let deeds: Vec<TicketDeed> = listed.done.iter().map(|done| done.deed).collect();
    assert_eq!(deeds, [TicketDeed::Open, TicketDeed::Comment]);
    let after = listed.done[0].number;
    let rest = step(&ana, TicketStep::List { after }).unwrap();
    assert_eq!(rest.done, listed.done[1..]);
    for _ in 0..2 {
        let ended = step(&ana, TicketStep::End { ticket: item(1) }).unwrap();
        assert!(ended.tickets[0].ended_at.is_some());
    }
    assert_eq!(code(open(&world, Some(BEARER), item(5))), RefusalCode::TicketEnded);
    let trail = world.server.command(&["audit"]).unwrap();
    for action in ["make_ticket", "open_ticket", "answer_ticket", "end_ticket"] {
        assert_eq!(trail.matches(action).count(), 1, "{action}: {trail}");
    }
}

#[test]
fn whoever_has_no_link_learns_nothing() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let ben = world.bare_device(Role::Trainee, "Ben");
    make(&ana, offered(item(1), BEARER)).unwrap();
    step(&ana, TicketStep::End { ticket: item(1) }).unwrap();
    for stranger in [None, Some([8; 20]), Some(ana.token)] {
        assert_eq!(code(open(&world, stranger, item(5))), RefusalCode::TicketUnknown);
    }
    for id in [item(1), item(2)] {
        let ended = code(step(&ben, TicketStep::End { ticket: id }));
        assert_eq!(ended, RefusalCode::TicketUnknown, "another's is as if it were not there");
    }
    assert_eq!(step(&ben, TicketStep::List { after: 0 }).unwrap().tickets, []);
    let stolen = make(&ben, offered(item(1), [8; 20]));
    assert_eq!(code(stolen), RefusalCode::MalformedRequest);
    let same_bearer = make(&ben, offered(item(2), BEARER));
    assert_eq!(code(same_bearer), RefusalCode::MalformedRequest);
    let request = TicketRequest {
        protocol: PROTOCOL,
        nonce: [7; 8].into(),
        step: TicketStep::List { after: 0 },
    };
    let bearer: Result<TicketResponse, Refusal> =
        ana.wire().post(path::TICKETS, Some(&BEARER), &request);
    assert_eq!(code(bearer), RefusalCode::SignInNeeded, "a link is no account");
}

#[test]
fn a_holder_does_what_the_ticket_is_for_after_opening_it_and_no_more() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    make(&ana, offered(item(1), BEARER)).unwrap();
    let say = |id, deed, bytes| answer(&world, (item(5), id), deed, bytes);
    let unopened = say(item(6), TicketDeed::Comment, 90);
    assert_eq!(code(unopened), RefusalCode::MalformedRequest);
    open(&world, Some(BEARER), item(5)).unwrap();
    assert_eq!(code(say(item(6), TicketDeed::Endorse, 90)), RefusalCode::TicketNotForThat);
    assert_eq!(code(say(item(6), TicketDeed::Open, 90)), RefusalCode::MalformedRequest);
    assert_eq!(code(say(item(5), TicketDeed::Comment, 90)), RefusalCode::MalformedRequest);
    let long = say(item(6), TicketDeed::Comment, DEED_BYTES + 1);
    assert_eq!(code(long), RefusalCode::RequestTooLarge);
    say(item(6), TicketDeed::Comment, DEED_BYTES).unwrap();
    let of_answer = answer(&world, (item(6), item(7)), TicketDeed::Comment, 90);
    assert_eq!(code(of_answer), RefusalCode::MalformedRequest, "an answer is no visit");
    assert_eq!(code(open(&world, Some(BEARER), item(6))), RefusalCode::MalformedRequest);
    for number in 1..ANSWERS_OF_VISIT {
        say(numbered(number), TicketDeed::Comment, 90).unwrap();
    }
    let more = say(item(9), TicketDeed::Comment, 90).unwrap_err();
    assert_eq!(more.code, RefusalCode::TicketFull);
    assert!(more.message.contains("open the ticket once more"), "{}", more.message);
    say(numbered(1), TicketDeed::Comment, 90).expect("the same again is no more");
    open(&world, Some(BEARER), item(10)).unwrap();
    let of_another = answer(&world, (item(10), item(9)), TicketDeed::Comment, 90);
    of_another.expect("what one visit said takes nothing from another");
    assert_eq!(code(open(&world, Some(BEARER), item(11))), RefusalCode::TicketUsedUp);
    open(&world, Some(BEARER), item(5)).expect("who had it open can load it anew");
}

#[test]
fn a_ticket_takes_only_so_many_answers_of_all_its_visits() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    make(&ana, OfferedTicket { uses: MOST_USES, ..offered(item(1), BEARER) }).unwrap();
    let say = |number: u32| {
        let visit = numbered(1_000 + number / ANSWERS_OF_VISIT);
        open(&world, Some(BEARER), visit).unwrap();
        answer(&world, (visit, numbered(number)), TicketDeed::Comment, 90)
    };
    for number in 0..ANSWERS_AT_MOST {
        say(number).unwrap();
    }
    assert_eq!(code(say(ANSWERS_AT_MOST)), RefusalCode::TicketFull);
}

#[test]
fn a_ticket_out_of_bounds_is_refused_and_only_so_many_are_kept() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let good = || offered(item(1), BEARER);
    for wrong in [
        OfferedTicket { days: 0, ..good() },
        OfferedTicket { days: MOST_DAYS + 1, ..good() },
        OfferedTicket { uses: 0, ..good() },
        OfferedTicket { uses: MOST_USES + 1, ..good() },
        OfferedTicket { snapshot: Vec::new(), ..good() },
    ] {
        assert_eq!(code(make(&ana, wrong)), RefusalCode::MalformedRequest);
    }
    for large in [
        OfferedTicket { note: vec![1; NOTE_BYTES + 1], ..good() },
        OfferedTicket { snapshot: vec![1; SNAPSHOT_BYTES + 1], ..good() },
        OfferedTicket { snapshot: vec![1; SNAPSHOT_BYTES * 2], ..good() },
    ] {
        assert_eq!(code(make(&ana, large)), RefusalCode::RequestTooLarge);
    }
    let largest = OfferedTicket { snapshot: vec![1; SNAPSHOT_BYTES], ..good() };
    make(&ana, largest).unwrap();
    let made = |number: u32| {
        let mut bearer = [0; 20];
        bearer[..4].copy_from_slice(&number.to_be_bytes());
        make(&ana, offered(numbered(number), bearer))
    };
    for number in 1..OPEN_AT_MOST {
        made(number).unwrap();
    }
    assert_eq!(code(made(OPEN_AT_MOST)), RefusalCode::TicketFull);
    step(&ana, TicketStep::End { ticket: item(1) }).unwrap();
    made(OPEN_AT_MOST).expect("what was ended makes room");
    for number in 1..KEPT_AT_MOST {
        step(&ana, TicketStep::End { ticket: numbered(number) }).unwrap_or_else(|refusal| {
            panic!("{number}: {refusal:?}");
        });
        if number + OPEN_AT_MOST < KEPT_AT_MOST {
            made(number + OPEN_AT_MOST).unwrap();
        }
        if number + 1 > KEPT_AT_MOST - OPEN_AT_MOST {
            break;
        }
    }
    assert_eq!(code(made(KEPT_AT_MOST + 1)), RefusalCode::TicketFull, "ended ones count as well");
    world.clock.jump(DAY * 60);
    futures(enhance_server::tickets::work::clear(world.server.state()));
    made(KEPT_AT_MOST + 1).expect("those that ended long ago are forgotten");
}

#[test]
fn what_expired_is_destroyed_and_what_was_said_is_kept_for_a_month() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    make(&ana, offered(item(1), BEARER)).unwrap();
    open(&world, Some(BEARER), item(5)).unwrap();
    let clear = || futures(enhance_server::tickets::work::clear(world.server.state()));
    let rows = |sql: &str| -> i64 {
        let db = rusqlite::Connection::open(world.server.database()).unwrap();
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    world.clock.jump(DAY * 8);
    assert_eq!(code(open(&world, Some(BEARER), item(5))), RefusalCode::TicketExpired);
    clear();
    assert_eq!(rows("SELECT length(snapshot) FROM ticket"), 0);
    assert_eq!(step(&ana, TicketStep::List { after: 0 }).unwrap().done.len(), 1);
    world.clock.jump(DAY * 30);
    clear();
    let listed = step(&ana, TicketStep::List { after: 0 }).unwrap();
    assert_eq!((listed.tickets.len(), listed.done.len()), (0, 0));
    assert_eq!(rows("SELECT count(*) FROM ticket_deed"), 0);
    assert_eq!(code(open(&world, Some(BEARER), item(5))), RefusalCode::TicketUnknown);
}

#[test]
fn guesses_are_counted_by_their_address() {
    let world = World::builder().settings("[door]\nenrolments_by_address = 3\n").begin();
    for _ in 0..3 {
        assert_eq!(code(open(&world, Some([1; 20]), item(5))), RefusalCode::TicketUnknown);
    }
    assert_eq!(code(open(&world, Some([1; 20]), item(5))), RefusalCode::RateLimited);
    let trail = world.server.command(&["audit"]).unwrap();
    assert_eq!(trail.matches("ticket ticket_unknown").count(), 1, "{trail}");
}

#[test]
fn what_was_done_comes_in_pages() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let mut all = 0;
    for number in 1..=3_u8 {
        let bearer = [number; 20];
        make(&ana, OfferedTicket { uses: MOST_USES, ..offered(item(number), bearer) }).unwrap();
        for visit in 0..MOST_USES {
            open(&world, Some(bearer), numbered(visit)).unwrap();
            all += 1;
        }
    }
    let (mut after, mut read) = (0, 0);
    loop {
        let page = step(&ana, TicketStep::List { after }).unwrap();
        assert!(page.done.len() <= DEEDS_AT_ONCE as usize);
        read += page.done.len();
        let Some(last) = page.done.last().filter(|_| page.more) else { break };
        after = last.number;
    }
    assert_eq!(read, all);
}

#[test]
fn the_ticket_of_somebody_who_left_counts_as_ended() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    make(&ana, offered(item(1), BEARER)).unwrap();
    let to = world.folder().join("ana");
    let words = ["leaver", "Ana", "--yes", "--export-to", to.to_str().unwrap()];
    world.server.command(&words).unwrap();
    assert_eq!(code(open(&world, Some(BEARER), item(5))), RefusalCode::TicketEnded);
}

/// Does work of the server here and now.
fn futures<E: std::fmt::Debug>(work: impl Future<Output = Result<(), E>>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(work).unwrap();
}

/// A ticket to comment that was opened once, and its owner.
fn opened() -> (World, BareDevice) {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    make(&ana, offered(item(1), BEARER)).unwrap();
    open(&world, Some(BEARER), item(5)).unwrap();
    (world, ana)
}

/// A way to be refused with each of the codes of tickets.
pub(crate) fn refusals() -> Vec<(RefusalCode, fn() -> RefusalCode)> {
    vec![
        (RefusalCode::TicketUnknown, || {
            let (world, _) = opened();
            code(open(&world, Some([8; 20]), item(5)))
        }),
        (RefusalCode::TicketEnded, || {
            let (world, ana) = opened();
            step(&ana, TicketStep::End { ticket: item(1) }).unwrap();
            code(open(&world, Some(BEARER), item(5)))
        }),
        (RefusalCode::TicketExpired, || {
            let (world, _) = opened();
            world.clock.jump(DAY * 8);
            code(answer(&world, (item(5), item(6)), TicketDeed::Comment, 90))
        }),
        (RefusalCode::TicketUsedUp, || {
            let (world, _) = opened();
            open(&world, Some(BEARER), item(6)).unwrap();
            code(open(&world, Some(BEARER), item(7)))
        }),
        (RefusalCode::TicketNotForThat, || {
            let (world, _) = opened();
            code(answer(&world, (item(5), item(6)), TicketDeed::Endorse, 90))
        }),
        (RefusalCode::TicketFull, || {
            let (_world, ana) = opened();
            let made = (0..OPEN_AT_MOST).map(|number| {
                let mut bearer = [0; 20];
                bearer[..4].copy_from_slice(&number.to_be_bytes());
                make(&ana, offered(numbered(number), bearer))
            });
            code(made.collect::<Vec<_>>().pop().unwrap())
        }),
    ]
}
