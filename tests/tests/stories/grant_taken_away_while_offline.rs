//! While a supervisor writes without a network, his right to a plan is taken away. The plan goes
//! from his phone; his own words stay his.

use enhance_client::{Error, SearchPage};
use enhance_model::change_project::Section::{Plan, Problem};
use enhance_tests::world::{World, quarantine_holds};

#[tokio::test]
async fn the_project_goes_and_his_own_words_stay_his() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "Ana's words about the ward.");
    world.settle(&[&ana, &ben]).await;

    ben.network.down();
    ben.append(project, Plan, "Ben's unsent proposal");
    ana.remove_member(project, ben.person()).unwrap();
    ana.sync().await;
    ben.network.up();
    let report = ben.sync().await;

    assert!(report.quarantined > 0);
    assert!(matches!(ben.project(project), Err(Error::Gone { .. })));
    assert!(ben.search("ward", SearchPage::default()).unwrap().is_empty());
    assert!(quarantine_holds(&ben, "Ben's unsent proposal"));
    assert!(!quarantine_holds(&ben, "Ana's words"), "only his own words are his");
    let export = serde_json::to_string(&ben.export().unwrap()).unwrap();
    assert!(export.contains("Ben's unsent proposal"));
    assert!(!export.contains("Ana's words"));

    world.settle(&[&ana, &ben]).await;
    assert_eq!(ana.section(project, Plan), "", "what he wrote after it never arrives");
    assert!(ana.readers(project).unwrap().iter().all(|reader| reader.person.id != ben.person()));

    let reflection = ben.reflect("On being taken off a plan");
    ben.sync().await;
    assert_eq!(
        ben.status(reflection).unwrap().stage,
        enhance_client::Stage::Stored,
        "his other work goes on"
    );
}

#[tokio::test]
async fn a_right_given_again_brings_the_whole_project_back() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.remove_member(project, ben.person()).unwrap();
    world.settle(&[&ana, &ben]).await;
    ana.write(project, Problem, "Written while he was away.");
    ana.sync().await;

    world.let_edit(&ana, project, ben.person());
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    ben.append(project, Plan, "Back again");
    world.settle(&[&ana, &ben]).await;
    world.assert_text((project, Plan), &["Back again"], &[&ana, &ben]);
}
