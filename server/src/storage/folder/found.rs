//! What is found in a folder before a server is at work in it: another server's work, none yet, one
//! whose database is gone, or things of somebody else.

use std::{
    fs::{self, OpenOptions},
    io,
    path::Path,
};

use super::{Folder, owner};
use crate::storage::StorageError;

/// Why a folder is none of a server's.
const NOBODY: &str = "no server has kept data here; name the folder that `serve` is given";

impl Folder {
    /// The folder of a server that is to run, made if it is new. One whose database is gone is no new
    /// one, and what others keep in a folder is closed to nobody for a slip of the pen.
    pub fn of_server(root: &Path) -> Result<Self, StorageError> {
        let folder = Self { root: root.to_owned() };
        folder.check_database_is_file()?;
        if !folder.has_database() {
            let keys = [folder.publisher_key(), folder.receipt_key()];
            if let Some(key) = keys.iter().find(|path| path.exists()) {
                return Err(folder.lost(key));
            }
            folder.check_is_free()?;
        }
        folder.check_log()?;
        Self::make(root)
    }

    /// Refuses what stands in the place of the database, or of what is written beside it, and is no
    /// file: SQLite would say of it what it says on a full disk.
    fn check_database_is_file(&self) -> Result<(), StorageError> {
        for name in ["server.db", "server.db-wal", "server.db-shm"] {
            let path = self.root.join(name);
            let link = fs::read_link(&path).ok();
            let why = match (fs::metadata(&path), link) {
                (Ok(found), _) if found.is_file() => continue,
                (Ok(found), _) if found.is_dir() => "this is a folder".to_owned(),
                (Ok(_), _) => "this is no file".to_owned(),
                (Err(_), Some(to)) => {
                    format!("this is a link to {}, and no file can be read there", to.display())
                }
                (Err(_), None) => continue,
            };
            let why = format!(
                "{why}; the server keeps its database in a file of this name. Put it back, or \
                 restore the newest backup (enhance-server restore). Nothing was changed"
            );
            let error = io::Error::new(io::ErrorKind::InvalidInput, why);
            return Err(StorageError::file(path.display().to_string())(error));
        }
        Ok(())
    }

    /// Whether there is anything in its database. A log beside it does not count: SQLite writes the
    /// first page into the database itself, and throws away a log that it finds beside none, with
    /// all that is good in it once the database is put back.
    fn has_database(&self) -> bool {
        fs::metadata(self.database()).is_ok_and(|database| database.len() > 0)
    }

    fn lost(&self, witness: &Path) -> StorageError {
        StorageError::Lost {
            database: self.database().display().to_string(),
            witness: witness.display().to_string(),
        }
    }

    /// Refuses a folder in which something is that no server has put there.
    fn check_is_free(&self) -> Result<(), StorageError> {
        const OURS: [&str; 8] = [
            "lock",
            "reserve",
            "reserve.trial",
            "files",
            "published",
            "server.db",
            "restoring",
            "lost+found",
        ];
        let what = || StorageError::file(self.root.display().to_string());
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(what()(error)),
        };
        for entry in entries {
            let name = entry.map_err(what())?.file_name();
            let name = name.to_string_lossy();
            let is_of_operator = name.starts_with('.') || name.ends_with(".toml");
            if !is_of_operator && !OURS.contains(&&*name) {
                let why = "it is not empty, and no server has kept data here; name a new folder";
                return Err(what()(io::Error::new(io::ErrorKind::DirectoryNotEmpty, why)));
            }
        }
        Ok(())
    }

    /// A folder in which a server has been at work.
    pub fn existing(root: &Path) -> Result<Self, StorageError> {
        let folder = Self { root: root.to_owned() };
        folder.check_database_is_file()?;
        let database = folder.database();
        let opened = OpenOptions::new().read(true).write(true).open(&database);
        match opened {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                let why = format!("it belongs to {}; do this as that user", owner(root));
                let error = io::Error::new(io::ErrorKind::PermissionDenied, why);
                return Err(StorageError::file(root.display().to_string())(error));
            }
            _ if database.is_file() && !folder.has_database() => {
                return Err(folder.lost(&database));
            }
            _ if database.is_file() => return folder.check_log().map(|()| folder),
            _ => {}
        }
        let missing = io::Error::new(io::ErrorKind::NotFound, NOBODY);
        Err(StorageError::file(root.display().to_string())(missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g14_a_server_whose_database_is_gone_does_not_begin_anew() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::of_server(root.path()).unwrap();
        folder.make_database().unwrap();
        Folder::of_server(root.path()).expect("a start that was cut short is begun again");
        folder.receipt_key_bytes([1; 32]).unwrap();
        let is_lost = || matches!(Folder::of_server(root.path()), Err(StorageError::Lost { .. }));
        assert!(is_lost(), "it is empty");
        let read = Folder::existing(root.path());
        assert!(
            matches!(read, Err(StorageError::Lost { .. })),
            "a backup of it would be of nothing"
        );
        fs::remove_file(folder.database()).unwrap();
        assert!(is_lost(), "it is not there");
        let log = root.path().join("server.db-wal");
        fs::write(&log, b"what was written last").unwrap();
        assert!(is_lost(), "a log is no database");
        fs::write(folder.database(), b"").unwrap();
        assert!(is_lost(), "and none for an empty one");
        assert_eq!(fs::read(&log).unwrap(), b"what was written last");
        fs::write(folder.database(), b"SQLite").unwrap();
        assert!(!is_lost(), "what is in it is looked at later");
    }

    #[cfg(unix)]
    #[test]
    fn d4_what_is_no_file_in_the_place_of_the_database_is_told_as_that() {
        use std::os::unix::fs::symlink;
        let why = |put: &dyn Fn(&Path)| {
            let root = tempfile::tempdir().unwrap();
            Folder::of_server(root.path()).unwrap().keep_reserve();
            put(root.path());
            let started = Folder::of_server(root.path()).unwrap_err().to_string();
            let read = Folder::existing(root.path()).unwrap_err().to_string();
            assert_eq!(started, read);
            assert!(root.path().join("reserve").exists(), "{started}");
            started
        };
        let folder = why(&|root| fs::create_dir(root.join("server.db")).unwrap());
        assert!(folder.contains("server.db: this is a folder"), "{folder}");
        let log = why(&|root| {
            fs::write(root.join("server.db"), b"SQLite").unwrap();
            fs::create_dir(root.join("server.db-wal")).unwrap();
        });
        assert!(log.contains("server.db-wal: this is a folder"), "{log}");
        let lost = why(&|root| symlink("/nosuch/server.db", root.join("server.db")).unwrap());
        assert!(lost.contains("a link to /nosuch/server.db, and no file"), "{lost}");
        let round = why(&|root| symlink("server.db", root.join("server.db")).unwrap());
        assert!(round.contains("a link to server.db"), "{round}");
        let device = why(&|root| symlink("/dev/null", root.join("server.db")).unwrap());
        assert!(device.contains("this is no file"), "{device}");
        // A link to a file is as good as the file.
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(other.path().join("db"), b"SQLite").unwrap();
        symlink(other.path().join("db"), root.path().join("server.db")).unwrap();
        Folder::existing(root.path()).unwrap();
    }

    #[test]
    fn g15_a_folder_in_which_something_else_is_does_not_become_a_servers() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("server.toml"), b"").unwrap();
        fs::create_dir(root.path().join("lost+found")).unwrap();
        Folder::of_server(root.path()).unwrap();
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("thesis.doc"), b"").unwrap();
        let refused = Folder::of_server(other.path()).unwrap_err();
        assert!(refused.to_string().contains("it is not empty"), "{refused}");
        assert!(!other.path().join("files").exists(), "and nothing of it was changed");
    }
}
