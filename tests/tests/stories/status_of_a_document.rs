//! For every document a person can see how far it has come: saved here, sent, stored by the server,
//! seen by the supervisor.

use std::time::Duration;

use enhance_client::{Budget, Cancellation, Stage};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{network::Weather, wait, world::World};

#[tokio::test]
async fn saved_then_sent_then_stored_then_seen() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    assert!(ana.status(project).unwrap().seen_by.is_empty());

    ana.network.down();
    ana.write(project, Problem, "Falls happen at handover.");
    assert_eq!(ana.status(project).unwrap().stage, Stage::Saved);

    // The request is on its way, and the phone knows no more than that.
    ana.network.set(Weather::BlackHole);
    let cancellation = Cancellation::new();
    let seen_as_sent = wait::until_so("the request to go out", || {
        ana.status(project).unwrap().stage == Stage::Sent
    });
    let syncing = ana.core().sync(Budget::default(), &cancellation, &|_| {});
    tokio::select! {
        outcome = syncing => panic!("nothing answers, and yet: {outcome:?}"),
        () = seen_as_sent => {}
    }
    assert_ne!(ana.status(project).unwrap().stage, Stage::Stored);
    ana.network.up();

    ana.sync().await;
    assert_eq!(ana.status(project).unwrap().stage, Stage::Stored);

    ben.sync().await;
    ben.mark_seen(project).unwrap();
    world.settle(&[&ben, &ana]).await;
    let seen = ana.status(project).unwrap().seen_by;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].person.id, ben.person());
    assert!(seen[0].current, "he has seen it as it stands");

    ana.append(project, Problem, "And at night.");
    world.settle(&[&ana, &ben]).await;
    assert!(!ana.status(project).unwrap().seen_by[0].current, "he has not seen the newest words");
}

#[tokio::test]
async fn b1_what_was_seen_by_a_clock_that_was_years_ahead_is_seen_anew_once_it_is_right() {
    const YEARS: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    world.clock.jump(YEARS);
    ben.mark_seen(project).unwrap();
    world.clock.jump_back(YEARS);
    world.settle(&[&ben, &ana]).await;
    ana.write(project, Problem, "Falls happen at handover.");
    world.settle(&[&ana, &ben]).await;
    ben.mark_seen(project).unwrap();
    let sent = ben.sync().await;
    assert_eq!((sent.pushed, sent.duplicates), (1, 0));
    ana.sync().await;
    assert!(ana.status(project).unwrap().seen_by[0].current, "as it stands now");
    ben.mark_seen(project).unwrap();
    assert_eq!(ben.sync().await.pushed, 0, "once is enough");
}
