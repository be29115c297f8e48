//! Over plain HTTP nobody but the frame notices a byte that changed on its way. Whichever it is, the
//! answer counts as none: no word is lacking afterwards, and nothing is said to be refused.

use enhance_client::{Error, Obstacle};
use enhance_model::change_project::Section::{Problem, WhyHere};
use enhance_tests::{network::Weather, world::World};

/// The bytes that are tried: every third of a short answer, and then one in many.
fn places() -> impl Iterator<Item = usize> {
    (0..150).step_by(3).chain((150..450).step_by(20))
}

#[tokio::test]
async fn whichever_byte_of_an_answer_arrives_as_another_no_word_is_lacking() {
    let world = World::new();
    let (phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;

    for at in places() {
        let words = format!("Falls on ward {at}.");
        phone.write(project, Problem, &words);
        phone.sync().await;

        ben.network.next(Weather::Damage { at });
        match ben.try_sync().await {
            Err(Error::Offline { obstacle: Obstacle::Unreadable, .. }) => {}
            // The answer was shorter than that.
            Ok(_) => assert!(at >= 150, "byte {at} of an answer was taken as it came"),
            Err(other) => panic!("byte {at}: {other:?}"),
        }
        ben.sync().await;
        assert_eq!(ben.section(project, Problem), words, "byte {at}");
        assert!(ben.quarantined().unwrap().is_empty(), "byte {at}");
    }
}

#[tokio::test]
async fn whichever_byte_of_a_verdict_arrives_as_another_nothing_is_said_to_be_refused() {
    let world = World::new();
    let (phone, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&phone, &[&ben]).await;

    for at in places() {
        let words = format!("{at} beds.");
        phone.write(project, WhyHere, &words);
        phone.network.next(Weather::Damage { at });
        let heard = phone.try_sync().await;
        assert!(heard.is_err() || at >= 45, "byte {at} of an answer was taken as it came");
        phone.sync().await;
        assert!(phone.quarantined().unwrap().is_empty(), "byte {at}");
        ben.sync().await;
        assert_eq!(ben.section(project, WhyHere), words, "byte {at}");
    }
}
