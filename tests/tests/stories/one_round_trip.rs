//! However much there is on a phone, a sync is one round trip and as many bytes as there is news.

use enhance_model::change_project::Section::Problem;
use enhance_tests::{network::Passage, world::World};

const PROJECTS: usize = 120;

/// What an exchange costs that brings nothing: token, nonce, cursor and the frame around them.
const IDLE: u64 = 160;

/// What a change of a few words costs on top.
const A_FEW_WORDS: u64 = 450;

#[tokio::test]
async fn an_idle_sync_and_one_change_among_many_documents_cost_next_to_nothing() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    for number in 1..PROJECTS {
        ana.create_project(&format!("Plan {number}"), "sys", "Ward 7").unwrap();
    }
    world.settle(&[&ana, &ben]).await;

    ana.network.forget();
    let idle = ana.sync().await;
    assert_eq!(idle.round_trips, 1);
    assert!(idle.bytes_up < IDLE && idle.bytes_down < IDLE, "{idle:?}");

    ana.write(project, Problem, "A few words.");
    let up = ana.sync().await;
    assert_eq!((up.round_trips, up.pushed), (1, 1));
    assert!(up.bytes_up < IDLE + A_FEW_WORDS && up.bytes_down < IDLE + 100, "{up:?}");

    let down = ben.sync().await;
    assert_eq!((down.round_trips, down.pulled), (1, 1));
    assert!(down.bytes_down < IDLE + A_FEW_WORDS, "{down:?}");
    world.assert_converged(project, &[&ana, &ben]);

    // The report tells what went over the wire.
    let recording = ana.network.recording();
    assert_eq!(recording.trips(), 2);
    let up_on_the_wire: usize = recording.passages.iter().map(Passage::bytes_up).sum();
    assert_eq!(up_on_the_wire as u64, idle.bytes_up + up.bytes_up);
    let down_on_the_wire: usize = recording.passages.iter().map(Passage::bytes_down).sum();
    assert_eq!(down_on_the_wire as u64, idle.bytes_down + up.bytes_down);
}
