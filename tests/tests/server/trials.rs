//! A document in which a fault is found is frozen after its last good change, and nothing else is.

use std::{thread, time::Duration};

use enhance_model::{RefusalCode, Right, Role, change_project::Section};
use enhance_protocol::{EntryKind, Offer, Outcome};
use rusqlite::params;

use enhance_tests::{
    bare::{
        BareDevice, BareDocument,
        offers::{delete, hashes, kinds},
    },
    world::{World, quarantine_holds},
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
    let sql = "UPDATE entry SET body = zeroblob(length(body)) WHERE hash = ?1";
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

/// Tries a document until it is frozen, with its change of this number spoilt on the disk.
fn freeze(world: &World, device: &BareDevice, project: &mut BareDocument) -> Vec<Offer> {
    device.store(project.offers());
    let edits: Vec<Offer> = (0..5).map(|n| project.write(&format!("Night {n}."))).collect();
    let (last, before) = edits.split_last().unwrap();
    device.store(before.to_vec());
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let sql = "UPDATE entry SET body = zeroblob(length(body)) WHERE hash = ?1";
    db.execute(sql, params![edits[2].hash.as_bytes()]).unwrap();
    device.store(vec![last.clone()]);
    wait_for(world, "\nenhance_documents_frozen_total 1\n");
    edits
}

#[test]
fn g1_a_document_that_is_frozen_is_mended_by_the_operator_and_nothing_is_lost() {
    let mut world = World::builder().settings("trial_every = 6\nwatch = '127.0.0.1:0'\n").begin();
    let device = world.bare_device(Role::Trainee, "Asha");
    let mut reader = world.bare_device(Role::Supervisor, "Dr Birch");
    let mut project = device.project("Fewer falls");
    let edits = freeze(&world, &device, &mut project);
    device.lets_in(&reader, project.id, Right::Read, 1);
    reader.pull();

    let id = project.id.to_string();
    let in_use = world.server.command(&["mend", &id]).unwrap_err();
    assert!(in_use.to_string().contains("in use"), "{in_use}");
    let frozen = world.server.command(&["mend"]).unwrap();
    assert!(frozen.contains(&id) && frozen.contains("change_project"), "{frozen}");
    world.server.stop();
    let said = world.server.command(&["mend", &id]).unwrap();
    assert!(said.contains("goes on with 3 changes; 3 were set aside"), "{said}");
    assert!(world.server.command(&["mend", &id]).unwrap().contains("nothing to mend"));
    assert!(world.server.command(&["mend"]).unwrap().contains("No document is frozen"));
    assert!(world.server.command(&["audit"]).unwrap().contains("mend"));
    world.server.start_again();

    // What was set aside is offered again by whoever has it, and it is whole there.
    let outcomes = device.offer(edits.clone());
    let stored = outcomes.iter().filter(|it| matches!(it, Outcome::Stored { .. })).count();
    let known = outcomes.iter().filter(|it| **it == Outcome::Duplicate).count();
    assert_eq!((known, stored), (2, 3), "{outcomes:?}");
    device.store(vec![project.write("And on.")]);
    let read = hashes(&reader.pull());
    assert!(edits[2..].iter().all(|edit| read.contains(&edit.hash)));
    // It was kept for the operator as well.
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM set_aside"), 3);
    assert_eq!(count("SELECT changes FROM document"), 7);
    assert!(world.server.command(&["check"]).unwrap().contains("whole"));
    device.store(vec![delete(project.id)]);
    assert_eq!(count("SELECT count(*) FROM set_aside"), 0, "deleted words are nowhere");
}

/// Something got past the gate: the newest change is no change.
fn spoil_the_last_change(world: &World) {
    let db = rusqlite::Connection::open(world.server.database()).unwrap();
    let last = "(SELECT max(sequence) FROM entry WHERE kind = 'change')";
    db.execute(
        &format!("UPDATE entry SET body = zeroblob(length(body)) WHERE sequence = {last}"),
        [],
    )
    .unwrap();
}

#[tokio::test]
async fn g1_a_phone_whose_words_were_set_aside_keeps_them_and_goes_on() {
    let mut world = World::builder().settings("trial_every = 6\nwatch = '127.0.0.1:0'\n").begin();
    let (ana, ben) = (world.trainee().await, world.supervisor().await);
    let project = world.shared_project(&ana, &[&ben]).await;
    for word in ["one", "two"] {
        ana.write(
            project,
            Section::Problem,
            &format!("{} {word}", ana.section(project, Section::Problem)),
        );
        ana.sync().await;
    }
    spoil_the_last_change(&world);
    for word in ["three", "four", "five"] {
        ana.write(
            project,
            Section::Problem,
            &format!("{} {word}", ana.section(project, Section::Problem)),
        );
        ana.sync().await;
    }
    wait_for(&world, "\nenhance_documents_frozen_total 1\n");
    // Who meets it keeps what they write, is told, and goes on everywhere else.
    ana.write(
        project,
        Section::Problem,
        &format!("{} six", ana.section(project, Section::Problem)),
    );
    let other = ana.reflect("Something else");
    let report = ana.sync().await;
    assert_eq!((report.quarantined, report.waiting), (1, 0), "{report:?}");
    assert!(quarantine_holds(&ana, "six"));
    assert!(ana.reflection(other).is_ok());

    world.server.stop();
    world.server.command(&["mend", &project.to_string()]).unwrap();
    world.server.start_again();
    world.settle(&[&ana, &ben]).await;
    ana.write(project, Section::Plan, "On we go.");
    ben.write(project, Section::Handover, "So do I.");
    world.settle(&[&ana, &ben]).await;
    world.assert_converged(project, &[&ana, &ben]);
    let words = ["one", "two", "three", "four", "five"];
    world.assert_text((project, Section::Problem), &words, &[&ana, &ben]);
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
    db.execute("UPDATE entry SET body = zeroblob(length(body)) WHERE kind = 'change'", []).unwrap();
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
