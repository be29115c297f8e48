//! An app meets a database of an older version, and one of a newer version.

use std::fs;

use enhance_client::{Error, ListPage, SearchPage};
use enhance_model::{Role, change_project::Section::Problem};
use enhance_tests::{
    device::{Device, in_its_turn},
    wait,
    world::World,
};
use rusqlite::Connection;

/// What the first version of the database did not have yet.
const BACK_TO_THE_FIRST: &str = "
    ALTER TABLE sync_state DROP COLUMN reached;
    DROP TABLE ticket;
    DROP INDEX search_entry_unindexed;
    ALTER TABLE search_entry DROP COLUMN indexed;
    DROP TABLE search_index;
    CREATE VIRTUAL TABLE search_index USING fts5 (title, body, content = 'search_entry',
        content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
    INSERT INTO search_index (search_index) VALUES ('rebuild');
    CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index (rowid, title, body) VALUES (new.id, new.title, new.body);
    END;
    CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
    END;
    DROP TRIGGER inbox_stale_by_offer;
    DROP TRIGGER inbox_stale_by_round;
    DROP TRIGGER inbox_stale_by_later_round;
    DROP TABLE held;
    DROP TABLE way;
    DROP TABLE schema_copy;
    DROP TABLE invitation;
    ALTER TABLE access DROP COLUMN standing;
    DROP TABLE attachment;
    DROP TRIGGER inbox_stale_by_first_row_of_signed;
    DROP TRIGGER inbox_stale_by_row_of_signed;
    DROP TRIGGER inbox_stale_by_end_of_signed;
    DROP TABLE inbox_watch;
    DROP TRIGGER inbox_stale_by_first_row;
    DROP TRIGGER inbox_stale_by_row;
    DROP TRIGGER inbox_stale_by_owner;
    DROP TRIGGER inbox_stale_by_receipt;
    DROP TRIGGER inbox_stale_by_new_receipt;
    DROP TABLE inbox;
    DROP TABLE inbox_seen;
    DROP TABLE inbox_stale;
    UPDATE person SET roles = roles ->> '$[0]';
    ALTER TABLE person RENAME COLUMN roles TO role;
    DROP TABLE catalogue;
    DROP INDEX projection_unindexed;
    CREATE TABLE search_dirty (document BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL,
        at INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    INSERT INTO search_dirty SELECT document, kind, updated_at, title, '' FROM projection
        WHERE unindexed;
    ALTER TABLE projection DROP COLUMN unindexed;
    CREATE INDEX projection_newest ON projection (updated_at DESC, document DESC);
    ALTER TABLE document DROP COLUMN creator;
    ALTER TABLE document DROP COLUMN offered_to;
    ALTER TABLE document DROP COLUMN offered_rank;
    DROP TABLE entry_after_archive;
    DROP TABLE sealed_archive;
    DROP TABLE archived_to;
    DROP INDEX entry_unfolded;
    DROP TABLE fold_head;
    DROP TABLE fold;
    ALTER TABLE entry ADD COLUMN in_snapshot INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE snapshot (document BLOB NOT NULL PRIMARY KEY, body BLOB NOT NULL) STRICT;
    DROP INDEX quarantine_open;
    DROP INDEX entry_not_stored;
    DROP INDEX outbox_of_document;
    ALTER TABLE outbox DROP COLUMN document;
    ALTER TABLE projection ADD COLUMN detail TEXT NOT NULL DEFAULT '';
    UPDATE projection SET detail = (SELECT iif(projection.kind = 'change_project',
            json_patch(rest.detail, json_object('sections', (
                SELECT json_group_object(text.part, text.detail) FROM projection_part AS text
                WHERE text.document = rest.document AND text.part <> ''))),
            rest.detail)
        FROM projection_part AS rest
        WHERE rest.document = projection.document AND rest.part = '');
    DROP TABLE projection_part;
    DROP INDEX document_by_shown;
    ALTER TABLE document DROP COLUMN shown;
    DROP TABLE seen;
    DROP TABLE receipt;
    DROP TABLE bringing;
    DROP TABLE access_round;
    PRAGMA user_version = 1;";

/// Does to the database of a closed device what another version of the app would have done.
fn alter(phone: &Device, sql: &str) {
    let database = Connection::open(phone.database()).unwrap();
    database.execute_batch(sql).unwrap();
    database.close().unwrap();
}

#[tokio::test]
async fn an_older_database_is_brought_up_to_date_and_nothing_is_lost() {
    let world = World::new();
    let mut phone = world.plain_device("an old phone");
    let invitation = world.server.invite(Role::Trainee, "Dr Ana Ruiz");
    phone.join(&invitation).await;
    let project = phone.create_project("Falls", "sys", "Ward 7").unwrap();
    phone.write(project, Problem, "Written with the old app.");
    let reflection = phone.reflect("Also from then");
    phone.close();
    alter(&phone, BACK_TO_THE_FIRST);

    phone.start();
    assert_eq!(phone.section(project, Problem), "Written with the old app.");
    assert_eq!(phone.reflections(ListPage::default()).unwrap().len(), 1);
    assert_eq!(phone.search("old app", SearchPage::default()).unwrap().len(), 1);
    phone.answer(reflection, "Written with the new one.");
    phone.mark_seen(project).unwrap();
    phone.sync().await;
    assert!(phone.quarantined().unwrap().is_empty());
    assert_eq!(phone.integrity(), "ok");
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let world = World::new();
    let mut phone = world.plain_device("a phone with a newer app");
    phone.close();
    alter(&phone, "PRAGMA user_version = 999;");
    let before = fs::read(phone.database()).unwrap();

    let refused = wait::until("the folder to be free", || in_its_turn(phone.try_start()));
    let refused = refused.unwrap_err();
    assert!(matches!(refused, Error::NewerSchema { found: 999, .. }), "{refused:?}");
    assert_eq!(fs::read(phone.database()).unwrap(), before);
}
