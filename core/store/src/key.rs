//! The key of a database.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The first bytes of a file.
pub(crate) type Mark = [u8; 16];

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
