//! What people do together, each in a home of `enhance`, over a real server.

use std::{fs, io::Write, process::Stdio};

use serde_json::Value;

use enhance_model::Role;
use enhance_tests::{content, home::Home, world::World};

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The last characters of an id, as lists show them.
fn short(id: &Value) -> String {
    let id = text(id).replace('-', "");
    id[id.len() - 8..].to_owned()
}

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
    assert!(home.text(&["placement"]).contains("Dr Helen Lee (clinical)"));
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
    assert!(twice.contains("say the same of one day"), "{twice}");
    home.json(&["log", "set", &session, "minutes=60", "place=Seminar room"]);
    let year = home.json(&["log", "--period", "2025-08-06..2026-08-04"]);
    assert_eq!(year["count"]["counted"], 150);
    let factor = year["years"][0]["factor"].as_f64().unwrap();
    assert!((factor - 0.728_571).abs() < 1e-6, "{factor}");
    let shown = home.text(&["log", "--period", "2025-08-06..2026-08-04"]);
    assert!(shown.contains("2.5 h of 43.5 h (not yet)"), "{shown}");
    assert!(shown.contains("until 2026-08-04"), "{shown}");
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
    home.json(&["log", "remove", &session]);
    home.json(&["record", "put-back", &session]);
    home.json(&["deadline", "add", "name=Portfolio closes", "at=2027-05-28"]);
    assert!(home.text(&["deadline"]).contains("2027-04-30, 2027-05-14, 2027-05-21"));
    assert!(home.text(&["modules", "--map"]).contains("population-health"));
    assert!(home.text(&["record"]).contains("Bedford Hospital"));
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
fn a_friend_is_found_by_the_id_that_their_status_shows() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    let (ben, _) = world.home(Role::Trainee, "Ben Okri");
    let id = ben.json(&["status"])["account"]["person"]["id"].clone();
    assert!(ben.text(&["status"]).contains(text(&id)));
    asha.json(&["sync"]);
    assert!(!asha.text(&["people"]).contains("Ben"));
    assert!(asha.text(&["people", "--add", text(&id)]).contains("Ben Okri (trainee) is known"));
    assert!(asha.text(&["people"]).contains("Ben Okri"));
    let project = short(&asha.json(&["project", "new", "--title", "Fewer falls"])["project"]);
    asha.json(&["project", "member", "add", &project, "ben okri", "--right", "edit"]);
    asha.json(&["sync"]);
    ben.json(&["sync"]);
    assert!(ben.text(&["people"]).contains("Asha Rao"));
    assert_ne!(asha.run(&["people", "--add", "0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c"]).exit, 0);
}

#[test]
fn two_people_write_one_project() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let made = trainee.json(&["project", "new", "--title", "Fewer repeat bloods"]);
    let project = short(&made["project"]);
    trainee.json(&["project", "edit", &project, "--section", "problem=We bleed people twice."]);
    trainee.json(&["project", "member", "add", &project, "ann lee", "--right", "edit"]);
    trainee.json(&["sync"]);
    supervisor.joins(&project);

    let seen = supervisor.json(&["project", "show", &project]);
    let base = text(&seen["version"][0]).to_owned();
    trainee.json(&[
        "project",
        "edit",
        &project,
        "--section",
        "problem=We bleed people twice, daily.",
    ]);
    supervisor.json(&[
        "project",
        "edit",
        &project,
        "--section",
        "problem=On ward 7 we bleed people twice.",
    ]);
    supervisor.json(&["project", "comment", &project, "Since when?", "--on", "problem"]);
    for home in [&trainee, &supervisor, &trainee] {
        home.json(&["sync"]);
    }
    let merged = "On ward 7 we bleed people twice, daily.";
    for home in [&trainee, &supervisor] {
        let project = home.json(&["project", "show", &project]);
        assert_eq!(project["project"]["sections"]["problem"], merged);
        assert_eq!(project["comments"][0]["comment"]["body"], "Since when?");
    }

    // Typed against what the supervisor saw first, and merged with what came since.
    let late = "problem=We bleed people twice. Why?";
    supervisor.json(&["project", "edit", &project, "--base", &base[..8], "--section", late]);
    let project_now = supervisor.json(&["project", "show", &project]);
    assert_eq!(
        project_now["project"]["sections"]["problem"],
        "On ward 7 we bleed people twice, daily. Why?"
    );
    let then = supervisor.json(&["project", "at", &project, &base[..8]]);
    assert_eq!(then["sections"]["problem"], "We bleed people twice.");
    assert!(supervisor.text(&["project", "history", &project]).contains("Asha Rao"));
    let authors = supervisor.text(&["project", "authors", &project, "problem"]);
    assert!(authors.contains("Dr Ann Lee:\n  On ward 7"), "{authors}");
    assert!(trainee.text(&["status", &project]).contains("Seen by:"));
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
fn measures_cycles_and_actions_are_added_and_shown() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let made = home.json(&["project", "new", "--title", "Inhalers"]);
    let project = &short(&made["project"]);
    // Each adds or changes something in the plan and says which item that was.
    let does = |verb: &[&str], rest: &[&str]| {
        let edited = home.json(&[&["project"], verb, &[project.as_str()], rest].concat());
        edited.get("item").map(short).unwrap_or_default()
    };
    let measure = does(&["measure", "add"], &["--name", "Dry powder", "--kind", "process"]);
    does(&["observe"], &[&measure, "--value", "12/40", "--at", "2026-11-20"]);
    does(&["observe"], &[&measure, "--value", "12.5", "--at", "2026-11-27"]);
    let cycle = does(&["cycle", "start"], &["--text", "change_idea=Ask at discharge"]);
    does(&["cycle", "write"], &[&cycle, "--text", "studied=It worked", "--scale", "few"]);
    does(&["cycle", "decide"], &[&cycle, "adapt"]);
    let action = does(&["action", "add"], &["Write to the pharmacy", "--due", "2026-12-01"]);
    does(&["action", "done"], &[&action]);
    does(&["edit"], &["--aim", "Half of all", "--aim-to", "50", "--aim-by", "2027-03-31"]);
    let shown = home.text(&["project", "show", project]);
    for part in [
        "2026-11-20  12/40 (30%)",
        "2026-11-27  12.5",
        "Ask at discharge",
        "adapt",
        "It worked",
        "2026-12-01",
        "Half of all",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let nothing = ["project", "observe", project, "ffffffff", "--value", "1", "--at", "2026-11-20"];
    assert_eq!(home.run(&nothing).exit, 6);
}

#[test]
fn a_shared_copy_is_read_by_one_person_and_its_readers_are_known() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "Handover"];
    let made = trainee.json(&[&new[..], &["--answer", "thought=First"]].concat());
    let id = &short(&made["document"]);
    trainee.json(&["reflect", "draft", id, "--answer", "thought=First, then more"]);
    assert!(trainee.text(&["reflect", "list"]).contains("draft"));
    trainee.json(&["reflect", "settle", id]);
    trainee.json(&["sync"]);
    let shared = trainee.json(&["reflect", "share", id, "--with", "Dr Ann Lee"]);
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    assert!(supervisor.text(&["reflect", "shared"]).contains("Handover"));
    let copy = supervisor.json(&["reflect", "show", &short(&shared["copy"])]);
    assert_eq!(copy["copy"]["answers"]["thought"], "First, then more");
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    let readers = trainee.text(&["reflect", "readers", id]);
    assert!(readers.contains("Dr Ann Lee") && readers.contains("copy"), "{readers}");
    let status = trainee.json(&["status", id]);
    assert_eq!(status["status"]["seen_by"][0]["person"]["name"], "Dr Ann Lee");
    trainee.json(&["reflect", "delete", &short(&shared["copy"]), "--yes"]);
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    assert!(!supervisor.text(&["reflect", "shared"]).contains("Handover"));
}

#[test]
fn work_on_a_project_that_was_taken_away_is_kept_in_quarantine() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let made = trainee.json(&["project", "new", "--title", "Fewer repeat bloods"]);
    let project = short(&made["project"]);
    trainee.json(&["project", "member", "add", &project, "Dr Ann Lee", "--right", "edit"]);
    trainee.json(&["sync"]);
    supervisor.joins(&project);
    trainee.json(&["project", "member", "remove", &project, "Dr Ann Lee"]);
    trainee.json(&["sync"]);
    supervisor.json(&["project", "edit", &project, "--section", "problem=Written offline"]);

    let synced = supervisor.run(&["sync", "--json"]);
    assert_eq!(synced.exit, 9, "{}", synced.stdout);
    assert!(
        synced.json()["quarantined"].as_u64() > Some(0),
        "the report is the answer all the same"
    );
    assert_eq!(supervisor.run(&["project", "show", &project]).exit, 6, "the plan is gone");
    let id = supervisor.json(&["quarantine"])[0]["id"].to_string();
    assert!(supervisor.text(&["quarantine", "show", &id]).contains("Written offline"));
    let exported = supervisor.text(&["quarantine", "export", &id]);
    let exported: Value = serde_json::from_str(&exported).unwrap();
    assert_eq!(exported["edits"][0]["after"], "Written offline");
    assert_eq!(supervisor.run(&["quarantine", "replay", &id]).exit, 6);
    supervisor.json(&["quarantine", "dismiss", &id]);
    assert_eq!(supervisor.json(&["quarantine"]), Value::Array(Vec::new()));
    assert_eq!(supervisor.run(&["sync"]).exit, 0);
}

#[test]
fn titles_of_others_cannot_drive_the_terminal() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    home.json(&["project", "new", "--title", "safe\u{1b}]0;owned\u{7}\u{9b}2J\nforged row"]);
    for printed in
        [home.text(&["project", "list"]), home.run(&["project", "list", "--json"]).stdout]
    {
        assert!(!printed.chars().any(|each| each.is_control() && each != '\n'), "{printed:?}");
    }
    assert!(home.text(&["project", "list"]).contains("]0;owned\u{2407}\u{fffd}2J forged row"));
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

#[test]
fn a_project_is_handed_over_left_and_deleted_from_terminals() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let made = trainee.json(&["project", "new", "--title", "Fewer repeat bloods"]);
    let project = text(&made["project"]).to_owned();
    trainee.json(&["project", "member", "add", &project, "ann lee", "--right", "edit"]);
    trainee.json(&["sync"]);
    supervisor.joins(&project);
    trainee.json(&["sync"]);
    let refused = trainee.run(&["project", "delete", &project, "--yes"]);
    assert_eq!(refused.exit, 5);
    assert!(refused.stderr.contains("Dr Ann Lee can still read this plan"), "{}", refused.stderr);
    assert_eq!(supervisor.run(&["project", "accept", &project]).exit, 5);

    let offered = trainee.json(&["project", "handover", &project, "ann lee"]);
    assert_eq!(offered["offered_to"]["name"], "Dr Ann Lee");
    assert!(trainee.text(&["project", "show", &project]).contains("Offered to Dr Ann Lee"));
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    supervisor.json(&["project", "accept", &project]);
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    assert_eq!(trainee.json(&["project", "show", &project])["my_right"], "read");
    trainee.json(&["project", "leave", &project]);
    trainee.json(&["sync"]);
    assert_eq!(trainee.run(&["project", "show", &project]).exit, 6);
    supervisor.json(&["sync"]);
    supervisor.json(&["project", "delete", &project, "--yes", "--for-everybody"]);
    assert_eq!(supervisor.run(&["project", "show", &project]).exit, 6);
}

#[test]
fn what_may_tell_of_a_patient_is_shown_before_it_is_shared() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (_supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "A night"];
    let said = ["--answer", "thought=Mrs Okafor, NHS 943 476 5919, waited."];
    let made = trainee.json(&[&new[..], &said].concat());
    let id = short(&made["document"]);

    let share = ["reflect", "share", &id, "--with", "Dr Ann Lee"];
    let ending = trainee.run(&share);
    assert_eq!(ending.exit, 5, "{}", ending.stderr);
    assert!(ending.stderr.contains("1 NHS number, 1 name"), "{}", ending.stderr);
    assert!(ending.stderr.contains("enhance reflect check"), "{}", ending.stderr);
    assert!(!ending.stderr.contains("Okafor"), "{}", ending.stderr);
    let found = trainee.text(&["reflect", "check", &id]);
    assert!(found.contains("Mrs Okafor") && found.contains("943 476 5919"), "{found}");
    assert!(found.contains("--acknowledge"), "{found}");
    let found = trainee.json(&["reflect", "check", &id]);
    assert_eq!(found["findings"][0]["place"]["in"], "answer");
    assert_eq!(found["probable"]["nhs_number"], 1);
    assert!(trainee.json(&[&share[..], &["--acknowledge"]].concat())["copy"].is_string());
}

#[test]
fn g13_an_invitation_is_answered_from_a_terminal() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let made = trainee.json(&["project", "new", "--title", "Fewer repeat bloods"]);
    let project = short(&made["project"]);
    let invited = trainee.text(&["project", "invite", &project, "ann lee", "--right", "comment"]);
    assert!(invited.contains("Dr Ann Lee is invited to comment"), "{invited}");
    trainee.json(&["sync"]);
    let shown = trainee.text(&["project", "show", &project]);
    assert!(shown.contains("invited until"), "{shown}");

    supervisor.json(&["sync"]);
    assert_eq!(supervisor.run(&["project", "show", &project]).exit, 6);
    let inbox = supervisor.text(&["inbox"]);
    let next = format!("enhance project accept {project}, or enhance project decline {project}");
    assert!(inbox.contains(&next) && inbox.contains("Fewer repeat bloods"), "{inbox}");
    let listed = supervisor.json(&["project", "invitations"]);
    assert_eq!(listed[0]["title"], "Fewer repeat bloods");
    assert_eq!(listed[0]["inviter"]["name"], "Asha Rao");
    supervisor.json(&["project", "decline", &project]);
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    assert!(trainee.text(&["project", "show", &project]).contains("declined"));

    trainee.json(&["project", "invite", &project, "ann lee"]);
    trainee.json(&["sync"]);
    supervisor.joins(&project);
    assert!(supervisor.text(&["project", "show", &project]).contains("Fewer repeat bloods"));
    supervisor.json(&["project", "leave", &project]);
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    assert!(trainee.text(&["project", "show", &project]).contains("left"));
}

#[test]
fn c3_copies_are_named_and_taken_back_from_a_terminal() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let new = ["reflect", "new", "--template", "quick-capture", "--title", "Handover"];
    let written = trainee.json(&new);
    let reflection = short(&written["document"]);
    let share = ["reflect", "share", &reflection, "--with", "Dr Ann Lee"];
    let copy = short(&trainee.json(&share)["copy"]);
    let again = trainee.json(&[&share[..], &["--again"]].concat());
    let other = short(&again["copy"]);
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    supervisor.json(&["reflect", "show", &copy]);
    supervisor.json(&["reflect", "put-away", &other]);
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    let copies = trainee.text(&["reflect", "copies", &reflection]);
    assert!(copies.contains("Dr Ann Lee") && copies.contains("seen 2"), "{copies}");
    assert!(copies.contains("put away"), "{copies}");

    let gone = trainee.text(&["reflect", "delete", &reflection, "--yes"]);
    assert!(gone.contains("Copies of it remain") && gone.contains(&copy), "{gone}");
    trainee.json(&["reflect", "delete", &copy, "--yes"]);
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    assert!(!supervisor.text(&["reflect", "shared"]).contains("Handover"));
}
