//! The compact form of a document.

use automerge::{AutoCommit, SaveOptions};

use crate::{
    DocumentError,
    engine::{guarded, load, version_of},
    tree,
};

/// Saves a document and makes sure that it opens to the same one.
pub fn snapshot_of(doc: &mut AutoCommit) -> Result<Vec<u8>, DocumentError> {
    let options = SaveOptions { retain_orphans: false, ..SaveOptions::default() };
    let bytes = guarded(|| doc.save_with_options(options))?;
    let mut reopened = load(&bytes)?;
    let same_heads = version_of(reopened.get_heads()) == version_of(doc.get_heads());
    if !same_heads || tree::fingerprint(&reopened) != tree::fingerprint(doc) {
        return Err(DocumentError::UnfaithfulSnapshot);
    }
    Ok(bytes)
}
