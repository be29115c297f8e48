//! Taking what can be read out of a damaged database into a new one.
//!
//! A row lies on a page, and a damaged page takes its rows with it and no others. Tables are read
//! row by row past what cannot be read, or from both ends towards it; words come first, and what can
//! be made again (the search index, what waits) is not taken along. The damaged file stays
//! beside it as it is.

use std::{fs, path::PathBuf};

use enhance_model::Timestamp;
use rusqlite::{Connection, Row, params_from_iter, types::Value};

use crate::{
    DatabaseKey, OpenError, StoreError,
    error::During,
    files::{Files, free_bytes},
    open,
};

/// Tables in the order in which they are taken: whose account it is, what is typed, what was
/// written, and then the rest in any order.
const FIRST: [&str; 6] = ["meta", "person", "document", "document_key", "draft", "entry"];
/// Tables whose rows are made again, or that say of the server what has to be asked anew.
const MADE_AGAIN: [&str; 6] =
    ["sync_state", "search_entry", "catalogue", "inbox", "inbox_stale", "bringing"];
/// Numbers of rows that cannot be read, one after the other, before the rest of a table is given
/// up: more than a few pages have.
const GAP: u32 = 20_000;
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
        verifying = 0, verified_to = NULL;";
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
    let from = open::to_be_read(&damaged, key)?;
    let into = open::new_unfinished(files, key)?;
    into.execute_batch("PRAGMA foreign_keys = OFF").during(DURING)?;
    let mut unreadable = Vec::new();
    for table in tables(&into)? {
        if !copy_table(&from, &into, &table)? {
            unreadable.push(table.name);
        }
    }
    into.execute_batch(ROWS_OF_DOCUMENTS).during(DURING)?;
    leave_out_what_stands_alone(&into)?;
    into.execute_batch(TO_BE_MADE_AGAIN).during(DURING)?;
    let count = |table: &str| -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) AS rows FROM {table}");
        let rows: i64 = into.query_row(&sql, [], |row| row.get("rows")).during(DURING)?;
        Ok(rows.unsigned_abs())
    };
    let (documents, drafts) = (count("document")?, count("draft")?);
    let steps = count("entry")?.saturating_add(count("fold")?);
    into.close().map_err(|(_, error)| error).during(DURING)?;
    drop(from);
    let aside = files.set_aside(now)?;
    open::finish(files)?;
    Ok(Salvaged { documents, drafts, steps, unreadable, aside })
}

const DURING: &str = "taking out what can be read";

/// A table of the new database.
struct Table {
    name: String,
    columns: Vec<String>,
    /// By what its rows are in order.
    order: Vec<String>,
    has_row_ids: bool,
}

fn tables(db: &Connection) -> Result<Vec<Table>, StoreError> {
    let sql = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let read = |row: &Row<'_>| Ok((row.get::<_, String>("name")?, row.get::<_, bool>("wr")?));
    let mut found = all(db, sql, read)?;
    found.retain(|(name, _)| !MADE_AGAIN.contains(&name.as_str()));
    found.sort_by_key(|(name, _)| FIRST.iter().position(|first| first == name).unwrap_or(99));
    let table = |(name, without_row_ids): (String, bool)| {
        let sql = format!("SELECT name, pk FROM pragma_table_info('{name}')");
        let read = |row: &Row<'_>| Ok((row.get::<_, String>("name")?, row.get::<_, i64>("pk")?));
        let columns = all(db, &sql, read)?;
        let mut keys: Vec<_> = columns.iter().filter(|(_, place)| *place > 0).collect();
        keys.sort_by_key(|(_, place)| *place);
        let order = keys.into_iter().map(|(name, _)| name.clone()).collect();
        let columns = columns.into_iter().map(|(name, _)| name).collect();
        Ok(Table { name, columns, order, has_row_ids: !without_row_ids })
    };
    found.into_iter().map(table).collect()
}

/// Copies what can be read of a table, and says whether that was all.
fn copy_table(from: &Connection, into: &Connection, table: &Table) -> Result<bool, StoreError> {
    let of_old = format!("SELECT name FROM pragma_table_info('{}')", table.name);
    let known = all(from, &of_old, |row| row.get::<_, String>("name")).unwrap_or_default();
    let columns: Vec<&str> = table
        .columns
        .iter()
        .map(String::as_str)
        .filter(|one| known.iter().any(|k| k == one))
        .collect();
    if columns.is_empty() {
        // An older app did not have it.
        return Ok(true);
    }
    into.execute_batch("BEGIN").during(DURING)?;
    let copied = if table.has_row_ids {
        by_row_ids(from, into, &table.name, &columns)
    } else {
        from_both_ends(from, into, table, &columns)
    };
    into.execute_batch("COMMIT").during(DURING)?;
    copied
}

/// Row by row, each read by itself, so that one that cannot be read takes no other with it.
fn by_row_ids(
    from: &Connection,
    into: &Connection,
    name: &str,
    columns: &[&str],
) -> Result<bool, StoreError> {
    let sql = format!("SELECT {} FROM {name} WHERE rowid = ?1", columns.join(", "));
    let up = format!("SELECT rowid AS id FROM {name} WHERE rowid > ?1 ORDER BY rowid LIMIT 1");
    let (mut at, mut unread, mut is_whole) = (-1_i64, 0_u32, true);
    while unread < GAP {
        match one(from, &up, at, |row| row.get::<_, i64>("id")) {
            Ok(None) => return Ok(is_whole),
            Ok(Some(id)) => {
                (at, unread) = (id, 0);
                match one(from, &sql, id, |row| values(row, columns.len())) {
                    Ok(Some(row)) => insert(into, name, columns, row)?,
                    Ok(None) | Err(_) => is_whole = false,
                }
            }
            // The page of the next row cannot be read: its rows have the next few numbers.
            Err(_) => {
                is_whole = false;
                unread += 1;
                at = at.saturating_add(1);
            }
        }
    }
    Ok(false)
}

/// From the beginning up to what cannot be read, and from the end back to it.
fn from_both_ends(
    from: &Connection,
    into: &Connection,
    table: &Table,
    columns: &[&str],
) -> Result<bool, StoreError> {
    let (list, name) = (columns.join(", "), &table.name);
    for order in ["ASC", "DESC"] {
        let by: Vec<String> = table.order.iter().map(|key| format!("{key} {order}")).collect();
        let sql = format!("SELECT {list} FROM {name} ORDER BY {}", by.join(", "));
        let Ok(mut statement) = from.prepare(&sql) else { return Ok(false) };
        let Ok(mut rows) = statement.query([]) else { return Ok(false) };
        loop {
            match rows.next() {
                Ok(None) if order == "ASC" => return Ok(true),
                Ok(None) => return Ok(false),
                Ok(Some(row)) => {
                    if let Ok(row) = values(row, columns.len()) {
                        insert(into, name, columns, row)?;
                    }
                }
                Err(_) => break,
            }
        }
    }
    Ok(false)
}

fn values(row: &Row<'_>, columns: usize) -> Result<Vec<Value>, rusqlite::Error> {
    (0..columns).map(|column| row.get(column)).collect()
}

/// Adds a row, unless it is there or the new database does not take it.
fn insert(
    into: &Connection,
    name: &str,
    columns: &[&str],
    row: Vec<Value>,
) -> Result<(), StoreError> {
    let places = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT OR IGNORE INTO {name} ({}) VALUES ({places})", columns.join(", "));
    let mut statement = into.prepare_cached(&sql).during(DURING)?;
    match statement.execute(params_from_iter(row)).during(DURING) {
        Err(error) if error.is_of_full_disk() => Err(error),
        _ => Ok(()),
    }
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

fn all<T>(
    db: &Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare(sql).during(DURING)?;
    let rows = statement.query_map([], read).during(DURING)?;
    rows.collect::<Result<_, _>>().during(DURING)
}

fn one<T>(
    db: &Connection,
    sql: &str,
    id: i64,
    read: impl FnOnce(&Row<'_>) -> Result<T, rusqlite::Error>,
) -> Result<Option<T>, rusqlite::Error> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(read).transpose()
}
