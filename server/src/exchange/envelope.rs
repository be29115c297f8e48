//! Sealed changes: checked from outside, since the server cannot open them.

use enhance_model::RefusalCode;
use enhance_protocol::{EnvelopeHeader, Offer};

use super::{objection::Objection, rights, terms::Terms};
use crate::storage::{
    Write, archives,
    documents::{self, ActorRow, DocumentRow},
    people::{self, Sender},
};

pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, Objection> {
    rights::check_owner(terms, document)?;
    if !document.kind.is_sealed() {
        return Err(RefusalCode::WrongSealing.into());
    }
    let (header, _) = EnvelopeHeader::split(&offer.body).map_err(|_| RefusalCode::Malformed)?;
    if header.document != document.id {
        return Err(RefusalCode::Malformed.into());
    }
    // Another device of the owner may bring what was lost here with a backup: no other can have
    // it, and none can have made it without the key.
    // One that joined after the backup is not known any more.
    if header.device != terms.sender.device {
        let device = people::device(write.db, header.device)?;
        if device.is_some_and(|device| device.sender.person != document.owner) {
            return Err(RefusalCode::WrongAuthor.into());
        }
    }
    let terms = &terms.of(Sender { device: header.device, person: document.owner });
    let previous: Vec<_> = header.previous.into_iter().collect();
    let missing = documents::missing(write.db, document.id, &previous)?;
    if !missing.is_empty() {
        return Err(Objection::Missing(missing));
    }
    let actor = header.device.as_bytes().to_vec();
    let last = documents::actor_last(write.db, document.id, &actor)?;
    let (device, counter) = (header.device, header.counter);
    let is_in_archive = counter <= last
        && archives::is_known_by_archive_alone(write.db, document.id, device, counter)?;
    if header.counter != last + 1 && !is_in_archive {
        return Err(RefusalCode::WrongSequence.into());
    }
    terms.check_room(write, document, offer)?;
    let sequence = write.next_sequence();
    if is_in_archive {
        // After a restore an archive of another device let this chain go on from further ahead.
        let entry = terms.entry(offer, &previous, None);
        documents::store_below_heads(write, document, &entry, sequence)?;
        return Ok(sequence);
    }
    let row = ActorRow { actor, device: header.device, last: header.counter };
    documents::set_actor(write.db, document.id, &row)?;
    documents::store(write, document, &terms.entry(offer, &previous, None), sequence)?;
    Ok(sequence)
}
