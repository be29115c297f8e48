//! The one server that is at work in a folder, and which database it began with.

use std::{
    fs::{self, File, TryLockError},
    io::{Seek, Write},
    path::Path,
};

use super::{Folder, private};
use crate::storage::{
    StorageError,
    place::{Header, Identity, identity},
    whole_file,
};

/// Bytes of the file of a lock that are read.
const LOCK_BYTES: u64 = 1 << 10;
/// Bytes with which the log of a database begins: one that is shorter holds nothing.
const LOG_HEADER_BYTES: u64 = 32;

/// Holds a folder for one server, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// The folder itself is held as well, where that can be: whoever removes the file of the lock
    /// lets nobody in.
    _folder: Option<File>,
}

impl Folder {
    /// Holds the folder for this process.
    pub fn lock(&self) -> Result<Lock, StorageError> {
        let path = self.lock_file();
        let mut options = private();
        let file = options.create(true).truncate(false).read(true).write(true).open(&path);
        let file = file.map_err(StorageError::file(path.display().to_string()))?;
        let in_use = || StorageError::InUse(self.root.display().to_string());
        file.try_lock().map_err(|_| in_use())?;
        // Some systems open no folder, and some file systems hold none.
        let folder = File::open(&self.root).ok();
        let folder = match folder.map(|folder| (folder.try_lock(), folder)) {
            Some((Err(TryLockError::WouldBlock), _)) => return Err(in_use()),
            Some((Ok(()), folder)) => Some(folder),
            _ => None,
        };
        Ok(Lock { file, _folder: folder })
    }

    fn lock_file(&self) -> std::path::PathBuf {
        self.root.join("lock")
    }

    /// Refuses a log that was written beside another database than the one that is here: SQLite
    /// would write it into this one.
    pub(super) fn check_log(&self) -> Result<(), StorageError> {
        let (database, log) = (self.database(), self.root.join("server.db-wal"));
        let is_empty = |log: &Path| fs::metadata(log).map_or(0, |it| it.len()) <= LOG_HEADER_BYTES;
        if is_empty(&log) {
            return Ok(());
        }
        // Without a word of it the log is taken for what it says it is.
        let known = whole_file::text(&self.lock_file(), LOCK_BYTES).ok();
        let Some(known) = known.as_deref().and_then(Begun::read) else { return Ok(()) };
        let found = Begun::of(self, known.marks.1)?;
        let is_same_folder = known.lock == found.lock;
        let is_marked = [known.marks.0, known.marks.1].contains(&found.marks.0);
        if is_marked && (!is_same_folder || known.database == found.database) {
            return Ok(());
        }
        let [log, database] = [log, database].map(|path| path.display().to_string());
        Err(StorageError::ForeignLog { log, database })
    }
}

impl Lock {
    /// Notes with which database a server began, which has this mark from now on: the log is of
    /// that one, whatever stands in its place later.
    pub fn note(&mut self, folder: &Folder, mark: u32) -> Result<(), StorageError> {
        let begun = Begun::of(folder, mark)?.write();
        self.put(&begun).map_err(StorageError::file(folder.lock_file().display().to_string()))
    }

    /// Notes that no server has begun with the database that is there now.
    pub fn forget(&mut self, folder: &Folder) -> Result<(), StorageError> {
        self.put("").map_err(StorageError::file(folder.lock_file().display().to_string()))
    }

    fn put(&mut self, text: &str) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

/// With which database a server began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun {
    /// What the file of the database said, and what it says once the log is written into it.
    marks: (u32, u32),
    database: Identity,
    /// A folder that was copied as a whole has another.
    lock: Identity,
}

impl Begun {
    fn of(folder: &Folder, mark: u32) -> Result<Self, StorageError> {
        let what = |path: &Path| StorageError::file(path.display().to_string());
        let (database, lock) = (folder.database(), folder.lock_file());
        let name = |path: &Path| fs::metadata(path).map(|it| identity(&it)).map_err(what(path));
        let file = File::open(&database).map_err(what(&database))?;
        let marks = (Header::read(&file).map_or(0, |header| header.mark), mark);
        Ok(Self { marks, database: name(&database)?, lock: name(&lock)? })
    }

    fn write(self) -> String {
        let Self { marks: (was, is), database: (disk, number), lock: (lock_disk, lock) } = self;
        format!("{was} {is} {disk} {number} {lock_disk} {lock}\n")
    }

    fn read(text: &str) -> Option<Self> {
        let numbers = text.split_ascii_whitespace().map(str::parse::<u64>);
        let numbers = numbers.collect::<Result<Vec<_>, _>>().ok()?;
        let [was, is, disk, number, lock_disk, lock] = numbers[..] else { return None };
        let marks = (u32::try_from(was).ok()?, u32::try_from(is).ok()?);
        Some(Self { marks, database: (disk, number), lock: (lock_disk, lock) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_holds_a_folder_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::make(root.path()).unwrap();
        let held = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(StorageError::InUse(_))));
        drop(held);
        folder.lock().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn whoever_removes_the_lock_of_a_running_server_lets_no_second_one_in() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::make(root.path()).unwrap();
        let held = folder.lock().unwrap();
        for _ in 0..2 {
            fs::remove_file(root.path().join("lock")).unwrap();
            assert!(matches!(folder.lock(), Err(StorageError::InUse(_))));
        }
        drop(held);
        folder.lock().unwrap();
    }

    /// A folder in which a server with this mark was killed, with a log beside the database.
    fn killed(mark: u32) -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::make(root.path()).unwrap();
        let mut lock = folder.lock().unwrap();
        database(&folder.database(), mark);
        lock.note(&folder, mark).unwrap();
        fs::write(root.path().join("server.db-wal"), [1; 100]).unwrap();
        (root, folder)
    }

    fn database(path: &Path, mark: u32) {
        let bytes = [&b"SQLite format 3\0"[..], &[0; 52], &mark.to_be_bytes(), &[0; 100]].concat();
        fs::write(path, bytes).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn h2_a_log_is_written_into_no_other_database_than_that_which_it_is_of() {
        let is_foreign =
            |it: &Folder| matches!(it.check_log(), Err(StorageError::ForeignLog { .. }));
        let (_root, folder) = killed(7);
        assert!(!is_foreign(&folder), "the one that was there");
        database(&folder.database(), 8);
        assert!(is_foreign(&folder), "another was written over it");
        let (root, folder) = killed(7);
        let aside = root.path().join("aside");
        fs::rename(folder.database(), &aside).unwrap();
        database(&folder.database(), 7);
        assert!(is_foreign(&folder), "a copy was put in its place");
        fs::rename(&aside, folder.database()).unwrap();
        assert!(!is_foreign(&folder), "it was put back");
        let (root, folder) = killed(7);
        let copy = tempfile::tempdir().unwrap();
        for name in ["lock", "server.db", "server.db-wal"] {
            fs::copy(root.path().join(name), copy.path().join(name)).unwrap();
        }
        assert!(!is_foreign(&Folder { root: copy.path().to_owned() }), "all of it was copied");
        database(&folder.database(), 8);
        fs::write(root.path().join("server.db-wal"), []).unwrap();
        assert!(!is_foreign(&folder), "an empty log spoils nothing");
    }
}
