//! What two devices of one account wrote before they met in the same words, as when both read one
//! export back, stands at its place twice; all but one are taken out by whichever device of one who
//! may edit the document sees it first. Several leave the same one.

use enhance_documents::operations_within;
use enhance_model::{DocumentId, Right};

use super::{edits, target::Target};
use crate::{error::Error, state::State};

/// Takes out of a document what stands in it twice, if this person may edit it.
pub(crate) fn remove(state: &mut State, document: DocumentId) -> Result<(), Error> {
    let target = Target::of(state, document)?;
    if target.right(state)? < Right::Edit {
        return Ok(());
    }
    let (now, limits) = (state.now(), target.facts.limits());
    let most = operations_within(limits.change_bytes);
    let changes = state.document(&target.row)?.take_out_twins((now, most))?;
    if changes.is_empty() {
        return Ok(());
    }
    let prepared = edits::prepare(state, &target, changes, (now, None));
    let written = prepared.and_then(|pending| state.write(|write| pending.write(write)));
    if written.is_err() {
        // The document in memory has what the database never will.
        state.forget(document);
    }
    written
}
