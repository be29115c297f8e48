//! A plan as a whole in the terminal: added to, corrected, settled, ticked, shown and handed out.

use std::{fs, process::Stdio};

use enhance_model::Role;
use enhance_tests::{home::Home, world::World};
use serde_json::Value;

/// The last characters of an id, as lists show them.
fn short(id: &Value) -> String {
    let id = id.as_str().unwrap().replace('-', "");
    id[id.len() - 8..].to_owned()
}

/// A plan in a home, and what is done with it there.
struct Shared<'h> {
    home: &'h Home,
    id: String,
}

impl<'h> Shared<'h> {
    fn new(home: &'h Home, title: &str) -> Self {
        let made = home.json(&["project", "new", "--title", title]);
        Self { home, id: short(&made["project"]) }
    }

    fn command<'a>(&'a self, verb: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
        [&["project", verb, self.id.as_str()], rest].concat()
    }

    /// Does something and answers the item it was about.
    fn does(&self, verb: &str, rest: &[&str]) -> String {
        let done = self.home.json(&self.command(verb, rest));
        done.get("item").map(short).unwrap_or_default()
    }

    fn add(&self, rest: &[&str]) -> String {
        self.does("add", rest)
    }

    fn page(&self) -> String {
        self.home.text(&["project", "show", &self.id])
    }

    fn shown(&self) -> Value {
        self.home.json(&["project", "show", &self.id])
    }

    /// What is said to something that cannot be, which ends with the code for bad input.
    fn refused(&self, verb: &str, rest: &[&str]) -> String {
        let ending = self.home.run(&self.command(verb, rest));
        assert_eq!(ending.exit, 2, "{verb} {rest:?}: {}{}", ending.stdout, ending.stderr);
        ending.stderr
    }
}

#[test]
fn everything_a_project_has_is_added_corrected_taken_back_and_put_back() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let project = Shared::new(&home, "Falls");
    let light = project.add(&["driver", "name=Light at night"]);
    let lamps = project.add(&["driver", "name=Lamps that work", &format!("parent={light}")]);
    let idea = project.add(&["idea", "text=Lamps at the bedside", &format!("drivers={lamps}")]);
    project.add(&["stakeholder", "role=night sister", "power=5", "interest=4", "stance=supports"]);
    project.add(&["team", "role=trainee", "person=asha rao", "part=Counts on Fridays"]);
    let measure =
        project.add(&["measure", "name=Falls a week", "unit=percent", "frequency=weekly"]);
    let of = format!("measure={measure}");
    project.add(&["target", &of, "from=2026-01-01", "value=20"]);
    let seen = project.add(&["observation", &of, "at=2026-01-05", "value=12/40"]);
    project.add(&["phase", &of, "from=2026-01-05", "label=baseline"]);
    project.add(&["annotation", &of, "at=2026-01-06", "text=Lamps came"]);
    let first = project.add(&["cycle", "change_idea=One lamp", &format!("idea={idea}")]);
    project.add(&["cycle", "change_idea=Two lamps", &format!("previous={first}")]);
    let action = project.add(&["action", "text=Ask estates", "owner=Asha", "due=2027-01-12"]);
    project.add(&["impact", "kind=money", "amount=12345", "effect=better"]);
    project.add(&["output", "kind=poster", "title=Lamps"]);
    project.does("set", &["aim", "direction=decrease", "from=40", "to=20", &of, "unit=percent"]);
    let page = project.page();
    for part in [
        "Decrease falls a week from 40% to 20%.",
        "  - Lamps that work",
        "    - idea: Lamps at the bedside",
        "trainee, Asha Rao",
        "2026-01-05  12/40 (30%)",
        "Goes on from:     cycle 1",
        "\u{a3}123.45 a year",
        "poster: Lamps",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }

    // A new date takes nothing of the text with it, and an empty value is taken away.
    project.does("set", &[&action, "due=2027-02-01", "done_at=now"]);
    let corrected = project.shown()["project"]["actions"].clone();
    let corrected = corrected.as_object().unwrap().values().next().unwrap().clone();
    assert_eq!(
        (&corrected["text"], &corrected["due"]),
        (&"Ask estates".into(), &"2027-02-01".into())
    );
    project.does("set", &[&action, "done_at=", "owner="]);
    assert!(project.page().contains("Ask estates") && project.page().contains("open"));

    let taken = project.home.text(&project.command("take-back", &[&seen]));
    assert!(taken.contains(&format!("enhance project put-back {} {seen}", project.id)), "{taken}");
    let page = project.page();
    assert!(!page.contains("12/40") && page.contains("Taken back"), "{page}");
    let shown = project.shown();
    assert_eq!(shown["outline"]["taken_back"][0]["noun"], "observation");
    project.does("put-back", &[&seen]);
    assert!(project.page().contains("12/40") && !project.page().contains("Taken back"));
}

#[test]
fn what_cannot_be_is_refused_with_what_the_field_takes_and_which_there_are() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let project = Shared::new(&home, "Falls");
    let measure = project.add(&["measure", "name=Falls"]);
    let action = project.add(&["action", "text=Ask estates"]);
    let before = project.shown()["version"].clone();
    let of = &format!("measure={measure}");
    for (verb, typed, said) in [
        ("add", &["driver", "nmae=x"][..], "it has name, parent, place"),
        ("add", &["budget", "name=x"], "[possible values: driver, idea, stakeholder"),
        ("add", &["move", "to=testing"], "[possible values:"),
        ("add", &["driver"], "FIELD=VALUE"),
        ("add", &["driver", "name"], "write NAME=TEXT"),
        ("add", &["driver", "name=a", "name=b"], "name is typed twice"),
        ("add", &["observation", of, "at=2026-01-05"], "an observation needs value=... too"),
        ("add", &["observation", of, "at=5 Jan", "value=1"], "is not a day; write it as"),
        ("add", &["observation", of, "at=2026-01-05", "value=NaN"], "neither a number such as"),
        ("add", &["observation", of, "at=2026-01-05", "value=3/2"], "larger than the denominator"),
        ("add", &["tally", of, "at=2026-01-05", "ticks=4/9"], "enhance project tick"),
        ("add", &["measure", "name=x", "unit=widgets"], "unit takes count, percent"),
        ("add", &["stakeholder", "role=x", "power=9"], "power goes from 1 to 5"),
        ("add", &["stakeholder", "role=x", "power=+3"], "is not a whole number"),
        ("set", &[&action, "due=soon"], "an action has text, owner, due, done_at"),
        ("set", &["aim", "direction=increase", "from=60", "to=10"], "does not go from 60 to 10"),
        ("set", &["aim", "from=NaN"], "neither a number nor a share"),
        ("set", &["aim", "by_date=2020-01-01"], "the aim ends on 2020-01-01"),
        ("set", &["aim", "width=3"], "sentence, measure, direction"),
        ("edit", &["--aim-from", "NaN"], "neither a number nor a share"),
        ("edit", &["--aim-to", "inf"], "neither a number nor a share"),
        (
            "edit",
            &["--aim-direction", "increase", "--aim-from", "60", "--aim-to", "10"],
            "increase",
        ),
        ("edit", &["--status", "completed"], "needs an outcome"),
        ("comment", &["Which?", "--on", "nosuch"], "its parts are aim, problem, why_here"),
        ("comment", &["Which?", "--on", "PROBLEM"], "its parts are aim, problem, why_here"),
        ("tick", &[&measure, "--yes", "--times", "0"], "0 is not between 1 and"),
    ] {
        let stderr = project.refused(verb, typed);
        assert!(stderr.contains(said), "{verb} {typed:?}: {stderr}");
    }
    for (verb, typed) in [
        ("set", &["ffffffff", "text=x"][..]),
        ("take-back", &["ffffffff"]),
        ("put-back", &[&action]),
        ("tick", &[&measure, "--yes"]),
        ("add", &["target", "measure=ffffffff", "from=2026-01-05", "value=1"]),
        ("add", &["action", "text=x", "owner=Nobody"]),
    ] {
        let ending = home.run(&project.command(verb, typed));
        assert_eq!(ending.exit, 6, "{verb} {typed:?}: {}", ending.stderr);
    }
    assert_eq!(project.shown()["version"], before, "nothing was written");
    // Nobody can check a capability yet, and that is said.
    let ending = home.run(&project.command("edit", &["--tag", "capability:ANYTHING"]));
    assert!(ending.exit == 0 && ending.stderr.contains("was not checked"), "{}", ending.stderr);
}

#[test]
fn what_two_people_set_at_once_is_shown_with_both_and_settled_by_the_command_shown() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let project = Shared::new(&trainee, "Falls");
    project.does("set", &["aim", "to=30"]);
    let measure = project.add(&["measure", "name=Falls", "unit=percent", "frequency=weekly"]);
    let sheet = project.add(&["tally", &format!("measure={measure}"), "at=2026-01-05"]);
    let member = project.command("member", &[]);
    trainee.json(&["project", "member", "add", member[2], "ann lee", "--right", "edit"]);
    trainee.json(&["sync"]);
    supervisor.joins(member[2]);
    let theirs = Shared { home: &supervisor, id: project.id.clone() };

    project.does("set", &["aim", "to=20"]);
    theirs.does("set", &["aim", "to=10"]);
    let seen = format!("measure={measure}");
    project.add(&["observation", &seen, "at=2026-01-05", "value=4/10"]);
    let doubled = theirs.add(&["observation", &seen, "at=2026-01-09", "value=5/10"]);
    trainee.json(&["project", "tick", &project.id, &sheet, "--yes"]);
    supervisor.json(&["project", "tick", &project.id, &sheet, "--no", "--times", "3"]);
    supervisor.json(&["project", "tick", &project.id, &sheet, "--no", "--undo"]);
    for home in [&trainee, &supervisor, &trainee] {
        home.json(&["sync"]);
    }
    for project in [&project, &theirs] {
        let page = project.page();
        for part in [
            "To be settled",
            "(by Asha Rao",
            "(by Dr Ann Lee",
            &format!("enhance project set {} aim to=20", project.id),
            &format!("enhance project set {} aim to=10", project.id),
            "1 of 3, on 2 devices",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert_eq!(page.matches("to be settled").count(), 2, "{page}");
    }

    let shown = project.shown();
    let values = shown["disagreements"][0]["values"].as_array().unwrap();
    let mut by: Vec<&str> =
        values.iter().filter_map(|value| value["by"]["name"].as_str()).collect();
    by.sort_unstable();
    assert_eq!(by, ["Asha Rao", "Dr Ann Lee"], "people, and not devices");
    let command = shown["outline"]["to_settle"][0]["values"][0]["command"].clone();
    let words: Vec<&str> = command.as_str().unwrap().split(' ').skip(1).collect();
    trainee.json(&words);
    trainee.json(&["project", "take-back", &project.id, &doubled]);
    trainee.json(&["sync"]);
    supervisor.json(&["sync"]);
    assert_eq!(theirs.shown()["outline"]["to_settle"], Value::Array(Vec::new()));
    assert!(!theirs.page().contains("o be settled"), "{}", theirs.page());
}

#[test]
fn a_comment_is_rewritten_and_taken_back_by_the_one_who_said_it() {
    let world = World::new();
    let (trainee, _) = world.home(Role::Trainee, "Asha Rao");
    let (supervisor, _) = world.home(Role::Supervisor, "Dr Ann Lee");
    trainee.json(&["sync"]);
    let project = Shared::new(&trainee, "Falls");
    let driver = project.add(&["driver", "name=Light"]);
    trainee.json(&["project", "member", "add", &project.id, "ann lee", "--right", "comment"]);
    trainee.json(&["sync"]);
    supervisor.joins(&project.id);
    let said =
        supervisor.json(&["project", "comment", &project.id, "Which lamp?", "--on", &driver]);
    let comment = short(&said["comment"]);
    supervisor.json(&["project", "comment", &project.id, "Which lamps?", "--rewrite", &comment]);
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    assert!(trainee.text(&["project", "comments", &project.id]).contains("Which lamps?"));
    for others in [&["x", "--rewrite"][..], &["--take-back"]] {
        let said = project.refused("comment", &[others, &[comment.as_str()]].concat());
        assert!(said.contains("Dr Ann Lee said that"), "{said}");
    }
    let taken = supervisor.json(&["project", "comment", &project.id, "--take-back", &comment]);
    assert_eq!(taken["said"], "Which lamps?");
    let listed = supervisor.json(&["project", "comment", &project.id, "--taken-back"]);
    assert_eq!(listed[0]["comment"]["body"], "Which lamps?");
    supervisor.json(&["project", "comment", &project.id, "--put-back", &comment]);
    assert!(supervisor.text(&["project", "comments", &project.id]).contains("Which lamps?"));
    supervisor.json(&["project", "comment", &project.id, "--take-back", &comment]);
    supervisor.json(&["sync"]);
    trainee.json(&["sync"]);
    assert!(
        trainee.text(&["project", "comments", &project.id]).contains("Nobody has said anything")
    );
}

#[test]
fn values_are_written_for_a_spreadsheet_and_nothing_else_with_them() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let project = Shared::new(&home, "Falls");
    let measure = project.add(&["measure", "name==1+1", "unit=percent"]);
    let of = &format!("measure={measure}");
    let odd = project.add(&["observation", of, "at=2026-01-12", "value=1/3"]);
    project.add(&["observation", of, "at=2026-01-05", "value=12/40"]);
    project.does("set", &[&odd, "excluded=The ward, closed"]);
    let listed = home.text(&["project", "observations", &project.id]);
    assert!(listed.contains("Asha Rao") && listed.contains("33.333"), "{listed}");

    let printed = home.text(&["project", "observations", &project.id, &measure, "--csv", "-"]);
    let lines: Vec<&str> = printed.split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{printed:?}");
    assert!(
        lines[1].starts_with("'=1+1,percent,2026-01-05,,30,12,40,yes,,,Asha Rao,"),
        "{printed}"
    );
    assert!(lines[2].contains(",33.333,1,3,no,\"The ward, closed\","), "{printed}");
    let file = home.path().join("falls.csv");
    home.json(&["project", "observations", &project.id, "--csv", file.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&file).unwrap(), printed);
    let ending = home.run(&["--json", "project", "observations", &project.id, "--csv", "-"]);
    assert_eq!(ending.exit, 2, "{}", ending.stdout);

    for unread in [&["show", &project.id][..], &["observations", &project.id, "--csv", "-"]] {
        let mut command = home.command(&[&["project"], unread].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
    }
}

#[test]
fn a_project_is_checked_charted_put_on_paper_verified_and_handed_on() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let project = Shared::new(&home, "Falls");
    let measure = project.add(&["measure", "name=Falls a week", "unit=count", "frequency=weekly"]);
    for (day, value) in [("2026-01-05", "4"), ("2026-01-12", "6"), ("2026-01-19", "5")] {
        let (at, value) = (format!("at={day}"), format!("value={value}"));
        project.add(&["observation", &format!("measure={measure}"), &at, &value]);
    }
    let checks = home.text(&project.command("checks", &[]));
    assert!(checks.contains("Say by which day the aim is to be reached. (aim)"), "{checks}");
    let told = home.text(&project.command("history", &[]));
    assert!(told.contains("Asha Rao") && told.contains("began the plan"), "{told}");
    assert!(home.text(&project.command("history", &["--changes"])).contains("VERSION"));

    let drawn = home.text(&project.command("chart", &[&measure, "--ascii"]));
    assert!(drawn.is_ascii() && drawn.contains("Falls a week"), "{drawn}");
    assert_eq!(home.json(&project.command("chart", &[&measure]))["title"], "Falls a week");
    let svg = home.text(&project.command("chart", &[&measure, "--svg", "-", "--width", "640"]));
    assert!(svg.starts_with("<svg") && svg.contains("width=\"640\""), "{svg}");
    assert_eq!(home.run(&project.command("chart", &["ffffffff"])).exit, 6);
    let file = home.path().join("falls.png");
    home.json(&project.command("chart", &[&measure, "--png", file.to_str().unwrap()]));
    let png = fs::read(&file).unwrap();
    assert!(png.starts_with(b"\x89PNG") && png[16..20] == 1_600_u32.to_be_bytes());
    let asked = home.text(&project.command("chart", &[&measure, "--suggest-phase"]));
    assert!(asked.contains("Its cause is known. for you to say"), "{asked}");
    assert!(project.refused("chart", &[&measure, "--width", "640"]).contains("--png"));

    let file = home.path().join("falls.html");
    let name = file.to_str().unwrap();
    home.json(&project.command("page", &["--html", name]));
    assert_eq!(home.json(&["verify", name])["verdict"], "agrees");
    project.does("set", &["aim", "from=5"]);
    assert_eq!(home.json(&["verify", name])["verdict"], "outdated");
    let page = fs::read_to_string(&file).unwrap();
    fs::write(&file, page.replace("Falls a week", "Falls a year")).unwrap();
    let altered = home.run(&["verify", name]);
    assert!(altered.exit == 9 && altered.stdout.contains("altered"), "{}", altered.stdout);
    fs::write(&file, "no page").unwrap();
    assert_eq!(home.run(&["verify", name]).exit, 2);
    assert_eq!(home.run(&["verify", "/nowhere/falls.html"]).exit, 2);

    let file = home.path().join("recipe.json");
    let name = file.to_str().unwrap();
    home.json(&project.command("recipe", &["--out", name]));
    let from = format!("@{name}");
    let made = home.json(&["project", "new", "--from", &from, "--title", "Falls on ward 9"]);
    let copy = Shared { home: &home, id: short(&made["project"]) };
    let page = copy.page();
    assert!(page.contains("Falls a week") && page.contains("No values yet."), "{page}");
    assert_eq!(home.run(&["project", "new", "--from", "no-such-recipe"]).exit, 6);
    assert_eq!(home.json(&["project", "recipe"]), Value::Array(Vec::new()));
}

#[test]
fn small_numbers_of_groups_are_said_to_be_hidden_wherever_they_are_shown() {
    let world = World::new();
    let (home, _) = world.home(Role::Trainee, "Asha Rao");
    let project = Shared::new(&home, "Falls");
    let measure = project.add(&["measure", "name=Falls a month", "unit=count"]);
    let of = &format!("measure={measure}");
    let few = project.add(&["observation", of, "at=2026-01-05", "value=3", "group=over 85"]);
    project.add(&["observation", of, "at=2026-01-05", "value=41", "group=under 85"]);
    project.add(&["observation", of, "at=2026-02-05", "value=3"]);

    let csv = home.text(&["project", "observations", &project.id, "--csv", "-"]);
    assert!(csv.contains(",2026-01-05,over 85,hidden,,,yes,"), "{csv}");
    assert!(csv.contains(",2026-01-05,under 85,41,,,yes,"), "{csv}");
    assert!(csv.contains(",2026-02-05,,3,,,yes,"), "all are no group: {csv}");
    let page = project.page();
    assert!(page.contains("hidden") && page.contains("Hidden are small numbers"), "{page}");
    let shown = project.shown();
    let observations = shown["project"]["observations"].as_object().unwrap();
    let value = observations.iter().find(|(id, _)| short(&Value::from(id.as_str())) == few);
    assert_eq!(value.unwrap().1["value"], "hidden");
    let charts = home.json(&project.command("chart", &[&measure, "--by-group"]));
    assert_eq!(charts[0]["group"], "over 85");
    assert_eq!(charts[0]["chart"]["points"][0]["state"], "hidden");
    assert_eq!(charts[1]["chart"]["points"][0]["state"], "counted");
}
