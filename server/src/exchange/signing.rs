//! Sign-offs, which count only as signed on the device that sends them.
//!
//! Readers check them too. Here it is checked that nothing signed on a lost device comes in after
//! the loss was reported, whatever moment it says it was signed at: that, a reader cannot know.

use enhance_documents::{Content, Document};
use enhance_model::{RefusalCode, sign_off::SignOff};
use enhance_protocol::{Offer, sign_off};
use rusqlite::Connection;

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    documents::{self, DocumentRow},
    revocations,
};

/// Refuses a sign-off that does not count. It was through the gate, and is all of its document.
pub(super) fn check(
    db: &Connection,
    terms: &Terms,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<(), Objection> {
    if terms.proven {
        // It was looked at when it was first stored.
        return Ok(());
    }
    let sign_off = read(terms, offer)?;
    let request = documents::find(db, document.scope())?.ok_or(RefusalCode::UnknownDocument)?;
    let device = sign_off.certificate.device;
    let is_own = device == terms.sender.device && sign_off.certificate.person == document.owner;
    if !is_own || sign_off.trainee != request.owner || revocations::has(db, device)? {
        return Err(RefusalCode::NotSigned.into());
    }
    let checked = sign_off::check_signer(&sign_off, &terms.publisher_key);
    checked.map_err(|fault| Objection::Rejection(fault.into(), fault.to_string()))
}

fn read(terms: &Terms, offer: &Offer) -> Result<SignOff, Objection> {
    let opened = Document::open(&[&offer.body], terms.sender.device);
    match opened.and_then(|document| document.content()) {
        Ok(Content::SignOff(sign_off)) => Ok(*sign_off),
        _ => Err(RefusalCode::WrongSchema.into()),
    }
}
