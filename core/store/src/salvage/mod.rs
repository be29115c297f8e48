//! Taking what can be read out of a damaged database into a new one.
//!
//! A row lies on a page, and a damaged page takes its rows with it and no others. So SQLite is not
//! asked, which gives up a whole tree, or all of the file, for one page on the way down: each page is
//! opened by itself (`pages`, `sealed`), what stands on it is read (`tree`), and whose it is follows
//! from the schema, of which there is a copy (`tables`). Rows go into a new database of the same
//! schema, words first (`copying`); what can be made again is not taken along. The damaged file
//! stays beside it as it is.

mod copying;
pub(crate) mod pages;
mod rows;
mod sealed;
mod shape;
mod tables;
mod tree;

use std::path::PathBuf;

use enhance_model::Timestamp;
use rusqlite::{Connection, Row};

use self::{
    pages::Pages,
    rows::{DURING, all},
    tables::Trees,
};
use crate::{
    DatabaseKey, OpenError, StoreError,
    error::During,
    file::{
        connection,
        files::{Files, io_error},
        key::require_key,
    },
    platform::{free_bytes, fs},
    schema,
};

/// A page has the rows of forty documents, and what is written in them is elsewhere: what the row
/// of one said follows from its row for screens and from the entry that made it. Kinds that are
/// about another document come back from the server.
const ROWS_OF_DOCUMENTS: &str = "INSERT OR IGNORE INTO document
        (id, kind, owner, creator, created_at, state, version, shown)
    SELECT made.document, projection.kind, made.by_person, made.by_person, projection.created_at,
        'active', unhex(replace(projection.version, '+', '')), 0
    FROM entry AS made JOIN projection ON projection.document = made.document
    WHERE made.kind = 'create' AND made.by_person IS NOT NULL AND projection.kind IN
        ('reflection', 'change_project', 'personal_record', 'shared_reflection');";
/// Rows of screens that are lost are made anew, and so is the search index: of documents in the
/// background, of a pack with its next update. The epoch is one that no server has, so that the
/// next sync compares everything.
const TO_BE_MADE_AGAIN: &str = "UPDATE document SET shown = 0 WHERE shown > 0 AND
        (id NOT IN (SELECT document FROM projection)
        OR id NOT IN (SELECT document FROM projection_part WHERE part = ''));
    UPDATE projection SET unindexed = 1;
    UPDATE pack SET signature = x'';
    UPDATE sync_state SET epoch = zeroblob(16), cursor_sequence = 0, cursor_within = 0,
        verifying = 0, verified_to = NULL;
    INSERT OR REPLACE INTO meta (key, value) VALUES ('salvaged', x'');";
/// What the server never said it has waits to be offered, whatever became of the row that said so.
const UNSENT_WAITS: &str = "INSERT OR IGNORE INTO outbox (position, queued_at, document)
    SELECT position, ?1, iif(kind = 'seen', NULL, document) FROM entry WHERE NOT stored";
/// The fact that the database was salvaged, until it was looked which documents are still whole:
/// what a damaged page took out of the middle of one is not known here, where no document is opened.
pub const SALVAGED: &str = "salvaged";
/// Rounds in which what lost its document is left out; each shortens a chain by one.
const ROUNDS: u32 = 8;

/// What was taken out of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvaged {
    /// Documents that are here again.
    pub documents: u64,
    /// Texts that were being typed.
    pub drafts: u64,
    /// Steps of documents, and documents in one piece.
    pub steps: u64,
    /// Tables of which something could not be read.
    pub unreadable: Vec<String>,
    /// The folder in which the damaged file is now.
    pub aside: PathBuf,
}

/// Takes what can be read into a new database, and moves the damaged one aside once
/// the new one is whole.
pub(crate) fn salvage(
    files: &Files,
    key: Option<&DatabaseKey>,
    now: Timestamp,
) -> Result<Salvaged, OpenError> {
    let damaged = files.database();
    let length = fs::metadata(&damaged).map_or(0, |found| found.len());
    if damaged.parent().and_then(free_bytes).is_some_and(|free| free < length) {
        return Err(StoreError::Full { during: "taking out what can be read" }.into());
    }
    let pages = Pages::find(&damaged, &files.write_ahead_log(), key).map_err(io_error(&damaged))?;
    let trees = Trees::find(&pages);
    // Without a key nothing says of a page that it is one.
    if trees.is_empty() || key.is_none() {
        require_key(&damaged, key)?;
    }
    let found = trees.schema.unwrap_or(schema::KNOWN);
    if found > schema::KNOWN {
        return Err(OpenError::NewerSchema { found, known: schema::KNOWN });
    }
    let into = connection::new_unfinished(files, key, found)?;
    into.execute_batch("PRAGMA foreign_keys = OFF").during(DURING)?;
    let unreadable = copying::copy(&pages, &trees, &into)?;
    schema::upgrade(&into)?;
    into.execute_batch(ROWS_OF_DOCUMENTS).during(DURING)?;
    leave_out_what_stands_alone(&into)?;
    into.execute_batch(TO_BE_MADE_AGAIN).during(DURING)?;
    into.execute(UNSENT_WAITS, [now.as_millis()]).during(DURING)?;
    let count = |table: &str| -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) AS rows FROM {table}");
        let rows: i64 = into.query_row(&sql, [], |row| row.get("rows")).during(DURING)?;
        Ok(rows.unsigned_abs())
    };
    let (documents, drafts) = (count("document")?, count("draft")?);
    let steps = count("entry")?.saturating_add(count("fold")?);
    let attached = attached(&into)?;
    into.close().map_err(|(_, error)| error).during(DURING)?;
    let aside = files.set_aside(now, &attached)?;
    connection::finish(files)?;
    Ok(Salvaged { documents, drafts, steps, unreadable, aside })
}

/// The files that belong to something in the new database, by their names.
fn attached(db: &Connection) -> Result<Vec<String>, StoreError> {
    all(db, "SELECT DISTINCT lower(hex(sha256)) AS name FROM attachment", |row| row.get("name"))
}

/// Leaves out rows that lost what they belong to: nobody could read them.
fn leave_out_what_stands_alone(db: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT DISTINCT tables.name AS child, keys.\"table\" AS parent, keys.\"from\" AS here,
        coalesce(keys.\"to\", (SELECT name FROM pragma_table_info(keys.\"table\") WHERE pk = 1)) AS there
        FROM pragma_table_list AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
        WHERE tables.schema = 'main'";
    let read = |row: &Row<'_>| {
        let text = |name: &str| row.get::<_, String>(name);
        Ok([text("child")?, text("parent")?, text("here")?, text("there")?])
    };
    let ties = all(db, sql, read)?;
    for _ in 0..ROUNDS {
        let mut removed = 0;
        for [child, parent, here, there] in &ties {
            let sql = format!(
                "DELETE FROM {child} WHERE {here} IS NOT NULL AND NOT EXISTS
                 (SELECT 1 FROM {parent} WHERE {parent}.{there} = {child}.{here})"
            );
            removed += db.execute(&sql, []).during(DURING)?;
        }
        if removed == 0 {
            break;
        }
    }
    Ok(())
}
