//! Two doctors use one tablet. Each has a folder; neither sees anything of the other.

use enhance_client::{Cancellation, Error, ListPage, SearchPage};
use enhance_model::Role;
use enhance_tests::{device::in_its_turn, traces, wait, world::World};

#[tokio::test]
async fn the_second_sees_nothing_of_the_first() {
    let world = World::new();
    let secret = world.chance.sentence();
    let first = world.trainee().await;
    let reflection = first.reflect(&secret);
    first.sync().await;
    let second = world.person(Role::Trainee, "Dr Dee Shah").await;
    second.sync().await;

    assert!(second.reflection(reflection).is_err());
    assert!(second.reflections(ListPage::default()).unwrap().is_empty());
    let needle = secret.split(' ').next().unwrap();
    assert!(second.search(needle, SearchPage::default()).unwrap().is_empty());
    assert!(!serde_json::to_string(&second.export().unwrap()).unwrap().contains(needle));
    assert!(traces::files_with(second.folder(), needle.as_bytes()).is_empty());
    assert!(!second.network.recording().contains(needle.as_bytes()));
}

#[tokio::test]
async fn one_folder_is_for_one_person_and_opens_with_its_own_key_only() {
    let world = World::new();
    let mut first = world.trainee().await;
    let invitation = world.server.invite(Role::Trainee, "Dr Dee Shah");
    let again =
        first.enrol(&first.server(), &invitation, "the same tablet", &Cancellation::new()).await;
    assert_eq!(again.unwrap_err(), Error::AlreadyEnrolled);

    let mut intruder = world.device_in(first.folder(), "the same folder with another key");
    assert_eq!(intruder.try_start().unwrap_err(), Error::InUse);
    first.close();
    let refused = wait::until("the folder to be free", || in_its_turn(intruder.try_start()));
    assert_eq!(refused.unwrap_err(), Error::WrongKey);
    first.start();
    assert_eq!(first.account().unwrap().unwrap().person.name, "Dr Ana Ruiz");
}
