//! Opening the database: the one place that knows its settings and its versions.

use std::{collections::BTreeSet, path::Path};

use enhance_model::PersonRole;
use rusqlite::{Connection, OpenFlags, Row, TransactionBehavior, params};

use super::{error::StorageError, folder::Folder, unreadable::named};

/// What each version added, oldest first. A released one is never edited again.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/001_init.sql"),
    include_str!("../../migrations/002_handover.sql"),
    include_str!("../../migrations/003_revocation.sql"),
    include_str!("../../migrations/004_blob.sql"),
    include_str!("../../migrations/005_roles.sql"),
    include_str!("../../migrations/006_door.sql"),
    include_str!("../../migrations/007_set_aside.sql"),
    include_str!("../../migrations/008_operator.sql"),
    include_str!("../../migrations/009_joining.sql"),
    include_str!("../../migrations/010_devices.sql"),
    include_str!("../../migrations/011_copied_file.sql"),
    include_str!("../../migrations/012_joined.sql"),
    include_str!("../../migrations/013_tickets.sql"),
    include_str!("../../migrations/014_late.sql"),
    include_str!("../../migrations/015_visit.sql"),
    include_str!("../../migrations/016_asked_again.sql"),
    include_str!("../../migrations/017_start.sql"),
];

/// Kibibytes of the database that the writing thread keeps in memory.
const CACHE_KIB: i64 = 64 << 10;

/// How long a command waits for another that is writing.
pub(super) const BUSY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// Statements that a connection keeps ready: more than there are.
const STATEMENTS: usize = 128;

/// What is looked at before a server starts: what every request needs, and what grows with people
/// and not with what they write.
const AT_ONCE: &[&str] = &[
    // With what is unused in the file.
    "sqlite_schema",
    "sequence",
    "epoch",
    "person",
    "person_role",
    "device",
    "revocation",
    "invitation",
    "pack",
    "pack_file",
    "audit_start",
    "readiness",
];

/// Opens the database of a server that is to run, gives up the reserve if the disk is too full for
/// that, and looks whether what the start needs is whole. The rest is for [`check_table`].
pub fn open_whole(folder: &Folder) -> Result<Connection, StorageError> {
    folder.make_database()?;
    let db = match open(&folder.database()) {
        Err(error) if error.is_of_full_disk() && folder.use_reserve() => {
            tracing::error!(%error, "the disk is full; the reserve is used to start at all");
            open(&folder.database())?
        }
        opened => opened?,
    };
    AT_ONCE.iter().try_for_each(|table| check_table(&db, table))?;
    folder.keep_reserve();
    Ok(db)
}

/// Refuses a database that is damaged: every page is read, which takes a second for each gigabyte
/// or two.
pub fn check(db: &Connection) -> Result<(), StorageError> {
    faults(db, "PRAGMA integrity_check(5)", "PRAGMA foreign_key_check")
}

/// The tables that are not looked at before a server starts, those that matter most last.
pub fn rest(db: &Connection) -> Result<Vec<String>, StorageError> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'
               AND (name NOT LIKE 'sqlite_%' OR name = 'sqlite_sequence') ORDER BY rowid DESC";
    let mut statement = db.prepare(sql)?;
    let tables = statement.query_map([], |each| each.get::<_, String>(0))?;
    let tables = tables.collect::<Result<Vec<_>, _>>()?;
    Ok(tables.into_iter().filter(|table| !AT_ONCE.contains(&table.as_str())).collect())
}

/// The same as [`check`] for one table and its indexes. Of several tables together it is not seen
/// whether two of them use one page, which [`check`] sees.
pub fn check_table(db: &Connection, table: &str) -> Result<(), StorageError> {
    let whole = format!("PRAGMA integrity_check('{table}')");
    faults(db, &whole, &format!("PRAGMA foreign_key_check('{table}')"))
}

fn faults(db: &Connection, whole: &str, orphans: &str) -> Result<(), StorageError> {
    let mut statement = db.prepare(whole)?;
    let faults =
        statement.query_map([], |each| each.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let faults = faults.into_iter().filter(|fault| fault != "ok").take(5);
    let mut faults: Vec<String> = faults.collect();
    faults.extend(orphaned(db, orphans)?);
    if faults.is_empty() { Ok(()) } else { Err(StorageError::Damaged(faults.join("; "))) }
}

/// What rows name that is not there, by table, column and the name itself.
fn orphaned(db: &Connection, sql: &str) -> Result<Vec<String>, StorageError> {
    let mut statement = db.prepare(sql)?;
    // Table by table: one that lacks its counterpart lacks that of many rows.
    let keys = statement.query_map([], |each| Ok((each.get("table")?, each.get("fkid")?)))?;
    let keys = keys.collect::<rusqlite::Result<BTreeSet<(String, i64)>>>()?;
    let mut orphans = Vec::new();
    for (table, key) in keys {
        let sql = "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)
                   WHERE id = ?2";
        let read = |each: &Row<'_>| Ok((each.get(0)?, each.get(1)?, each.get(2)?));
        let (from, parent, to): (String, String, Option<String>) =
            db.query_row(sql, params![table, key], read)?;
        let to = to.unwrap_or_else(|| from.clone());
        // Names of the schema, and no others.
        let sql = format!(
            "SELECT DISTINCT \"{from}\" FROM \"{table}\" AS child
             WHERE \"{from}\" IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM \"{parent}\" AS parent WHERE parent.\"{to}\" = child.\"{from}\")
             LIMIT 5"
        );
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name = named(row.get_ref(0)?);
            orphans.push(format!(
                "{table}, column {from}: a row of {table} names what is not there, {parent} {name}"
            ));
        }
    }
    Ok(orphans)
}

/// Opens the database for writing, making or upgrading it as needed.
pub fn open(file: &Path) -> Result<Connection, StorageError> {
    // Without addresses: a folder may be called `file:x`.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(file, flags)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // An answer goes out after the commit, so the commit must outlive the power.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    // Hashes come in no order: what is looked up for one push is anywhere in its index.
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // What was deleted is to be gone from the file as well.
    db.pragma_update(None, "secure_delete", true)?;
    migrate(&mut db)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

/// Marks a database, so that a server knows it again by the first bytes of its file: a copy that was
/// made before has another mark.
pub fn mark(db: &Connection, mark: u32) -> Result<(), StorageError> {
    db.pragma_update(None, "application_id", mark.cast_signed())?;
    // Into the file itself. Where somebody reads just then it comes there later.
    db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(())
}

/// The mark of a database.
pub(super) fn marked(db: &Connection) -> Result<u32, StorageError> {
    let mark: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok(mark.cast_unsigned())
}

/// Opens the database of a running or stopped server for reading.
pub fn open_to_read(file: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.pragma_update(None, "query_only", true)?;
    check_version(&db)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<(), StorageError> {
    let known = MIGRATIONS.len();
    if version(db)? == known {
        return Ok(());
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = check_version(&transaction)?;
    for sql in MIGRATIONS.iter().skip(found) {
        transaction.execute_batch(sql)?;
    }
    fold_organisations(&transaction)?;
    transaction.pragma_update(None, "user_version", i64::try_from(known).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}

/// Writes down by what organisations are known, as they are compared now: SQL by itself folds no
/// accents, no apostrophes and no dashes.
fn fold_organisations(db: &Connection) -> Result<(), StorageError> {
    let mut statement = db.prepare("SELECT DISTINCT organisation FROM person_role")?;
    let names = statement.query_map([], |each| each.get::<_, String>(0))?;
    for name in names.collect::<Result<Vec<_>, _>>()? {
        let folded = PersonRole::organisation_key(&name);
        db.execute("UPDATE person_role SET folded = ?2 WHERE organisation = ?1", [name, folded])?;
    }
    Ok(())
}

/// The version of a database, if it is one that this server knows how to go on from.
fn check_version(db: &Connection) -> Result<usize, StorageError> {
    let (found, known) = (version(db)?, MIGRATIONS.len());
    if found > known {
        return Err(StorageError::Newer { found, known });
    }
    if found == 0
        && db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?
    {
        let file = db.path().unwrap_or("the database").to_owned();
        return Err(StorageError::Unversioned(file));
    }
    Ok(found)
}

/// Whether a database has the newest version, and with it every table.
pub(super) fn is_newest(db: &Connection) -> Result<bool, StorageError> {
    Ok(version(db)? == MIGRATIONS.len())
}

fn version(db: &Connection) -> Result<usize, StorageError> {
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_database_is_durable_and_opens_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        for _ in 0..2 {
            let db = open(&file).unwrap();
            let mode: String = db.pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
            let sync: i64 = db.pragma_query_value(None, "synchronous", |r| r.get(0)).unwrap();
            assert_eq!((mode.as_str(), sync), ("wal", 2));
            assert_eq!(version(&db).unwrap(), MIGRATIONS.len());
        }
    }

    #[test]
    fn e2_organisations_of_an_older_database_are_known_as_they_are_compared_now() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        let old = Connection::open(&file).unwrap();
        MIGRATIONS.iter().take(11).for_each(|sql| old.execute_batch(sql).unwrap());
        old.execute_batch(
            "INSERT INTO person (id, name, wrapped_account_key, changed)
                 VALUES (x'01', 'A', x'00', 1), (x'02', 'B', x'00', 2);
             INSERT INTO person_role (person, place, role, organisation) VALUES
                 (x'01', 0, 'fellow', 'St Mary’s – Łódź'), (x'02', 0, 'fellow', 'ST MARY''S - Lodz');
             PRAGMA user_version = 11;",
        )
        .unwrap();
        drop(old);
        let count = "SELECT count(DISTINCT folded) FROM person_role";
        assert_eq!(open(&file).unwrap().query_row(count, [], |row| row.get(0)), Ok(1));
    }

    #[test]
    fn a_newer_database_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open(&file), Err(StorageError::Newer { found: 99, .. })));
        assert!(matches!(open_to_read(&file), Err(StorageError::Newer { found: 99, .. })));
        assert_eq!(version(&Connection::open(&file).unwrap()).unwrap(), 99);
    }

    #[test]
    fn a_database_that_lost_the_number_of_its_version_is_told_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        open(&file).unwrap().pragma_update(None, "user_version", 0).unwrap();
        assert!(matches!(open(&file), Err(StorageError::Unversioned(_))));
        assert!(matches!(open_to_read(&file), Err(StorageError::Unversioned(_))));
        assert_eq!(version(&Connection::open(&file).unwrap()).unwrap(), 0);
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        open(&file).unwrap();
        let reader = open_to_read(&file).unwrap();
        assert!(reader.execute("UPDATE sequence SET last = 7", []).is_err());
    }
}
