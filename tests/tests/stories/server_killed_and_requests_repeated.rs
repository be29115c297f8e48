//! The server dies in the middle, answers are lost, requests come twice or in pieces. In the end
//! everything is there, once.

use enhance_model::change_project::Section::{Plan, Problem};
use enhance_tests::{
    network::{Answer, Weather},
    world::World,
};

#[tokio::test]
async fn a_lost_answer_and_a_killed_server_lose_nothing_and_double_nothing() {
    let mut world = World::builder().process().begin();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;

    ana.write(project, Problem, "Stored, though the answer was lost. ");
    ana.network.next(Weather::CutResponse { after: 40 });
    ana.try_sync().await.unwrap_err();
    world.server.kill();
    ana.append(project, Problem, "Written while the server was dead.");
    ana.try_sync().await.unwrap_err();
    world.server.start_again();

    let report = ana.sync().await;
    assert!(report.duplicates > 0, "the server knew what it had stored: {report:?}");
    ben.network.next(Weather::Twice { answer: Answer::Second });
    ben.append(project, Plan, "Sent twice.");
    ben.sync().await;
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);

    let history = ana.history(project).unwrap().len();
    assert!(ana.network.repeat_everything().unwrap() > 0);
    assert!(ben.network.repeat_everything().unwrap() > 0);
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ana.history(project).unwrap().len(), history, "nothing is there twice");
    let expected = "Stored, though the answer was lost. Written while the server was dead. ";
    assert_eq!(ben.section(project, Problem), expected);
    assert_eq!(ana.section(project, Plan), "Sent twice. ");
}

/// Requests and answers cut at every length that matters, one edit after the other.
#[tokio::test]
async fn wherever_the_wire_is_cut_every_edit_arrives_once() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let mut expected = String::new();
    for after in [0, 1, 9, 60, 120, 200, 260, 300, 340, 380, 420, 460, 500, 560, 640] {
        for weather in [Weather::CutRequest { after }, Weather::CutResponse { after }] {
            let written = world.chance.word();
            ana.append(project, Problem, &written);
            expected = expected + &written + " ";
            ana.network.next(weather);
            // A cut behind the last byte is no cut; both ends of that are fine.
            drop(ana.try_sync().await);
        }
    }
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    assert_eq!(ben.section(project, Problem), expected);
}

#[tokio::test]
async fn a_server_asked_to_stop_finishes_what_it_acknowledged() {
    let mut world = World::builder().process().begin();
    let ana = world.trainee().await;
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    ana.sync().await;
    world.server.stop();
    world.server.start_again();
    let tablet = world.another_device(&ana, "Ana's tablet").await;
    tablet.sync().await;
    world.assert_converged(project, &[&ana, &tablet]);
}
