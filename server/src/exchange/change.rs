//! Plain changes, which passed the admission gate before they come here.

use enhance_documents::{ChangeHeader, Finding, Ruling};
use enhance_model::{DocumentKind, EntryHash, LimitExceeded, RefusalCode};
use enhance_protocol::Offer;

use super::{objection::Objection, part, rights, signing, terms::Terms};
use crate::storage::{
    Write,
    documents::{self, ActorRow, DocumentRow},
    folds::Beginnings,
    parts::{self, Part},
    people::{self, Sender},
};

/// Stores a change as the gate judged it; without a finding that still holds, it is stale.
pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
    finding: Option<&Finding>,
) -> Result<u64, Objection> {
    if document.kind.is_sealed() {
        return Err(RefusalCode::WrongSealing.into());
    }
    if !terms.proven && !rights::may_change(write.db, terms.sender.person, document)? {
        return Err(RefusalCode::NotGranted.into());
    }
    if document.frozen_at > 0 {
        return Err(RefusalCode::DocumentFrozen.into());
    }
    if document.kind.never_changes() && document.changes > 0 {
        return Err(RefusalCode::Immutable.into());
    }
    terms.check_room(write, document, offer)?;
    let finding = finding.ok_or(Objection::Stale)?;
    let Some(change) = &finding.change else {
        return Err(objection(terms, &finding.ruling));
    };
    if EntryHash::from(change.hash) != offer.hash {
        return Err(RefusalCode::WrongHash.into());
    }
    if finding.ruling != Ruling::Admitted {
        return Err(objection(terms, &finding.ruling));
    }
    if document.kind == DocumentKind::SignOff {
        signing::check(write.db, terms, offer, document)?;
    }
    let (bytes, operations) = (offer.body.len() as u64, change.operations);
    let more = Part { changes: 1, bytes, operations };
    let late = part::late(terms, write, document, more)?;
    let deps: Vec<EntryHash> = change.deps.iter().copied().map(EntryHash::from).collect();
    check_followers(write, document, change, &deps)?;
    let terms = &terms.of(author(terms, write, document, change)?);
    let sequence = write.next_sequence();
    let actor = change.actor.to_vec();
    let row = ActorRow { actor, device: terms.sender.device, last: change.seq };
    documents::set_actor(write.db, document.id, &row)?;
    documents::store(write, document, &terms.entry(offer, &deps, None), sequence)?;
    if document.kind == DocumentKind::ChangeProject {
        parts::add(write.db, document.id, terms.sender.person, (more, late))?;
    }
    Ok(sequence)
}

/// Whose change it is. Of one that is brought the change itself says the device, and the server
/// whose that is, as far as it knows the device.
fn author(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    change: &ChangeHeader,
) -> Result<Sender, Objection> {
    if !terms.proven {
        return Ok(terms.sender);
    }
    let device = match change.author {
        Some(device) => Some(device),
        None => documents::actor_device(write.db, document.id, &change.actor)?,
    };
    let device = device.ok_or(RefusalCode::WrongAuthor)?;
    let known = people::device(write.db, device)?.map(|device| device.sender);
    Ok(known.unwrap_or(Sender { device, ..terms.sender }))
}

/// The gate let a change in behind another one of the same request. If that one was not stored
/// after all, this one has to wait for it.
fn check_followers(
    write: &Write<'_>,
    document: &DocumentRow,
    change: &ChangeHeader,
    deps: &[EntryHash],
) -> Result<(), Objection> {
    let mut missing = documents::missing(write.db, document.id, deps)?;
    if !missing.is_empty() && document.folded > 0 {
        // A part of the hash is enough here: the gate has compared the whole of it.
        let folded = Beginnings::of(write.db, document.id)?;
        missing.retain(|hash| !folded.contain(*hash));
    }
    let last = documents::actor_last(write.db, document.id, &change.actor)?;
    if missing.is_empty() && change.seq == last + 1 {
        Ok(())
    } else {
        Err(Objection::Missing(missing))
    }
}

fn objection(terms: &Terms, ruling: &Ruling) -> Objection {
    match ruling {
        // In the words in which the phone would have said it.
        Ruling::Rejected(RefusalCode::TextTooLong) => {
            LimitExceeded::Text { limit: terms.limits.text_chars }.into()
        }
        Ruling::Rejected(code) => (*code).into(),
        Ruling::MissingDependencies(missing) => {
            Objection::Missing(missing.iter().copied().map(EntryHash::from).collect())
        }
        // The same change earlier in this request was not stored, so this one is not either.
        Ruling::Admitted | Ruling::Duplicate => Objection::Missing(Vec::new()),
    }
}
