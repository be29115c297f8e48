//! The compact form of a document.

use automerge::{AutoCommit, SaveOptions};
use enhance_model::DocumentKind;

use crate::{
    DocumentError,
    engine::{guarded, load, version_of},
    schema::{self, view::View},
    tree,
};

/// Whether a snapshot is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// By Automerge, column by column.
    Deflated,
    /// Not at all: it is to be compressed as a whole, or together with others.
    None,
}

/// Saves a document and makes sure that it opens to the same one, and that it is what its kind
/// declares: what the gate let in is looked at once more before it is folded.
pub fn snapshot_of(
    doc: &mut AutoCommit,
    kind: DocumentKind,
    compression: Compression,
) -> Result<Vec<u8>, DocumentError> {
    let deflate = compression == Compression::Deflated;
    let options = SaveOptions { deflate, retain_orphans: false };
    let bytes = guarded(|| doc.save_with_options(options))?;
    let mut reopened = load(&bytes)?;
    let same_heads = version_of(reopened.get_heads()) == version_of(doc.get_heads());
    let is_same = same_heads && tree::fingerprint(&reopened) == tree::fingerprint(doc);
    if !is_same || !schema::fits(&View::now(&reopened).by_maps(), kind) {
        return Err(DocumentError::UnfaithfulSnapshot);
    }
    Ok(bytes)
}
