//! Making a document known to the server.

use enhance_model::{DocumentKind, RefusalCode, Right, Timestamp};
use enhance_protocol::{Create, EntryBody, Offer};

use super::{delete, objection::Objection, rights, terms::Terms};
use crate::storage::{
    Write, access,
    documents::{self, DocumentRow, NewEntry},
    people,
};

/// A wrapped document key is under a hundred bytes; this leaves room for other ways to wrap it.
const WRAPPED_KEY_BYTES: usize = 512;

/// Stores a creation. Of two by different people the one that receipts show to be the earlier
/// counts, also where a restored server was told of the other first.
pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    known: Option<DocumentRow>,
    stored_at: Option<Timestamp>,
) -> Result<u64, Objection> {
    let create = Create::read(&offer.body)?;
    let at = stored_at.unwrap_or(terms.now);
    let new = DocumentRow::created(offer, &create, terms.sender.person, at);
    if let Some(known) = known.as_ref().filter(|it| !it.gives_way_to(new.creator, stored_at)) {
        return Err(compared(known, &new));
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
    if let Some(usurped) = known {
        delete::make_way(terms, write, &usurped)?;
    }
    let sequence = write.next_sequence();
    documents::add(write.db, &new)?;
    access::give(write.db, new.id, new.owner, Right::Own, sequence)?;
    let entry = NewEntry { at, ..terms.entry(offer, &[], None) };
    documents::store(write, &new, &entry, sequence)?;
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
