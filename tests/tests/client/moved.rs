//! A server that forgot a device, moved, or has two names.

use enhance_client::{
    Cancellation, Errand, Error, HttpTransport, InputField, ListPage, Obstacle, Stage,
};
use enhance_model::{RefusalCode, Right, Role, change_project::Section::Problem};
use enhance_tests::{
    network::{Network, Weather},
    world::World,
};
use tempfile::TempDir;

use super::tls::enrol;
use crate::project_of_two;

#[tokio::test]
async fn b3_a_device_that_was_forgotten_is_enrolled_again_in_place() {
    // The backup is from before the person was enrolled, or from before the device was.
    for is_person_lost in [true, false] {
        let mut world = World::new();
        let ben = world.supervisor().await;
        let first = if is_person_lost { None } else { Some(world.trainee().await) };
        let backup = world.server.backup();
        let mut ana = match &first {
            Some(first) => world.trusted_device(first, "Ana's tablet").await,
            None => world.trainee().await,
        };
        let (person, device) = (ana.person(), ana.id());
        let project = world.shared_project(&ana, &[&ben]).await;
        ana.write(project, Problem, "Sent before.");
        let private = ana.reflect("Private");
        ana.answer(private, "Also sent before.");
        world.settle(&[&ana, &ben]).await;
        ben.write(project, Problem, "Sent before. And Ben's.");
        world.settle(&[&ben, &ana]).await;

        world.server.restore(&backup);
        ana.answer(private, "Also sent before. Written after.");
        assert_eq!(ana.try_sync().await.unwrap_err(), Error::SignInNeeded);
        assert_eq!(ana.sync_state().unwrap().last_error, Some(Error::SignInNeeded));

        let invitation = if is_person_lost {
            world.server.invite(Role::Trainee, &ana.account().unwrap().unwrap().person.name)
        } else {
            world.server.invite_device(person)
        };
        // The first answer is lost, which changes nothing.
        ana.network.set_for("/v1/enrol", Weather::LOST_ANSWER);
        assert!(matches!(ana.try_join(&invitation).await, Err(Error::Offline { .. })));
        ana.restart();
        ana.network.up();
        ana.join(&invitation).await;
        assert_eq!((ana.person(), ana.id()), (person, device));
        assert_ne!(ana.status(private).unwrap().stage, Stage::Stored, "nobody said so");
        assert_ne!(ana.status(project).unwrap().stage, Stage::Stored, "nobody said so");

        ana.sync().await;
        ben.sync().await;
        ana.sync().await;
        assert_eq!(ana.quarantined().unwrap(), []);
        assert_eq!(ana.sync_state().unwrap().waiting_entries, 0);
        for id in [private, project] {
            assert_eq!(ana.status(id).unwrap().stage, Stage::Stored);
        }
        let told = first.as_ref().unwrap_or(&ana);
        let again = world.trusted_device(told, "Ana's new phone").await;
        again.sync().await;
        assert_eq!(again.reflections(ListPage::ALL).unwrap().len(), 1);
        assert_eq!(again.section(project, Problem), "Sent before. And Ben's.");
        let comes_again = ana.join(&invitation).await;
        assert_eq!(comes_again.account.person.id, person);
    }
}

#[tokio::test]
async fn b3_another_persons_invitation_is_refused_with_words_and_stays_good() {
    let mut world = World::new();
    let ben = world.supervisor().await;
    let backup = world.server.backup();
    let mut ana = world.trainee().await;
    ana.sync().await;
    world.server.restore(&backup);
    assert_eq!(ana.try_sync().await.unwrap_err(), Error::SignInNeeded);
    let of_ben = world.server.invite_device(ben.person());
    let of_dee = world.server.invite(Role::Trainee, "Dr Dee Shah");
    for invitation in [&of_ben, &of_dee] {
        let error = ana.try_join(invitation).await.unwrap_err();
        let code = RefusalCode::InvitationOfAnother;
        assert!(
            matches!(&error, Error::Refused { code: found, .. } if *found == code),
            "{error:?}"
        );
        assert!(error.to_string().contains("another folder"), "{error}");
    }
    let mut dee = world.device("Dee's phone");
    assert_eq!(dee.join(&of_dee).await.account.person.name, "Dr Dee Shah");
    let name = ana.account().unwrap().unwrap().person.name;
    let of_ana = world.server.invite(Role::Trainee, &format!("  {}", name.to_uppercase()));
    ana.join(&of_ana).await;
    ana.sync().await;
}

#[tokio::test]
async fn b3_a_device_that_was_signed_out_comes_back_with_its_place() {
    let world = World::new();
    let mut ana = world.trainee().await;
    let reflection = ana.reflect("Before");
    ana.sync().await;
    let device = ana.id();
    world.server.command(&["devices", "--sign-out", &device.to_string()]).unwrap();
    assert_eq!(ana.try_sync().await.unwrap_err(), Error::SignInNeeded);
    let invitation = world.server.invite_device(ana.person());
    ana.join(&invitation).await;
    ana.answer(reflection, "Goes on.");
    let report = ana.sync().await;
    assert_eq!((report.waiting, report.quarantined), (0, 0), "{report:?}");
    assert_eq!(ana.id(), device);
}

#[tokio::test]
async fn b4_a_server_that_moved_is_found_where_it_is_and_no_other_is_taken_for_it() {
    let world = World::new();
    let (ana, _ben, project) = project_of_two(&world).await;
    let cancel = Cancellation::new();
    let elsewhere = Network::to(world.server.upstream()).unwrap();
    ana.network.down();
    ana.write(project, Problem, "Written meanwhile.");
    ana.try_sync().await.unwrap_err();

    let stranger = World::new();
    let before = ana.account().unwrap().unwrap().server;
    let error = ana.core().set_server(&stranger.server.url(), &cancel).await.unwrap_err();
    let (obstacle, errand) = (Obstacle::AnotherServer, Errand::Moving);
    assert_eq!(error, Error::Offline { obstacle, errand, cause: None });
    elsewhere.down();
    let error = ana.core().set_server(&elsewhere.url(), &cancel).await.unwrap_err();
    assert!(error.to_string().ends_with("the address stays as it was"), "{error}");
    let plain = ana.core().set_server("http://enhance.example.org", &cancel).await.unwrap_err();
    assert!(matches!(plain, Error::InvalidInput { field: InputField::Server, .. }));
    assert_eq!(ana.account().unwrap().unwrap().server, before);

    elsewhere.up();
    let account = ana.core().set_server(&format!("{}/", elsewhere.url()), &cancel).await.unwrap();
    assert_eq!(account.server, elsewhere.url());
    assert_eq!(ana.sync_state().unwrap().last_error, None);
    assert_eq!(ana.sync().await.waiting, 0);
    let heard = elsewhere.recording().passages;
    assert!(heard.len() >= 2, "who it is, and then an exchange");
    let first = String::from_utf8_lossy(&heard[0].request).to_lowercase();
    assert!(!first.contains("authorization"), "no token goes where somebody else may be");
}

#[tokio::test]
async fn b5_an_enrolment_asked_again_under_another_name_makes_one_person() {
    let world = World::new();
    let invitation = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    let network = Network::to(world.server.upstream()).unwrap();
    let folder = TempDir::new().unwrap();
    network.set_for("/v1/enrol", Weather::LOST_ANSWER);
    let url = network.url();
    let ask = async |url: &str, invitation: &str| {
        enrol(folder.path(), HttpTransport::new(), url, invitation).await
    };
    assert!(matches!(ask(&url, &invitation).await.unwrap_err(), Error::Offline { .. }));
    network.up();
    let other_name = url.replace("127.0.0.1", "localhost");
    let joined = ask(&other_name, &invitation.to_lowercase()).await.unwrap();
    assert_eq!(joined.account.server, other_name);
    let key = joined.recovery_key.unwrap().to_string();
    let again = ask(&url, &invitation).await.unwrap();
    assert_eq!(again.recovery_key.unwrap().to_string(), key);
    assert_eq!(again.account, joined.account);

    let ben = world.supervisor().await;
    ben.sync().await;
    let people = world.server.command(&["people"]).unwrap();
    assert_eq!(people.matches("Dr Ana Ruiz").count(), 1, "{people}");
    ben.add_person(joined.account.person.id, &Cancellation::new()).await.unwrap();
    let project = ben.create_project("Falls", "sys", "Ward 7").unwrap();
    ben.add_member(project, joined.account.person.id, Right::Read).unwrap();
    assert_eq!(ben.sync().await.quarantined, 0);
}
