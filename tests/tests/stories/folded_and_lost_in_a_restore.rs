//! What somebody only ever got as one piece comes back from them as well.

use enhance_client::Stage;
use enhance_model::change_project::Section::Problem;
use enhance_tests::world::World;

#[tokio::test]
async fn a_project_that_came_as_one_piece_is_brought_back_by_who_got_it_so() {
    let mut world = World::new();
    let (asha, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    world.settle(&[&asha, &ben, &cara]).await;
    let backup = world.server.backup();
    let project = world.shared_project(&asha, &[&ben]).await;
    for number in 0..40 {
        asha.append(project, Problem, &format!("Night {number}."));
        asha.sync().await;
    }
    ben.sync().await;
    world.server.fold_everything();
    world.let_edit(&asha, project, cara.person());
    world.settle(&[&asha, &cara]).await;
    world.assert_text((project, Problem), &["Night 0.", "Night 39."], &[&cara]);
    let owner = asha.person();
    // Her phone and Ben's are lost for good.
    drop((asha, ben));

    world.server.restore(&backup);
    let report = cara.sync().await;
    assert!(report.brought > 40, "{}", report.brought);
    assert_eq!(report.not_brought, 0);
    assert_eq!(cara.status(project).unwrap().stage, Stage::Stored);
    assert_eq!(cara.project(project).unwrap().members[0].person.id, owner);
}
