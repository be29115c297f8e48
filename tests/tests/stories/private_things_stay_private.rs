//! Canaries: sentences that occur nowhere else are put into private reflections, typed and
//! deleted again, and then looked for everywhere they must not be.

use enhance_client::DraftField;
use enhance_model::change_project::Section::Problem;
use enhance_tests::{traces, world::World};

#[tokio::test]
async fn no_private_sentence_is_anywhere_but_on_the_screen() {
    let mut world = World::builder().process().begin();
    let (mut ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let mut canaries = Vec::new();
    for _ in 0..12 {
        let [title, answer, draft, deleted] = std::array::from_fn(|_| world.chance.sentence());
        let reflection = ana.reflect(&title);
        ana.answer(reflection, &answer);
        let field = DraftField::Answer("so-what".into());
        let version = ana.reflection(reflection).unwrap().version;
        ana.autosave(reflection, &field, &version, &deleted).unwrap();
        ana.autosave(reflection, &field, &version, &draft).unwrap();
        if world.chance.below(2) == 0 {
            ana.settle(reflection).unwrap();
        }
        if world.chance.below(4) == 0 {
            ana.delete(reflection).unwrap();
        }
        ana.sync().await;
        canaries.extend([title, answer, draft, deleted]);
    }
    let record = world.chance.sentence();
    ana.note_session(&record);
    ana.sync().await;
    canaries.push(record);
    let backup = world.server.backup();
    ben.sync().await;
    world.server.stop();

    // What is found in the open proves that the search finds.
    let open = world.chance.word();
    world.server.start_again();
    ana.write(project, Problem, &open);
    ana.sync().await;
    world.server.stop();
    assert!(!traces::files_with(&world.server.data(), open.as_bytes()).is_empty());
    assert!(ana.network.recording().contains(open.as_bytes()));

    ana.close();
    for canary in &canaries {
        for needle in [canary.as_str(), canary.split(' ').next().unwrap()] {
            let needle = needle.as_bytes();
            for folder in [&world.server.data(), &backup, ana.folder(), ben.folder()] {
                assert_eq!(traces::files_with(folder, needle), Vec::<std::path::PathBuf>::new());
            }
            assert!(!world.server.log().as_bytes().windows(needle.len()).any(|at| at == needle));
            assert!(!ana.network.recording().contains(needle));
            assert!(!ben.network.recording().contains(needle));
        }
    }
}
