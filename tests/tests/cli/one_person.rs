//! What one person does in homes of `enhance`, over a real server.

use std::{fs, io::Write, process::Stdio};

use serde_json::Value;

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};

use crate::together::{short, text};

#[test]
fn a_reflection_travels_sealed_to_a_second_home() {
    let world = World::new();
    let (first, recovery_key) = world.home(Role::Trainee, "Asha Rao");
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A long night"];
    let made = first.json(
        &[&new[..], &["--answer", "thought=I asked too late", "--tag", "domain:pop"]].concat(),
    );
    let id = text(&made["document"]).to_owned();
    assert_eq!(first.json(&["status", &short(&made["document"])])["status"]["stage"], "saved");

    let report = first.json(&["sync"]);
    assert_eq!(report["round_trips"], 1, "{report}");
    for number in ["bytes_up", "bytes_down", "pushed", "pulled", "quarantined"] {
        assert!(report[number].is_u64(), "{number}: {report}");
    }
    assert_eq!(first.json(&["status", &id])["status"]["stage"], "stored");

    let invitation = first.json(&["enrol", "--invite-device"])["invitation"].clone();
    let second = Home::new();
    let joined = second.json(&["enrol", "--server", &world.server.url(), text(&invitation)]);
    assert!(joined.get("recovery_key").is_none(), "{joined}");
    assert_eq!(joined["account"]["private"], "recovery_key_needed");
    second.json(&["sync"]);
    let ending = second.run(&["reflect", "new", "--template", "quick-capture"]);
    assert_eq!(ending.exit, 5, "{}", ending.stderr);

    assert_eq!(second.run(&["enrol", "--recovery-key", "0000-0000"]).exit, 2);
    let mut opening = second.command(&["enrol", "--recovery-key", "-"]);
    let mut opening = opening.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    opening.stdin.take().unwrap().write_all(recovery_key.to_lowercase().as_bytes()).unwrap();
    assert_eq!(opening.wait().unwrap().code(), Some(0));
    let shown = second.json(&["reflect", "show", &short(&made["document"])]);
    assert_eq!(shown["reflection"]["answers"]["thought"], "I asked too late");
    assert!(second.text(&["reflect", "list"]).contains("A long night"));
}

#[test]
fn the_programme_is_read_searched_and_worked_through_offline() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    assert!(home.text(&["modules"]).contains("enhance pack update"));
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    world.server.stop();

    let modules = home.json(&["modules"]);
    let module = text(&modules[0]["key"]).to_owned();
    let view = home.json(&["module", &module]);
    let activity = text(&view["activities"][0]["activity"]["key"]).to_owned();
    assert!(home.text(&["module", &module]).contains(&activity));
    assert!(!home.text(&["module", &module, "--page", &activity]).trim().is_empty());
    let pages = home.json(&["module", "--handbook"]);
    assert!(home.text(&["module", "--handbook", text(&pages[0]["key"])]).contains('#'));
    assert!(home.text(&["search", "frailty"]).contains("enhance module --page"));
    assert_eq!(home.run(&["module", "no-such-module"]).exit, 6);

    home.json(&["activity", "complete", &activity]);
    let log = ["log", "add", "--minutes", "90", "--kind", "core", "--title", "Teaching"];
    home.json(&[&log[..], &["--activity", &activity]].concat());
    let view = home.json(&["module", &module]);
    assert!(view["activities"][0]["progress"]["completed_at"].is_number(), "{view}");
    assert_eq!(view["summary"]["minutes_done"], 90);
    let log = home.json(&["log"]);
    assert_eq!(log["count"]["counted"], 90);
    home.json(&["log", "remove", &short(&log["sessions"][0]["id"])]);
    assert_eq!(home.json(&["log"])["count"]["counted"], 0);

    let ending = home.run(&["reflect", "new", "--template", "gibbs", "--answer", "wath=x"]);
    assert!(ending.exit == 2 && ending.stderr.contains("description"), "{}", ending.stderr);
    assert_eq!(home.run(&["sync"]).exit, 4, "the server is gone");
    assert_eq!(home.json(&["status"])["counts"]["stored"], 0);
}

/// A placement with its hours and a supervisor; what cannot be is refused.
fn a_post_is_noted(home: &Home) {
    let post = home.json(&[
        "placement",
        "add",
        "organisation=Bedford Hospital",
        "grade=F2",
        "start=2025-08-06",
        "end=2026-08-04",
        "split=acute 2/3, community 1/3",
    ]);
    let post = short(&post["id"]);
    home.json(&[
        "record",
        "add",
        "hours",
        &format!("placement={post}"),
        "from=2025-12-01",
        "wte=0.6",
    ]);
    let lee = ["name=Dr Helen Lee", "role=clinical"];
    home.json(&[&["record", "add", "supervisor", &format!("placement={post}")][..], &lee].concat());
    assert!(home.text(&["placement"]).contains("Dr Helen Lee (clinical supervisor)"));
    let ending = home.run(&["placement", "set", &post, "split=acute 2/3"]);
    assert!(ending.exit == 2 && ending.stderr.contains("add up to 1"), "{}", ending.stderr);
    let ending = home.run(&["placement", "set", &post, "end=2025-08-05"]);
    assert!(ending.exit == 2 && ending.stderr.contains("before it begins"), "{}", ending.stderr);
}

#[test]
fn a_year_of_training_is_noted_and_counted() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    world.server.stop();
    a_post_is_noted(&home);

    let log = ["log", "add", "--minutes", "90", "--kind", "core", "--start", "2026-03-02T13:00Z"];
    let added = home.json(&[&log[..], &["--title", "Teaching"]].concat());
    let session = short(&added["session"]);
    let twice = home.text(&[&log[..], &["--title", "teaching", "--provider", "Dr Lee"]].concat());
    assert!(twice.contains("\"Teaching\" is noted twice on one day"), "{twice}");
    home.json(&["log", "set", &session, "minutes=60", "place=Seminar room"]);
    let year = home.json(&["log", "--period", "2025-08-06..2026-08-04"]);
    assert_eq!(year["count"]["counted"], 150);
    let factor = year["years"][0]["factor"].as_f64().unwrap();
    assert!((factor - 0.728_571).abs() < 1e-6, "{factor}");
    let shown = home.text(&["log", "--period", "2025-08-06..2026-08-04"]);
    assert!(shown.contains("2 h 30 min of 43 h 43 min (not yet)"), "{shown}");
    assert!(shown.contains("by 4 August 2026"), "{shown}");
    let ending = home.run(&["log", "--period", "soon"]);
    assert!(ending.exit == 2 && ending.stderr.contains("is no period"), "{}", ending.stderr);

    let asked = home.run(&["activity", "complete", "pop-write-profile"]);
    assert!(asked.exit == 2 && asked.stderr.contains("asks for a reflection"), "{}", asked.stderr);
    home.json(&["activity", "complete", "pop-write-profile", "--reason", "Shown to Dr Lee"]);
    let why = "justification=I found the figures myself";
    let outcome =
        text(&home.json(&["module", "population-health"])["outcomes"][0]["key"]).to_owned();
    let (evidence, statement) = (format!("evidence={session}"), format!("statement={outcome}"));
    home.json(&["evidence", "add", &evidence, &statement, why]);
    assert!(home.text(&["coverage"]).contains("thin"));
    evidence_is_told_as_it_is(&home, [&evidence, &statement, why]);
    let removed = home.text(&["log", "remove", &session]);
    assert!(removed.contains("has nothing to show now"), "{removed}");
    home.json(&["record", "put-back", &session]);
    home.json(&["deadline", "add", "name=Portfolio closes", "at=2027-05-28"]);
    let told = "Portfolio closes: you are told 28 days before: 2027-04-30, 14 days before: \
                2027-05-14, 7 days before: 2027-05-21";
    let listed = home.text(&["deadline"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(listed.contains(told), "{listed}");
    assert!(home.text(&["modules", "--map"]).contains("population-health"));
    assert!(home.text(&["record"]).contains("Bedford Hospital"));
}

/// What is given twice counts once, what she says her supervisor said is her word, and a list names
/// what is given and not its id.
fn evidence_is_told_as_it_is(home: &Home, [evidence, statement, why]: [&str; 3]) {
    let capitals = statement.to_uppercase().replace("STATEMENT=", "statement=OUTCOME:");
    let add = ["evidence", "add", evidence, &capitals, why];
    let again = home.text(&[&add[..], &["agreement=agreed"]].concat());
    assert!(again.contains("already, and counts once"), "{again}");
    assert!(again.contains("noted as your word"), "{again}");
    assert!(home.text(&["coverage"]).contains("thin, 1"), "{}", home.text(&["coverage"]));
    let listed = home.text(&["evidence"]);
    assert!(listed.contains("Learning session: Teaching"), "{listed}");
    assert!(listed.contains("the trainee says that a supervisor agreed"), "{listed}");
    let goal = home.text(&["goal", "add", "text=Lead a round", "due=2020-01-01"]);
    assert!(goal.contains("1 January 2020 is over already"), "{goal}");
    let away = ["record", "add", "absence", "from=2026-03-02", "to=2026-03-06", "days=5"];
    home.text(&away);
    let twice = home.text(&away);
    assert!(twice.contains("share days, which count once"), "{twice}");
    let year = home.json(&["log", "--period", "2025-08-06..2026-08-04"]);
    assert_eq!(year["years"][0]["absence"]["days"], 5);
}

#[test]
fn f3_evidence_is_asked_for_and_the_hint_names_the_declared_minutes_and_kind() {
    let mut world = World::new();
    world.server.publish(&content::enhance());
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["sync"]);
    home.json(&["pack", "update"]);
    world.server.stop();
    let complete =
        |key: &str, more: &[&str]| home.run(&[&["activity", "complete", key][..], more].concat());
    for (key, what) in [("pop-write-profile", "a reflection"), ("pop-teach-number", "a sign-off")] {
        for more in [&[][..], &["--reason", "  "][..]] {
            let refused = complete(key, more);
            assert_eq!(refused.exit, 2, "{}", refused.stdout);
            assert!(refused.stderr.contains(&format!("asks for {what}")), "{}", refused.stderr);
        }
    }
    let asked = home.text(&["sign-off", "ask", "--module", "population-health"]);
    assert!(asked.contains("This module is not complete yet."), "{asked}");
    let begun = home.json(&["reflect", "new", "--template", "what-so-what", "--title", "People"]);
    let reflection = text(&begun["document"]).to_owned();
    let done = complete("pop-write-profile", &["--evidence", &reflection]).stdout;
    assert!(done.contains("--minutes 90 --kind non_core"), "{done}");
    let done = complete("pop-teach-number", &["--reason", "Seen by Dr Lee"]).stdout;
    assert!(done.contains("--minutes 60 --kind non_core"), "{done}");
    let done = complete("pop-read-causes", &[]).stdout;
    assert!(done.contains("--minutes 35 --kind elearning"), "{done}");
}

#[test]
fn what_is_found_in_a_project_is_mended_by_the_commands_of_projects() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let made = home.json(&["project", "new", "--title", "Inhalers of Mr John Smith"]);
    let found = home.text(&["reflect", "check", &short(&made["project"])]);
    assert!(found.contains("enhance project edit") && !found.contains("reflect edit"), "{found}");
    assert!(found.contains("enhance project invite") && !found.contains("share"), "{found}");
}

#[test]
fn words_of_a_year_are_those_that_doctors_use() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["log", "add", "--minutes=90", "--kind=life_support", "--title=ALS"]);
    let listed = home.text(&["log"]);
    assert!(listed.contains("life support") && !listed.contains("life_support"), "{listed}");
    let before = home.text(&["log", "--period", "2019-08-05..2020-08-04"]);
    assert!(!before.contains("noted yet"), "{before}");
    assert!(before.contains("No learning time is noted on these days."), "{before}");
    assert!(before.contains("100 % of a full-time year (366 of 366 days)"), "{before}");
    let career_break = ["record", "add", "break", "kind=out_of_programme", "from=2026-03-01"];
    let noted = home.text(&career_break);
    assert!(noted.contains("out of programme") && !noted.contains('_'), "{noted}");
    let away = home.text(&["log", "--period", "2026-08-05..2027-08-03"]);
    assert!(away.contains("since all of it is a break"), "{away}");
    assert!(!away.contains("no placement is noted"), "{away}");
    let again = home.text(&career_break);
    assert!(again.contains("share days, which count once"), "{again}");
    let absence = ["record", "add", "absence", "from=2026-03-02", "days=1", "kind=sickness"];
    assert!(home.text(&absence).contains("has days in the break"));
}

#[test]
fn a_version_with_a_sign_among_its_digits_is_no_version() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let made = home.json(&["project", "new", "--title", "Inhalers"]);
    let (id, version) = (short(&made["project"]), text(&made["version"][0]).to_owned());
    assert_eq!(home.run(&["project", "at", &id, &version]).exit, 0);
    for place in [2, 4, 62] {
        let mut signed = version.clone();
        signed.replace_range(place..=place, "+");
        let ending = home.run(&["project", "at", &id, &signed]);
        assert!([2, 6].contains(&ending.exit), "{signed}: {}", ending.stdout);
    }
}

#[test]
fn an_invitation_typed_in_small_letters_is_the_printed_one() {
    let world = World::new();
    let printed = world.server.invite(Role::Trainee, "Asha Rao");
    let home = Home::new();
    for typed in [printed.to_lowercase(), printed.clone(), printed.replace('-', "\u{2011}")] {
        let joined = home.json(&["enrol", "--server", &world.server.url(), &typed]);
        assert_eq!(joined["account"]["person"]["name"], "Asha Rao", "{typed}");
    }
    let another = world.server.invite(Role::Trainee, "Ben Cole");
    assert_eq!(home.run(&["enrol", "--server", &world.server.url(), &another]).exit, 2);
}

#[test]
fn clocks_on_screen_are_those_of_the_person_and_in_json_utc() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let add = ["log", "add", "--minutes", "30", "--kind", "core", "--title", "Teaching"];
    // By its rule and not by its name, so that no database of zones is asked.
    let in_paris = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        let ran = command.env("TZ", "CET-1CEST,M3.5.0,M10.5.0/3").output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    in_paris(&[&add[..], &["--start", "2026-11-20T13:00"]].concat());
    assert!(in_paris(&["log"]).contains("2026-11-20 13:00 +01:00"));
    let start: i64 = home.json(&["log"])["sessions"][0]["session"]["start"].as_i64().unwrap();
    assert_eq!(start % (24 * 60 * 60 * 1000), 12 * 60 * 60 * 1000);
}

#[test]
fn a_home_that_is_open_elsewhere_is_in_use() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let mut watching =
        home.command(&["sync", "--watch", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    let mut lines = std::io::BufReader::new(watching.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut lines, &mut first).unwrap();
    let event: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(event["event"], "exchanged", "{first}");
    assert_eq!(home.run(&["reflect", "list"]).exit, 7);
    watching.kill().unwrap();
    watching.wait().unwrap();
    assert_eq!(home.run(&["reflect", "list"]).exit, 0);
}

#[test]
fn an_export_holds_everything_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["reflect", "new", "--template", "quick-capture", "--title", "Mine alone"]);
    let file = home.path().join("out.json");
    home.json(&["export", "--out", file.to_str().unwrap()]);
    let written: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(written["reflections"][0]["reflection"]["title"], "Mine alone");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(home.json(&["export"])["account"]["person"]["name"], "Asha Rao");
    assert_eq!(home.run(&["export", "--out", "/nowhere/out.json"]).exit, 2);

    let mut unread = home.command(&["export"]);
    let mut unread = unread.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(unread.stdout.take());
    let ended = unread.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}
