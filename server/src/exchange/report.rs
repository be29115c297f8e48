//! What the gate found, for the writing thread to decide by.

use std::collections::BTreeMap;

use enhance_documents::Finding;

use crate::storage::documents::Identity;

/// What the gate found about the changes of one document.
#[derive(Debug)]
pub(super) struct Report {
    /// What the document was to the gate, and whose.
    pub(super) identity: Identity,
    /// How many changes the document had when the gate saw it.
    pub(super) changes: u64,
    /// What it found, by the offer's place in the request.
    pub(super) findings: BTreeMap<usize, Finding>,
}
