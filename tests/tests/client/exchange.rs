use std::time::Duration;

use enhance_model::{RefusalCode, Timestamp, reflection::ReflectionEdit};
use enhance_protocol::{
    ExchangeResponse, MEDIA_TYPE, Nonce, PROTOCOL, Refusal, encode, exchange::Cursor,
};

use super::*;
use crate::{Error, Stage};

#[tokio::test]
async fn one_change_takes_one_trip() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    trainee.network.requests();
    write_problem(&trainee, plan, "Patients fall at night.");
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.round_trips, report.pushed, report.waiting), (1, 1, 0), "{report:?}");
    assert_eq!(trainee.network.requests().len(), 1);
    assert_eq!(trainee.status(plan).unwrap().stage, Stage::Stored);

    let report = supervisor.sync_now().await.unwrap();
    assert_eq!((report.round_trips, report.pulled), (1, 1), "{report:?}");
    assert_eq!(problem(&supervisor, plan), "Patients fall at night.");

    let report = supervisor.sync_now().await.unwrap();
    assert_eq!((report.round_trips, report.pulled, report.pushed), (1, 0, 0), "{report:?}");
}

#[tokio::test]
async fn both_sides_write_offline_and_both_texts_are_there() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Falls at night.");
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    write_problem(&trainee, plan, "Many falls at night.");
    write_problem(&supervisor, plan, "Falls at night and at dawn.");
    for device in [&trainee, &supervisor, &trainee] {
        device.sync_now().await.unwrap();
    }
    assert_eq!(problem(&trainee, plan), "Many falls at night and at dawn.");
    assert_eq!(problem(&supervisor, plan), "Many falls at night and at dawn.");
    assert_eq!(trainee.project(plan).unwrap().version, supervisor.project(plan).unwrap().version);
}

#[tokio::test]
async fn a_private_entry_reaches_the_second_device_and_opens_with_the_recovery_key() {
    let world = World::begin().await;
    let first = Device::new();
    let invitation = world.invite(Role::Trainee, "Asha");
    let enrolled =
        first.enrol(&world.url(), &invitation, "Phone", &Cancellation::new()).await.unwrap();
    let entry = first.create_reflection("quick", "Night shift", None).unwrap();
    let answer = ReflectionEdit::Answer { prompt: "what".into(), text: "I was afraid.".into() };
    first.edit_reflection(entry, None, &[answer]).unwrap();
    first.sync_now().await.unwrap();

    let second = Device::new();
    let invitation = first.invite_device(&Cancellation::new()).await.unwrap();
    let again =
        second.enrol(&world.url(), &invitation, "Tablet", &Cancellation::new()).await.unwrap();
    assert!(again.recovery_key.is_none());
    second.sync_now().await.unwrap();
    assert_eq!(second.reflection(entry).unwrap_err(), Error::RecoveryKeyNeeded);
    second.use_recovery_key(&enrolled.recovery_key.unwrap().to_string()).unwrap();
    let reflection = second.reflection(entry).unwrap().reflection;
    assert_eq!(reflection.answers["what"], "I was afraid.");

    let answer =
        ReflectionEdit::Answer { prompt: "what".into(), text: "I was afraid. Why?".into() };
    second.edit_reflection(entry, None, &[answer]).unwrap();
    second.sync_now().await.unwrap();
    first.sync_now().await.unwrap();
    assert_eq!(first.reflection(entry).unwrap().reflection.answers["what"], "I was afraid. Why?");
}

#[tokio::test]
async fn what_is_not_the_servers_answer_changes_nothing() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Falls.");
    let before = trainee.contents();
    let html = || Some("text/html".to_owned());
    let ours = || Some(MEDIA_TYPE.to_owned());
    let stale = encode(&empty_answer(Nonce::new([9; 16]))).unwrap();
    let mut wrong_magic = stale.clone();
    wrong_magic[3] = b'9';
    let signed_out = encode(&Refusal {
        nonce: Nonce::new([9; 16]),
        code: RefusalCode::SignInNeeded,
        message: "who are you?".into(),
        retry_in_ms: None,
    })
    .unwrap();
    let bodies = [
        ("a login page", html(), b"<html>Accept our terms</html>".to_vec()),
        ("a login page that claims to be ours", ours(), b"<html>".to_vec()),
        ("JSON", Some("application/json".into()), b"{\"error\":\"denied\"}".to_vec()),
        ("nothing", None, Vec::new()),
        ("nothing of ours", ours(), Vec::new()),
        ("yesterday's answer", ours(), stale.clone()),
        ("another's refusal", ours(), signed_out),
        ("wrong magic", ours(), wrong_magic),
        ("half an answer", ours(), stale[..stale.len() / 2].to_vec()),
    ];
    for status in [200, 302, 401, 403, 407, 502, 511] {
        for (what, media_type, body) in &bodies {
            trainee.network.is(Weather::Portal(status, media_type.clone(), body.clone()));
            let error = trainee.sync_now().await.unwrap_err();
            assert!(matches!(error, Error::Offline { .. }), "{status} with {what}");
            assert_eq!(trainee.contents(), before, "{status} with {what}");
        }
    }
    for weather in [Weather::Down, Weather::LosesAnswers, Weather::CutsAt(20)] {
        trainee.network.is(weather.clone());
        assert!(
            matches!(trainee.sync_now().await.unwrap_err(), Error::Offline { .. }),
            "{weather:?}"
        );
        assert_eq!(trainee.contents(), before, "{weather:?}");
    }
    assert!(matches!(trainee.sync_state().unwrap().last_error, Some(Error::Offline { .. })));
    trainee.network.is(Weather::Good);
    let report = trainee.sync_now().await.unwrap();
    assert_eq!((report.pushed, report.duplicates, report.waiting), (0, 1, 0), "{report:?}");
    assert_eq!(trainee.sync_state().unwrap().last_error, None);
}

fn empty_answer(nonce: Nonce) -> ExchangeResponse {
    ExchangeResponse {
        protocol: PROTOCOL,
        nonce,
        epoch: enhance_model::Epoch::new(Timestamp::from_unix_millis(1), [1; 10]),
        cursor: Cursor::default(),
        verdicts: Vec::new(),
        items: Vec::new(),
        heads: Vec::new(),
        more: false,
        next_allowed_in_ms: 0,
        settings: None,
    }
}

#[tokio::test]
async fn an_answer_cut_anywhere_is_asked_for_again() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    for end in (0..200).step_by(17) {
        let text = format!("Falls, as counted up to byte {end}.");
        write_problem(&trainee, plan, &text);
        trainee.network.is(Weather::CutsAt(end));
        let _ = trainee.sync_now().await;
        trainee.network.is(Weather::Good);
        trainee.sync_now().await.unwrap();
        supervisor.sync_now().await.unwrap();
        assert_eq!(problem(&supervisor, plan), text);
    }
}

#[tokio::test]
async fn a_revoked_plan_leaves_and_unsent_words_stay_readable() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    let ben = supervisor.account().unwrap().unwrap().person.id;
    write_problem(&supervisor, plan, "Written on the train.");
    trainee.remove_member(plan, ben).unwrap();
    trainee.sync_now().await.unwrap();

    let other = supervisor.create_project("Something else", "env", "").unwrap();
    let report = supervisor.sync_now().await.unwrap();
    assert_eq!(report.waiting, 0, "{report:?}");
    assert!(supervisor.project(plan).is_err());
    assert_eq!(supervisor.status(other).unwrap().stage, Stage::Stored);
    let quarantined = supervisor.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1, "{quarantined:?}");
    assert_eq!(quarantined[0].code, "not_granted");
    let view = supervisor.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after.contains("on the train")), "{view:?}");

    trainee.add_member(plan, ben, Right::Edit).unwrap();
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    assert_eq!(problem(&supervisor, plan), "");
    supervisor.replay(quarantined[0].id).unwrap();
    supervisor.sync_now().await.unwrap();
    trainee.sync_now().await.unwrap();
    assert_eq!(problem(&trainee, plan), "Written on the train.");
}

#[tokio::test]
async fn drafts_of_a_revoked_plan_stay_readable_too() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    let ben = supervisor.account().unwrap().unwrap().person.id;
    let field = crate::DraftField::Section(Section::Problem);
    let base = supervisor.project(plan).unwrap().version;
    supervisor.autosave(plan, &field, &base, "Half a sentence").unwrap();
    trainee.remove_member(plan, ben).unwrap();
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    assert!(supervisor.project(plan).is_err());
    let quarantined = supervisor.quarantined().unwrap();
    let view = supervisor.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "Half a sentence"), "{view:?}");
}

#[tokio::test]
async fn a_draft_too_long_to_settle_outlives_its_plan() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    let ben = supervisor.account().unwrap().unwrap().person.id;
    let field = crate::DraftField::Section(Section::Problem);
    let base = supervisor.project(plan).unwrap().version;
    let long = "word ".repeat(60_000);
    let kept = supervisor.autosave(plan, &field, &base, &long);
    assert!(matches!(kept, Err(Error::TooLarge(_))), "{kept:?}");
    trainee.remove_member(plan, ben).unwrap();
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    let quarantined = supervisor.quarantined().unwrap();
    let view = supervisor.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == long));
}

#[tokio::test]
async fn a_deleted_plan_is_gone_for_ever_but_for_the_words_of_others() {
    let world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    write_problem(&supervisor, plan, "Written on the train.");
    trainee.delete(plan).unwrap();
    trainee.sync_now().await.unwrap();
    let report = supervisor.sync_now().await.unwrap();
    assert_eq!(report.waiting, 0, "{report:?}");
    assert!(supervisor.project(plan).is_err());
    let quarantined = supervisor.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1, "{quarantined:?}");
    assert_eq!(quarantined[0].code, "document_deleted");
    let state = supervisor.with(|state| Ok(state.store.state(plan)?)).unwrap();
    assert_eq!(state, Some(enhance_store::DocumentState::Deleted));
    let report = supervisor.sync_now().await.unwrap();
    assert_eq!((report.pushed, report.waiting), (0, 0), "{report:?}");
}

#[tokio::test]
async fn after_a_restore_everything_is_offered_again() {
    let mut world = World::begin().await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    world.backup();
    write_problem(&trainee, plan, "Falls at night.");
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    write_problem(&supervisor, plan, "Falls at night and at dawn.");
    let private = trainee.create_reflection("quick", "After the backup", None).unwrap();
    let second = trainee.create_project("A second plan", "env", "").unwrap();
    let ben = supervisor.account().unwrap().unwrap().person.id;
    trainee.add_member(second, ben, Right::Edit).unwrap();
    trainee.sync_now().await.unwrap();
    supervisor.sync_now().await.unwrap();
    write_problem(&supervisor, second, "In the second plan.");
    supervisor.comment(second, "", "A comment on it.").unwrap();
    supervisor.mark_seen(second).unwrap();
    supervisor.sync_now().await.unwrap();
    trainee.sync_now().await.unwrap();

    world.restore().await;
    for device in [&supervisor, &trainee, &supervisor, &trainee] {
        device.sync_now().await.unwrap();
    }
    assert_eq!(supervisor.quarantined().unwrap(), []);
    assert_eq!(trainee.quarantined().unwrap(), []);
    for (device, id) in [(&trainee, plan), (&trainee, second), (&trainee, private)] {
        let status = device.with(|state| Ok(state.store.status(id)?)).unwrap();
        assert_eq!((status.unsent, status.sent_unconfirmed), (0, 0), "{status:?}");
    }
    assert_eq!(trainee.status(private).unwrap().stage, Stage::Stored);
    let newcomer = world.join(Role::Fellow, "Cara").await;
    trainee.sync_now().await.unwrap();
    let cara = newcomer.account().unwrap().unwrap().person.id;
    for id in [plan, second] {
        trainee.add_member(id, cara, Right::Read).unwrap();
    }
    trainee.sync_now().await.unwrap();
    newcomer.sync_now().await.unwrap();
    assert_eq!(problem(&newcomer, plan), "Falls at night and at dawn.");
    assert_eq!(problem(&newcomer, second), "In the second plan.");
    let comments = newcomer.project(second).unwrap().comments;
    assert_eq!(comments.len(), 1, "{comments:?}");
}

#[tokio::test]
async fn what_one_device_deleted_another_does_not_bring_back() {
    let world = World::begin().await;
    let first = Device::new();
    let invitation = world.invite(Role::Trainee, "Asha");
    let key = first
        .enrol(&world.url(), &invitation, "Phone", &Cancellation::new())
        .await
        .unwrap()
        .recovery_key
        .unwrap();
    let second = Device::new();
    let invitation = first.invite_device(&Cancellation::new()).await.unwrap();
    second.enrol(&world.url(), &invitation, "Tablet", &Cancellation::new()).await.unwrap();
    second.use_recovery_key(&key.to_string()).unwrap();
    let entry = first.create_reflection("quick", "Night shift", None).unwrap();
    first.sync_now().await.unwrap();
    second.sync_now().await.unwrap();

    let answer = ReflectionEdit::Answer { prompt: "what".into(), text: "Written later.".into() };
    second.edit_reflection(entry, None, &[answer]).unwrap();
    first.delete(entry).unwrap();
    first.sync_now().await.unwrap();
    let report = second.sync_now().await.unwrap();
    assert_eq!(report.waiting, 0, "{report:?}");
    assert!(second.reflection(entry).is_err());
    let found = second.search("later", crate::ListPage::ALL).unwrap();
    assert!(found.is_empty(), "{found:?}");
    first.sync_now().await.unwrap();
    assert!(first.reflection(entry).is_err());
}

#[tokio::test]
async fn more_than_a_page_comes_in_pages_and_a_budget_ends_between_them() {
    let config = enhance_server::Config { page_bytes: 4_000, ..Default::default() };
    let world = World::with(config).await;
    let (trainee, supervisor, plan) = plan_of_two(&world).await;
    for part in 0..20 {
        write_problem(&trainee, plan, &format!("{part} falls: {}", "night ".repeat(part * 10)));
    }
    trainee.sync_now().await.unwrap();

    let small = Budget { max_bytes: Some(500), ..Budget::default() };
    let report = supervisor.sync(small, &Cancellation::new(), &|_| ()).await.unwrap();
    assert!(report.more && report.pulled > 0 && report.pulled < 20, "{report:?}");
    assert!(report.bytes_up + report.bytes_down < 1_500, "{report:?}");

    let stop = Cancellation::new();
    let stopping = stop.clone();
    let outcome = supervisor.sync(Budget::default(), &stop, &move |_| stopping.cancel()).await;
    assert_eq!(outcome.unwrap_err(), Error::Cancelled);

    let report = supervisor.sync_now().await.unwrap();
    assert!(!report.more && report.pulled > 0, "{report:?}");
    assert_eq!(problem(&supervisor, plan), problem(&trainee, plan));
}

#[tokio::test]
async fn a_deadline_and_a_cancellation_end_a_hanging_request_and_keep_everything() {
    let world = World::begin().await;
    let (trainee, _supervisor, plan) = plan_of_two(&world).await;
    write_problem(&trainee, plan, "Falls.");
    let before = trainee.contents();
    trainee.network.is(Weather::Hangs);
    let soon = Budget { deadline: Some(Duration::from_millis(100)), ..Budget::default() };
    let report = trainee.sync(soon, &Cancellation::new(), &|_| ()).await.unwrap();
    assert!(report.more && report.round_trips == 0, "{report:?}");
    assert_eq!(trainee.contents(), before);

    let stop = Cancellation::new();
    let stopping = stop.clone();
    let canceller = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stopping.cancel();
    });
    let outcome = trainee.sync(Budget::default(), &stop, &|_| ()).await;
    canceller.await.unwrap();
    assert_eq!(outcome.unwrap_err(), Error::Cancelled);
    assert_eq!(trainee.contents(), before);
    trainee.network.is(Weather::Good);
    assert_eq!(trainee.sync_now().await.unwrap().waiting, 0);
}

#[tokio::test]
async fn enrolling_goes_on_after_a_lost_answer_and_can_be_asked_for_again() {
    let world = World::begin().await;
    let device = Device::new();
    let invitation = world.invite(Role::Trainee, "Asha");
    device.network.is(Weather::LosesAnswers);
    let lost = device.enrol(&world.url(), &invitation, "Phone", &Cancellation::new()).await;
    assert!(matches!(lost.unwrap_err(), Error::Offline { .. }));
    assert_eq!(device.account().unwrap(), None);
    device.network.is(Weather::Good);
    let wrong =
        device.enrol(&world.url(), "0000-0000-0000-0000-0000", "Phone", &Cancellation::new()).await;
    assert!(matches!(wrong, Err(Error::Refused { code: RefusalCode::InvitationUnknown, .. })));
    let enrolled =
        device.enrol(&world.url(), &invitation, "Phone", &Cancellation::new()).await.unwrap();
    let key = enrolled.recovery_key.unwrap().to_string();
    let again =
        device.enrol(&world.url(), &invitation, "Phone", &Cancellation::new()).await.unwrap();
    assert_eq!(again.recovery_key.unwrap().to_string(), key);
    let other = world.invite(Role::Trainee, "Somebody else");
    let second = device.enrol(&world.url(), &other, "Phone", &Cancellation::new()).await;
    assert_eq!(second.unwrap_err(), Error::AlreadyEnrolled);
    assert_eq!(Device::new().sync_now().await.unwrap_err(), Error::NotEnrolled);
}
