//! What is shown adds up, whatever was learned: a panel has a pencil.

use enhance_model::{
    Minutes,
    arcp::Cell,
    learning_log::{LogCount, LogTerms, time_done, time_left},
    personal_record::{LearningSession, PersonalRecord, SessionKind, Subject},
};
use proptest::prelude::*;

use super::{
    agree::records,
    part,
    year::{Year, item},
};

/// Minutes of a time as people read it.
fn minutes(shown: &str) -> u32 {
    let mut words = shown.split(' ');
    let mut sum = 0;
    while let (Some(number), Some(unit)) = (words.next(), words.next()) {
        let number: u32 = number.parse().unwrap();
        sum += if unit == "h" { 60 * number } else { number };
    }
    sum
}

prop_compose! {
    fn sessions()(
        all in prop::collection::vec((0..7_usize, 1..700_u32, 0..200_u32, any::<bool>()), 0..14),
    ) -> Vec<LearningSession> {
        let one = |(number, (kind, length, online, is_special)): (u32, (usize, u32, u32, bool))| {
            let start = format!("2026-09-{:02}T09:00:00Z", 1 + number % 28).parse().unwrap();
            LearningSession {
                start,
                minutes: Minutes(length),
                kind: SessionKind::ALL[kind % SessionKind::ALL.len()],
                subject: if is_special { Subject::Specialty } else { Subject::General },
                online: (online < length && online % 3 == 0).then_some(Minutes(online)),
                ..LearningSession::default()
            }
        };
        (0..).zip(all).map(one).collect()
    }
}

/// The record with these sessions in the place of its own.
fn with(mut record: PersonalRecord, sessions: Vec<LearningSession>) -> PersonalRecord {
    record.sessions = (10..).map(item).zip(sessions).collect();
    record
}

proptest! {
    #[test]
    fn what_is_shown_of_parts_adds_up_to_what_is_shown_of_all(
        record in records(), sessions in sessions(),
    ) {
        let noted: u32 = sessions.iter().map(|session| session.minutes.0).sum();
        let mut year = Year::new();
        year.record = with(record, sessions);
        let page = year.page();
        let hours = part(&page, "hours");
        let words = |row: &[Cell], column: usize| minutes(&row[column].in_words());
        let done = |name: &str| {
            let rows = hours.rows.iter().filter(|row| row[1].in_words().starts_with(name));
            rows.map(|row| words(row, 2)).sum::<u32>()
        };
        let (counts, above) = (done("All that counts"), done("Above the limits"));
        let teaching = done("Core teaching") + done("Other teaching") + done("E-learning");
        prop_assert_eq!(counts + above, teaching, "what counts and what does not are all of it");
        prop_assert_eq!(teaching + done("Does not count"), noted);
        for row in hours.rows.iter().filter(|row| row[3] != Cell::Nothing) {
            if row[6] == Cell::Nothing {
                prop_assert_eq!(row[5].in_words(), "0 min", "reached");
                prop_assert!(words(row, 2) >= words(row, 3));
            } else {
                prop_assert_eq!(words(row, 2) + words(row, 5), words(row, 3), "done and left");
                prop_assert!(words(row, 5) > 0);
            }
        }
    }

    #[test]
    fn what_is_shown_of_years_adds_up_to_what_is_shown_of_all_of_them(
        record in records(), sessions in sessions(),
    ) {
        let year = Year::new();
        let record = with(record, sessions);
        let period = "2025-08-06..2028-08-01".parse().unwrap();
        let years = record.log(year.rule(), period, year.made_on);
        let count = LogCount::sum(years.iter().map(|year| &year.count));
        let terms = LogTerms::sum(years.iter().map(|year| &year.terms));
        let sum = |of: &dyn Fn(usize) -> String| {
            (0..years.len()).map(|year| minutes(&of(year))).sum::<u32>()
        };
        let counted = sum(&|year| time_done(&years[year].count.counted));
        prop_assert_eq!(minutes(&time_done(&count.counted)), counted);
        prop_assert_eq!(minutes(&time_left(&count.left)), sum(&|year| time_left(&years[year].count.left)));
        let target = sum(&|year| time_left(years[year].terms.target.as_ref().unwrap()));
        prop_assert_eq!(minutes(&time_left(terms.target.as_ref().unwrap())), target);
        let json = serde_json::to_value(&count).unwrap();
        prop_assert_eq!(&json["counted"], &serde_json::json!(counted));
    }
}
