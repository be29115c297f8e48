//! A trainee asks for signatures, a supervisor answers on a ward without signal, and what was signed
//! can be checked by anybody for years.

use std::time::Duration;

use enhance_client::{
    Cancellation, ChangedSince, Error, InboxPage, SignOffAnswer, SignOffFault, SignOffRequestView,
    SignOffStanding, SignOffSubject, WitnessedSigner,
    model::{
        DocumentId, Role,
        change_project::Section::Problem,
        sign_off::{Decision, SupervisorRole},
    },
    verify_sign_off,
};
use enhance_tests::{device::Device, world::World};

fn signed(statement: &str) -> SignOffAnswer {
    let (decision, role) = (Decision::Signed, SupervisorRole::Clinical);
    SignOffAnswer { decision, role, statement: statement.to_owned() }
}

fn returned(statement: &str) -> SignOffAnswer {
    SignOffAnswer { decision: Decision::Returned, ..signed(statement) }
}

#[track_caller]
fn read(device: &Device, request: DocumentId) -> SignOffRequestView {
    device.sign_off_request(request).unwrap()
}

#[tokio::test]
async fn what_is_signed_without_signal_counts_and_an_edit_shows_as_changed_since() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    ana.write(project, Problem, "Too many falls at night.");
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "Before Friday.").unwrap();
    world.settle(&[&ana, &ben]).await;
    let asked = &ben.sign_offs_asked_of_me().unwrap()[0];
    assert_eq!((asked.id, asked.standing, asked.mine), (request, SignOffStanding::Asked, false));
    assert!(asked.request.text.contains("Too many falls at night."));

    ben.network.down();
    let answer = ben.sign(request, &signed("Well thought through.")).unwrap();
    assert_eq!(read(&ben, request).standing, SignOffStanding::Signed, "at once, on his phone");
    ben.network.up();
    world.settle(&[&ben, &ana]).await;
    let view = read(&ana, request);
    assert_eq!(view.standing, SignOffStanding::Signed);
    let [one] = view.answers.as_slice() else { panic!("{view:?}") };
    assert_eq!((one.id, one.fault, one.by_who_was_asked), (answer, None, true));
    assert_eq!(one.sign_off.signer.person, Some(ben.person()));
    assert_eq!(ana.changed_since_sign_off(request), Ok(ChangedSince::Unchanged));

    ana.write(project, Problem, "Too many falls at night, most of them near the toilets.");
    let ChangedSince::Changed { difference, sentences } =
        ana.changed_since_sign_off(request).unwrap()
    else {
        panic!("an edit shows")
    };
    assert_eq!(difference.gone, ["Too many falls at night."]);
    assert!(!sentences.is_empty());
    assert!(!read(&ana, request).request.text.contains("toilets"), "what was signed stays");

    let again = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    assert_eq!(read(&ben, again).standing, SignOffStanding::Asked);
    assert_eq!(ben.sign_offs_of(project).unwrap().len(), 2);
    let changed = ben.changed_since_sign_off(request).unwrap();
    assert!(matches!(changed, ChangedSince::Changed { .. }), "he sees it too");

    let json = ana.export_sign_off(answer).unwrap().to_json().unwrap();
    let verdict = verify_sign_off(&json, None).unwrap();
    assert_eq!((verdict.fault, verdict.publisher_known), (None, false));
    let known = Some(verdict.paper.publisher_key);
    assert_eq!(verify_sign_off(&json, known).unwrap().fault, None);
    let forged = json.replace("Too many falls", "No more falls");
    let fault = verify_sign_off(&forged, known).unwrap().fault;
    assert_eq!(fault, Some(SignOffFault::AnotherText));
    let forged = json.replace("Well thought", "Badly thought");
    let fault = verify_sign_off(&forged, known).unwrap().fault;
    assert_eq!(fault, Some(SignOffFault::BadSignature));
}

#[tokio::test]
async fn what_is_returned_comes_with_words_and_a_second_answer_takes_its_place() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    world.settle(&[&ana, &ben]).await;
    let reflection = ana.reflect("A long night");
    ana.answer(reflection, "I asked for help too late.");
    let subject = SignOffSubject::Reflection(reflection);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    assert!(ben.reflection(reflection).is_err(), "the reflection itself is not his to read");
    assert!(matches!(ben.sign(request, &returned(" ")), Err(Error::InvalidInput { .. })));
    let first = ben.sign(request, &returned("What would you do next time?")).unwrap();
    world.settle(&[&ben, &ana]).await;
    let view = read(&ana, request);
    assert_eq!(view.standing, SignOffStanding::Returned);
    assert_eq!(view.answers[0].sign_off.statement, "What would you do next time?");

    let second = ben.sign(request, &signed("Talked it through.")).unwrap();
    world.settle(&[&ben, &ana]).await;
    let view = read(&ana, request);
    assert_eq!(view.standing, SignOffStanding::Signed);
    let states: Vec<_> = view.answers.iter().map(|one| (one.id, one.superseded)).collect();
    assert_eq!(states, [(first, true), (second, false)]);
    assert_eq!(view.answers[1].sign_off.supersedes, Some(first));
    assert_eq!(view.answers[0].sign_off.statement, "What would you do next time?", "it stays");
    let waiting = ana.inbox(InboxPage::default()).unwrap().items;
    let told: Vec<&str> = waiting.iter().map(|one| one.item.words.as_str()).collect();
    let anew = "Signed, in the place of what they answered before. Talked it through.";
    assert_eq!(told, [anew]);
    assert!(ben.delete(second).is_err(), "nobody undoes a signature");
    assert!(ana.sign(request, &signed("")).is_err(), "nobody signs off their own work");
    assert_eq!(ben.changed_since_sign_off(request), Ok(ChangedSince::Unknown));
}

#[tokio::test]
async fn who_signs_on_the_trainees_phone_is_named_as_witnessed_by_her() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    ana.note_session("Grand round");
    let session = ana.learning_log().unwrap().sessions[0].id;
    let subject = SignOffSubject::Sessions([session].into());
    let request = ana.request_sign_off(&subject, None, "").unwrap();
    ana.network.down();
    let (name, known_by) = ("Dr Lee".to_owned(), "consultant on this ward".to_owned());
    let lee = WitnessedSigner { name, person: None, known_by };
    ana.sign_witnessed(request, &lee, &signed("Present throughout.")).unwrap();
    ana.network.up();
    world.settle(&[&ana, &ben]).await;
    let view = read(&ana, request);
    assert_eq!((view.standing, view.answers[0].fault), (SignOffStanding::Signed, None));
    let signer = &view.answers[0].sign_off.signer;
    assert_eq!(signer.witnessed.as_deref(), Some("consultant on this ward"));
    assert_eq!(view.answers[0].sign_off.certificate.person, ana.person(), "by her key, not his");
    assert_eq!(view.status.stage, enhance_client::Stage::Stored);
    assert!(ben.sign_off_request(request).is_err(), "nobody else was shown it");

    ana.remove_session(session).unwrap();
    assert_eq!(ana.changed_since_sign_off(request), Ok(ChangedSince::Deleted));
}

#[tokio::test]
async fn what_is_signed_on_a_lost_phone_does_not_count_and_what_was_before_does() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let subject = SignOffSubject::Project(project);
    let before = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    let after = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.sign(before, &signed("")).unwrap();
    world.settle(&[&ben, &ana]).await;

    world.clock.jump(Duration::from_secs(60));
    let device = ben.id().to_string();
    world.server.command(&["revoke", &device]).unwrap();
    world.clock.jump(Duration::from_secs(60));
    ben.sign(after, &signed("by whoever has the phone now")).unwrap();
    let report = ben.sync().await;
    assert!(report.quarantined > 0, "the server takes nothing signed on it: {report:?}");
    ana.sync().await;
    assert_eq!(read(&ana, before).standing, SignOffStanding::Signed, "it was signed in time");
    assert_eq!(read(&ana, after).standing, SignOffStanding::Asked);
    let renewed = ben.renew_signing_key(&Cancellation::new()).await;
    assert!(matches!(renewed, Err(Error::Refused { .. })), "a lost phone gets no new key");
}

#[tokio::test]
async fn a_new_key_signs_and_what_was_signed_with_the_old_one_stays_good() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.sign(request, &returned("More data, please.")).unwrap();
    ben.renew_signing_key(&Cancellation::new()).await.unwrap();
    ben.sign(request, &signed("")).unwrap();
    world.settle(&[&ben, &ana]).await;
    let view = read(&ana, request);
    assert!(view.answers.iter().all(|one| one.fault.is_none()));
    let keys: Vec<_> = view.answers.iter().map(|one| one.sign_off.certificate.key).collect();
    assert_ne!(keys[0], keys[1]);
    assert_eq!(view.standing, SignOffStanding::Signed);
}

#[tokio::test]
async fn a_sign_off_comes_back_to_a_restored_server_and_its_signer_may_be_gone() {
    let mut world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    world.settle(&[&ana, &ben]).await;
    let backup = world.server.backup();
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben]).await;
    ben.sign(request, &signed("Good.")).unwrap();
    world.settle(&[&ben, &ana]).await;
    drop(ben);

    world.server.restore(&backup);
    world.settle(&[&ana]).await;
    let tablet = world.trusted_device(&ana, "Ana's new tablet").await;
    tablet.sync().await;
    let view = read(&tablet, request);
    assert_eq!((view.standing, view.answers[0].fault), (SignOffStanding::Signed, None));
}

#[tokio::test]
async fn who_was_not_asked_reads_nothing_and_signs_nothing() {
    let world = World::new();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let eve = world.person(Role::Supervisor, "Eve").await;
    let project = world.shared_project(&ana, &[&ben, &eve]).await;
    let subject = SignOffSubject::Project(project);
    let request = ana.request_sign_off(&subject, Some(ben.person()), "").unwrap();
    world.settle(&[&ana, &ben, &eve]).await;
    assert_eq!(eve.sign_offs_asked_of_me().unwrap().items, []);
    assert!(matches!(eve.sign(request, &signed("")), Err(Error::NotFound { .. })));
}
