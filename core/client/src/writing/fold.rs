//! Folding: a long tail of changes becomes a snapshot, so that the next opening is quick.

use enhance_model::EntryHash;
use enhance_store::DocumentRow;

use crate::{error::Error, state::State};

/// Changes after which a document's tail is folded into a snapshot.
const FOLD_AFTER: u64 = 1_000;

/// Folds a long tail into a snapshot. What was saved is safe without it, so that it fails is
/// no more than a slower opening next time.
pub(super) fn if_long(state: &mut State, row: &DocumentRow) {
    if let Err(error) = try_if_long(state, row) {
        tracing::warn!(document = %row.id, %error, "a document could not be folded");
    }
}

fn try_if_long(state: &mut State, row: &DocumentRow) -> Result<(), Error> {
    let opened = state.opened(row)?;
    if opened.tail < FOLD_AFTER {
        return Ok(());
    }
    let body = opened.document.snapshot()?;
    let links = state.store().links(row.id)?;
    let content = links.iter().filter(|link| link.kind.is_content());
    let covering: Vec<EntryHash> = content.map(|link| link.hash).collect();
    state.write(|write| Ok(write.put_snapshot(row.id, &body, &covering)?))?;
    state.opened(row)?.tail = 0;
    Ok(())
}
