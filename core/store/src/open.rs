//! The one place where a database is opened, made, upgraded or refused.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    time::Duration,
};

use data_encoding::HEXLOWER;
use enhance_model::Timestamp;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use zeroize::Zeroizing;

use crate::{
    DatabaseKey, OpenError, StoreError, StoreReader, before,
    error::During,
    files::{Files, io_error},
    installation::{FileMark, mark},
    key::{beginning, is_of_another_key},
    platform::{
        Lock, free_bytes,
        fs::{self, File},
    },
    read_only,
    reserve::Reserve,
    salvage::{Salvaged, salvage},
    schema,
};

/// The first `SQLite` without the bug that lets a reset of the write-ahead log damage the file.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Databases are made of pages of this size; the smallest one has several.
pub(crate) const PAGE_BYTES: u64 = 4_096;

/// With less free on the disk than this (16 MiB) the log is kept short, which takes more writing.
const LITTLE_ROOM: u64 = 16 << 20;
/// Pages after which a short log goes into the database.
const SHORT_LOG: u32 = 16;

/// Where a database is and how it is opened.
pub struct OpenOptions {
    /// The folder of the account. It is made if it is not there.
    pub folder: PathBuf,
    /// The key. Without one the file is plain `SQLite`, which is for tests only.
    pub key: Option<DatabaseKey>,
}

/// The database of one account, held by this process alone.
pub struct Store {
    pub(crate) reader: StoreReader,
    /// Whether the write-ahead log may still hold what was deleted from the database.
    pub(crate) log_to_scrub: bool,
    pub(crate) reserve: Reserve,
    /// Whether the disk takes no writing: what is there can be read.
    pub(crate) is_read_only: bool,
    /// The mark of its file when it was opened, if it has one.
    pub(crate) mark: Option<FileMark>,
    // Fields are dropped in their order: the database is closed before the lock is let go.
    _lock: Lock,
}

/// A folder that is held for this process alone, in which nothing was opened yet: the moment to
/// decide on a key.
pub struct HeldFolder {
    files: Files,
    lock: Lock,
    is_read_only: bool,
}

impl HeldFolder {
    /// Holds a folder. It is made if it is not there. One that takes no writing is held to be read,
    /// if there is something to be read.
    pub fn new(folder: PathBuf) -> Result<Self, OpenError> {
        let files = Files::new(folder);
        let lock = match files.lock() {
            Err(error) if error.is_of_full_disk() && Reserve::at(files.reserve()).spend() => {
                files.lock()?
            }
            Err(OpenError::ReadOnly { path }) => {
                let lock = files.lock_to_read(path)?;
                return Ok(Self { files, lock, is_read_only: true });
            }
            locked => locked?,
        };
        files.finish_wiping()?;
        Ok(Self { files, lock, is_read_only: false })
    }

    /// Destroys everything in it: the database, its log, all files. What is cut short is done to its
    /// end when the folder is held the next time.
    pub fn wipe(self) -> Result<(), OpenError> {
        self.files.wipe()
    }

    /// Whether a database was ever made in it.
    pub fn has_database(&self) -> Result<bool, OpenError> {
        exists(&self.files.database())
    }

    /// Opens its database as [`Store::open`] does.
    pub fn open(self, key: Option<&DatabaseKey>) -> Result<Store, OpenError> {
        let sqlite = rusqlite::version_number();
        if sqlite < OLDEST_SQLITE {
            return Err(OpenError::OldSqlite { found: rusqlite::version().to_owned() });
        }
        let Self { files, lock, is_read_only } = self;
        if is_read_only {
            let reader = read_only::open(&files, key)?;
            let reserve = Reserve::at(files.reserve());
            let (log_to_scrub, mark) = (false, None);
            return Ok(Store { reader, log_to_scrub, reserve, is_read_only, mark, _lock: lock });
        }
        if !exists(&files.database())? {
            files.set_lone_log_aside()?;
            make(&files, key)?;
        }
        let after_crash = bytes(&files.write_ahead_log())? > 0;
        let mut reserve = Reserve::at(files.reserve());
        let connection = match open_existing(&files.database(), key, after_crash) {
            Err(error) if error.is_of_full_disk() && reserve.spend() => {
                open_existing(&files.database(), key, after_crash)?
            }
            opened => opened?,
        };
        let reader = StoreReader { connection };
        let (log_to_scrub, mark) = (after_crash, mark(&files.database()));
        let is_read_only = false;
        let mut store = Store { reader, log_to_scrub, reserve, is_read_only, mark, _lock: lock };
        store.scrub_log();
        if store.reserve.allows_writing() {
            store.reserve.keep();
        }
        Ok(store)
    }
}

impl Deref for Store {
    type Target = StoreReader;

    fn deref(&self) -> &StoreReader {
        &self.reader
    }
}

impl Store {
    /// Opens the database in a folder, makes it if there is none, and upgrades it if it is older.
    pub fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let OpenOptions { folder, key } = options;
        HeldFolder::new(folder)?.open(key.as_ref())
    }

    /// A second connection, with the same key, that can only read. It waits for no write and sees
    /// each as soon as it is committed.
    ///
    /// It must be dropped before the store: the last connection to close tidies up the log, which
    /// this one cannot.
    pub fn reader(&self, key: Option<&DatabaseKey>) -> Result<StoreReader, OpenError> {
        let path = self.path();
        if self.is_read_only {
            return read_only::connect(path, key);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(path, key, flags)?;
        settle(&connection).map_err(|error| at(path, error))?;
        Ok(StoreReader { connection })
    }

    /// Whether nothing can be written, and what is there can be read all the same.
    pub const fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// Moves a database that cannot be opened to a dated folder beside it, and says where.
    ///
    /// Nothing is ever deleted for being damaged: it may hold work that is nowhere else.
    pub fn set_aside(folder: PathBuf, now: Timestamp) -> Result<PathBuf, OpenError> {
        let files = Files::new(folder);
        let _lock = files.lock()?;
        files.set_aside(now, &[])
    }

    /// Takes what can be read out of a damaged database into a new one, and moves the damaged one
    /// to a dated folder beside it. Nothing is moved before the new one is whole.
    pub fn salvage(
        folder: PathBuf,
        key: Option<&DatabaseKey>,
        now: Timestamp,
    ) -> Result<Salvaged, OpenError> {
        let HeldFolder { files, lock: _lock, is_read_only } = HeldFolder::new(folder)?;
        if is_read_only {
            return Err(OpenError::ReadOnly { path: files.database() });
        }
        salvage(&files, key, now)
    }

    /// Where the database is.
    pub(crate) fn path(&self) -> &Path {
        Path::new(self.connection.path().unwrap_or_default())
    }

    /// Empties the write-ahead log if something was deleted that it may still hold.
    ///
    /// The deletion itself is durable already, so a failure here only leaves it for the next time.
    pub(crate) fn scrub_log(&mut self) {
        if self.log_to_scrub {
            let busy = self
                .connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>("busy"));
            self.log_to_scrub = !matches!(busy, Ok(false));
        }
    }
}

/// Makes a new database under another name, so that an empty file of the right name is known to
/// be damage and never taken for a new account.
fn make(files: &Files, key: Option<&DatabaseKey>) -> Result<(), OpenError> {
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

fn open_existing(
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
        before::forget(path);
    } else {
        before::keep(&connection, path)?;
    }
    schema::upgrade(&connection).map_err(|error| at(path, error))?;
    Ok(connection)
}

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
/// decrypts, so the file's beginning and length decide: a key's own mark is there or is not.
pub(crate) fn unreadable(
    path: &Path,
    key: Option<&DatabaseKey>,
    error: rusqlite::Error,
) -> OpenError {
    let not_a_database = error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase);
    match beginning(path) {
        Ok(head) if not_a_database => {
            if is_of_another_key(path, key, head) {
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

pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), what: what.into() }
}

fn exists(path: &Path) -> Result<bool, OpenError> {
    fs::exists(path).map_err(io_error(path))
}

pub(crate) fn bytes(path: &Path) -> Result<u64, OpenError> {
    if exists(path)? { Ok(fs::metadata(path).map_err(io_error(path))?.len()) } else { Ok(0) }
}
