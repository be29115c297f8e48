//! The log and the page say the same, whatever was worked: random placements, hours, breaks and
//! sessions.

use enhance_model::{
    CalendarDate, Minutes,
    learning_log::{time_done, time_left},
    personal_record::{CareerBreak, LearningSession, PersonalRecord, Placement, WteChange},
};
use jiff::ToSpan;
use proptest::prelude::*;

use super::{
    column, part,
    year::{Year, day, item},
};

fn after(first: CalendarDate, days: i32) -> CalendarDate {
    first.checked_add(days.days()).unwrap()
}

/// Thousandths of full time, as a placement has them.
fn wte(thousandths: u32) -> enhance_model::change_project::Value {
    format!("0.{thousandths:03}").parse().unwrap()
}

prop_compose! {
    pub(super) fn records()(
        placements in prop::collection::vec((0..900_i32, 1..400_i32, 200..1_000_u32), 0..4),
        change in prop::option::of((0..400_i32, 200..1_000_u32)),
        pause in prop::option::of((0..700_i32, 0..200_i32)),
        sessions in prop::collection::vec((0..900_i32, 1..600_u32), 0..12),
    ) -> PersonalRecord {
        let first = day("2025-08-06");
        let mut record = PersonalRecord::default();
        for (number, (start, length, part)) in (100..).zip(placements) {
            let start = after(first, start);
            let (end, wte) = (after(start, length), Some(wte(part)));
            let placement = Placement { start, end, wte, ..Placement::default() };
            record.placements.insert(item(number), placement);
        }
        if let Some((from, part)) = change {
            let (placement, from) = (item(100), after(first, from));
            record.wte_changes.insert(item(1), WteChange { placement, from, wte: wte(part) });
        }
        if let Some((from, days)) = pause {
            let from = after(first, from);
            let to = Some(after(from, days));
            record.breaks.insert(item(2), CareerBreak { from, to, ..CareerBreak::default() });
        }
        for (number, (at, minutes)) in (10..).zip(sessions) {
            let start = format!("{}T09:00:00Z", after(first, at)).parse().unwrap();
            let session =
                LearningSession { start, minutes: Minutes(minutes), ..LearningSession::default() };
            record.sessions.insert(item(number), session);
        }
        record
    }
}

proptest! {
    #[test]
    fn the_page_and_its_exports_say_what_the_log_says(record in records(), from in 0..800_i32) {
        let mut year = Year::new();
        let first = after(day("2025-08-06"), from);
        year.period = record.training_year(first);
        year.record = record;
        let page = year.page();
        let hours = part(&page, "hours");
        let log = year.record.log(year.rule(), year.period, year.made_on);
        let json = serde_json::to_value(hours).unwrap();
        let Some(of_year) = log.first() else { panic!("a period has a year") };
        let target = of_year.terms.target.as_ref().unwrap();
        prop_assert_eq!(&column(hours, "asked_minutes")[0], &if of_year.count.target_met == Some(true) {
            time_done(target)
        } else {
            time_left(target)
        });
        let (counted, left) = (&of_year.count.counted, &of_year.count.left);
        prop_assert_eq!(&column(hours, "done_minutes")[0], &time_done(counted));
        prop_assert_eq!(&column(hours, "left_minutes")[0], &time_left(left));
        prop_assert!(hours.note.contains(&of_year.factor_in_words()), "{}", hours.note);
        let asked = &json["rows"][0]["asked_minutes"];
        prop_assert_eq!(asked, &serde_json::to_value(&of_year.terms).unwrap()["target"]);
        let written = format!("hours,1,asked_minutes,{asked}\r\n");
        prop_assert!(page.csv().contains(&written), "{written}");
    }

    #[test]
    fn training_years_follow_one_another_and_share_no_day(record in records(), at in -900..1_200_i32) {
        let day = after(day("2025-08-06"), at);
        let year = record.training_year(day);
        prop_assert!(year.contains(day), "{year} {day}");
        let next = record.training_year(year.to().tomorrow().unwrap());
        prop_assert_eq!(next.from(), year.to().tomorrow().unwrap());
        let before = record.training_year(year.from().yesterday().unwrap());
        prop_assert_eq!(before.to(), year.from().yesterday().unwrap());
    }
}
