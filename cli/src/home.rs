//! A home: the folder of one account, with the core's own folder and the key of its database.
//!
//! Phones keep the key in their keystore. A terminal has none, so here it is a file that only its
//! owner can read: it keeps the database closed to a thief of the `account` folder alone.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use enhance_client::{DatabaseKey, Environment, Error, LearningCore, OpenOptions, Salvaged};

use crate::{exit::Failure, file::new_file};

/// A home in which somebody is about to be enrolled.
#[derive(Debug)]
pub struct MadeHome {
    pub core: LearningCore,
    /// Whether there was no account in it.
    pub is_new: bool,
    /// Whether its folder was not there either.
    pub folder_is_new: bool,
    /// Nobody else makes a home there while this is held.
    _turn: File,
}

/// The folder of one account.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// The home in this folder, which need not be there yet.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder that the person named.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the account that was enrolled here.
    pub fn open(&self, environment: Environment) -> Result<LearningCore, Failure> {
        let (key, has_account) = (self.key()?, self.account().exists());
        let Some(key) = key else {
            return Err(if has_account {
                self.key_failure("it is missing, and the database here cannot be opened without it")
            } else {
                Failure::NotEnrolled { home: self.folder.display().to_string() }
            });
        };
        if !has_account {
            return Err(self.database_missing());
        }
        self.open_with(key, environment)
    }

    /// Opens the account that is about to be enrolled here, making what is missing.
    pub fn make(&self, environment: Environment) -> Result<MadeHome, Failure> {
        let folder_is_new = !self.folder.exists();
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        made.map_err(|source| home_failure(&self.folder, source))?;
        let turn = self.turn()?;
        let is_new = !self.account().exists();
        let core = if is_new {
            // The key of a database that is elsewhere at the moment would be lost with this
            // enrolment.
            if self.key()?.is_some() {
                return Err(self.database_missing());
            }
            let key = environment.randomness.bytes();
            self.write_key(&key)?;
            self.open_with(key, environment)?
        } else {
            self.open(environment)?
        };
        Ok(MadeHome { core, is_new, folder_is_new, _turn: turn })
    }

    /// The turn to make a home here: of two who do so at once, one would write its key over the
    /// key of the other's database.
    fn turn(&self) -> Result<File, Failure> {
        let failure = |source| home_failure(&self.folder, source);
        let folder = File::open(&self.folder).map_err(failure)?;
        match folder.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Failure::Core(Error::InUse)),
            // Where folders cannot be held, the database itself is.
            Err(TryLockError::Error(_)) => return Ok(folder),
        }
        let held = folder.metadata().map_err(failure)?;
        // Whoever had the turn before may have taken the folder away.
        let is_there = fs::metadata(&self.folder)
            .is_ok_and(|found| (found.dev(), found.ino()) == (held.dev(), held.ino()));
        if is_there { Ok(folder) } else { Err(Failure::Core(Error::InUse)) }
    }

    /// Takes back what was made for an enrolment that came to nothing. What else is in the folder,
    /// and a folder that was there, stays.
    pub fn unmake(&self, folder_is_new: bool) -> Result<(), Failure> {
        self.remove_account()?;
        if folder_is_new {
            // Whatever else is there is not ours.
            let _ = fs::remove_dir(&self.folder);
        }
        Ok(())
    }

    /// Takes what can be read of the account's database into a new one.
    pub fn salvage(&self, environment: &Environment) -> Result<Salvaged, Failure> {
        self.require_account()?;
        let Some(key) = self.key()? else {
            return Err(self.key_failure("it is missing, and without it nothing here can be read"));
        };
        let key = DatabaseKey::from_bytes(key);
        Ok(LearningCore::salvage(self.account(), Some(&key), environment)?)
    }

    /// Sets a database aside whose key is lost, with the key there is, so that somebody can enrol
    /// here again. Says where both are.
    pub fn set_aside(&self, environment: &Environment) -> Result<PathBuf, Failure> {
        if self.key()?.is_none() {
            self.require_account()?;
        }
        let aside = LearningCore::set_aside(self.account(), environment)?;
        let key = self.key_file();
        match fs::rename(&key, aside.join("key")) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(home_failure(&key, source));
            }
            _ => {}
        }
        self.write_key(&environment.randomness.bytes())?;
        Ok(aside)
    }

    fn database_missing(&self) -> Failure {
        let folder = self.account().display().to_string();
        Failure::Core(Error::DatabaseMissing { folder })
    }

    fn require_account(&self) -> Result<(), Failure> {
        if self.account().exists() {
            return Ok(());
        }
        if self.key_file().exists() {
            return Err(self.database_missing());
        }
        Err(Failure::NotEnrolled { home: self.folder.display().to_string() })
    }

    /// Takes the key away and what is left of a home that was signed out. The key first: without it
    /// nothing that is left says anything.
    pub fn wipe(&self) -> Result<(), Failure> {
        self.remove_account()?;
        // Whatever else is there is not ours.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }

    fn remove_account(&self) -> Result<(), Failure> {
        let done = fs::remove_file(self.key_file()).and_then(|()| {
            match fs::remove_dir_all(self.account()) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        });
        done.map_err(|source| home_failure(&self.folder, source))
    }

    fn open_with(&self, key: [u8; 32], environment: Environment) -> Result<LearningCore, Failure> {
        let key = Some(DatabaseKey::from_bytes(key));
        Ok(LearningCore::open(OpenOptions { folder: self.account(), key, environment })?)
    }

    fn account(&self) -> PathBuf {
        self.folder.join("account")
    }

    fn key_file(&self) -> PathBuf {
        self.folder.join("key")
    }

    fn key(&self) -> Result<Option<[u8; 32]>, Failure> {
        let path = self.key_file();
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(home_failure(&path, source)),
        };
        if !metadata.is_file() {
            return Err(self.key_failure("something else is in the place of a file"));
        }
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(self.key_failure("others can read it; make it yours alone with chmod 600"));
        }
        let text = fs::read_to_string(&path).map_err(|source| home_failure(&path, source))?;
        let bytes = HEXLOWER.decode(text.trim().as_bytes()).unwrap_or_default();
        let key = bytes
            .try_into()
            .map_err(|_| self.key_failure("it is damaged: 64 hexadecimal digits are expected"))?;
        Ok(Some(key))
    }

    /// Writes the key so that after a crash it is whole or not there at all.
    fn write_key(&self, key: &[u8; 32]) -> Result<(), Failure> {
        let path = self.key_file();
        let written = || -> io::Result<()> {
            let unfinished = self.folder.join("key.new");
            let mut file = new_file(&unfinished)?;
            writeln!(file, "{}", HEXLOWER.encode(key))?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)?;
            File::open(&self.folder)?.sync_all()
        };
        written().map_err(|source| home_failure(&path, source))
    }

    fn key_failure(&self, reason: &str) -> Failure {
        Failure::Key { path: self.key_file(), reason: reason.to_owned() }
    }
}

fn home_failure(path: &Path, source: io::Error) -> Failure {
    Failure::Home { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().to_owned());
        (folder, home)
    }

    #[test]
    fn a_key_is_read_back_and_nobody_else_can_read_it() {
        let (_folder, home) = home();
        assert_eq!(home.key().unwrap(), None);
        home.write_key(&[0xa7; 32]).unwrap();
        assert_eq!(home.key().unwrap(), Some([0xa7; 32]));
        let mode = fs::metadata(home.key_file()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_others_can_read_and_a_broken_one_are_refused_with_their_file() {
        let (_folder, home) = home();
        home.write_key(&[1; 32]).unwrap();
        fs::set_permissions(home.key_file(), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(home.key().unwrap_err().to_string().contains("chmod 600"));
        fs::set_permissions(home.key_file(), fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(home.key_file(), "zz").unwrap();
        let failure = home.key().unwrap_err();
        assert!(failure.to_string().contains("/key: it is damaged"), "{failure}");
    }

    #[test]
    fn a_database_without_its_key_is_not_taken_for_a_new_home() {
        let (_folder, home) = home();
        fs::create_dir(home.account()).unwrap();
        for opened in
            [home.open(Environment::real()), home.make(Environment::real()).map(|made| made.core)]
        {
            assert!(matches!(opened, Err(Failure::Key { .. })));
        }
    }
}
