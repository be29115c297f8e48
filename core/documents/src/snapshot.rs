//! The compact form of a document.

use automerge::{AutoCommit, SaveOptions};
use enhance_model::DocumentKind;

use crate::{
    DocumentError,
    engine::{guarded, load, version_of},
    schema::{self, view::View},
    tree,
};

/// Saves a document and makes sure that it opens to the same one, and that it is what its kind
/// declares: what the gate let in is looked at once more before it is folded.
pub fn snapshot_of(doc: &mut AutoCommit, kind: DocumentKind) -> Result<Vec<u8>, DocumentError> {
    let options = SaveOptions { retain_orphans: false, ..SaveOptions::default() };
    let bytes = guarded(|| doc.save_with_options(options))?;
    let mut reopened = load(&bytes)?;
    let same_heads = version_of(reopened.get_heads()) == version_of(doc.get_heads());
    let is_same = same_heads && tree::fingerprint(&reopened) == tree::fingerprint(doc);
    if !is_same || !schema::fits(&View::now(&reopened), kind) {
        return Err(DocumentError::UnfaithfulSnapshot);
    }
    Ok(bytes)
}
