//! What people do together, each in a home of `enhance`, over a real server.

use serde_json::Value;

use enhance_model::Role;
use enhance_tests::world::World;

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The last characters of an id, as lists show them.
pub fn short(id: &Value) -> String {
    let id = text(id).replace('-', "");
    id[id.len() - 8..].to_owned()
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
