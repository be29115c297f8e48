//! Cases with known answers: `tests/vectors/log.json` is those of the domain research of
//! 25 November 2026 that concern the learning log, word for word.

use serde_json::Value;

use super::*;
use crate::{
    CalendarDate, ItemId, Minutes,
    chart::Exact,
    personal_record::{
        Absence, AbsenceKind, EvidenceDeadline, LearningSession, PersonalRecord, Placement,
        SessionKind, Subject,
    },
};

/// After all of the years that are counted here.
const TODAY: CalendarDate = CalendarDate::constant(2030, 1, 1);

fn vector(id: &str) -> (Value, Value) {
    let all = include_str!("../../tests/vectors/log.json");
    let all: Vec<Value> = serde_json::from_str(all).unwrap();
    let case = all.into_iter().find(|case| case["id"] == id).unwrap();
    (case["input"].clone(), case["want"].clone())
}

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

fn figure(of: FigureOf, amount: u32) -> Figure {
    Figure { amount: Some(amount), ..Figure::of(of) }
}

fn grades(all: &[&str]) -> Vec<String> {
    all.iter().map(|&grade| grade.to_owned()).collect()
}

/// The rule of the foundation programme, as the pack has it.
fn foundation() -> LogRule {
    let figures = vec![
        figure(FigureOf::Target, 3_600),
        figure(FigureOf::CoreMin, 1_800),
        figure(FigureOf::NonCoreCap, 1_800),
        figure(FigureOf::SpecialtyCap, 300),
        figure(FigureOf::ElearningCap, 360),
        figure(FigureOf::AbsenceDays, 14),
        Figure { grades: grades(&["F1", "F2"]), ..figure(FigureOf::AbsenceDays, 20) },
    ];
    LogRule { figures, ..LogRule::default() }
}

fn standing() -> Standing<'static> {
    Standing { day: day("2026-08-05"), place: "", grade: "F1" }
}

fn session(kind: SessionKind, minutes: u32) -> LearningSession {
    LearningSession { kind, minutes: Minutes(minutes), ..LearningSession::default() }
}

fn minutes(exact: &Exact) -> f64 {
    exact.to_f64()
}

fn counted(factor: &Exact, sessions: &[LearningSession]) -> (LogTerms, LogCount) {
    let terms = foundation().terms(&standing(), factor);
    let count = terms.count(sessions);
    (terms, count)
}

fn tenths(tenths: u32) -> Exact {
    Exact::sum([(tenths.into(), 10)])
}

#[test]
fn the_vectors_of_logs_hold() {
    for id in ["L1", "L3", "L8"] {
        let (input, want) = vector(id);
        let factor: crate::chart::Decimal = input["factor"].to_string().parse().unwrap();
        let factor = Exact::from(crate::chart::Quantity::from(factor));
        let kinds = SessionKind::ALL.iter().copied();
        let sessions: Vec<_> = kinds
            .filter_map(|kind| Some((kind, input[kind.as_str()].as_u64()?)))
            .map(|(kind, minutes)| session(kind, u32::try_from(minutes).unwrap()))
            .collect();
        let (terms, count) = counted(&factor, &sessions);
        for (key, wanted) in want.as_object().unwrap() {
            let is =
                |given: f64| assert!((given - wanted.as_f64().unwrap()).abs() < 1e-6, "{id} {key}");
            match key.as_str() {
                "target" => is(minutes(terms.target.as_ref().unwrap())),
                "core_min" => is(minutes(terms.core_min.as_ref().unwrap())),
                "elearning_cap" => is(minutes(terms.elearning_cap.as_ref().unwrap())),
                "counted" => is(minutes(&count.counted)),
                "excluded" => is(count.excluded.0.into()),
                "met" => assert_eq!(count.is_met(), wanted.as_bool(), "{id} {key}"),
                "domain_md_counted" => {}
                key => panic!("nobody asks {key} of {id}"),
            }
        }
    }
}

#[test]
fn the_vector_of_what_is_shown_holds() {
    let (input, want) = vector("L7");
    let all = input["minutes"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap());
    let all: Vec<Minutes> = all.map(|one| Minutes(u32::try_from(one).unwrap())).collect();
    let sum: Minutes = all.into_iter().sum();
    assert_eq!(u64::from(sum.0), want["minutes"].as_u64().unwrap());
    // Of rounded parts no sum is the rounded sum, so that minutes are shown: as many as these hours.
    assert_eq!(want["shown"].as_str().unwrap().replace(".0", ""), time_done(sum));
    let shown = [0, 29, 30, 59, 60, 3_590, 3_600].map(|one| time_done(Minutes(one)));
    assert_eq!(shown, ["0 min", "29 min", "30 min", "59 min", "1 h", "59 h 50 min", "60 h"]);
    assert_eq!(shown, [0, 29, 30, 59, 60, 3_590, 3_600].map(|one| time_left(Minutes(one))));
    let asked = Exact::sum([(18_360, 7)]);
    let shown = [time_done(&asked), time_left(&asked)];
    assert_eq!(shown, ["43 h 42 min", "43 h 43 min"], "2,622.86 minutes");
}

#[test]
fn the_vector_of_caps_by_year_and_place_holds() {
    let (input, _) = vector("L9");
    let by_year = input["elearning_cap_by_year"].as_object().unwrap();
    let mut rule = LogRule::default();
    for (year, cap) in by_year {
        let first: i16 = year.split_once('-').unwrap().0.parse().unwrap();
        rule.figures.push(Figure {
            amount: cap.as_u64().map(|cap| u32::try_from(cap).unwrap()),
            from: CalendarDate::new(first, 8, 1).ok(),
            until: CalendarDate::new(first + 1, 7, 31).ok(),
            ..Figure::of(FigureOf::ElearningCap)
        });
    }
    let place = "Peninsula".to_owned();
    rule.figures.push(Figure { place, ..figure(FigureOf::ElearningCap, 720) });
    let cap = |day: &str, place| {
        let standing = Standing { day: day.parse().unwrap(), place, grade: "F1" };
        rule.figure(FigureOf::ElearningCap, &standing).map(|figure| figure.amount)
    };
    assert_eq!(cap("2019-09-01", ""), Some(Some(360)));
    assert_eq!(cap("2020-09-01", ""), Some(None), "there is a figure, and it lifts the cap");
    assert_eq!(cap("2018-09-01", ""), None);
    assert_eq!(cap("2019-09-01", " peninsula"), Some(Some(720)));
    let standing = Standing { day: day("2020-09-01"), place: "", grade: "F1" };
    let count = rule.terms(&standing, &tenths(10)).count(&[session(SessionKind::Elearning, 900)]);
    assert_eq!(count.counted, Exact::from(Minutes(900)));
}

#[test]
fn what_is_for_one_specialty_counts_for_five_hours_and_pro_rata() {
    let special = |minutes| LearningSession {
        subject: Subject::Specialty,
        ..session(SessionKind::NonCore, minutes)
    };
    let (_, count) = counted(&tenths(10), &[special(900), session(SessionKind::NonCore, 100)]);
    assert_eq!(count.counted, Exact::from(Minutes(400)));
    assert_eq!((count.non_core, count.specialty), (Minutes(1_000), Minutes(900)));
    let (_, count) = counted(&tenths(5), &[special(900)]);
    assert_eq!(count.counted, Exact::from(Minutes(150)));
    let core = LearningSession { kind: SessionKind::Core, ..special(900) };
    assert_eq!(counted(&tenths(10), &[core]).1.counted, Exact::from(Minutes(900)));
}

#[test]
fn the_part_that_was_online_counts_as_elearning() {
    let blended = |online| LearningSession {
        online: Some(Minutes(online)),
        ..session(SessionKind::Core, 600)
    };
    let (_, count) = counted(&tenths(10), &[blended(400)]);
    assert_eq!((count.core, count.elearning), (Minutes(200), Minutes(400)));
    assert_eq!(count.counted, Exact::from(Minutes(560)));
    assert_eq!(count.by_kind[&SessionKind::Core], Minutes(600), "as it was noted");
    assert_eq!(counted(&tenths(10), &[blended(9_999)]).1.core, Minutes(0));
}

#[test]
fn one_minute_short_is_short_and_a_seventh_of_one_too() {
    let core = |minutes| [session(SessionKind::Core, minutes)];
    assert_eq!(counted(&tenths(10), &core(3_599)).1.target_met, Some(false));
    assert_eq!(counted(&tenths(10), &core(3_600)).1.is_met(), Some(true));
    let factor = Exact::sum([(51, 70)]);
    let (terms, short) = counted(&factor, &core(2_622));
    assert_eq!(terms.target.unwrap().to_fixed(2), "2622.86");
    assert_eq!(short.target_met, Some(false));
    assert_eq!(short.left, Exact::from(Minutes(1)), "six sevenths of one");
    assert_eq!(counted(&factor, &core(2_623)).1.target_met, Some(true));
}

#[test]
fn what_asks_for_nothing_is_neither_met_nor_unmet() {
    let core = [session(SessionKind::Core, 600)];
    let none = LogTerms::nothing().count(&core);
    assert_eq!((none.target_met, none.core_met, none.is_met()), (None, None, None));
    let of_break = counted(&Exact::sum([]), &core).1;
    assert_eq!(of_break.is_met(), None, "of a year of breaks nothing is asked");
    let said = |terms: &LogTerms, count: &LogCount| {
        time_against(&count.counted, terms.target.as_ref(), count.target_met)
    };
    let break_terms = foundation().terms(&standing(), &Exact::sum([]));
    assert_eq!(said(&LogTerms::nothing(), &none), "10 h (no target is set for this period)");
    assert_eq!(said(&break_terms, &of_break), "10 h (nothing is asked for this period)");
    let short = counted(&tenths(10), &core).1;
    assert_eq!(LogCount::sum([&none, &short]).target_met, Some(false));
    assert_eq!(LogCount::sum([&none, &of_break]).is_met(), None);
}

#[test]
fn a_figure_that_changes_within_a_year_counts_for_its_days() {
    let mut rule = foundation();
    let from = Some(day("2026-01-01"));
    rule.figures.push(Figure { from, ..figure(FigureOf::Target, 1_800) });
    rule.figures.push(Figure { from, amount: None, ..Figure::of(FigureOf::ElearningCap) });
    let mut record = three_years();
    let online = |start: &str, minutes| LearningSession {
        start: start.parse().unwrap(),
        ..session(SessionKind::Elearning, minutes)
    };
    record.sessions.insert(item(20), online("2025-10-01T09:00:00Z", 300));
    record.sessions.insert(item(21), online("2026-03-01T09:00:00Z", 500));
    let days: Period = "2025-08-02..2026-08-01".parse().unwrap();
    let years = record.log(&rule, days, TODAY);
    assert_eq!(years.len(), 1, "a year is not taken apart by it");
    let LogYear { terms, count, reasons, .. } = &years[0];
    // 152 days of 60 h and 213 of 30 h, of 365.
    let asked = Exact::sum([(152 * 3_600 + 213 * 1_800, 365)]);
    assert_eq!(terms.target.as_ref(), Some(&asked));
    let cap = Exact::sum([(152 * 360, 365)]);
    assert_eq!(terms.elearning_cap.as_ref(), Some(&cap));
    let counted = Exact::sum([(1_700, 1)]).plus(&cap);
    assert_eq!(count.counted, counted, "from January nothing limits what is online");
    let of_target = "The target of a full-time year is 60 h, from 1 January 2026 30 h: each counts \
                     for its days.";
    let of_cap = "The limit of e-learning of a full-time year is 6 h, from 1 January 2026 none: \
                  each counts for its days.";
    assert_eq!(reasons, &[of_target, of_cap]);
    let before = record.log(&rule, "2025-08-02..2025-12-31".parse().unwrap(), TODAY);
    assert_eq!(before[0].reasons.len(), 1, "{:?}", before[0].reasons);
    let first = Exact::sum([(152 * 3_600, 368)]);
    assert_eq!(before[0].terms.target.as_ref(), Some(&first), "the year goes on to 4 August");
}

#[test]
fn sums_do_not_overflow() {
    let core = [session(SessionKind::Core, u32::MAX), session(SessionKind::Core, 1)];
    assert_eq!(counted(&tenths(10), &core).1.core, Minutes(u32::MAX));
}

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn three_years() -> PersonalRecord {
    let mut record = PersonalRecord::default();
    let (start, end) = (day("2023-08-02"), day("2026-08-04"));
    let placement = Placement { grade: "F1".to_owned(), start, end, ..Placement::default() };
    record.placements.insert(item(1), placement);
    for (number, year) in (2_u8..).zip(["2024", "2025", "2026"]) {
        let start = format!("{year}-02-01T09:00:00Z").parse().unwrap();
        let core = LearningSession { start, ..session(SessionKind::Core, 1_200) };
        record.sessions.insert(item(number), core);
    }
    record
}

#[test]
fn three_years_of_twenty_hours_are_not_one_of_sixty() {
    let years = three_years().log(&foundation(), "2023-08-02..2026-08-04".parse().unwrap(), TODAY);
    assert_eq!(years.len(), 3);
    for year in &years {
        assert_eq!(year.count.core, Minutes(1_200));
        assert_eq!((year.count.core_met, year.count.target_met), (Some(false), Some(false)));
        assert_eq!(year.count.left.to_fixed(0), "2400");
    }
    let all = LogCount::sum(years.iter().map(|year| &year.count));
    assert_eq!((all.core, all.is_met()), (Minutes(3_600), Some(false)));
    assert_eq!(all.left.to_fixed(0), "7200");
    let one = three_years().log(&foundation(), "2024-08-02..2025-08-01".parse().unwrap(), TODAY);
    assert_eq!((one.len(), one[0].count.core), (1, Minutes(1_200)));
}

#[test]
fn what_is_left_is_due_when_the_portfolio_closes() {
    let mut record = three_years();
    let period = "2025-08-02..2026-08-01".parse().unwrap();
    let by = |record: &PersonalRecord| record.log(&foundation(), period, TODAY)[0].by;
    assert_eq!(by(&record), day("2026-08-01"));
    let at = day("2026-05-29");
    record.deadlines.insert(item(9), EvidenceDeadline { at, ..EvidenceDeadline::default() });
    assert_eq!(by(&record), at);
}

#[test]
fn more_days_absent_than_the_limit_ask_for_a_review() {
    let mut record = three_years();
    let period = "2025-08-02..2026-08-01".parse().unwrap();
    let mut absent = |days: &str, grade: &str| {
        let from = day("2026-01-05");
        let absence = Absence::new(AbsenceKind::Sickness, from, days.parse().unwrap());
        record.absences.insert(item(8), absence);
        record.placements.get_mut(&item(1)).unwrap().grade = grade.to_owned();
        let absence = record.log(&foundation(), period, TODAY)[0].absence.clone();
        (absence.limit, absence.asks_for_review)
    };
    assert_eq!(absent("20", "F1"), (Some(20), false));
    assert_eq!(absent("20.5", "FY2"), (Some(20), true));
    assert_eq!(absent("14", "ST3"), (Some(14), false));
    assert_eq!(absent("14.5", "CT1"), (Some(14), true));
}

#[test]
fn absences_to_come_are_not_taken_yet_and_those_of_other_days_are_not_counted() {
    let mut record = three_years();
    record.placements.get_mut(&item(1)).unwrap().grade = "F1".to_owned();
    for (number, from, to, days) in
        [(20, "2025-09-01", "2025-09-26", "20"), (21, "2026-03-02", "2026-03-06", "5")]
    {
        let one = Absence::new(AbsenceKind::Sickness, day(from), days.parse().unwrap());
        record.absences.insert(item(number), Absence { to: Some(day(to)), ..one });
    }
    let of = |period: &str, today: &str| {
        let period = period.parse().unwrap();
        let AbsenceCount { days, ahead, of_year, asks_for_review, .. } =
            record.log(&foundation(), period, day(today))[0].absence.clone();
        let days = [days, ahead, of_year].map(|days| days.to_fixed(0));
        (days.join(" "), asks_for_review)
    };
    let year = "2025-08-02..2026-08-01";
    assert_eq!(of(year, "2026-08-01"), ("25 0 25".to_owned(), true));
    assert_eq!(of(year, "2026-03-01"), ("20 5 20".to_owned(), false));
    assert_eq!(of(year, "2026-03-02"), ("21 4 21".to_owned(), true), "today is taken");
    assert_eq!(of("2026-03-04..2026-05-01", "2026-08-01"), ("3 0 25".to_owned(), true));
    assert_eq!(of("2025-10-01..2025-12-31", "2026-08-01"), ("0 0 25".to_owned(), true));
    assert_eq!(of("2026-03-04..2026-05-01", "2025-08-03"), ("0 3 0".to_owned(), false));
}

#[test]
fn how_much_of_a_year_was_worked_is_said_as_people_say_it_and_is_whole_only_if_all_of_it_was() {
    let year: Period = "2026-08-01..2027-07-31".parse().unwrap();
    let said = |wte: Option<&str>, period: Period| {
        let mut record = PersonalRecord::default();
        let wte = wte.map(|wte| wte.parse().unwrap());
        let (start, end) = (year.from(), year.to());
        let placement = Placement { start, end, wte, ..Placement::default() };
        record.placements.insert(item(1), placement);
        record.log(&foundation(), period, TODAY)[0].factor_in_words()
    };
    let half = "2026-08-01..2026-12-31".parse().unwrap();
    assert_eq!(said(None, year), "100 % of a full-time year (365 of 365 days)");
    assert_eq!(said(Some("0.6"), year), "60 % of a full-time year (219 of 365 days)");
    assert_eq!(said(None, half), "42 % of a full-time year (153 of 365 days)");
    assert_eq!(said(Some("0.999"), year), "99 % of a full-time year (364 of 365 days)");
    assert_eq!(
        said(None, "2027-08-01..2027-08-05".parse().unwrap()),
        "1 % of a full-time year (5 of 366 days)"
    );
}

#[test]
fn a_part_of_an_activity_counts_up_to_its_cap_and_what_was_done_first_counts() {
    let cap =
        PartCap { activity: "stop".to_owned(), part: "prepare".to_owned(), minutes: Minutes(10) };
    let terms = LogTerms { part_caps: vec![cap], ..LogTerms::nothing() };
    let session = |activity: &str, part: &str, day: u8, kind| LearningSession {
        activity: Some(activity.to_owned()),
        part: part.to_owned(),
        start: format!("2026-11-{day:02}T09:00:00Z").parse().unwrap(),
        minutes: Minutes(8),
        kind,
        ..LearningSession::default()
    };
    let late = session("stop", "prepare", 20, SessionKind::Elearning);
    let early = session("stop", "prepare", 10, SessionKind::Elearning);
    let room = session("stop", "review", 11, SessionKind::NonCore);
    let another = session("other", "prepare", 11, SessionKind::Elearning);
    let count = terms.count(&[late.clone(), early.clone(), room, another]);
    assert_eq!(count.elearning, Minutes(18), "10 of the part, 8 of another activity");
    assert_eq!((count.non_core, count.excluded), (Minutes(8), Minutes(6)));
    let both = LearningSession { online: Some(Minutes(5)), kind: SessionKind::Core, ..late };
    let count = terms.count(&[early, both]);
    assert_eq!((count.elearning, count.core), (Minutes(10), Minutes(0)), "2 of its 8 fit");
}
