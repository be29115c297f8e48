//! A year of training in the personal record, offline: posts, sessions, evidence and what follows.

use std::sync::Arc;

use enhance_model::{
    CalendarDate, DocumentId, ItemId, Minutes, Noun, Timestamp, UtcOffset,
    chart::Exact,
    learning_log::{Figure, FigureOf, LogRule},
    personal_record::{
        Absence, AbsenceKind, Certificate, Cover, EvidenceDeadline, EvidenceLink, EvidenceSource,
        ModuleCompletion, PdpGoal, Placement, RecordEdit, RecordItem, RecordWarning, SessionEdit,
        SessionKind, Statement, Supervisor, SupervisorRole, WteChange,
    },
};

use super::programme::{with_pack, with_pack_of};
use crate::{
    Clock, CompletionProof, Environment, Error, InboxPage, InboxView, InputField, LearningCore,
    NewSession, OpenOptions, testing::Phone,
};

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

fn add(core: &LearningCore, thing: &impl RecordItem) -> ItemId {
    let id = core.new_item_id();
    core.edit_record(&thing.adding(id)).unwrap();
    id
}

fn refused(core: &LearningCore, edits: &[RecordEdit]) -> (InputField, String) {
    match core.edit_record(edits) {
        Err(Error::InvalidInput { field, reason }) => (field, reason),
        other => panic!("{other:?}"),
    }
}

fn placement() -> Placement {
    Placement {
        organisation: "Bedford Hospital".to_owned(),
        grade: "F2".to_owned(),
        start: day("2026-08-05"),
        end: day("2027-08-03"),
        split: Some("acute 2/3, community 1/3".parse().unwrap()),
        ..Placement::default()
    }
}

fn session(title: &str, start: &str, minutes: u32) -> NewSession {
    NewSession {
        title: title.to_owned(),
        activity: None,
        module: None,
        start: start.parse().unwrap(),
        minutes: Minutes(minutes),
        kind: SessionKind::Core,
    }
}

fn with_rule() -> (Phone, LearningCore) {
    let figure = |of, amount| Figure { amount: Some(amount), ..Figure::of(of) };
    let figures = vec![
        figure(FigureOf::Target, 3_600),
        figure(FigureOf::CoreMin, 1_800),
        figure(FigureOf::AbsenceDays, 20),
    ];
    with_pack_of(|programme| programme.log_rule = LogRule { figures, ..LogRule::default() })
}

#[test]
fn a_log_is_of_a_period_and_asks_for_the_days_that_are_worked() {
    let (_phone, core) = with_rule();
    core.add_session(session("Last year", "2026-07-01T09:00:00Z", 600)).unwrap();
    core.add_session(session("Grand round", "2026-11-20T13:00:00Z", 60)).unwrap();
    let assumed = core.learning_log().unwrap();
    assert!(assumed.years[0].is_full_time_assumed);
    assert_eq!(assumed.period.to_string(), "2026-08-01..2027-07-31");

    let id = add(&core, &placement());
    let wte = "0.6".parse().unwrap();
    add(&core, &WteChange { placement: id, from: day("2026-12-01"), wte });
    add(&core, &Supervisor::named(id, "Dr Lee", SupervisorRole::Educational));
    let log = core.learning_log().unwrap();
    assert_eq!(log.period.to_string(), "2026-08-05..2027-08-03");
    assert_eq!((log.sessions.len(), log.elsewhere, log.count.core), (1, 1, Minutes(60)));
    // 118 whole days and 246 of three fifths, of 364; what is asked is whole minutes, rounded up.
    let factor = Exact::from(Minutes(118 * 5 + 246 * 3)).to_f64() / f64::from(364 * 5);
    assert!((log.years[0].factor.to_f64() - factor).abs() < 1e-9);
    assert_eq!(log.terms.target.unwrap().to_fixed(2), "2627.00");
    assert_eq!(log.years[0].by, day("2027-08-03"));
    let before = core.log("2025-08-06..2026-08-04".parse().unwrap()).unwrap();
    assert_eq!((before.sessions.len(), before.count.core), (1, Minutes(600)));

    let view = &core.placements().unwrap()[0];
    assert!(view.is_current);
    assert_eq!((view.hours.len(), view.supervisors[0].1.name.as_str()), (1, "Dr Lee"));
    assert_eq!(view.placement.split.as_ref().unwrap().parts().len(), 2);
}

/// A clock on a wall in India.
struct InIndia;

impl Clock for InIndia {
    fn now(&self) -> Timestamp {
        "2026-11-22T20:00:00Z".parse().unwrap()
    }

    fn offset(&self, _: Timestamp) -> Option<UtcOffset> {
        UtcOffset::from_minutes(330)
    }
}

#[test]
fn e6_a_session_keeps_the_clocks_of_the_place_where_it_was_noted() {
    let (phone, core) = with_rule();
    let at_home = core.add_session(session("At home", "2026-07-31T23:30:00Z", 20)).unwrap();
    drop(core);
    let environment = Environment { clock: Arc::new(InIndia), ..Environment::real() };
    let core = LearningCore::open(OpenOptions { environment, ..phone.options() }).unwrap();
    let away = core.add_session(session("Away", "2026-11-22T19:00:00Z", 20)).unwrap();
    let sessions = core.record().unwrap().sessions;
    assert_eq!(sessions[&away].offset.map(|offset| offset.to_string()).as_deref(), Some("+05:30"));
    assert_eq!(sessions[&away].day(), day("2026-11-23"), "it was half past midnight there");
    // Of what was noted before, or where nobody knows, the clocks are those of the programme.
    assert_eq!((sessions[&at_home].offset, sessions[&at_home].day()), (None, day("2026-08-01")));
    let edit = SessionEdit::Offset("-03:00".parse().ok());
    core.edit_record(&[RecordEdit::LearningSession { id: away, edit }]).unwrap();
    assert_eq!(core.record().unwrap().sessions[&away].day(), day("2026-11-22"));
}

#[test]
fn a_session_is_corrected_taken_back_and_put_back() {
    let (_phone, core) = with_rule();
    let id = core.add_session(session("Grand round", "2026-11-20T13:00:00Z", 60)).unwrap();
    let set = |edit| core.edit_record(&[RecordEdit::LearningSession { id, edit }]);
    set(SessionEdit::Minutes(Minutes(45))).unwrap();
    set(SessionEdit::Provider("Dr Lee".to_owned())).unwrap();
    let kept = core.learning_log().unwrap().sessions.remove(0).session;
    assert_eq!((kept.minutes, kept.provider.as_str()), (Minutes(45), "Dr Lee"));
    assert_eq!(kept.title, "Grand round", "no other field came along");
    core.remove_session(id).unwrap();
    set(SessionEdit::Place("Seminar room".to_owned())).unwrap();
    assert!(core.learning_log().unwrap().sessions.is_empty());
    assert_eq!(core.record().unwrap().taken_back[&id].label, "Grand round");
    core.edit_record(&[RecordEdit::PutBack { noun: Noun::LearningSession, id }]).unwrap();
    let back = core.learning_log().unwrap().sessions.remove(0).session;
    assert_eq!((back.minutes, back.place.as_str()), (Minutes(45), "Seminar room"));
}

#[test]
fn doubles_are_said_and_what_cannot_be_is_refused_with_words() {
    let (_phone, core) = with_rule();
    let one = core.add_session(session("Grand round", "2026-11-20T13:00:00Z", 60)).unwrap();
    let other = core.add_session(session("grand round", "2026-11-20T13:30:00Z", 60)).unwrap();
    let warnings = core.learning_log().unwrap().warnings;
    let [RecordWarning::SessionTwice { one: a, other: b }] = warnings[..] else {
        panic!("{warnings:?}");
    };
    assert!([a, b] == [one, other] || [b, a] == [one, other]);

    let backwards = Placement { end: day("2026-08-04"), ..placement() };
    let (field, words) = refused(&core, &backwards.adding(core.new_item_id()));
    assert_eq!(field, InputField::Edit);
    assert_eq!(words, "it cannot end on 2026-08-04, before it begins on 2026-08-05");
    let lone = [RecordEdit::Add { noun: Noun::Absence, id: core.new_item_id() }];
    assert_eq!(refused(&core, &lone).1, "an absence needs from and days too");
    assert!(core.record().unwrap().placements.is_empty(), "nothing was written");
}

#[test]
fn an_activity_asks_for_what_shows_it_and_a_wrong_completion_is_taken_back() {
    let (_phone, core) = with_pack_of(|programme| {
        let evidence = enhance_model::programme::Evidence::Reflection;
        programme.modules[0].activities[0].evidence = evidence;
    });
    let refused = core.complete_activity("pop-read").unwrap_err().to_string();
    assert!(refused.contains("asks for a reflection"), "{refused}");
    let reason = "Talked over with Dr Lee".to_owned();
    core.complete_activity_with("pop-read", CompletionProof { evidence: None, reason }).unwrap();
    let done =
        |core: &LearningCore| core.module("pop").unwrap().activities[0].progress.completed_at;
    assert!(done(&core).is_some());
    core.complete_activity("pop-read").expect("the first time stands");
    let record = core.record().unwrap();
    let (id, fact) = record.activities_completed.iter().next().unwrap();
    assert_eq!(
        (fact.pack_version.map(|version| version.0), fact.at),
        (Some(4), done(&core).unwrap())
    );
    let (noun, at) = (Noun::ActivityCompletion, Timestamp::default());
    core.edit_record(&[RecordEdit::TakeBack { noun, id: *id, at }]).unwrap();
    assert_eq!(done(&core), None);
}

#[test]
fn what_shows_a_completion_may_be_said_later_and_what_was_said_is_not_replaced() {
    let (_phone, core) = with_pack_of(|_| {});
    let shown = |number, reason: &str| {
        let id = DocumentId::from_bytes([number; 16]);
        let evidence = (number > 0).then_some(EvidenceSource::Document(id));
        CompletionProof { evidence, reason: reason.to_owned() }
    };
    let noted = |core: &LearningCore| {
        let (_, fact) = core.record().unwrap().activities_completed.into_iter().next().unwrap();
        (fact.evidence, fact.reason)
    };
    core.complete_activity("pop-read").unwrap();
    core.complete_activity_with("pop-read", shown(7, "")).unwrap();
    core.complete_activity_with("pop-read", shown(7, "")).expect("once more the same");
    core.complete_activity("pop-read").expect("the first time stands");
    assert_eq!(noted(&core), (shown(7, "").evidence, String::new()));
    let refused = core.complete_activity_with("pop-read", shown(8, "")).unwrap_err().to_string();
    assert!(refused.contains("what shows it stands"), "{refused}");
    core.complete_activity_with("pop-read", shown(0, "Also seen")).unwrap();
    assert!(core.complete_activity_with("pop-read", shown(0, "Another")).is_err());
    assert_eq!(noted(&core), (shown(7, "").evidence, "Also seen".to_owned()));
}

#[test]
fn a_period_of_more_years_than_are_counted_is_refused_and_no_part_of_it_is_summed() {
    let (_phone, core) = with_rule();
    let period = "1900-01-01..2026-12-31".parse().unwrap();
    let log = core.log(period).unwrap_err();
    assert!(matches!(log, Error::InvalidInput { field: InputField::Date, .. }), "{log}");
    assert_eq!(core.arcp_page(period).unwrap_err(), log);
    assert_eq!(core.arcp_html(period).unwrap_err(), log);
}

#[test]
fn a_module_that_was_completed_stays_so_whatever_becomes_of_it() {
    let (phone, core) = with_pack();
    core.complete_activity("pop-read").unwrap();
    let session = NewSession {
        module: Some("pop".to_owned()),
        ..session("Population health", "2026-11-20T09:00:00Z", 360)
    };
    let id = core.add_session(session).unwrap();
    let record = core.record().unwrap();
    let (fact, ModuleCompletion { module, pack_version, .. }) =
        record.modules_completed.iter().next().unwrap();
    assert_eq!((module.as_str(), pack_version.map(|one| one.0)), ("pop", Some(4)));
    core.remove_session(id).unwrap();
    // A new version asks for more.
    super::programme::install(&phone, &core, 5, |programme| {
        programme.modules[0].activities[1].required = true;
    });
    let summary = core.modules().unwrap().remove(0);
    assert!(summary.complete && summary.completed_at.is_some());
    let (noun, at) = (Noun::ModuleCompletion, Timestamp::default());
    core.edit_record(&[RecordEdit::TakeBack { noun, id: *fact, at }]).unwrap();
    assert!(!core.modules().unwrap()[0].complete, "taken back as wrong");
}

#[test]
fn evidence_covers_outcomes_and_capabilities_and_the_map_shows_years() {
    let (_phone, core) = with_pack_of(|programme| {
        let outcome = |key: &str| enhance_model::programme::Outcome {
            key: key.to_owned(),
            domain: "pop".to_owned(),
            text: "count".to_owned(),
            source: enhance_model::programme::OutcomeSource::Ours,
        };
        programme.modules[0].outcomes = vec![outcome("pop-one"), outcome("pop-two")];
        programme.domains = vec![enhance_model::programme::Domain {
            key: "pop".to_owned(),
            title: "Population health".to_owned(),
            purpose: String::new(),
        }];
    });
    let id = core.add_session(session("Clinic", "2026-11-20T13:00:00Z", 60)).unwrap();
    let link = |statement: &str| {
        let source = EvidenceSource::Item(id);
        EvidenceLink::new(source, statement.parse().unwrap(), "I counted and compared.")
    };
    add(&core, &link("outcome:pop-one"));
    add(&core, &link("capability:fpc-9"));
    let coverage = core.coverage().unwrap();
    let domain = &coverage.domains[0];
    let covers: Vec<Cover> = domain.outcomes.iter().map(|one| one.cover).collect();
    assert_eq!((domain.cover, covers), (Cover::Thin, vec![Cover::Thin, Cover::Missing]));
    let capability = Statement::Capability("fpc-9".to_owned());
    assert_eq!(coverage.capabilities[0].statement, capability);
    core.remove_session(id).unwrap();
    assert!(core.coverage().unwrap().capabilities.is_empty(), "what shows it was taken back");

    core.add_session(NewSession {
        module: Some("pop".to_owned()),
        ..session("Reading", "2025-11-20T13:00:00Z", 30)
    })
    .unwrap();
    let map = core.programme_map().unwrap();
    assert_eq!(map.years.len(), 2);
    let minutes: Vec<Minutes> = map.modules[0].years.iter().map(|year| year.minutes).collect();
    assert_eq!(minutes, [Minutes(30), Minutes(0)]);
}

#[test]
fn deadlines_stand_in_an_inbox_by_the_day_they_close_and_each_once_on_its_pages() {
    let (_phone, core) = with_rule();
    for (name, at) in [("last", "2026-12-18"), ("first", "2026-11-27"), ("second", "2026-12-05")] {
        let (name, at) = (name.to_owned(), day(at));
        add(&core, &EvidenceDeadline { name, at, ..EvidenceDeadline::default() });
    }
    let titles =
        |items: &[InboxView]| items.iter().map(|view| view.item.title.clone()).collect::<Vec<_>>();
    let all = core.inbox(InboxPage::default()).unwrap().items;
    assert_eq!(titles(&all), ["first", "second", "last"]);
    assert_eq!(all[0].item.words, "due on 27 November 2026");
    let first = core.inbox(InboxPage { after: None, limit: 2 }).unwrap().items;
    let after = Some(first[1].position());
    let rest = core.inbox(InboxPage { after, limit: 2 }).unwrap().items;
    let mut paged = [titles(&first), titles(&rest)].concat();
    paged.sort();
    assert_eq!(paged, ["first", "last", "second"]);
}

#[test]
fn deadlines_certificates_and_absence_are_said_in_time() {
    let (_phone, core) = with_rule();
    let deadline = EvidenceDeadline {
        name: "Portfolio closes".to_owned(),
        at: day("2026-12-10"),
        ..EvidenceDeadline::default()
    };
    add(&core, &deadline);
    let days: Vec<i32> =
        core.deadline_warnings().unwrap().iter().map(|one| one.days_left).collect();
    assert_eq!(days, [14, 7], "the day of the first is over");
    assert_eq!(core.deadlines().unwrap()[0].days_left, 18);
    let certificate = |title: &str, expires: Option<&str>| Certificate {
        title: title.to_owned(),
        expires: expires.map(day),
        ..Certificate::default()
    };
    add(&core, &certificate("Good clinical practice", None));
    add(&core, &certificate("Advanced life support", Some("2026-11-21")));
    let left: Vec<_> = core.certificates().unwrap().iter().map(|one| one.days_left).collect();
    assert_eq!(left, [Some(-1), None]);
    let days = "20.5".parse().unwrap();
    let to = Some(day("2026-09-30"));
    add(&core, &Absence { to, ..Absence::new(AbsenceKind::Sickness, day("2026-09-01"), days) });
    assert!(core.learning_log().unwrap().years[0].absence.asks_for_review);
    let goal = PdpGoal { text: "Lead a round".to_owned(), ..PdpGoal::default() };
    add(&core, &goal);
    assert_eq!(core.record().unwrap().goals.len(), 1);
}
