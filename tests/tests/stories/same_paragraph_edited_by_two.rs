//! A trainee and her supervisor write in the same paragraph of the same plan while neither has a
//! network. Both texts are kept, letter by letter, and both see the same.

use enhance_model::change_project::Section::Problem;
use enhance_tests::world::World;

#[tokio::test]
async fn both_texts_are_kept_and_both_see_the_same() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "We see too many falls at night.");
    world.settle(&[&ana, &ben]).await;

    ana.network.down();
    ben.network.down();
    ana.write(project, Problem, "We see far too many falls at night.");
    ben.write(project, Problem, "We see too many falls at night and at weekends.");
    ana.network.up();
    ben.network.up();

    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    let merged = "We see far too many falls at night and at weekends.";
    assert_eq!(ana.section(project, Problem), merged);

    let authors = ana.section_authors(project, Problem);
    let by_ben: String = authors
        .iter()
        .filter(|(person, _)| *person == Some(ben.person()))
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(by_ben, " and at weekends", "who wrote what is known");
}

/// What was typed on a screen that showed an older version is merged with what arrived meanwhile.
#[tokio::test]
async fn typing_on_top_of_an_older_screen_does_not_undo_what_arrived() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "Some fall at night.");
    world.settle(&[&ana, &ben]).await;

    let shown = ana.project(project).unwrap().version;
    ben.write(project, Problem, "Some people fall at night.");
    world.settle(&[&ana, &ben]).await;
    ana.write_over(project, &shown, Problem, "Some fall at night, and nobody counts them.");

    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    assert_eq!(ben.section(project, Problem), "Some people fall at night, and nobody counts them.");
}
