//! Somebody puts an older copy of the server's database in its place, by hand and without a word to
//! anybody. Phones notice, and what they hold is on the server again after they have synced once.

use std::path::PathBuf;

use enhance_client::{Budget, Cancellation, Stage};
use enhance_model::{
    change_project::Section::{Plan, Problem},
    personal_record::EvidenceSource,
};
use enhance_tests::{device::Device, world::World};

/// Bytes of an idle sync both ways that compares nothing, and of an epoch that was not known.
const IDLE_AFTER_A_START: u64 = 100;

/// When the database is copied: while the server runs, or between two runs of it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Copied {
    Running,
    Stopped,
}

fn copy(world: &mut World, copied: Copied) -> PathBuf {
    if copied == Copied::Running {
        return world.server.copy_database();
    }
    world.server.stop();
    let copy = world.server.copy_database();
    world.server.start_again();
    copy
}

/// Enough that the numbers of the server go past what anybody was told before.
async fn write_past(device: &Device) {
    for number in 0..20 {
        device.reflect(&format!("Written past, {number}"));
    }
    device.sync().await;
}

#[tokio::test]
async fn what_was_stored_after_the_copy_is_stored_again_however_far_others_came_meanwhile() {
    for (copied, is_overtaken) in
        [Copied::Running, Copied::Stopped].into_iter().flat_map(|one| [(one, true), (one, false)])
    {
        let mut world = World::new();
        let (ana, ben) = (world.trainee().await, world.supervisor().await);
        let cara = world.fellow().await;
        let project = world.shared_project(&ana, &[&ben]).await;
        let before = ana.reflect("Before the copy");
        world.settle(&[&ana, &ben, &cara]).await;
        let copy = copy(&mut world, copied);
        ana.append(project, Problem, "After the copy.");
        let after = ana.reflect("After the copy");
        ana.sync().await;
        assert_eq!(ana.status(after).unwrap().stage, Stage::Stored);

        world.server.put_database_back(&copy);
        if is_overtaken {
            write_past(&cara).await;
        }
        ana.sync().await;
        assert_eq!(ana.sync_state().unwrap().waiting_entries, 0);
        let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
        tablet.sync().await;
        let case = format!("{copied:?}, {is_overtaken}");
        for (reflection, title) in [(before, "Before the copy"), (after, "After the copy")] {
            let read = tablet.reflection(reflection);
            assert_eq!(read.unwrap_or_else(|_| panic!("{case}: {title}")).reflection.title, title);
        }
        world.settle(&[&ben, &ana, &tablet]).await;
        world.assert_text((project, Problem), &["After the copy."], &[&ben, &tablet]);
        world.assert_converged(project, &[&ana, &ben, &tablet]);
        assert_eq!(ana.quarantined().unwrap(), []);
    }
}

/// Another phone holds what was written by one that is gone, and brings it, though all that the
/// server told it since is what it did not write itself.
#[tokio::test]
async fn what_a_phone_only_read_after_the_copy_it_brings_as_well() {
    for copied in [Copied::Running, Copied::Stopped] {
        let mut world = World::new();
        let (ana, ben) = (world.trainee().await, world.supervisor().await);
        let cara = world.fellow().await;
        let project = world.shared_project(&ana, &[&ben]).await;
        world.settle(&[&ana, &ben, &cara]).await;
        let copy = copy(&mut world, copied);
        ana.append(project, Plan, "Ana's, after the copy.");
        world.settle(&[&ana, &ben]).await;
        let (owner, key) = (ana.person(), ana.recovery_key.clone().unwrap());
        drop(ana);

        world.server.put_database_back(&copy);
        write_past(&cara).await;
        ben.sync().await;
        let mut new_phone = world.device("Ana's new phone");
        new_phone.join(&world.server.invite_device(owner)).await;
        new_phone.use_recovery_key(&key).unwrap();
        new_phone.sync().await;
        world.assert_text((project, Plan), &["Ana's, after the copy."], &[&ben, &new_phone]);
        assert_eq!(ben.status(project).unwrap().stage, Stage::Stored);
    }
}

/// That a file is there is said beside the exchanges.
#[tokio::test]
async fn a_photograph_that_was_stored_after_the_copy_is_sent_again() {
    const PHOTOGRAPH: &[u8] =
        include_bytes!("../../../core/model/tests/golden/attachments/photograph.jpg");
    let mut world = World::new();
    let ana = world.trainee().await;
    let cara = world.fellow().await;
    let reflection = ana.reflect("The whiteboard");
    world.settle(&[&ana, &cara]).await;
    let of = EvidenceSource::Document(reflection);
    ana.attach(&of, "board.jpg", PHOTOGRAPH).unwrap();
    let metered = Budget { metered: true, ..Budget::default() };
    ana.core().sync(metered, &Cancellation::new(), &|_| {}).await.unwrap();
    // Its words are in the copy, and all that comes after it is the file.
    let copy = world.server.copy_database();
    ana.sync().await;
    assert_eq!(ana.sync_state().unwrap().attachments_stored, 1);

    world.server.put_database_back(&copy);
    write_past(&cara).await;
    let report = ana.sync().await;
    assert_eq!(report.uploaded, 1);
    let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
    tablet.sync().await;
    let id = tablet.attachments(&of).unwrap().remove(0).id;
    tablet.fetch_attachment(of, id, &Cancellation::new(), &|_| ()).await.unwrap();
}

#[tokio::test]
async fn a_start_of_the_server_makes_nobody_compare_anything() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    world.settle(&[&ana, &ben]).await;
    for night in 0..3 {
        ben.append(project, Problem, &format!("Night {night}."));
        ben.sync().await;
        world.server.stop();
        world.server.start_again();
        let report = ana.sync().await;
        assert_eq!((report.round_trips, report.pulled), (1, 1), "{report:?}");
        let idle = ben.sync().await;
        assert_eq!(idle.round_trips, 1);
        assert!(idle.bytes_up + idle.bytes_down < IDLE_AFTER_A_START, "{idle:?}");
    }
    assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);
}
