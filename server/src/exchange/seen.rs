//! That a reader has seen a version. Only the newest of each reader is kept.

use enhance_model::RefusalCode;
use enhance_protocol::{EntryBody, Offer, Seen};

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    Write, access,
    documents::{self, DocumentRow},
};

pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, Objection> {
    let seen = Seen::read(&offer.body)?;
    let person = terms.sender.person;
    if access::find(write.db, document.scope(), person)?.is_none() {
        return Err(RefusalCode::NotGranted.into());
    }
    if let Some(before) = documents::seen_by(write.db, document.id, person)? {
        let older = Seen::read(&before.offer.body)?;
        // An older one that was long on its way says nothing new.
        if older.at >= seen.at {
            return Err(Objection::Duplicate);
        }
        documents::remove_entry(write.db, document, &before)?;
    }
    terms.check_reserve(write, document, offer)?;
    let sequence = write.next_sequence();
    documents::store(write, document, &terms.entry(offer, &[], None), sequence)?;
    Ok(sequence)
}
