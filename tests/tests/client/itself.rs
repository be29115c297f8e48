//! Syncing by itself, looked at from close by.

use enhance_client::{Clock, Conditions, Error, Stage};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{network::Weather, wait, world::World};

use crate::project_of_two;

#[tokio::test]
async fn what_is_written_goes_by_itself_and_at_once_when_the_network_is_back() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.network.forget();
    let keeping = trainee.keep_in_sync();
    wait::until_so("it syncs at the start", || trainee.network.attempts() > 0).await;
    trainee.write(project, Problem, "By itself.");
    let stored = || trainee.status(project).unwrap().stage == Stage::Stored;
    wait::until_so("the change is stored", stored).await;

    let offline = Conditions { online: false, ..Conditions::default() };
    trainee.set_conditions(offline);
    wait::until_so("it notices", || trainee.sync_state().unwrap().next_attempt.is_none()).await;
    trainee.network.forget();
    trainee.write(project, Problem, "By itself, without a network.");
    wait::a_moment().await;
    assert_eq!(trainee.network.attempts(), 0, "a dead network is not asked");
    assert_eq!(trainee.sync_state().unwrap().waiting_entries, 1);
    trainee.set_conditions(Conditions::default());
    wait::until_so("the change is stored", stored).await;

    drop(keeping);
    wait::a_moment().await;
    trainee.network.forget();
    trainee.set_conditions(offline);
    trainee.set_conditions(Conditions::default());
    wait::a_moment().await;
    assert_eq!(trainee.network.attempts(), 0, "it has stopped");
}

#[tokio::test]
async fn failures_are_told_and_the_next_attempt_is_known() {
    let world = World::new();
    let trainee = world.trainee().await;
    trainee.network.set(Weather::Down);
    let _keeping = trainee.keep_in_sync();
    let failed = || matches!(trainee.sync_state().unwrap().last_error, Some(Error::Offline { .. }));
    wait::until_so("the failure is told", failed).await;
    wait::until_so("the next attempt is known", || {
        let now = world.clock.now();
        let next = trainee.sync_state().unwrap().next_attempt;
        next.is_some_and(|next| next > now)
    })
    .await;
    assert_eq!(trainee.sync_state().unwrap().last_success, None);
}
