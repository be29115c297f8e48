//! The server will not take an edit. It is put aside, readable and exportable, and everything
//! written after it goes its way.

use enhance_client::Stage;
use enhance_model::{
    RefusalCode,
    change_project::Section::{Plan, Problem},
};
use enhance_tests::world::{World, quarantine_holds};

#[tokio::test]
async fn one_refused_edit_stops_no_other() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Plan, "Agreed before. ");
    world.settle(&[&ana, &ben]).await;

    // The organisation lowers a limit while Ana is offline and cannot hear of it.
    ana.network.down();
    let long = format!("A long story: {}", "so many words ".repeat(20));
    ana.write(project, Problem, &long);
    let other = ana.create_project("Another plan", "env", "Clinic").unwrap();
    ana.write(other, Problem, "Short.");
    world.server.set("[limits]\ntext_chars = 200\n");
    ana.network.up();

    let report = ana.sync().await;
    assert_eq!(report.quarantined, 1);
    let quarantined = ana.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1);
    let item = ana.quarantined_item(quarantined[0].id).unwrap();
    assert_eq!(item.summary.code, RefusalCode::TextTooLong.as_str());
    assert!(item.summary.explanation.contains("too long"), "{}", item.summary.explanation);
    assert!(quarantine_holds(&ana, "A long story"));

    assert_eq!(ana.status(other).unwrap().stage, Stage::Stored);
    assert_eq!(ana.section(project, Problem), "", "the plan is what everybody has");
    ana.append(project, Plan, "Written after it.");
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    world.assert_text((project, Plan), &["Agreed before.", "Written after it."], &[&ben]);

    // The limit is raised again, and the edit is tried anew.
    world.server.set("[limits]\ntext_chars = 2000\n");
    ana.sync().await;
    ana.replay(quarantined[0].id).unwrap();
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    assert_eq!(ben.section(project, Problem), long);
    assert_eq!(
        ana.quarantined().unwrap().iter().filter(|item| item.resolved_at.is_none()).count(),
        0
    );
}
