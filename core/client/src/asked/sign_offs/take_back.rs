//! Taking back what was asked to be signed, whatever became of what it is about.

use enhance_model::{DocumentId, DocumentKind, Right};
use enhance_store::{DocumentState, StoreReader};

use crate::{
    asked::deletion,
    error::{DocumentEnd, Error},
    state::{State, screens::Screen},
    writing::target::Target,
};

/// Takes a request back, from everybody's devices. What was answered goes with it only if that is
/// said, since it is evidence; it is kept in the record of who asked, to be read. False of one
/// that was taken back before.
pub(crate) fn take_back(
    state: &mut State,
    request: DocumentId,
    with_answers: bool,
) -> Result<bool, Error> {
    let target = match Target::of_kind(state, request, DocumentKind::SignOffRequest) {
        Err(Error::Gone { end: DocumentEnd::Deleted, .. }) => return Ok(false),
        found => found?,
    };
    target.require(state, Right::Own, "taking back what somebody else asked for")?;
    if !with_answers && is_answered(state.store(), request)? {
        let why = "it was answered, and the answer would go with it; say so, or keep it";
        return Err(Error::not_allowed(why));
    }
    deletion::delete(state, request)?;
    Ok(true)
}

fn is_answered(store: &StoreReader, request: DocumentId) -> Result<bool, Error> {
    let about = store.documents_about(request)?;
    Ok(about.iter().any(|row| row.kind == DocumentKind::SignOff))
}

/// The requests of this person that were taken back.
pub(crate) fn taken_back(screen: &mut Screen<'_>) -> Result<Vec<DocumentId>, Error> {
    let facts = screen.facts()?;
    let gone = screen.store().documents_gone(DocumentKind::SignOffRequest)?.into_iter();
    let gone =
        gone.filter(|(row, state)| facts.is_me(row.owner) && *state == DocumentState::Deleted);
    Ok(gone.map(|(row, _)| row.id).collect())
}
