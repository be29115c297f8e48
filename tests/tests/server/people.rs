//! The operator's day: who is here, who is invited, who leaves, and who is told of whom. Case G15
//! of `tests/CASES.md`.

use std::fs;

use enhance_model::{Claim, Person, RefusalCode, Right, Role, ownership::ORGANISATION};
use enhance_protocol::{
    EntryBody, Grant, Item, Outcome, PROTOCOL, PersonRequest, PersonResponse, Refusal, path,
};
use serde_json::Value;

use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{envelope, grant, reflection},
    },
    world::World,
};

fn json(world: &World, words: &[&str]) -> Value {
    serde_json::from_str(&world.server.command(words).unwrap()).unwrap()
}

fn refused(world: &World, words: &[&str]) -> String {
    world.server.command(words).unwrap_err().to_string()
}

/// Joins with an invitation of this role.
fn join(world: &World, role: &str, name: &str) -> BareDevice {
    let invited = json(world, &["invite", "--role", role, "--name", name, "--json"]);
    assert_eq!(invited["name"], name);
    world.enrol_bare_device(invited["invitation"].as_str().unwrap())
}

/// Everybody a device is told of from the beginning.
fn told(device: &mut BareDevice) -> Vec<Person> {
    device.cursor = enhance_protocol::Cursor::default();
    let mut people: Vec<Person> = Vec::new();
    for item in device.pull() {
        if let Item::Person(person) = item {
            people.push(person);
        }
    }
    people.sort_by(|one, other| one.name.cmp(&other.name));
    people
}

fn names(device: &mut BareDevice) -> Vec<String> {
    told(device).into_iter().map(|person| person.name).collect()
}

fn write(world: &World, name: &str, text: &str) -> String {
    let path = world.folder().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn g15_people_and_invitations_are_listed_with_when_they_were_last_seen() {
    let world = World::new();
    let asha = join(&world, "trainee at Bedford Hospital", "Asha Rao");
    world.server.invite(Role::Fellow, "Dr Lee");
    asha.store(vec![reflection(50).1]);
    let people = json(&world, &["people", "--json"]);
    assert_eq!(people.as_array().unwrap().len(), 1);
    assert_eq!(people[0]["name"], "Asha Rao");
    assert_eq!(people[0]["roles"][0]["organisation"], "Bedford Hospital");
    assert_eq!(people[0]["devices"], 1);
    assert!(people[0]["last_seen"].is_number() || people[0]["last_seen"].is_string());
    assert!(people[0]["left"].is_null());
    let table = world.server.command(&["people"]).unwrap();
    assert!(table.contains("Asha Rao") && table.contains("trainee at Bedford"), "{table}");

    let open = json(&world, &["invitations", "--json"]);
    assert_eq!(open.as_array().unwrap().len(), 1);
    assert_eq!((&open[0]["name"], &open[0]["state"]), (&"Dr Lee".into(), &"open".into()));
    let all = json(&world, &["invitations", "--all", "--json"]);
    let states: Vec<&Value> = all.as_array().unwrap().iter().map(|it| &it["state"]).collect();
    assert_eq!(states, ["used", "open"]);
    let text = world.server.command(&["invitations"]).unwrap();
    assert!(text.contains("Dr Lee") && text.contains("fellow"), "{text}");
    let server = json(&world, &["status", "--json"]);
    assert_eq!((&server["people"], &server["open_invitations"]), (&1.into(), &1.into()));
    world.clock.jump_days(8);
    let server = json(&world, &["status", "--json"]);
    assert!(server["warnings"].to_string().contains("backup"), "{server}");
}

#[test]
fn g15_a_table_is_invited_whole_or_not_at_all() {
    let world = World::new();
    join(&world, "trainee", "Ben Okri");
    let rows = || world.server.command(&["audit"]).unwrap().lines().count();
    let before = rows();
    let bad = write(&world, "bad.csv", "name,roles\nAsha,trainee\nCara,doctor\n");
    let error = refused(&world, &["invite", "--csv", &bad]);
    assert!(error.contains("no invitation was made"), "{error}");
    assert!(error.contains("line 3") && error.contains("doctor"), "{error}");
    assert_eq!(rows(), before);
    assert_eq!(json(&world, &["invitations", "--json"]).as_array().unwrap().len(), 0);

    let good = write(
        &world,
        "good.csv",
        "Name,Roles,Organisation,Email\nAsha Rao,trainee,Bedford Hospital,a@example.org\n\
         Dr Lee,supervisor;fellow,Bedford Hospital,\nben  okri,trainee,,\n",
    );
    let invited = json(&world, &["invite", "--csv", &good, "--json"]);
    assert_eq!(invited.as_array().unwrap().len(), 3);
    assert_eq!(invited[0]["other"]["email"], "a@example.org");
    assert_eq!(invited[1]["roles"].as_array().unwrap().len(), 2);
    assert!(invited[0]["note"].is_null());
    assert!(invited[2]["note"].as_str().unwrap().contains("here already"));
    let lee = world.enrol_bare_device(invited[1]["invitation"].as_str().unwrap());
    assert_eq!(
        lee.person.roles_in_words(),
        "supervisor at Bedford Hospital, fellow at Bedford Hospital"
    );
    let table = world.server.command(&["invite", "--csv", &good]).unwrap();
    assert!(table.contains("Asha Rao") && table.contains("Each is good once"), "{table}");
    let missing = world.folder().join("none.csv");
    assert!(refused(&world, &["invite", "--csv", missing.to_str().unwrap()]).contains("none.csv"));
}

#[test]
fn g15_who_was_invited_and_withdrawn_does_not_join() {
    let world = World::new();
    let code = world.server.invite(Role::Trainee, "Asha Rao");
    let other = world.server.invite(Role::Trainee, "Asha Rao");
    let used = world.server.invite(Role::Fellow, "Dr Lee");
    world.enrol_bare_device(&used);
    let all = json(&world, &["invitations", "--all", "--json"]);
    let id = |state: &str| {
        let found = all.as_array().unwrap().iter().find(|it| it["state"] == state);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let error = refused(&world, &["invitations", "--withdraw", &code, "--withdraw", &id("used")]);
    assert!(error.contains("was used already"), "{error}");
    let error = refused(&world, &["invitations", "--withdraw", "0000000000000000"]);
    assert!(error.contains("no invitation with that id"), "{error}");
    let said = world.server.command(&["invitations", "--withdraw", &code.to_lowercase()]).unwrap();
    assert!(said.contains("Asha Rao"), "{said}");
    let again = refused(&world, &["invitations", "--withdraw", &code]);
    assert!(again.contains("withdrawn already"), "{again}");
    let said = world.server.command(&["invitations", "--withdraw-for", "asha  rao"]).unwrap();
    assert!(said.contains("Asha Rao"), "{said}");
    for code in [code, other] {
        let request = world.enrol_request(&code);
        let answer: Result<enhance_protocol::EnrolResponse, Refusal> =
            world.server.wire().post(path::ENROL, None, &request);
        assert_eq!(answer.unwrap_err().code, RefusalCode::InvitationExpired);
    }
    assert_eq!(world.server.command(&["audit"]).unwrap().matches("withdraw").count(), 2);
}

#[test]
fn g15_a_person_is_renamed_and_those_who_know_them_hear_of_it() {
    let world = World::new();
    let mut asha = join(&world, "trainee", "Asha Rao");
    let mut lee = join(&world, "supervisor", "Dr Lee");
    assert_eq!(names(&mut asha), ["Asha Rao", "Dr Lee"]);
    lee.pull();
    let said = world.server.command(&["rename", "dr  lee", "Dr Anna Lee"]).unwrap();
    assert!(said.contains("Dr Anna Lee"), "{said}");
    assert!(matches!(&asha.pull()[..], [Item::Person(it)] if it.name == "Dr Anna Lee"));
    assert!(matches!(&lee.pull()[..], [Item::Person(it)] if it.name == "Dr Anna Lee"));
    assert!(asha.pull().is_empty());

    join(&world, "fellow", "Sam Poe");
    join(&world, "trainee", "Sam Poe");
    let error = refused(&world, &["rename", "Sam Poe", "Sam"]);
    assert!(error.contains("2 people are called") && error.contains("fellow"), "{error}");
    for unknown in ["Sam", "", "0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c"] {
        let error = refused(&world, &["rename", unknown, "Sam"]);
        assert!(error.contains("there is no person"), "{error}");
    }
    for name in ["", "two\u{7}bells"] {
        let error = refused(&world, &["rename", "Asha Rao", name]);
        assert!(error.contains("no name of a person"), "{name:?}: {error}");
    }
}

#[test]
fn a_person_is_told_of_those_they_may_need_and_of_nobody_else() {
    let world = World::new();
    let mut asha = join(&world, "trainee at Bedford", "Asha");
    let mut ben = join(&world, "trainee at Bedford", "Ben");
    let mut cara = join(&world, "trainee at Luton", "Cara");
    let mut lee = join(&world, "supervisor at Bedford", "Lee");
    let mut mo = join(&world, "fellow at Luton", "Mo");
    let mut una = join(&world, "fellow", "Una");
    assert_eq!(names(&mut asha), ["Asha", "Lee", "Una"]);
    assert_eq!(names(&mut ben), ["Ben", "Lee", "Una"]);
    assert_eq!(names(&mut cara), ["Cara", "Mo", "Una"]);
    assert_eq!(names(&mut lee), ["Lee", "Una"]);
    assert_eq!(names(&mut una), ["Una"]);

    // Whoever reads a plan together knows one another, with those who only joined later.
    let project = asha.project("Fewer falls");
    asha.store(project.offers());
    asha.lets_in(&lee, project.id, Right::Edit, 1);
    assert_eq!(names(&mut lee), ["Asha", "Lee", "Una"]);
    asha.lets_in(&cara, project.id, Right::Comment, 1);
    assert_eq!(names(&mut cara), ["Asha", "Cara", "Lee", "Mo", "Una"]);
    assert_eq!(names(&mut lee), ["Asha", "Cara", "Lee", "Una"]);
    assert_eq!(names(&mut ben), ["Ben", "Lee", "Una"]);

    // A role within another organisation opens that one.
    world.server.command(&["role", "give", "Ben", "trainee at Luton"]).unwrap();
    assert_eq!(names(&mut ben), ["Ben", "Lee", "Mo", "Una"]);
    assert_eq!(names(&mut mo), ["Mo", "Una"]);
    // What is new about a person reaches those who know them, and nobody else.
    asha.pull();
    ben.pull();
    world.another_bare_device(&cara);
    assert!(matches!(&asha.pull()[..], [Item::Person(it)] if it.devices.len() == 2));
    assert!(ben.pull().is_empty());
}

#[test]
fn somebody_else_is_found_by_the_id_they_gave() {
    let world = World::new();
    let mut asha = join(&world, "trainee", "Asha");
    let ben = join(&world, "trainee", "Ben");
    let ask = |person| {
        let nonce = [7; 8].into();
        let request = PersonRequest { protocol: PROTOCOL, nonce, person };
        let answer: Result<PersonResponse, Refusal> =
            world.server.wire().post(path::PEOPLE, Some(&asha.token), &request);
        answer.map(|answer| answer.person)
    };
    let nobody = "0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c".parse().unwrap();
    assert_eq!(ask(nobody).unwrap_err().code, RefusalCode::UnknownPerson);
    assert_eq!(ask(ben.person.id).unwrap().name, "Ben");
    assert_eq!(ask(ben.person.id).unwrap().name, "Ben");
    assert_eq!(names(&mut asha), ["Asha", "Ben"]);
    let leave = ["leaver", "Ben", "--yes", "--export-to"];
    let to = world.folder().join("ben");
    world.server.command(&[&leave[..], &[to.to_str().unwrap()]].concat()).unwrap();
}

#[test]
fn what_people_are_told_costs_what_they_have_to_do_with_and_not_how_many_there_are() {
    let world = World::new();
    let mut asha = join(&world, "trainee at Bedford", "Asha");
    let rows = || {
        let db = rusqlite::Connection::open(world.server.database()).unwrap();
        db.query_row("SELECT count(*) FROM directory", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    asha.pull();
    let before = rows();
    for number in 0..12 {
        join(&world, &format!("trainee at Hospital {number}"), &format!("Trainee {number}"));
    }
    // Each of them knows themselves.
    assert_eq!(rows(), before + 12);
    assert!(asha.pull().is_empty());
}

/// Asha with a plan and a reflection, Dr Lee who shares a plan with her, and Una.
struct Left {
    world: World,
    asha: BareDevice,
    lee: BareDevice,
    una: BareDevice,
    project: BareDocument,
    held: BareDocument,
}

fn who_leaves() -> Left {
    let world = World::new();
    let asha = join(&world, "trainee", "Asha Rao");
    let lee = join(&world, "supervisor", "Dr Lee");
    let mut una = join(&world, "fellow", "Una");
    let project = asha.project("Fewer falls");
    asha.store(project.offers());
    asha.lets_in(&lee, project.id, Right::Edit, 1);
    let (id, sealed) = reflection(50);
    asha.store(vec![sealed, envelope(id, asha.id, 1, None, 200)]);
    let held = lee.project("Of another");
    lee.store(held.offers());
    lee.lets_in(&asha, held.id, Right::Read, 1);
    una.pull();
    Left { world, asha, lee, una, project, held }
}

#[test]
fn who_leaves_is_signed_out_and_has_their_plain_work_exported() {
    let Left { world, asha, project, .. } = who_leaves();

    let said = world.server.command(&["leaver", "Asha Rao", "--plans-to", "Una"]).unwrap();
    for part in
        ["Nothing was done", "plans offered to Una: 1", "with Dr Lee", "sealed", "of Dr Lee"]
    {
        assert!(said.contains(part), "{part} not in\n{said}");
    }
    asha.store(vec![]);
    let to = world.folder().join("asha");
    let to = to.to_str().unwrap();
    for (words, why) in [
        (&["--yes", "--export-to", to][..], "--plans-to"),
        (&["--yes", "--plans-to", "Una"], "--export-to"),
        (&["--yes", "--plans-to", "Asha Rao", "--export-to", to], "cannot take plans over"),
        (&["--plans-to", "Nobody"], "no person"),
    ] {
        let error = refused(&world, &[&["leaver", "Asha Rao"], words].concat());
        assert!(error.contains(why), "{error}");
    }
    asha.store(vec![]);

    let words = ["leaver", "Asha Rao", "--plans-to", "Una", "--export-to", to, "--yes"];
    let said = world.server.command(&words).unwrap();
    assert!(said.contains("Una syncs and accepts"), "{said}");
    let refused_now = asha.try_exchange(&asha.request(Vec::new())).unwrap_err();
    assert_eq!(refused_now.code, RefusalCode::HasLeft);
    let exported: Vec<String> = fs::read_dir(to)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let name = format!("change_project-{}.json", project.id);
    assert!(exported.contains(&name) && exported.len() == 3, "{exported:?}");
    let text = fs::read_to_string(world.folder().join("asha").join(name)).unwrap();
    assert!(text.contains("Fewer falls"), "{text}");
    let words_for_her = fs::read_to_string(world.folder().join("asha/README.txt")).unwrap();
    assert!(words_for_her.contains("1 sealed"), "{words_for_her}");
}

#[test]
fn a_dry_run_of_a_leaver_lists_what_would_go_where_and_changes_nothing() {
    let Left { world, asha, project, .. } = who_leaves();
    let to = world.folder().join("asha");
    let words = ["leaver", "Asha Rao", "--plans-to", "Una", "--dry-run"];
    let with_folder = [&words[..], &["--export-to", to.to_str().unwrap()]].concat();
    let said = world.server.command(&with_folder).unwrap();
    let file = format!("change_project-{}  Fewer falls", project.id);
    for part in ["plans offered to Una: 1", "documents exported to", &file, "Nothing was done"] {
        assert!(said.contains(part), "{part} not in\n{said}");
    }
    let told = json(&world, &[&words[..], &["--json"]].concat());
    assert_eq!(told["done"], false);
    assert_eq!(told["would_export"][0]["document"], project.id.to_string());
    assert!(!to.exists(), "no folder is made");
    asha.store(vec![]);
    assert!(world.server.command(&["people"]).unwrap().contains("Asha Rao"));

    fs::create_dir(&to).unwrap();
    fs::write(to.join("notes.txt"), "of hers").unwrap();
    assert!(refused(&world, &with_folder).contains("is not empty"));
    let alone = refused(&world, &["leaver", "Asha Rao", "--dry-run"]);
    assert!(alone.contains("--plans-to"), "as --yes would be: {alone}");
}

#[test]
fn what_somebody_leaves_is_offered_and_nothing_is_shared_with_them_any_more() {
    let Left { world, asha, mut lee, mut una, project, held } = who_leaves();
    let to = world.folder().join("asha");
    let to = to.to_str().unwrap();
    let words = ["leaver", "Asha Rao", "--plans-to", "Una", "--export-to", to, "--yes"];
    world.server.command(&words).unwrap();

    // Said again, the plan is offered to another, and then to Una after all.
    for heir in ["Dr Lee", "Una"] {
        world.server.command(&["leaver", "Asha Rao", "--plans-to", heir, "--yes"]).unwrap();
    }

    // Una reads the plan with the offer, and it is hers once she accepts.
    let items = una.pull();
    let offered = items.iter().rev().find_map(|item| match item {
        Item::Entry(pulled) => Grant::read(&pulled.offer.body).ok()?.claim(pulled.person),
        _ => None,
    });
    let Claim { number, to: heir, by, .. } = offered.expect("an offer");
    assert_eq!((heir, by), (una.person.id, ORGANISATION));
    una.store(vec![grant(
        project.id,
        una.person.id,
        Right::Own,
        u8::try_from(number + 1).unwrap(),
    )]);
    let rights = json(&world, &["grants", "--document", &project.id.to_string(), "--json"]);
    let own = rights.as_array().unwrap().iter().find(|it| it["right"] == "own").unwrap();
    assert_eq!(own["name"], "Una");
    // Nothing is shared with somebody who is not there any more.
    let late = grant(held.id, asha.person.id, Right::Edit, 2);
    assert!(matches!(
        &lee.offer(vec![late])[..],
        [Outcome::Rejected { code: RefusalCode::UnknownPerson, .. }]
    ));
    let gone = json(&world, &["people", "--gone", "--json"]);
    let left = gone.as_array().unwrap().iter().find(|it| it["name"] == "Asha Rao").unwrap();
    assert!(!left["left"].is_null() && left["devices"] == 0, "{left}");
    assert_eq!(json(&world, &["people", "--json"]).as_array().unwrap().len(), 2);
    let again = refused(&world, &["leaver", "Asha Rao"]);
    assert!(again.contains("left already"), "{again}");
    lee.pull();

    // A role takes her back; a device needs an invitation.
    world.server.command(&["role", "give", "Asha Rao", "trainee"]).unwrap();
    world.another_bare_device(&asha);
}
