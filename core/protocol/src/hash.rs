//! How an entry is known, whoever offers it.

use enhance_model::{DocumentId, EntryHash, EntryKind};
use sha2::{Digest, Sha256};

/// The hash of every entry but a plain change, which has its own.
pub fn hash(kind: EntryKind, document: DocumentId, body: &[u8]) -> EntryHash {
    let mut hasher = Sha256::new();
    hasher.update(b"enhance entry 1\0");
    hasher.update(kind.as_str().as_bytes());
    hasher.update(b"\0");
    hasher.update(document.as_bytes());
    hasher.update(body);
    EntryHash::from_bytes(hasher.finalize().into())
}
