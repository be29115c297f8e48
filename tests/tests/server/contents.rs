//! What is wrong with what a server keeps is named, by whichever command comes across it.

use std::path::{Path, PathBuf};

use enhance_model::{Right, Role};
use enhance_protocol::Outcome;
use enhance_server::{Config, Machine, ServerState, storage::schema};
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
        ("DELETE FROM sequence", "sequence: its one row is not there"),
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

/// What is counted wrong is counted anew, if nothing else is wrong, and not while a server runs.
#[test]
fn counts_that_follow_from_other_rows_are_counted_anew() {
    let world = keeping_everything();
    let running = World::new();
    let refused = running.server.command(&["check", "--mend"]).unwrap_err().to_string();
    assert!(refused.contains("in use by a running server"), "{refused}");
    for (number, (sql, column)) in [
        ("UPDATE person SET bytes = 5", "column bytes: 5 before"),
        ("UPDATE person SET bytes = -5", "column bytes: -5 before"),
        ("UPDATE document SET bytes = bytes - 1", "column bytes: "),
        ("UPDATE document SET changes = changes + 1", "column changes: "),
        ("UPDATE document SET changes = 0, bytes = 0; UPDATE person SET bytes = 1", "column bytes"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = harmed(&world, 100 + number, sql);
        let to = world.folder().join(format!("counted-{number}"));
        let backup = ["backup", "--to", to.to_str().unwrap()];
        for words in [&["check"][..], &backup] {
            let said = command(&folder, words).expect_err(sql).to_string();
            assert!(said.contains("--mend"), "{sql}: {said}");
        }
        let said = command(&folder, &["check", "--mend"]).unwrap();
        assert!(said.contains(column) && said.contains("Start the server again"), "{sql}: {said}");
        let said = command(&folder, &["check", "--mend"]).unwrap();
        assert!(said.contains("nothing was changed"), "{sql}: {said}");
        command(&folder, &backup).unwrap();
        assert!(command(&folder, &["audit"]).unwrap().contains("counted anew"), "{sql}");
    }
    let lost = "DELETE FROM entry WHERE kind = 'envelope'; UPDATE person SET bytes = 5";
    let folder = harmed(&world, 200, lost);
    command(&folder, &["check", "--mend"]).expect_err(lost);
    let said = command(&folder, &["check"]).expect_err(lost).to_string();
    assert!(said.contains("column bytes: 5, and"), "nothing was changed: {said}");
}

/// Each value that follows from other rows, what is done to it, and what is said of that.
const FOLLOWING: &[(&str, &str)] = &[
    ("DELETE FROM entry WHERE kind = 'change'", "column changes: "),
    ("DELETE FROM entry WHERE kind = 'envelope'", "column changes: 1, and 0 of them are here"),
    ("DELETE FROM entry WHERE kind = 'grant'", "column bytes: "),
    (
        "DELETE FROM entry WHERE kind = 'create' AND document = x'32323232323232323232323232323232'",
        "column creation: the entry with this hash is not here",
    ),
    (
        "UPDATE entry SET subject = person WHERE kind = 'grant' AND subject <> person",
        "column subject: not whom it is about",
    ),
    (
        "UPDATE entry SET device = zeroblob(16) WHERE kind = 'envelope'",
        "column device: not the one that sealed it",
    ),
    (
        "UPDATE document SET changes = 0 WHERE kind = 'change_project'",
        "column changes: 0, and 22 of them",
    ),
    ("UPDATE document SET changes = changes + 1", "column changes: "),
    ("UPDATE document SET folded = folded - 1 WHERE folded > 0", "column folded: "),
    ("UPDATE document SET tried = 5000", "column tried: "),
    ("UPDATE document SET bytes = bytes - 1", "column bytes: "),
    ("UPDATE document SET frozen_at = 1", "column frozen_at: "),
    (
        "UPDATE document SET deleted_at = 1 WHERE kind = 'reflection'",
        "column deleted_at: it was not deleted",
    ),
    (
        "UPDATE document SET owner = (SELECT person FROM grant_row WHERE right = 'edit')
      WHERE kind = 'change_project'",
        "column owner: not as its entries say",
    ),
    (
        "UPDATE document SET owner = (SELECT person FROM grant_row WHERE right = 'edit')
      WHERE kind = 'reflection'",
        "column owner: its owner has no row in grant_row",
    ),
    (
        "UPDATE document SET creator = (SELECT person FROM grant_row WHERE right = 'edit')
      WHERE kind = 'change_project'",
        "column creator: not what its creation says",
    ),
    (
        "UPDATE document SET about = x'32323232323232323232323232323232' WHERE about IS NOT NULL",
        "column about: not what its creation says",
    ),
    (
        "UPDATE document SET about = zeroblob(16) WHERE about IS NOT NULL",
        "column about: no document that is here",
    ),
    (
        "UPDATE document SET kind = 'personal_record' WHERE kind = 'reflection'",
        "column kind: not what its creation says",
    ),
    ("DELETE FROM document WHERE kind = 'reflection'", "entry, column document: a row of entry"),
    ("DELETE FROM head", "head, row "),
    ("DELETE FROM head WHERE hash IN (SELECT hash FROM entry WHERE kind = 'change')", "head, row "),
    (
        "UPDATE head SET hash = zeroblob(32)
      WHERE hash = (SELECT min(hash) FROM head)",
        "column hash: no entry of its document",
    ),
    ("UPDATE actor SET last = last + 1", "actor, row "),
    ("DELETE FROM actor", "actor, row "),
    ("UPDATE journal SET steps = zeroblob(length(steps))", "column steps: not what its changes"),
    ("UPDATE journal SET steps = x'00'", "column steps: not what its changes"),
    ("UPDATE journal SET changes = changes + 1", "column changes: not of changes"),
    ("UPDATE journal SET first = first - 1", "column changes: not of changes"),
    ("DELETE FROM fold", "column folded: "),
    ("UPDATE fold SET last = sequence", "fold, row "),
    ("UPDATE fold_feed SET last = 1", "column last: not the last number of a fold"),
    ("INSERT INTO feed SELECT id, 7777 FROM person", "column sequence: nothing has this number"),
    (
        "DELETE FROM grant_row WHERE right = 'edit'",
        "column person: it is not here, and this person was given a right",
    ),
    ("DELETE FROM grant_row WHERE right = 'own'", "its owner has no row in grant_row"),
    (
        "UPDATE grant_row SET right = 'comment' WHERE right = 'edit'",
        "column right: not what its entry gives",
    ),
    ("UPDATE grant_row SET entry = 1", "column entry: no entry of its document"),
    ("UPDATE grant_row SET since = 1", "column since: no entry of its document"),
    (
        "INSERT INTO grant_row (document, person, right, since, entry)
      SELECT x'32323232323232323232323232323232', grant_row.person, 'read', sequence, sequence
      FROM grant_row JOIN entry WHERE right = 'edit' AND kind = 'create'
           AND entry.document = x'32323232323232323232323232323232'",
        "column entry: not the entry that counts for this person",
    ),
    ("UPDATE grant_round SET rank = rank + 8", "column rank: "),
    ("DELETE FROM grant_round", "column rank: "),
    (
        "INSERT INTO claim SELECT document, sequence FROM entry WHERE kind = 'grant'",
        "column entry: not as that entry says",
    ),
    ("DELETE FROM part", "part, row "),
    ("UPDATE part SET changes = changes + 1000", "together more than its document has"),
    ("UPDATE person SET bytes = 0", "column bytes: 0, and "),
    ("UPDATE person SET bytes = 9223372036854775807", "person, row "),
    ("UPDATE person SET wrapped_account_key = x''", "column wrapped_account_key: 0 bytes"),
    (
        "DELETE FROM person WHERE id = (SELECT min(id) FROM person)",
        "column person: a row of person_role names what is not there, person ",
    ),
    (
        "DELETE FROM device WHERE id = (SELECT min(id) FROM device)",
        "column device: it was enrolled, and is not here",
    ),
    ("DELETE FROM device; DELETE FROM audit", "no device of this person is here"),
    ("DELETE FROM directory", "they are not told of themselves"),
    ("DELETE FROM audit", "every row of the audit trail is gone"),
    ("UPDATE sequence SET last = 9223372036854775807", "sequence, row 1, column last: "),
    ("DELETE FROM audit_start", "audit_start: its one row is not there"),
];

#[test]
fn g14_what_follows_from_other_rows_is_compared_with_them() {
    let world = keeping_everything();
    for (number, (sql, what)) in FOLLOWING.iter().enumerate() {
        let folder = harmed(&world, number, sql);
        let said = command(&folder, &["check"]).expect_err(sql).to_string();
        assert!(said.contains(what), "{sql}: {said}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn g14_rows_of_attachments_that_are_gone_are_missed_in_the_space_of_their_person() {
    let world = keeping_everything();
    let begun = "INSERT INTO blob (person, sha256, document, bytes, touched_at)
                     SELECT owner, zeroblob(32), id, 700, 1 FROM document WHERE kind = 'reflection';
                 UPDATE person SET bytes = bytes + 700 WHERE id = (SELECT person FROM blob);";
    let folder = harmed(&world, 0, begun);
    assert!(command(&folder, &["check"]).unwrap().contains("Everything is whole"));
    harm(&folder, "DELETE FROM blob");
    let said = command(&folder, &["check"]).unwrap_err().to_string();
    assert!(said.contains("person, row ") && said.contains("column bytes: "), "{said}");
}

#[test]
fn g14_a_start_names_the_row_without_which_nothing_can_be_stored() {
    let world = keeping_everything();
    for (number, (sql, what)) in [
        ("DELETE FROM sequence", "sequence: its one row is not there"),
        ("DELETE FROM audit_start", "audit_start: its one row is not there"),
        ("DELETE FROM readiness", "readiness: its one row is not there"),
        ("UPDATE sequence SET last = 9223372036854775807", "sequence, row 1, column last: "),
        (
            "DELETE FROM person WHERE id = (SELECT min(id) FROM person)",
            "column person: a row of person_role names what is not there, person ",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = harmed(&world, number, sql);
        let started = ServerState::open(&folder, Config::default(), Box::new(Machine));
        let said = started.err().expect(sql).to_string();
        assert!(said.contains(what) && said.contains("Restore the newest backup"), "{said}");
    }
}

#[test]
fn g14_what_is_wrong_with_one_persons_row_keeps_nobody_else_from_writing() {
    let mut world = World::new();
    let asha = world.bare_device(Role::Trainee, "Asha");
    let birch = world.bare_device(Role::Trainee, "Birch");
    world.server.stop();
    harm(
        &world.server.data(),
        "UPDATE person SET bytes = 9223372036854775807 WHERE name = 'Asha';
         UPDATE person SET wrapped_account_key = x'' WHERE name = 'Asha'",
    );
    world.server.start_again();
    let (_, creation) = reflection(50);
    assert!(matches!(asha.offer(vec![creation])[..], [Outcome::Rejected { .. }]));
    let (_, creation) = reflection(51);
    birch.store(vec![creation]);
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
