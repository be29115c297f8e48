//! What a restored server lost comes back from anybody who holds it, whoever wrote it and whatever
//! may be done by whom now.

use enhance_client::Stage;
use enhance_documents::{Document, Edit};
use enhance_model::{
    DocumentId, RefusalCode, Right, Role,
    change_project::{
        ProjectEdit,
        Section::{Plan, Problem},
    },
};
use enhance_protocol::{Brought, EntryKind, ExchangeRequest, Outcome};
use enhance_tests::{
    bare::offers::{AT, change, delete, entries, grant},
    device::Device,
    world::World,
};

/// Whether a person may read a project, as its owner's device knows.
fn is_member(owner: &Device, project: DocumentId, device: &Device) -> bool {
    let members = owner.project(project).unwrap().members;
    members.iter().any(|member| member.person.id == device.person())
}

#[tokio::test]
async fn the_words_of_a_phone_that_is_gone_come_back_from_the_others_still_as_his() {
    let mut world = World::new();
    let (asha, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let project = world.shared_project(&asha, &[&ben, &cara]).await;
    world.settle(&[&asha, &ben, &cara]).await;
    let backup = world.server.backup();
    ben.append(project, Problem, "Nobody sees the wet floor.");
    ben.append(project, Plan, "Lamps.");
    world.settle(&[&ben, &asha, &cara]).await;
    let ben_himself = ben.person();
    drop(ben);

    world.server.restore(&backup);
    let report = cara.sync().await;
    assert_eq!((report.brought, report.not_brought), (2, 0));
    assert_eq!(cara.status(project).unwrap().stage, Stage::Stored);

    // Whoever comes later reads them, and whose they are.
    let tablet = world.trusted_device(&asha, "Asha's new tablet").await;
    tablet.sync().await;
    world.assert_text((project, Problem), &["Nobody sees the wet floor."], &[&tablet]);
    let authors = tablet.section_authors(project, Problem);
    assert!(authors.iter().all(|(by, _)| *by == Some(ben_himself)), "{authors:?}");
    world.settle(&[&asha, &cara, &tablet]).await;
    world.assert_converged(project, &[&asha, &cara, &tablet]);
}

#[tokio::test]
async fn who_was_revoked_after_he_wrote_is_read_and_does_not_get_in_again() {
    let mut world = World::new();
    let (asha, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&asha, &[&ben]).await;
    world.settle(&[&asha, &ben]).await;
    let backup = world.server.backup();
    ben.append(project, Problem, "Ben's words.");
    world.settle(&[&ben, &asha]).await;
    asha.remove_member(project, ben.person()).unwrap();
    world.settle(&[&asha, &ben]).await;
    asha.append(project, Plan, "Asha's alone.");
    asha.sync().await;

    world.server.restore(&backup);
    world.settle(&[&asha, &ben]).await;
    assert!(ben.project(project).is_err());
    assert!(!is_member(&asha, project, &ben));
    let tablet = world.trusted_device(&asha, "Asha's new tablet").await;
    tablet.sync().await;
    world.assert_text((project, Problem), &["Ben's words."], &[&tablet, &asha]);
    world.assert_text((project, Plan), &["Asha's alone."], &[&tablet, &asha]);
    world.assert_converged(project, &[&asha, &tablet]);
}

#[tokio::test]
async fn a_revocation_that_was_not_sent_is_not_overtaken_by_the_grant_before_it() {
    for asha_is_first in [true, false] {
        let mut world = World::new();
        let (asha, ben, cara) =
            (world.trainee().await, world.supervisor().await, world.fellow().await);
        let project = world.shared_project(&asha, &[&cara]).await;
        world.settle(&[&asha, &ben, &cara]).await;
        let backup = world.server.backup();
        world.let_edit(&asha, project, ben.person());
        world.settle(&[&asha, &ben, &cara]).await;
        ben.append(project, Problem, "Ben's words.");
        world.settle(&[&ben, &asha, &cara]).await;

        asha.network.down();
        asha.remove_member(project, ben.person()).unwrap();
        asha.append(project, Plan, "Not for Ben.");
        world.server.restore(&backup);
        asha.network.up();
        let order = if asha_is_first { [&asha, &ben, &cara] } else { [&ben, &cara, &asha] };
        world.settle(&order).await;

        assert!(!is_member(&asha, project, &ben));
        assert!(ben.project(project).is_err());
        let export = serde_json::to_string(&ben.export().unwrap()).unwrap();
        assert!(!export.contains("Not for Ben."));
        world.assert_text((project, Problem), &["Ben's words."], &[&asha, &cara]);
        world.assert_text((project, Plan), &["Not for Ben."], &[&asha, &cara]);
        world.assert_converged(project, &[&asha, &cara]);
    }
}

#[tokio::test]
async fn a_member_brings_a_whole_project_back_whose_owners_phone_is_gone() {
    let mut world = World::new();
    let (asha, ben) = (world.trainee().await, world.supervisor().await);
    world.settle(&[&asha, &ben]).await;
    let backup = world.server.backup();
    let project = world.shared_project(&asha, &[&ben]).await;
    asha.append(project, Problem, "Asha's words.");
    ben.append(project, Plan, "Ben's words.");
    ben.comment(project, "", "A question").unwrap();
    world.settle(&[&asha, &ben]).await;
    let (owner, invitation) = (asha.person(), asha.invitation().await);
    let key = asha.recovery_key.clone().unwrap();
    drop(asha);

    world.server.restore(&backup);
    let report = ben.sync().await;
    assert_eq!(report.not_brought, 0);
    assert_eq!(ben.status(project).unwrap().stage, Stage::Stored);
    drop(invitation);
    let invitation = world.server.invite_device(owner);
    let mut new_phone = world.device("Asha's new phone");
    new_phone.join(&invitation).await;
    new_phone.use_recovery_key(&key).unwrap();
    world.settle(&[&new_phone, &ben]).await;
    world.assert_text((project, Problem), &["Asha's words."], &[&new_phone, &ben]);
    world.assert_text((project, Plan), &["Ben's words."], &[&new_phone, &ben]);
    assert_eq!(new_phone.project(project).unwrap().comments.len(), 1);
    world.assert_converged(project, &[&new_phone, &ben]);
    // It is hers: she may say who else may read it.
    new_phone.remove_member(project, ben.person()).unwrap();
    world.settle(&[&new_phone, &ben]).await;
    assert!(ben.project(project).is_err());
}

#[tokio::test]
async fn what_is_folded_comes_back_whoever_wrote_it() {
    let mut world = World::new();
    let (asha, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    let project = world.shared_project(&asha, &[&ben, &cara]).await;
    world.settle(&[&asha, &ben, &cara]).await;
    let backup = world.server.backup();
    for night in 0..40 {
        ben.append(project, Problem, &format!("Night {night}."));
        if night % 8 == 0 {
            asha.append(project, Plan, &format!("After night {night}."));
            world.settle(&[&ben, &asha, &cara]).await;
        }
    }
    world.settle(&[&ben, &asha, &cara]).await;
    world.clock.jump_days(1);
    world.settle(&[&asha, &cara]).await;
    let expected = cara.show(project);
    drop((ben, asha));

    world.server.restore(&backup);
    let report = cara.sync().await;
    assert_eq!((report.brought, report.not_brought), (45, 0));
    assert_eq!(cara.status(project).unwrap().stage, Stage::Stored);
    let tablet = world.trusted_device(&cara, "Cara's tablet").await;
    tablet.sync().await;
    assert_eq!(tablet.show(project), expected);
    world.assert_converged(project, &[&cara, &tablet]);
}

/// His words are known again before his right is, and more of them are not taken without it.
#[tokio::test]
async fn what_is_brought_gives_nobody_a_right() {
    let mut world = World::new();
    let (asha, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&asha, &[]).await;
    asha.add_member(project, ben.person(), Right::Comment).unwrap();
    world.settle(&[&asha, &ben]).await;
    let backup = world.server.backup();
    world.let_edit(&asha, project, ben.person());
    world.settle(&[&asha, &ben]).await;
    ben.append(project, Plan, "Ben's words.");
    ben.sync().await;

    world.server.restore(&backup);
    world.settle(&[&ben]).await;
    assert_eq!(ben.quarantined().unwrap(), []);
    assert_eq!(ben.status(project).unwrap().stage, Stage::Stored);
    world.settle(&[&asha, &ben]).await;
    world.assert_text((project, Plan), &["Ben's words."], &[&asha, &ben]);
    world.assert_converged(project, &[&asha, &ben]);
}

#[tokio::test]
async fn what_was_deleted_is_deleted_again_by_anybody_who_heard_of_it() {
    let mut world = World::new();
    let (asha, ben) = (world.trainee().await, world.supervisor().await);
    let cara = world.person(Role::Fellow, "Cara Lind").await;
    let project = world.shared_project(&asha, &[&ben, &cara]).await;
    world.settle(&[&asha, &ben, &cara]).await;
    let backup = world.server.backup();
    asha.delete_for_everybody(project).unwrap();
    world.settle(&[&asha, &ben]).await;
    drop(asha);

    world.server.restore(&backup);
    cara.sync().await;
    assert!(cara.project(project).is_ok(), "she has not heard of it");
    world.settle(&[&ben, &cara]).await;
    assert!(cara.project(project).is_err());
    assert!(ben.project(project).is_err());
}

/// She holds good receipts for what she may read, and tries them on what she made herself.
#[tokio::test]
async fn a_hostile_member_gets_nothing_in_with_the_receipts_of_others() {
    let mut world = World::new();
    let (asha, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&asha, &[&ben]).await;
    let mut mallory = world.bare_device(Role::Partner, "Mallory");
    asha.know(mallory.person.id).await;
    ben.append(project, Problem, "Ben's words.");
    asha.add_member(project, mallory.person.id, Right::Read).unwrap();
    world.settle(&[&ben, &asha]).await;
    mallory.join(project, Right::Read, 1);
    let backup = world.server.backup();
    let read = mallory.exchange(&mallory.request(Vec::new()));
    world.server.restore(&backup);

    let pulled = entries(&read.items);
    let changes = pulled.iter().filter(|one| one.offer.kind == EntryKind::Change);
    let bodies: Vec<&[u8]> = changes.map(|one| one.offer.body.as_slice()).collect();
    let mut copy = Document::open(&bodies, mallory.id).unwrap();
    let text = "Mallory's words.".to_owned();
    let edit = Edit::ChangeProject(ProjectEdit::Section { section: Plan, text });
    let words = change(project, &copy.edit(None, &[edit], AT).unwrap().unwrap());
    let right = grant(project, mallory.person.id, Right::Edit, 99);
    let mut brought = Vec::new();
    for offer in [words, right, delete(project)] {
        for receipt in &read.receipts {
            let (person, device) = (asha.person(), asha.id());
            let receipt = Some(receipt.mac);
            brought.push(Brought { offer: offer.clone(), person, device, receipt });
        }
    }
    assert!(brought.len() > 6, "she has some");
    let request = ExchangeRequest { brought, ..mallory.request(Vec::new()) };
    for verdict in mallory.try_exchange(&request).unwrap().brought {
        let Outcome::Rejected { code, .. } = verdict.outcome else { panic!("{verdict:?}") };
        assert_eq!(code, RefusalCode::NoReceipt);
    }
    world.settle(&[&asha, &ben]).await;
    world.assert_text((project, Problem), &["Ben's words."], &[&asha, &ben]);
    assert_eq!(ben.section(project, Plan), "");
    let members = asha.project(project).unwrap().members;
    let of_mallory = members.iter().find(|member| member.person.id == mallory.person.id);
    assert_eq!(of_mallory.map(|member| member.right), Some(Right::Read));
}
