//! Nobody presses a button: the app says when there is a network, and the core does the rest.

use enhance_client::{Conditions, Stage};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{wait, world::World};

const ONLINE: Conditions = Conditions { online: true, metered: false, foreground: true };
const OFFLINE: Conditions = Conditions { online: false, metered: false, foreground: true };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_without_a_network_goes_out_when_it_returns() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let plan = world.shared_plan(&ana, &[&ben]).await;
    ana.network.down();
    ana.network.forget();
    ana.set_conditions(OFFLINE);
    let keeping = ana.keep_in_sync();
    ana.write(plan, Problem, "Written in the lift.");
    tokio::time::sleep(wait::A_WHILE).await;
    assert_eq!(ana.status(plan).unwrap().stage, Stage::Saved);
    assert_eq!(ana.network.attempts(), 0, "a dead network is not asked");

    ana.network.up();
    ana.set_conditions(ONLINE);
    wait::until_async("the plan to be stored", || {
        (ana.status(plan).unwrap().stage == Stage::Stored).then_some(())
    })
    .await;
    assert!(ana.sync_state().unwrap().last_success.is_some());

    ana.append(plan, Problem, "And soon after a change.");
    wait::until_async("the change to be stored", || {
        (ana.status(plan).unwrap().stage == Stage::Stored).then_some(())
    })
    .await;
    drop(keeping);
    ben.sync().await;
    world.assert_converged(plan, &[&ana, &ben]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_network_is_tried_again_by_itself() {
    let world = World::new();
    let ana = world.trainee().await;
    ana.sync().await;
    ana.network.down();
    ana.set_conditions(ONLINE);
    let keeping = ana.keep_in_sync();
    let plan = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    wait::until_async("a failed attempt", || ana.sync_state().unwrap().last_error.map(drop)).await;
    ana.network.up();
    wait::until_async("the plan to be stored", || {
        (ana.status(plan).unwrap().stage == Stage::Stored).then_some(())
    })
    .await;
    drop(keeping);
}
