//! Whether a file is what its name says: the hash of its bytes.

use std::{
    fmt, fs,
    io::{self, Read, Write},
    path::Path,
};

use enhance_model::{Sha256, disk};
use sha2::Digest;

/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;

/// What is wrong with a file.
#[derive(Debug)]
pub enum FileFault {
    Missing,
    /// It is a folder, or something that has no end.
    NoFile,
    /// Its bytes are others than its name says.
    Changed,
    /// Nothing is known of it, since it could not be read.
    Unread(io::Error),
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is not there"),
            Self::NoFile => f.write_str("is no file"),
            Self::Changed => f.write_str("is not what it was"),
            Self::Unread(error) => write!(f, "cannot be read: {}", disk::in_words(error)),
        }
    }
}

/// Copies bytes and says their hash.
pub fn hash(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<Sha256> {
    let mut hasher = sha2::Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = match from.read(&mut chunk) {
            Ok(0) => return Ok(Sha256::from_bytes(hasher.finalize().into())),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let read = chunk.get(..read).unwrap_or_default();
        hasher.update(read);
        to.write_all(read)?;
    }
}

/// What is wrong with the file of this name, if anything is.
pub fn fault_of(path: &Path, sha256: Sha256) -> Option<FileFault> {
    let hashed = fs::metadata(path).and_then(|found| {
        // What else it may be has no end, or is never there.
        if !found.is_file() {
            return Ok(None);
        }
        hash(&mut fs::File::open(path)?, &mut io::sink()).map(Some)
    });
    match hashed {
        Ok(Some(found)) if found == sha256 => None,
        Ok(Some(_)) => Some(FileFault::Changed),
        Ok(None) => Some(FileFault::NoFile),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(FileFault::Missing),
        Err(error) => Some(FileFault::Unread(error)),
    }
}
