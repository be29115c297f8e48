//! What the operator of a server relies on: cases D4, G14 and G15 of `tests/CASES.md`.

use std::{fs, path::Path};

use enhance_model::{RefusalCode, Role};
use enhance_protocol::Outcome;
use enhance_server::{
    Config, Machine, ServerState,
    storage::{StorageError, Write, schema},
};
use tokio::runtime::Runtime;

use enhance_tests::{
    bare::offers::{envelope, reflection},
    server::command,
    wait,
    world::World,
};

#[test]
fn d4_readiness_asks_the_writing_thread() {
    let world = World::new();
    assert_eq!(world.server.watch("/ready").status, 200);
    world.server.state().storage.close();
    assert_eq!(world.server.watch("/health").status, 200);
    assert_eq!(world.server.watch("/ready").status, 503);
}

/// A page finds its place in the log of a full disk, and what a request brings does not.
#[test]
fn d4_a_server_whose_disk_is_full_is_not_ready_until_something_can_be_stored() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let state = world.server.state();
    let pages = |most: u32| {
        let room = move |write: &mut Write<'_>| {
            Ok::<_, StorageError>(write.db.pragma_update(None, "max_page_count", most)?)
        };
        Runtime::new().unwrap().block_on(state.storage.write(room)).unwrap();
    };
    pages(1);
    let refused = (0..200).find_map(|_| {
        let project = device.project(&"Fewer falls. ".repeat(30));
        device.try_exchange(&device.request(project.offers())).err()
    });
    assert_eq!(refused.unwrap().code, RefusalCode::ServerFull);
    for _ in 0..2 {
        let ready = world.server.watch("/ready");
        assert_eq!(ready.status, 503);
        assert!(ready.text().contains("room"), "{}", ready.text());
    }
    pages(1_000_000);
    assert_eq!(world.server.watch("/ready").status, 200);
    device.store(device.project("Fewer falls").offers());
    assert_eq!(world.server.watch("/ready").status, 200);
    world.server.command(&["check"]).unwrap();
}

#[test]
fn g14_a_server_whose_database_was_moved_stores_nothing_until_it_is_back() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    device.store(vec![reflection(50).1]);
    let (database, moved) = (world.server.database(), world.server.data().join("moved.db"));
    let offered = || device.try_exchange(&device.request(vec![reflection(51).1]));
    fs::rename(&database, &moved).unwrap();
    for _ in 0..2 {
        assert_eq!(offered().unwrap_err().code, RefusalCode::Unavailable);
    }
    let ready = world.server.watch("/ready");
    assert_eq!(ready.status, 503);
    assert!(ready.text().contains("was moved, removed, emptied, cut off"), "{}", ready.text());
    assert!(ready.text().contains("put the file back"), "{}", ready.text());
    let folder = world.server.data();
    assert!(!ready.text().contains(folder.to_str().unwrap()), "{}", ready.text());
    fs::rename(&moved, &database).unwrap();
    assert!(matches!(offered().unwrap().verdicts[0].outcome, Outcome::Stored { .. }));
    assert_eq!(world.server.watch("/ready").status, 200);
}

#[test]
fn g14_a_server_whose_database_was_written_over_or_cut_off_answers_nothing_until_it_is_started() {
    let mut other = World::new();
    other.bare_device(Role::Trainee, "Somebody else");
    let foreign = fs::read(other.server.copy_database()).unwrap();
    for harm in [None, Some(vec![7; 1 << 20]), Some(foreign)] {
        let mut world = World::new();
        let device = world.bare_device(Role::Trainee, "Asha");
        device.store(vec![reflection(50).1]);
        let (database, log) = (world.server.database(), world.server.data().join("server.db-wal"));
        let before = fs::read(&database).unwrap();
        match &harm {
            // In its place, as a copy over it is.
            Some(bytes) => fs::write(&database, bytes).unwrap(),
            None => fs::File::options().write(true).open(&database).unwrap().set_len(8192).unwrap(),
        }
        let pulled = device.try_exchange(&device.request(Vec::new()));
        assert_eq!(pulled.unwrap_err().code, RefusalCode::Unavailable);
        let offered = device.try_exchange(&device.request(vec![reflection(51).1]));
        assert_eq!(offered.unwrap_err().code, RefusalCode::Unavailable);
        let ready = world.server.watch("/ready");
        assert_eq!(ready.status, 503);
        assert!(ready.text().contains("cut off, written over"), "{}", ready.text());
        world.server.stop();
        if let Some(bytes) = &harm {
            assert_eq!(&fs::read(&database).unwrap(), bytes, "nothing was written into it");
        }
        assert!(fs::metadata(&log).unwrap().len() > 0, "what was stored last is in the log");
        fs::write(&database, before).unwrap();
        world.server.start_again();
        assert_eq!(device.offer(vec![reflection(50).1]), [Outcome::Duplicate]);
        device.store(vec![reflection(51).1]);
    }
}

#[test]
fn g14_an_old_log_is_not_written_into_a_good_database_that_was_put_in_its_place() {
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    device.store(vec![reflection(50).1]);
    let backup = world.server.backup();
    device.store(vec![reflection(51).1]);
    let (database, data) = (world.server.database(), world.server.data());
    fs::rename(&database, world.folder().join("moved.db")).unwrap();
    world.server.stop();
    let log = data.join("server.db-wal");
    assert!(fs::metadata(&log).unwrap().len() > 0, "it is left");
    for in_place in [false, true] {
        if in_place {
            fs::write(&database, fs::read(backup.join("server.db")).unwrap()).unwrap();
        } else {
            fs::copy(backup.join("server.db"), &database).unwrap();
        }
        let good = fs::read(&database).unwrap();
        let started = ServerState::open(&data, Config::default(), Box::new(Machine));
        assert!(matches!(started, Err(StorageError::ForeignLog { .. })));
        let said = world.server.command(&["check"]).unwrap_err().to_string();
        assert!(said.contains("server.db-wal was written beside another database"), "{said}");
        assert_eq!(fs::read(&database).unwrap(), good);
    }
    fs::rename(&log, world.folder().join("moved.db-wal")).unwrap();
    assert!(world.server.command(&["check"]).unwrap().contains("Everything is whole"));
    world.server.start_again();
    assert_eq!(device.offer(vec![reflection(50).1]), [Outcome::Duplicate]);
}

#[test]
fn d4_what_monitoring_asks_is_not_answered_at_the_door() {
    let world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    for path in ["/ready", "/metrics"] {
        assert_eq!(device.get(path, None).status, 404, "{path}");
        assert_eq!(world.server.watch(path).status, 200, "{path}");
    }
    assert_eq!(world.server.watch("/v1/packs/enhance").status, 404);
}

#[test]
fn check_warns_by_the_configuration_that_serve_is_given_and_refuses_a_wrong_one() {
    let world = World::new();
    let config = world.folder().join("server.toml");
    let check = || world.server.command(&["check", "--config", config.to_str().unwrap()]);
    fs::write(&config, "[space]\nlow_bytes = 2097152\nurgent_bytes = 1048576\n").unwrap();
    assert!(!check().unwrap().contains("Warning"));
    // More than any disk has.
    fs::write(&config, "[space]\nlow_bytes = 1125899906842624\n").unwrap();
    assert!(check().unwrap().contains("Warning"));
    fs::write(&config, "[space]\nlow_byte = 1\n").unwrap();
    assert!(check().unwrap_err().to_string().contains("low_byte"));
    assert!(world.server.command(&["check"]).unwrap().contains("whole"));
}

#[test]
fn a_backup_is_missed_from_when_the_server_was_made() {
    let world = World::new();
    world.bare_device(Role::Trainee, "Asha");
    let is_missed = || world.server.command(&["status"]).unwrap().contains("no backup");
    assert!(!is_missed(), "it is new");
    world.clock.jump_days(8);
    assert!(is_missed());
    let to = world.folder().join("backup");
    world.server.command(&["backup", "--to", to.to_str().unwrap()]).unwrap();
    assert!(!is_missed());
    world.clock.jump_days(8);
    assert!(is_missed());
}

#[test]
fn who_revokes_a_device_hears_whose_it_was_and_what_they_have_left() {
    let world = World::new();
    let first = world.bare_device(Role::Trainee, "Asha Rao");
    let second = world.another_bare_device(&first);
    let revoke = |id: String| world.server.command(&["revoke", &id]);
    let said = revoke(first.id.to_string()).unwrap();
    assert!(said.contains(" of Asha Rao since ") && said.contains("Asha Rao has 1 device left"));
    assert!(said.contains(&format!("devices --sign-out {}", first.id)), "{said}");
    let again = revoke(first.id.to_string()).unwrap_err().to_string();
    assert!(again.contains("does not count already; nothing was changed"), "{again}");
    world.server.command(&["devices", "--sign-out", &second.id.to_string()]).unwrap();
    let said = revoke(second.id.to_string()).unwrap();
    assert!(said.contains("Asha Rao has no other device: invite them"), "{said}");
    assert!(!said.contains("signed in still"), "{said}");
    let person = revoke(first.person.id.to_string()).unwrap_err().to_string();
    assert!(person.contains("is Asha Rao and no device; `enhance-server devices`"), "{person}");
    let nobody = "0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c";
    let said = revoke(nobody.to_owned()).unwrap_err().to_string();
    assert!(said.contains(&format!("there is no device {nobody}; ")), "{said}");
}

#[cfg(unix)]
#[test]
fn the_folder_of_another_user_is_said_to_be_that() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};

    let world = World::new();
    let data = world.server.data();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o000)).unwrap();
    let mut status = std::process::Command::new(enhance_tests::programs::server());
    status.args(["status", "--data", data.to_str().unwrap()]);
    // To whom everything is open is somebody else for this.
    if fs::read_dir(&data).is_ok() {
        status.uid(65_534).gid(65_534);
        fs::set_permissions(world.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let ended = status.output().unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success());
    assert!(said.contains("belongs to the user number") && said.contains("as that user"), "{said}");
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for name in ["server.db", "publisher.key", "receipt.key"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

/// What happens to the bytes of a database.
type Damage = fn(&mut Vec<u8>);

#[test]
fn g14_a_damaged_database_neither_starts_nor_is_backed_up() {
    const PAGE: usize = 4_096;
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let (id, creation) = reflection(50);
    device.store(vec![creation, envelope(id, device.id, 1, None, 20_000)]);
    device.store(device.project("Fewer falls").offers());
    world.server.stop();
    let whole = fs::read(world.server.database()).unwrap();
    assert!(world.server.command(&["check"]).unwrap().contains("whole"));
    let damages: [(&str, Damage); 4] = [
        ("cut", |file| file.truncate(file.len() / 2)),
        ("no database", |file| file[..16].fill(b'x')),
        ("every page but the first", |file| file[PAGE..].fill(0xff)),
        ("one page", |file| file[PAGE..2 * PAGE].fill(0xff)),
    ];
    for (number, (what, damage)) in damages.into_iter().enumerate() {
        let folder = world.folder().join(format!("damaged-{number}"));
        copy(&world.server.data(), &folder);
        let mut bytes = whole.clone();
        damage(&mut bytes);
        fs::write(folder.join("server.db"), bytes).unwrap();
        let opened = ServerState::open(&folder, Config::default(), Box::new(Machine));
        assert!(opened.is_err(), "{what}");
        assert!(command(&folder, &["check"]).is_err(), "{what}");
        let to = world.folder().join(format!("backup-{number}"));
        assert!(command(&folder, &["backup", "--to", to.to_str().unwrap()]).is_err(), "{what}");
        assert!(!to.join("server.db").exists(), "{what}");
    }
    let said = StorageError::Damaged("page 7".into()).to_string();
    assert!(said.contains("Restore"), "{said}");
    world.server.start_again();
    device.store(vec![reflection(51).1]);
}

#[test]
fn g14_damage_of_any_page_is_found_before_the_start_or_in_the_background() {
    const PAGE: usize = 4_096;
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let (id, creation) = reflection(50);
    device.store(vec![creation, envelope(id, device.id, 1, None, 20_000)]);
    device.store(device.project("Fewer falls").offers());
    world.server.stop();
    let whole = fs::read(world.server.database()).unwrap();
    let (mut at_once, mut later) = (0, 0);
    for page in 0..whole.len() / PAGE {
        let folder = world.folder().join(format!("page-{page}"));
        copy(&world.server.data(), &folder);
        let mut bytes = whole.clone();
        bytes[page * PAGE..][..PAGE].fill(0xff);
        fs::write(folder.join("server.db"), bytes).unwrap();
        if ServerState::open(&folder, Config::default(), Box::new(Machine)).is_err() {
            at_once += 1;
            continue;
        }
        let db = schema::open_to_read(&folder.join("server.db")).unwrap();
        let found = schema::rest(&db)
            .and_then(|all| all.iter().try_for_each(|table| schema::check_table(&db, table)));
        assert_eq!(found.is_err(), command(&folder, &["check"]).is_err(), "page {page}");
        later += usize::from(found.is_err());
    }
    assert!(at_once > 20 && later > 5, "{at_once} at once, {later} later");
}

#[test]
fn g14_damage_that_is_found_after_the_start_makes_the_server_not_ready_and_is_named() {
    const PAGE: usize = 4_096;
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    device.store(device.project("Fewer falls").offers());
    wait::until("the check to end", || {
        (world.server.watch("/ready").text() == "ready\n").then_some(())
    });
    world.server.stop();
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'entry_document'";
    let page = db.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize;
    drop(db);
    let mut bytes = fs::read(world.server.database()).unwrap();
    bytes[(page - 1) * PAGE..][..PAGE].fill(0xff);
    fs::write(world.server.database(), bytes).unwrap();
    world.server.start_again();
    let told = wait::until("the damage to be found", || {
        let ready = world.server.watch("/ready");
        (ready.status == 503).then(|| ready.text().to_owned())
    });
    assert!(told.contains("damaged") || told.contains("malformed"), "{told}");
}

#[test]
fn g15_a_device_is_listed_and_signed_out_while_the_server_runs() {
    let world = World::new();
    let phone = world.bare_device(Role::Trainee, "Asha");
    let tablet = world.another_bare_device(&phone);
    let listed = world.server.command(&["devices"]).unwrap();
    assert_eq!(listed.lines().count(), 3, "{listed}");
    assert!(listed.contains("Asha") && listed.contains(&phone.id.to_string()), "{listed}");
    let id = phone.id.to_string();
    world.server.command(&["devices", "--sign-out", &id]).unwrap();
    let refused = phone.try_exchange(&phone.request(Vec::new())).unwrap_err();
    assert_eq!(refused.code, RefusalCode::SignInNeeded);
    tablet.store(vec![reflection(50).1]);
    let listed = world.server.command(&["devices", "--person", &phone.person.id.to_string()]);
    assert_eq!(listed.unwrap().matches("signed out").count(), 1);
    let again = world.server.command(&["devices", "--sign-out", &id]).unwrap_err().to_string();
    assert!(again.contains("already"), "{again}");
    let trail = world.server.command(&["audit"]).unwrap();
    assert_eq!(trail.matches("sign_out").count(), 1, "{trail}");
    let next = world.another_bare_device(&tablet);
    next.store(vec![reflection(51).1]);
}
