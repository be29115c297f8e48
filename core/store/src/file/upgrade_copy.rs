//! A copy of the database as it was before its schema was upgraded, kept until it was opened
//! well once after that.
//!
//! An upgrade is one transaction, so it happens whole or not at all; the copy is for an upgrade
//! that does well what is wrong. It is as encrypted as the database. What is deleted must not stay
//! in it, so the first deletion ends it as well.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use crate::{
    OpenError,
    error::During,
    platform::{
        free_bytes,
        fs::{self, File},
    },
};

/// Bytes that a copy leaves free on the disk: what a person writes comes first.
const LEFT_FREE: u64 = 4 << 20;

/// Copies a database, if there is room. Without room the upgrade goes on: who cannot open
/// the app cannot write either.
pub(crate) fn keep(connection: &Connection, database: &Path) -> Result<(), OpenError> {
    // What is in the log alone would not be in the copy.
    let busy: bool = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get("busy"))
        .during("emptying the log before an upgrade")?;
    let length = fs::metadata(database).map(|found| found.len());
    let free = database.parent().and_then(free_bytes);
    let has_room = match (length, free) {
        (Ok(length), Some(free)) => free >= length.saturating_add(LEFT_FREE),
        _ => false,
    };
    if busy || !has_room {
        return Ok(());
    }
    if copy(database).is_err() {
        // A part of it would only take room.
        forget(database);
    }
    Ok(())
}

/// Removes the copy, if there is one.
pub(crate) fn forget(database: &Path) {
    let _ = fs::remove_file(unfinished(database));
    let _ = fs::remove_file(place(database));
}

fn copy(database: &Path) -> io::Result<()> {
    let unfinished = unfinished(database);
    fs::copy(database, &unfinished)?;
    File::open(&unfinished)?.sync_all()?;
    fs::rename(unfinished, place(database))
}

/// Where the copy is, and where one is that is being made.
pub(crate) fn places(database: &Path) -> [PathBuf; 2] {
    [place(database), unfinished(database)]
}

/// Where the copy is.
fn place(database: &Path) -> PathBuf {
    database.with_extension("db.before-upgrade")
}

fn unfinished(database: &Path) -> PathBuf {
    database.with_extension("db.before-upgrade.new")
}
