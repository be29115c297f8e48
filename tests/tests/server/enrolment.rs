//! Joining, with answers that get lost.

use std::time::Duration;

use enhance_model::{RefusalCode, Role};
use enhance_protocol::{
    EnrolResponse, InvitationRequest, InvitationResponse, Nonce, PROTOCOL, Refusal, path,
};

use enhance_tests::{bare::offers::names, world::World};

#[test]
fn enrolling_again_after_a_lost_answer_has_the_same_answer() {
    let world = World::new();
    let invitation = world.server.invite(Role::Trainee, "Asha");
    let request = world.enrol_request(&invitation);
    let first: EnrolResponse = world.server.wire().post(path::ENROL, None, &request).unwrap();
    let again: EnrolResponse = world.server.wire().post(path::ENROL, None, &request).unwrap();
    assert_eq!(first, again);
    assert_eq!(first.person.name, "Asha");
    assert_eq!(first.person.devices, [request.device]);
    assert_eq!(first.wrapped_account_key, request.wrapped_account_key);
}

#[test]
fn another_device_or_another_token_cannot_use_the_same_invitation() {
    let world = World::new();
    let invitation = world.server.invite(Role::Trainee, "Asha");
    let first = world.enrol_request(&invitation);
    let _: EnrolResponse = world.server.wire().post(path::ENROL, None, &first).unwrap();
    let mut thief = first.clone();
    thief.token = [0xee; 20].into();
    for request in [world.enrol_request(&invitation), thief] {
        let refusal: Result<EnrolResponse, Refusal> =
            world.server.wire().post(path::ENROL, None, &request);
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.code, RefusalCode::InvitationUsed);
        assert_eq!(refusal.nonce, request.nonce);
    }
}

#[test]
fn an_invitation_is_good_for_two_weeks() {
    const MINUTE: Duration = Duration::from_secs(60);
    const ALMOST_TWO_WEEKS: Duration = Duration::from_secs((14 * 24 * 60 - 1) * 60);
    let world = World::new();
    let (early, late) =
        (world.server.invite(Role::Trainee, "Asha"), world.server.invite(Role::Fellow, "Ben"));
    world.clock.jump(ALMOST_TWO_WEEKS);
    world.enrol_bare_device(&early.to_lowercase());
    world.clock.jump(2 * MINUTE);
    let request = world.enrol_request(&late);
    let refused: Result<EnrolResponse, Refusal> =
        world.server.wire().post(path::ENROL, None, &request);
    assert_eq!(refused.unwrap_err().code, RefusalCode::InvitationExpired);
}

#[test]
fn a_second_device_gets_the_first_ones_account_key_and_who_knows_them_hears_of_it() {
    let world = World::new();
    let phone = world.bare_device(Role::Fellow, "Asha");
    let mut supervisor = world.bare_device(Role::Supervisor, "Dr Birch");
    assert_eq!(names(&supervisor.pull()), ["Asha", "Dr Birch"]);

    let request = InvitationRequest { protocol: PROTOCOL, nonce: Nonce::new([5; 8]) };
    let invited: InvitationResponse =
        world.server.wire().post(path::INVITATIONS, Some(&phone.token), &request).unwrap();
    assert_eq!(invited.nonce, request.nonce);
    let tablet = world.enrol_bare_device(&invited.invitation);
    assert_eq!(tablet.person.id, phone.person.id);
    assert_eq!(tablet.person.devices, [phone.id, tablet.id]);
    assert_eq!(tablet.enrolled.wrapped_account_key, phone.enrolled.wrapped_account_key);
    assert_eq!(names(&supervisor.pull()), ["Asha"]);
}

#[test]
fn neither_tokens_nor_invitation_codes_are_in_the_database() {
    let mut world = World::new();
    let invitation = world.server.invite(Role::Trainee, "Asha");
    let device = world.enrol_bare_device(&invitation);
    device.store(device.project("A plan").offers());
    world.server.stop();
    let database = std::fs::read(world.server.database()).unwrap();
    let letters = invitation.replace('-', "");
    for secret in [device.token.as_slice(), invitation.as_bytes(), letters.as_bytes()] {
        assert!(!database.windows(secret.len()).any(|window| window == secret));
    }
}
