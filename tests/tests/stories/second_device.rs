//! A trainee has a phone and a tablet. With the recovery key the tablet reads what is private;
//! without it, it says so and shows the rest.

use enhance_client::{Error, PrivateAccess};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{content, world::World};

#[tokio::test]
async fn with_the_recovery_key_both_devices_read_and_write_private_entries() {
    let world = World::new();
    let phone = world.trainee().await;
    let reflection = phone.reflect("Handover");
    phone.answer(reflection, "It went well.");
    phone.note_session("On the phone");
    phone.sync().await;

    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    tablet.sync().await;
    assert_eq!(tablet.account().unwrap().unwrap().private_access, PrivateAccess::Open);
    assert_eq!(tablet.answered(reflection), "It went well.");

    for (device, text) in [(&phone, "It went well, mostly."), (&tablet, "So: It went well.")] {
        device.answer(reflection, text);
    }
    world.settle(&[&phone, &tablet]).await;
    assert_eq!(phone.answered(reflection), tablet.answered(reflection));
    assert_eq!(phone.answered(reflection), "So: It went well, mostly.");
}

#[tokio::test]
async fn without_it_the_tablet_says_so_and_shows_the_rest() {
    let world = World::new();
    let phone = world.trainee().await;
    let reflection = phone.reflect("Handover");
    let project = phone.create_project("Falls", "sys", "Ward 7").unwrap();
    phone.write(project, Problem, "Too many.");
    phone.sync().await;

    let tablet = world.another_device(&phone, "Ana's tablet").await;
    tablet.sync().await;
    assert_eq!(tablet.account().unwrap().unwrap().private_access, PrivateAccess::RecoveryKeyNeeded);
    assert_eq!(tablet.reflection(reflection).unwrap_err(), Error::RecoveryKeyNeeded);
    let refused = tablet.create_reflection(content::TEMPLATE, "New", None);
    assert_eq!(refused.unwrap_err(), Error::RecoveryKeyNeeded);
    assert_eq!(tablet.section(project, Problem), "Too many.");

    let typo = tablet.use_recovery_key("AAAA-BBBB-CCCC");
    assert!(matches!(typo, Err(Error::InvalidInput { .. })));
    let key = phone.recovery_key.clone().unwrap().to_lowercase().replace('-', " ");
    tablet.use_recovery_key(&key).unwrap();
    assert_eq!(tablet.reflection(reflection).unwrap().reflection.title, "Handover");
}

/// Two devices that never met both start the personal record. It is one record in the end.
#[tokio::test]
async fn two_devices_that_start_the_record_apart_have_one_record() {
    let world = World::new();
    let phone = world.trainee().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    phone.note_session("On the phone");
    tablet.note_session("On the tablet");
    world.settle(&[&phone, &tablet]).await;

    for device in [&phone, &tablet] {
        let log = device.learning_log().unwrap();
        let mut titles: Vec<_> = log.sessions.iter().map(|view| &view.session.title).collect();
        titles.sort();
        assert_eq!(titles, ["On the phone", "On the tablet"], "{}", device.name());
    }
}
