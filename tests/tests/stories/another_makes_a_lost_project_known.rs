//! A restored server that lost a project is told by somebody else that it is theirs, before anybody
//! who holds it comes by.

use enhance_client::Stage;
use enhance_model::{
    DocumentKind, Right, Role,
    change_project::Section::{Plan, Problem},
};
use enhance_protocol::Offer;
use enhance_tests::{
    bare::offers::{create, grant},
    world::World,
};

#[tokio::test]
async fn a_lost_project_that_another_makes_known_is_its_owners_again_and_nobodys_words_are_lost() {
    for asha_is_first in [true, false] {
        let mut world = World::new();
        let (asha, ben, cara) =
            (world.trainee().await, world.supervisor().await, world.fellow().await);
        let mallory = world.bare_device(Role::Partner, "Mallory");
        asha.know(mallory.person.id).await;
        world.settle(&[&asha, &ben, &cara]).await;
        let backup = world.server.backup();
        let project = world.shared_project(&asha, &[&ben]).await;
        asha.add_member(project, mallory.person.id, Right::Read).unwrap();
        asha.append(project, Problem, "Asha's words.");
        ben.append(project, Plan, "Ben's words.");
        world.settle(&[&asha, &ben]).await;

        world.server.restore(&backup);
        let made = mallory.project("Mallory's");
        let first = Offer { document: project, ..made.first };
        mallory.store(vec![create(project, DocumentKind::ChangeProject, None, None), first]);
        // Cara takes part in hers, in good faith.
        mallory.store(vec![grant(project, cara.person(), Right::Edit, 1)]);
        world.settle(&[&cara]).await;
        cara.append(project, Plan, "Cara's words.");
        cara.sync().await;
        asha.append(project, Problem, "Written while that was so.");

        let order = if asha_is_first { [&asha, &ben] } else { [&ben, &asha] };
        world.settle(&order).await;
        for device in order {
            assert_eq!(device.quarantined().unwrap(), [], "{asha_is_first}");
            assert_eq!(device.status(project).unwrap().stage, Stage::Stored);
        }
        world.assert_text(
            (project, Problem),
            &["Asha's words.", "Written while that was so."],
            &[&asha, &ben],
        );
        world.assert_text((project, Plan), &["Ben's words."], &[&asha, &ben]);
        world.assert_converged(project, &[&asha, &ben]);
        asha.remove_member(project, ben.person()).unwrap();
        world.settle(&order).await;
        assert!(ben.project(project).is_err(), "it is hers to say");

        // What Cara wrote is with her, and what she writes now is refused in words.
        assert!(cara.section(project, Plan).contains("Cara's words."));
        cara.append(project, Plan, "And later.");
        cara.sync().await;
        let kept = cara.quarantined().unwrap();
        assert_eq!(kept.len(), 1, "{kept:?}");
        let kept = cara.quarantined_item(kept[0].id).unwrap();
        assert!(kept.edits.iter().any(|edit| edit.after.contains("And later.")), "{kept:?}");
    }
}
