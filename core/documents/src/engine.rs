//! Where Automerge's types meet ours: its hashes and authors in our types, its panics as errors.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{
    ActorId, Author, AutoCommit, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use enhance_model::{ChangeHash, DeviceId, Timestamp, Version};

use crate::{Change, DocumentError};

/// Opens bytes of ours. They are trusted, but a disk can damage what it keeps and the engine
/// panics on some damaged bytes, which must not take the app with it.
pub fn load(bytes: &[u8]) -> Result<AutoCommit, DocumentError> {
    let loaded = guarded(|| AutoCommit::load(bytes))?;
    loaded.map_err(|error| DocumentError::Unreadable { reason: error.to_string() })
}

/// Runs what may panic inside the engine. What it worked on must be dropped after an error.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, DocumentError> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| DocumentError::Unreadable { reason: "the engine panicked".to_owned() })
}

/// Makes the change of what was written since the last one, if anything was. Operations beyond the
/// limit are refused, and nothing stays written.
pub fn commit(
    doc: &mut AutoCommit,
    now: Timestamp,
    limit: u64,
) -> Result<Option<Change>, DocumentError> {
    let operations = doc.pending_ops() as u64;
    if operations == 0 {
        doc.rollback();
        return Ok(None);
    }
    if operations > limit {
        doc.rollback();
        return Err(DocumentError::EditTooLarge { operations, limit });
    }
    // Automerge counts in seconds, and so do the other programmes that read its documents.
    let seconds = now.as_millis().div_euclid(1_000);
    let hash = doc.commit_with(CommitOptions::default().with_time(seconds));
    Ok(hash.and_then(|hash| doc.get_change_by_hash(&hash)).map(Change::from_engine))
}

/// Whether a document has a change.
pub fn contains(doc: &AutoCommit, hash: ChangeHash) -> bool {
    ReadDoc::get_missing_deps(doc, &[inner_hash(hash)]).is_empty()
}

/// The version with these heads of Automerge's.
pub fn version_of(heads: Vec<automerge::ChangeHash>) -> Version {
    Version::new(heads.into_iter().map(outer_hash).collect())
}

/// The hash as Automerge's type.
pub const fn inner_hash(hash: ChangeHash) -> automerge::ChangeHash {
    automerge::ChangeHash(*hash.as_bytes())
}

/// The hash as the type that shows outside of this crate.
pub const fn outer_hash(hash: automerge::ChangeHash) -> ChangeHash {
    ChangeHash::from_bytes(hash.0)
}

/// The author that a device is in a document.
pub fn author_of(device: DeviceId) -> Author<'static> {
    Author::from(device.as_bytes().to_vec())
}

/// The device whose author an actor writes for.
pub fn device_of(doc: &AutoCommit, actor: &ActorId) -> Option<DeviceId> {
    let author = doc.get_author_for_actor(actor)?;
    DeviceId::from_slice(author.as_bytes()).ok()
}
