//! Making a document known to the server.

use enhance_model::{DocumentKind, RefusalCode, Right};
use enhance_protocol::{Create, EntryBody, Offer};

use super::{objection::Objection, rights, terms::Terms};
use crate::storage::{
    Write, access,
    documents::{self, DocumentRow},
    people,
};

/// A wrapped document key is under a hundred bytes; this leaves room for other ways to wrap it.
const WRAPPED_KEY_BYTES: usize = 512;

pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    known: Option<DocumentRow>,
) -> Result<u64, Objection> {
    let create = Create::read(&offer.body)?;
    let new = DocumentRow::created(offer, &create, terms.sender.person);
    if let Some(known) = known {
        return Err(compared(&known, &new));
    }
    if create.kind.is_sealed() != create.wrapped_key.is_some() {
        return Err(RefusalCode::WrongSealing.into());
    }
    if create.wrapped_key.is_some_and(|key| key.len() > WRAPPED_KEY_BYTES) {
        return Err(RefusalCode::Malformed.into());
    }
    match (create.kind, create.about) {
        (DocumentKind::Comments, Some(about)) => {
            // A nudge about a request stands among what its owner says about it.
            let kinds = [
                DocumentKind::ChangeProject,
                DocumentKind::SharedReflection,
                DocumentKind::SignOffRequest,
            ];
            rights::check_comment(write.db, terms, (about, &kinds))?;
        }
        (DocumentKind::SignOff, Some(request)) => {
            let kinds = [DocumentKind::SignOffRequest];
            rights::check_comment(write.db, terms, (request, &kinds))?;
        }
        (DocumentKind::Comments | DocumentKind::SignOff, None) | (_, Some(_)) => {
            return Err(RefusalCode::WrongSchema.into());
        }
        (_, None) => {}
    }
    if !people::exists(write.db, new.owner)? {
        // Who joined after the backup is not known any more, and nobody could own it.
        return Err(RefusalCode::UnknownPerson.into());
    }
    terms.check_room(write, &new, offer)?;
    let sequence = write.next_sequence();
    documents::add(write.db, &new, terms.now)?;
    access::give(write.db, new.id, new.owner, Right::Own, sequence)?;
    documents::store(write, &new, &terms.entry(offer, &[], None), sequence)?;
    Ok(sequence)
}

/// A document that two devices of one person made, each without the other, is one document.
fn compared(known: &DocumentRow, new: &DocumentRow) -> Objection {
    let same = known.creator == new.creator && known.kind == new.kind && known.about == new.about;
    let is_theirs = [known.creator, known.owner].contains(&new.creator);
    match (known.deleted, same) {
        (true, _) if is_theirs => RefusalCode::DocumentDeleted.into(),
        (false, true) => Objection::Duplicate,
        (_, _) => RefusalCode::DocumentExists.into(),
    }
}
