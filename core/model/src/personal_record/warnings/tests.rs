use super::*;
use crate::{
    Minutes,
    personal_record::{
        Absence, AbsenceKind, Agreement, CareerBreak, EvidenceLink, EvidenceSource, JourneyStep,
        PdpGoal, Placement, WteChange,
    },
};

fn item(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn session(title: &str, start: &str, minutes: u32) -> LearningSession {
    LearningSession {
        title: title.to_owned(),
        start: start.parse().unwrap(),
        minutes: Minutes(minutes),
        ..LearningSession::default()
    }
}

#[test]
fn overlaps_and_doubles_are_said_once_each() {
    let mut record = PersonalRecord::default();
    record.sessions.insert(item(1), session("Grand round", "2026-11-20T13:00:00Z", 60));
    record.sessions.insert(item(2), session("grand  Round", "2026-11-20T13:00:00Z", 60));
    record.sessions.insert(item(3), session("Audit", "2026-11-20T13:59:00Z", 30));
    record.sessions.insert(item(4), session("Audit", "2026-11-21T13:59:00Z", 30));
    record.sessions.insert(item(5), session("Clinic", "2026-11-20T14:29:00Z", 30));
    let warnings = record.warnings("2026-08-01..2027-07-31".parse().unwrap());
    let overlap =
        |one, other| RecordWarning::SessionsOverlap { one: item(one), other: item(other) };
    let twice = RecordWarning::SessionTwice { one: item(1), other: item(2) };
    assert_eq!(warnings, [twice, overlap(1, 3), overlap(2, 3)]);
    assert!(record.warnings("2027-08-01..2028-07-31".parse().unwrap()).is_empty());
}

#[test]
fn e2_a_session_is_noted_twice_however_its_name_is_written() {
    for (one, other) in [
        ("Zoë’s clinic", "Zoe\u{308}’s  CLINIC"),
        ("Ward\u{a0}round", "ward round"),
        ("Follow\u{2011}up", "Follow-up"),
        ("Te\u{ad}aching\u{200b}", "Teaching"),
    ] {
        let [one, other] = [one, other].map(|title| session(title, "2026-09-02T09:00:00Z", 60));
        assert_eq!(twice(&[(item(1), &one), (item(2), &other)]).len(), 1, "{}", one.title);
    }
}

fn absence(from: &str, to: &str, days: &str) -> Absence {
    let to = Some(to.parse().unwrap());
    Absence {
        to,
        ..Absence::new(AbsenceKind::Sickness, from.parse().unwrap(), days.parse().unwrap())
    }
}

/// Days absent in the year, and how many warnings there are.
fn away(absences: &[(&str, &str, &str)]) -> (String, usize) {
    let mut record = PersonalRecord::default();
    for (number, (from, to, days)) in (1..).zip(absences) {
        record.absences.insert(item(number), absence(from, to, days));
    }
    let year = "2026-08-01..2027-07-31".parse().unwrap();
    (record.absence(year).to_fixed(2), record.warnings(year).len())
}

#[test]
fn an_absence_of_two_training_years_is_said_in_both_and_counts_where_its_days_are() {
    let mut record = PersonalRecord::default();
    record.absences.insert(item(1), absence("2026-07-27", "2026-08-14", "14"));
    let [first, second] = ["2025-08-01..2026-07-31", "2026-08-01..2027-07-31"];
    for (year, days) in [(first, "5.0"), (second, "9.0")] {
        let year = year.parse().unwrap();
        let said = record.warnings(year)[0].in_words(&record);
        assert!(said.contains("27 July 2026 to 14 August 2026 goes on in the next"), "{said}");
        assert!(said.ends_with("the first until 31 July 2026."), "{said}");
        assert_eq!(record.absence(year).to_fixed(1), days);
    }
}

fn off(from: &str, to: &str) -> CareerBreak {
    CareerBreak { from: from.parse().unwrap(), to: to.parse().ok(), ..CareerBreak::default() }
}

#[test]
fn absences_and_breaks_that_share_days_are_said_whichever_of_them_is_asked_about() {
    let mut record = PersonalRecord::default();
    record.absences.insert(item(1), absence("2026-11-02", "2026-11-06", "5"));
    record.breaks.insert(item(2), off("2026-11-05", "2027-01-31"));
    record.breaks.insert(item(3), off("2027-01-31", ""));
    let year = "2026-08-01..2027-07-31".parse().unwrap();
    let said = |warnings: Vec<RecordWarning>| {
        warnings.iter().map(|one| one.in_words(&record)).collect::<Vec<_>>()
    };
    let in_break = "Look again: the absence 2 November 2026 to 6 November 2026 has days in the \
                    break 5 November 2026 to 31 January 2027. In a break nobody is rostered, and \
                    these days do not count as absent.";
    let breaks = "Look again: the breaks 5 November 2026 to 31 January 2027 and from 31 January \
                  2027 on share days, which count once.";
    assert_eq!(said(record.warnings(year)), [in_break, breaks]);
    assert!(record.warnings("2026-11-01..2026-11-04".parse().unwrap()).is_empty(), "not yet");
    let about = |number| {
        let today = "2026-11-26".parse().unwrap();
        said(record.warnings_about(item(number), today, &EvidenceStanding::default()))
    };
    assert_eq!(about(1), [in_break]);
    assert_eq!(about(2), [in_break, breaks]);
    assert_eq!(about(3), [breaks]);
}

#[test]
fn steps_in_one_place_are_said() {
    let mut record = PersonalRecord::default();
    let step = |place, setting: &str| JourneyStep {
        setting: setting.to_owned(),
        ..JourneyStep::new(item(9), place)
    };
    record.steps.insert(item(1), step(1, "At home"));
    record.steps.insert(item(2), step(2, "at  home"));
    record.steps.insert(item(3), step(2, "Emergency department"));
    record.steps.insert(item(4), step(3, "At home"));
    let about = |number| {
        let today = "2026-11-26".parse().unwrap();
        let found = record.warnings_about(item(number), today, &EvidenceStanding::default());
        found.iter().map(|one| one.in_words(&record)).collect::<Vec<_>>()
    };
    let same = "Look again: \"at  home\" is the same place as the step before.";
    let number = "Look again: two steps are number 2 of this journey.";
    assert_eq!(about(1), [same]);
    assert_eq!(about(2), [same, number]);
    assert_eq!(about(3), [number]);
    assert!(about(4).is_empty());
}

#[test]
fn days_that_absences_share_count_once_and_are_said() {
    let week = ("2026-11-02", "2026-11-06", "5");
    assert_eq!(away(&[week]), ("5.00".to_owned(), 0));
    assert_eq!(away(&[week, week]), ("5.00".to_owned(), 1), "noted twice");
    assert_eq!(away(&[week, week, week]).0, "5.00");
    let half = ("2026-11-02", "2026-11-04", "2.5");
    assert_eq!(away(&[half, half]), ("2.50".to_owned(), 1));
    assert_eq!(away(&[week, half]), ("5.00".to_owned(), 1), "one inside of the other");
    // From Wednesday to the next Tuesday: five rostered days, three of them known already.
    assert_eq!(away(&[week, ("2026-11-04", "2026-11-10", "5")]), ("7.00".to_owned(), 1));
    let day = ("2026-11-02", "2026-11-02", "1");
    assert_eq!(away(&[day, day]), ("1.00".to_owned(), 1));
    assert_eq!(away(&[week, ("2026-11-09", "2026-11-13", "5")]), ("10.00".to_owned(), 0));
    assert_eq!(away(&[("2026-11-02", "2026-11-02", "1/3"); 3]).0, "0.33");
}

#[test]
fn what_is_added_again_or_too_late_is_said() {
    let today: CalendarDate = "2026-11-26".parse().unwrap();
    let mut record = PersonalRecord::default();
    let goal = |due: &str| PdpGoal {
        text: "Lead a round".to_owned(),
        due: Some(due.parse().unwrap()),
        ..PdpGoal::default()
    };
    record.goals.insert(item(1), goal("2026-11-25"));
    record.goals.insert(item(2), goal("2026-11-26"));
    record.goals.insert(item(3), PdpGoal { status: GoalStatus::Achieved, ..goal("2020-01-01") });
    let link = EvidenceLink::new(
        EvidenceSource::Item(item(9)),
        "outcome:pop".parse().unwrap(),
        "It shows it.",
    );
    record.evidence.insert(item(4), link.clone());
    let agreement = Some(Agreement::Agreed);
    record.evidence.insert(item(5), EvidenceLink { agreement, ..link });
    let about = |number| {
        let found = record.warnings_about(item(number), today, &EvidenceStanding::default());
        found.iter().map(|one| one.in_words(&record)).collect::<Vec<_>>()
    };
    assert_eq!(about(1), ["Look again: 25 November 2026 is over already."]);
    assert!(about(2).is_empty() && about(3).is_empty());
    let twice = "This is given as evidence for pop already, and counts once.";
    assert_eq!(about(4), [twice]);
    assert_eq!(about(5)[0], twice);
    assert!(about(5)[1].starts_with("What your supervisor says is noted as your word"));
}

#[test]
fn placements_above_full_time_are_said_and_not_refused() {
    let of = |start: &str, wte: &str| Placement {
        start: start.parse().unwrap(),
        end: "2027-07-31".parse().unwrap(),
        wte: Some(wte.parse().unwrap()),
        ..Placement::default()
    };
    let mut record = PersonalRecord::default();
    record.placements.insert(item(1), of("2026-08-01", "2/3"));
    record.placements.insert(item(2), of("2026-10-01", "1/3"));
    let year = "2026-08-01..2027-07-31".parse().unwrap();
    assert_eq!(record.warnings(year), []);
    record.placements.insert(item(3), of("2026-12-01", "0.2"));
    let placements = vec![item(1), item(2), item(3)];
    let from = "2026-12-01".parse().unwrap();
    assert_eq!(record.warnings(year), [RecordWarning::AboveFullTime { from, placements }]);
}

#[test]
fn an_absence_on_days_of_no_placement_is_said_and_without_placements_nothing_is() {
    let mut record = PersonalRecord::default();
    record.absences.insert(item(1), absence("2026-11-02", "2026-11-06", "5"));
    let said = |record: &PersonalRecord| {
        let today = "2026-11-26".parse().unwrap();
        let all = record.warnings_about(item(1), today, &EvidenceStanding::default());
        all.iter().map(|one| one.in_words(record)).collect::<Vec<_>>()
    };
    assert_eq!(said(&record), Vec::<String>::new(), "full time is taken for granted");
    let placement = |from: &str, to: &str| {
        let (start, end) = (from.parse().unwrap(), to.parse().unwrap());
        Placement { start, end, ..Placement::default() }
    };
    record.placements.insert(item(5), placement("2026-08-05", "2026-11-04"));
    let outside = "Look again: the absence 2 November 2026 to 6 November 2026 has days on which no \
                   placement is on. Nobody is rostered then; note the placement, or correct the \
                   days.";
    assert_eq!(said(&record), [outside]);
    record.placements.insert(item(6), placement("2026-11-05", "2027-08-03"));
    assert_eq!(said(&record), Vec::<String>::new(), "one placement carries on where one ends");
}

#[test]
fn two_changes_of_hours_that_begin_on_one_day_are_said_whichever_is_asked_about() {
    let mut record = PersonalRecord::default();
    let (start, end) = ("2026-08-05".parse().unwrap(), "2027-08-03".parse().unwrap());
    let organisation = "Bedford Hospital".to_owned();
    let placement = Placement { organisation, start, end, ..Placement::default() };
    record.placements.insert(item(5), placement);
    let change = |from: &str, wte: &str| WteChange {
        placement: item(5),
        from: from.parse().unwrap(),
        wte: wte.parse().unwrap(),
    };
    record.wte_changes.insert(item(1), change("2026-11-01", "0.8"));
    record.wte_changes.insert(item(2), change("2026-12-01", "0.6"));
    let said = |record: &PersonalRecord, number: u8| {
        let today = "2026-11-26".parse().unwrap();
        let all = record.warnings_about(item(number), today, &EvidenceStanding::default());
        all.iter().map(|one| one.in_words(record)).collect::<Vec<_>>()
    };
    assert_eq!(said(&record, 1), Vec::<String>::new());
    record.wte_changes.insert(item(3), change("2026-11-01", "0.6"));
    let twice = "Look again: two changes of your hours at \"Bedford Hospital\" begin on 1 November \
                 2026, and only one of them counts.";
    assert_eq!((said(&record, 1), said(&record, 3)), (vec![twice.into()], vec![twice.into()]));
    assert_eq!(said(&record, 2), Vec::<String>::new());
}
