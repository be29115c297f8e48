//! What the operator of a server does: backup, restore, grants, audit, and watching over it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use enhance_model::{Right, Role};
use enhance_protocol::{Cursor, ExchangeRequest};
use enhance_server::{Config, Machine, ServerState, storage::StorageError};

use enhance_tests::{
    bare::offers::{envelope, hashes, reflection},
    programs,
    server::command,
    world::World,
};

#[test]
fn a_restore_begins_a_new_epoch_and_devices_bring_what_it_lacks() {
    let mut world = World::new();
    let mut device = world.bare_device(Role::Trainee, "Asha");
    let (id, create) = reflection(50);
    let one = envelope(id, device.id, 1, None, 200);
    device.store(vec![create, one.clone()]);
    let backup = world.folder().join("backup");
    world.server.command(&["backup", "--to", backup.to_str().unwrap()]).unwrap();
    let two = envelope(id, device.id, 2, Some(&one), 200);
    device.store(vec![two.clone()]);
    device.pull();
    let read_to = device.cursor;

    let from = ["restore", "--from", backup.to_str().unwrap()];
    let refused = world.server.command(&from).unwrap_err().to_string();
    assert!(refused.contains("in use by a running server"), "{refused}");
    world.server.stop();
    let itself = world.server.data();
    let refused =
        world.server.command(&["restore", "--from", itself.to_str().unwrap()]).unwrap_err();
    assert!(refused.to_string().contains("from itself"), "{refused}");
    world.server.command(&from).unwrap();
    world.server.start_again();

    let old_epoch = device.epoch;
    let mut tablet = world.another_bare_device(&device);
    let response = device.exchange(&device.request(vec![two.clone()]));
    assert_ne!(response.epoch, old_epoch);
    assert!(matches!(response.verdicts[0].outcome, enhance_protocol::Outcome::Stored { .. }));
    assert!(tablet.pull().len() >= 4);
    // A number given again since the restore counts as unread for a cursor of the old epoch.
    let stale = ExchangeRequest {
        epoch: Some(old_epoch.tag().into()),
        cursor: Cursor { sequence: read_to.sequence, within: 0 },
        ..device.request(Vec::new())
    };
    let answer = device.exchange(&stale);
    assert!(answer.items.is_empty() && answer.more, "first comes what the device may bring back");
    assert_eq!(hashes(&device.pull()), [two.hash]);
}

#[test]
fn a_server_without_epochs_is_refused_at_the_start_and_a_restore_mends_it() {
    let mut world = World::new();
    let mut device = world.bare_device(Role::Trainee, "Asha");
    device.store(vec![reflection(50).1]);
    device.pull();
    let backup = world.server.backup();
    world.server.stop();
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    db.execute("DELETE FROM epoch", []).unwrap();
    drop(db);
    let started = ServerState::open(&world.server.data(), Config::default(), Box::new(Machine));
    let said = started.err().unwrap();
    assert!(matches!(said, StorageError::NoEpoch), "{said}");
    assert!(said.to_string().contains("enhance-server restore"), "{said}");
    world.server.restore(&backup);
    let answer = device.exchange(&device.request(Vec::new()));
    assert!(answer.begins_anew && answer.more);
    assert!(!device.exchange(&device.request(Vec::new())).begins_anew, "once is enough");
}

#[test]
fn a_backup_never_overwrites_anything() {
    let world = World::new();
    let to = world.folder().join("backup");
    fs::create_dir(&to).unwrap();
    fs::write(to.join("notes.txt"), "mine").unwrap();
    let error = world.server.command(&["backup", "--to", to.to_str().unwrap()]).unwrap_err();
    assert!(error.to_string().contains("is not empty"), "{error}");
}

#[test]
fn grants_and_audit_are_shown_and_an_altered_row_is_named() {
    let world = World::new();
    let owner = world.bare_device(Role::Trainee, "Asha");
    let reader = world.bare_device(Role::Supervisor, "Dr Birch");
    let project = owner.project("Fewer falls");
    owner.store(project.offers());
    owner.lets_in(&reader, project.id, Right::Edit, 1);

    let document = project.id.to_string();
    let shown = world.server.command(&["grants", "--document", &document]).unwrap();
    assert_eq!(shown.lines().count(), 2, "{shown}");
    let json =
        world.server.command(&["grants", "--person", &reader.person.id.to_string(), "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.unwrap()).unwrap();
    assert_eq!(json[0]["right"], "edit");

    let trail = world.server.command(&["audit", "--json"]).unwrap();
    let trail: serde_json::Value = serde_json::from_str(&trail).unwrap();
    let actions: Vec<_> =
        trail.as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["invite", "enrol", "invite", "enrol", "grant", "join", "read"]);
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    db.execute("UPDATE audit SET detail = 'read' WHERE number = 5", []).unwrap();
    let error = world.server.command(&["audit", "verify"]).unwrap_err().to_string();
    assert!(error.contains("row 5"), "{error}");
}

#[test]
fn health_readiness_and_metrics_answer() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    assert_eq!(device.get("/health", None).status, 200);
    assert_eq!(world.server.watch("/ready").status, 200);
    device.store(device.project("Fewer falls").offers());
    device.offer(vec![envelope(reflection(9).0, device.id, 1, None, 200)]);
    device.get("/v1/packs/none", None);
    let metrics = world.server.watch("/metrics");
    let metrics = metrics.text();
    for line in [
        "enhance_exchanges_total 2",
        "enhance_verdicts_total{outcome=\"stored\",code=\"\"} 2",
        "enhance_verdicts_total{outcome=\"rejected\",code=\"unknown_document\"} 1",
        "enhance_refusals_total{code=\"not_found\"} 1",
        "enhance_exchange_microseconds_bucket{le=\"+Inf\"} 2",
    ] {
        assert!(metrics.lines().any(|each| each == line), "{line} not in\n{metrics}");
    }
}

#[test]
fn commands_on_a_folder_without_a_server_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let invite = ["invite", "--role", "fellow", "--name", "Chidi"];
    let leaver = ["leaver", "Chidi"];
    let others =
        [&["people"][..], &["invitations"], &["status"], &["rename", "Chidi", "Chi"], &leaver];
    let these = [&["grants"][..], &["audit"], &["check"], &["devices"], &invite];
    for words in these.into_iter().chain(others) {
        let error = command(folder.path(), words).unwrap_err();
        assert!(error.to_string().contains("no server has kept data here"), "{error}");
    }
    let error = StorageError::Newer { found: 9, known: 1 }.to_string();
    assert!(error.contains("newer server"));
}

#[test]
fn e2_what_is_no_name_is_refused_with_words() {
    let world = World::new();
    for (name, why) in [
        ("Dr\nLee", "U+000A"),
        ("\u{1b}[31mLee", "U+001B"),
        ("Lee\u{202e}", "U+202E"),
        ("He\u{200b}len", "U+200B"),
        (&"a".repeat(500), "it has 500 characters; write at most 100"),
        ("  ", "no letter"),
    ] {
        let refused = world.server.command(&["invite", "--role", "fellow", "--name", name]);
        let error = refused.unwrap_err().to_string();
        assert!(error.contains("that is no name of a person") && error.contains(why), "{error}");
        let place = ["invite", "--role", "fellow", "--name", "Chidi", "--organisation", name];
        assert!(world.server.command(&place).is_err() || name.trim().is_empty(), "{name:?}");
    }
    let whole = ["invite", "--role", "fellow", "--name", "Zoë O’Brien-Müller"];
    world.server.command(&whole).unwrap();
}

#[cfg(unix)]
#[test]
fn e2_a_name_that_reads_as_one_that_is_taken_is_pointed_out() {
    let world = World::new();
    world.bare_device(Role::Trainee, "Zoe\u{308} Müller");
    let invite = |name: &str| {
        world.server.command(&["invite", "--role", "trainee", "--name", name]).unwrap()
    };
    assert!(!invite("Asha").contains("Look whether"));
    for (name, why) in [
        ("\u{ff21}sha", "has an invitation already"),
        ("ASHA", "has an invitation already"),
        ("zoë müller", "is here already"),
    ] {
        let said = invite(name);
        assert!(said.contains(&format!("Look whether this is meant: somebody of this name {why}")));
    }
    assert!(!invite("Ashar").contains("Look whether"));
    let table = world.folder().join("cohort.csv");
    fs::write(&table, "name,roles\nBen,trainee\n\u{ff22}en,fellow\n").unwrap();
    let json = world.server.command(&["invite", "--csv", table.to_str().unwrap(), "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.unwrap()).unwrap();
    assert!(json[0]["note"].is_null());
    assert_eq!(json[1]["note"], "line 2 has this name as well");
    for formula in ["=cmd|x", "+1", "@x"] {
        let refused = world.server.command(&["invite", "--role", "fellow", "--name", formula]);
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("as a formula of a spreadsheet does"), "{refused}");
    }
}

#[test]
fn the_process_says_when_it_is_ready_and_ends_well_when_told_to_stop() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(programs::server())
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("enhance-server ready at http://127.0.0.1:"), "{line}");
        command(folder.path(), &["invite", "--role", "fellow", "--name", "Chidi"]).unwrap();
        let killed = Command::new("kill").args([signal, &process.id().to_string()]).status();
        assert!(killed.unwrap().success());
        assert_eq!(process.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn what_is_no_good_backup_takes_the_place_of_nothing() {
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    device.store(vec![reflection(50).1]);
    let good = world.server.backup();
    let data = world.server.data();
    // A running server's folder: the newest of it is in its log.
    let running = restored(&world.folder().join("other"), &data);
    assert!(running.contains("and no backup"), "{running}");
    let damaged = world.folder().join("damaged");
    let copy = |name: &str| {
        fs::create_dir_all(damaged.join("files")).unwrap();
        fs::copy(good.join(name), damaged.join(name)).unwrap();
    };
    copy("server.db");
    let lacking = restored(&world.folder().join("other"), &damaged);
    assert!(lacking.contains("publisher.key"), "{lacking}");
    copy("publisher.key");
    let mut bytes = fs::read(damaged.join("server.db")).unwrap();
    bytes[4_096..8_192].fill(0xff);
    fs::write(damaged.join("server.db"), bytes).unwrap();
    world.server.stop();
    let before = fs::read(world.server.database()).unwrap();
    restored(&data, &damaged);
    assert_eq!(fs::read(world.server.database()).unwrap(), before, "it stays as it is");
    assert!(!data.join("restoring").exists());
    world.server.restore(&good);
    device.try_exchange(&device.request(Vec::new())).unwrap();
}

/// Why a folder was not restored from another.
fn restored(data: &Path, from: &Path) -> String {
    command(data, &["restore", "--from", from.to_str().unwrap()]).unwrap_err().to_string()
}

#[test]
fn a_folder_that_is_none_or_in_the_servers_own_is_said_to_be_that() {
    let world = World::new();
    let (file, data) = (world.folder().join("file"), world.server.data());
    fs::write(&file, "mine").unwrap();
    let backup = |to: &Path| {
        let said = world.server.command(&["backup", "--to", to.to_str().unwrap()]);
        said.unwrap_err().to_string()
    };
    for inside in [data.join("backup"), data.join("files/../a/b"), data.clone()] {
        let said = backup(&inside);
        assert!(said.contains("in the folder of the server"), "{said}");
        assert!(!data.join("backup").exists() && !data.join("a").exists());
    }
    assert!(backup(&file).contains("a file and no folder"));
    assert!(restored(&file, &world.folder().join("nosuch")).contains("no server has kept data"));
    let good = world.folder().join("good");
    world.server.command(&["backup", "--to", good.to_str().unwrap()]).unwrap();
    assert!(restored(&file, &good).contains("a file and no folder"));
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}
