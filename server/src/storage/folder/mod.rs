//! The server's folder: the database, the keys of packs and of receipts, and the files of packs.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use ed25519_dalek::SigningKey;
use enhance_model::{PersonId, Sha256, disk};

use super::{error::StorageError, whole_file};

mod found;
mod lock;

pub use self::lock::Lock;

/// Bytes that are kept free for the log of the database and its index.
const RESERVE_BYTES: usize = 4 << 20;

/// Bytes of the file of a key that are read to say how many it has.
const KEY_FILE_BYTES: u64 = 4 << 10;

/// Where the server keeps everything.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// A folder, made if it is not there.
    pub fn make(root: &Path) -> Result<Self, StorageError> {
        let folder = Self { root: root.to_owned() };
        if root.is_file() {
            let file = io::Error::new(io::ErrorKind::NotADirectory, "this is a file and no folder");
            return Err(StorageError::file(root.display().to_string())(file));
        }
        make_folder(root)?;
        make_folder(&folder.files())?;
        folder.close_to_others()?;
        Ok(folder)
    }

    /// Takes from everybody else on this machine what was left open to them: the folder may have
    /// been made by hand, and the database by an older server.
    fn close_to_others(&self) -> Result<(), StorageError> {
        set_mode(&self.root, 0o700)?;
        let names = ["server.db", "server.db-wal", "server.db-shm", "published", "lock"];
        for path in names.map(|name| self.root.join(name)).into_iter().filter(|it| it.exists()) {
            set_mode(&path, 0o600)?;
        }
        let key_files = [self.publisher_key(), self.receipt_key()];
        key_files.iter().filter(|path| path.exists()).try_for_each(|path| set_mode(path, 0o600))
    }

    /// What of it other users of this machine can read or write, as a sentence without its full
    /// stop. A start closes it.
    pub fn open_to_others(&self) -> Option<String> {
        let paths = [self.root.clone(), self.database(), self.publisher_key(), self.receipt_key()];
        let open = paths.iter().filter(|path| is_open(path));
        let open: Vec<String> = open.map(|path| path.display().to_string()).collect();
        (!open.is_empty()).then(|| {
            format!(
                "other users of this machine can get at {}: chmod 700 the folder and 600 the \
                 files, or start the server once, which does it",
                open.join(", ")
            )
        })
    }

    /// Makes the file of the database for this user alone, if there is none; those beside it get
    /// the same rights from it.
    pub fn make_database(&self) -> Result<(), StorageError> {
        match private_file().open(self.database()) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(StorageError::file(self.database().display().to_string())(error))
            }
            _ => Ok(()),
        }
    }

    /// The file that takes room which is given up when a full disk keeps the server from starting.
    pub fn reserve(&self) -> PathBuf {
        self.root.join("reserve")
    }

    /// Takes the room again, if it was given up and there is some.
    pub fn keep_reserve(&self) {
        let path = self.reserve();
        if path.exists() {
            return;
        }
        if let Err(error) = write_reserve(&path) {
            let error = disk::in_words(&error);
            tracing::warn!(%error, "there is no room for a reserve: the disk is nearly full");
            let _ = fs::remove_file(path);
        }
    }

    /// Gives up the room, if there is no other. False if there was none, or if it is not what is
    /// wanted: SQLite says of much that it cannot open it.
    pub fn use_reserve(&self) -> bool {
        !self.has_room() && fs::remove_file(self.reserve()).is_ok()
    }

    /// Whether as much as the reserve can be written beside it. What is free on the disk is not all
    /// of it: a quota says no before the disk does.
    fn has_room(&self) -> bool {
        let trial = self.reserve().with_extension("trial");
        // What a power cut left of it takes room.
        let _ = fs::remove_file(&trial);
        let written = write_reserve(&trial);
        let _ = fs::remove_file(&trial);
        !written.is_err_and(|error| disk::has_no_room(&error))
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
        let mut file = private().create(true).append(true).open(&path).map_err(what())?;
        file.write_all(b".").map_err(what())
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

    /// The key that signs packs, if there is one.
    pub fn known_signing_key(&self) -> Result<Option<SigningKey>, StorageError> {
        let key = known_key(&self.publisher_key())?;
        Ok(key.map(|key| SigningKey::from_bytes(&key)))
    }

    /// Looks at the key of receipts, if there is one.
    pub fn check_receipt_key(&self) -> Result<(), StorageError> {
        known_key(&self.receipt_key()).map(drop)
    }

    /// The bytes of the key of receipts, made from `fresh` if there is none yet, and whether it was.
    pub fn receipt_key_bytes(&self, fresh: [u8; 32]) -> Result<([u8; 32], bool), StorageError> {
        let path = self.receipt_key();
        let made = make_key(&path, fresh)?;
        Ok((read_key(&path)?, made))
    }
}

fn write_reserve(path: &Path) -> io::Result<()> {
    let mut file = private_file().open(path)?;
    file.write_all(&vec![0xa5; RESERVE_BYTES]).and(file.sync_all())
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

fn known_key(path: &Path) -> Result<Option<[u8; 32]>, StorageError> {
    if path.exists() { read_key(path).map(Some) } else { Ok(None) }
}

fn read_key(path: &Path) -> Result<[u8; 32], StorageError> {
    let bytes = whole_file::bytes(path, KEY_FILE_BYTES)?;
    let key = <[u8; 32]>::try_from(bytes).map_err(|bytes| {
        StorageError::Broken(format!("{} has {} bytes, not 32", path.display(), bytes.len()))
    })?;
    if key == [0; 32] {
        // What a disk gives back of a file whose bytes were never written.
        return Err(StorageError::Broken(format!("{} holds nothing but zeros", path.display())));
    }
    Ok(key)
}

fn private_file() -> OpenOptions {
    let mut options = private();
    options.write(true).create_new(true);
    options
}

/// What a file is made with that other users of the machine cannot read.
pub(crate) fn private() -> OpenOptions {
    #[allow(unused_mut, reason = "elsewhere than on Unix a file has no mode")]
    let mut options = OpenOptions::new();
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

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), StorageError> {
    use std::os::unix::fs::PermissionsExt;
    let what = || StorageError::file(path.display().to_string());
    let mut permissions = fs::metadata(path).map_err(what())?.permissions();
    if permissions.mode() & 0o777 == mode {
        return Ok(());
    }
    permissions.set_mode(mode);
    fs::set_permissions(path, permissions).map_err(what())
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> Result<(), StorageError> {
    Ok(())
}

/// Whose a folder is, as far as that can be seen.
#[cfg(unix)]
fn owner(folder: &Path) -> String {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(folder);
    found.map_or_else(|_| "another user".to_owned(), |it| format!("the user number {}", it.uid()))
}

#[cfg(not(unix))]
fn owner(_: &Path) -> String {
    "another user".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn g15_what_others_could_read_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let root = tempfile::tempdir().unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let database = root.path().join("server.db");
        fs::write(&database, b"").unwrap();
        fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
        Folder::make(root.path()).unwrap();
        assert_eq!((mode(root.path()), mode(&database)), (0o700, 0o600));
        fs::remove_file(&database).unwrap();
        let folder = Folder::make(root.path()).unwrap();
        folder.make_database().unwrap();
        folder.make_database().unwrap();
        assert_eq!(mode(&database), 0o600);
    }

    #[test]
    fn d4_the_reserve_is_kept_where_there_is_room_without_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::make(root.path()).unwrap();
        assert!(!folder.use_reserve());
        folder.keep_reserve();
        assert_eq!(fs::metadata(folder.reserve()).unwrap().len(), RESERVE_BYTES as u64);
        assert!(!folder.use_reserve(), "there is room, so it is something else that is wrong");
        assert!(folder.reserve().exists());
        assert!(!root.path().join("reserve.trial").exists());
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
