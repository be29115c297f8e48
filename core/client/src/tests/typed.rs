//! What somebody types now: asked the same whichever way it goes in, and nothing else is.

use enhance_model::{
    CalendarDate, ItemId, Minutes, Noun, Timestamp,
    change_project::{Action, ActionEdit, AimEdit, Observation, ProjectEdit},
    personal_record::{
        ActivityCompletion, ActivityCompletionEdit, Certificate, CertificateEdit, Debrief,
        EvidenceSource, Experience, JourneyStep, LearningSession, ModuleCompletion, PatientJourney,
        PdpGoal, PersonalRecord, RecordEdit, RecordItem, SessionEdit, SessionKind,
    },
    programme::Evidence,
    record::{Record, Whole},
    sign_off::{Decision, SupervisorRole},
};

use super::{programme::with_pack_of, *};
use crate::{
    CompletionProof, Error, InputField, NewSession, SignOffAnswer, SignOffSubject, WitnessedSigner,
    testing::Phone,
};

/// Years of other calendars, of two digits, and of no end.
const OTHER_YEARS: [&str; 6] = ["0026", "1447", "1948", "2569", "5787", "9999"];

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (InputField, String) {
    match result {
        Err(Error::InvalidInput { field, reason, .. }) => (field, reason),
        other => panic!("{other:?}"),
    }
}

fn add(core: &LearningCore, thing: &impl RecordItem) -> Result<ItemId, Error> {
    let id = core.new_item_id();
    core.edit_record(&thing.adding(id)).map(|()| id)
}

/// The activity of the pack asks for a reflection.
fn asking() -> (Phone, LearningCore) {
    with_pack_of(|programme| {
        programme.modules[0].activities[0].evidence = Evidence::Reflection;
    })
}

fn completed(activity: &str) -> ActivityCompletion {
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    ActivityCompletion { activity: activity.to_owned(), at, ..ActivityCompletion::default() }
}

fn module_completed(module: &str) -> ModuleCompletion {
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    ModuleCompletion { module: module.to_owned(), at, ..ModuleCompletion::default() }
}

#[test]
fn a_completion_written_into_the_record_is_asked_what_completing_the_activity_is() {
    let (_phone, core) = asking();
    let asked = refusal(core.complete_activity("pop-read"));
    assert!(asked.1.contains("pop-read asks for a reflection"), "{asked:?}");
    assert_eq!(refusal(add(&core, &completed("pop-read"))), asked);
    for key in ["nope", "POP-READ", ""] {
        let refused = add(&core, &completed(key));
        assert!(matches!(refused, Err(Error::NotFound { .. })), "{key}: {refused:?}");
    }
    assert!(core.record().unwrap().activities_completed.is_empty(), "nothing changed");
    let reason = "Seen by Dr Lee, who signs next week".to_owned();
    let fact = ActivityCompletion { reason, ..completed("pop-read") };
    let id = add(&core, &fact).unwrap();
    let edit = ActivityCompletionEdit::Reason(String::new());
    let taken_away = core.edit_record(&[RecordEdit::ActivityCompletion { id, edit }]);
    assert_eq!(refusal(taken_away), asked, "nor is it taken away again");
}

#[test]
fn a_module_written_into_the_record_is_one_of_the_programme_and_shows_what_it_lacks() {
    let (_phone, core) = asking();
    let unknown = add(&core, &module_completed("nope"));
    assert!(matches!(unknown, Err(Error::NotFound { .. })), "{unknown:?}");
    let (_, why) = refusal(add(&core, &module_completed("pop")));
    assert!(why.contains("pop asks for more than the record has"), "{why}");
    let activities = "pop-read nope".to_owned();
    let reason = "Done in another programme.".to_owned();
    let strange = ModuleCompletion { activities, reason, ..module_completed("pop") };
    assert!(matches!(add(&core, &strange), Err(Error::NotFound { .. })));
    assert!(core.record().unwrap().modules_completed.is_empty(), "nothing changed");
    let fact = ModuleCompletion { activities: String::new(), ..strange };
    add(&core, &fact).unwrap();
}

#[test]
fn what_shows_a_completion_is_there_however_it_is_noted() {
    let (_phone, core) = with_pack_of(|_| {});
    let deleted = core.create_reflection("driscoll", "", None).unwrap();
    core.delete(deleted).unwrap();
    let never = core.new_item_id();
    for evidence in [EvidenceSource::Document(deleted), EvidenceSource::Item(never)] {
        let evidence = Some(evidence);
        let proof = CompletionProof { evidence, reason: String::new() };
        assert!(core.complete_activity_with("pop-read", proof).is_err());
        let fact = ActivityCompletion { evidence, ..completed("pop-read") };
        assert!(add(&core, &fact).is_err());
    }
    assert!(core.record().unwrap().activities_completed.is_empty());
}

#[test]
fn a_sign_off_that_was_returned_or_never_answered_completes_nothing() {
    let (_phone, core) =
        with_pack_of(|programme| programme.modules[0].activities[0].evidence = Evidence::Signoff);
    let start = "2026-11-20T09:00:00Z".parse().unwrap();
    let session = || LearningSession {
        title: "Teaching".to_owned(),
        module: Some("pop".to_owned()),
        start,
        minutes: Minutes(30),
        ..LearningSession::default()
    };
    let request = || {
        let about = SignOffSubject::Sessions([add(&core, &session()).unwrap()].into());
        core.request_sign_off(&about, None, "").unwrap()
    };
    let decide = |request, decision| {
        let (statement, role) = ("Present throughout.".to_owned(), SupervisorRole::Clinical);
        let (name, known_by) = ("Dr Lee".to_owned(), "works on this ward".to_owned());
        let signer = WitnessedSigner { name, person: None, known_by };
        core.sign_witnessed(request, &signer, &SignOffAnswer { decision, role, statement })
            .unwrap();
    };
    let (waiting, returned, signed) = (request(), request(), request());
    decide(returned, Decision::Returned);
    decide(signed, Decision::Signed);
    let written = core.create_reflection("driscoll", "A night", None).unwrap();
    let shown = |id, reason: &str| {
        let evidence = Some(EvidenceSource::Document(id));
        core.complete_activity_with(
            "pop-read",
            CompletionProof { evidence, reason: reason.to_owned() },
        )
    };
    let refused =
        [(waiting, "not signed yet"), (returned, "was returned"), (written, "no sign-off")];
    for (id, expected) in refused {
        let (field, why) = refusal(shown(id, ""));
        assert!(field == InputField::Evidence && why.contains(expected), "{why}");
        let evidence = Some(EvidenceSource::Document(id));
        let of_module = ModuleCompletion { evidence, ..module_completed("pop") };
        assert_eq!(add(&core, &of_module).is_err(), id != written, "{expected}");
    }
    assert!(core.record().unwrap().activities_completed.is_empty(), "nothing changed");
    shown(signed, "").unwrap();
    let (_phone, core) = asking();
    let written = core.create_reflection("driscoll", "A night", None).unwrap();
    let evidence = Some(EvidenceSource::Document(written));
    let proof = CompletionProof { evidence, reason: String::new() };
    core.complete_activity_with("pop-read", proof).unwrap();
}

#[test]
fn a_session_is_no_reflection_and_counts_as_one_only_with_a_reason() {
    let (_phone, core) = asking();
    let start = "2026-11-20T09:00:00Z".parse().unwrap();
    let (title, minutes) = ("Teaching".to_owned(), Minutes(30));
    let session = LearningSession { title, start, minutes, ..LearningSession::default() };
    let evidence = Some(EvidenceSource::Item(add(&core, &session).unwrap()));
    let (_, asked) = refusal(core.complete_activity("pop-read"));
    let proof = CompletionProof { evidence, reason: String::new() };
    assert_eq!(refusal(core.complete_activity_with("pop-read", proof)).1, asked);
    let fact = ActivityCompletion { evidence, ..completed("pop-read") };
    assert_eq!(refusal(add(&core, &fact)).1, asked);
    let reason = "Written down in the session.".to_owned();
    add(&core, &ActivityCompletion { reason, ..fact }).unwrap();
}

#[test]
fn keys_that_no_pack_has_are_refused_with_a_pack_and_taken_without_one() {
    let start = "2026-11-20T09:00:00Z".parse().unwrap();
    let session = |activity: Option<&str>, module: Option<&str>| LearningSession {
        title: "Teaching".to_owned(),
        activity: activity.map(str::to_owned),
        module: module.map(str::to_owned),
        start,
        minutes: Minutes(30),
        ..LearningSession::default()
    };
    let talked_over = |activity: &str| Debrief {
        activity: activity.to_owned(),
        at: start,
        confidence_before: Some(Whole(4)),
        ..Debrief::default()
    };
    let (_phone, core) = with_pack_of(|_| {});
    for refused in [
        add(&core, &session(Some("nope"), None)),
        add(&core, &session(None, Some("nope"))),
        add(&core, &talked_over("nope")),
        add(&core, &talked_over("pop-read")),
    ] {
        assert!(refused.is_err(), "{refused:?}");
    }
    add(&core, &session(Some("pop-read"), Some("pop"))).unwrap();
    let (field, why) = refusal(core.create_reflection("driscoll", "", Some("nope")));
    assert_eq!(field, InputField::Key);
    assert!(why.contains("no activity and no pause point"), "{why}");
    core.create_reflection("driscoll", "", Some("pop-read")).unwrap();

    let bare = Phone::new();
    let core = bare.enrolled(&asha());
    add(&core, &session(Some("any"), Some("any"))).unwrap();
    add(&core, &talked_over("any")).unwrap();
    add(&core, &completed("any")).unwrap();
    add(&core, &module_completed("any")).unwrap();
    core.create_reflection("driscoll", "", Some("any")).unwrap();
}

#[test]
fn no_stretch_of_learning_is_longer_than_a_day_however_it_is_noted() {
    let (_phone, core) = Phone::of(&asha());
    let at = "2026-11-20".parse().unwrap();
    let visit = |minutes: u32| Experience {
        host: "food bank".to_owned(),
        at,
        minutes: Some(Minutes(minutes)),
        ..Experience::default()
    };
    let session = |minutes: u32| NewSession {
        title: "Teaching".to_owned(),
        activity: None,
        module: None,
        start: "2026-11-20T09:00:00Z".parse().unwrap(),
        minutes: Minutes(minutes),
        kind: SessionKind::Core,
    };
    for minutes in [1_441, 99_999, u32::MAX] {
        let said = format!("minutes goes from 1 to 1440, not {minutes}");
        assert_eq!(refusal(add(&core, &visit(minutes))), (InputField::Minutes, said.clone()));
        let added = core.add_session(session(minutes)).map(drop);
        assert_eq!(refusal(added), (InputField::Minutes, said));
    }
    add(&core, &visit(1_440)).unwrap();
    core.add_session(session(1_440)).unwrap();
    let journey = add(&core, &PatientJourney { title: "Home".into(), ..Default::default() });
    let journey = journey.unwrap();
    assert!(add(&core, &JourneyStep::new(journey, 0)).is_err(), "steps are counted from 1");
    let gap = Some(Whole(99_999));
    assert!(add(&core, &JourneyStep { gap, ..JourneyStep::new(journey, 1) }).is_err());
    add(&core, &JourneyStep::new(journey, 1)).unwrap();
}

#[test]
fn days_and_moments_of_another_calendar_are_refused_in_the_record() {
    let (_phone, core) = Phone::of(&asha());
    for year in OTHER_YEARS {
        let day: CalendarDate = format!("{year}-06-01").parse().unwrap();
        let at: Timestamp = format!("{year}-06-01T09:00:00Z").parse().unwrap();
        let session = NewSession {
            title: "Teaching".to_owned(),
            activity: None,
            module: None,
            start: at,
            minutes: Minutes(30),
            kind: SessionKind::Core,
        };
        let title = "Life support".to_owned();
        let certificate = Certificate { title, issued: Some(day), ..Certificate::default() };
        let goal = PdpGoal { text: "Lead".into(), due: Some(day), ..PdpGoal::default() };
        let fact = ActivityCompletion { at, ..completed("any") };
        for refused in [
            core.add_session(session),
            add(&core, &certificate),
            add(&core, &goal),
            add(&core, &fact),
            add(&core, &ModuleCompletion { at, ..module_completed("any") }),
        ] {
            assert!(matches!(refused, Err(Error::InvalidInput { .. })), "{year}: {refused:?}");
        }
    }
    assert_eq!(core.record().unwrap(), PersonalRecord::default());
}

#[test]
fn days_of_another_calendar_are_refused_in_a_project() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    let (action, measure, seen) = (core.new_item_id(), core.new_item_id(), core.new_item_id());
    let adding = [(Noun::Action, action), (Noun::Measure, measure)];
    let adding = adding.map(|(noun, id)| ProjectEdit::Add { noun, id });
    core.edit_project(project, None, &adding).unwrap();
    let before = core.project(project).unwrap().project;
    for year in OTHER_YEARS {
        let day: CalendarDate = format!("{year}-06-01").parse().unwrap();
        let due = Action { due: Some(day), ..Action::default() }.edits().into_iter();
        let due: Vec<_> = due.map(|edit| ProjectEdit::Action { id: action, edit }).collect();
        let value = "3".parse().unwrap();
        let seen_on = Observation::new(measure, day, value).edits().into_iter();
        let seen_on: Vec<_> = [ProjectEdit::Add { noun: Noun::Observation, id: seen }]
            .into_iter()
            .chain(seen_on.map(|edit| ProjectEdit::Observation { id: seen, edit }))
            .collect();
        let by = AimEdit::ByDate(Some(day));
        for edits in [
            due,
            seen_on,
            vec![ProjectEdit::Start { on: Some(day) }],
            vec![ProjectEdit::End { on: Some(day) }],
            vec![ProjectEdit::Aim { edit: by }],
        ] {
            let (_, why) = refusal(core.edit_project(project, None, &edits));
            assert!(why.contains(&day.to_string()), "{year}: {why}");
        }
    }
    assert_eq!(core.project(project).unwrap().project, before);
}

/// A session, a certificate and a completion as an app let them through before.
fn written_before(core: &LearningCore) -> [ItemId; 3] {
    let ids = [core.new_item_id(), core.new_item_id(), core.new_item_id()];
    let start = "1447-06-01T09:00:00Z".parse().unwrap();
    let (title, minutes) = ("Teaching".to_owned(), Minutes(99_999));
    let session = LearningSession { title, start, minutes, ..LearningSession::default() };
    let (title, issued) = ("Life support".to_owned(), Some("2569-06-01".parse().unwrap()));
    let certificate = Certificate { title, issued, ..Certificate::default() };
    let fact = completed("an activity of before");
    let edits = [session.adding(ids[0]), certificate.adding(ids[1]), fact.adding(ids[2])];
    core.with(|state| crate::asked::record::edit_as_it_was(state, &edits.concat())).unwrap();
    ids
}

#[test]
fn what_was_written_before_stays_readable_can_be_corrected_and_goes_along() {
    let (_phone, core) = with_pack_of(|_| {});
    let [session, certificate, fact] = written_before(&core);
    let record = core.record().unwrap();
    assert_eq!(record.sessions[&session].minutes, Minutes(99_999));
    assert!(record.activities_completed.contains_key(&fact));
    assert_eq!(core.certificates().unwrap().len(), 1);
    let edit = SessionEdit::Title("Teaching on frailty".to_owned());
    core.edit_record(&[RecordEdit::LearningSession { id: session, edit }]).unwrap();
    let edit = CertificateEdit::Issued(Some("2026-06-01".parse().unwrap()));
    core.edit_record(&[RecordEdit::Certificate { id: certificate, edit }]).unwrap();

    let json = core.export().unwrap().to_json().unwrap();
    let (_other_phone, other) = Phone::of(&crate::testing::sam());
    let report = other.import(&json).unwrap();
    assert_eq!(report.things, 3, "{report:?}");
    assert_eq!(other.record().unwrap().sessions[&session].minutes, Minutes(99_999));
}

#[test]
fn a_project_of_another_calendar_goes_along_too() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    let id = core.new_item_id();
    let edit = ActionEdit::Text("Order lamps".to_owned());
    let edits = [ProjectEdit::Add { noun: Noun::Action, id }, ProjectEdit::Action { id, edit }];
    core.edit_project(project, None, &edits).unwrap();
    let json = core.export().unwrap().to_json().unwrap();
    let before = json.replacen("\"due\": null", "\"due\": \"2569-06-01\"", 1);
    assert_ne!(before, json, "{json}");
    let (_other_phone, other) = Phone::of(&crate::testing::sam());
    assert_eq!(other.import(&before).unwrap().projects, 1);
    // What nobody types any more is still shown where it arrives, and the rest is edited.
    let listed = other.projects(crate::ListPage::ALL).unwrap();
    let shown = other.project(listed[0].id).unwrap().project;
    assert_eq!(shown.actions[&id].due, Some("2569-06-01".parse().unwrap()));
    let title = ProjectEdit::Title { title: "Falls by night".to_owned() };
    other.edit_project(listed[0].id, None, &[title]).unwrap();
}
