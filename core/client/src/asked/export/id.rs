//! Ids of what is read back: they follow from the ids that it had and from whose it is now, so that
//! doing it twice is doing it once.

use enhance_model::{DocumentId, PersonId};
use sha2::{Digest, Sha256};

/// What ids of documents follow from, and of the first move of a project.
const IMPORTED: &[u8] = b"enhance import 1\0";

/// The id, in this person's account, of what had another elsewhere.
pub(in crate::asked) fn derived(of: &[u8], here: PersonId, before: &[u8; 16]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(of);
    hasher.update(here.as_bytes());
    hasher.update(before);
    let hash: [u8; 32] = hasher.finalize().into();
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    id
}

/// The id of a document that is read back into this person's account.
pub(in crate::asked) fn of_document(here: PersonId, before: DocumentId) -> DocumentId {
    DocumentId::from_bytes(derived(IMPORTED, here, before.as_bytes()))
}
