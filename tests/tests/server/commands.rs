//! What whoever runs the server does: backup, restore, grants, audit, and watching over it.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use enhance_model::{Right, Role};
use enhance_protocol::{Cursor, ExchangeRequest};
use enhance_server::storage::StorageError;

use crate::world::{World, command, envelope, grant, hashes, reflection};

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_begins_a_new_epoch_and_devices_bring_what_it_lacks() {
    let mut world = World::new().await;
    let mut device = world.join("Asha", Role::Trainee).await;
    let (id, create) = reflection(50);
    let one = envelope(id, device.id, 1, None, 200);
    device.store(&world, vec![create, one.clone()]).await;
    let backup = world.folder.path().join("backup");
    world.command(&["backup", "--to", backup.to_str().unwrap()]).unwrap();
    let two = envelope(id, device.id, 2, Some(&one), 200);
    device.store(&world, vec![two.clone()]).await;
    device.pull(&world).await;
    let read_to = device.cursor;

    let from = ["restore", "--from", backup.to_str().unwrap()];
    let refused = world.command(&from).unwrap_err().to_string();
    assert!(refused.contains("in use by a running server"), "{refused}");
    world.stop().await;
    let itself = world.data();
    let refused = world.command(&["restore", "--from", itself.to_str().unwrap()]).unwrap_err();
    assert!(refused.to_string().contains("from itself"), "{refused}");
    world.command(&from).unwrap();
    world.start().await;

    let old_epoch = device.epoch;
    let mut tablet = world.second_device(&device).await;
    let response = device.exchange(&world, &device.request(vec![two.clone()])).await;
    assert_ne!(response.epoch, old_epoch);
    assert!(matches!(response.verdicts[0].outcome, enhance_protocol::Outcome::Stored { .. }));
    assert!(tablet.pull(&world).await.len() >= 4);
    // A number given again since the restore counts as unread for a cursor of the old epoch.
    let stale = ExchangeRequest {
        epoch: Some(old_epoch),
        cursor: Cursor { sequence: read_to.sequence, within: 0 },
        ..device.request(Vec::new())
    };
    let items = device.exchange(&world, &stale).await.items;
    assert_eq!(hashes(&items), [two.hash]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_never_overwrites_anything() {
    let world = World::new().await;
    let to = world.folder.path().join("backup");
    std::fs::create_dir(&to).unwrap();
    std::fs::write(to.join("notes.txt"), "mine").unwrap();
    let error = world.command(&["backup", "--to", to.to_str().unwrap()]).unwrap_err();
    assert!(error.to_string().contains("is not empty"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_and_audit_are_shown_and_an_altered_row_is_named() {
    let mut world = World::new().await;
    let owner = world.join("Asha", Role::Trainee).await;
    let reader = world.join("Dr Birch", Role::Supervisor).await;
    let plan = owner.plan("Fewer falls");
    let mut offers = plan.offers();
    offers.push(grant(plan.id, reader.person.id, Right::Edit, 1));
    owner.store(&world, offers).await;

    let document = plan.id.to_string();
    let shown = world.command(&["grants", "--document", &document]).unwrap();
    assert_eq!(shown.lines().count(), 2, "{shown}");
    let json = world.command(&["grants", "--person", &reader.person.id.to_string(), "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.unwrap()).unwrap();
    assert_eq!(json[0]["right"], "edit");

    let trail = world.command(&["audit", "--json"]).unwrap();
    let trail: serde_json::Value = serde_json::from_str(&trail).unwrap();
    let actions: Vec<_> =
        trail.as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["invite", "enrol", "invite", "enrol", "grant"]);
    let db = rusqlite::Connection::open(world.data().join("server.db")).unwrap();
    db.execute("UPDATE audit SET detail = 'read' WHERE number = 5", []).unwrap();
    let error = world.command(&["audit", "verify"]).unwrap_err().to_string();
    assert!(error.contains("row 5"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_readiness_and_metrics_answer() {
    let mut world = World::new().await;
    let device = world.join("Asha", Role::Trainee).await;
    assert_eq!(world.get("/health", &device, None).await.status(), 200);
    assert_eq!(world.get("/ready", &device, None).await.status(), 200);
    device.store(&world, device.plan("Fewer falls").offers()).await;
    device.offer(&world, vec![envelope(reflection(9).0, device.id, 1, None, 200)]).await;
    world.get("/v1/packs/none", &device, None).await;
    let metrics = world.get("/metrics", &device, None).await.text().await.unwrap();
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
    for name in ["grants", "audit"] {
        let error = command(folder.path(), &[name]).unwrap_err();
        assert!(error.to_string().contains("no server has kept data here"), "{error}");
    }
    let error = StorageError::Newer { found: 9, known: 1 }.to_string();
    assert!(error.contains("newer server"));
}

#[cfg(unix)]
#[test]
fn the_process_says_when_it_is_ready_and_ends_well_when_told_to_stop() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_enhance-server"))
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
