//! No button is pressed: the app says when there is a network, and the core does the rest.

use enhance_client::{Conditions, Stage};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{wait, world::World};

const ONLINE: Conditions = Conditions { online: true, metered: false, foreground: true };
const OFFLINE: Conditions = Conditions { online: false, metered: false, foreground: true };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_without_a_network_goes_out_when_it_returns() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.network.down();
    ana.network.forget();
    ana.set_conditions(OFFLINE);
    let keeping = ana.keep_in_sync();
    ana.write(project, Problem, "Written in the lift.");
    wait::a_while().await;
    assert_eq!(ana.status(project).unwrap().stage, Stage::Saved);
    assert_eq!(ana.network.attempts(), 0, "a dead network is not asked");

    ana.network.up();
    ana.set_conditions(ONLINE);
    wait::until_so("the plan to be stored", || ana.status(project).unwrap().stage == Stage::Stored)
        .await;
    assert!(ana.sync_state().unwrap().last_success.is_some());

    ana.append(project, Problem, "And soon after a change.");
    wait::until_so("the change to be stored", || {
        ana.status(project).unwrap().stage == Stage::Stored
    })
    .await;
    drop(keeping);
    ben.sync().await;
    world.assert_converged(project, &[&ana, &ben]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_network_is_tried_again_by_itself() {
    let world = World::new();
    let ana = world.trainee().await;
    ana.sync().await;
    ana.network.down();
    ana.set_conditions(ONLINE);
    let keeping = ana.keep_in_sync();
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    wait::until_so("a failed attempt", || ana.sync_state().unwrap().last_error.is_some()).await;
    ana.network.up();
    wait::until_so("the plan to be stored", || ana.status(project).unwrap().stage == Stage::Stored)
        .await;
    drop(keeping);
}
