//! Two people have one plan open and see each other write, as it happens.

use std::time::{Duration, Instant};

use enhance_client::{Conditions, TypingPauses, model::anchor::Place};
use enhance_model::change_project::Section::Problem;
use enhance_tests::{device::Device, network::Weather, wait, world::World};

const ON_SCREEN: Conditions = Conditions { online: true, metered: false, foreground: true };

fn place(text: &str) -> Place {
    text.parse().unwrap()
}

/// What somebody sees of the others, as "name in place".
fn sees(device: &Device, project: enhance_model::DocumentId) -> Vec<String> {
    let company = device.company(project).unwrap();
    company.iter().map(|one| format!("{} in {}", one.person.name, one.place)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_writes_is_on_the_others_screen_within_a_moment() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let _keeping = [&ana, &ben].map(|device| {
        device.set_conditions(ON_SCREEN);
        device.keep_in_sync()
    });
    ana.enter(project, place("problem")).unwrap();
    ben.enter(project, place("aim")).unwrap();
    let (to_ana, to_ben) =
        (ben.account().unwrap().unwrap().person.name, ana.account().unwrap().unwrap().person.name);
    wait::until_so("each to see the other", || {
        sees(&ana, project) == [format!("{to_ana} in aim")]
            && sees(&ben, project) == [format!("{to_ben} in problem")]
    })
    .await;

    let view = ana.project(project).unwrap();
    let version = view.version.clone();
    let field = enhance_client::DraftField::Section(Problem);
    let scribe = ana.typing(project, field, version, TypingPauses::default());
    let began = Instant::now();
    assert!(scribe.typed("Falls at night.".to_owned(), Duration::ZERO));
    wait::until_so("Ben to read it", || {
        scribe.work(began.elapsed());
        ben.project(project).unwrap().project.sections[&Problem] == "Falls at night."
    })
    .await;
    assert!(began.elapsed() < Duration::from_millis(1_500), "{:?}", began.elapsed());

    ben.step_out();
    wait::until_so("Ben to be gone", || sees(&ana, project).is_empty()).await;
    assert!(sees(&ben, project).is_empty(), "who is not there sees nobody");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy_that_keeps_answers_back_everything_comes_all_the_same() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.network.set(Weather::Buffering);
    ana.set_conditions(ON_SCREEN);
    let _keeping = ana.keep_in_sync();
    ana.enter(project, place("problem")).unwrap();
    ana.write(project, Problem, "Written behind the proxy.");
    wait::until_so("it to be stored", || {
        ana.status(project).unwrap().stage >= enhance_client::Stage::Stored
    })
    .await;
    ben.sync().await;
    world.assert_converged(project, &[&ana, &ben]);
}
