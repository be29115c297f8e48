//! Who comes in, before anything they say is worked on: cases G4 and G15 of `tests/CASES.md`.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use data_encoding::BASE64URL_NOPAD;
use enhance_model::{RefusalCode, Role};
use enhance_protocol::{EnrolResponse, Refusal, ShortResponse, decode, path};

use enhance_tests::{
    bare::{
        BareDevice,
        offers::{envelope, reflection},
    },
    wait,
    world::World,
};

pub fn world(door: &str) -> World {
    World::builder()
        .settings(&format!("[limits]\nrequests_per_minute = 1_000_000\n[door]\n{door}\n"))
        .begin()
}

pub fn connect(world: &World) -> TcpStream {
    let address = world.server.url().replace("http://", "");
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(wait::PATIENCE)).unwrap();
    stream
}

/// The head of an exchange that says how many bytes will come, with a token or without.
pub fn head(device: Option<&BareDevice>, bytes: usize) -> String {
    let token = device.map(|device| BASE64URL_NOPAD.encode(&device.token));
    let token = token.map_or(String::new(), |token| format!("authorization: Bearer {token}\r\n"));
    format!("POST {} HTTP/1.1\r\nhost: a\r\n{token}content-length: {bytes}\r\n\r\n", path::EXCHANGE)
}

/// The refusal that comes over a connection before it is closed or goes on.
pub fn refusal(mut stream: &TcpStream) -> Refusal {
    let mut heard = Vec::new();
    loop {
        let mut chunk = [0; 4_096];
        let read = stream.read(&mut chunk).unwrap();
        heard.extend_from_slice(&chunk[..read]);
        let end = heard.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(refusal) = end.and_then(|end| decode(&heard[end + 4..], 1 << 20).ok()) {
            return refusal;
        }
        assert!(read > 0, "closed after {:?}", String::from_utf8_lossy(&heard));
    }
}

/// Whether the other end closes a connection without an answer.
fn is_closed(mut stream: &TcpStream) -> bool {
    match stream.read(&mut [0; 1]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[test]
fn g4_whose_token_it_is_comes_before_what_they_say() {
    let world = world("pause_seconds = 1");
    let wire = world.server.wire();
    let page = b"<html>not a request at all</html>".to_vec();
    for token in [None, Some([9; 20])] {
        let refused = wire.post_bytes::<ShortResponse>(path::EXCHANGE, token.as_ref(), &page);
        assert_eq!(refused.unwrap_err().code, RefusalCode::SignInNeeded);
    }
    // Nothing is kept of a body that nobody sent, and it is not waited for.
    let mut stranger = connect(&world);
    stranger.write_all(head(None, 4 << 20).as_bytes()).unwrap();
    stranger.write_all(&vec![0; 100_000]).unwrap();
    let begun = Instant::now();
    assert_eq!(refusal(&stranger).code, RefusalCode::SignInNeeded);
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(world.server.state().held.bytes(), 0);
}

#[test]
fn g4_a_body_that_is_refused_is_not_waited_for() {
    let world = world("");
    let device = world.bare_device(Role::Trainee, "Asha");
    for (device, bytes, code) in [
        (None, 1_000, RefusalCode::SignInNeeded),
        (None, 9 << 20, RefusalCode::SignInNeeded),
        (Some(&device), 9 << 20, RefusalCode::RequestTooLarge),
    ] {
        let mut silent = connect(&world);
        silent.write_all(head(device, bytes).as_bytes()).unwrap();
        let begun = Instant::now();
        assert_eq!(refusal(&silent).code, code);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert!(is_closed(&silent));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}

#[test]
fn g4_whoever_sends_all_of_it_before_they_listen_hears_the_refusal() {
    let world = world("");
    let device = world.bare_device(Role::Trainee, "Asha");
    for (device, bytes, code) in [
        (None, 4 << 20, RefusalCode::SignInNeeded),
        (Some(&device), 6 << 20, RefusalCode::RequestTooLarge),
    ] {
        let mut sending = connect(&world);
        sending.write_all(head(device, bytes).as_bytes()).unwrap();
        for _ in 0..bytes >> 18 {
            sending.write_all(&vec![0; 1 << 18]).unwrap();
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(refusal(&sending).code, code);
    }
}

#[test]
fn g4_half_open_connections_end_and_others_come_in() {
    let world = world("connections = 4\nhead_seconds = 1");
    let device = world.bare_device(Role::Trainee, "Asha");
    let half_open: Vec<TcpStream> = (0..4).map(|_| connect(&world)).collect();
    for mut stream in &half_open {
        stream.write_all(b"POST /v1/exch").unwrap();
    }
    // Waits outside until there is a place.
    device.store(vec![reflection(50).1]);
    assert!(half_open.iter().all(is_closed));
}

#[test]
fn g4_half_open_connections_keep_nobody_out() {
    // Longer than anybody waits in a test: nothing gets free by itself.
    let world = world("connections = 20\nhead_seconds = 600");
    let device = world.bare_device(Role::Trainee, "Asha");
    let half_open: Vec<TcpStream> = (0..60).map(|_| connect(&world)).collect();
    for mut stream in &half_open {
        // Some were sent away by now.
        let _ = stream.write_all(b"POST /v1/exch");
    }
    let begun = Instant::now();
    for number in 50..60 {
        device.store(vec![reflection(number).1]);
    }
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(is_closed(&half_open[0]));
}

#[test]
fn g4_whoever_asks_again_at_once_waits_for_their_refusals() {
    let world = world("refusal_ms = 120");
    let mut stranger = connect(&world);
    let begun = Instant::now();
    for _ in 0..5 {
        stranger.write_all(head(None, 4).as_bytes()).unwrap();
        stranger.write_all(b"ENH1").unwrap();
        assert_eq!(refusal(&stranger).code, RefusalCode::SignInNeeded);
    }
    assert!(begun.elapsed() >= Duration::from_millis(5 * 120), "{:?}", begun.elapsed());
}

#[test]
fn g4_one_address_has_its_share_of_the_places() {
    let world = world("connections_by_address = 3\nproxies = []");
    let held: Vec<TcpStream> = (0..3).map(|_| connect(&world)).collect();
    let is_answered = |mut stream: TcpStream| {
        stream.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n").ok()?;
        (stream.read(&mut [0; 1]).ok()? == 1).then_some(())
    };
    assert!(is_closed(&connect(&world)));
    drop(held);
    wait::until("a place to be free", || is_answered(connect(&world)));
}

#[test]
fn g4_a_body_that_stops_coming_is_waited_for_no_longer_than_a_pause() {
    let world = world("pause_seconds = 1");
    let device = world.bare_device(Role::Trainee, "Asha");
    let mut slow = connect(&world);
    slow.write_all(head(Some(&device), 1_000).as_bytes()).unwrap();
    slow.write_all(b"ENH1").unwrap();
    assert_eq!(refusal(&slow).code, RefusalCode::Unavailable);
    wait::until("its bytes to be given back", || {
        (world.server.state().held.bytes() == 0).then_some(())
    });
}

#[test]
fn g4_bytes_of_requests_are_bounded_in_all() {
    let world = world("held_bytes = 100_000");
    let (asha, ben) =
        (world.bare_device(Role::Trainee, "Asha"), world.bare_device(Role::Trainee, "Ben"));
    let mut one = connect(&world);
    one.write_all(head(Some(&asha), 90_000).as_bytes()).unwrap();
    one.write_all(&vec![0; 80_000]).unwrap();
    wait::until("the first to be held", || {
        (world.server.state().held.bytes() == 80_000).then_some(())
    });
    let (id, creation) = reflection(50);
    let large = vec![creation.clone(), envelope(id, ben.id, 1, None, 60_000)];
    let refused = ben.try_exchange(&ben.request(large)).unwrap_err();
    assert_eq!(refused.code, RefusalCode::Unavailable);
    assert!(refused.retry_in_ms.is_some());
    // What fits beside it goes on, and what was held is free with the connection.
    ben.store(vec![creation]);
    drop(one);
    wait::until("it to be given back", || (world.server.state().held.bytes() == 0).then_some(()));
}

#[test]
fn g5_a_person_has_so_many_requests_under_way_and_others_are_not_in_their_way() {
    let world = world("requests_of_person = 2");
    let (asha, ben) =
        (world.bare_device(Role::Trainee, "Asha"), world.bare_device(Role::Trainee, "Ben"));
    let held: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut stream = connect(&world);
            stream.write_all(head(Some(&asha), 1_000).as_bytes()).unwrap();
            stream.write_all(b"ENH1").unwrap();
            stream
        })
        .collect();
    wait::until("both to be under way", || (world.server.state().held.bytes() == 8).then_some(()));
    let refused = asha.try_exchange(&asha.request(Vec::new())).unwrap_err();
    assert_eq!(refused.code, RefusalCode::RateLimited);
    ben.store(vec![reflection(50).1]);
    drop(held);
}

#[test]
fn g15_guesses_at_invitations_are_limited_and_one_row() {
    let world = world("enrolments_by_address = 5");
    let wire = world.server.wire();
    let rows = || world.server.command(&["audit"]).unwrap();
    let before = rows().lines().count();
    let guess = |number: u32| {
        let request = world.enrol_request(&format!("0000-0000-0000-0000-{number:04}"));
        let answer: Result<EnrolResponse, Refusal> = wire.post(path::ENROL, None, &request);
        answer.unwrap_err()
    };
    for number in 0..5 {
        assert_eq!(guess(number).code, RefusalCode::InvitationUnknown);
    }
    let limited = guess(6);
    assert_eq!(limited.code, RefusalCode::RateLimited);
    let trail = rows();
    assert_eq!(trail.lines().count(), before + 1, "{trail}");
    assert!(trail.contains("enrol invitation_unknown"), "{trail}");
    world.clock.jump(Duration::from_millis(limited.retry_in_ms.unwrap().into()));
    world.bare_device(Role::Trainee, "Asha");
}
