use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use enhance_model::{RefusalCode, reflection::ReflectionEdit};
use enhance_protocol::{EntryKind, Outcome};

use super::*;
use crate::{Stage, sync::world::Judge};

/// True for the first content entry of a document that is offered, and for that one every time.
fn first_content(document: DocumentId) -> impl Fn(&enhance_protocol::Offer) -> bool {
    let first = std::sync::Mutex::new(None);
    move |offer| {
        if offer.document != document || !offer.kind.is_content() {
            return false;
        }
        *first.lock().unwrap().get_or_insert(offer.hash) == offer.hash
    }
}

fn answer(text: &str) -> [ReflectionEdit; 1] {
    [ReflectionEdit::Answer { prompt: "what".into(), text: text.into() }]
}

#[tokio::test]
async fn a_refused_change_goes_to_quarantine_and_later_work_goes_on() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    let other = trainee.create_project("A second plan", "env", "").unwrap();
    write_problem(&trainee, plan, "Refused.");
    write_problem(&trainee, plan, "Refused. Built on it.");
    write_problem(&trainee, other, "Has nothing to do with it.");
    trainee.network.is(Weather::refuses(RefusalCode::WrongSchema, first_content(plan)));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(trainee.status(other).unwrap().stage, Stage::Stored);
    assert!(trainee.status(plan).unwrap().quarantined);
    assert_eq!(problem(&trainee, plan), "");

    let quarantined = trainee.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1, "{quarantined:?}");
    assert_eq!(
        (quarantined[0].code.as_str(), quarantined[0].title.as_str()),
        ("wrong_schema", "Fewer falls")
    );
    let view = trainee.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "Refused. Built on it."), "{view:?}");

    trainee.network.is(Weather::Good);
    write_problem(&trainee, plan, "Later work.");
    assert_eq!(trainee.sync_now().await.unwrap().pushed, 1);
    trainee.replay(quarantined[0].id).unwrap();
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    let text = problem(&supervisor, plan);
    assert!(text.contains("Later work.") && text.contains("Built on it."), "{text}");
    assert_eq!(text, problem(&trainee, plan));
}

#[tokio::test]
async fn a_refused_envelope_takes_the_later_ones_of_its_entry_along_and_nothing_else() {
    let world = World::begin().await;
    let trainee = world.join(Role::Trainee, "Asha").await;
    let entry = trainee.create_reflection("quick", "Night shift", None).unwrap();
    let other = trainee.create_reflection("quick", "Day shift", None).unwrap();
    trainee.sync_now().await.unwrap();
    trainee.edit_reflection(entry, None, &answer("One.")).unwrap();
    trainee.edit_reflection(entry, None, &answer("One. Two.")).unwrap();
    trainee.edit_reflection(other, None, &answer("Other.")).unwrap();
    trainee.network.is(Weather::refuses(RefusalCode::ChangeTooLarge, first_content(entry)));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(trainee.status(other).unwrap().stage, Stage::Stored);
    let quarantined = trainee.quarantined().unwrap();
    let view = trainee.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "One. Two."), "{view:?}");

    trainee.network.is(Weather::Good);
    trainee.replay(quarantined[0].id).unwrap();
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.pushed, report.waiting), (1, 0), "{report:?}");
    assert_eq!(trainee.reflection(entry).unwrap().reflection.answers["what"], "One. Two.");
    assert_eq!(trainee.status(entry).unwrap().stage, Stage::Stored);
}

#[tokio::test]
async fn a_document_that_is_refused_as_a_whole_stays_readable() {
    let world = World::begin().await;
    let trainee = world.join(Role::Trainee, "Asha").await;
    let plan = trainee.create_project("Fewer falls", "pcp", "").unwrap();
    write_problem(&trainee, plan, "Patients fall.");
    let other = trainee.create_project("A second plan", "env", "").unwrap();
    let create = move |offer: &enhance_protocol::Offer| {
        offer.document == plan && offer.kind == EntryKind::Create
    };
    trainee.network.is(Weather::refuses(RefusalCode::DocumentExists, create));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(trainee.status(other).unwrap().stage, Stage::Stored);
    let quarantined = trainee.quarantined().unwrap();
    assert_eq!(quarantined[0].title, "Fewer falls");
    let view = trainee.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "Patients fall."), "{view:?}");
}

#[tokio::test]
async fn a_refused_right_is_what_it_was_before() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    let fellow = world.join(Role::Fellow, "Cara").await;
    trainee.sync_now().await.unwrap();
    let ben = supervisor.account().unwrap().unwrap().person.id;
    let cara = fellow.account().unwrap().unwrap().person.id;
    let rights = |device: &Device| {
        let members = device.project(plan).unwrap().members;
        members.into_iter().map(|one| (one.person.name, one.right)).collect::<Vec<_>>()
    };
    let before = rights(&trainee);
    trainee.add_member(plan, ben, Right::Read).unwrap();
    trainee.add_member(plan, cara, Right::Read).unwrap();
    let grants = |offer: &enhance_protocol::Offer| offer.kind == EntryKind::Grant;
    trainee.network.is(Weather::refuses(RefusalCode::UnknownPerson, grants));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.quarantined, report.waiting), (2, 0), "{report:?}");
    assert_eq!(rights(&trainee), before);

    trainee.remove_member(plan, ben).unwrap();
    let revokes = |offer: &enhance_protocol::Offer| offer.kind == EntryKind::Revoke;
    trainee.network.is(Weather::refuses(RefusalCode::NotGranted, revokes));
    trainee.sync_now().await.unwrap();
    assert_eq!(rights(&trainee), before);
}

#[tokio::test]
async fn work_for_which_there_is_no_space_waits_and_stays() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Too much.");
    let all = |offer: &enhance_protocol::Offer| offer.kind.is_content();
    trainee.network.is(Weather::refuses(RefusalCode::QuotaExceeded, all));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.quarantined, report.waiting, report.round_trips), (0, 1, 1), "{report:?}");
    assert_eq!(problem(&trainee, plan), "Too much.");
    trainee.network.is(Weather::Good);
    assert_eq!(trainee.sync_now().await.unwrap().pushed, 1);
}

#[tokio::test]
async fn what_the_server_misses_is_offered_again_with_what_needs_it() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "First.");
    trainee.sync_now().await.unwrap();
    let first = trainee.project(plan).unwrap().version.heads()[0];
    write_problem(&trainee, plan, "First. Second.");
    let claimed = AtomicBool::new(false);
    let judge = Judge(Arc::new(move |offer| {
        let claims = offer.kind.is_content() && !claimed.swap(true, Ordering::SeqCst);
        claims.then(|| Outcome::MissingDependencies(vec![first.into()]))
    }));
    trainee.network.is(Weather::Judges(judge));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!(
        (report.round_trips, report.pushed, report.duplicates, report.waiting),
        (2, 1, 1, 0),
        "{report:?}"
    );
    supervisor.sync_now().await.unwrap();
    assert_eq!(problem(&supervisor, plan), "First. Second.");
}

#[tokio::test]
async fn a_server_that_always_misses_something_is_not_asked_for_ever() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "First.");
    let unknown = enhance_model::EntryHash::from_bytes([7; 32]);
    let judge = Judge(Arc::new(move |offer: &enhance_protocol::Offer| {
        offer.kind.is_content().then(|| Outcome::MissingDependencies(vec![unknown]))
    }));
    trainee.network.is(Weather::Judges(judge));
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.waiting, report.quarantined), (1, 0), "{report:?}");
    assert!(report.round_trips <= 4, "{report:?}");
    trainee.network.is(Weather::Good);
    assert_eq!(trainee.sync_now().await.unwrap().waiting, 0);
}

#[tokio::test]
async fn a_server_that_takes_less_at_once_gets_less_at_once() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    for text in ["One.", "One. Two.", "One. Two. Three."] {
        write_problem(&trainee, plan, text);
    }
    trainee.network.is(Weather::TakesOneAtATime);
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.pushed, report.waiting), (3, 0), "{report:?}");
    supervisor.sync_now().await.unwrap();
    assert_eq!(problem(&supervisor, plan), "One. Two. Three.");
}

#[tokio::test]
async fn a_deletion_reaches_the_server_even_if_no_answer_ever_came() {
    let world = World::begin().await;
    let trainee = world.join(Role::Trainee, "Asha").await;
    trainee.sync_now().await.unwrap();
    let entry = trainee.create_reflection("quick", "Night shift", None).unwrap();
    let never_sent = trainee.create_reflection("quick", "Never sent", None).unwrap();
    trainee.delete(never_sent).unwrap();
    trainee.network.is(Weather::LosesAnswers);
    trainee.sync_now().await.unwrap_err();
    trainee.delete(entry).unwrap();
    trainee.network.is(Weather::Good);
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.waiting, report.quarantined), (0, 0), "{report:?}");

    let second = Device::new();
    let invitation = trainee.invite_device(&Cancellation::new()).await.unwrap();
    second.enrol(&world.url(), &invitation, "Tablet", &Cancellation::new()).await.unwrap();
    second.sync_now().await.unwrap();
    let here = second.with(|state| Ok(state.store.documents_after(None, 100)?)).unwrap();
    assert_eq!(here, []);
}
