//! The key of a database, and whether a file is of it.

use std::{io::Read, path::Path};

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::files::{PAGE_BYTES, bytes, io_error};
use crate::{OpenError, platform::fs::File};

/// The first bytes of a file.
pub(crate) type Mark = [u8; 16];

/// How a database begins that has no key.
const PLAIN: Mark = *b"SQLite format 3\0";

/// The 256-bit key of a database, as the phone's key store hands it out.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// Bytes of a key.
    pub const BYTES: usize = 32;

    /// The key with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, for the key store alone.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// How a database begins that has this key. Nobody can get from it to the key, and with it a
    /// wrong key is told from a damaged page, which look alike to whoever decrypts.
    pub(crate) fn mark(&self) -> Mark {
        let hash =
            Sha256::new().chain_update(b"enhance database key").chain_update(self.0).finalize();
        let mut mark = [0; 16];
        mark.copy_from_slice(&hash[..16]);
        mark
    }
}

/// Refuses a key that is another's, where nothing of a database can be read: it would be taken for
/// lost, and is not.
pub(crate) fn require_key(path: &Path, key: Option<&DatabaseKey>) -> Result<(), OpenError> {
    match beginning(path) {
        Ok(head) if is_of_another_key(path, key, head) => {
            Err(OpenError::WrongKey { path: path.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Whether a file that begins like this is whole pages under another key, or under one at all.
pub(crate) fn is_of_another_key(path: &Path, key: Option<&DatabaseKey>, head: Mark) -> bool {
    let whole_pages = bytes(path).is_ok_and(|bytes| bytes % PAGE_BYTES == 0);
    let of_this_key = match key {
        Some(key) => head == key.mark(),
        None => head == PLAIN,
    };
    let encrypted = head != [0; 16] && head != PLAIN && whole_pages;
    !of_this_key && (head == PLAIN || encrypted)
}

/// How a file begins.
pub(crate) fn beginning(path: &Path) -> Result<Mark, OpenError> {
    let mut head = [0; 16];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).map_err(io_error(path))?;
    Ok(head)
}
