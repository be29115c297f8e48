//! What is said to have been is asked whether it can have been, where it is typed; what is read back
//! is not.

use std::collections::BTreeMap;

use enhance_model::{
    Timestamp,
    change_project::{
        Action, AimEdit, Annotation, Item, Measure, Observation, PdsaCycle, ProjectEdit, Tally,
        TallyEdit, Target, Value,
    },
    learning_log::Period,
    personal_record::{
        Absence, AbsenceKind, ActivityCompletion, CareerBreak, Certificate, EvidenceDeadline,
        EvidenceLink, EvidenceLinkEdit, EvidenceSource, Experience, LearningSession, PdpGoal,
        Placement, RecordEdit, RecordItem, Statement,
    },
    record::{Count, Whole},
};

use super::{programme::with_pack, *};
use crate::{Error, testing::Phone};

/// The phone's clock is at 2026-11-22T08:00Z.
const TOMORROW: &str = "2026-11-23";
const LATER: &str = "2026-11-24";

fn moment(day: &str) -> Timestamp {
    format!("{day}T07:00:00Z").parse().unwrap()
}

fn said<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(Error::InvalidInput { reason, .. }) => reason,
        Err(other) => panic!("{other:?}"),
    }
}

fn add(core: &LearningCore, thing: &impl RecordItem) -> String {
    said(core.edit_record(&thing.adding(core.new_item_id())))
}

#[test]
fn a_record_has_what_is_to_come_and_notes_what_was_once_it_was() {
    let (_phone, core) = with_pack();
    let day = |text: &str| text.parse().unwrap();
    let (start, end) = (day("2031-08-06"), day("2032-08-03"));
    let organisation = "Bedford Hospital".to_owned();
    assert_eq!(add(&core, &Placement { organisation, start, end, ..Placement::default() }), "ok");
    let leave = Absence::new(AbsenceKind::Parental, day("2027-02-01"), Value::whole(1));
    assert_eq!(add(&core, &leave), "ok");
    assert_eq!(add(&core, &CareerBreak { from: start, ..CareerBreak::default() }), "ok");
    let (text, due) = ("Lead a ward round".to_owned(), Some(end));
    assert_eq!(add(&core, &PdpGoal { text, due, ..PdpGoal::default() }), "ok");
    let (name, scope) = ("Review".to_owned(), String::new());
    assert_eq!(add(&core, &EvidenceDeadline { name, at: end, scope }), "ok");

    let title = "Life support".to_owned();
    let given = |issued: &str| Certificate {
        title: title.clone(),
        issued: Some(day(issued)),
        expires: Some(end),
        ..Certificate::default()
    };
    assert_eq!(add(&core, &given(TOMORROW)), "ok", "somewhere it is tomorrow already");
    assert!(add(&core, &given(LATER)).contains("lies in the future"));
    let host = "Food bank".to_owned();
    let visit = Experience { host, at: day(LATER), ..Experience::default() };
    assert!(add(&core, &visit).contains("lies in the future"));
    let (activity, at) = ("pop-read".to_owned(), moment(TOMORROW));
    let fact = ActivityCompletion { activity: activity.clone(), at, ..Default::default() };
    assert!(add(&core, &fact).contains("lies in the future"));
    let begun = core.edit_record(&[RecordEdit::Start { activity, at }]);
    assert!(said(begun).contains("lies in the future"));
}

#[test]
fn a_project_says_when_what_was_done_seen_or_happened_was() {
    let (_phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    let day = |text: &str| text.parse().unwrap();
    let [measure, sheet] = [core.new_item_id(), core.new_item_id()];
    let edit = |edits: Vec<ProjectEdit>| said(core.edit_project(project, None, &edits));
    let new = || core.new_item_id();
    assert_eq!(edit(Measure::default().adding(measure)), "ok");

    let done = |at| Action { done_at: Some(at), ..Action::default() };
    assert_eq!(edit(done(moment(TOMORROW)).adding(new())), "ok", "clocks differ");
    let why = "lies in the future, and done_at of the action says when it was";
    assert!(edit(done(moment(LATER)).adding(new())).ends_with(why));
    let tried = |at| PdsaCycle { did_at: Some(day(at)), ..PdsaCycle::default() };
    assert_eq!(edit(tried(TOMORROW).adding(new())), "ok");
    assert!(edit(tried(LATER).adding(new())).contains("did_at of the cycle"));
    let seen = Observation::new(measure, day(LATER), Value::whole(3));
    assert!(edit(seen.adding(new())).contains("has not come yet"));
    let happened =
        Annotation { measure: None, at: day(LATER), text: "New lamps".to_owned(), cycle: None };
    assert!(edit(happened.adding(new())).contains("at of the annotation"));

    let wanted = Target { measure, from: day("2027-06-01"), value: Value::whole(1) };
    assert_eq!(edit(wanted.adding(new())), "ok");
    let ready = Tally { measure, at: day(LATER), group: String::new(), ticks: BTreeMap::default() };
    assert_eq!(edit(ready.adding(sheet)), "ok", "a sheet is made ready");
    let device = asha().device;
    let ticks = TallyEdit::Ticks(Count { device, value: "1/1".parse().unwrap() });
    let ticked = edit(vec![ProjectEdit::Tally { id: sheet, edit: ticks }]);
    assert!(ticked.contains("has not come yet"), "{ticked}");
    assert_eq!(edit(vec![ProjectEdit::End { on: Some(day("2027-08-01")) }]), "ok");
    let begun = [ProjectEdit::Aim { edit: AimEdit::ByDate(Some(day("2020-01-01"))) }];
    let begun = core.with(|state| {
        crate::asked::projects::begin(state, "Falls by day", "pop", "Ward 7", &begun)
    });
    assert!(said(begun).contains("which is not after"));
}

#[test]
fn what_a_wrong_clock_wrote_and_an_aim_whose_day_is_over_are_read_back_whole() {
    let (phone, core) = Phone::of(&asha());
    let project = core.create_project("Falls at night", "pop", "Ward 7").unwrap();
    let by = AimEdit::ByDate(Some("2026-12-01".parse().unwrap()));
    let measure = core.new_item_id();
    let seen = Observation::new(measure, "2026-11-22".parse().unwrap(), Value::whole(3));
    let edits = [
        vec![ProjectEdit::Aim { edit: by }],
        Measure::default().adding(measure),
        seen.adding(core.new_item_id()),
    ];
    core.edit_project(project, None, &edits.concat()).unwrap();
    let start = "2031-01-01T09:00:00Z".parse().unwrap();
    let (title, minutes) = ("Teaching".to_owned(), enhance_model::Minutes(60));
    let session = LearningSession { title, start, minutes, ..LearningSession::default() };
    let edits = session.adding(core.new_item_id());
    core.with(|state| crate::asked::record::edit_as_it_was(state, &edits)).unwrap();
    phone.clock.advance(60 * 24 * 60 * 60 * 1_000);
    let json = core.export().unwrap().to_json().unwrap();
    let behind = json.replace("2026-11-22\"", "2027-11-22\"");
    assert_ne!(behind, json);

    let (other_phone, other) = Phone::of(&crate::testing::sam());
    other_phone.clock.advance(60 * 24 * 60 * 60 * 1_000);
    let report = other.import(&format!("\u{feff}{behind}")).unwrap();
    assert_eq!((report.projects, report.things), (1, 1), "{report:?}");
    assert_eq!(other.record().unwrap().sessions.values().next().unwrap().start, start);
}

#[test]
fn a_period_and_a_day_of_another_calendar_are_no_year_of_training() {
    let (_phone, core) = with_pack();
    for text in ["2569-01-01..2569-12-31", "1447-05-29", "0026-08-05..0027-08-04"] {
        let period: Period = text.parse().unwrap();
        let asked = [
            said(core.log(period)),
            said(core.arcp_page(period)),
            said(core.arcp_html(period)),
            said(core.training_year(period.from())),
        ];
        for why in asked {
            assert!(why.ends_with("years go from 1950 to 2150"), "{text}: {why}");
        }
    }
}

#[test]
fn a_version_of_the_programme_that_nobody_has_seen_here_is_not_noted() {
    let (_phone, core) = with_pack();
    let at = moment("2026-11-20");
    let fact = |version| ActivityCompletion {
        activity: "pop-read".to_owned(),
        at,
        pack_version: Some(Whole(version)),
        ..ActivityCompletion::default()
    };
    for version in [0, 5, 99, u32::MAX] {
        let why = add(&core, &fact(version));
        assert!(why.ends_with("the newest here is 4"), "{version}: {why}");
    }
    assert_eq!(add(&core, &fact(3)), "ok", "an earlier one was in use then");
    let (_phone, without) = Phone::of(&asha());
    assert!(add(&without, &fact(1)).ends_with("none is here yet"));

    let title = "Life support".to_owned();
    let certificate = core.new_item_id();
    let given = Certificate { title, ..Certificate::default() };
    core.edit_record(&given.adding(certificate)).unwrap();
    let (evidence, id) = (EvidenceSource::Item(certificate), core.new_item_id());
    let statement = Statement::Outcome("elsewhere-1".to_owned());
    let link = EvidenceLink::new(evidence, statement, "It shows it.");
    core.edit_record(&link.adding(id)).unwrap();
    for edit in
        [EvidenceLinkEdit::Version("99".to_owned()), EvidenceLinkEdit::Said("Else".to_owned())]
    {
        let why = said(core.edit_record(&[RecordEdit::EvidenceLink { id, edit }]));
        assert!(why.contains("set the statement anew"), "{why}");
    }
}
