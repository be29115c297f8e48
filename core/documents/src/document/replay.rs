//! What to do with changes that were refused: show people what was in them, and do once more what
//! they did.

use automerge::AutoCommit;
use enhance_model::{ChangeHash, Timestamp, Version};

use super::Document;
use crate::{
    Change, DocumentError,
    engine::{guarded, inner_hash, version_of},
    gate::{MAX_CHANGE_BYTES, scan},
    tree::{self, DepthError, MAX_DEPTH},
};

/// What changes did to one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEdit {
    /// Where it is, for example `sections/problem`.
    pub path: String,
    /// What it said before; empty if nothing.
    pub before: String,
    /// What it said after; empty if nothing.
    pub after: String,
}

/// The document before and after the changes that were compared.
struct Comparison {
    base: Version,
    before: AutoCommit,
    after: AutoCommit,
}

impl Document {
    /// Does once more what these changes did, as one new change by this device.
    ///
    /// They must depend only on changes of this document and on one another. Texts are merged by
    /// character with what was written since.
    pub fn replay(
        &mut self,
        rejected: &[Vec<u8>],
        now: Timestamp,
    ) -> Result<Option<Change>, DocumentError> {
        let compared = self.compare(rejected)?;
        self.at_base(Some(&compared.base), now, |document| {
            tree::imitate(&mut document.doc, &compared.before, &compared.after)
        })
    }

    /// What these changes did, for people to read. They must depend only on changes of this
    /// document and on one another.
    pub fn readable(&mut self, rejected: &[Vec<u8>]) -> Result<Vec<FieldEdit>, DocumentError> {
        let compared = self.compare(rejected)?;
        let before = tree::readable(&compared.before)?;
        let mut after = tree::readable(&compared.after)?;
        let mut edits = Vec::new();
        for (path, before) in before {
            let after = after.remove(&path).unwrap_or_default();
            if before != after {
                edits.push(FieldEdit { path, before, after });
            }
        }
        let added = after.into_iter();
        edits.extend(added.map(|(path, after)| FieldEdit { path, before: String::new(), after }));
        edits.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(edits)
    }

    fn compare(&mut self, rejected: &[Vec<u8>]) -> Result<Comparison, DocumentError> {
        let headers = rejected
            .iter()
            .map(|bytes| scan(bytes, MAX_CHANGE_BYTES))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|code| DocumentError::Unreadable { reason: code.to_string() })?;
        let among: Vec<ChangeHash> = headers.iter().map(|change| change.hash).collect();
        let needed: Vec<ChangeHash> = headers
            .iter()
            .flat_map(|change| change.deps.iter().copied())
            .filter(|dep| !among.contains(dep))
            .collect();
        let missing: Vec<ChangeHash> =
            needed.iter().copied().filter(|dep| !self.contains(*dep)).collect();
        if let Some(first) = missing.first() {
            let count = missing.len();
            return Err(DocumentError::MissingDependencies { count, first: *first });
        }
        let needed: Vec<_> = needed.into_iter().map(inner_hash).collect();
        let mut before = guarded(|| self.doc.fork_at(&needed))??;
        let changes = rejected
            .iter()
            .map(|bytes| automerge::Change::try_from(bytes.as_slice()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| DocumentError::Unreadable { reason: error.to_string() })?;
        let mut after = before.clone();
        guarded(|| after.apply_changes(changes))??;
        Ok(Comparison { base: version_of(before.get_heads()), before, after })
    }
}

impl From<DepthError> for DocumentError {
    fn from(_: DepthError) -> Self {
        Self::Unreadable { reason: format!("it is nested deeper than {MAX_DEPTH} levels") }
    }
}
