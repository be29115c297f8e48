//! What somebody signed for a trainee stops counting: she hears of it once, whatever ended it.

use std::time::Duration;

use enhance_client::{
    Clock, EndedWhy, InboxPage, InboxView, SignOffAnswer, SignOffSubject, WitnessedSigner,
    model::{
        DocumentId,
        change_project::Section::Problem,
        inbox::{InboxKind, Leaves},
        sign_off::{Decision, SupervisorRole},
    },
};
use enhance_tests::{device::Device, world::World};

fn signed() -> SignOffAnswer {
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    SignOffAnswer { decision, role, statement: "Well thought through.".to_owned() }
}

/// What waits for her since a sign-off ended, and nothing else of the kind.
#[track_caller]
fn told(device: &Device) -> Vec<InboxView> {
    let items = device.inbox(InboxPage::default()).unwrap().items;
    items.into_iter().filter(|one| one.item.kind == InboxKind::SignOffEnded).collect()
}

#[track_caller]
fn why(device: &Device, request: DocumentId) -> Vec<EndedWhy> {
    device.sign_offs_ended(request).unwrap().into_iter().map(|one| one.why).collect()
}

/// Asks for a signature, which is given, comes back, and is seen.
async fn signed_and_seen(
    world: &World,
    (ana, ben): (&Device, &Device),
    subject: &SignOffSubject,
) -> DocumentId {
    let request = ana.request_sign_off(subject, Some(ben.person()), "").unwrap();
    world.settle(&[ana, ben]).await;
    ben.sign(request, &signed()).unwrap();
    world.settle(&[ben, ana]).await;
    assert_eq!(told(ana), [], "it counts");
    assert_eq!(why(ana, request), []);
    request
}

#[tokio::test]
async fn a_device_that_was_lost_before_it_signed_is_told_of_once() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    world.settle(&[&ana, &ben]).await;
    let lost = world.clock.now().to_string();
    world.clock.jump(Duration::from_secs(60));
    let subject = SignOffSubject::Project(project);
    let request = signed_and_seen(&world, (&ana, &ben), &subject).await;
    world.clock.jump(Duration::from_secs(60));
    world.server.command(&["revoke", "--since", &lost, &ben.id().to_string()]).unwrap();
    world.clock.jump(Duration::from_secs(60));
    ana.sync().await;
    let [one] = &told(&ana)[..] else { panic!("one line: {:?}", told(&ana)) };
    assert!(one.item.words.contains("does not count"), "{}", one.item.words);
    assert!(one.item.words.contains("Ask for it again."), "all of it: {}", one.item.words);
    assert_eq!((one.item.document, one.leaves), (request, Leaves::WhenSeen));
    assert_eq!(why(&ana, request), [EndedWhy::Lost]);
    ana.mark_inbox_seen(one.item.id).unwrap();
    assert_eq!(told(&ana), [], "once");
    assert_eq!(told(&ben), [], "it is her evidence");
}

#[tokio::test]
async fn an_edit_of_what_was_signed_is_told_of_once_and_not_where_it_is_undone() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "Too many falls at night.");
    let subject = SignOffSubject::Project(project);
    let request = signed_and_seen(&world, (&ana, &ben), &subject).await;
    ana.write(project, Problem, "Too many falls.");
    let [one] = &told(&ana)[..] else { panic!("one line: {:?}", told(&ana)) };
    assert!(one.item.words.contains("has changed since"), "{}", one.item.words);
    assert_eq!(why(&ana, request), [EndedWhy::Changed]);
    ana.write(project, Problem, "Too many falls at night.");
    assert_eq!(told(&ana), [], "it says what was signed again");
    ana.write(project, Problem, "Fewer falls.");
    ana.mark_inbox_seen(told(&ana)[0].item.id).unwrap();
    ana.write(project, Problem, "Fewer falls at night.");
    assert_eq!(told(&ana), [], "she has seen that it changed");
    let reflection = ana.reflect("A night on call");
    ana.answer(reflection, "It was long.");
    let subject = SignOffSubject::Reflection(reflection);
    signed_and_seen(&world, (&ana, &ben), &subject).await;
    ana.answer(reflection, "It was short.");
    assert_eq!(told(&ana).len(), 1, "and so of a reflection");
}

#[tokio::test]
async fn a_session_that_was_taken_out_of_the_log_is_told_of() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    world.settle(&[&ana, &ben]).await;
    ana.note_session("Grand round");
    let session = ana.learning_log().unwrap().sessions[0].id;
    let subject = SignOffSubject::Sessions([session].into());
    let request = signed_and_seen(&world, (&ana, &ben), &subject).await;
    ana.note_session("Journal club");
    assert_eq!(told(&ana), [], "another session is none of it");
    ana.remove_session(session).unwrap();
    assert_eq!(why(&ana, request), [EndedWhy::Deleted]);
    let words: Vec<String> = told(&ana).into_iter().map(|one| one.item.words).collect();
    assert_eq!(words.len(), 1);
    assert!(words[0].contains("taken out of the log"), "{words:?}");
}

#[tokio::test]
async fn what_she_witnessed_and_they_then_signed_is_told_in_one_line() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    let (name, known_by) = (ben.name().to_owned(), "my supervisor".to_owned());
    let by = WitnessedSigner { name, person: Some(ben.person()), known_by };
    let witnessed = ana.sign_witnessed(request, &by, &signed()).unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.sign(request, &signed()).unwrap();
    world.settle(&[&ben, &ana]).await;
    let items = ana.inbox(InboxPage::default()).unwrap().items;
    let words: Vec<&str> = items.iter().map(|one| one.item.words.as_str()).collect();
    assert_eq!(words, ["Signed, in the place of what you witnessed. Well thought through."]);
    assert_eq!(why(&ana, request), [EndedWhy::Superseded]);
    let paper = ana.export_sign_off(witnessed).unwrap();
    let ended = ana.sign_off_ended(&paper).unwrap();
    assert_eq!(ended.as_deref(), Some("Another answer stands in its place."));
}
