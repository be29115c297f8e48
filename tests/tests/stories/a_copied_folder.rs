//! C2: a folder is put back from a backup, or copied to another phone. It notices, becomes a device
//! of its own, and nothing is refused, lost or doubled.

use std::path::PathBuf;

use enhance_client::{Cancellation, DraftField};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{content, device::Device, network::Weather, world::World};

/// The titles in the learning log, in order.
fn sessions(device: &Device) -> Vec<String> {
    let log = device.learning_log().unwrap();
    let mut titles: Vec<_> = log.sessions.into_iter().map(|view| view.session.title).collect();
    titles.sort();
    titles
}

fn backup_of(world: &World, device: &mut Device) -> PathBuf {
    let folder = world.folder().join("backup");
    device.close();
    device.copy_to(&folder);
    device.start();
    folder
}

async fn devices(device: &Device) -> Vec<String> {
    let devices = device.devices(&Cancellation::new()).await.unwrap();
    devices.into_iter().map(|one| one.name).collect()
}

/// Works on, puts the backup back by `put_back`, and works before the first sync.
async fn put_back_and_edited(put_back: impl FnOnce(&mut Device, &PathBuf)) {
    let world = World::new();
    let mut phone = world.trainee().await;
    let reflection = phone.reflect("Handover");
    phone.answer(reflection, "It went well.");
    phone.note_session("Before");
    phone.sync().await;
    let before = phone.id();
    let backup = backup_of(&world, &mut phone);
    phone.answer(reflection, "It went well. I was calm.");
    phone.note_session("After");
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    tablet.sync().await;
    tablet.note_session("On the tablet");
    tablet.sync().await;

    put_back(&mut phone, &backup);
    assert_eq!(sessions(&phone), ["Before"]);
    phone.answer(reflection, "So: It went well.");
    phone.note_session("On the old state");
    let fresh = phone.reflect("Begun on the old state");
    let report = phone.sync().await;
    assert_eq!((report.quarantined, report.waiting), (0, 0), "{report:?}");
    assert_eq!(phone.quarantined().unwrap(), Vec::new());
    world.settle(&[&phone, &tablet]).await;
    for device in [&phone, &tablet] {
        assert_eq!(sessions(device), ["After", "Before", "On the old state", "On the tablet"]);
        assert_eq!(device.answered(reflection), "So: It went well. I was calm.");
        assert_eq!(device.reflection(fresh).unwrap().reflection.title, "Begun on the old state");
    }
    assert_ne!(phone.id(), before, "it is another device");
    assert_eq!(devices(&phone).await.len(), 3);
    phone.note_session("Later");
    world.settle(&[&phone, &tablet]).await;
    assert_eq!(sessions(&tablet).len(), 5);
    assert_eq!(devices(&phone).await.len(), 3, "once is enough");
}

#[tokio::test]
async fn c2_an_older_backup_is_edited_before_the_first_sync_and_nothing_is_refused() {
    put_back_and_edited(|phone, backup| phone.put_back(backup)).await;
}

#[tokio::test]
async fn c2_a_database_written_over_in_its_file_notices_by_what_the_server_has() {
    put_back_and_edited(|phone, backup| phone.write_back(backup)).await;
}

/// The copy is taken while the app is open and something waits in it.
#[tokio::test]
async fn c2_a_folder_copied_to_a_second_phone_goes_on_as_two() {
    let world = World::new();
    let (phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;
    let reflection = phone.reflect("Handover");
    phone.answer(reflection, "Calm.");
    phone.sync().await;
    phone.note_session("Unsent when it was copied");
    phone.append(project, Problem, "Unsent.");
    let copy = world.copy_of(&phone, "the copy");
    assert_eq!(copy.id(), phone.id());

    phone.note_session("On the first");
    phone.answer(reflection, "Calm. And quick.");
    phone.append(project, Problem, "First.");
    copy.note_session("On the copy");
    copy.answer(reflection, "So: Calm.");
    copy.append(project, Problem, "Second.");
    for device in [&phone, &copy] {
        let report = device.sync().await;
        assert_eq!((report.quarantined, report.waiting), (0, 0), "{report:?}");
    }
    world.settle(&[&phone, &copy, &ben]).await;
    for device in [&phone, &copy] {
        assert_eq!(sessions(device), ["On the copy", "On the first", "Unsent when it was copied"]);
        assert_eq!(device.answered(reflection), "So: Calm. And quick.");
        assert_eq!(device.quarantined().unwrap(), Vec::new());
    }
    world.assert_text((project, Problem), &["Unsent.", "First.", "Second."], &[&phone, &ben]);
    assert_eq!(ben.section(project, Problem).matches("Unsent.").count(), 1);
    world.assert_converged(project, &[&phone, &copy, &ben]);
    assert_ne!(copy.id(), phone.id());
    assert_eq!(devices(&phone).await, ["Dr Ana Ruiz's phone", "Dr Ana Ruiz's phone 2"]);

    for (device, title) in [(&phone, "Again on the first"), (&copy, "Again on the copy")] {
        device.note_session(title);
    }
    world.settle(&[&phone, &copy]).await;
    assert_eq!(sessions(&phone), sessions(&copy));
    assert_eq!(sessions(&phone).len(), 5);
}

/// A sentence is only typed when the folder is copied. Both make a change of it before they hear of
/// each other, whichever syncs first; one of the two types on before.
async fn only_typed_and_copied(first_syncs: bool, typed_on: &str) {
    let world = World::new();
    let (phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;
    let reflection = phone.reflect("Handover");
    phone.answer(reflection, "It went well.");
    phone.append(project, Problem, "The ward is dark.");
    phone.sync().await;
    let answer = DraftField::Answer(content::PROMPT.to_owned());
    let problem = DraftField::Section(Problem);
    let (shown, seen) = (phone.reflection(reflection).unwrap(), phone.show(project));
    let said = |more: &str| format!("It went well. I was calm at last.{more}");
    let written = seen.sections[&Problem].clone() + " Nobody knows why it is.";
    let version = phone.project(project).unwrap().version;
    phone.autosave(reflection, &answer, &shown.version, &said("")).unwrap();
    phone.autosave(project, &problem, &version, &written).unwrap();
    let copy = world.copy_of(&phone, "the copy");
    phone.autosave(reflection, &answer, &shown.version, &said(typed_on)).unwrap();
    for device in [&phone, &copy] {
        device.settle(reflection).unwrap();
        device.settle(project).unwrap();
    }
    let order = if first_syncs { [&phone, &copy] } else { [&copy, &phone] };
    for device in order {
        device.sync().await;
    }
    world.settle(&[&phone, &copy, &ben]).await;
    for device in [&phone, &copy] {
        let answered = device.answered(reflection);
        assert_eq!(answered.matches("I was calm at last.").count(), 1, "{answered}");
        assert!(answered.starts_with("It went well.") && answered.contains(typed_on), "{answered}");
    }
    for device in [&phone, &copy, &ben] {
        assert_eq!(device.section(project, Problem), written);
    }
}

#[tokio::test]
async fn c2_what_was_only_typed_when_its_folder_was_copied_stands_once() {
    for first_syncs in [true, false] {
        for typed_on in ["", " And quick."] {
            Box::pin(only_typed_and_copied(first_syncs, typed_on)).await;
        }
    }
}

/// Nothing of the way out is told in an answer that is lost.
#[tokio::test]
async fn c2_a_copy_whose_answers_are_lost_becomes_one_device() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.note_session("Before");
    phone.sync().await;
    let copy = world.copy_of(&phone, "the copy");
    copy.note_session("On the copy");
    phone.network.set_for("/v1/devices", Weather::LOST_ANSWER);
    assert!(copy.try_sync().await.is_err());
    assert!(copy.try_sync().await.is_err());
    phone.network.up();
    assert_eq!(copy.sync().await.waiting, 0);
    world.settle(&[&phone, &copy]).await;
    assert_eq!(sessions(&phone), ["Before", "On the copy"]);
    assert_eq!(devices(&phone).await.len(), 2);
}

/// The token in the backup was replaced long ago. What is plain was written by another name and is
/// written anew.
#[tokio::test]
async fn c2_a_backup_with_a_token_that_was_replaced_goes_on() {
    let world = World::new();
    let (mut phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;
    phone.note_session("Before");
    phone.sync().await;
    let backup = backup_of(&world, &mut phone);
    for _ in 0..3 {
        world.clock.jump_days(40);
        phone.sync().await;
    }
    phone.note_session("After");
    phone.append(project, Problem, "After.");
    phone.sync().await;
    phone.put_back(&backup);
    phone.note_session("On the old state");
    phone.append(project, Problem, "Old.");
    let report = phone.sync().await;
    assert_eq!((report.quarantined, report.waiting), (0, 0), "{report:?}");
    assert_eq!(phone.quarantined().unwrap(), Vec::new());
    world.settle(&[&phone, &ben]).await;
    assert_eq!(sessions(&phone), ["After", "Before", "On the old state"]);
    world.assert_text((project, Problem), &["After.", "Old."], &[&phone, &ben]);
    world.assert_converged(project, &[&phone, &ben]);
}

/// A device that was signed out has no copies.
#[tokio::test]
async fn c2_a_copy_of_a_device_that_was_signed_out_is_not_let_in() {
    let world = World::new();
    let phone = world.trainee().await;
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    let copy = world.copy_of(&phone, "the copy");
    copy.note_session("On the copy");
    tablet.sign_out_device(phone.id(), &Cancellation::new()).await.unwrap();
    assert_eq!(copy.try_sync().await.unwrap_err(), enhance_client::Error::SignInNeeded);
    assert_eq!(sessions(&copy), ["On the copy"], "it stays readable");
}
