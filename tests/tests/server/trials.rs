//! A document in which a fault is found is frozen after its last good change, and nothing else is.

use std::{thread, time::Duration};

use enhance_model::{RefusalCode, Right, Role};
use enhance_protocol::{EntryKind, Outcome};
use rusqlite::params;

use enhance_tests::{
    bare::offers::{hashes, kinds},
    world::World,
};

/// Waits until the server has counted this.
fn wait_for(world: &World, line: &str) {
    for _ in 0..600 {
        if world.server.watch("/metrics").text().contains(line) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("the server never counted {line}");
}

#[test]
fn a_document_that_fails_its_trial_is_frozen_and_harms_no_other() {
    let world = World::builder().settings("trial_every = 6\nwatch = '127.0.0.1:0'\n").begin();
    let device = world.bare_device(Role::Trainee, "Asha");
    let (mut project, mut other) = (device.project("Fewer falls"), device.project("Fewer errors"));
    device.store(project.offers());
    device.store(other.offers());
    let edits: Vec<_> = (0..5).map(|n| project.write(&format!("Night {n}."))).collect();
    let (last, before) = edits.split_last().unwrap();
    device.store(before.to_vec());

    // Something got past the gate: one of the changes is no change.
    let spoilt = edits[2].hash;
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let sql = "UPDATE entry SET body = x'00' WHERE hash = ?1";
    assert_eq!(db.execute(sql, params![spoilt.as_bytes()]).unwrap(), 1);
    device.store(vec![last.clone()]);
    wait_for(&world, "\nenhance_documents_frozen_total 1\n");

    for outcome in device.offer(vec![project.write("And on.")]) {
        let Outcome::Rejected { code, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(code, RefusalCode::DocumentFrozen);
    }
    // What is good is read on, also by who comes late; the rest by nobody.
    let mut late = world.bare_device(Role::Supervisor, "Dr Birch");
    device.lets_in(&late, project.id, Right::Read, 1);
    let pulled = late.pull();
    let changes = kinds(&pulled).into_iter().filter(|kind| *kind == EntryKind::Change).count();
    assert_eq!(changes, 3, "the creation and two edits are good");
    assert!(!hashes(&pulled).contains(&spoilt));
    let trail = world.server.command(&["audit"]).unwrap();
    assert!(trail.contains("freeze") && trail.contains("after 3 of 6 changes"), "{trail}");

    // Every other document goes on, through a trial of its own.
    device.store((0..6).map(|n| other.write(&format!("Dose {n}."))).collect());
    wait_for(&world, "\nenhance_trials_total 2\n");
    device.store(vec![other.write("And on.")]);
    assert!(world.server.watch("/metrics").text().contains("\nenhance_documents_frozen_total 1\n"));
}

#[test]
fn a_document_that_nobody_wrote_to_lately_is_judged_without_its_changes() {
    let mut world = World::new();
    let device = world.bare_device(Role::Trainee, "Asha");
    let mut project = device.project("Fewer falls");
    device.store(project.offers());
    device.store((0..20).map(|n| project.write(&format!("Night {n}."))).collect());
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let row = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(row("SELECT sum(changes) FROM journal"), 21);
    assert_eq!(row("SELECT count(*) FROM journal"), 2);

    // The bodies cannot be read any more, and need not be; one that the journal lacks is.
    db.execute("UPDATE entry SET body = x'00' WHERE kind = 'change'", []).unwrap();
    world.server.stop();
    world.server.start_again();
    device.store(vec![project.write("In the morning.")]);
    assert_eq!(row("SELECT sum(changes) FROM journal"), 22);
    db.execute("DELETE FROM journal WHERE first = 21", []).unwrap();
    world.server.stop();
    world.server.start_again();
    device.store(vec![project.write("At noon.")]);
    assert_eq!(row("SELECT sum(changes) FROM journal"), 23);
}
