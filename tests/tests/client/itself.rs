use super::*;
use crate::{Conditions, Error, Stage};

#[tokio::test]
async fn what_is_written_goes_by_itself_and_at_once_when_the_network_is_back() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    trainee.network.requests();
    let keeping = trainee.keep_in_sync();
    until("it syncs at the start", || !trainee.network.requests().is_empty()).await;
    write_problem(&trainee, plan, "By itself.");
    let stored = || trainee.status(plan).unwrap().stage == Stage::Stored;
    until("the change is stored", stored).await;

    let offline = Conditions { online: false, ..Conditions::default() };
    trainee.set_conditions(offline);
    until("it notices", || trainee.sync_state().unwrap().next_attempt.is_none()).await;
    trainee.network.requests();
    write_problem(&trainee, plan, "By itself, without a network.");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(trainee.network.requests().len(), 0, "a dead network is not asked");
    assert_eq!(trainee.sync_state().unwrap().waiting_entries, 1);
    trainee.set_conditions(Conditions::default());
    until("the change is stored", stored).await;

    drop(keeping);
    tokio::time::sleep(Duration::from_millis(50)).await;
    trainee.network.requests();
    trainee.set_conditions(offline);
    trainee.set_conditions(Conditions::default());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(trainee.network.requests().len(), 0, "it has stopped");
}

#[tokio::test]
async fn failures_are_told_and_the_next_attempt_is_known() {
    let world = World::begin().await;
    let trainee = world.join(Role::Trainee, "Asha").await;
    trainee.network.is(Weather::Down);
    let _keeping = trainee.keep_in_sync();
    let failed = || matches!(trainee.sync_state().unwrap().last_error, Some(Error::Offline { .. }));
    until("the failure is told", failed).await;
    until("the next attempt is known", || {
        let now = trainee.environment().clock.now();
        let next = trainee.sync_state().unwrap().next_attempt;
        next.is_some_and(|next| next > now)
    })
    .await;
    assert_eq!(trainee.sync_state().unwrap().last_success, None);
}
