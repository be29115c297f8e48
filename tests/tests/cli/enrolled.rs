//! Enrolling where somebody is enrolled already, with a code that is none, and after leaving.

use std::fs;

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};

#[test]
fn enrolling_again_asks_the_server_and_shows_the_recovery_key_only_where_that_is_meant() {
    let mut world = World::new();
    let invitation = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    let home = Home::new();
    let joined = home.json(&["enrol", "--server", &world.server.url(), &invitation]);
    let key = joined["recovery_key"].as_str().unwrap().to_owned();
    assert_eq!(joined["was_enrolled"], false);
    // Whoever did not see it before the first sync gets it once more; the address is known.
    assert_eq!(home.json(&["enrol", &invitation])["recovery_key"], key.as_str());
    home.json(&["reflect", "new", "--template", "quick-capture", "--title", "A night"]);
    home.json(&["sync"]);

    let again = home.text(&["enrol", &invitation.to_lowercase()]);
    assert!(again.contains("knows this device already"), "{again}");
    assert!(!again.contains(&key) && !again.contains("recovery key"), "{again}");
    let again = home.json(&["enrol", &invitation]);
    assert_eq!(again["was_enrolled"], true);
    assert!(again.get("recovery_key").is_none(), "{again}");
    assert_eq!(home.json(&["enrol", "--show-recovery-key"])["recovery_key"], key.as_str());
    assert_eq!(home.json(&["status"])["counts"]["stored"], 1);

    // A server that forgot this device is asked, and says so; nothing counts as stored then.
    let device = again["account"]["device"].as_str().unwrap();
    world.server.command(&["devices", "--sign-out", device]).unwrap();
    let ending = home.run(&["enrol", &invitation]);
    assert_ne!(ending.exit, 0, "{}", ending.stdout);
    assert!(ending.stderr.contains("has been used"), "{}", ending.stderr);
    assert!(!ending.stdout.contains(&key) && !ending.stderr.contains(&key));
    assert_eq!(home.run(&["sync"]).exit, 3);
    assert_eq!(home.json(&["status"])["counts"]["stored"], 0);
    let status = home.text(&["status"]);
    assert!(status.contains("enhance enrol CODE") && !status.contains("enhance sync"), "{status}");

    world.server.stop();
    let ending = home.run(&["enrol", &invitation]);
    assert_eq!(ending.exit, 4, "it is not said what was not asked: {}", ending.stdout);
}

#[test]
fn a_code_that_is_none_leaves_no_file_behind() {
    let world = World::new();
    let url = world.server.url();
    let used = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    Home::new().json(&["enrol", "--server", &url, &used]);
    for code in ["0000-0000-0000-0000-0000", "hello", used.as_str()] {
        let fresh = Home::new();
        let ending = fresh.run(&["enrol", "--server", &url, code]);
        assert_ne!(ending.exit, 0);
        assert!(!fresh.path().exists(), "{code}: {}", ending.stderr);

        let foreign = Home::new();
        fs::create_dir(foreign.path()).unwrap();
        fs::write(foreign.path().join("letter.txt"), "Mine.").unwrap();
        assert_ne!(foreign.run(&["enrol", "--server", &url, code]).exit, 0);
        let left: Vec<_> = fs::read_dir(foreign.path()).unwrap().map(Result::unwrap).collect();
        assert_eq!(left.len(), 1, "{code}: {left:?}");
        assert_eq!(fs::read_to_string(left[0].path()).unwrap(), "Mine.");
    }
    let empty = Home::new();
    fs::create_dir(empty.path()).unwrap();
    empty.run(&["enrol", "--server", &url, "hello"]);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "and the folder is there");
    // The right code after a wrong one goes on as if nothing had been.
    let right = world.server.invite(Role::Trainee, "Dr Dee Shah");
    assert!(empty.json(&["enrol", "--server", &url, &right])["recovery_key"].is_string());
    // Without an address there is nobody to ask.
    let ending = Home::new().run(&["enrol", &right]);
    assert!(ending.exit == 2 && ending.stderr.contains("--server"), "{}", ending.stderr);
}

#[test]
fn a_project_that_was_accepted_says_that_it_comes() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let made = trainee.json(&["project", "new", "--title", "Fewer repeat bloods"]);
    let project = made["project"].as_str().unwrap().to_owned();
    let short = project.replace('-', "")[24..].to_owned();
    trainee.json(&["project", "invite", &project, "ann lee"]);
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    supervisor.json(&["project", "accept", &project]);
    for typed in [&project, &short] {
        let ending = supervisor.run(&["project", "show", typed]);
        assert_eq!(ending.exit, 6);
        assert!(ending.stderr.contains("comes with the next sync"), "{typed}: {}", ending.stderr);
    }
    supervisor.json(&["sync"]);
    assert!(supervisor.text(&["project", "show", &short]).contains("Fewer repeat bloods"));
    supervisor.json(&["project", "leave", &project]);
    supervisor.json(&["sync"]);
    let ending = supervisor.run(&["project", "show", &project]);
    assert!(!ending.stderr.contains("next sync"), "{}", ending.stderr);
}

#[test]
fn a_project_is_offered_declined_taken_back_and_accepted_from_terminals() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let made = trainee.json(&["project", "new", "--title", "Fewer repeat bloods"]);
    let project = made["project"].as_str().unwrap().to_owned();
    trainee.json(&["project", "invite", &project, "ann lee", "--right", "edit"]);
    trainee.json(&["sync"]);
    supervisor.joins(&project);
    trainee.json(&["sync"]);
    let exchange = || {
        for home in [&trainee, &supervisor, &trainee] {
            home.json(&["sync"]);
        }
    };
    let offered = trainee.text(&["project", "handover", &project, "ann lee", "--keep", "comment"]);
    assert!(offered.contains("after that you may read it and comment on it"), "{offered}");
    exchange();
    let inbox = supervisor.text(&["inbox"]);
    assert!(inbox.contains("handover offered") && inbox.contains("comment on it"), "{inbox}");
    assert!(inbox.contains("enhance project accept"), "{inbox}");
    let declined = supervisor.text(&["project", "decline", &project]);
    assert!(declined.contains("stays with Asha Rao"), "{declined}");
    exchange();
    assert!(trainee.text(&["inbox"]).contains("handover declined"));
    assert!(trainee.text(&["project", "show", &project]).contains("Dr Ann Lee, who declined it"));

    trainee.json(&["project", "handover", &project, "ann lee"]);
    exchange();
    trainee.json(&["project", "handover", &project, "--withdraw"]);
    exchange();
    assert_eq!(supervisor.json(&["inbox"])["items"].as_array().unwrap().len(), 0);
    assert_eq!(supervisor.run(&["project", "accept", &project]).exit, 5);
    assert_eq!(trainee.run(&["project", "handover", &project, "--withdraw"]).exit, 5);

    trainee.json(&["project", "handover", &project, "ann lee", "--keep", "edit"]);
    exchange();
    let accepted = supervisor.text(&["project", "accept", &project]);
    assert!(accepted.contains("Asha Rao may read it, comment on it and edit it"), "{accepted}");
    exchange();
    assert_eq!(trainee.json(&["project", "show", &project])["my_right"], "edit");
    assert_eq!(trainee.run(&["project", "handover", &project, "ann lee"]).exit, 5);
}

#[test]
fn who_left_is_told_so_and_what_to_do() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    trainee.json(&["reflect", "new", "--template", "quick-capture", "--title", "A night"]);
    trainee.json(&["sync"]);
    let to = world.folder().join("asha");
    let leaver = ["leaver", "Asha Rao", "--yes", "--export-to", to.to_str().unwrap()];
    world.server.command(&leaver).unwrap();
    let ending = trainee.run(&["sync"]);
    assert_eq!(ending.exit, 3);
    assert!(ending.stderr.contains("you have left the programme"), "{}", ending.stderr);
    assert!(ending.stderr.contains("enhance export"), "{}", ending.stderr);
    assert!(!ending.stderr.contains("invitation"), "{}", ending.stderr);
    let status = trainee.text(&["status"]);
    assert!(status.contains("enhance export") && !status.contains("enhance sync"), "{status}");
    assert_eq!(trainee.json(&["status"])["counts"]["stored"], 1, "the server has it");
    assert_eq!(trainee.run(&["reflect", "list"]).exit, 0);
}

#[test]
fn what_is_refused_leaves_nothing_and_is_not_echoed_whole() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Karim");
    home.json(&["sync"]);
    let long = "So long a title. ".repeat(400);
    let key = "x".repeat(8_000);
    let new = ["reflect", "new", "--template", "quick-capture"];
    let wrong: [&[&str]; 7] = [
        &[&new[..], &["--title", &long]].concat(),
        &[&new[..], &["--prompted-by", "", "--tag", &key]].concat(),
        &["project", "new", "--title", &long],
        &["project", "show", &key],
        &["reflect", "show", &long],
        &["log", "add", "--minutes", &key, "--kind", "core", "--title", "Teaching"],
        &["ticket", "end", &key],
    ];
    for command in wrong {
        let ending = home.run(command);
        assert_ne!(ending.exit, 0, "{}", ending.stdout);
        assert!(ending.stderr.len() < 1_500, "{}", ending.stderr);
        let ending = home.run(&[&["--json"], command].concat());
        assert!(ending.stdout.len() < 1_500, "{}", ending.stdout);
    }
    let refused = home.run(&[&new[..], &["--title", &long]].concat());
    assert!(refused.stderr.contains("Say it in fewer words here"), "{}", refused.stderr);
    let status = home.json(&["status"]);
    assert_eq!(status["sync"]["waiting_entries"], 0, "{status}");
    assert_eq!(status["counts"], serde_json::json!({ "saved": 0, "sent": 0, "stored": 0 }));
}

#[test]
fn a_suggestion_about_changed_text_asks_and_names_the_word_that_answers() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let made = home.json(&["project", "new", "--title", "Falls"]);
    let project = made["project"].as_str().unwrap();
    let write = |text: &str| home.json(&["project", "edit", project, "--section", text]);
    write("problem=The ward is dark at night.");
    let words = ["--on", "problem", "--replace", "is dark", "--with", "has no lamps"];
    let suggested = home.json(&[&["project", "suggest", project][..], &words].concat());
    let accept = ["project", "accept-suggestion", project, suggested["id"].as_str().unwrap()];
    write("problem=The ward is very dark at night.");
    let asked = home.run(&accept);
    assert_eq!(asked.exit, 2, "{}", asked.stdout);
    assert!(
        asked.stderr.contains("is very dark") && asked.stderr.contains("--anyway"),
        "{}",
        asked.stderr
    );
    home.json(&[&accept[..], &["--anyway"]].concat());
    let shown = home.json(&["project", "show", project]);
    assert_eq!(shown["project"]["sections"]["problem"], "The ward has no lamps at night.");
}
