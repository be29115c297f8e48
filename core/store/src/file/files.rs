//! The files of one account: the database, what `SQLite` keeps beside it, and the lock.

use std::{
    io,
    path::{Path, PathBuf},
};

use enhance_model::Timestamp;

use super::{reserve::Reserve, upgrade_copy};
use crate::{
    OpenError,
    platform::{
        Holding, Lock,
        fs::{self, File},
        ours,
    },
};

/// The folder beside a database in which the files of attachments are.
pub const ATTACHMENTS: &str = "attachments";
/// The folder beside a database in which the files of content packs are.
pub const PACK_FILES: &str = "files";

/// Databases are made of pages of this size; the smallest one has several.
pub(crate) const PAGE_BYTES: u64 = 4_096;

/// Where the files of an account are.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("enhance.db")
    }

    /// A database that is being made and is not in use yet.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.folder.join("enhance.db.new")
    }

    pub(crate) fn write_ahead_log(&self) -> PathBuf {
        self.folder.join("enhance.db-wal")
    }

    /// What is given up when the disk is full.
    pub(crate) fn reserve(&self) -> PathBuf {
        self.folder.join("enhance.reserve")
    }

    /// Noted before a database is moved away on purpose: the next one may be made.
    fn anew(&self) -> PathBuf {
        self.folder.join("enhance.anew")
    }

    /// Whether a database may be made: there was none, or it was set aside.
    ///
    /// What a database leaves beside it is made after it, so where that is alone somebody took the
    /// database away: a new one would hide that what never reached the server went with it.
    pub(crate) fn may_be_made(&self) -> Result<bool, OpenError> {
        if exists(&self.anew())? {
            return Ok(true);
        }
        let [index, log, _] = self.of_database();
        let folders = [PACK_FILES, ATTACHMENTS].map(|name| self.folder.join(name));
        for left in [index, log, self.reserve()].iter().chain(&folders) {
            if exists(left)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Notes that the next database may be made.
    pub(crate) fn mark_anew(&self) -> Result<(), OpenError> {
        let mark = self.anew();
        File::create(&mark).and_then(|file| file.sync_all()).map_err(io_error(&mark))
    }

    /// Forgets that a database was set aside, since there is another one.
    pub(crate) fn is_made(&self) -> Result<(), OpenError> {
        let mark = self.anew();
        if exists(&mark)? { fs::remove_file(&mark).map_err(io_error(&mark)) } else { Ok(()) }
    }

    /// Everything that holds what a person wrote, the database last.
    ///
    /// Should moving them be cut short, a database without its log is still all there but for the
    /// newest commits, and the log is kept beside it; a log without its database would be thrown
    /// away by `SQLite`.
    fn of_database(&self) -> [PathBuf; 3] {
        [self.folder.join("enhance.db-shm"), self.write_ahead_log(), self.database()]
    }

    /// Files that are written in passing.
    fn written_at_times(&self) -> [PathBuf; 6] {
        let [copy, new_copy] = upgrade_copy::places(&self.database());
        let trial = Reserve::trial(&self.reserve());
        [self.unfinished(), self.wiping(), self.anew(), trial, copy, new_copy]
    }

    /// Makes the folder and holds it for this process for as long as the lock lives.
    pub(crate) fn lock(&self) -> Result<Lock, OpenError> {
        ours::require_folder(&self.folder)?;
        let path = self.lock_file();
        for file in self.of_database().iter().chain([&path, &self.reserve()]) {
            ours::require_file(file)?;
        }
        for file in self.written_at_times() {
            ours::require_file(&file)?;
        }
        let file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(io_error(&path))?;
        self.held(file, &path, Holding::Alone)
    }

    /// Holds a folder that takes no writing, together with others who read. `read_only` is what was
    /// found to be so.
    pub(crate) fn lock_to_read(&self, read_only: PathBuf) -> Result<Lock, OpenError> {
        let is_there = |path: &Path| fs::exists(path).map_err(io_error(path));
        if !is_there(&self.database())? || is_there(&self.wiping())? {
            return Err(OpenError::ReadOnly { path: read_only });
        }
        let lock = self.lock_file();
        let path = if is_there(&lock)? { lock } else { self.database() };
        let file = File::open(&path).map_err(io_error(&path))?;
        self.held(file, &path, Holding::ToRead)
    }

    fn held(&self, file: File, path: &Path, holding: Holding) -> Result<Lock, OpenError> {
        let held = Lock::of(file, path, holding).map_err(io_error(path))?;
        held.ok_or_else(|| OpenError::InUse { path: self.database() })
    }

    /// Moves the database and what belongs to it to a folder of its own and says which. Of the files
    /// of attachments those of these names stay: the others are sealed under keys that are in the
    /// database, or were, and what no database names is destroyed with the next opening.
    pub(crate) fn set_aside(&self, now: Timestamp, kept: &[String]) -> Result<PathBuf, OpenError> {
        let date = now.to_string().replace([':', ' '], "-");
        let aside = self.new_folder(&format!("set-aside-{date}"))?;
        self.mark_anew()?;
        self.set_attachments_aside(&aside, kept)?;
        for path in self.of_database() {
            let Some(name) = path.file_name() else { continue };
            move_to(&path, &aside.join(name))?;
        }
        Ok(aside)
    }

    fn set_attachments_aside(&self, aside: &Path, kept: &[String]) -> Result<(), OpenError> {
        let folder = self.folder.join(ATTACHMENTS);
        // What a link leads to is none of ours.
        if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
            return Ok(());
        }
        let Ok(files) = fs::read_dir(&folder) else { return Ok(()) };
        let aside = aside.join(ATTACHMENTS);
        for file in files {
            let path = file.map_err(io_error(&folder))?.path();
            let Some(name) = path.file_name() else { continue };
            if !kept.iter().any(|kept| *kept == name.to_string_lossy()) {
                fs::create_dir_all(&aside).map_err(io_error(&aside))?;
                move_to(&path, &aside.join(name))?;
            }
        }
        Ok(())
    }

    /// Noted before anything is wiped, so that a wipe that was cut short is done to its end.
    fn wiping(&self) -> PathBuf {
        self.folder.join("wiping")
    }

    /// Destroys everything in the folder but the lock.
    pub(crate) fn wipe(&self) -> Result<(), OpenError> {
        let mark = self.wiping();
        File::create(&mark).and_then(|file| file.sync_all()).map_err(io_error(&mark))?;
        self.finish_wiping()
    }

    /// Does to its end what a wipe has begun, if one has.
    pub(crate) fn finish_wiping(&self) -> Result<(), OpenError> {
        let mark = self.wiping();
        if !fs::exists(&mark).map_err(io_error(&mark))? {
            return Ok(());
        }
        for entry in fs::read_dir(&self.folder).map_err(io_error(&self.folder))? {
            let path = entry.map_err(io_error(&self.folder))?.path();
            if path == mark || path == self.lock_file() {
                continue;
            }
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
            let gone = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            gone.map_err(io_error(&path))?;
        }
        fs::remove_file(&mark).map_err(io_error(&mark))
    }

    fn lock_file(&self) -> PathBuf {
        self.folder.join("enhance.lock")
    }

    /// Moves a log whose database is gone out of the way: `SQLite` would write what is in it into
    /// the next database of that name.
    pub(crate) fn set_lone_log_aside(&self) -> Result<(), OpenError> {
        let log = self.write_ahead_log();
        if !fs::exists(&log).map_err(io_error(&log))? {
            return Ok(());
        }
        let aside = self.new_folder("log-without-database")?;
        fs::rename(&log, aside.join("enhance.db-wal")).map_err(io_error(&log))
    }

    fn new_folder(&self, name: &str) -> Result<PathBuf, OpenError> {
        let mut number = 1;
        loop {
            let path = self.folder.join(format!("{name}-{number}"));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(source) => return Err(OpenError::Io { path, source }),
            }
        }
    }
}

/// Moves a file, if it is there.
fn move_to(path: &Path, place: &Path) -> Result<(), OpenError> {
    match fs::rename(path, place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says which file the system refused.
pub(crate) fn io_error(path: &Path) -> impl FnOnce(io::Error) -> OpenError {
    let path = path.to_owned();
    move |source| OpenError::Io { path, source }
}

/// Whether there is such a file.
pub(crate) fn exists(path: &Path) -> Result<bool, OpenError> {
    fs::exists(path).map_err(io_error(path))
}

/// How many bytes a file has; none if it is not there.
pub(crate) fn bytes(path: &Path) -> Result<u64, OpenError> {
    if exists(path)? { Ok(fs::metadata(path).map_err(io_error(path))?.len()) } else { Ok(0) }
}
