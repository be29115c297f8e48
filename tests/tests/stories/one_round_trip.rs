//! However much there is on a phone, a sync is one round trip and as many bytes as there is news.

use enhance_model::{change_project::Section::Problem, reflection::ReflectionEdit};
use enhance_tests::{content, network::Passage, world::World};

const PROJECTS: usize = 120;

/// Bytes of an exchange that brings nothing: nonce, epoch, cursor, settings and the frame around
/// them, with its check sum, and the nonce back.
const IDLE_UP: u64 = 40;
const IDLE_DOWN: u64 = 24;

/// The same with the heads of its messages, both ways together.
const IDLE_ON_THE_WIRE: usize = 338;

/// What a change of a few words costs on top.
const A_FEW_WORDS: u64 = 300;

/// What a receipt for it costs.
const A_RECEIPT: u64 = 22;

/// Bytes around an envelope, both ways together.
const AROUND_AN_ENVELOPE: u64 = 72;

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
    assert!(idle.bytes_up <= IDLE_UP && idle.bytes_down <= IDLE_DOWN, "{idle:?}");
    let passage = ana.network.recording().passages.pop().unwrap();
    let on_the_wire = passage.request.len() + passage.response.len();
    assert!(
        on_the_wire <= IDLE_ON_THE_WIRE,
        "{on_the_wire} bytes:\n{}{}",
        String::from_utf8_lossy(&passage.request),
        String::from_utf8_lossy(&passage.response)
    );

    ana.write(project, Problem, "A few words.");
    let up = ana.sync().await;
    assert_eq!((up.round_trips, up.pushed), (1, 1));
    assert!(
        up.bytes_up <= IDLE_UP + A_FEW_WORDS && up.bytes_down <= IDLE_DOWN + 16 + A_RECEIPT,
        "{up:?}"
    );

    let down = ben.sync().await;
    assert_eq!((down.round_trips, down.pulled), (1, 1));
    assert!(down.bytes_down <= IDLE_DOWN + A_FEW_WORDS + 64, "{down:?}");
    world.assert_converged(project, &[&ana, &ben]);

    // The report tells what went over the wire.
    let recording = ana.network.recording();
    assert_eq!(recording.trips(), 2);
    let up_on_the_wire: usize = recording.passages.iter().map(Passage::bytes_up).sum();
    assert_eq!(up_on_the_wire as u64, idle.bytes_up + up.bytes_up);
    let down_on_the_wire: usize = recording.passages.iter().map(Passage::bytes_down).sum();
    assert_eq!(down_on_the_wire as u64, idle.bytes_down + up.bytes_down);
}

#[tokio::test]
async fn a_sealed_change_costs_its_envelope_and_next_to_nothing() {
    let world = World::new();
    world.server.publish(&content::enhance());
    let ana = world.trainee().await;
    ana.fetch_pack().await;
    let reflection = ana.create_reflection(content::TEMPLATE, "A quiet night", None).unwrap();
    ana.sync().await;
    ana.network.forget();

    let text =
        "The porter knew before any of us that the patient was frightened, and said so to us.";
    let answer = ReflectionEdit::Answer { prompt: content::PROMPT.into(), text: text.into() };
    ana.edit_reflection(reflection, None, &[answer]).unwrap();
    let report = ana.sync().await;
    assert_eq!((report.round_trips, report.pushed), (1, 1));
    let passage = ana.network.recording().passages.pop().unwrap();
    let envelope = passage.offers().first().unwrap().body.len() as u64;
    let around = report.bytes_up + report.bytes_down - envelope;
    assert!(around <= AROUND_AN_ENVELOPE, "{around} bytes around {envelope}");
}
