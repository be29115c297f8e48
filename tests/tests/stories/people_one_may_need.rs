//! A doctor sees those she may need, finds a friend by the id he reads out to her, and takes with her
//! an export that names nobody else. Then she leaves, and her plan goes on.

use enhance_client::{Cancellation, Error};
use enhance_model::{Right, Role, change_project::Section::Problem};
use enhance_tests::{device::Device, world::World};

fn names(device: &Device) -> Vec<String> {
    device.people().unwrap().into_iter().map(|person| person.name).collect()
}

#[tokio::test]
async fn who_is_not_listed_is_found_by_their_id_and_an_export_names_only_those_in_it() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let dee = world.person(Role::Trainee, "Dr Dee Shah").await;
    let cancel = Cancellation::new();
    ana.sync().await;
    assert_eq!(names(&ana), ["Dr Ana Ruiz", "Dr Ben Okoro"]);
    let project = ana.create_project("Falls", "sys", "Ward 7").unwrap();
    let unknown = ana.add_member(project, dee.person(), Right::Edit).unwrap_err();
    assert!(matches!(unknown, Error::NotFound { .. }), "{unknown}");
    let nobody = "0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c".parse().unwrap();
    assert!(ana.add_person(nobody, &cancel).await.is_err());
    assert!(ana.add_person(ana.person(), &cancel).await.is_err());

    assert_eq!(ana.add_person(dee.person(), &cancel).await.unwrap().name, "Dr Dee Shah");
    ana.add_member(project, dee.person(), Right::Edit).unwrap();
    world.settle(&[&ana, &dee, &ben]).await;
    // Who shares something knows one another; Ben was asked for nothing.
    assert_eq!(names(&dee), ["Dr Ana Ruiz", "Dr Ben Okoro", "Dr Dee Shah"]);
    assert_eq!(names(&ben), ["Dr Ben Okoro"]);
    dee.write(project, Problem, "Falls at night.");
    world.settle(&[&ana, &dee]).await;
    assert_eq!(ana.section(project, Problem), "Falls at night.");

    let export = serde_json::to_string(&ana.export().unwrap()).unwrap();
    assert!(export.contains("Dr Dee Shah") && !export.contains("Dr Ben Okoro"), "{export}");
}

#[tokio::test]
async fn what_a_leaver_owned_goes_on_with_whom_the_organisation_offers_it_to() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let cara = world.fellow().await;
    let project = world.shared_project(&ana, &[&ben]).await;
    ben.append(project, Problem, "Lamps are dim.");
    world.settle(&[&ana, &ben, &cara]).await;
    let to = world.folder().join("ana");
    let leaver = ["leaver", "dr ana ruiz", "--plans-to", "Cara Lind", "--yes", "--export-to"];
    world.server.command(&[&leaver[..], &[to.to_str().unwrap()]].concat()).unwrap();
    assert!(ana.try_sync().await.is_err());

    // Cara reads it as soon as it is offered; it is hers once she accepts.
    world.settle(&[&ben, &cara]).await;
    assert_eq!(cara.section(project, Problem).trim(), "Lamps are dim.");
    let offered = ben.project(project).unwrap().offered_to.map(|person| person.id);
    assert_eq!(offered, Some(cara.person()));
    cara.accept_ownership(project).unwrap();
    world.settle(&[&ben, &cara]).await;
    for device in [&ben, &cara] {
        let members = device.project(project).unwrap().members;
        assert_eq!(members[0].person.id, cara.person(), "{}", device.name());
        assert_eq!(members[0].right, Right::Own);
    }
    cara.append(project, Problem, "They are changed.");
    ben.append(project, Problem, "Thank you.");
    world.settle(&[&ben, &cara]).await;
    world.assert_converged(project, &[&ben, &cara]);
}
