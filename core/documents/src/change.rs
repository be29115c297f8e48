//! One change, on its way in or out of a document.

use enhance_model::ChangeHash;

use crate::engine::outer_hash;

/// A change as it is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is known by.
    pub hash: ChangeHash,
    pub bytes: Vec<u8>,
    /// The changes it needs first.
    pub deps: Vec<ChangeHash>,
}

impl Change {
    /// The change as Automerge hands it out.
    pub(crate) fn from_engine(mut change: automerge::Change) -> Self {
        Self {
            hash: outer_hash(change.hash()),
            deps: change.deps().iter().copied().map(outer_hash).collect(),
            bytes: change.bytes().into_owned(),
        }
    }
}
