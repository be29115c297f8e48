//! What is pasted into a command as it came: links, versions, and signs that a terminal acts on.

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};

use crate::together::text;

#[test]
fn a_ticket_is_opened_however_its_link_was_copied() {
    let world = World::new();
    let (asha, _) = world.home(Role::Trainee, "Asha Rao");
    asha.json(&["sync"]);
    let project = asha.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let words = ["ticket", "make", text(&project), "--for", "Does this fit?", "--uses", "20"];
    let made = asha.json(&words);
    let link = text(&made["link"]);
    let sam = Home::new();
    let open = |link: &str| sam.run(&["--json", "ticket", "open", link, "--name", "Sam Reed"]);
    let (begun, ended) = link.split_at(link.len() - 9);
    for pasted in [
        format!("{link}."),
        format!("<{link}>,"),
        format!(" \"{link}\"\n"),
        link.replace("#ticket", "#Ticket"),
        link.replace("#ticket", "%23ticket"),
        format!("Read this: {link} Thanks"),
        format!("{begun}\n{ended}"),
        format!("{begun}=\r\n{ended}"),
    ] {
        let opened = open(&pasted);
        assert_eq!(opened.exit, 0, "{pasted:?}: {}", opened.stdout);
        assert_eq!(opened.json()["snapshot"]["title"], "Falls at night");
    }
    for (wrong, said) in [
        (begun, "letters after the =, and 22 are expected"),
        ("https://e.org/#join=ABCD", "is one of an invitation"),
        ("https://e.org/", "is no link of a ticket; one looks like https://"),
    ] {
        let refused = open(wrong);
        let error = refused.json()["error"]["message"].to_string();
        assert!(refused.exit == 2 && error.contains(said), "{wrong}: {error}");
    }
    assert!(!sam.path().exists());
}

#[test]
fn an_invitation_is_taken_with_the_link_it_came_in() {
    let world = World::new();
    let (url, code) = (world.server.url(), world.server.invite(Role::Trainee, "Asha Rao"));
    let home = Home::new();
    let link = format!("<{url}/#Join={code}>.");
    let elsewhere = home.run(&["enrol", "--server", "https://other.example.org", &link]);
    assert_eq!(elsewhere.exit, 2);
    assert!(elsewhere.stderr.contains("leave --server out"), "{}", elsewhere.stderr);
    let cut = home.run(&["enrol", &format!("{url}/#join=")]);
    assert!(cut.exit == 2 && cut.stderr.contains("ends before its code"), "{}", cut.stderr);
    assert!(!home.path().exists(), "nothing was begun");
    let joined = home.json(&["enrol", &link]);
    assert_eq!(
        (&joined["account"]["server"], &joined["was_enrolled"]),
        (&url.into(), &false.into())
    );
}

#[test]
fn a_version_is_known_by_its_beginning_and_what_is_none_is_told_how_one_looks() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let project = home.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let project = text(&project);
    let edited = home.json(&["project", "edit", project, "--section", "problem=Too dark"]);
    let version = text(&edited["version"][0]);
    for typed in [version.to_uppercase(), version[..6].to_owned(), format!("{}…", &version[..6])]
    {
        home.json(&["project", "at", project, &typed]);
    }
    for wrong in [format!("+{}…", &version[..4]), "12".to_owned(), "latest".to_owned()] {
        let refused = home.run(&["project", "at", project, &wrong]);
        assert_eq!(refused.exit, 2, "{wrong}: {}", refused.stderr);
        for said in ["is no version", "26f2a1b0", "enhance project history"] {
            assert!(refused.stderr.contains(said), "{wrong}: {}", refused.stderr);
        }
    }
    let unknown = if version.starts_with("ffff") { "eeee" } else { "ffff" };
    let refused = home.run(&["project", "at", project, unknown]);
    assert!(refused.exit == 6 && refused.stderr.contains("project history"), "{}", refused.stderr);
}

#[test]
fn signs_that_a_terminal_acts_on_are_echoed_by_no_error() {
    let (home, _) = World::new().home(Role::Trainee, "Asha Rao");
    let wrong = "\u{1b}[2J\u{7}\u{9b}31m\u{202e}";
    for command in [
        &["log", "add", "--minutes", wrong, "--kind", "core", "--title", "x"][..],
        &[wrong],
        &["--home", "x", wrong],
        &["status", wrong],
        &["ticket", "make", "9f3c21ab", "--for", "x", "--days", wrong],
        &["project", "at", wrong, wrong],
        &["ticket", "open", wrong, "--name", "x"],
        &["import", wrong],
        &["reflect", "show", wrong],
        &["people", "--add", wrong],
        &["log", "--period", wrong],
    ] {
        for json in [&[][..], &["--json"]] {
            let ending = home.run(&[json, command].concat());
            assert_ne!(ending.exit, 0, "{command:?}");
            let said = format!("{}{}", ending.stdout, ending.stderr);
            let acted = said.chars().find(|sign| {
                (sign.is_control() && !matches!(sign, '\n' | '\t')) || *sign == '\u{202e}'
            });
            assert_eq!(acted, None, "{command:?}: {said}");
        }
    }
}

#[test]
fn what_is_called_by_nothing_that_can_be_seen_is_refused() {
    let (home, _) = World::new().home(Role::Trainee, "Asha Rao");
    let project = home.json(&["project", "new", "--title", "Falls at night"])["project"].clone();
    let project = text(&project);
    for blank in ["", "  ", "\u{200b}", "\u{2060}", "\u{ad}", "\u{3164}", "\u{202e}\u{2066}"] {
        let named = |field: &str| format!("{field}={blank}");
        let [name, words, organisation] = ["name", "text", "organisation"].map(named);
        let placement = ["start=2026-08-05", "end=2027-08-03"];
        for command in [
            &["project", "new", "--title", blank][..],
            &["project", "edit", project, "--title", blank],
            &["project", "add", project, "driver", &name],
            &["project", "add", project, "measure", &name],
            &["project", "add", project, "action", &words],
            &["goal", "add", &words],
            &["placement", "add", &organisation, placement[0], placement[1]],
        ] {
            let refused = home.run(command);
            assert_eq!(refused.exit, 2, "{command:?}: {}{}", refused.stdout, refused.stderr);
        }
    }
    let shown = home.json(&["project", "show", project]);
    assert_eq!(shown["project"]["title"], "Falls at night");
    assert!(shown["project"]["drivers"].as_object().is_none_or(serde_json::Map::is_empty));
    let twice = ["organisation=Bedford", "start=2026-08-05", "end=2027-08-03"];
    let split = "split=acute 1/2, acute 1/2";
    let refused = home.run(&[&["placement", "add"][..], &twice, &[split]].concat());
    assert_eq!(refused.exit, 2, "{}", refused.stdout);
    assert!(refused.stderr.contains("stands there more than once"), "{}", refused.stderr);
}
