//! Verdicts of every kind, given by a judge in the place of the server.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use enhance_client::{ListPage, Stage};
use enhance_model::{DocumentId, EntryHash, RefusalCode, Right, change_project::Section::Problem};
use enhance_protocol::{EntryKind, Offer, Outcome};
use enhance_tests::{
    device::Device,
    network::{Judge, Weather},
    world::World,
};

use crate::project_of_two;

/// True for the first content entry of a document that is offered, and for that one every time.
fn first_content(document: DocumentId) -> impl Fn(&Offer) -> bool {
    let first = Mutex::new(None);
    move |offer| {
        if offer.document != document || !offer.kind.is_content() {
            return false;
        }
        *first.lock().unwrap().get_or_insert(offer.hash) == offer.hash
    }
}

#[tokio::test]
async fn a_refused_change_goes_to_quarantine_and_later_work_goes_on() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let other = trainee.create_project("A second plan", "env", "").unwrap();
    trainee.write(project, Problem, "Refused.");
    trainee.write(project, Problem, "Refused. Built on it.");
    trainee.write(other, Problem, "Has nothing to do with it.");
    trainee.network.set(Weather::refuses(RefusalCode::WrongSchema, first_content(project)));
    let report = trainee.sync().await;
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(trainee.status(other).unwrap().stage, Stage::Stored);
    assert!(trainee.status(project).unwrap().quarantined);
    assert_eq!(trainee.section(project, Problem), "");

    let quarantined = trainee.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1, "{quarantined:?}");
    assert_eq!(
        (quarantined[0].code.as_str(), quarantined[0].title.as_str()),
        ("wrong_schema", "Falls on ward 7")
    );
    let view = trainee.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "Refused. Built on it."), "{view:?}");

    trainee.network.set(Weather::Clear);
    trainee.write(project, Problem, "Later work.");
    assert_eq!(trainee.sync().await.pushed, 1);
    trainee.replay(quarantined[0].id).unwrap();
    trainee.sync().await;
    supervisor.sync().await;
    let text = supervisor.section(project, Problem);
    assert!(text.contains("Later work.") && text.contains("Built on it."), "{text}");
    assert_eq!(text, trainee.section(project, Problem));
}

#[tokio::test]
async fn a_refused_envelope_takes_the_later_ones_of_its_entry_along_and_nothing_else() {
    let world = World::new();
    let trainee = world.trainee().await;
    let reflection = trainee.reflect("Night shift");
    let other = trainee.reflect("Day shift");
    trainee.sync().await;
    trainee.answer(reflection, "One.");
    trainee.answer(reflection, "One. Two.");
    trainee.answer(other, "Other.");
    trainee.network.set(Weather::refuses(RefusalCode::ChangeTooLarge, first_content(reflection)));
    let report = trainee.sync().await;
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(trainee.status(other).unwrap().stage, Stage::Stored);
    let quarantined = trainee.quarantined().unwrap();
    let view = trainee.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "One. Two."), "{view:?}");

    trainee.network.set(Weather::Clear);
    trainee.replay(quarantined[0].id).unwrap();
    let report = trainee.sync().await;
    assert_eq!((report.pushed, report.waiting), (1, 0), "{report:?}");
    assert_eq!(trainee.answered(reflection), "One. Two.");
    assert_eq!(trainee.status(reflection).unwrap().stage, Stage::Stored);
}

#[tokio::test]
async fn a_document_that_is_refused_as_a_whole_stays_readable() {
    let world = World::new();
    let trainee = world.trainee().await;
    let project = trainee.create_project("Fewer falls", "pcp", "").unwrap();
    trainee.write(project, Problem, "Patients fall.");
    let other = trainee.create_project("A second plan", "env", "").unwrap();
    let create = move |offer: &Offer| offer.document == project && offer.kind == EntryKind::Create;
    trainee.network.set(Weather::refuses(RefusalCode::DocumentExists, create));
    let report = trainee.sync().await;
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(trainee.status(other).unwrap().stage, Stage::Stored);
    let quarantined = trainee.quarantined().unwrap();
    assert_eq!(quarantined[0].title, "Fewer falls");
    let view = trainee.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "Patients fall."), "{view:?}");
}

#[tokio::test]
async fn a_refused_right_is_what_it_was_before() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let fellow = world.fellow().await;
    trainee.sync().await;
    let ben = supervisor.person();
    let cara = fellow.person();
    let rights = |device: &Device| {
        let members = device.project(project).unwrap().members;
        members.into_iter().map(|one| (one.person.name, one.right)).collect::<Vec<_>>()
    };
    let before = rights(&trainee);
    trainee.add_member(project, ben, Right::Read).unwrap();
    trainee.add_member(project, cara, Right::Read).unwrap();
    let grants = |offer: &Offer| offer.kind == EntryKind::Grant;
    trainee.network.set(Weather::refuses(RefusalCode::UnknownPerson, grants));
    let report = trainee.sync().await;
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(rights(&trainee), before);

    trainee.remove_member(project, ben).unwrap();
    let revokes = |offer: &Offer| offer.kind == EntryKind::Revoke;
    trainee.network.set(Weather::refuses(RefusalCode::NotGranted, revokes));
    trainee.sync().await;
    assert_eq!(rights(&trainee), before);
}

#[tokio::test]
async fn work_for_which_there_is_no_space_waits_and_stays() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Too much.");
    let all = |offer: &Offer| offer.kind.is_content();
    trainee.network.set(Weather::refuses(RefusalCode::QuotaExceeded, all));
    let report = trainee.sync().await;
    assert_eq!((report.quarantined, report.waiting, report.round_trips), (0, 1, 1), "{report:?}");
    assert_eq!(trainee.section(project, Problem), "Too much.");
    trainee.network.set(Weather::Clear);
    assert_eq!(trainee.sync().await.pushed, 1);
}

#[tokio::test]
async fn what_the_server_misses_is_offered_again_with_what_needs_it() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "First.");
    trainee.sync().await;
    let first = trainee.project(project).unwrap().version.heads()[0];
    trainee.write(project, Problem, "First. Second.");
    let claimed = AtomicBool::new(false);
    let judge = Judge::new(move |offer| {
        let claims = offer.kind.is_content() && !claimed.swap(true, Ordering::SeqCst);
        claims.then(|| Outcome::MissingDependencies(vec![first.into()]))
    });
    trainee.network.set(Weather::Judged(judge));
    let report = trainee.sync().await;
    assert_eq!(
        (report.round_trips, report.pushed, report.duplicates, report.waiting),
        (2, 1, 1, 0),
        "{report:?}"
    );
    supervisor.sync().await;
    assert_eq!(supervisor.section(project, Problem), "First. Second.");
}

#[tokio::test]
async fn a_server_that_always_misses_something_is_not_asked_for_ever() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "First.");
    let unknown = EntryHash::from_bytes([7; 32]);
    let judge = Judge::new(move |offer: &Offer| {
        offer.kind.is_content().then(|| Outcome::MissingDependencies(vec![unknown]))
    });
    trainee.network.set(Weather::Judged(judge));
    let report = trainee.sync().await;
    assert_eq!((report.waiting, report.quarantined), (1, 0), "{report:?}");
    assert!(report.round_trips <= 4, "{report:?}");
    trainee.network.set(Weather::Clear);
    assert_eq!(trainee.sync().await.waiting, 0);
}

#[tokio::test]
async fn a_server_that_takes_less_at_once_gets_less_at_once() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    for text in ["One.", "One. Two.", "One. Two. Three."] {
        trainee.write(project, Problem, text);
    }
    trainee.network.set(Weather::OneAtATime);
    let report = trainee.sync().await;
    assert_eq!((report.pushed, report.waiting), (3, 0), "{report:?}");
    supervisor.sync().await;
    assert_eq!(supervisor.section(project, Problem), "One. Two. Three.");
}

#[tokio::test]
async fn a_deletion_reaches_the_server_even_if_no_answer_ever_came() {
    let world = World::new();
    let trainee = world.trainee().await;
    trainee.sync().await;
    let reflection = trainee.reflect("Night shift");
    let never_sent = trainee.reflect("Never sent");
    trainee.delete(never_sent).unwrap();
    trainee.network.set(Weather::LOST_ANSWER);
    trainee.try_sync().await.unwrap_err();
    trainee.delete(reflection).unwrap();
    trainee.network.set(Weather::Clear);
    let report = trainee.sync().await;
    assert_eq!((report.waiting, report.quarantined), (0, 0), "{report:?}");

    let second = world.trusted_device(&trainee, "Ana's tablet").await;
    second.sync().await;
    assert_eq!(second.reflections(ListPage::ALL).unwrap().items, []);
}
