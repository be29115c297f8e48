//! Each day counts by the rule of the grade in which it was worked.

use enhance_model::{
    CalendarDate, ItemId, Minutes,
    learning_log::{Figure, FigureOf, LogRule, LogYear, Period},
    personal_record::{LearningSession, PersonalRecord, Placement, SessionKind},
};

use super::{
    column, part,
    year::{Year, day, item},
};

/// The rule of the pack: learning time is asked of foundation doctors.
fn rule() -> LogRule {
    let figure = |of, amount, grades: &[&str]| Figure {
        amount: Some(amount),
        grades: grades.iter().map(|&grade| grade.to_owned()).collect(),
        ..Figure::of(of)
    };
    let figures = vec![
        figure(FigureOf::Target, 3_600, &["F1", "F2"]),
        figure(FigureOf::ElearningCap, 360, &[]),
        figure(FigureOf::AbsenceDays, 20, &["F1", "F2"]),
        figure(FigureOf::AbsenceDays, 14, &["CT", "ST"]),
    ];
    LogRule { title: "A rule".to_owned(), figures, ..LogRule::default() }
}

fn placement(days: &str, grade: &str) -> Placement {
    let days: Period = days.parse().unwrap();
    let [organisation, grade] = ["Willow Surgery", grade].map(str::to_owned);
    Placement { organisation, grade, start: days.from(), end: days.to(), ..Placement::default() }
}

fn record(placements: &[(&str, &str)]) -> PersonalRecord {
    let placements = placements.iter().map(|(days, grade)| placement(days, grade));
    let placements: Vec<(ItemId, Placement)> = (1..).map(item).zip(placements).collect();
    PersonalRecord { placements: placements.into_iter().collect(), ..PersonalRecord::default() }
}

const YEAR: &str = "2026-08-01..2027-07-31";

fn log(record: &PersonalRecord) -> Vec<LogYear> {
    record.log(&rule(), YEAR.parse().unwrap(), CalendarDate::constant(2028, 1, 1))
}

/// What is asked for, and the limit of absence, of each stretch of the year.
fn asked(record: &PersonalRecord) -> Vec<(Option<u32>, Option<u32>)> {
    let asked =
        |year: LogYear| (year.terms.target.map(|target| target.whole_up()), year.absence.limit);
    log(record).into_iter().map(asked).collect()
}

#[test]
fn a_page_of_a_year_without_a_target_says_so_and_asks_for_nothing() {
    let mut year = Year::new();
    for placement in year.record.placements.values_mut() {
        placement.grade = "ST3".to_owned();
    }
    year.rule = rule();
    let page = year.page();
    let hours = part(&page, "hours");
    assert!(hours.note.ends_with("; no target is set for this period."), "{}", hours.note);
    let asked = ["asked_minutes", "left_minutes", "by"].map(|key| column(hours, key)[0].clone());
    assert_eq!(asked, ["", "", ""]);
    let of_time = page.missing.iter().find(|said| said.contains("learning time"));
    assert_eq!(of_time, None);
}

#[test]
fn a_grade_that_only_begins_alike_is_not_counted_as_foundation_and_is_said() {
    for grade in ["F1", "FY2", "foundation year 1"] {
        let record = record(&[(YEAR, grade)]);
        assert_eq!(asked(&record), [(Some(3_600), Some(20))], "{grade}");
        assert_eq!(log(&record)[0].notes, [""; 0], "{grade}");
    }
    assert_eq!(asked(&record(&[(YEAR, "ST3")])), [(None, Some(14))]);
    assert_eq!(log(&record(&[(YEAR, "ST3")]))[0].notes, [""; 0]);
    for grade in ["Fellow", "F3", "Trust doctor"] {
        let record = record(&[(YEAR, grade)]);
        assert_eq!(asked(&record), [(None, None)], "{grade}");
        let said = format!(
            "“{grade}” (Willow Surgery) is no grade that the rule names (F1, F2, CT, ST): counted \
             by what it says of every grade."
        );
        assert_eq!(log(&record)[0].notes, [said]);
    }
}

#[test]
fn a_placement_without_a_grade_is_counted_as_the_first_that_the_rule_names_and_it_is_said() {
    let unnamed = record(&[(YEAR, " ")]);
    assert_eq!(asked(&unnamed), [(Some(3_600), Some(20))]);
    let said = "No grade is noted for the placement at Willow Surgery: counted as F1.";
    assert_eq!(log(&unnamed)[0].notes, [said]);
    let none = PersonalRecord::default();
    assert_eq!(log(&none)[0].notes, ["No grade is noted: counted as F1."]);
    let no_rule = unnamed.log(&LogRule::default(), YEAR.parse().unwrap(), day("2028-01-01"));
    assert_eq!(no_rule[0].notes, [""; 0], "where no rule names a grade nothing is to be said");
    let beside = record(&[(YEAR, "F2"), ("2026-10-01..2027-03-31", "")]);
    assert_eq!(log(&beside)[0].notes, [""; 0], "the placement beside it has one");
}

#[test]
fn in_a_year_with_two_grades_each_days_count_by_the_rule_of_their_own() {
    let (first, second) = ("2026-08-01..2026-10-12", "2026-10-13..2027-07-31");
    let mut changed = record(&[(first, "F2"), (second, "Fellow")]);
    let core = |start: &str, minutes| LearningSession {
        start: start.parse().unwrap(),
        minutes: Minutes(minutes),
        kind: SessionKind::Core,
        ..LearningSession::default()
    };
    changed.sessions.insert(item(10), core("2026-09-01T09:00:00Z", 100));
    changed.sessions.insert(item(11), core("2027-02-01T09:00:00Z", 1_000));
    let years = log(&changed);
    let days: Vec<String> = years.iter().map(|year| year.days.to_string()).collect();
    assert_eq!(days, [first, second]);
    // 73 of 365 days are a fifth of what is asked of a year.
    assert_eq!(asked(&changed), [(Some(720), Some(20)), (None, None)]);
    assert_eq!(years[0].count.left, Minutes(620).into(), "what was learned later is not of it");
    assert_eq!(years[1].count.counted, Minutes(1_000).into());
    let factors: Vec<String> = years.iter().map(|year| year.factor.to_fixed(1)).collect();
    assert_eq!(factors, ["0.2", "0.8"]);

    let same = record(&[(first, "F1"), (second, "FY2")]);
    assert_eq!(asked(&same), [(Some(3_600), Some(20))], "both are asked for the same");
    let back = record(&[(first, "Fellow"), (second, "F1")]);
    assert_eq!(asked(&back), [(None, None), (Some(2_880), Some(20))]);
}

#[test]
fn days_between_placements_of_two_grades_are_worked_by_neither() {
    let gap = record(&[("2026-08-01..2026-10-12", "F2"), ("2027-05-20..2027-07-31", "ST1")]);
    let factors: Vec<String> = log(&gap).iter().map(|year| year.factor.to_fixed(1)).collect();
    assert_eq!(factors, ["0.2", "0.2"]);
    assert_eq!(asked(&gap), [(Some(720), Some(20)), (None, Some(14))]);
}
