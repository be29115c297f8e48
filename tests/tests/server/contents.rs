//! What is wrong with what a server keeps is named, by whichever command comes across it.

use std::path::{Path, PathBuf};

use enhance_model::{Right, Role};
use enhance_server::storage::schema;
use enhance_tests::{
    bare::offers::{envelope, reflection},
    server::command,
    wait,
    world::World,
};

use crate::operator::copy;

/// A server that keeps something of every kind, stopped.
fn keeping_everything() -> World {
    let mut world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let birch = world.bare_device(Role::Supervisor, "Dr Birch");
    let (private, creation) = reflection(50);
    asha.store(vec![creation, envelope(private, asha.id, 1, None, 2_000)]);
    let mut project = asha.project("Fewer falls");
    asha.store(project.offers());
    asha.lets_in(&birch, project.id, Right::Edit, 1);
    let comments = birch.comments(project.id);
    birch.store(comments.offers());
    let edits = (0..20).map(|number| project.write(&format!("Round {number}."))).collect();
    asha.store(edits);
    world.server.fold_everything();
    asha.store(vec![project.write("And one more.")]);
    world.server.invite(Role::Fellow, "Chidi");
    world.server.stop();
    world
}

#[test]
fn every_value_that_cannot_be_read_is_named_by_table_row_and_column() {
    let world = keeping_everything();
    let whole = world.server.command(&["check"]).unwrap();
    assert!(whole.contains("Everything is whole"), "{whole}");
    for (number, (sql, table, column)) in [
        ("UPDATE person_role SET role = 'wizard' WHERE place = 0", "person_role", "role"),
        ("UPDATE entry SET kind = 'poem' WHERE kind = 'grant'", "entry", "kind"),
        ("UPDATE document SET kind = 'poem' WHERE kind = 'comments'", "document", "kind"),
        ("UPDATE document SET about = x'07' WHERE about IS NOT NULL", "document", "about"),
        ("UPDATE grant_row SET right = 'fly' WHERE right = 'edit'", "grant_row", "right"),
        ("UPDATE invitation SET roles = '[{' WHERE person IS NULL", "invitation", "roles"),
        ("UPDATE device SET token_hash = x'0102'
          WHERE id = (SELECT min(id) FROM device)", "device", "token_hash"),
        ("UPDATE device SET next_token_hash = x'01'", "device", "next_token_hash"),
        ("UPDATE actor SET last = -1", "actor", "last"),
        ("UPDATE feed SET sequence = -sequence WHERE sequence = (SELECT min(sequence) FROM feed)",
         "feed", "sequence"),
        ("UPDATE entry SET body = zeroblob(length(body)) WHERE kind = 'change'", "entry", "body"),
        ("UPDATE entry SET body = CAST(body || x'00' AS BLOB) WHERE kind = 'envelope'",
         "entry", "body"),
        ("UPDATE entry SET hash = zeroblob(32) WHERE kind = 'create'
          AND document = (SELECT id FROM document WHERE kind = 'reflection')", "entry", "body"),
        ("UPDATE fold SET body = zeroblob(length(body))", "fold", "body"),
        ("UPDATE fold SET hashes = zeroblob(length(hashes))", "fold", "hashes"),
        ("UPDATE fold SET sent = x'00'", "fold", "sent"),
        ("UPDATE fold SET catalogue = x'00'", "fold", "catalogue"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = harmed(&world, number, sql);
        let to = world.folder().join(format!("backup-{number}"));
        let elsewhere = world.folder().join(format!("elsewhere-{number}"));
        let from = folder.to_str().unwrap();
        let said = [
            command(&folder, &["check"]),
            command(&folder, &["backup", "--to", to.to_str().unwrap()]),
            command(&elsewhere, &["restore", "--from", from]),
        ];
        for said in said {
            let said = said.expect_err(sql).to_string();
            assert!(said.contains(&format!("{table}, row ")), "{sql}: {said}");
            assert!(said.contains(&format!("column {column}")), "{sql}: {said}");
            assert!(said.contains("newest backup"), "what to do is said: {said}");
            assert!(!said.contains("wizard") && !said.contains("poem"), "no content: {said}");
        }
        assert!(!to.exists() && !elsewhere.join("server.db").exists(), "{sql}");
    }
}

/// A copy of the server's folder in which something was done to the database.
fn harmed(world: &World, number: usize, sql: &str) -> PathBuf {
    let folder = world.folder().join(format!("harmed-{number}"));
    copy(&world.server.data(), &folder);
    harm(&folder, sql);
    folder
}

fn harm(folder: &Path, sql: &str) {
    let db = rusqlite::Connection::open(folder.join("server.db")).unwrap();
    db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
}

#[test]
fn what_one_table_says_of_another_is_compared() {
    let world = keeping_everything();
    for (number, (sql, what)) in [
        ("DELETE FROM feed WHERE sequence = (SELECT max(sequence) FROM entry)", "feed: a row"),
        ("DELETE FROM fold_feed", "fold_feed: a row"),
        ("UPDATE sequence SET last = 3", "sequence, column last: 3"),
        ("DELETE FROM sequence", "sequence: the last number is not there"),
        ("DELETE FROM epoch", "epoch: there is none"),
        ("PRAGMA user_version = 0", "user_version is 0"),
        ("PRAGMA user_version = 9999", "has version 9999"),
        ("DROP TABLE part", "the table part is not there"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = harmed(&world, number, sql);
        let to = world.folder().join(format!("backup-{number}"));
        for words in [&["check"][..], &["backup", "--to", to.to_str().unwrap()]] {
            let said = command(&folder, words).expect_err(sql).to_string();
            assert!(said.contains(what), "{sql}: {said}");
        }
        assert!(!to.exists(), "{sql}");
    }
}

#[test]
fn readiness_tells_of_a_row_that_cannot_be_read() {
    let mut world = keeping_everything();
    for (harmful, mended, what) in [
        (
            "UPDATE person_role SET role = 'wizard'",
            "UPDATE person_role SET role = 'trainee'",
            "person_role, row ",
        ),
        ("UPDATE entry SET body = zeroblob(9) WHERE kind = 'change'", "", "entry, row "),
    ] {
        harm(&world.server.data(), harmful);
        world.server.start_again();
        let told = wait::until("the row to be found", || {
            let ready = world.server.watch("/ready");
            (ready.status == 503).then(|| ready.text().to_owned())
        });
        assert!(told.contains(what) && !told.contains("wizard"), "{told}");
        world.server.stop();
        harm(&world.server.data(), mended);
    }
}

#[test]
fn a_backup_of_an_older_version_is_looked_at_as_far_as_it_goes() {
    let world = keeping_everything();
    let folder = harmed(
        &world,
        0,
        "DROP INDEX blob_asked_again; ALTER TABLE blob DROP COLUMN asked_again_at;
         PRAGMA user_version = 15;",
    );
    assert!(command(&folder, &["check"]).unwrap().contains("Everything is whole"));
    harm(&folder, "UPDATE person_role SET role = 'wizard'");
    assert!(command(&folder, &["check"]).unwrap_err().to_string().contains("person_role"));
    let db = schema::open_to_read(&folder.join("server.db")).unwrap();
    assert_eq!(db.pragma_query_value(None, "user_version", |row| row.get(0)), Ok(15));
}
