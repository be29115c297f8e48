//! What somebody reads who starts a server in a wrong way: what, where, why, and what to do; and
//! nothing was made by then.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use enhance_tests::{programs, world::World};

/// What the program says, which has to end soon and without success.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let mut program = Command::new(programs::server());
    program.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut running = program.spawn().unwrap();
    let begun = Instant::now();
    while running.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            running.kill().unwrap();
            panic!("{arguments:?} goes on and on");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let ended = running.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success(), "{arguments:?}: {said}");
    for machine in ["os error", "invalid socket", "invalid digit", "expected u32", "\u{1b}"] {
        assert!(!said.contains(machine), "{said}");
    }
    said
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_server_on_a_port_that_is_taken_leaves_nothing_behind() {
    let place = tempfile::tempdir().unwrap();
    let (data, config) = (place.path().join("data"), place.path().join("server.toml"));
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let said = refused(&["serve", "--data", text(&data), "--listen", &taken]);
    assert!(said.contains(&format!("--listen {taken}: another program listens there")), "{said}");
    assert!(said.contains("name another port"), "{said}");
    assert!(!data.exists(), "nothing was made");
    fs::write(&config, format!("watch = '{taken}'\n")).unwrap();
    let free = ["serve", "--data", text(&data), "--listen", "127.0.0.1:0", "--config"];
    let said = refused(&[&free[..], &[text(&config)]].concat());
    assert!(said.contains(&format!("watch {taken}: another program listens there")), "{said}");
    assert!(!data.exists(), "nothing was made");
}

#[test]
fn a_configuration_that_locks_everybody_out_is_refused_by_all_that_read_it() {
    let world = World::new();
    let config = world.folder().join("server.toml");
    let new = world.folder().join("new");
    for (settings, key) in [
        ("[limits]\nrequest_bytes = 1\n", "limits.request_bytes is 1, and has to be"),
        ("[door]\nlisteners = 0\n", "door.listeners is 0, and has to be"),
        ("[space]\nurgent_bytes = 5000000000\n", "space.low_bytes is 4294967296"),
        ("web = '/nosuch'\n", "web is \"/nosuch\", and has to be a folder"),
        ("web = '/etc'\n", "web is \"/etc\", and has to be a folder that is there, with the"),
    ] {
        fs::write(&config, settings).unwrap();
        let serve = ["serve", "--data", text(&new), "--listen", "127.0.0.1:0"];
        let data = world.server.data();
        for command in
            [&serve[..], &["check", "--data", text(&data)], &["status", "--data", text(&data)]]
        {
            let said = refused(&[command, &["--config", text(&config)]].concat());
            assert!(said.contains(key), "{said}");
        }
        assert!(!new.exists(), "nothing was made");
    }
}

#[test]
fn what_somebody_pasted_is_shown_and_does_nothing_to_the_screen() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let invite = |role| ["invite", "--data", text(&data), "--name", "Asha Rao", "--role", role];
    let said = refused(&invite("\u{1b}[31mtrainee\u{7}"));
    assert!(said.contains("\\u{1b}[31mtrainee\\u{7}"), "{said}");
    let said = refused(&["people", "--data", "/no\u{1b}]0;such\u{9b}31m\r\nfolder"]);
    assert!(said.contains("/no\\u{1b}]0;such\\u{9b}31m\\r\\nfolder"), "{said}");
    let said = refused(&["serve", "--data", text(&data), "--listen", "localhost:8080"]);
    assert!(said.contains("as 127.0.0.1:8080 or [::1]:8080"), "{said}");
    let config = place.path().join("server.toml");
    fs::write(&config, "[door]\n\"\\u001b[2J\" = 1\n").unwrap();
    let said = refused(&["serve", "--data", text(&data), "--config", text(&config)]);
    assert!(said.contains("there is no setting door.\\u{1b}[2J; in [door] there"), "{said}");
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_not_read() {
    let mut world = World::new();
    let data = world.server.data();
    let pipe = world.folder().join("pipe");
    let make = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    make(&pipe);
    for (path, why) in [
        (Path::new("/dev/zero"), "a pipe or a device"),
        (&pipe, "a pipe or a device"),
        (world.folder(), "a folder and no file"),
    ] {
        for command in [
            ["invite", "--data", text(&data), "--csv", text(path)],
            ["status", "--data", text(&data), "--config", text(path)],
        ] {
            let said = refused(&command);
            assert!(said.contains(text(path)) && said.contains(why), "{said}");
        }
    }
    let long = world.folder().join("long.csv");
    fs::File::create(&long).unwrap().set_len(1 << 40).unwrap();
    let said = refused(&["invite", "--data", text(&data), "--csv", text(&long)]);
    assert!(said.contains("it has more than 4.1 MB"), "{said}");
    world.server.stop();
    let backup = world.folder().join("backup");
    for name in ["publisher.key", "receipt.key"] {
        let (key, aside) = (data.join(name), data.join("aside"));
        fs::rename(&key, &aside).unwrap();
        make(&key);
        for command in [
            ["serve", "--data", text(&data), "--listen", "127.0.0.1:0"],
            ["backup", "--data", text(&data), "--to", text(&backup)],
        ] {
            let said = refused(&command);
            assert!(said.contains(name) && said.contains("a pipe or a device"), "{said}");
        }
        fs::remove_file(&key).unwrap();
        fs::rename(&aside, &key).unwrap();
    }
}

#[test]
fn a_log_that_was_left_without_its_database_is_kept_until_that_is_back() {
    let mut world = World::new();
    let asha = world.bare_device(enhance_model::Role::Trainee, "Asha");
    let data = world.server.data();
    let (database, aside) = (world.server.database(), world.folder().join("aside.db"));
    world.server.stop();
    fs::rename(&database, &aside).unwrap();
    let log = data.join("server.db-wal");
    fs::write(&log, "what was written last").unwrap();
    let said = refused(&["serve", "--data", text(&data), "--listen", "127.0.0.1:0"]);
    assert!(said.contains("is empty or not there"), "{said}");
    assert_eq!(fs::read_to_string(&log).unwrap(), "what was written last");
    fs::remove_file(&log).unwrap();
    fs::rename(&aside, &database).unwrap();
    world.server.start_again();
    assert!(world.server.command(&["people"]).unwrap().contains("Asha"));
    drop(asha);
}

#[cfg(unix)]
#[test]
fn g15_what_was_opened_to_others_is_named_by_check_and_closed_by_the_next_start() {
    use std::os::unix::fs::PermissionsExt;
    let mut world = World::new();
    let data = world.server.data();
    let open = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let said = || world.server.command(&["check"]).unwrap();
    assert!(!said().contains("other users"), "{}", said());
    for (path, mode) in [(data.clone(), 0o755), (data.join("server.db"), 0o644)] {
        open(&path, mode);
        let warned = said();
        assert!(warned.contains(&format!("can get at {}:", path.display())), "{warned}");
        open(&path, if path.is_dir() { 0o700 } else { 0o600 });
    }
    open(&data, 0o755);
    world.server.stop();
    world.server.start_again();
    assert!(!world.server.command(&["check"]).unwrap().contains("other users"));
}

#[cfg(unix)]
#[test]
fn a_second_server_is_kept_out_of_a_folder_whose_lock_was_removed() {
    let world = World::new();
    fs::remove_file(world.server.data().join("lock")).unwrap();
    let data = world.server.data();
    let said = refused(&["serve", "--data", text(&data), "--listen", "127.0.0.1:0"]);
    assert!(said.contains("is in use by a running server"), "{said}");
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_can_read_a_file_of_the_server() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    world.server.publish(&enhance_tests::content::enhance());
    let mut folders = vec![world.server.data()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let found = entry.metadata().unwrap();
            assert_eq!(found.permissions().mode() & 0o077, 0, "{}", entry.path().display());
            files += usize::from(found.is_file());
            folders.extend(found.is_dir().then(|| entry.path()));
        }
    }
    assert!(files > 10, "{files}");
}
