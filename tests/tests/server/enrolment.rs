//! Joining, with answers that get lost.

use std::time::Duration;

use enhance_model::{RefusalCode, Role};
use enhance_protocol::{
    EnrolRequest, EnrolResponse, InvitationRequest, InvitationResponse, Nonce, PROTOCOL, Refusal,
    path,
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
fn nobody_enrols_without_the_key_that_their_other_devices_need() {
    let world = World::new();
    let request = world.enrol_request(&world.server.invite(Role::Trainee, "Asha"));
    let empty = EnrolRequest { wrapped_account_key: Vec::new(), ..request.clone() };
    let refused: Result<EnrolResponse, Refusal> =
        world.server.wire().post(path::ENROL, None, &empty);
    assert_eq!(refused.unwrap_err().code, RefusalCode::MalformedRequest);
    let enrolled: Result<EnrolResponse, Refusal> =
        world.server.wire().post(path::ENROL, None, &request);
    assert_eq!(enrolled.unwrap().person.name, "Asha");
}

#[test]
fn b5_who_is_invited_once_more_after_a_lost_answer_is_who_they_became_with_the_first() {
    let world = World::new();
    let enrol = |request: &EnrolRequest| -> Result<EnrolResponse, Refusal> {
        world.server.wire().post(path::ENROL, None, request)
    };
    let [first, again, other, higher] = [
        (Role::Trainee, "Zoë Rao"),
        (Role::Trainee, "Zoe\u{308}  rao"),
        (Role::Trainee, "Ben"),
        (Role::Supervisor, "Zoë Rao"),
    ]
    .map(|(role, name)| world.server.invite(role, name));
    let request = world.enrol_request(&first);
    let lost = enrol(&request).unwrap();
    let with = |invitation: &str| EnrolRequest { invitation: invitation.into(), ..request.clone() };
    for not_theirs in [&other, &higher] {
        let refusal = enrol(&with(not_theirs)).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::InvitationOfAnother);
    }
    assert_eq!(enrol(&with(&again)).unwrap(), lost);
    assert_eq!(enrol(&with(&again)).unwrap(), lost, "however often it is asked");
    let people = world.server.command(&["people", "--json"]).unwrap();
    assert_eq!(people.matches("\"person\"").count(), 1, "{people}");
    let another_device = world.enrol_request(&again);
    assert_eq!(enrol(&another_device).unwrap_err().code, RefusalCode::InvitationUsed);
    assert_eq!(enrol(&world.enrol_request(&other)).unwrap().person.name, "Ben", "it stayed good");
}

#[test]
fn g15_a_person_has_so_many_devices_and_open_invitations_for_more_and_no_more() {
    let world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let invite = || {
        let request = InvitationRequest { protocol: PROTOCOL, nonce: Nonce::new([5; 8]) };
        let invited: InvitationResponse =
            world.server.wire().post(path::INVITATIONS, Some(&phone.token), &request).unwrap();
        world.clock.jump(Duration::from_millis(1));
        invited.invitation
    };
    let enrol = |invitation: &str| -> Result<EnrolResponse, Refusal> {
        world.server.wire().post(path::ENROL, None, &world.enrol_request(invitation))
    };
    let oldest = invite();
    let made: Vec<String> = (0..20).map(|_| invite()).collect();
    assert_eq!(enrol(&oldest).unwrap_err().code, RefusalCode::InvitationUnknown);
    let rows = world.server.command(&["invitations", "--all", "--json"]).unwrap();
    assert_eq!(rows.matches("\"open\"").count(), 16, "{rows}");
    enrol(made.last().unwrap()).unwrap();
    for _ in 2..64 {
        enrol(&invite()).unwrap();
    }
    let refusal = enrol(&invite()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::QuotaExceeded);
    assert!(refusal.message.contains("as many devices as one can have"), "{}", refusal.message);
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
