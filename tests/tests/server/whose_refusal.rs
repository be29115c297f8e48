//! A refusal says which request it answers, also one that comes before the request is read.

use std::io::Write;

use enhance_model::{RefusalCode, Role};
use enhance_protocol::{
    EnrolResponse, ExchangeRequest, IdentityRequest, IdentityResponse, Nonce, Offer, PROTOCOL,
    codec, encode, nonce_of_header, path,
};

use enhance_tests::{
    bare::{
        BareDevice,
        offers::{delete, envelope, reflection},
    },
    content, wait,
    world::World,
};

use crate::door::{connect, head, refusal, world};

/// Requests of which the first is sent as it is, the second packed, and the third in many pieces.
fn requests(device: &BareDevice) -> Vec<ExchangeRequest> {
    let (id, creation) = reflection(50);
    let alike: Vec<Offer> = (0..1_000).map(|_| delete(id)).collect();
    let large = vec![creation, envelope(id, device.id, 1, None, 300_000)];
    [Vec::new(), alike, large].map(|offers| device.request(offers)).into()
}

/// Every one of these requests is refused with this code and its own nonce.
fn each_is_refused(device: &BareDevice, requests: &[ExchangeRequest], code: RefusalCode) {
    for request in requests {
        assert_ne!(request.nonce, Nonce::default());
        let refusal = device.try_exchange(request).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.nonce),
            (code, request.nonce),
            "{}",
            request.offers.len()
        );
    }
}

#[test]
fn b2_a_refusal_before_the_body_is_read_repeats_the_nonce() {
    let world = world("enrolments_by_address = 1");
    let mut device = world.bare_device(Role::Trainee, "Asha");
    let all = requests(&device);
    let packed = encode(&all[1]).unwrap();
    assert!(packed.len() < 1_000, "it is packed");
    device.token = [9; 20];
    each_is_refused(&device, &all, RefusalCode::SignInNeeded);

    let guess = world.enrol_request("0000-0000-0000-0000-0001");
    let answer = world.server.wire().post::<_, EnrolResponse>(path::ENROL, None, &guess);
    let refusal = answer.unwrap_err();
    assert_eq!((refusal.code, refusal.nonce), (RefusalCode::RateLimited, guess.nonce));
}

#[test]
fn b2_a_refusal_for_want_of_room_or_of_turns_repeats_the_nonce() {
    let settings = "[limits]\nrequests_per_minute = 3\n";
    let world = World::builder().settings(settings).begin();
    let device = world.bare_device(Role::Trainee, "Asha");
    for _ in 0..3 {
        device.try_exchange(&device.request(Vec::new())).unwrap();
    }
    each_is_refused(&device, &requests(&device), RefusalCode::RateLimited);

    let settings = "[limits]\nrequest_bytes = 20_000\nrequests_per_minute = 1_000\n";
    let world = World::builder().settings(settings).begin();
    let device = world.bare_device(Role::Trainee, "Asha");
    // What is too large as it comes, and what is once it is unpacked.
    each_is_refused(&device, &requests(&device)[1..], RefusalCode::RequestTooLarge);

    let world = self::world("held_bytes = 2_000");
    let device = world.bare_device(Role::Trainee, "Asha");
    each_is_refused(&device, &requests(&device)[1..], RefusalCode::Unavailable);
}

#[test]
fn b2_a_body_that_stops_after_its_beginning_is_refused_with_its_nonce() {
    let world = world("pause_seconds = 1");
    let device = world.bare_device(Role::Trainee, "Asha");
    let request = &requests(&device)[2];
    let body = encode(request).unwrap();
    for (begun, nonce) in [(codec::UP_TO_FRONT, request.nonce), (4, Nonce::default())] {
        let mut slow = connect(&world);
        slow.write_all(head(Some(&device), body.len()).as_bytes()).unwrap();
        slow.write_all(&body[..begun]).unwrap();
        let refusal = refusal(&slow);
        assert_eq!((refusal.code, refusal.nonce), (RefusalCode::Unavailable, nonce), "{begun}");
    }
    wait::until("its bytes to be given back", || {
        (world.server.state().held.bytes() == 0).then_some(())
    });
}

#[test]
fn b2_a_refusal_of_what_has_no_body_repeats_the_nonce_in_its_head() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let device = world.bare_device(Role::Trainee, "Asha");
    let wire = world.server.wire();
    let file = "00".repeat(32);
    let mut number = 0;
    let mut refused = |path: &str, token: &[u8; 20]| {
        number += 1;
        let nonce = Nonce::new([number; 8]);
        let refusal = wire.refused(path, token, &nonce);
        assert_eq!(refusal.nonce, nonce, "{path}");
        refusal.code
    };
    for path in [
        &format!("{}/nosuch", path::PACKS),
        &format!("{}/{file}", path::FILES),
        &format!("{}/nonsense", path::FILES),
        &format!("{}/{file}", path::BLOBS),
        "/v1/nosuch",
        // What is there, and not to be asked for like this.
        path::EXCHANGE,
    ] {
        assert_eq!(refused(path, &device.token), RefusalCode::NotFound, "{path}");
    }
    for path in [&format!("{}/enhance", path::PACKS), path::DOORBELL] {
        assert_eq!(refused(path, &[9; 20]), RefusalCode::SignInNeeded, "{path}");
    }
    // What is none of ours is not repeated.
    for said in ["", "no", "0102030405060708090a", "ZZZZZZZZZZZZZZZZ"] {
        assert_eq!(nonce_of_header(said), None, "{said}");
    }
}

/// Whatever stands in an address, the answer is a refusal of ours, and one like any other.
#[test]
fn g16_an_address_of_nothing_is_refused_like_one_of_what_is_not_there() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let device = world.bare_device(Role::Trainee, "Asha");
    let wire = world.server.wire();
    let long = "x".repeat(20_000);
    let names = ["..%2f..%2fserver.db", "%00", "%ff", "%c3%28", "enhance%20", "ENHANCE", &long];
    for place in [path::PACKS, path::FILES, path::BLOBS] {
        for name in names {
            let nonce = Nonce::new([7; 8]);
            let refusal = wire.refused(&format!("{place}/{name}"), &device.token, &nonce);
            let said = (refusal.code, refusal.nonce);
            assert_eq!(said, (RefusalCode::NotFound, nonce), "{place}/{name:.20}");
        }
    }
}

/// Each costs a signature, and nobody has to say who they are.
#[test]
fn g15_who_asks_again_and_again_which_server_this_is_waits() {
    let world = world("enrolments_by_address = 2");
    let wire = world.server.wire();
    let ask = |number: u8| {
        let nonce = Nonce::new([number; 8]);
        let question = IdentityRequest { protocol: PROTOCOL, nonce };
        wire.post::<_, IdentityResponse>(path::IDENTITY, None, &question)
    };
    assert!(ask(1).is_ok() && ask(2).is_ok());
    let refusal = ask(3).unwrap_err();
    assert_eq!((refusal.code, refusal.nonce), (RefusalCode::RateLimited, Nonce::new([3; 8])));
    world.bare_device(Role::Trainee, "Asha");
}

/// Packs and films are larger than anything else that is asked for.
#[test]
fn g15_files_of_packs_are_counted_for_each_person() {
    let world = world("files_of_person_per_minute = 3");
    world.server.publish(&content::enhance());
    let (device, other) =
        (world.bare_device(Role::Trainee, "Asha"), world.bare_device(Role::Trainee, "Ben"));
    let second = world.another_bare_device(&device);
    let pack = format!("{}/{}", path::PACKS, content::PACK);
    for device in [&device, &second, &device] {
        assert_eq!(device.get(&pack, None).status, 200);
    }
    let wire = world.server.wire();
    for device in [&device, &second] {
        let refusal = wire.refused(&pack, &device.token, &Nonce::new([7; 8]));
        assert_eq!(refusal.code, RefusalCode::RateLimited);
        assert!(refusal.retry_in_ms.is_some_and(|wait| wait > 0 && wait <= 20_001));
    }
    assert_eq!(other.get(&pack, None).status, 200, "others are not in their way");
    assert!(device.try_exchange(&device.request(Vec::new())).is_ok(), "nor are other requests");
}
