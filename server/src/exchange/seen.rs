//! That a reader has seen a version. Only the newest of each reader is kept.

use enhance_model::RefusalCode;
use enhance_protocol::{Offer, Seen};

use super::judge::{Judge, No};
use crate::storage::{
    Write, access,
    documents::{self, DocumentRow},
};

pub(super) fn store(
    judge: &Judge,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, No> {
    let seen: Seen = Judge::read(offer)?;
    let person = judge.sender.person;
    if access::find(write.db, document.scope(), person)?.is_none() {
        return Err(RefusalCode::NotGranted.into());
    }
    if let Some(before) = documents::seen_by(write.db, document.id, person)? {
        let older: Seen = Judge::read(&before.offer)?;
        // An older one that was long on its way says nothing new.
        if older.at >= seen.at {
            return Err(No::Duplicate);
        }
        documents::remove_entry(write.db, before.sequence)?;
    }
    let sequence = write.next_sequence()?;
    documents::store(write, document, &judge.entry(offer, &[], None), sequence)?;
    Ok(sequence)
}
