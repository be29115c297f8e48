//! Trying changes on a copy of the document: the oracle that the catalogue is held against.
//!
//! Each change is looked at in the document as its author saw it, by itself and what it depends
//! on; then the copy is saved and loaded. It costs as much as the document is long, and proves
//! nothing about other orders and other ways of opening, so no change is admitted by it.

use automerge::{AutoCommit, Change, ChangeHash, ROOT, ReadDoc};
use enhance_model::{DocumentKind, Limits, RefusalCode};

use crate::{
    engine::guarded,
    schema::{self, Identity, view::View},
    snapshot::{Compression, snapshot_of},
    tree::{self, LeafKind},
};

/// Root keys of a document other than a personal record, those of newer schemas included.
const MAX_ROOT_KEYS: usize = 64;

/// Root keys of a personal record: a few for each activity and one for each session.
const MAX_RECORD_KEYS: usize = 20_000;

/// The document with these changes, or what is wrong with at least one of them.
pub fn run(
    doc: &AutoCommit,
    changes: &[&[u8]],
    expected: Option<Identity>,
    limits: &Limits,
) -> Result<AutoCommit, RefusalCode> {
    let mut copy = doc.clone();
    let steps = guarded(|| apply(&mut copy, changes));
    let steps = steps.unwrap_or(Err(RefusalCode::Malformed))?;
    let checked = guarded(|| {
        let identity = expected.or_else(|| Identity::of(doc).ok());
        steps.iter().try_for_each(|change| check(&copy, change, identity, limits))
    });
    checked.unwrap_or(Err(RefusalCode::Unloadable))?;
    let Ok(kind) = Identity::of(&copy).map(|identity| identity.kind) else {
        return Err(RefusalCode::WrongSchema);
    };
    match guarded(|| snapshot_of(&mut copy, kind, Compression::Deflated).map(drop)) {
        Ok(Ok(())) => Ok(copy),
        Ok(Err(_)) | Err(_) => Err(RefusalCode::Unloadable),
    }
}

/// A change that is in the copy now.
struct Step {
    hash: ChangeHash,
    deps: Vec<ChangeHash>,
}

fn apply(copy: &mut AutoCommit, changes: &[&[u8]]) -> Result<Vec<Step>, RefusalCode> {
    let changes = changes
        .iter()
        .map(|bytes| Change::try_from(*bytes))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| RefusalCode::Malformed)?;
    let steps: Vec<_> = changes
        .iter()
        .map(|change| Step { hash: change.hash(), deps: change.deps().to_vec() })
        .collect();
    copy.apply_changes(changes).map_err(|_| RefusalCode::Malformed)?;
    let hashes: Vec<_> = steps.iter().map(|change| change.hash).collect();
    // Also empty when nothing waits in the engine's queue for what will never come.
    let missing = ReadDoc::get_missing_deps(copy, &hashes);
    if missing.is_empty() { Ok(steps) } else { Err(RefusalCode::Malformed) }
}

fn check(
    doc: &AutoCommit,
    change: &Step,
    identity: Option<Identity>,
    limits: &Limits,
) -> Result<(), RefusalCode> {
    let after = View::shape_at(doc, vec![change.hash]);
    let found = Identity::read(&after).map_err(|_| RefusalCode::WrongSchema)?;
    if change.deps.is_empty() {
        if identity.is_some_and(|identity| identity != found) {
            return Err(RefusalCode::WrongSchema);
        }
    } else if !schema::is_kept(&View::shape_at(doc, change.deps.clone()), &after, found.kind) {
        return Err(RefusalCode::Immutable);
    }
    check_size(&after, found.kind, limits)?;
    if schema::fits(&after, found.kind) { Ok(()) } else { Err(RefusalCode::WrongSchema) }
}

fn check_size(view: &View<'_>, kind: DocumentKind, limits: &Limits) -> Result<(), RefusalCode> {
    let most = if kind == DocumentKind::PersonalRecord { MAX_RECORD_KEYS } else { MAX_ROOT_KEYS };
    if view.keys(&ROOT).len() > most {
        return Err(RefusalCode::WrongSchema);
    }
    let leaves = tree::leaves(view).map_err(|_| RefusalCode::WrongSchema)?;
    for leaf in &leaves {
        let chars = match leaf.kind {
            LeafKind::Text => view.length(&leaf.id),
            LeafKind::Scalar | LeafKind::Container => leaf.text.chars().count(),
        };
        if chars as u64 > limits.text_chars {
            return Err(RefusalCode::TextTooLong);
        }
    }
    Ok(())
}
