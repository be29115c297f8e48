//! Connections to a database: made, opened under its key, set up, and refused with a reason.

use std::{path::Path, time::Duration};

use data_encoding::HEXLOWER;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use zeroize::Zeroizing;

use super::{
    files::{Files, PAGE_BYTES, bytes, exists, io_error},
    key::{beginning, is_of_another_key},
    upgrade_copy,
};
use crate::{
    DatabaseKey, OpenError, StoreError,
    error::During,
    platform::{
        free_bytes,
        fs::{self, File},
    },
    salvage::pages::opens_a_page,
    schema,
};

/// With less free on the disk than this (16 MiB) the log is kept short, which takes more writing.
const LITTLE_ROOM: u64 = 16 << 20;
/// Pages after which a short log goes into the database.
const SHORT_LOG: u32 = 16;

/// Makes a new database under another name, so that an empty file of the right name is known to
/// be damage and never taken for a new account.
pub(crate) fn make(files: &Files, key: Option<&DatabaseKey>) -> Result<(), OpenError> {
    let connection = new_unfinished(files, key, schema::KNOWN)?;
    connection.close().map_err(|(_, error)| error).during("closing the new database")?;
    finish(files)
}

/// Gives a new database that was closed its right name.
pub(crate) fn finish(files: &Files) -> Result<(), OpenError> {
    let path = files.unfinished();
    fs::rename(&path, files.database()).map_err(io_error(&path))?;
    sync_folder(&path)
}

/// A new database under another name, with this many steps of its schema.
pub(crate) fn new_unfinished(
    files: &Files,
    key: Option<&DatabaseKey>,
    steps: u32,
) -> Result<Connection, OpenError> {
    let path = files.unfinished();
    if exists(&path)? {
        fs::remove_file(&path).map_err(io_error(&path))?;
    }
    let flags = OpenFlags::default() | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = connect(&path, key, flags)?;
    prepare(&connection)?;
    schema::upgrade_to(&connection, steps)?;
    Ok(connection)
}

/// Makes the new name as durable as the file. On systems where folders cannot be opened, renaming
/// is durable by itself.
fn sync_folder(path: &Path) -> Result<(), OpenError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    match File::open(folder) {
        Ok(folder_file) => folder_file.sync_all().map_err(io_error(folder)),
        Err(_) => Ok(()),
    }
}

/// Opens a database that is there: checked after a crash, copied before its schema is upgraded.
pub(crate) fn open_existing(
    path: &Path,
    key: Option<&DatabaseKey>,
    after_crash: bool,
) -> Result<Connection, OpenError> {
    let flags = OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE;
    // SQLite takes a file shorter than a page for a new database and would begin again in it.
    if bytes(path)? < PAGE_BYTES {
        return Err(damaged(path, "the file is shorter than a page"));
    }
    let connection = connect(path, key, flags)?;
    // A newer app's file must stay as it is, to the bit: closing it must not tidy up its log.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .during("opening the database")?;
    let found = schema::found(&connection).map_err(|error| unreadable(path, key, error))?;
    if found > schema::KNOWN {
        return Err(OpenError::NewerSchema { found, known: schema::KNOWN });
    }
    if after_crash {
        check(&connection, path)?;
    }
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .during("opening the database")?;
    prepare(&connection).map_err(|error| at(path, error))?;
    if path.parent().and_then(free_bytes).is_some_and(|free| free < LITTLE_ROOM) {
        let short = format!("PRAGMA wal_autocheckpoint = {SHORT_LOG}");
        connection.execute_batch(&short).during("preparing the database")?;
    }
    if found == schema::KNOWN {
        upgrade_copy::forget(path);
    } else {
        upgrade_copy::keep(&connection, path)?;
    }
    schema::upgrade(&connection).map_err(|error| at(path, error))?;
    Ok(connection)
}

/// A connection under the key of the database, set to nothing else.
pub(crate) fn connect(
    path: &Path,
    key: Option<&DatabaseKey>,
    flags: OpenFlags,
) -> Result<Connection, OpenError> {
    let during = "opening the database";
    let connection = Connection::open_with_flags(path, flags).during(during)?;
    if let Some(key) = key {
        // The key must come before anything else is asked of the file. The place of the salt, which
        // only a passphrase needs, takes the mark.
        let mut pragma = Zeroizing::new(String::with_capacity(160));
        pragma.push_str("PRAGMA cipher = 'chacha20'; PRAGMA key = \"raw:");
        // The room it needs is there already, so no copy of the key stays behind.
        HEXLOWER.encode_append(key.as_bytes(), &mut pragma);
        HEXLOWER.encode_append(&key.mark(), &mut pragma);
        pragma.push('"');
        connection.execute_batch(&pragma).during(during)?;
    }
    Ok(connection)
}

/// What a connection that writes is set to before it is used.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    let during = "preparing the database";
    settle(connection)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get("journal_mode"))
        .during(during)?;
    if mode != "wal" {
        return Err(StoreError::Damaged { what: format!("journal mode {mode} instead of wal") });
    }
    // On Apple's systems only F_FULLFSYNC reaches the disk; elsewhere the two pragmas do nothing.
    // What is in the cache (8 MB) needs not be decrypted again.
    let pragmas = "PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;";
    connection.execute_batch(pragmas).during(during)
}

/// What connections that write and those that only read have in common.
pub(crate) fn settle(connection: &Connection) -> Result<(), StoreError> {
    let during = "preparing the database";
    connection.busy_timeout(Duration::from_secs(5)).during(during)?;
    // 8 MB: the rows of lists stay in memory, so that they are not decrypted for each screen.
    connection.execute_batch("PRAGMA cache_size = -8000;").during(during)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Looks for damage after the last process was ended in the middle of its work.
fn check(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get("quick_check"))
        .during("checking the database")
        .map_err(|error| at(path, error))?;
    if verdict == "ok" { Ok(()) } else { Err(damaged(path, verdict)) }
}

/// Why the first read failed. A page read with a wrong key and a damaged one look alike to whoever
/// decrypts, so the file's beginning and length decide: a key's own mark is there or is not. Where
/// another page opens, the key is right all the same, and what is wrong is the beginning.
pub(crate) fn unreadable(
    path: &Path,
    key: Option<&DatabaseKey>,
    error: rusqlite::Error,
) -> OpenError {
    let not_a_database = error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase);
    match beginning(path) {
        Ok(head) if not_a_database => {
            if is_of_another_key(path, key, head) && !opens_a_page(path, key) {
                OpenError::WrongKey { path: path.to_owned() }
            } else {
                damaged(path, error.to_string())
            }
        }
        _ => match Err::<(), _>(error).during("reading the schema's number") {
            Err(error) => at(path, error),
            Ok(()) => damaged(path, "it cannot be read"),
        },
    }
}

/// The same error, with the file's name if the file is damaged.
pub(crate) fn at(path: &Path, error: StoreError) -> OpenError {
    match error {
        StoreError::Damaged { what } => damaged(path, what),
        other => other.into(),
    }
}

/// That something is wrong with a file.
pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), what: what.into() }
}
