//! A document whose work the server has is kept as one piece. Nothing of what it says, who said it
//! and when is lost by that, and it can be offered again.

use enhance_client::Stage;
use enhance_model::{
    Right, Role,
    change_project::Section::{Plan, Problem},
};
use enhance_tests::{
    device::Device,
    world::{World, quarantine_holds},
};
use rusqlite::Connection;

/// A person with a device whose database can be looked into.
async fn plain(world: &World, role: Role, name: &str) -> Device {
    let mut device = world.plain_device(&format!("{name}'s phone"));
    device.join(&world.server.invite(role, name)).await;
    device
}

/// Entries with words in them that a device keeps one by one.
fn kept_one_by_one(device: &mut Device) -> u64 {
    device.close();
    let db = Connection::open(device.database()).unwrap();
    let sql = "SELECT count(*) FROM entry WHERE kind IN ('change', 'envelope')";
    let count = db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    drop(db);
    device.start();
    u64::try_from(count).unwrap()
}

#[tokio::test]
async fn what_was_folded_says_the_same_and_who_said_it() {
    let world = World::new();
    let (mut ana, ben) =
        (plain(&world, Role::Trainee, "Dr Ana Ruiz").await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    for word in ["It", "is", "dark"] {
        ana.append(project, Problem, word);
        world.settle(&[&ana, &ben]).await;
        ben.append(project, Problem, "(yes)");
        world.settle(&[&ben, &ana]).await;
    }
    let (history, authors) = (ana.history(project).unwrap(), ana.section_authors(project, Problem));
    let earlier = history[history.len() / 2].version.clone();
    let then = ana.project_at(project, &earlier).unwrap();

    world.clock.jump_days(1);
    ana.sync().await;
    assert_eq!(kept_one_by_one(&mut ana), 0);
    assert_eq!(ana.history(project).unwrap(), history);
    assert_eq!(ana.section_authors(project, Problem), authors);
    assert_eq!(ana.project_at(project, &earlier).unwrap(), then);
    assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);

    ben.append(project, Plan, "Lamps.");
    ana.append(project, Plan, "Light.");
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    world.assert_text((project, Plan), &["Lamps.", "Light."], &[&ana, &ben]);
}

#[tokio::test]
async fn a_folded_reflection_is_written_on_and_reaches_the_other_device() {
    let world = World::new();
    let mut ana = plain(&world, Role::Trainee, "Dr Ana Ruiz").await;
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let reflection = ana.reflect("A long night");
    for night in 0..20 {
        ana.answer(reflection, &format!("Night {night}"));
    }
    world.settle(&[&ana, &tablet]).await;
    assert_eq!(kept_one_by_one(&mut ana), 0, "so much is folded at once");
    ana.answer(reflection, "Night 20");
    world.settle(&[&ana, &tablet]).await;
    assert_eq!(tablet.answered(reflection), "Night 20");
    tablet.answer(reflection, "Night 21");
    world.settle(&[&tablet, &ana]).await;
    assert_eq!(ana.answered(reflection), "Night 21");
}

#[tokio::test]
async fn a_restored_server_gets_back_what_was_folded_of_a_project() {
    let mut world = World::new();
    let (mut ana, ben) =
        (plain(&world, Role::Trainee, "Dr Ana Ruiz").await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    world.settle(&[&ana, &ben]).await;
    let backup = world.server.backup();
    ana.append(project, Problem, "After the backup.");
    let new_project = ana.create_project("Begun after the backup", "env", "Clinic").unwrap();
    world.settle(&[&ana, &ben]).await;
    world.clock.jump_days(1);
    ana.sync().await;
    assert_eq!(kept_one_by_one(&mut ana), 0);

    world.server.restore(&backup);
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);
    let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
    tablet.sync().await;
    world.assert_text((project, Problem), &["After the backup."], &[&tablet, &ben]);
    assert_eq!(tablet.show(new_project).title, "Begun after the backup");
}

#[tokio::test]
async fn a_folded_project_is_stored_again_once_another_device_has_brought_what_was_lost() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let backup = world.server.backup();
    ben.append(project, Problem, "Ben's words.");
    world.settle(&[&ben, &ana]).await;
    world.clock.jump_days(1);
    world.settle(&[&ben, &ana]).await;
    world.server.restore(&backup);
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ben.status(project).unwrap().stage, Stage::Stored);
    assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);
}

/// Ben may only comment again when the server hears of his words once more, and it lost the key by
/// which it would recognise them.
#[tokio::test]
async fn folded_work_that_is_refused_after_a_restore_is_in_the_document_no_more() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[]).await;
    ana.append(project, Problem, "Ana's words.");
    ana.add_member(project, ben.person(), Right::Comment).unwrap();
    world.settle(&[&ana, &ben]).await;
    let backup = world.server.backup();
    world.let_edit(&ana, project, ben.person());
    world.settle(&[&ana, &ben]).await;
    ben.append(project, Plan, "Ben's words.");
    ben.sync().await;
    world.clock.jump_days(1);
    ben.sync().await;

    world.server.restore_without_receipts(&backup);
    world.settle(&[&ben]).await;
    assert!(quarantine_holds(&ben, "Ben's words."));
    assert_eq!(ben.section(project, Plan), "");
    assert!(ben.section(project, Problem).contains("Ana's words."));
    let item = ben.quarantined().unwrap()[0].id;
    world.settle(&[&ana, &ben]).await;
    ben.replay(item).unwrap();
    world.settle(&[&ben, &ana]).await;
    world.assert_text((project, Plan), &["Ben's words."], &[&ana, &ben]);
    world.assert_converged(project, &[&ana, &ben]);
}
