//! Trying a whole document in every way that devices open it, in the background.
//!
//! The gate judges changes by what is known of the engine. Should something get past it, this finds
//! out before much is built on it. It costs as much as the document is long.

use automerge::{AutoCommit, Change, ChangeHash, ROOT, ReadDoc, transaction::Transactable};
use enhance_model::{DocumentKind, PersonId, Version};

use super::whole::look_through;
use crate::{
    DocumentError,
    engine::guarded,
    schema::Identity,
    snapshot::{Compression, snapshot_of},
};

/// A key that no schema declares, written on a copy that is thrown away.
const TRIED: &str = "tried";

/// Opens a document from all of its changes, in the order in which they were stored: saves it and
/// opens it again, takes its newest change into that one's past alone, goes on writing on two copies
/// and joins them. An error if any of it goes wrong, or if it is not the document that it is to be.
///
/// Its first changes may be one piece, made by [`fold`](crate::fold).
pub fn try_whole(
    kind: DocumentKind,
    owner: PersonId,
    first: Option<Piece<'_>>,
    changes: &[impl AsRef<[u8]>],
) -> Result<(), DocumentError> {
    guarded(|| run(Identity { kind, owner }, first, changes)).and_then(|tried| tried)
}

/// The first changes of a document, as one piece.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// Bytes of the engine's, not compressed any more.
    pub snapshot: &'a [u8],
    /// How many changes are in it.
    pub changes: usize,
}

/// Rows of one column of a whole document: more than the operations or the predecessors of any that
/// is within the bounds of a server.
const MOST_ROWS: u64 = 1 << 24;

impl Piece<'_> {
    /// Looks through a piece from the network without the engine: whether it is whole, claims
    /// nothing that is beyond all bounds, and has so many changes and these heads.
    pub fn check(&self, heads: &Version) -> Result<(), DocumentError> {
        let claims = look_through(self.snapshot, MOST_ROWS);
        let claims = claims.map_err(|code| unreadable(code.to_string()))?;
        let is_promised = claims.heads == *heads && claims.changes == self.changes as u64;
        if is_promised { Ok(()) } else { Err(DocumentError::UnfaithfulSnapshot) }
    }
}

fn run(
    expected: Identity,
    first: Option<Piece<'_>>,
    changes: &[impl AsRef<[u8]>],
) -> Result<(), DocumentError> {
    let mut all = first.map(|piece| piece.snapshot.to_vec()).unwrap_or_default();
    for change in changes {
        all.extend_from_slice(change.as_ref());
    }
    let mut doc = AutoCommit::load(&all).map_err(unreadable)?;
    let count = doc.get_changes_meta(&[]).len();
    let folded = first.map_or(0, |piece| piece.changes);
    wrong_unless(count == folded + changes.len(), "a change is missing")?;
    wrong_unless(Identity::of(&doc)? == expected, "it is another document")?;
    let heads = sorted(doc.get_heads());
    let snapshot = snapshot_of(&mut doc, expected.kind, Compression::Deflated)?;
    drop(snapshot);
    if let Some(newest) = changes.last() {
        let newest = Change::try_from(newest.as_ref()).map_err(unreadable)?;
        let deps = newest.deps().to_vec();
        if !deps.is_empty() {
            let mut past = doc.fork_at(&deps).map_err(unreadable)?;
            past.apply_changes([newest]).map_err(unreadable)?;
            past.merge(&mut doc).map_err(unreadable)?;
            wrong_unless(sorted(past.get_heads()) == heads, "its past becomes another")?;
        }
    }
    let (mut one, mut other) = (doc.fork(), doc.fork());
    for copy in [&mut one, &mut other] {
        copy.put(ROOT, TRIED, true).map_err(unreadable)?;
        copy.commit();
    }
    one.merge(&mut other).map_err(unreadable)?;
    let again = AutoCommit::load(&one.save()).map_err(unreadable)?;
    wrong_unless(again.get(ROOT, TRIED).is_ok_and(|found| found.is_some()), "an edit is lost")
}

fn sorted(mut heads: Vec<ChangeHash>) -> Vec<ChangeHash> {
    heads.sort_unstable();
    heads
}

fn unreadable(error: impl std::fmt::Display) -> DocumentError {
    DocumentError::Unreadable { reason: error.to_string() }
}

fn wrong_unless(good: bool, what: &str) -> Result<(), DocumentError> {
    if good { Ok(()) } else { Err(unreadable(what)) }
}

#[cfg(test)]
mod tests {
    use enhance_model::{DeviceId, Timestamp};

    use super::*;
    use crate::{Document, Edit, NewDocument};

    const OWNER: PersonId = PersonId::from_bytes([9; 16]);

    fn project() -> Vec<Vec<u8>> {
        let new = NewDocument::ChangeProject {
            owner: OWNER,
            title: "Falls".into(),
            topic: String::new(),
            setting: String::new(),
        };
        let now = Timestamp::from_unix_millis(1_795_000_000_000);
        let (mut doc, create) = Document::create(&new, DeviceId::from_bytes([1; 16]), now).unwrap();
        let mut all = vec![create.bytes];
        for number in 0..5 {
            let title = enhance_model::change_project::ProjectEdit::Title {
                title: format!("Falls {number}"),
            };
            let change = doc.edit(None, &[Edit::ChangeProject(title)], now).unwrap().unwrap();
            all.push(change.bytes);
        }
        all
    }

    #[test]
    fn an_honest_document_is_found_good_and_a_spoilt_one_is_not() {
        let good = project();
        let kind = DocumentKind::ChangeProject;
        assert_eq!(try_whole(kind, OWNER, None, &good), Ok(()));
        let stranger = PersonId::from_bytes([8; 16]);
        assert!(try_whole(kind, stranger, None, &good).is_err());
        assert!(try_whole(DocumentKind::Comments, OWNER, None, &good).is_err());
        for at in 0..good.len() {
            let mut damaged = good.clone();
            damaged[at] = vec![0];
            assert!(try_whole(kind, OWNER, None, &damaged).is_err(), "damaged at {at}");
            let mut lacking = good.clone();
            lacking.remove(at);
            assert_eq!(
                try_whole(kind, OWNER, None, &lacking).is_ok(),
                at + 1 == good.len(),
                "{at}"
            );
        }
    }
}
