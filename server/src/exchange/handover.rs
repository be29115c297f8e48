//! Handing a plan over: its owner offers it, and the person it is offered to accepts it.

use enhance_model::{Claim, DocumentKind, Ownership, RefusalCode, Right, Round};
use enhance_protocol::{Grant, Offer};

use super::{objection::Objection, rights, terms::Terms};
use crate::storage::{
    StorageError, Write, access, audit,
    audit::{Action, Event},
    claims,
    documents::{self, DocumentRow},
    people, rounds,
};

/// Claims to one document: each is looked at again when another comes.
const CLAIMS: u64 = 1_000;

/// Stores an offer or an acceptance, and lets the document follow.
pub(super) fn store(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
    grant: &Grant,
) -> Result<u64, Objection> {
    let claim = grant.claim(terms.sender.person).ok_or(RefusalCode::Malformed)?;
    if document.kind != DocumentKind::ChangeProject {
        return Err(RefusalCode::NotGranted.into());
    }
    if !people::exists(write.db, claim.to)? {
        return Err(RefusalCode::UnknownPerson.into());
    }
    // What is brought was looked at when it was first stored, and counts wherever it belongs.
    if !terms.proven {
        check(terms, write, document, &claim)?;
    }
    // What it takes counts as the new owner's, however little room the one before has left.
    let owner = if claim.is_acceptance() { claim.to } else { document.owner };
    terms.check_room(write, &DocumentRow { owner, ..document.clone() }, offer)?;
    let sequence = write.next_sequence();
    let entry = terms.entry(offer, &[], Some(claim.to));
    documents::store(write, document, &entry, sequence)?;
    claims::add(write.db, document.id, sequence)?;
    let now = claims::ownership(write.db, document)?;
    follow(write, document, &now, sequence)?;
    let action = if claim.is_acceptance() { Action::Accept } else { Action::Offer };
    let subject = Some(claim.to);
    let event = Event { subject, ..Event::of_document(action, terms.sender, document.id) };
    audit::add(write.db, event, terms.now)?;
    Ok(sequence)
}

fn check(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    claim: &Claim,
) -> Result<(), Objection> {
    let before = claims::ownership(write.db, document)?;
    if claims::count(write.db, document.id)? >= CLAIMS {
        return Err(RefusalCode::TooManyChanges.into());
    }
    let known = rounds::known(write.db, document.id, claim.to)?;
    let greatest = known.max(Some(place(before.greatest)));
    if !place(claim.number).is_in_reach(greatest) {
        return Err(RefusalCode::Malformed.into());
    }
    if access::find(write.db, document.id, claim.to)?.is_none() {
        return Err(RefusalCode::NotGranted.into());
    }
    if claim.is_acceptance() {
        let stands = |offer: &Claim| {
            offer.to == claim.to
                && offer.number < claim.number
                && known.is_none_or(|known| place(offer.number) > known)
        };
        if !before.offer.as_ref().is_some_and(stands) {
            return Err(RefusalCode::NotGranted.into());
        }
        let owned = people::bytes(write.db, claim.to)?;
        return Ok(terms.limits.check_person(owned.saturating_add(document.bytes))?);
    }
    rights::check_owner(terms, document)?;
    // Offered before it came to be theirs: by then another may have owned it.
    if claim.number <= before.since() {
        return Err(RefusalCode::NotGranted.into());
    }
    Ok(())
}

/// The document follows its owner; who owned it before keeps a copy to read.
fn follow(
    write: &mut Write<'_>,
    document: &DocumentRow,
    now: &Ownership,
    sequence: u64,
) -> Result<(), StorageError> {
    if now.owner != document.owner {
        documents::set_owner(write.db, document, now.owner)?;
        access::let_in(write.db, document.id, now.owner, sequence)?;
        write.feed(now.owner, sequence)?;
    }
    for handover in &now.handovers {
        let round = Round::granting(handover.number, Right::Read);
        let known = rounds::known(write.db, document.id, handover.from)?;
        if known.is_none_or(|known| round > known) {
            rounds::begin(write.db, document.id, handover.from, round)?;
            access::give(write.db, document.id, handover.from, Right::Read, sequence)?;
            write.feed(handover.from, sequence)?;
        }
    }
    Ok(())
}

const fn place(number: u32) -> Round {
    Round::granting(number, Right::Own)
}
