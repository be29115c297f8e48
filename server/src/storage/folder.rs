//! The server's folder: the database, the keys of packs and of receipts, and the files of packs.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use ed25519_dalek::SigningKey;
use enhance_model::{PersonId, Sha256};

use super::error::StorageError;

/// Where the server keeps everything.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// Holds a folder for one server, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Folder {
    /// A folder, made if it is not there.
    pub fn make(root: &Path) -> Result<Self, StorageError> {
        let folder = Self { root: root.to_owned() };
        make_folder(root)?;
        make_folder(&folder.files())?;
        Ok(folder)
    }

    /// A folder in which a server has been at work.
    pub fn existing(root: &Path) -> Result<Self, StorageError> {
        let folder = Self { root: root.to_owned() };
        if folder.database().is_file() {
            return Ok(folder);
        }
        let missing = io::Error::new(io::ErrorKind::NotFound, "no server has kept data here");
        Err(StorageError::file(root.display().to_string())(missing))
    }

    /// The folder in which everything is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file of the database.
    pub fn database(&self) -> PathBuf {
        self.root.join("server.db")
    }

    /// Where the files of packs are.
    pub fn files(&self) -> PathBuf {
        self.root.join("files")
    }

    /// The file with this hash.
    pub fn file(&self, sha256: Sha256) -> PathBuf {
        let name = sha256.to_string();
        self.files().join(name.get(..2).unwrap_or_default()).join(name)
    }

    /// The sealed file of a person with this hash.
    pub fn blob(&self, person: PersonId, sha256: Sha256) -> PathBuf {
        self.root.join("blobs").join(person.to_string()).join(sha256.to_string())
    }

    /// The key that signs packs.
    pub fn publisher_key(&self) -> PathBuf {
        self.root.join("publisher.key")
    }

    /// Has one byte for each time something was published, so that a running server notices.
    pub fn published(&self) -> PathBuf {
        self.root.join("published")
    }

    /// Lets a running server notice that something was published.
    pub fn tell_server(&self) -> Result<(), StorageError> {
        let path = self.published();
        let what = || StorageError::file(path.display().to_string());
        let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(what())?;
        file.write_all(b".").map_err(what())
    }

    /// Holds the folder for this process.
    pub fn lock(&self) -> Result<Lock, StorageError> {
        let path = self.root.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(StorageError::file(path.display().to_string()))?;
        file.try_lock().map_err(|_| StorageError::InUse(self.root.display().to_string()))?;
        Ok(Lock { _file: file })
    }

    /// The key of receipts.
    pub fn receipt_key(&self) -> PathBuf {
        self.root.join("receipt.key")
    }

    /// The key that signs packs, made from `fresh` if there is none yet.
    pub fn signing_key(&self, fresh: [u8; 32]) -> Result<SigningKey, StorageError> {
        let path = self.publisher_key();
        make_key(&path, fresh)?;
        Ok(SigningKey::from_bytes(&read_key(&path)?))
    }

    /// The bytes of the key of receipts, made from `fresh` if there is none yet, and whether it was.
    pub fn receipt_key_bytes(&self, fresh: [u8; 32]) -> Result<([u8; 32], bool), StorageError> {
        let path = self.receipt_key();
        let made = make_key(&path, fresh)?;
        Ok((read_key(&path)?, made))
    }
}

/// Makes the file of a key if there is none, and says whether it did.
fn make_key(path: &Path, fresh: [u8; 32]) -> Result<bool, StorageError> {
    let error = || StorageError::file(path.display().to_string());
    match private_file().open(path) {
        Ok(mut file) => {
            file.write_all(&fresh).map_err(error())?;
            file.sync_all().map_err(error())?;
            Ok(true)
        }
        Err(exists) if exists.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(other) => Err(error()(other)),
    }
}

fn read_key(path: &Path) -> Result<[u8; 32], StorageError> {
    let bytes = fs::read(path).map_err(StorageError::file(path.display().to_string()))?;
    <[u8; 32]>::try_from(bytes).map_err(|bytes| {
        StorageError::Broken(format!("{} has {} bytes, not 32", path.display(), bytes.len()))
    })
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that other users of the machine cannot read.
pub(crate) fn make_folder(path: &Path) -> Result<(), StorageError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(StorageError::file(path.display().to_string()))
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

    #[test]
    fn the_publishers_key_is_made_once() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::make(root.path()).unwrap();
        let first = folder.signing_key([1; 32]).unwrap();
        assert_eq!(folder.signing_key([2; 32]).unwrap(), first);
    }

    #[test]
    fn the_key_of_receipts_is_made_once_and_is_for_this_user_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::make(root.path()).unwrap();
        assert_eq!(folder.receipt_key_bytes([1; 32]).unwrap(), ([1; 32], true));
        assert_eq!(folder.receipt_key_bytes([2; 32]).unwrap(), ([1; 32], false));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.receipt_key()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
