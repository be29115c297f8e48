//! Much is written on screens that stand still, so that it stands side by side in the document.
//! What is too much is refused with a code of its own, and the phone writes it anew on all that
//! arrived.

use enhance_model::change_project::Section::Problem;
use enhance_tests::world::World;

const WORDS: [&str; 12] =
    ["old", "long", "low", "cold", "wet", "far", "full", "loud", "new", "tall", "thin", "grey"];

#[tokio::test]
async fn what_is_too_much_side_by_side_is_written_anew_on_what_arrived() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "The ward is dark.");
    world.settle(&[&ana, &ben]).await;

    let shown = ana.project(project).unwrap().version;
    for word in WORDS {
        ana.write_over(project, &shown, Problem, &format!("The {word} ward is dark."));
    }
    assert_eq!(ana.project(project).unwrap().version.heads().len(), WORDS.len());
    ben.write(project, Problem, "The ward is dark at night.");
    ben.sync().await;

    let report = ana.sync().await;
    assert_eq!((report.quarantined, report.waiting), (0, 0), "{report:?}");
    assert_eq!(ana.quarantined(), Ok(Vec::new()), "nothing is left for the person to do");
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    world.assert_text((project, Problem), &WORDS, &[&ana, &ben]);
    world.assert_text((project, Problem), &["at night"], &[&ana, &ben]);
    assert_eq!(ben.project(project).unwrap().version.heads().len(), 1, "all of it is joined");
    let refused = ana.export().unwrap();
    let refused = serde_json::to_string(&refused).unwrap();
    assert_eq!(refused.matches("too_many_heads").count(), WORDS.len() - 8, "by its own code");
}
