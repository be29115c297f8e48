//! The doorbell: who is told of what, and who is let in.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use data_encoding::BASE64URL_NOPAD;
use enhance_model::{DocumentId, RefusalCode, Right, Role};
use enhance_protocol::{
    Company, DeviceRequest, DeviceResponse, DeviceStep, DoorbellEvent, PROTOCOL, PresenceRequest,
    PresenceResponse, Refusal, Whereabouts,
    doorbell::{BEAT_SECONDS, EventReader},
    path,
};
use enhance_tests::{bare::BareDevice, wait, world::World};

/// One device that listens.
struct Ear {
    stream: TcpStream,
    reader: EventReader,
    heard: Vec<DoorbellEvent>,
}

impl Ear {
    /// Listens, and reads the head of the answer.
    fn of(world: &World, token: &[u8; 20]) -> Self {
        let (stream, head) = listen(world, token);
        assert!(head.starts_with("http/1.1 200"), "{head}");
        for said in ["text/event-stream", "no-store", "x-accel-buffering: no"] {
            assert!(head.contains(said), "{said} in {head}");
        }
        Self { stream, reader: EventReader::default(), heard: Vec::new() }
    }

    /// The next event, or none if the stream ends.
    #[track_caller]
    fn next(&mut self) -> Option<DoorbellEvent> {
        let mut some = [0; 1024];
        while self.heard.is_empty() {
            let bytes = self.stream.read(&mut some).unwrap();
            if bytes == 0 {
                return None;
            }
            // What is left out are the lengths of chunks, which look like fields without a name.
            self.heard.extend(self.reader.take(&some[..bytes]).unwrap());
        }
        Some(self.heard.remove(0))
    }

    #[track_caller]
    fn newest(&mut self) -> u64 {
        match self.next() {
            Some(DoorbellEvent::News { newest }) => newest,
            other => panic!("{other:?}"),
        }
    }

    /// Where everybody is, by the first byte of who they are.
    #[track_caller]
    fn company(&mut self) -> Vec<String> {
        match self.next() {
            Some(DoorbellEvent::Company(Company { guests, .. })) => {
                guests.iter().map(|guest| guest.place.to_string()).collect()
            }
            other => panic!("{other:?}"),
        }
    }
}

fn listen(world: &World, token: &[u8; 20]) -> (TcpStream, String) {
    let address = *world.server.upstream().lock().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let token = BASE64URL_NOPAD.encode(token);
    let head = format!(
        "GET {} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n",
        path::DOORBELL
    );
    stream.write_all(head.as_bytes()).unwrap();
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    (stream, String::from_utf8(head).unwrap().to_lowercase())
}

fn go(device: &BareDevice, world: &World, at: Option<(DocumentId, &str)>) -> Result<bool, Refusal> {
    let at = at.map(|(document, place)| Whereabouts { document, place: place.parse().unwrap() });
    let request = PresenceRequest { protocol: PROTOCOL, nonce: [7; 8].into(), at };
    let answer: PresenceResponse =
        world.server.wire().post(path::PRESENCE, Some(&device.token), &request)?;
    assert_eq!(answer.nonce, request.nonce);
    Ok(answer.told)
}

#[test]
fn it_rings_for_who_may_read_what_is_stored_and_says_at_once_what_is_newest() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let carl = world.bare_device(Role::Supervisor, "Carl");
    let mut ears = [&ana, &ben, &carl].map(|device| Ear::of(&world, &device.token));
    let before: Vec<u64> = ears.iter_mut().map(Ear::newest).collect();
    let mut project = ana.project("Falls");
    ana.store(project.offers());
    ana.lets_in(&ben, project.id, Right::Edit, 1);
    let newest = ears[1].newest();
    assert!(newest > before[1]);
    ana.store(vec![project.write("Two words")]);
    assert!(ears[1].newest() > newest);
    assert!(ears[0].newest() > before[0], "their other devices hear of it as well");
    let mut late = Ear::of(&world, &carl.token);
    let heard = late.newest();
    assert!(heard >= before[2]);
    assert!(ears[2].next().is_none(), "the same device listens anew");
}

#[test]
fn who_is_in_a_project_is_told_to_those_who_may_read_it_and_are_there() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let eve = world.bare_device(Role::Trainee, "Eve");
    let project = ana.project("Falls");
    ana.store(project.offers());
    ana.lets_in(&ben, project.id, Right::Edit, 1);
    assert_eq!(
        go(&ana, &world, Some((project.id, "aim"))),
        Ok(false),
        "who does not listen is nowhere"
    );
    let mut ears = [&ana, &ben, &eve].map(|device| Ear::of(&world, &device.token));
    for ear in &mut ears {
        ear.newest();
    }
    assert_eq!(go(&ana, &world, Some((project.id, "aim"))), Ok(true));
    assert_eq!(ears[0].company(), ["aim"]);
    assert_eq!(go(&ben, &world, Some((project.id, "problem"))), Ok(true));
    let mut there = ears[0].company();
    there.sort();
    assert_eq!(there, ["aim", "problem"]);
    for (device, document, place) in [
        (&eve, project.id, "aim"),
        (&eve, DocumentId::from_bytes([9; 16]), "aim"),
        (&ben, project.id, "answers/what"),
    ] {
        let refused = go(device, &world, Some((document, place))).unwrap_err();
        assert_eq!((refused.code, refused.nonce), (RefusalCode::NotFound, [7; 8].into()));
    }
    assert_eq!(go(&ben, &world, None), Ok(true));
    assert_eq!(ears[0].company(), ["aim"]);
}

#[test]
fn a_stranger_hears_nothing_and_where_too_many_listen_another_comes_again_later() {
    let world = World::builder().settings("[door]\nlisteners = 1\n").begin();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let (_, head) = listen(&world, &[9; 20]);
    assert!(head.starts_with("http/1.1 401"), "{head}");
    let one = Ear::of(&world, &ana.token);
    let ben = world.bare_device(Role::Supervisor, "Ben");
    let (_, head) = listen(&world, &ben.token);
    assert!(head.starts_with("http/1.1 429"), "{head}");
    drop(one);
    let let_in = || listen(&world, &ben.token).1.starts_with("http/1.1 200").then_some(());
    wait::until("the place of who is gone", let_in);
}

#[test]
fn a_device_that_is_signed_out_hears_the_end_at_once() {
    let world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let tablet = world.another_bare_device(&ana);
    let mut ear = Ear::of(&world, &tablet.token);
    ear.newest();
    let began = Instant::now();
    let step = DeviceStep::SignOut { device: tablet.id };
    let request = DeviceRequest { protocol: PROTOCOL, nonce: [7; 8].into(), step };
    let out: Result<DeviceResponse, Refusal> =
        world.server.wire().post(path::DEVICES, Some(&ana.token), &request);
    out.unwrap();
    while let Some(event) = ear.next() {
        assert!(matches!(event, DoorbellEvent::News { .. }), "{event:?}");
    }
    // With a beat it is looked once more whether a device is let in.
    assert!(began.elapsed() < Duration::from_secs(BEAT_SECONDS) / 2, "{:?}", began.elapsed());
}

#[test]
fn a_server_that_stops_does_not_wait_for_those_who_listen() {
    let mut world = World::new();
    let ana = world.bare_device(Role::Trainee, "Ana");
    let mut ear = Ear::of(&world, &ana.token);
    ear.newest();
    let began = Instant::now();
    world.server.stop();
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(ear.next().is_none());
}
