//! Sessions that nobody can have had are named and count for nothing.

use enhance_model::{
    Minutes,
    personal_record::{LearningSession, SessionKind},
};

use super::{
    column, part,
    year::{Year, day, item},
};

fn noted(title: &str, start: &str, minutes: u32) -> LearningSession {
    LearningSession {
        title: title.to_owned(),
        start: start.parse().unwrap(),
        minutes: Minutes(minutes),
        kind: SessionKind::Core,
        ..LearningSession::default()
    }
}

#[test]
fn a_session_out_of_range_and_one_to_come_are_named_and_reach_no_target() {
    let mut year = Year::new();
    let before = year.page();
    year.record.sessions.extend([
        (item(200), noted("Marathon", "2026-10-06T08:00:00Z", 99_999)),
        (item(201), noted("", "2026-10-07T08:00:00Z", 1_441)),
        (item(202), noted("Next summer", "2027-07-01T08:00:00Z", 600)),
    ]);
    year.made_on = day("2027-05-10");
    let page = year.page();
    for key in ["asked_minutes", "left_minutes"] {
        let (before, after) = (part(&before, "hours"), part(&page, "hours"));
        assert_eq!(column(before, key)[..2], column(after, key)[..2], "{key}");
    }
    let hours = part(&page, "hours");
    assert_eq!(column(hours, "done_minutes").last().unwrap(), "1700 h 40 min");
    assert_eq!(column(hours, "of").last().unwrap(), "Does not count");
    let of = "5 August 2026 to 3 August 2027: Not counted: ";
    for said in [
        "“Marathon” of 6 October 2026 took 1666 h 39 min, and a session goes from 1 min to 24 h.",
        "A session without a title of 7 October 2026 took 24 h 1 min, and a session goes from 1 \
         min to 24 h.",
        "“Next summer” of 1 July 2027 is on a day to come.",
    ] {
        let said = format!("{of}{said}");
        assert!(page.missing.contains(&said), "{said}: {:#?}", page.missing);
    }
    year.made_on = day("2027-07-01");
    let hours = column(part(&year.page(), "hours"), "done_minutes");
    assert_eq!(hours[..2], ["31 h", "30 h"], "it counts once it has been");
}

#[test]
fn many_sessions_that_are_set_aside_are_named_in_a_few_lines() {
    let mut year = Year::new();
    for number in 0..30 {
        let start = format!("2026-10-{:02}T08:00:00Z", 1 + number);
        year.record.sessions.insert(item(150 + number), noted("Long", &start, 5_000));
    }
    let missing = year.page().missing;
    let said = missing.iter().filter(|one| one.contains("Not counted: "));
    assert_eq!(said.count(), 9);
    assert!(missing.iter().any(|one| one.ends_with("Not counted: 22 more such sessions.")));
}
