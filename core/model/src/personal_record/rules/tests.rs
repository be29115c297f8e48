//! What no record may say, and what it may.

use super::*;
use crate::personal_record::{
    Absence, AbsenceKind, CareerBreak, Certificate, Debrief, EvidenceLink, Experience, JourneyStep,
    ModuleCompletion, PdpGoal, Placement, RecordItem, SessionEdit, Supervisor, SupervisorRole,
    WteChange,
};

const NOW: &str = "2026-11-26T09:00:00Z";

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

fn value(text: &str) -> Value {
    text.parse().unwrap()
}

fn placement(start: &str, end: &str) -> Placement {
    let organisation = "Bedford Hospital".to_owned();
    Placement { organisation, start: day(start), end: day(end), ..Placement::default() }
}

fn with_placement() -> PersonalRecord {
    let record = PersonalRecord::default();
    record.with(&placement("2026-08-05", "2027-08-03").adding(item(1)))
}

fn said(record: &PersonalRecord, edits: &[RecordEdit]) -> String {
    let typed = PersonalRecord::check_typed(edits, NOW.parse().unwrap());
    let checked = record.check(edits).and(typed);
    checked.map_or_else(|fault| fault.to_string(), |()| "ok".to_owned())
}

fn adding(thing: &impl RecordItem) -> String {
    said(&with_placement(), &thing.adding(item(2)))
}

fn session() -> LearningSession {
    LearningSession {
        title: "Grand round".to_owned(),
        start: "2026-11-20T13:00:00Z".parse().unwrap(),
        minutes: Minutes(60),
        ..LearningSession::default()
    }
}

#[test]
fn a_placement_ends_on_its_first_day_or_later() {
    assert_eq!(adding(&placement("2026-08-05", "2026-08-05")), "ok");
    let words = "it cannot end on 2026-08-04, before it begins on 2026-08-05";
    assert_eq!(adding(&placement("2026-08-05", "2026-08-04")), words);
    assert!(adding(&placement("0026-08-05", "2026-08-04")).contains("in no year"));
    let unnamed =
        Placement { organisation: " ".to_owned(), ..placement("2026-08-05", "2027-08-03") };
    assert_eq!(adding(&unnamed), "say the organisation of the placement");
}

#[test]
fn hours_are_a_fifth_of_full_time_at_least_and_full_time_at_most() {
    let with = |wte| Placement { wte: Some(value(wte)), ..placement("2026-08-05", "2027-08-03") };
    for wte in ["0.2", "1/5", "0.6", "1", "5/5"] {
        assert_eq!(adding(&with(wte)), "ok", "{wte}");
    }
    for wte in ["0.199", "0", "1.001", "-0.5", "60"] {
        assert!(adding(&with(wte)).starts_with("whole-time equivalents go from 0.2 to 1"), "{wte}");
    }
    let change = |from| WteChange { placement: item(1), from: day(from), wte: value("0.6") };
    assert_eq!(adding(&change("2026-12-01")), "ok");
    assert!(adding(&change("2027-09-01")).starts_with("the hours change on 2027-09-01"));
    let of_none = WteChange { placement: item(9), ..change("2026-12-01") };
    assert!(adding(&of_none).starts_with("placement names a placement"));
}

#[test]
fn a_supervisor_is_somebody_of_a_placement() {
    let one = Supervisor::named(item(1), "Dr Lee", SupervisorRole::Clinical);
    assert_eq!(adding(&one), "ok");
    assert_eq!(
        adding(&Supervisor { name: String::new(), ..one }),
        "say the name of the supervisor"
    );
}

#[test]
fn breaks_and_absences_are_in_order_and_days_fit_into_them() {
    let from = day("2026-11-02");
    let off = CareerBreak { from, to: Some(day("2026-11-01")), ..CareerBreak::default() };
    assert!(adding(&off).starts_with("it cannot end"));
    assert_eq!(adding(&CareerBreak { to: None, ..off }), "ok");
    let absence = |days: &str, to: &str| Absence {
        to: Some(day(to)),
        ..Absence::new(AbsenceKind::Sickness, from, value(days))
    };
    assert_eq!(adding(&absence("2.5", "2026-11-04")), "ok");
    assert!(adding(&absence("4", "2026-11-04")).starts_with("4 days are not between half a day"));
    assert!(adding(&absence("0", "2026-11-04")).starts_with("0 days"));
    let planned = Absence::new(AbsenceKind::Parental, day("2027-02-01"), value("1"));
    assert_eq!(adding(&planned), "ok", "leave is planned");
}

#[test]
fn a_session_is_noted_once_it_began_and_took_a_minute() {
    assert_eq!(adding(&session()), "ok");
    let future = LearningSession { start: "2026-11-26T09:00:01Z".parse().unwrap(), ..session() };
    assert!(adding(&future).starts_with("2026-11-26T09:00:01Z lies in the future"));
    let none = LearningSession { minutes: Minutes(0), ..session() };
    assert_eq!(adding(&none), "it took at least a minute");
    let online = LearningSession { online: Some(Minutes(61)), ..session() };
    assert_eq!(adding(&online), "1 h 1 min of it online are more than the 1 h it took");
    let untitled = LearningSession { title: String::new(), ..session() };
    assert_eq!(adding(&untitled), "say what it was, as the title of the learning session");
}

#[test]
fn a_correction_is_asked_the_same_and_what_was_taken_back_is_not_asked() {
    let record = PersonalRecord::default().with(&session().adding(item(3)));
    let edit = SessionEdit::Minutes(Minutes(0));
    let edits = [RecordEdit::LearningSession { id: item(3), edit }];
    assert_eq!(said(&record, &edits), "it took at least a minute");
    let at = NOW.parse().unwrap();
    let back = RecordEdit::TakeBack { noun: Noun::LearningSession, id: item(3), at };
    assert_eq!(said(&record, std::slice::from_ref(&back)), "ok");
    assert_eq!(record.with(&[back]).check(&edits), Ok(()));
}

#[test]
fn what_lacks_what_it_needs_is_not_added() {
    let record = PersonalRecord::default();
    let lone = [RecordEdit::Add { noun: Noun::Placement, id: item(2) }];
    assert_eq!(said(&record, &lone), "a placement needs start and end too");
    let alien = [RecordEdit::Add { noun: Noun::Measure, id: item(2) }];
    assert_eq!(said(&record, &alien), "a personal record has no measure to add");
}

#[test]
fn an_experience_was_and_a_step_is_of_a_journey() {
    let at = day("2026-11-26");
    let visit = Experience { host: "Food bank".to_owned(), at, ..Experience::default() };
    assert_eq!(adding(&visit), "ok");
    let elsewhere = Experience { at: day("2026-11-27"), ..visit.clone() };
    assert_eq!(adding(&elsewhere), "ok", "somewhere it is tomorrow already");
    let later = Experience { at: day("2026-11-28"), ..visit };
    assert!(adding(&later).contains("lies in the future"));
    assert!(adding(&JourneyStep::new(item(8), 1)).starts_with("journey names a patient journey"));
}

#[test]
fn goals_certificates_and_evidence_say_something() {
    assert_eq!(adding(&PdpGoal::default()), "say what you want to be able to do");
    let (issued, expires) = (Some(day("2026-01-02")), Some(day("2026-01-01")));
    let title = "Advanced life support".to_owned();
    let certificate = Certificate { title, issued, expires, ..Certificate::default() };
    assert!(adding(&certificate).starts_with("it cannot end on 2026-01-01"));
    let statement = "capability:fpc-9".parse().unwrap();
    let link = EvidenceLink::new(EvidenceSource::Item(item(1)), statement, "It shows it.");
    assert_eq!(adding(&link), "ok");
    let bare = EvidenceLink { justification: String::new(), ..link.clone() };
    assert_eq!(adding(&bare), "say why it shows that");
    let of_none = EvidenceLink { evidence: EvidenceSource::Item(item(7)), ..link };
    assert!(adding(&of_none).starts_with("evidence names a learning session"));
}

#[test]
fn a_certificate_was_given_and_may_run_out_at_any_time() {
    let title = "Advanced life support".to_owned();
    let given = |issued: &str| Certificate {
        title: title.clone(),
        issued: Some(day(issued)),
        expires: Some(day("2030-11-25")),
        ..Certificate::default()
    };
    assert_eq!(adding(&given("2026-11-25")), "ok");
    let said = adding(&given("2027-01-10"));
    assert!(said.starts_with("2027-01-10 lies in the future"), "{said}");
}

#[test]
fn what_was_written_by_a_clock_that_is_wrong_is_kept_and_can_be_corrected() {
    let future = LearningSession { start: "2031-01-01T09:00:00Z".parse().unwrap(), ..session() };
    let edits = future.adding(item(3));
    assert_eq!(PersonalRecord::default().check(&edits), Ok(()), "as it is read back");
    let record = PersonalRecord::default().with(&edits);
    let corrected = |edit| said(&record, &[RecordEdit::LearningSession { id: item(3), edit }]);
    assert_eq!(corrected(SessionEdit::Minutes(Minutes(30))), "ok");
    assert_eq!(corrected(SessionEdit::Start(NOW.parse().unwrap())), "ok");
}

#[test]
fn nothing_is_completed_tomorrow() {
    let at = "2026-11-27T09:00:00Z".parse().unwrap();
    let fact = ModuleCompletion { module: "pop".to_owned(), at, ..ModuleCompletion::default() };
    assert!(adding(&fact).contains("lies in the future"));
}

#[test]
fn confidence_goes_from_0_to_10_and_may_be_left_unsaid() {
    let at = "2026-11-25T09:00:00Z".parse().unwrap();
    let activity = "cmm-discharge".to_owned();
    let unsaid = Debrief { activity, at, ..Debrief::default() };
    assert_eq!(adding(&unsaid), "ok");
    assert_eq!(adding(&Debrief { confidence_before: Some(Whole(0)), ..unsaid.clone() }), "ok");
    let sure = Debrief { confidence_after: Some(Whole(11)), ..unsaid };
    assert_eq!(adding(&sure), "confidence_after goes from 0 to 10, not 11");
}

#[test]
fn what_a_thing_is_called_by_can_be_seen_where_it_is_typed_now() {
    for blank in ["\u{200b}", "\u{2060} \u{ad}", "\u{3164}", "\u{202e}"] {
        let placement =
            Placement { organisation: blank.to_owned(), ..placement("2026-08-05", "2027-08-03") };
        assert_eq!(adding(&placement), "say the organisation of the placement", "{blank:?}");
        let goal = PdpGoal { text: blank.to_owned(), ..PdpGoal::default() };
        assert_eq!(adding(&goal), "say what you want to be able to do", "{blank:?}");
        let edits = goal.adding(item(9));
        assert!(PersonalRecord::default().check(&edits).is_ok(), "an export is read back");
    }
}

#[test]
fn a_part_of_a_placement_is_named_once_where_it_is_typed_now() {
    let divided = |text: &str| {
        let split = Some(text.parse().unwrap());
        adding(&Placement { split, ..placement("2026-08-05", "2027-08-03") })
    };
    assert_eq!(divided("acute 1/2, community 1/2"), "ok");
    for twice in ["acute 1/2, acute 1/2", "acute 1/2, Acute\u{200b} 1/2"] {
        assert!(divided(twice).contains("stands there more than once"), "{twice}");
    }
    assert!(divided("acute 1/2, \u{3164} 1/2").contains("nothing that can be seen"));
}
