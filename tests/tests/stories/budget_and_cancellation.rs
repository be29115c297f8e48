//! The phone's system gives the app seconds, or a person gives it a few kilobytes, or the person
//! presses stop. A sync ends there, everything is consistent, and the next one goes on.

use std::time::{Duration, Instant};

use enhance_client::{Budget, Cancellation, Error};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{network::Weather, world::World};

#[tokio::test]
async fn a_deadline_ends_a_sync_that_is_not_answered() {
    let world = World::new();
    let ana = world.trainee().await;
    ana.sync().await;
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    ana.network.set(Weather::BlackHole);
    let budget = Budget { deadline: Some(Duration::from_millis(400)), ..Budget::default() };
    let begun = Instant::now();
    let report = ana.core().sync(budget, &Cancellation::new(), &|_| {}).await;
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(report.is_err() || report.is_ok_and(|report| report.more || report.waiting > 0));

    ana.network.up();
    ana.write(project, Problem, "The app never waits for it.");
    ana.sync().await;
    let tablet = world.another_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    world.assert_converged(project, &[&ana, &tablet]);
}

#[tokio::test]
async fn a_few_kilobytes_at_a_time_bring_everything_in_the_end() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    for _ in 0..40 {
        let words: String = (0..40).map(|_| world.chance.sentence()).collect();
        ana.append(project, Problem, &words);
    }
    ana.sync().await;
    let budget = Budget { max_bytes: Some(20_000), ..Budget::default() };
    let first = ben.core().sync(budget, &Cancellation::new(), &|_| {}).await.unwrap();
    assert!(first.more, "{first:?}");
    assert!(first.bytes_down < 60_000, "{first:?}");
    assert_ne!(ben.section(project, Problem), ana.section(project, Problem));
    let mut rounds = 1;
    while ben.core().sync(budget, &Cancellation::new(), &|_| {}).await.unwrap().more {
        rounds += 1;
        assert!(rounds < 100, "every sync gets a little further");
    }
    world.assert_converged(project, &[&ana, &ben]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_sync_anywhere_leaves_everything_whole() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    for _ in 0..12 {
        ana.append(project, Problem, &world.chance.word());
        ana.network.next(Weather::Slow {
            before: Duration::from_millis(8),
            within: Duration::from_millis(8),
        });
        let cancellation = Cancellation::new();
        let stop = cancellation.clone();
        let after = Duration::from_millis(world.chance.below(40));
        let stopping = tokio::spawn(async move {
            tokio::time::sleep(after).await;
            stop.cancel();
        });
        let outcome = ana.core().sync(Budget::default(), &cancellation, &|_| {}).await;
        assert!(matches!(outcome, Ok(_) | Err(Error::Cancelled)), "{outcome:?}");
        stopping.await.unwrap();
    }
    ana.network.up();
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    assert_eq!(ben.section(project, Problem).split_whitespace().count(), 12);
}
