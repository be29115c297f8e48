//! How much room files of packs leave for what a person writes.

use std::path::Path;

use enhance_store::free_bytes;

use crate::error::Error;

/// Bytes that files of packs leave free on the disk: what a person writes comes first. A thousand
/// reflections of a few hundred words find room in them.
pub(super) const KEPT_FOR_WORDS: u64 = 512 << 10;

/// How many times its bytes a text of a pack takes: as a file, in the search index with what the
/// index keeps of it, and in the log on its way there.
pub(super) const TEXT_TAKES: u64 = 6;

/// Refuses to take so many bytes more if too few would be left for what a person writes.
pub(super) fn leave_for_words(folder: &Path, bytes: u64) -> Result<(), Error> {
    match free_bytes(folder) {
        Some(free) if free < bytes.saturating_add(KEPT_FOR_WORDS) => Err(Error::StorageFull),
        _ => Ok(()),
    }
}
