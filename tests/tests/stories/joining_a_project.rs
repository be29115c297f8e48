//! Joining a plan: an invitation waits until it is accepted, also without a connection, and who does
//! not want to take part is left alone.

use enhance_client::{Cancellation, Error, InboxPage, InvitationStanding};
use enhance_model::{
    DocumentId, Right, Role, Standing, change_project::Section::Problem, inbox::InboxKind,
};
use enhance_tests::{device::Device, world::World};

/// How a person stands to a plan, as a device knows it.
fn standing(device: &Device, project: DocumentId, person: &Device) -> Option<Standing> {
    let members = device.project(project).unwrap().members;
    members.into_iter().find(|one| one.person.id == person.person()).map(|one| one.standing)
}

/// Ana, who invites, and Ben, who decides for himself what he accepts.
async fn two(world: &World) -> (Device, Device, DocumentId) {
    let (ana, mut ben) = (world.trainee().await, world.supervisor().await);
    ben.joins = false;
    ana.sync().await;
    let project = ana.create_project("Falls on ward 7", "sys", "Ward 7").unwrap();
    ana.write(project, Problem, "Nobody sees the wet floor.");
    ana.add_member(project, ben.person(), Right::Edit).unwrap();
    ana.sync().await;
    ben.sync().await;
    (ana, ben, project)
}

#[tokio::test]
async fn g13_an_invitation_waits_in_the_inbox_and_the_project_comes_once_it_is_accepted() {
    let world = World::new();
    let (ana, ben, project) = two(&world).await;
    assert_eq!(standing(&ana, project, &ben), Some(Standing::Invited));
    assert!(ben.project(project).is_err());
    let invitations = ben.invitations().unwrap();
    assert_eq!(invitations.len(), 1);
    assert_eq!(invitations[0].title, "Falls on ward 7");
    assert_eq!(invitations[0].inviter.as_ref().map(|one| one.id), Some(ana.person()));
    assert_eq!((invitations[0].project, invitations[0].right), (project, Right::Edit));
    assert!(invitations[0].bytes > 0);
    let inbox = ben.inbox(InboxPage::default()).unwrap();
    assert_eq!(inbox.items.len(), 1);
    assert_eq!(inbox.items[0].item.kind, InboxKind::ProjectInvited);
    assert_eq!(inbox.items[0].item.document, project);
    assert!(ben.mark_inbox_seen(inbox.items[0].item.id).is_err(), "seeing it answers nothing");

    // He accepts without a connection. Nobody knows of it until the server does.
    ben.network.down();
    ben.accept_invitation(project).unwrap();
    ben.accept_invitation(project).unwrap();
    assert_eq!(ben.invitations().unwrap()[0].standing, InvitationStanding::Accepted);
    assert_eq!(ben.inbox_counts().unwrap().total(), 0);
    ana.sync().await;
    assert_eq!(standing(&ana, project, &ben), Some(Standing::Invited));
    ben.network.up();
    ben.sync().await;
    assert_eq!(ben.section(project, Problem), "Nobody sees the wet floor.");
    assert_eq!(ben.project(project).unwrap().my_right, Right::Edit);
    assert!(ben.invitations().unwrap().is_empty());
    ana.sync().await;
    assert_eq!(standing(&ana, project, &ben), Some(Standing::Member));
    ben.append(project, Problem, "Ben saw it.");
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);

    // Who comes later sees him as a member, whatever his right became.
    ana.add_member(project, ben.person(), Right::Comment).unwrap();
    let cara = world.fellow().await;
    ana.sync().await;
    ana.add_member(project, cara.person(), Right::Read).unwrap();
    world.settle(&[&ana, &ben, &cara]).await;
    for device in [&ana, &ben, &cara] {
        assert_eq!(standing(device, project, &ben), Some(Standing::Member), "{}", device.name());
        assert_eq!(standing(device, project, &cara), Some(Standing::Member));
    }
    assert_eq!(ben.project(project).unwrap().my_right, Right::Comment);
    let tablet = world.trusted_device(&ben, "Ben's tablet").await;
    tablet.sync().await;
    assert!(tablet.invitations().unwrap().is_empty());
    assert_eq!(tablet.project(project).unwrap().my_right, Right::Comment);

    ben.leave_project(project).unwrap();
    world.settle(&[&ana, &ben, &cara]).await;
    assert_eq!(standing(&ana, project, &ben), Some(Standing::Left));
    assert!(ana.readers(project).unwrap().iter().all(|one| one.person.id != ben.person()));
}

#[tokio::test]
async fn g13_two_who_are_invited_at_once_hear_of_one_another() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let hall = world.person(Role::Partner, "Mr Hall").await;
    ana.sync().await;
    ana.add_person(hall.person(), &Cancellation::new()).await.unwrap();
    let project = ana.create_project("Falls on ward 7", "sys", "Ward 7").unwrap();
    for invited in [&ben, &hall] {
        ana.add_member(project, invited.person(), Right::Edit).unwrap();
    }
    world.settle(&[&ana, &ben, &hall]).await;
    world.settle(&[&ana, &ben, &hall]).await;
    assert_eq!(standing(&ben, project, &hall), Some(Standing::Member));
    assert_eq!(standing(&hall, project, &ben), Some(Standing::Member));
}

#[tokio::test]
async fn g13_who_declines_is_shown_as_that_and_can_be_left_alone_for_good() {
    let world = World::new();
    let (ana, ben, project) = two(&world).await;
    ben.decline_invitation(project, false).unwrap();
    assert!(ben.invitations().unwrap().is_empty());
    assert_eq!(ben.inbox_counts().unwrap().total(), 0);
    world.settle(&[&ben, &ana]).await;
    assert_eq!(standing(&ana, project, &ben), Some(Standing::Declined));
    ana.delete(project).expect("nobody reads it");

    let second = ana.create_project("Falls on ward 8", "sys", "Ward 8").unwrap();
    ana.add_member(second, ben.person(), Right::Read).unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.decline_invitation(second, true).unwrap();
    world.settle(&[&ben, &ana]).await;
    let kept = ben.invitations().unwrap();
    assert_eq!(kept[0].standing, InvitationStanding::DeclinedForGood);
    assert!(matches!(ben.accept_invitation(second), Err(Error::NotAllowed { .. })));
    ana.add_member(second, ben.person(), Right::Edit).unwrap();
    ana.sync().await;
    assert_eq!(ana.quarantined().unwrap()[0].code, "unwelcome");
    assert_eq!(standing(&ana, second, &ben), Some(Standing::Declined), "as it was before");

    ben.welcome_sender(second).unwrap();
    assert!(ben.invitations().unwrap().is_empty());
    world.settle(&[&ben, &ana]).await;
    ana.add_member(second, ben.person(), Right::Edit).unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.accept_invitation(second).unwrap();
    world.settle(&[&ben, &ana]).await;
    assert_eq!(standing(&ana, second, &ben), Some(Standing::Member));
}

#[tokio::test]
async fn g13_what_is_taken_back_while_it_is_accepted_ends_with_words_and_harms_nothing() {
    let world = World::new();
    let (ana, ben, project) = two(&world).await;
    ben.network.down();
    ben.accept_invitation(project).unwrap();
    ana.remove_member(project, ben.person()).unwrap();
    ana.sync().await;
    ben.network.up();
    let report = ben.sync().await;
    assert_eq!((report.quarantined, report.waiting), (1, 0), "{report:?}");
    let told = ben.quarantined().unwrap();
    assert_eq!((&*told[0].code, &*told[0].title), ("invitation_unknown", "Falls on ward 7"));
    assert!(ben.invitations().unwrap().is_empty());
    assert_eq!(standing(&ana, project, &ben), None);

    // Another invitation is another one.
    ana.add_member(project, ben.person(), Right::Read).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(ben.invitations().unwrap()[0].right, Right::Read);
    ana.delete_for_everybody(project).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert!(ben.invitations().unwrap().is_empty(), "it is gone with its plan");
}

#[tokio::test]
async fn g13_an_invitation_expires() {
    let world = World::new();
    let (ana, ben, project) = two(&world).await;
    world.clock.jump_days(31);
    assert!(ben.invitations().unwrap().is_empty());
    assert_eq!(ben.inbox_counts().unwrap().total(), 0);
    assert!(matches!(ben.accept_invitation(project), Err(Error::NotFound { .. })));
    ana.add_member(project, ben.person(), Right::Edit).unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.accept_invitation(project).unwrap();
    ben.sync().await;
    assert!(ben.project(project).is_ok());
}

#[tokio::test]
async fn g13_two_devices_of_a_person_join_once_and_a_restored_server_knows_it_again() {
    let mut world = World::new();
    let (ana, ben, project) = two(&world).await;
    let mut tablet = world.trusted_device(&ben, "Ben's tablet").await;
    tablet.joins = false;
    tablet.sync().await;
    let backup = world.server.backup();
    ben.accept_invitation(project).unwrap();
    tablet.accept_invitation(project).unwrap();
    let everybody = [&ana, &ben, &tablet];
    world.settle(&everybody).await;
    tablet.append(project, Problem, "From the tablet.");
    world.settle(&everybody).await;
    world.assert_converged(project, &everybody);

    world.server.restore(&backup);
    world.settle(&[&ben, &ana, &tablet]).await;
    world.assert_text((project, Problem), &["From the tablet."], &everybody);
    for device in everybody {
        assert_eq!(standing(device, project, &ben), Some(Standing::Member), "{}", device.name());
        assert!(device.quarantined().unwrap().is_empty(), "{}", device.name());
        assert!(device.invitations().unwrap().is_empty());
    }
    ben.append(project, Problem, "After the restore.");
    world.settle(&everybody).await;
    world.assert_text((project, Problem), &["After the restore."], &everybody);
}

#[tokio::test]
async fn g13_an_owner_who_accepted_offline_is_not_confirmed_before_the_server_knows() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.offer_ownership(project, ben.person()).unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.network.down();
    ben.accept_ownership(project).unwrap();
    let confirmed = || {
        let members = ben.project(project).unwrap().members;
        members.iter().map(|one| one.confirmed).collect::<Vec<_>>()
    };
    assert_eq!(confirmed(), [false, false]);
    ben.network.up();
    ben.sync().await;
    assert_eq!(confirmed(), [true, true]);
}
