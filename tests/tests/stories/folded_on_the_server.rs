//! The server keeps a plan that rests as one piece. Who joins it late, comes with another phone, was
//! away for months or lost what the server lost reads the same as those who were there.

use enhance_client::Stage;
use enhance_model::{
    DocumentId, Right, Role,
    change_project::Section::{Plan, Problem},
};
use enhance_tests::{device::Device, world::World};
use rusqlite::Connection;

/// A plan that Ana and Ben wrote in for two years, folded on the server.
async fn two_years(world: &World, ana: &Device, ben: &Device) -> DocumentId {
    let project = world.shared_project(ana, &[ben]).await;
    for month in 0..24 {
        ana.append(project, Problem, &format!("Month {month}: four falls."));
        world.settle(&[ana, ben]).await;
        ben.append(project, Plan, &format!("Lamp {month}."));
        world.settle(&[ben, ana]).await;
        world.clock.jump_days(30);
    }
    ben.comment(project, "", "Well done.").unwrap();
    world.settle(&[ben, ana]).await;
    world.server.fold_everything();
    project
}

/// Changes that a database has one by one.
fn changes_in(database: &std::path::Path) -> i64 {
    let db = Connection::open(database).unwrap();
    let sql = "SELECT count(*) FROM entry WHERE kind = 'change'";
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_supervisor_who_joins_a_project_of_two_years_reads_all_of_it_and_who_wrote_what() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = two_years(&world, &ana, &ben).await;
    assert_eq!(changes_in(&world.server.database()), 0);
    let mut cara = world.plain_device("Cara's phone");
    cara.join(&world.server.invite(Role::Fellow, "Cara Lind")).await;
    ana.sync().await;
    world.let_edit(&ana, project, cara.person());
    world.settle(&[&ana, &cara]).await;

    world.assert_converged(project, &[&ana, &ben, &cara]);
    assert_eq!(cara.history(project).unwrap(), ana.history(project).unwrap());
    assert_eq!(cara.section_authors(project, Plan), ana.section_authors(project, Plan));
    assert_eq!(cara.project(project).unwrap().comments, ana.project(project).unwrap().comments);
    assert_eq!(cara.status(project).unwrap().stage, Stage::Stored);
    cara.close();
    assert_eq!(changes_in(&cara.database()), 0, "it came as one piece and is kept as one");
    cara.start();

    cara.append(project, Plan, "Cara's lamp.");
    ana.append(project, Plan, "Ana's lamp.");
    world.settle(&[&cara, &ana, &ben]).await;
    world.assert_text((project, Plan), &["Cara's lamp.", "Ana's lamp."], &[&ana, &ben, &cara]);
    world.assert_converged(project, &[&ana, &ben, &cara]);
}

#[tokio::test]
async fn another_phone_gets_projects_as_pieces_and_goes_on_with_them() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = two_years(&world, &ana, &ben).await;
    ana.append(project, Problem, "After the fold.");
    world.settle(&[&ana, &ben]).await;
    for owner in [&ana, &ben] {
        let tablet = world.trusted_device(owner, "a new tablet").await;
        world.settle(&[&tablet, &ana, &ben]).await;
        world.assert_converged(project, &[&ana, &tablet]);
        assert_eq!(tablet.history(project).unwrap(), ana.history(project).unwrap());
        let said = |device: &Device| {
            let comments = device.project(project).unwrap().comments.into_iter();
            comments.map(|view| view.comment).collect::<Vec<_>>()
        };
        assert_eq!(said(&tablet), said(&ana));
        tablet.append(project, Plan, "From the tablet.");
        world.settle(&[&tablet, &ana, &ben]).await;
        world.assert_converged(project, &[&ana, &ben, &tablet]);
    }
}

#[tokio::test]
async fn a_phone_that_was_away_for_months_brings_its_work_into_a_folded_project() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ben.network.down();
    ben.append(project, Plan, "Written on a ship.");
    for month in 0..20 {
        ana.append(project, Problem, &format!("Month {month}."));
        ana.sync().await;
        world.clock.jump_days(30);
    }
    world.server.fold_everything();
    ben.append(project, Problem, "Still at sea.");
    ben.network.up();
    world.settle(&[&ben, &ana]).await;
    world.assert_text((project, Plan), &["Written on a ship."], &[&ana, &ben]);
    world.assert_text((project, Problem), &["Month 19.", "Still at sea."], &[&ana, &ben]);
    world.assert_converged(project, &[&ana, &ben]);
    assert_eq!(ben.quarantined().unwrap(), []);
    assert_eq!(ana.history(project).unwrap(), ben.history(project).unwrap());
}

#[tokio::test]
async fn a_server_restored_to_before_a_fold_or_after_it_has_everything_again() {
    for is_folded_before in [true, false] {
        let mut world = World::new();
        let (ana, ben) = (world.trainee().await, world.supervisor().await);
        let project = world.shared_project(&ana, &[&ben]).await;
        ana.append(project, Problem, "Before.");
        world.settle(&[&ana, &ben]).await;
        if is_folded_before {
            world.server.fold_everything();
        }
        let backup = world.server.backup();
        ana.append(project, Problem, "After, by Ana.");
        ben.append(project, Plan, "After, by Ben.");
        world.settle(&[&ana, &ben]).await;
        world.server.fold_everything();
        world.clock.jump_days(1);
        world.settle(&[&ana, &ben]).await;

        world.server.restore(&backup);
        world.settle(&[&ana, &ben]).await;
        world.server.fold_everything();
        let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
        world.settle(&[&tablet, &ana, &ben]).await;
        world.assert_text((project, Problem), &["Before.", "After, by Ana."], &[&tablet, &ben]);
        world.assert_text((project, Plan), &["After, by Ben."], &[&tablet, &ana]);
        world.assert_converged(project, &[&ana, &ben, &tablet]);
        assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);
    }
}

#[tokio::test]
async fn who_is_let_in_again_has_the_folded_project_again_and_who_is_not_has_nothing() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = two_years(&world, &ana, &ben).await;
    ana.remove_member(project, ben.person()).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert!(ben.project(project).is_err());
    let tablet = world.trusted_device(&ben, "Ben's new tablet").await;
    world.settle(&[&tablet]).await;
    assert!(tablet.project(project).is_err());
    ana.add_member(project, ben.person(), Right::Edit).unwrap();
    world.settle(&[&ana, &ben, &tablet]).await;
    world.assert_converged(project, &[&ana, &ben, &tablet]);
    ana.delete_for_everybody(project).unwrap();
    world.settle(&[&ana, &ben, &tablet]).await;
    assert!(tablet.project(project).is_err() && ben.project(project).is_err());
}
