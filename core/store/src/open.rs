//! The one place where a database is opened: the folder is held, and then what is in it.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
};

use enhance_model::Timestamp;
use rusqlite::OpenFlags;

use crate::{
    DatabaseKey, OpenError, StoreReader,
    file::{
        connection::{at, connect, make, open_existing, settle},
        files::{Files, bytes, exists},
        installation::{FileMark, mark},
        read_only,
        reserve::Reserve,
    },
    platform::Lock,
    salvage::{Salvaged, salvage},
};

/// The first `SQLite` without the bug that lets a reset of the write-ahead log damage the file.
const OLDEST_SQLITE: i32 = 3_051_003;

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
    /// Where it is. `SQLite` itself says so only where the path is UTF-8, and not all are.
    database: PathBuf,
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

    /// Whether there is a database in it. One that was there and is gone is an error.
    pub fn has_database(&self) -> Result<bool, OpenError> {
        let path = self.files.database();
        match exists(&path)? {
            false if !self.files.may_be_made()? => Err(OpenError::Missing { path }),
            found => Ok(found),
        }
    }

    /// Lets a database be made beside what another one left, as what a backup brought is left on
    /// another phone, where nothing could open that one.
    pub fn begin_anew(&self) -> Result<(), OpenError> {
        self.files.mark_anew()
    }

    /// Opens its database as [`Store::open`] does.
    pub fn open(self, key: Option<&DatabaseKey>) -> Result<Store, OpenError> {
        let sqlite = rusqlite::version_number();
        if sqlite < OLDEST_SQLITE {
            return Err(OpenError::OldSqlite { found: rusqlite::version().to_owned() });
        }
        let has_database = self.is_read_only || self.has_database()?;
        let Self { files, lock, is_read_only } = self;
        if is_read_only {
            let reader = read_only::open(&files, key)?;
            let reserve = Reserve::at(files.reserve());
            let (log_to_scrub, mark, database) = (false, None, absolute(files.database()));
            return Ok(Store {
                reader,
                log_to_scrub,
                reserve,
                is_read_only,
                mark,
                database,
                _lock: lock,
            });
        }
        if !has_database {
            files.set_lone_log_aside()?;
            make(&files, key)?;
        }
        files.is_made()?;
        let after_crash = bytes(&files.write_ahead_log())? > 0;
        let mut reserve = Reserve::at(files.reserve());
        let connection = match open_existing(&files.database(), key, after_crash) {
            Err(error) if error.is_of_full_disk() && reserve.spend() => {
                open_existing(&files.database(), key, after_crash)?
            }
            opened => opened?,
        };
        let reader = StoreReader { connection };
        let (log_to_scrub, database) = (after_crash, absolute(files.database()));
        let (is_read_only, mark) = (false, mark(&database));
        let mut store =
            Store { reader, log_to_scrub, reserve, is_read_only, mark, database, _lock: lock };
        store.scrub_log();
        if store.reserve.allows_writing() {
            store.reserve.keep();
        }
        Ok(store)
    }
}

/// The same place, also once the process works in another folder.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
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
        let held = HeldFolder::new(folder)?;
        held.has_database()?;
        let HeldFolder { files, lock: _lock, is_read_only } = held;
        if is_read_only {
            return Err(OpenError::ReadOnly { path: files.database() });
        }
        salvage(&files, key, now)
    }

    /// Where the database is.
    pub(crate) fn path(&self) -> &Path {
        &self.database
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
