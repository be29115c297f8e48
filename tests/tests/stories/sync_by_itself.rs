//! No button is pressed: the app says when there is a network, and the core does the rest.

use std::time::{Duration, Instant};

use enhance_client::{Cancellation, Conditions, Error, Stage};
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_is_signed_out_on_another_says_so_before_anybody_writes_there() {
    let world = World::new();
    let ana = world.trainee().await;
    ana.sync().await;
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    tablet.set_conditions(ONLINE);
    let _keeping = tablet.keep_in_sync();
    let success = || tablet.sync_state().unwrap().last_success.is_some();
    wait::until_so("the tablet to be in sync", success).await;
    wait::a_while().await;

    let began = Instant::now();
    ana.sign_out_device(tablet.id(), &Cancellation::new()).await.unwrap();
    let failure = || tablet.sync_state().unwrap().last_error;
    wait::until_so("it to hear of that", || failure() == Some(Error::SignInNeeded)).await;
    // Without the doorbell the next exchange would tell, which is a minute later.
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
