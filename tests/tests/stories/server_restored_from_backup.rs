//! The server's disk is lost and an older backup put back. Everything that a device holds is on the
//! server again after each device has synced once.

use enhance_client::Stage;
use enhance_model::change_project::Section::{Plan, Problem};
use enhance_tests::world::World;

#[tokio::test]
async fn after_one_sync_each_everything_acknowledged_is_back() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let reflection = ana.reflect("Before the backup");
    ana.write(project, Problem, "Before. ");
    world.settle(&[&ana, &ben]).await;
    let backup = world.server.backup();

    ana.append(project, Problem, "Ana's, after the backup.");
    let later = ana.reflect("After the backup");
    world.settle(&[&ana, &ben]).await;
    ben.append(project, Plan, "Ben's, after the backup.");
    let new_project = ana.create_project("Begun after the backup", "env", "Clinic").unwrap();
    world.let_edit(&ana, new_project, ben.person());
    world.settle(&[&ana, &ben]).await;

    world.server.restore(&backup);
    ana.sync().await;
    ben.sync().await;

    // A device that was never there shows what the server now holds.
    let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
    tablet.sync().await;
    world.assert_converged(project, &[&tablet, &ben]);
    world.assert_text((project, Problem), &["Before.", "Ana's, after the backup."], &[&tablet]);
    world.assert_text((project, Plan), &["Ben's, after the backup."], &[&tablet]);
    assert_eq!(tablet.reflection(reflection).unwrap().reflection.title, "Before the backup");
    assert_eq!(tablet.reflection(later).unwrap().reflection.title, "After the backup");
    assert_eq!(tablet.show(new_project).title, "Begun after the backup");

    world.settle(&[&ana, &ben, &tablet]).await;
    world.assert_converged(project, &[&ana, &ben, &tablet]);
    world.assert_converged(new_project, &[&ana, &ben, &tablet]);
}

#[tokio::test]
async fn what_was_taken_away_after_the_backup_is_taken_away_again() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let reflection = ana.reflect("Deleted later");
    world.settle(&[&ana, &ben]).await;
    let backup = world.server.backup();
    ana.remove_member(project, ben.person()).unwrap();
    ana.delete(reflection).unwrap();
    world.settle(&[&ana, &ben]).await;

    world.server.restore(&backup);
    world.settle(&[&ana, &ben]).await;
    assert!(ben.project(project).is_err(), "the revocation came back before the plan did");
    let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
    tablet.sync().await;
    assert!(tablet.reflection(reflection).is_err(), "the deletion came back too");
}

/// A server that lost its key of receipts as well recognises nothing that others bring, so what was
/// built on lost work waits on the phone until the lost work's author comes by. Other plans do not
/// wait.
#[tokio::test]
async fn without_the_key_of_receipts_work_built_on_lost_work_waits_for_its_authors_device() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let backup = world.server.backup();
    ben.append(project, Problem, "Ben's words.");
    world.settle(&[&ben, &ana]).await;
    ana.append(project, Problem, "Ana's on top of them.");
    ana.sync().await;
    world.server.restore_without_receipts(&backup);

    let report = ana.sync().await;
    assert!(report.waiting > 0 && report.not_brought > 0, "{report:?}");
    assert_ne!(
        ana.status(project).unwrap().stage,
        Stage::Stored,
        "the phone does not claim that it is safe"
    );
    let other = ana.create_project("Another plan", "env", "Clinic").unwrap();
    ana.sync().await;
    assert_eq!(ana.status(other).unwrap().stage, Stage::Stored);

    world.settle(&[&ben, &ana]).await;
    assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);
    world.assert_converged(project, &[&ana, &ben]);
    world.assert_text(
        (project, Problem),
        &["Ben's words.", "Ana's on top of them."],
        &[&ana, &ben],
    );
}
