//! C1: what was written on one device while another one deleted it stays readable there, and the
//! person is told. C4: a comment that was refused is made once more when the right is given back.

use enhance_client::{DraftField, Error, Stage};
use enhance_model::{DocumentId, Right, change_project::Section::Problem};
use enhance_tests::{
    content,
    device::Device,
    world::{World, quarantine_holds},
};

/// Whether the one piece of refused work on a device is readable and says where it went.
#[track_caller]
fn assert_kept(device: &Device, words: &[&str], title: &str) {
    let kept = device.quarantined().unwrap();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((kept[0].code.as_str(), kept[0].title.as_str()), ("document_deleted", title));
    assert!(kept[0].explanation.contains("another device"), "{}", kept[0].explanation);
    for word in words {
        assert!(quarantine_holds(device, word), "{word:?} is lost");
    }
}

async fn two_devices(world: &World) -> (Device, Device) {
    let phone = world.trainee().await;
    phone.sync().await;
    let tablet = world.trusted_device(&phone, "Ana's tablet").await;
    (phone, tablet)
}

#[tokio::test]
async fn c1_what_was_written_in_a_reflection_that_was_deleted_elsewhere_stays_readable() {
    let world = World::new();
    let (phone, tablet) = two_devices(&world).await;
    let reflection = phone.reflect("Regretted");
    phone.answer(reflection, "Said and sent.");
    world.settle(&[&phone, &tablet]).await;
    tablet.network.down();
    tablet.answer(reflection, "Said and sent. Never sent.");
    tablet.answer(reflection, "Said and sent. Never sent. Nor this.");
    phone.delete(reflection).unwrap();
    phone.sync().await;
    tablet.network.up();
    let report = tablet.sync().await;
    assert!(report.quarantined > 0, "the person is told: {report:?}");
    assert_kept(&tablet, &["Never sent.", "Nor this."], "Regretted");
    assert!(tablet.reflection(reflection).is_err());
    assert!(phone.quarantined().unwrap().is_empty());
    let id = tablet.quarantined().unwrap()[0].id;
    assert!(matches!(tablet.replay(id), Err(Error::Gone { .. })));
    tablet.dismiss(id).unwrap();
    world.settle(&[&phone, &tablet]).await;
    assert!(tablet.quarantined().unwrap().is_empty());
}

#[tokio::test]
async fn c1_what_was_only_typed_stays_readable_too() {
    let world = World::new();
    let (phone, tablet) = two_devices(&world).await;
    let reflection = phone.reflect("Regretted");
    world.settle(&[&phone, &tablet]).await;
    let field = DraftField::Answer(content::PROMPT.to_owned());
    let shown = tablet.reflection(reflection).unwrap().version;
    tablet.autosave(reflection, &field, &shown, "Only typed").unwrap();
    phone.delete(reflection).unwrap();
    phone.sync().await;
    tablet.sync().await;
    assert_kept(&tablet, &["Only typed"], "Regretted");
}

#[tokio::test]
async fn c1_of_a_project_words_and_comments_stay_readable() {
    let world = World::new();
    let (phone, tablet) = two_devices(&world).await;
    let project = phone.create_project("Falls", "sys", "Ward 7").unwrap();
    phone.comment(project, "problem", "Sent.").unwrap();
    world.settle(&[&phone, &tablet]).await;
    tablet.write(project, Problem, "Never sent of the plan.");
    tablet.comment(project, "problem", "Never sent comment.").unwrap();
    phone.delete(project).unwrap();
    phone.sync().await;
    let report = tablet.sync().await;
    assert!(report.quarantined >= 2, "{report:?}");
    for word in ["Never sent of the plan.", "Never sent comment."] {
        assert!(quarantine_holds(&tablet, word), "{word:?} is lost");
    }
}

/// A document that was deleted with nothing unsent leaves nothing behind.
#[tokio::test]
async fn c1_what_was_sent_is_deleted_everywhere() {
    let world = World::new();
    let (phone, tablet) = two_devices(&world).await;
    let reflection = phone.reflect("Regretted");
    tablet.sync().await;
    world.settle(&[&phone, &tablet]).await;
    tablet.answer(reflection, "Sent.");
    tablet.sync().await;
    phone.delete(reflection).unwrap();
    world.settle(&[&phone, &tablet]).await;
    assert!(tablet.quarantined().unwrap().is_empty());
}

/// What a member wrote and its owner never saw is with the member, sent or not; what she saw goes.
#[tokio::test]
async fn what_a_member_sent_into_a_project_that_is_deleted_unseen_stays_readable() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ben.append(project, Problem, "Seen by Ana.");
    ben.comment(project, "problem", "Seen comment.").unwrap();
    world.settle(&[&ben, &ana]).await;
    ben.append(project, Problem, " Sent and seen by nobody.");
    ben.comment(project, "problem", "A comment that nobody saw.").unwrap();
    ben.sync().await;
    assert_eq!(ben.status(project).unwrap().stage, Stage::Stored);
    ana.delete_for_everybody(project).unwrap();
    ana.sync().await;
    ben.network.down();
    ben.append(project, Problem, " Never sent.");
    ben.network.up();
    let report = ben.sync().await;
    assert!(report.quarantined >= 3, "{report:?}");
    assert!(ben.project(project).is_err());
    for word in ["Sent and seen by nobody.", "Never sent.", "A comment that nobody saw."] {
        assert!(quarantine_holds(&ben, word), "{word:?} is lost");
    }
    assert!(!quarantine_holds(&ben, "Seen comment."));
    assert!(ana.quarantined().unwrap().is_empty());
}

/// What is said about a plan, oldest first.
#[track_caller]
fn comments(device: &Device, project: DocumentId) -> Vec<String> {
    let threads = device.threads(project).unwrap();
    threads.into_iter().filter_map(|thread| thread.first).map(|first| first.body).collect()
}

/// The first comment of a person, and one after another that was stored.
#[tokio::test]
async fn c4_a_refused_comment_is_made_once_more_when_the_right_is_given_back() {
    for has_commented in [false, true] {
        let world = World::new();
        let (ana, ben) = (world.trainee().await, world.supervisor().await);
        let project = world.shared_project(&ana, &[&ben]).await;
        let mut expected = vec!["Why at night?", "And who?"];
        if has_commented {
            ben.comment(project, "problem", "Stored.").unwrap();
            world.settle(&[&ana, &ben]).await;
            expected.insert(0, "Stored.");
        }
        ben.network.down();
        ben.comment(project, "problem", "Why at night?").unwrap();
        world.clock.jump(std::time::Duration::from_secs(60));
        ben.comment(project, "problem", "And who?").unwrap();
        ana.remove_member(project, ben.person()).unwrap();
        ana.sync().await;
        ben.network.up();
        assert!(ben.sync().await.quarantined > 0);
        let refused = ben.quarantined().unwrap();
        assert!(quarantine_holds(&ben, "Why at night?") && quarantine_holds(&ben, "And who?"));
        assert!(ben.replay(refused[0].id).is_err(), "the right is not back");

        ana.add_member(project, ben.person(), Right::Comment).unwrap();
        world.settle(&[&ana, &ben]).await;
        for one in ben.quarantined().unwrap().iter().rev() {
            ben.replay(one.id).unwrap();
        }
        world.settle(&[&ana, &ben]).await;
        assert_eq!(comments(&ana, project), expected, "commented before: {has_commented}");
        assert_eq!(comments(&ben, project), expected);
        assert!(ben.quarantined().unwrap().is_empty());
    }
}
