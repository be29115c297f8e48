//! A refusal says which request it answers, also one that comes before the request is read.

use std::io::Write;

use enhance_model::{RefusalCode, Role};
use enhance_protocol::{EnrolResponse, ExchangeRequest, Nonce, Offer, codec, encode, path};

use enhance_tests::{
    bare::{
        BareDevice,
        offers::{delete, envelope, reflection},
    },
    wait,
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
