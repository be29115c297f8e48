//! Copies of a reflection: each is listed with its reader, can be taken back, and is named when the
//! original is deleted.

use enhance_client::{LearningCore, SignOffAnswer, SignOffSubject, Stage};
use enhance_model::{
    DocumentKind, Standing,
    sign_off::{Decision, SupervisorRole},
};
use enhance_tests::world::World;

#[tokio::test]
async fn c3_copies_are_listed_with_their_readers_taken_back_and_named_when_the_original_goes() {
    let world = World::new();
    let (ana, ben, cara) = (world.trainee().await, world.supervisor().await, world.fellow().await);
    ana.sync().await;
    let reflection = ana.reflect("Night shift");
    ana.answer(reflection, "Six calls before dawn.");
    let to_ben = ana.share_reflection(reflection, ben.person()).unwrap();
    world.clock.jump_days(1);
    let to_cara = ana.share_reflection(reflection, cara.person()).unwrap();
    let copies = ana.copies(reflection).unwrap();
    assert_eq!([copies[0].document, copies[1].document], [to_cara, to_ben], "newest first");
    assert_eq!(copies[0].stage, Stage::Saved, "nobody can read it yet");
    world.settle(&[&ana, &ben, &cara]).await;
    ben.mark_seen(to_ben).unwrap();
    cara.put_away(to_cara).unwrap();
    assert!(cara.put_away(to_cara).is_err());
    world.settle(&[&ben, &cara, &ana]).await;
    assert!(cara.shared_reflection(to_cara).is_err());
    let copies = ana.copies(reflection).unwrap();
    let readers: Vec<_> =
        copies.iter().map(|copy| copy.reader.as_ref().map(|one| one.id)).collect();
    assert_eq!(readers, [Some(cara.person()), Some(ben.person())]);
    assert_eq!(
        copies.iter().map(|one| one.standing).collect::<Vec<_>>(),
        [Standing::Left, Standing::Member]
    );
    assert!(copies[0].seen_at.is_none() && copies[1].seen_at.is_some());

    // What was asked to be signed is a copy as well, and evidence once it was.
    let subject = SignOffSubject::Reflection(reflection);
    let signed = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    let answer = SignOffAnswer { decision, role, statement: "Well seen.".to_owned() };
    ben.sign(signed, &answer).unwrap();
    world.settle(&[&ben, &ana]).await;
    let preview = ana.deletion_preview(reflection).unwrap();
    assert_eq!(preview.title, "Night shift");
    assert_eq!(preview.copies.len(), 3);
    let request = preview.copies.iter().find(|copy| copy.document == signed).unwrap();
    assert_eq!((request.kind, request.sign_offs), (DocumentKind::SignOffRequest, 1));

    let left = ana.delete_with_copies(reflection).unwrap();
    assert_eq!(left.iter().map(|copy| copy.document).collect::<Vec<_>>(), [signed]);
    world.settle(&[&ana, &ben]).await;
    assert!(ben.shared_reflection(to_ben).is_err(), "taken back");
    assert!(ben.sign_off_request(signed).is_ok(), "what was signed stays");
    assert!(ana.reflection(reflection).is_err());
}

#[tokio::test]
async fn a_copy_that_was_signed_as_itself_is_evidence_and_stays() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let reflection = ana.reflect("Night shift");
    let copy = ana.share_reflection(reflection, ben.person()).unwrap();
    let subject = SignOffSubject::SharedReflection(copy);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    let answer = SignOffAnswer { decision, role, statement: "Well seen.".to_owned() };
    ben.sign(request, &answer).unwrap();
    world.settle(&[&ben, &ana]).await;
    assert_eq!(ana.take_back_copies(reflection).unwrap(), []);
    assert!(ana.copies(reflection).unwrap().iter().all(|copy| copy.sign_offs == 1));
}

#[tokio::test]
async fn c3_a_copy_that_outlives_its_reflection_is_still_listed_and_can_be_taken_back() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.sync().await;
    let reflection = ana.reflect("Night shift");
    let one = ana.share_reflection(reflection, ben.person()).unwrap();
    let two = ana.share_reflection(reflection, ben.person()).unwrap();
    ana.delete(one).unwrap();
    assert_eq!(ana.copies(reflection).unwrap().len(), 1);
    ana.delete(reflection).unwrap();
    let left: Vec<_> = ana.shared_by_me().unwrap().into_iter().map(|copy| copy.id).collect();
    assert_eq!(left, [two]);
    world.settle(&[&ana, &ben]).await;
    assert!(ben.shared_reflection(two).is_ok());
    ana.delete(two).unwrap();
    world.settle(&[&ana, &ben]).await;
    assert!(ben.shared_reflection(two).is_err());
    let all = |core: &LearningCore| core.shared_by_me().unwrap();
    assert!(all(&ana).is_empty() && all(&ben).is_empty());
}
