//! What is typed is asked the same whichever command it is typed into.

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};

use crate::together::text;

/// Refuses it as something that cannot be taken, in words that a person understands.
#[track_caller]
fn refuses(home: &Home, arguments: &[&str], why: &str) {
    let ending = home.run(arguments);
    assert!(matches!(ending.exit, 2 | 6), "{arguments:?}: {}", ending.stdout);
    assert!(ending.stderr.contains(why), "{arguments:?}: {}", ending.stderr);
}

#[test]
fn the_record_is_no_way_round_what_the_programme_asks() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["reflect", "new", "--template", "quick-capture", "--prompted-by", "nope"]);
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    world.server.stop();
    let at = "at=2026-11-20T13:00Z";
    for (noun, fields, why) in [
        ("activity", &["activity=nope", at][..], "nope"),
        ("activity", &["activity=pop-write-profile", at], "asks for a reflection"),
        ("activity", &["activity=pop-teach-number", at, "reason= "], "asks for a sign-off"),
        ("module", &["module=nope", at], "nope"),
        ("module", &["module=population-health", at], "asks for more than the record has"),
        ("debrief", &["activity=nope", at], "nope"),
        (
            "session",
            &["title=Round", "start=2026-11-20T13:00Z", "minutes=5", "activity=nope"],
            "nope",
        ),
        ("experience", &["host=Food bank", "at=2026-11-20", "minutes=99999"], "from 1 to 1440"),
    ] {
        refuses(&home, &[&["record", "add", noun][..], fields].concat(), why);
    }
    let new = ["reflect", "new", "--template", "quick-capture", "--prompted-by"];
    refuses(&home, &[&new[..], &["nope"]].concat(), "no activity and no pause point");
    home.json(&[&new[..], &["pop-write-profile"]].concat());
    let shown = ["activity=pop-write-profile", at, "reason=Shown to Dr Lee"];
    home.json(&[&["record", "add", "activity"][..], &shown].concat());
}

#[test]
fn days_and_moments_of_other_calendars_are_refused_wherever_they_are_typed() {
    let home = World::new().home(Role::Trainee, "Asha Rao").0;
    let made = home.json(&["project", "new", "--title", "Falls at night"]);
    let project = text(&made["project"]).to_owned();
    let measure = home.json(&["project", "add", &project, "measure", "name=Falls"]);
    let measure = text(&measure["item"]).to_owned();
    let why = "";
    for year in ["0026", "1447", "2569", "9999"] {
        let day = format!("{year}-06-01");
        let moment = format!("{day}T09:00Z");
        let (at, due, at_day) = (format!("at={moment}"), format!("due={day}"), format!("at={day}"));
        let log = ["log", "add", "--minutes", "30", "--kind", "core", "--title", "Round"];
        refuses(&home, &[&log[..], &["--start", &moment]].concat(), why);
        refuses(&home, &["record", "add", "module", "module=pop", &at], why);
        refuses(&home, &["record", "add", "activity", "activity=pop", &at], why);
        refuses(&home, &["goal", "add", "text=Lead a round", &due], why);
        refuses(&home, &["deadline", "add", "name=ARCP", &at_day], why);
        let action = ["project", "add", &project, "action", "text=Order lamps", &due];
        refuses(&home, &action, why);
        refuses(
            &home,
            &["project", "observe", &project, &measure, "--value", "3", "--at", &day],
            why,
        );
    }
    let log = home.json(&["record"]);
    assert_eq!(log["sessions"].as_object().map_or(0, serde_json::Map::len), 0, "{log}");
}
