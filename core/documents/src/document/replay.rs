//! What to do with changes that were refused: show people what was in them, and do once more what
//! they did.

use automerge::AutoCommit;
use enhance_model::{ChangeHash, Timestamp};

use super::Document;
use crate::{
    Change, DocumentError,
    engine::{guarded, inner_hash},
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
    before: AutoCommit,
    after: AutoCommit,
}

impl Document {
    /// Does once more what these changes did, as one new change by this device of at most so many
    /// operations, or as several where that is not enough.
    ///
    /// They must depend only on changes of this document and on one another. What they did is
    /// merged with what was written since, texts by character, and the new change is made on all
    /// of it: it follows every head of the document, so that of many there is one after it.
    pub fn replay(
        &mut self,
        rejected: &[Vec<u8>],
        (now, most): (Timestamp, u64),
    ) -> Result<Vec<Change>, DocumentError> {
        self.needed(rejected)?;
        let before = self.doc.clone();
        let after = with_changes(&before, rejected)?;
        self.in_parts(most, |document, division| {
            document.at_base(None, (now, division), |pen| tree::imitate(pen, &before, &after))
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
        let needed: Vec<_> = self.needed(rejected)?.into_iter().map(inner_hash).collect();
        let before = guarded(|| self.doc.fork_at(&needed))??;
        let after = with_changes(&before, rejected)?;
        Ok(Comparison { before, after })
    }

    /// What these changes depend on outside of themselves, all of which is here.
    fn needed(&self, rejected: &[Vec<u8>]) -> Result<Vec<ChangeHash>, DocumentError> {
        let headers = rejected
            .iter()
            .map(|bytes| scan(bytes, MAX_CHANGE_BYTES))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|code| DocumentError::Unreadable { reason: code.to_string() })?;
        let among: Vec<ChangeHash> = headers.iter().map(|change| change.hash).collect();
        let deps = headers.iter().flat_map(|change| change.deps.iter().copied());
        let needed: Vec<ChangeHash> = deps.filter(|dep| !among.contains(dep)).collect();
        let missing: Vec<ChangeHash> =
            needed.iter().copied().filter(|dep| !self.contains(*dep)).collect();
        match missing.first() {
            Some(first) => {
                let count = missing.len();
                Err(DocumentError::MissingDependencies { count, first: *first })
            }
            None => Ok(needed),
        }
    }
}

fn with_changes(doc: &AutoCommit, changes: &[Vec<u8>]) -> Result<AutoCommit, DocumentError> {
    let changes = changes
        .iter()
        .map(|bytes| automerge::Change::try_from(bytes.as_slice()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| DocumentError::Unreadable { reason: error.to_string() })?;
    let mut doc = doc.clone();
    guarded(|| doc.apply_changes(changes))??;
    Ok(doc)
}

impl From<DepthError> for DocumentError {
    fn from(_: DepthError) -> Self {
        Self::Unreadable { reason: format!("it is nested deeper than {MAX_DEPTH} levels") }
    }
}
