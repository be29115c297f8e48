//! A plan that is offered waits for an answer: it is in the inbox of whom it is offered to, and who
//! offered it hears what became of that.

use enhance_client::{Error, InboxPage, InboxView};
use enhance_model::{DocumentId, Right, change_project::Section::Problem, inbox::InboxKind};
use enhance_tests::{device::Device, world::World};

/// What waits for a person because plans change hands.
fn waits(device: &Device) -> Vec<InboxView> {
    let inbox = device.inbox(InboxPage::default()).unwrap();
    let is_handover =
        |kind| matches!(kind, InboxKind::HandoverOffered | InboxKind::HandoverDeclined);
    inbox.items.into_iter().filter(|one| is_handover(one.item.kind)).collect()
}

fn kinds(device: &Device) -> Vec<InboxKind> {
    waits(device).into_iter().map(|one| one.item.kind).collect()
}

fn right(device: &Device, project: DocumentId) -> Right {
    device.project(project).unwrap().my_right
}

#[tokio::test]
async fn an_offered_project_waits_in_the_inbox_and_declining_it_is_seen_by_who_offered_it() {
    let world = World::new();
    let (ana, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let project = world.shared_project(&ana, &[&ben, &cara]).await;
    ana.write(project, Problem, "Nobody sees the wet floor.");
    ana.offer_ownership_keeping(project, ben.person(), Right::Edit).unwrap();
    let everybody = [&ana, &ben, &cara];
    world.settle(&everybody).await;

    // It waits for Ben alone, with who offers it and what she keeps, and is counted.
    assert_eq!((kinds(&ana), kinds(&cara)), (Vec::new(), Vec::new()));
    let offer = waits(&ben).pop().expect("an offer");
    assert_eq!((offer.item.kind, offer.item.document), (InboxKind::HandoverOffered, project));
    assert_eq!(offer.people[0].id, ana.person());
    assert!(offer.item.words.contains("edit it"), "{}", offer.item.words);
    assert_eq!(ben.inbox_counts().unwrap().by_kind[&InboxKind::HandoverOffered], 1);
    assert!(ben.mark_inbox_seen(offer.item.id).is_err(), "seeing it answers nothing");
    for device in everybody {
        let view = device.project(project).unwrap().handover.expect("an offer");
        assert_eq!((view.to.id, view.keeps), (ben.person(), Right::Edit), "{}", device.name());
        assert!(!view.declined && !view.by_organisation);
    }

    // He declines without a connection. Ana owns it all the while, and hears of it.
    ben.network.down();
    ben.decline_ownership(project).unwrap();
    assert_eq!(kinds(&ben), []);
    assert!(ben.decline_ownership(project).is_err(), "once is enough");
    assert!(ben.accept_ownership(project).is_err());
    assert_eq!(right(&ana, project), Right::Own);
    ben.network.up();
    world.settle(&everybody).await;
    for device in everybody {
        let view = device.project(project).unwrap();
        assert_eq!(view.offered_to, None, "{}", device.name());
        assert!(view.handover.is_some_and(|offer| offer.declined));
        assert!(device.quarantined().unwrap().is_empty());
    }
    assert_eq!((right(&ana, project), right(&ben, project)), (Right::Own, Right::Edit));
    let declined = waits(&ana).pop().expect("that he declined");
    assert_eq!(declined.item.kind, InboxKind::HandoverDeclined);
    assert_eq!(declined.people[0].id, ben.person());
    ana.mark_inbox_seen(declined.item.id).unwrap();
    assert_eq!(kinds(&ana), []);

    // What was declined can be offered anew, and nothing was lost meanwhile.
    ana.offer_ownership(project, ben.person()).unwrap();
    world.settle(&everybody).await;
    assert_eq!(kinds(&ben), [InboxKind::HandoverOffered]);
    ben.accept_ownership(project).unwrap();
    assert_eq!(kinds(&ben), []);
    world.settle(&everybody).await;
    assert_eq!((right(&ben, project), right(&ana, project)), (Right::Own, Right::Read));
    assert_eq!(cara.section(project, Problem), "Nobody sees the wet floor.");
    assert!(everybody.iter().all(|device| device.project(project).unwrap().handover.is_none()));
}

#[tokio::test]
async fn an_offer_that_is_taken_back_leaves_the_inbox_whichever_way_that_is_done() {
    let world = World::new();
    let (ana, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let project = world.shared_project(&ana, &[&ben, &cara]).await;
    let everybody = [&ana, &ben, &cara];
    let ways: [&dyn Fn(); 3] = [
        &|| ana.withdraw_offer(project).unwrap(),
        &|| ana.offer_ownership(project, cara.person()).unwrap(),
        &|| ana.add_member(project, ben.person(), Right::Comment).unwrap(),
    ];
    for (place, take_back) in ways.into_iter().enumerate() {
        ana.offer_ownership(project, ben.person()).unwrap();
        world.settle(&everybody).await;
        assert_eq!(kinds(&ben), [InboxKind::HandoverOffered], "{place}");
        take_back();
        world.settle(&everybody).await;
        assert_eq!(kinds(&ben), [], "{place}");
        assert!(ben.accept_ownership(project).is_err());
        let elsewhere: &[InboxKind] = if place == 1 { &[InboxKind::HandoverOffered] } else { &[] };
        assert_eq!((kinds(&cara), kinds(&ana)), (elsewhere.to_vec(), Vec::new()), "{place}");
        assert_eq!(right(&ana, project), Right::Own);
    }
    let nobody = ana.withdraw_offer(project).unwrap_err();
    assert!(matches!(nobody, Error::NotAllowed { .. }), "{nobody}");
    let others = ben.withdraw_offer(project).unwrap_err();
    assert!(matches!(others, Error::NotAllowed { .. }), "{others}");
}

#[tokio::test]
async fn who_hands_a_project_over_keeps_what_the_offer_said_on_every_device() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let tablet = world.trusted_device(&ana, "Ana's tablet").await;
    let everybody = [&ana, &tablet, &ben];
    for keeps in [Right::Read, Right::Comment, Right::Edit] {
        let project = world.shared_project(&ana, &[&ben]).await;
        assert!(ana.offer_ownership_keeping(project, ben.person(), Right::Own).is_err());
        ana.offer_ownership_keeping(project, ben.person(), keeps).unwrap();
        world.settle(&everybody).await;
        ben.accept_ownership(project).unwrap();
        world.settle(&everybody).await;
        for device in [&ana, &tablet] {
            assert_eq!(right(device, project), keeps, "{}", device.name());
        }
        assert_eq!(ana.try_write(project, Problem, "Still hers?").is_ok(), keeps == Right::Edit);
        world.settle(&everybody).await;
        assert!(everybody.iter().all(|device| device.quarantined().unwrap().is_empty()));
    }
}

#[tokio::test]
async fn what_a_leaver_owned_waits_in_the_inbox_of_whom_it_is_offered_to_and_can_be_declined() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let (cara, dee) =
        (world.fellow().await, world.person(enhance_model::Role::Fellow, "Dee").await);
    let project = world.shared_project(&ana, &[&ben]).await;
    world.settle(&[&ana, &ben, &cara, &dee]).await;
    let to = world.folder().join("ana");
    let leaver = ["leaver", "Dr Ana Ruiz", "--plans-to", "Cara Lind", "--yes", "--export-to"];
    world.server.command(&[&leaver[..], &[to.to_str().unwrap()]].concat()).unwrap();
    world.settle(&[&ben, &cara]).await;
    let offer = waits(&cara).pop().expect("an offer");
    assert_eq!((offer.item.kind, offer.item.document), (InboxKind::HandoverOffered, project));
    assert!(offer.item.words.contains("organisation"), "{}", offer.item.words);
    assert!(cara.project(project).unwrap().handover.unwrap().by_organisation);

    // She declines; the operator sees that and offers it to another.
    cara.decline_ownership(project).unwrap();
    world.settle(&[&cara, &ben]).await;
    assert_eq!(kinds(&cara), []);
    let said = world.server.command(&["leaver", "Dr Ana Ruiz", "--plans-to", "Dee"]).unwrap();
    assert!(said.contains("Cara Lind declined it"), "{said}");
    world.server.command(&["leaver", "Dr Ana Ruiz", "--plans-to", "Dee", "--yes"]).unwrap();
    world.settle(&[&dee, &ben, &cara]).await;
    assert_eq!(kinds(&dee), [InboxKind::HandoverOffered]);
    dee.accept_ownership(project).unwrap();
    world.settle(&[&dee, &ben, &cara]).await;
    assert_eq!((right(&dee, project), right(&ben, project)), (Right::Own, Right::Edit));
}

#[tokio::test]
async fn nothing_is_shared_with_who_has_left_and_that_is_said_at_once_or_with_the_next_sync() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[]).await;
    let reflection = ana.reflect("A long night");
    world.settle(&[&ana, &ben]).await;
    let to = world.folder().join("ben");
    let leaver = ["leaver", "Dr Ben Okoro", "--yes", "--export-to", to.to_str().unwrap()];
    world.server.command(&leaver).unwrap();

    // Her phone has not heard of it: the server says so, and nobody counts as invited.
    ana.add_member(project, ben.person(), Right::Edit).unwrap();
    let report = ana.sync().await;
    assert_eq!(report.quarantined, 1, "{report:?}");
    let refused = ana.quarantined().unwrap().pop().unwrap();
    assert_eq!(refused.code, "unknown_person");
    assert!(refused.explanation.contains("left the programme"), "{}", refused.explanation);
    assert_eq!(ana.project(project).unwrap().members.len(), 1);

    // Now it has, and says so at once.
    let said = [
        ana.add_member(project, ben.person(), Right::Edit).unwrap_err(),
        ana.share_reflection(reflection, ben.person()).unwrap_err(),
    ];
    for error in said {
        assert!(error.to_string().contains("has left the programme"), "{error}");
    }
    // Who left is told that, and keeps what is on the phone.
    let error = ben.try_sync().await.unwrap_err();
    assert!(error.to_string().contains("you have left the programme"), "{error}");
    assert_eq!(error.code(), "has_left");
    assert!(ben.people().is_ok());
}
