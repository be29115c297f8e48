//! Exchanges: what waits goes up, what is new comes down, in every weather.

use std::time::Duration;

use enhance_client::{Budget, Cancellation, DocumentEnd, DraftField, Error, SearchPage, Stage};
use enhance_model::{Epoch, RefusalCode, Right, Role, change_project::Section::Problem};
use enhance_protocol::{
    Asked, Cursor, ExchangeResponse, MEDIA_TYPE, Nonce, Refusal, ShortResponse, encode,
};
use enhance_tests::{
    network::{Portal, Weather},
    world::World,
};

use crate::project_of_two;

#[tokio::test]
async fn one_change_takes_one_trip() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    trainee.network.forget();
    trainee.write(project, Problem, "Patients fall at night.");
    let report = trainee.sync().await;
    assert_eq!((report.round_trips, report.pushed, report.waiting), (1, 1, 0), "{report:?}");
    assert_eq!(trainee.network.attempts(), 1);
    assert_eq!(trainee.status(project).unwrap().stage, Stage::Stored);

    let report = supervisor.sync().await;
    assert_eq!((report.round_trips, report.pulled), (1, 1), "{report:?}");
    assert_eq!(supervisor.section(project, Problem), "Patients fall at night.");

    let report = supervisor.sync().await;
    assert_eq!((report.round_trips, report.pulled, report.pushed), (1, 0, 0), "{report:?}");
}

#[tokio::test]
async fn both_sides_write_offline_and_both_texts_are_there() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Falls at night.");
    trainee.sync().await;
    supervisor.sync().await;
    trainee.write(project, Problem, "Many falls at night.");
    supervisor.write(project, Problem, "Falls at night and at dawn.");
    for device in [&trainee, &supervisor, &trainee] {
        device.sync().await;
    }
    assert_eq!(trainee.section(project, Problem), "Many falls at night and at dawn.");
    assert_eq!(supervisor.section(project, Problem), "Many falls at night and at dawn.");
    assert_eq!(
        trainee.project(project).unwrap().version,
        supervisor.project(project).unwrap().version
    );
}

#[tokio::test]
async fn a_private_reflection_reaches_the_second_device_and_opens_with_the_recovery_key() {
    let world = World::new();
    let first = world.trainee().await;
    let reflection = first.reflect("Night shift");
    first.answer(reflection, "I was afraid.");
    first.sync().await;

    let second = world.another_device(&first, "Ana's tablet").await;
    assert!(second.recovery_key.is_none());
    second.sync().await;
    assert_eq!(second.reflection(reflection).unwrap_err(), Error::RecoveryKeyNeeded);
    second.use_recovery_key(first.recovery_key.as_deref().unwrap()).unwrap();
    assert_eq!(second.answered(reflection), "I was afraid.");

    second.answer(reflection, "I was afraid. Why?");
    second.sync().await;
    first.sync().await;
    assert_eq!(first.answered(reflection), "I was afraid. Why?");
}

#[tokio::test]
async fn what_is_not_the_servers_answer_changes_nothing() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Falls.");
    let before = trainee.everything();
    let html = || Some("text/html".to_owned());
    let ours = || Some(MEDIA_TYPE.to_owned());
    let stale = encode(&empty_answer(Nonce::new([9; 8]))).unwrap();
    let mut wrong_magic = stale.clone();
    wrong_magic[2] = b'9';
    let signed_out = encode(&Refusal {
        nonce: Nonce::new([9; 8]),
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
            let (media_type, body) = (media_type.clone(), body.clone());
            trainee.network.set(Weather::Portal(Portal { status, media_type, body }));
            let error = trainee.try_sync().await.unwrap_err();
            assert!(matches!(error, Error::Offline { .. }), "{status} with {what}");
            assert_eq!(trainee.everything(), before, "{status} with {what}");
        }
    }
    for weather in [Weather::Down, Weather::LOST_ANSWER, Weather::CutResponse { after: 200 }] {
        trainee.network.set(weather.clone());
        assert!(
            matches!(trainee.try_sync().await.unwrap_err(), Error::Offline { .. }),
            "{weather:?}"
        );
        assert_eq!(trainee.everything(), before, "{weather:?}");
    }
    assert!(matches!(trainee.sync_state().unwrap().last_error, Some(Error::Offline { .. })));
    trainee.network.set(Weather::Clear);
    let report = trainee.sync().await;
    assert_eq!((report.pushed, report.duplicates, report.waiting), (0, 1, 0), "{report:?}");
    assert_eq!(trainee.sync_state().unwrap().last_error, None);
}

fn empty_answer(nonce: Nonce) -> ShortResponse {
    let asked = Asked {
        epoch: None,
        reached: 0,
        cursor: Cursor::default(),
        offers: Vec::new(),
        brought: Vec::new(),
    };
    let answer = ExchangeResponse {
        nonce,
        epoch: Epoch::from_bytes([1; 16]),
        begins_anew: false,
        reached: 0,
        cursor: Cursor::default(),
        verdicts: Vec::new(),
        items: Vec::new(),
        heads: Vec::new(),
        more: false,
        next_allowed_in_ms: 0,
        settings: None,
        archives: Vec::new(),
        archived: None,
        renew: Vec::new(),
        brought: Vec::new(),
        receipts: Vec::new(),
        send_again: Vec::new(),
    };
    answer.shorten(&asked)
}

#[tokio::test]
async fn an_answer_cut_anywhere_is_asked_for_again() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    for after in (0..400).step_by(17) {
        let text = format!("Falls, as counted up to byte {after}.");
        trainee.write(project, Problem, &text);
        trainee.network.set(Weather::CutResponse { after });
        drop(trainee.try_sync().await);
        trainee.network.set(Weather::Clear);
        trainee.sync().await;
        supervisor.sync().await;
        assert_eq!(supervisor.section(project, Problem), text);
    }
}

#[tokio::test]
async fn a_revoked_project_leaves_and_unsent_words_stay_readable() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let ben = supervisor.person();
    supervisor.write(project, Problem, "Written on the train.");
    trainee.remove_member(project, ben).unwrap();
    trainee.sync().await;

    let other = supervisor.create_project("Something else", "env", "").unwrap();
    let report = supervisor.sync().await;
    assert_eq!(report.waiting, 0, "{report:?}");
    assert!(supervisor.project(project).is_err());
    assert_eq!(supervisor.status(other).unwrap().stage, Stage::Stored);
    let quarantined = supervisor.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1, "{quarantined:?}");
    assert_eq!(quarantined[0].code, "not_granted");
    let view = supervisor.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after.contains("on the train")), "{view:?}");

    trainee.add_member(project, ben, Right::Edit).unwrap();
    trainee.sync().await;
    supervisor.sync().await;
    assert_eq!(supervisor.section(project, Problem), "");
    supervisor.replay(quarantined[0].id).unwrap();
    supervisor.sync().await;
    trainee.sync().await;
    assert_eq!(trainee.section(project, Problem), "Written on the train.");
}

#[tokio::test]
async fn drafts_of_a_revoked_project_stay_readable_too() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let ben = supervisor.person();
    let field = DraftField::Section(Problem);
    let base = supervisor.project(project).unwrap().version;
    supervisor.autosave(project, &field, &base, "Half a sentence").unwrap();
    trainee.remove_member(project, ben).unwrap();
    trainee.sync().await;
    supervisor.sync().await;
    assert!(supervisor.project(project).is_err());
    let quarantined = supervisor.quarantined().unwrap();
    let view = supervisor.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == "Half a sentence"), "{view:?}");
}

#[tokio::test]
async fn a_draft_too_long_to_settle_outlives_its_project() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let ben = supervisor.person();
    let field = DraftField::Section(Problem);
    let base = supervisor.project(project).unwrap().version;
    let long = "word ".repeat(60_000);
    let kept = supervisor.autosave(project, &field, &base, &long);
    assert!(matches!(kept, Err(Error::TextTooLong { .. })), "{kept:?}");
    trainee.remove_member(project, ben).unwrap();
    trainee.sync().await;
    supervisor.sync().await;
    let quarantined = supervisor.quarantined().unwrap();
    let view = supervisor.quarantined_item(quarantined[0].id).unwrap();
    assert!(view.edits.iter().any(|edit| edit.after == long));
}

#[tokio::test]
async fn a_deleted_project_is_gone_for_ever_but_for_the_words_of_others() {
    let world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    supervisor.write(project, Problem, "Written on the train.");
    trainee.delete_for_everybody(project).unwrap();
    trainee.sync().await;
    let report = supervisor.sync().await;
    assert_eq!(report.waiting, 0, "{report:?}");
    assert!(supervisor.project(project).is_err());
    let quarantined = supervisor.quarantined().unwrap();
    assert_eq!(quarantined.len(), 1, "{quarantined:?}");
    assert_eq!(quarantined[0].code, "document_deleted");
    let gone = supervisor.project(project).unwrap_err();
    assert!(matches!(gone, Error::Gone { end: DocumentEnd::Deleted, .. }), "{gone:?}");
    let report = supervisor.sync().await;
    assert_eq!((report.pushed, report.waiting), (0, 0), "{report:?}");
}

#[tokio::test]
async fn after_a_restore_everything_is_offered_again() {
    let mut world = World::new();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    let backup = world.server.backup();
    trainee.write(project, Problem, "Falls at night.");
    trainee.sync().await;
    supervisor.sync().await;
    supervisor.write(project, Problem, "Falls at night and at dawn.");
    let private = trainee.reflect("After the backup");
    let second = trainee.create_project("A second plan", "env", "").unwrap();
    let ben = supervisor.person();
    trainee.add_member(second, ben, Right::Edit).unwrap();
    trainee.sync().await;
    supervisor.sync().await;
    supervisor.write(second, Problem, "In the second plan.");
    supervisor.comment(second, "", "A comment on it.").unwrap();
    supervisor.mark_seen(second).unwrap();
    supervisor.sync().await;
    trainee.sync().await;

    world.server.restore(&backup);
    for device in [&supervisor, &trainee, &supervisor, &trainee] {
        device.sync().await;
    }
    assert_eq!(supervisor.quarantined().unwrap(), []);
    assert_eq!(trainee.quarantined().unwrap(), []);
    for (device, id) in [(&trainee, project), (&trainee, second), (&trainee, private)] {
        assert_eq!(device.status(id).unwrap().stage, Stage::Stored);
    }
    for device in [&trainee, &supervisor] {
        assert_eq!(device.sync_state().unwrap().waiting_entries, 0);
    }
    let newcomer = world.fellow().await;
    trainee.sync().await;
    let cara = newcomer.person();
    for id in [project, second] {
        trainee.add_member(id, cara, Right::Read).unwrap();
    }
    trainee.sync().await;
    newcomer.sync().await;
    assert_eq!(newcomer.section(project, Problem), "Falls at night and at dawn.");
    assert_eq!(newcomer.section(second, Problem), "In the second plan.");
    let comments = newcomer.project(second).unwrap().comments;
    assert_eq!(comments.len(), 1, "{comments:?}");
}

#[tokio::test]
async fn what_one_device_deleted_another_does_not_bring_back() {
    let world = World::new();
    let first = world.trainee().await;
    let second = world.trusted_device(&first, "Ana's tablet").await;
    let reflection = first.reflect("Night shift");
    first.sync().await;
    second.sync().await;

    second.answer(reflection, "Written later.");
    first.delete(reflection).unwrap();
    first.sync().await;
    let report = second.sync().await;
    assert_eq!(report.waiting, 0, "{report:?}");
    assert!(second.reflection(reflection).is_err());
    let found = second.search("later", SearchPage::ALL).unwrap();
    assert!(found.is_empty(), "{found:?}");
    first.sync().await;
    assert!(first.reflection(reflection).is_err());
}

#[tokio::test]
async fn more_than_a_page_comes_in_pages_and_a_budget_ends_between_them() {
    let world = World::builder().settings("page_bytes = 4_000\n").begin();
    let (trainee, supervisor, project) = project_of_two(&world).await;
    for part in 0..20 {
        trainee.write(project, Problem, &format!("{part} falls: {}", "night ".repeat(part * 10)));
    }
    trainee.sync().await;

    let small = Budget { max_bytes: Some(500), ..Budget::default() };
    let report = supervisor.core().sync(small, &Cancellation::new(), &|_| ()).await.unwrap();
    assert!(report.more && report.pulled > 0 && report.pulled < 20, "{report:?}");
    assert!(report.bytes_up + report.bytes_down < 1_500, "{report:?}");

    let stop = Cancellation::new();
    let stopping = stop.clone();
    let outcome =
        supervisor.core().sync(Budget::default(), &stop, &move |_| stopping.cancel()).await;
    assert_eq!(outcome.unwrap_err(), Error::Cancelled);

    let report = supervisor.sync().await;
    assert!(!report.more && report.pulled > 0, "{report:?}");
    assert_eq!(supervisor.section(project, Problem), trainee.section(project, Problem));
}

#[tokio::test]
async fn a_deadline_and_a_cancellation_end_a_hanging_request_and_keep_everything() {
    let world = World::new();
    let (trainee, _supervisor, project) = project_of_two(&world).await;
    trainee.write(project, Problem, "Falls.");
    let before = trainee.everything();
    trainee.network.set(Weather::Silence);
    let soon = Budget { deadline: Some(Duration::from_millis(100)), ..Budget::default() };
    let report = trainee.core().sync(soon, &Cancellation::new(), &|_| ()).await.unwrap();
    assert!(report.more && report.round_trips == 0, "{report:?}");
    assert_eq!(trainee.everything(), before);

    let stop = Cancellation::new();
    let stopping = stop.clone();
    let canceller = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stopping.cancel();
    });
    let outcome = trainee.core().sync(Budget::default(), &stop, &|_| ()).await;
    canceller.await.unwrap();
    assert_eq!(outcome.unwrap_err(), Error::Cancelled);
    assert_eq!(trainee.everything(), before);
    trainee.network.set(Weather::Clear);
    assert_eq!(trainee.sync().await.waiting, 0);
}

#[tokio::test]
async fn enrolling_goes_on_after_a_lost_answer_and_can_be_asked_for_again() {
    let world = World::new();
    let mut device = world.device("Ana's phone");
    let invitation = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    device.network.set(Weather::LOST_ANSWER);
    let lost = device.try_join(&invitation).await;
    assert!(matches!(lost.unwrap_err(), Error::Offline { .. }));
    assert_eq!(device.account().unwrap(), None);
    device.network.set(Weather::Clear);
    let wrong = device.try_join("0000-0000-0000-0000-0000").await;
    assert!(matches!(wrong, Err(Error::Refused { code: RefusalCode::InvitationUnknown, .. })));
    let key = device.join(&invitation).await.recovery_key.unwrap().to_string();
    let again = device.join(&invitation).await;
    assert_eq!(again.recovery_key.unwrap().to_string(), key);
    let other = world.server.invite(Role::Trainee, "Dr Dee Shah");
    assert_eq!(device.try_join(&other).await.unwrap_err(), Error::AlreadyEnrolled);
    let not_enrolled = world.device("a phone on which no person is enrolled");
    assert_eq!(not_enrolled.try_sync().await.unwrap_err(), Error::NotEnrolled);
}
