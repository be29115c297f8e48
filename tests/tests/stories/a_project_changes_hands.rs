//! A plan has an owner now, not for ever: who rotates hands it over, and what she began goes on.

use enhance_client::{Error, Stage};
use enhance_model::{
    DocumentId, PersonId, RefusalCode, Right,
    change_project::Section::{Handover, Plan, Problem},
};
use enhance_protocol::Outcome;
use enhance_tests::{
    bare::offers::{delete, grant, revoke},
    device::Device,
    world::World,
};

/// Who takes part, the owner first, with what they may do, as a device knows it.
fn rights(device: &Device, project: DocumentId) -> Vec<(PersonId, Right)> {
    let members = device.project(project).unwrap().members;
    let members = members.into_iter().filter(enhance_client::Member::takes_part);
    let mut rights: Vec<_> = members.map(|one| (one.person.id, one.right)).collect();
    rights.sort_by_key(|(person, right)| (*right != Right::Own, *person));
    rights
}

/// Asserts that everybody names the same owner and the same rights.
#[track_caller]
fn assert_owner(project: DocumentId, owner: &Device, devices: &[&Device]) {
    let expected = rights(owner, project);
    assert_eq!(expected.first(), Some(&(owner.person(), Right::Own)), "{}", owner.name());
    for device in devices {
        assert_eq!(rights(device, project), expected, "{}", device.name());
        let view = device.project(project).unwrap();
        assert_eq!(view.my_right == Right::Own, device.person() == owner.person());
    }
}

fn offered_to(device: &Device, project: DocumentId) -> Option<PersonId> {
    device.project(project).unwrap().offered_to.map(|person| person.id)
}

#[tokio::test]
async fn a_trainee_rotates_and_her_project_goes_on_without_her() {
    let world = World::new();
    let (ana, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let project = world.shared_project(&ana, &[&ben, &cara]).await;
    ana.append(project, Problem, "Nobody sees the wet floor.");
    ana.write(project, Handover, "The ward clerk keeps the tally sheets.");
    ben.comment(project, "", "Whose is it from August?").unwrap();
    ana.offer_ownership(project, ben.person()).unwrap();
    let everybody = [&ana, &ben, &cara];
    world.settle(&everybody).await;
    for device in everybody {
        assert_eq!(offered_to(device, project), Some(ben.person()), "{}", device.name());
    }
    assert_owner(project, &ana, &everybody);
    let not_allowed = |error: Error| assert!(matches!(error, Error::NotAllowed { .. }), "{error}");
    not_allowed(cara.accept_ownership(project).unwrap_err());
    not_allowed(ben.offer_ownership(project, cara.person()).unwrap_err());

    ben.network.down();
    world.clock.jump_days(7);
    ben.accept_ownership(project).unwrap();
    assert_eq!(ben.project(project).unwrap().my_right, Right::Own, "at once, offline");
    ben.network.up();
    world.settle(&everybody).await;
    assert_owner(project, &ben, &everybody);
    for device in everybody {
        assert_eq!(offered_to(device, project), None);
    }
    assert_eq!(ana.project(project).unwrap().my_right, Right::Read);
    assert_eq!(ana.section(project, Handover), "The ward clerk keeps the tally sheets.");
    let authors = cara.section_authors(project, Problem);
    assert!(authors.iter().all(|(by, _)| *by == Some(ana.person())), "hers by authorship");

    // She reads on, and does nothing to the others.
    not_allowed(ana.delete(project).unwrap_err());
    not_allowed(ana.delete_for_everybody(project).unwrap_err());
    not_allowed(ana.try_write(project, Plan, "No.").unwrap_err());
    not_allowed(ana.remove_member(project, cara.person()).unwrap_err());
    ben.append(project, Plan, "Lamps.");
    cara.comment(project, "", "Ben's, it seems.").unwrap();
    world.settle(&everybody).await;
    world.assert_converged(project, &everybody);
    assert_eq!(ana.project(project).unwrap().comments.len(), 2);

    // Who comes later knows whose it is, and the new owner says who else may.
    let hall = world.person(enhance_model::Role::Partner, "Mr Hall").await;
    ben.know(hall.person()).await;
    ben.add_member(project, hall.person(), Right::Comment).unwrap();
    ben.add_member(project, ana.person(), Right::Edit).unwrap();
    let everybody = [&ana, &ben, &cara, &hall];
    world.settle(&everybody).await;
    assert_owner(project, &ben, &everybody);
    ana.append(project, Plan, "Mats.");
    world.settle(&everybody).await;
    world.assert_text((project, Plan), &["Lamps.", "Mats."], &everybody);
}

#[tokio::test]
async fn who_still_reads_a_project_is_told_before_it_is_destroyed() {
    let world = World::new();
    let (ana, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let project = world.shared_project(&ana, &[&ben, &cara]).await;
    let everybody = [&ana, &ben, &cara];
    world.settle(&everybody).await;

    let Err(Error::StillRead { readers }) = ana.delete(project) else { panic!("deleted") };
    let mut named: Vec<PersonId> = readers.iter().map(|person| person.id).collect();
    named.sort_unstable();
    let mut others = vec![ben.person(), cara.person()];
    others.sort_unstable();
    assert_eq!(named, others);
    assert!(matches!(ana.leave_project(project), Err(Error::NotAllowed { .. })));

    // Who wants to be rid of it leaves, and nobody else loses anything.
    cara.append(project, Plan, "Cara's words.");
    cara.leave_project(project).unwrap();
    assert!(cara.leave_project(project).is_err());
    world.settle(&everybody).await;
    assert!(matches!(cara.project(project), Err(Error::Gone { .. })));
    assert!(cara.quarantined().unwrap().is_empty());
    world.assert_text((project, Plan), &["Cara's words."], &[&ana, &ben]);
    assert_owner(project, &ana, &[&ana, &ben]);
    assert_eq!(rights(&ana, project).len(), 2);

    ana.delete_for_everybody(project).unwrap();
    world.settle(&everybody).await;
    assert!(matches!(ben.project(project), Err(Error::Gone { .. })));
}

#[tokio::test]
async fn an_offer_taken_back_while_it_is_accepted_leaves_everybody_agreed() {
    for accepted_first in [true, false] {
        for by_another_offer in [true, false] {
            let world = World::new();
            let (ana, ben, cara) =
                (world.trainee().await, world.supervisor().await, world.fellow().await);
            let project = world.shared_project(&ana, &[&ben, &cara]).await;
            let everybody = [&ana, &ben, &cara];
            ana.offer_ownership(project, ben.person()).unwrap();
            world.settle(&everybody).await;

            ben.accept_ownership(project).unwrap();
            ben.append(project, Plan, "Ben's words.");
            if by_another_offer {
                ana.offer_ownership(project, cara.person()).unwrap();
                assert_eq!(offered_to(&ana, project), Some(cara.person()));
            } else {
                ana.add_member(project, ben.person(), Right::Edit).unwrap();
                assert_eq!(offered_to(&ana, project), None);
            }
            let order = if accepted_first { [&ben, &ana] } else { [&ana, &ben] };
            for device in order {
                device.sync().await;
            }
            world.settle(&everybody).await;
            let owner = if accepted_first { &ben } else { &ana };
            assert_owner(project, owner, &everybody);
            world.assert_text((project, Plan), &["Ben's words."], &everybody);
            let offers = everybody.map(|device| offered_to(device, project));
            let stands = (!accepted_first && by_another_offer).then(|| cara.person());
            assert_eq!(offers, [stands; 3]);
        }
    }
}

#[tokio::test]
async fn two_offers_by_two_devices_come_to_one_owner() {
    let world = World::new();
    let (ana, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let project = world.shared_project(&ana, &[&ben, &cara]).await;
    let everybody = [&ana, &tablet, &ben, &cara];
    world.settle(&everybody).await;
    ana.offer_ownership(project, ben.person()).unwrap();
    tablet.offer_ownership(project, cara.person()).unwrap();
    world.settle(&everybody).await;
    let offers = everybody.map(|device| offered_to(device, project));
    assert!(offers[0].is_some());
    assert_eq!(offers, [offers[0]; 4]);
    let accepted = [&ben, &cara].map(|device| device.accept_ownership(project).is_ok());
    assert_eq!(accepted.iter().filter(|accepted| **accepted).count(), 1);
    world.settle(&everybody).await;
    let owner = if accepted[0] { &ben } else { &cara };
    assert_owner(project, owner, &everybody);
}

#[tokio::test]
async fn a_restored_server_gets_a_handover_back_from_anybody() {
    for first in 0..3 {
        let mut world = World::new();
        let (ana, ben, cara) =
            (world.trainee().await, world.supervisor().await, world.fellow().await);
        let project = world.shared_project(&ana, &[&ben, &cara]).await;
        let everybody = [&ana, &ben, &cara];
        world.settle(&everybody).await;
        let backup = world.server.backup();
        ana.offer_ownership(project, ben.person()).unwrap();
        world.settle(&everybody).await;
        ben.accept_ownership(project).unwrap();
        world.settle(&everybody).await;
        ben.add_member(project, ana.person(), Right::Comment).unwrap();
        ben.offer_ownership(project, cara.person()).unwrap();
        world.settle(&everybody).await;
        cara.accept_ownership(project).unwrap();
        cara.append(project, Plan, "Cara's words.");
        world.settle(&everybody).await;
        assert_owner(project, &cara, &everybody);

        world.server.restore(&backup);
        let mut order = everybody;
        order.rotate_left(first);
        order[0].sync().await;
        assert_eq!(order[0].status(project).unwrap().stage, Stage::Stored);
        let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
        tablet.sync().await;
        assert_owner(project, &cara, &[&tablet]);
        world.settle(&order).await;
        assert_owner(project, &cara, &[&ana, &ben, &cara, &tablet]);
        assert!(everybody.iter().all(|device| device.quarantined().unwrap().is_empty()));
        cara.remove_member(project, ben.person()).unwrap();
        world.settle(&order).await;
        assert!(ben.project(project).is_err());
    }
}

#[tokio::test]
async fn nobody_takes_a_project_that_is_not_offered_to_them() {
    let world = World::new();
    let ana = world.trainee().await;
    let mut mallory = world.bare_device(enhance_model::Role::Partner, "Mallory");
    let ben = world.supervisor().await;
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.know(mallory.person.id).await;
    ana.add_member(project, mallory.person.id, Right::Edit).unwrap();
    ana.sync().await;
    let me = mallory.person.id;
    let offers = vec![
        grant(project, me, Right::Own, 7),
        grant(project, ben.person(), Right::Own, 8),
        revoke(project, ana.person(), 9),
        delete(project),
    ];
    let request = mallory.request(offers);
    for verdict in mallory.exchange(&request).verdicts {
        let Outcome::Rejected { code, .. } = verdict.outcome else { panic!("{verdict:?}") };
        assert_eq!(code, RefusalCode::NotGranted);
    }
    // Her own right she may lay down, once.
    for _ in 0..2 {
        let request = mallory.request(vec![revoke(project, me, 10)]);
        let verdicts = mallory.exchange(&request).verdicts;
        assert!(!matches!(verdicts[0].outcome, Outcome::Rejected { .. }), "{verdicts:?}");
    }
    let request = mallory.request(vec![grant(project, me, Right::Read, 11)]);
    let verdicts = mallory.exchange(&request).verdicts;
    assert!(matches!(verdicts[0].outcome, Outcome::Rejected { .. }), "{verdicts:?}");
    world.settle(&[&ana, &ben]).await;
    assert_owner(project, &ana, &[&ana, &ben]);
    assert_eq!(rights(&ana, project).len(), 2);
}
