//! A newer version of the app keeps more in a plan than this one knows. What this one does not
//! know stays, through edits, merges and restarts, and the newer one finds it again.

use enhance_model::change_project::Section::Problem;
use enhance_tests::{newer_app::NewerApp, world::World};

#[tokio::test]
async fn what_this_version_does_not_know_is_kept() {
    let world = World::new();
    let mut ana = world.trainee().await;
    let mut newer = NewerApp::enrol(&world, "Dr Eve Novak");
    ana.sync().await;
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    world.let_edit(&ana, project, newer.person());
    ana.write(project, Problem, "Known. ");
    ana.sync().await;

    newer.join(project);
    newer.pull();
    newer.put(project, "season", "winter");
    newer.push();
    ana.append(project, Problem, "Edited by one that knows less.");
    ana.sync().await;
    ana.restart();
    ana.append(project, Problem, "And again.");
    ana.sync().await;
    assert!(ana.section(project, Problem).ends_with("And again. "));
    assert!(ana.quarantined().unwrap().is_empty());

    newer.pull();
    assert_eq!(newer.get(project, "season").as_deref(), Some("winter"));
    assert!(newer.text(project, "problem").ends_with("And again. "));
}
