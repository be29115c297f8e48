//! Destroying a document, and with a project the comments on it.

use enhance_model::{DocumentKind, RefusalCode};
use enhance_protocol::{Delete, EntryBody, Offer};

use super::{objection::Objection, rights, terms::Terms};
use crate::storage::{
    StorageError, Write, access, archives, audit,
    audit::{Action, Event},
    documents::{self, DocumentRow},
    waiting_shares,
};

pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, Objection> {
    let _ = Delete::read(&offer.body)?;
    rights::check_owner(terms, document)?;
    if document.kind == DocumentKind::SignOff {
        // It goes with its request. Who signed can sign again, and not undo it.
        return Err(RefusalCode::Immutable.into());
    }
    let mut readers = access::readers(write.db, document.scope())?;
    // Their author can delete comments without being able to read the project any more.
    readers.push(document.owner);
    readers.extend(waiting_shares::people(write.db, document.id)?);
    for comments in documents::about(write.db, document.id)? {
        destroy(terms, write, &comments)?;
    }
    destroy(terms, write, document)?;
    write.destroyed();
    let sequence = write.next_sequence();
    // Stored after everything else is gone: what is left of the document is that it is no more.
    documents::store(write, document, &terms.entry(offer, &[], None), sequence)?;
    for reader in readers {
        write.feed(reader, sequence)?;
    }
    audit::add(write.db, Event::of_document(Action::Delete, terms.sender, document.id), terms.now)?;
    Ok(sequence)
}

fn destroy(terms: &Terms, write: &Write<'_>, document: &DocumentRow) -> Result<(), StorageError> {
    documents::destroy(write.db, document, terms.now)?;
    archives::forget(write.db, document)
}

/// Destroys what somebody made known under the id of another's document, once a restore had lost
/// that. What others said about it stays, since it is about the other's; what the same person said
/// is forgotten, so that it comes back if it was stored before as well.
pub(super) fn make_way(
    terms: &Terms,
    write: &mut Write<'_>,
    usurped: &DocumentRow,
) -> Result<(), StorageError> {
    let theirs = [usurped.creator, usurped.owner];
    for comments in documents::about(write.db, usurped.id)? {
        if theirs.contains(&comments.owner) {
            destroy(terms, write, &comments)?;
            documents::forget(write.db, comments.id)?;
        }
    }
    destroy(terms, write, usurped)?;
    write.destroyed();
    let detail = "in the place of what another made known later".to_owned();
    let subject = Some(usurped.creator);
    let event = Event::of_document(Action::Bring, terms.sender, usurped.id);
    audit::add(write.db, Event { subject, detail, ..event }, terms.now)
}
