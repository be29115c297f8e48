//! Joining, with answers that get lost.

use enhance_model::{RefusalCode, Role};
use enhance_protocol::{
    EnrolResponse, InvitationRequest, InvitationResponse, Nonce, PROTOCOL, Refusal, path,
};

use crate::world::{World, names};

#[tokio::test(flavor = "multi_thread")]
async fn enrolling_again_after_a_lost_answer_has_the_same_answer() {
    let mut world = World::new().await;
    let invitation = world.invite("Asha", Role::Trainee);
    let request = world.enrol_request(&invitation);
    let first: EnrolResponse = world.post(path::ENROL, None, &request).await.unwrap();
    let again: EnrolResponse = world.post(path::ENROL, None, &request).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(first.person.name, "Asha");
    assert_eq!(first.person.devices, [request.device]);
    assert_eq!(first.wrapped_account_key, request.wrapped_account_key);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_device_or_another_token_cannot_use_the_same_invitation() {
    let mut world = World::new().await;
    let invitation = world.invite("Asha", Role::Trainee);
    let first = world.enrol_request(&invitation);
    let _: EnrolResponse = world.post(path::ENROL, None, &first).await.unwrap();
    let mut thief = first.clone();
    thief.token = [0xee; 32].into();
    for request in [world.enrol_request(&invitation), thief] {
        let refusal: Result<EnrolResponse, Refusal> = world.post(path::ENROL, None, &request).await;
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.code, RefusalCode::InvitationUsed);
        assert_eq!(refusal.nonce, request.nonce);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_good_for_two_weeks() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let mut world = World::new().await;
    let (early, late) = (world.invite("Asha", Role::Trainee), world.invite("Ben", Role::Fellow));
    world.sleep(14 * DAY - 60_000);
    world.enrol(&early.to_lowercase()).await;
    world.sleep(120_000);
    let request = world.enrol_request(&late);
    let refused: Result<EnrolResponse, Refusal> = world.post(path::ENROL, None, &request).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::InvitationExpired);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_gets_the_first_ones_account_key_and_everybody_hears_of_it() {
    let mut world = World::new().await;
    let phone = world.join("Asha", Role::Trainee).await;
    let mut supervisor = world.join("Dr Birch", Role::Supervisor).await;
    assert_eq!(names(&supervisor.pull(&world).await), ["Asha", "Dr Birch"]);

    let request = InvitationRequest { protocol: PROTOCOL, nonce: Nonce::new([5; 16]) };
    let invited: InvitationResponse =
        world.post(path::INVITATIONS, Some(phone.token), &request).await.unwrap();
    assert_eq!(invited.nonce, request.nonce);
    let tablet = world.enrol(&invited.invitation).await;
    assert_eq!(tablet.person.id, phone.person.id);
    assert_eq!(tablet.person.devices, [phone.id, tablet.id]);
    assert_eq!(tablet.enrolled.wrapped_account_key, phone.enrolled.wrapped_account_key);
    assert_eq!(names(&supervisor.pull(&world).await), ["Asha"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_tokens_nor_invitation_codes_are_in_the_database() {
    let mut world = World::new().await;
    let invitation = world.invite("Asha", Role::Trainee);
    let device = world.enrol(&invitation).await;
    device.store(&world, device.plan("A plan").offers()).await;
    world.stop().await;
    let database = std::fs::read(world.data().join("server.db")).unwrap();
    let letters = invitation.replace('-', "");
    for secret in [device.token.as_slice(), invitation.as_bytes(), letters.as_bytes()] {
        assert!(!database.windows(secret.len()).any(|window| window == secret));
    }
}
