//! Days and moments in a terminal: what may lie ahead, how they are written, and what is answered.

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};

use crate::together::text;

/// Refuses it as something that cannot be taken, in these words.
#[track_caller]
fn refuses(home: &Home, arguments: &[&str], why: &str) {
    let ending = home.run(arguments);
    assert_eq!(ending.exit, 2, "{arguments:?}: {}{}", ending.stdout, ending.stderr);
    assert!(ending.stderr.contains(why), "{arguments:?}: {}", ending.stderr);
}

#[test]
fn a_period_of_another_calendar_is_refused_and_the_years_are_said() {
    let home = World::new().home(Role::Trainee, "Asha Rao").0;
    for period in ["2569-01-01..2569-12-31", "1447-05-29", "0026-08-05..0027-08-04"] {
        for command in [&["arcp"][..], &["log"], &["log", "list"]] {
            let asked = [command, &["--period", period]].concat();
            refuses(&home, &asked, "years go from 1950 to 2150");
        }
    }
    refuses(&home, &["deadline", "add", "name=ARCP", "at=2569-06-01"], "from 1950 to 2150");
}

#[test]
fn what_was_is_refused_ahead_of_its_day_and_what_is_planned_is_taken() {
    let home = World::new().home(Role::Trainee, "Asha Rao").0;
    let why = "lies in the future";
    refuses(&home, &["certificate", "add", "title=Life support", "issued=2099-01-10"], why);
    refuses(&home, &["record", "add", "experience", "host=Food bank", "at=2099-01-10"], why);
    let log = ["log", "add", "--minutes", "30", "--kind", "core", "--title", "Round"];
    refuses(&home, &[&log[..], &["--start", "2099-01-10T09:00"]].concat(), why);
    let made = home.json(&["project", "new", "--title", "Falls at night"]);
    let project = text(&made["project"]).to_owned();
    let add = ["project", "add", &project];
    let done = ["action", "text=Order lamps", "done_at=2099-01-10T09:00Z"];
    refuses(&home, &[&add[..], &done].concat(), why);
    refuses(&home, &[&add[..], &["cycle", "did_at=2099-01-10"]].concat(), why);

    home.json(&["placement", "add", "organisation=Bedford", "start=2099-08-05", "end=2100-08-03"]);
    home.json(&["goal", "add", "text=Lead a ward round", "due=2099-01-10"]);
    home.json(&["deadline", "add", "name=ARCP", "at=2099-01-10"]);
    home.json(&["certificate", "add", "title=Life support", "expires=2099-01-10"]);
    home.json(&["record", "add", "absence", "from=2099-01-10", "days=1", "kind=parental"]);
    home.json(&["record", "add", "break", "from=2099-01-10", "kind=Out of programme"]);
}

#[test]
fn a_session_begins_now_and_what_is_no_time_is_answered_with_how_one_is_written() {
    let home = World::new().home(Role::Trainee, "Asha Rao").0;
    let log = ["log", "add", "--minutes", "30", "--kind", "core", "--title", "Round", "--start"];
    home.json(&[&log[..], &["now"]].concat());
    for typed in ["today", "yesterday", "13:00", "in an hour"] {
        refuses(&home, &[&log[..], &[typed]].concat(), "write it as 2026-11-20T13:00");
    }
    refuses(&home, &[&log[..], &["2026-11-20"]].concat(), "Write it as 2026-11-20T13:00");
}

#[test]
fn a_word_that_is_none_of_a_kind_is_asked_about_with_the_words_there_are() {
    let home = World::new().home(Role::Trainee, "Asha Rao").0;
    let absence = ["record", "add", "absence", "from=2026-11-02", "days=1"];
    for typed in ["planned leave", "annual leave", "holiday", "sick leave"] {
        let kind = format!("kind={typed}");
        let refused = [&absence[..], &[&kind]].concat();
        refuses(&home, &refused, &format!("which kind of an absence is \"{typed}\"?"));
        refuses(&home, &refused, "kind=sickness|parental|compassionate|duty|other");
    }
    home.json(&[&absence[..], &["kind=Sickness"]].concat());
    let placement = ["placement", "add", "organisation=Bedford", "start=2026-08-05"];
    let placement = [&placement[..], &["end=2027-08-03"]].concat();
    refuses(&home, &[&placement[..], &["kind=hospital"]].concat(), "kind=nhs_acute|");
    home.json(&[&placement[..], &["kind=NHS acute"]].concat());
}

#[test]
fn what_a_completion_lacks_is_said_with_the_option_there_is_and_no_long_id_is_shown() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    world.server.stop();
    let complete = ["activity", "complete", "pop-write-profile"];
    refuses(&home, &complete, "why there is none: --evidence ID or --reason TEXT");
    let typed = ["record", "add", "activity", "activity=pop-write-profile"];
    let at = "at=2026-11-20T13:00Z";
    refuses(&home, &[&typed[..], &[at]].concat(), "why there is none: evidence=ID or reason=TEXT");
    let shown = [&typed[..], &[at, "reason=Shown to Dr Lee"]].concat();
    let version = [&shown[..], &["pack_version=99"]].concat();
    refuses(&home, &version, "no version 99 of the programme's content is known");
    home.json(&shown);

    let placement = ["placement", "add", "organisation=Bedford", "start=2026-08-05"];
    let placement = home.json(&[&placement[..], &["end=2027-08-03"]].concat());
    let placement = format!("placement={}", text(&placement["id"]));
    let said = home.text(&["record", "add", "hours", &placement, "from=2026-12-01", "wte=0.6"]);
    assert!(said.contains("is added: 2026-12-01."), "{said}");
}
