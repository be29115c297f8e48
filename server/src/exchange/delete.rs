//! Destroying a document, and with a plan the comments on it.

use enhance_protocol::{Delete, Offer};

use super::judge::{Judge, No};
use crate::storage::{
    Write, access, audit,
    audit::{Action, Event},
    documents::{self, DocumentRow},
};

pub(super) fn store(
    judge: &Judge,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, No> {
    let _: Delete = Judge::read(offer)?;
    judge.owner_only(document)?;
    let mut readers = access::readers(write.db, document.scope())?;
    // Comments can be deleted by who may no longer read the plan.
    readers.push(document.owner);
    for comments in documents::about(write.db, document.id)? {
        documents::destroy(write.db, &comments, judge.now)?;
    }
    documents::destroy(write.db, document, judge.now)?;
    write.destroyed();
    let sequence = write.next_sequence()?;
    // Stored after everything else is gone: what is left of the document is that it is no more.
    documents::store(write, document, &judge.entry(offer, &[], None), sequence)?;
    for reader in readers {
        write.feed(reader, sequence)?;
    }
    audit::add(write.db, Event::of_document(Action::Delete, judge.sender, document.id), judge.now)?;
    Ok(sequence)
}
