//! Little gets through, whoever refuses the rest; and servers whose answers lead nowhere.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use enhance_client::{Budget, Cancellation, Error, ListPage, Obstacle, Stage, SyncReport};
use enhance_model::{Epoch, change_project::Section::Problem, personal_record::EvidenceSource};
use enhance_protocol::{Cursor, Item, Nonce, ShortResponse};
use enhance_server::storage::{StorageError, Write};
use enhance_tests::{
    device::Device,
    network::{Impostor, Passage, Portal, Weather},
    world::World,
};

use crate::project_of_two;

/// A text of so many bytes that does not get smaller when it is packed.
fn noise(seed: u32, bytes: usize) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        char::from_u32(0x4e00 + state % 0x4000).unwrap_or('x')
    };
    (0..bytes / 3).map(letter).collect()
}

/// What a gateway says to a request that is too large for it: a page, or nothing at all.
fn gateways() -> Vec<Option<Portal>> {
    let page = |status| Some(Portal::page(status, "<html>Request Entity Too Large</html>"));
    vec![page(413), page(400), page(502), page(403), page(200), None]
}

fn stored(device: &Device) -> usize {
    let all = device.reflections(ListPage::ALL).unwrap();
    all.iter().filter(|one| device.status(one.id).unwrap().stage == Stage::Stored).count()
}

#[tokio::test]
async fn b1_requests_shrink_whoever_refuses_them_and_both_directions_go_on() {
    for says in gateways() {
        let world = World::new();
        let (phone, ben, project) = project_of_two(&world).await;
        for number in 0..12 {
            let id = phone.reflect(&format!("Night {number}"));
            phone.answer(id, &noise(number, 20_000));
        }
        ben.write(project, Problem, "From Ben.");
        ben.sync().await;
        phone.network.set(Weather::Narrow { most: 128 << 10, says: says.clone() });
        let report = phone.sync().await;
        assert_eq!((report.waiting, report.held, report.quarantined), (0, 0, 0), "{says:?}");
        assert_eq!(stored(&phone), 12, "{says:?}");
        assert_eq!(phone.section(project, Problem), "From Ben.", "{says:?}");
    }
}

#[tokio::test]
async fn b1_what_never_passes_is_shown_and_blocks_nothing_else() {
    for says in gateways() {
        let world = World::new();
        let (mut phone, ben, project) = project_of_two(&world).await;
        let large = phone.reflect("Too large for this network");
        phone.answer(large, &noise(1, 90_000));
        let small = phone.reflect("A short one");
        phone.answer(small, "It fits.");
        ben.write(project, Problem, "From Ben.");
        ben.sync().await;
        phone.network.set(Weather::Narrow { most: 40 << 10, says: says.clone() });
        let report = phone.sync().await;
        assert_eq!((report.held, report.quarantined), (1, 0), "{says:?}: {report:?}");
        let status = phone.status(large).unwrap();
        assert!(status.held && status.stage != Stage::Stored, "{says:?}: {status:?}");
        assert!(phone.held_by(large).unwrap().is_some());
        assert_eq!(phone.status(small).unwrap().stage, Stage::Stored, "{says:?}");
        assert_eq!(phone.section(project, Problem), "From Ben.", "{says:?}");
        let state = phone.sync_state().unwrap();
        assert_eq!((state.waiting_documents, state.held_documents), (1, 1), "{says:?}");
        assert_eq!(state.last_error, None, "{says:?}");

        // What is known of the way is known after a restart, and costs nothing again in the time
        // that an operating system gives. The reason is said all the same.
        phone.restart();
        phone.network.set(Weather::Narrow { most: 40 << 10, says: says.clone() });
        phone.network.forget();
        let report = in_the_background(&phone).await;
        assert_eq!((phone.network.attempts(), report.held), (1, 1), "{says:?}");
        assert!(report.held_by.is_some() && phone.status(large).unwrap().held, "{says:?}");

        // On another network it goes, hours later.
        phone.network.up();
        assert_eq!(in_the_background(&phone).await.held, 1, "{says:?}");
        world.clock.jump(Duration::from_secs(7 * 60 * 60));
        let report = in_the_background(&phone).await;
        assert_eq!((report.waiting, report.held, report.held_by), (0, 0, None), "{says:?}");
        let status = phone.status(large).unwrap();
        assert!(!status.held && status.stage == Stage::Stored, "{says:?}: {status:?}");
    }
}

/// A sync in the time that an operating system gives.
async fn in_the_background(phone: &Device) -> SyncReport {
    let budget = Budget { deadline: Some(Duration::from_secs(25)), ..Budget::default() };
    phone.core().sync(budget, &Cancellation::new(), &|_| ()).await.unwrap()
}

/// Somebody who asks does not wait for hours: they may have gone to another network.
#[tokio::test]
async fn b1_what_is_held_is_tried_once_more_when_a_person_asks_and_blocks_nothing_again() {
    for says in gateways() {
        let world = World::new();
        let (phone, ben, project) = project_of_two(&world).await;
        let large = phone.reflect("Too large for this network");
        phone.answer(large, &noise(1, 90_000));
        phone.network.set(Weather::Narrow { most: 40 << 10, says: says.clone() });
        assert_eq!(phone.sync().await.held, 1, "{says:?}");

        // On the same network it is held again, after one attempt, and said again; what was written
        // since goes both ways.
        let small = phone.reflect("A short one");
        phone.answer(small, "It fits.");
        ben.write(project, Problem, "From Ben.");
        ben.sync().await;
        for _ in 0..2 {
            phone.network.forget();
            let report = phone.sync().await;
            assert_eq!((report.held, report.quarantined), (1, 0), "{says:?}: {report:?}");
            assert!(report.held_by.is_some(), "{says:?}");
            assert!(phone.network.attempts() <= 5, "{says:?}: {}", phone.network.attempts());
            assert!(phone.status(large).unwrap().held, "{says:?}");
            assert_eq!(phone.status(small).unwrap().stage, Stage::Stored, "{says:?}");
            assert_eq!(phone.section(project, Problem), "From Ben.", "{says:?}");
        }

        // On another one it goes at once.
        phone.network.up();
        let report = phone.sync().await;
        assert_eq!((report.waiting, report.held, report.held_by), (0, 0, None), "{says:?}");
        assert_eq!(phone.status(large).unwrap().stage, Stage::Stored, "{says:?}");
    }
}

#[tokio::test]
async fn b1_a_line_that_breaks_once_holds_nothing() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.sync().await;
    let large = phone.reflect("A long night");
    phone.answer(large, &noise(7, 60_000));
    phone.network.next(Weather::CutRequest { after: 5_000 });
    let report = phone.sync().await;
    assert_eq!((report.held, report.waiting), (0, 0), "{report:?}");
    phone.network.down();
    phone.answer(large, &noise(8, 60_000));
    for _ in 0..3 {
        assert!(matches!(phone.try_sync().await.unwrap_err(), Error::Offline { .. }));
    }
    assert!(!phone.status(large).unwrap().held, "nothing gets through at all");
    phone.network.up();
    assert_eq!(phone.sync().await.waiting, 0);
}

#[tokio::test]
async fn b1_a_sync_that_gets_nowhere_ends_and_says_so() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.sync().await;
    // Its cursor moves and nothing comes; or it was restored once more each time it is asked.
    for is_restored_each_time in [false, true] {
        let asked = AtomicU64::new(1_000);
        phone.network.set(Weather::Answered(Impostor::new(move |request| {
            let number = asked.fetch_add(1, Ordering::SeqCst);
            let life = || Epoch::from_bytes([number.to_le_bytes()[0]; 16]);
            let cursor = Cursor { sequence: number, within: 0 };
            ShortResponse {
                cursor: Some(cursor),
                more: true,
                epoch: is_restored_each_time.then(life),
                begins_anew: is_restored_each_time,
                ..nothing(request.nonce)
            }
        })));
        ends(&phone).await;
    }
    // The same page for ever, each time with another number.
    let (asked, person) = (AtomicU64::new(5_000), phone.people().unwrap().remove(0));
    phone.network.set(Weather::Answered(Impostor::new(move |request| {
        let sequence = asked.fetch_add(1, Ordering::SeqCst);
        ShortResponse {
            cursor: Some(Cursor { sequence, within: 0 }),
            items: vec![Item::Person(person.clone())],
            more: true,
            ..nothing(request.nonce)
        }
    })));
    ends(&phone).await;
    // A cursor that goes back and then stands still.
    phone.network.set(Weather::Answered(Impostor::new(|request| ShortResponse {
        cursor: Some(Cursor::default()),
        more: true,
        ..nothing(request.nonce)
    })));
    ends(&phone).await;
}

async fn ends(phone: &Device) {
    phone.network.forget();
    let error = phone.try_sync().await.unwrap_err();
    let is_told = matches!(error, Error::Offline { obstacle: Obstacle::NoProgress, .. });
    assert!(is_told, "{error:?}");
    assert!(phone.network.attempts() < 20);
}

/// An answer that says nothing.
pub(super) fn nothing(nonce: Nonce) -> ShortResponse {
    ShortResponse {
        nonce,
        further: 0,
        outcomes: Vec::new(),
        received_at: None,
        cursor: None,
        items: Vec::new(),
        receipts: Vec::new(),
        send_again: Vec::new(),
        more: false,
        next_allowed_in_ms: 0,
        epoch: None,
        settings: None,
        heads: Vec::new(),
        archives: Vec::new(),
        archived: None,
        renew: Vec::new(),
        brought: Vec::new(),
        begins_anew: false,
    }
}

#[tokio::test]
async fn b1_an_attachment_goes_in_pieces_that_get_through() {
    const PHOTOGRAPH: &[u8] =
        include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
    for says in gateways() {
        let world = World::new();
        let phone = world.trainee().await;
        let mut photograph = PHOTOGRAPH.to_vec();
        let end = photograph.len() - 2;
        photograph.splice(end..end, vec![0x5a; 300_000]);
        let reflection = phone.reflect("The whiteboard");
        let of = EvidenceSource::Document(reflection);
        phone.attach(&of, "whiteboard.jpg", &photograph).unwrap();
        phone.network.set(Weather::Narrow { most: 40 << 10, says: says.clone() });
        let report = phone.sync().await;
        assert_eq!((report.uploaded, report.uploads_waiting), (1, 0), "{says:?}");
    }
}

/// A server whose disk is full is asked for little until it stores something, and for all then.
#[tokio::test]
async fn a_server_that_was_full_is_asked_for_little_first() {
    let world = World::new();
    let (phone, ..) = project_of_two(&world).await;
    let state = world.server.state();
    let room_for = async |pages: u32| {
        let room = move |write: &mut Write<'_>| {
            Ok::<_, StorageError>(write.db.pragma_update(None, "max_page_count", pages)?)
        };
        state.storage.write(room).await.unwrap();
    };
    room_for(1).await;
    for number in 0..12 {
        let id = phone.reflect(&format!("Night {number}"));
        phone.answer(id, &noise(number, 20_000));
    }
    let mut asked = Vec::new();
    for _ in 0..3 {
        phone.network.forget();
        let refused = phone.try_sync().await.unwrap_err();
        let Error::Offline { obstacle: Obstacle::ServerFull { retry_in }, .. } = refused else {
            panic!("{refused:?}");
        };
        assert!(retry_in >= Some(Duration::from_secs(60)));
        let recording = phone.network.recording();
        // The little may have found room, so that more was tried after it.
        asked.push(recording.passages.first().map_or(0, Passage::bytes_up));
    }
    assert!(asked[0] > 100_000 && asked[1..].iter().all(|bytes| *bytes < 30_000), "{asked:?}");
    room_for(1_000_000).await;
    let report = phone.sync().await;
    assert_eq!((report.waiting, stored(&phone)), (0, 12));
    assert!(report.round_trips < 6, "{report:?}");
}
