//! The key of one private document. Destroying it destroys the document.

use enhance_model::{DocumentId, ItemId, Sha256};
use zeroize::Zeroizing;

use super::{secret::secret, wrapping::derive};

secret!(
    /// The key of one private document.
    DocumentKey, 32
);

impl DocumentKey {
    /// The key that the files of a shared copy are sealed with. The copy is plain to its reader and
    /// to the server, and so are its files to whoever knows the copy; who may have them the server
    /// judges by the copy.
    pub(crate) fn of_copy(copy: DocumentId) -> Self {
        Self(derive(copy.as_bytes(), &[b"enhance shared copy key 1"]))
    }

    /// The key changes are sealed with.
    pub(crate) fn cipher_key(&self) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance envelope key 1"])
    }

    /// The key that a file of the document is sealed with. No other file has it.
    pub(crate) fn attachment_key(&self, id: ItemId) -> Zeroizing<[u8; 32]> {
        derive(self.as_bytes(), &[b"enhance attachment key 1", id.as_bytes()])
    }

    /// How a file that says this begins once it is sealed. Other words under one id begin otherwise,
    /// so that no nonce comes twice.
    pub(crate) fn attachment_prefix(&self, id: ItemId, said: &Sha256) -> Zeroizing<[u8; 16]> {
        let of = [id.as_bytes(), &said.as_bytes()[..]].concat();
        derive(self.as_bytes(), &[b"enhance attachment prefix 1", &of])
    }

    /// What tells this key from every other without telling anything about it.
    pub(crate) fn commitment(&self) -> [u8; 32] {
        *derive(self.as_bytes(), &[b"enhance envelope commitment 1"])
    }
}
