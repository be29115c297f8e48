//! Handing a plan over: its owner offers it, and the person it is offered to accepts or declines it.

use enhance_model::{
    Claim, DeviceId, DocumentKind, ItemId, Ownership, PersonId, RefusalCode, Right, Round,
    Timestamp, ownership::ORGANISATION,
};
use enhance_protocol::{EntryBody, Grant, Offer, entry::EntryError};

use super::{objection::Objection, rights, terms::Terms};
use crate::storage::{
    StorageError, Write, access, audit,
    audit::{Action, Event},
    claims, directory,
    documents::{self, DocumentRow, NewEntry},
    people::{self, Sender},
    rounds,
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
        if !people::is_here(write.db, claim.to)? {
            return Err(RefusalCode::UnknownPerson.into());
        }
        check(terms, write, document, &claim)?;
    }
    // What it takes counts as the new owner's, however little room the one before has left.
    let owner = if claim.is_acceptance() { claim.to } else { document.owner };
    let counted = DocumentRow { owner, ..document.clone() };
    if claim.is_offer() {
        terms.check_room(write, &counted, offer)?;
    } else {
        terms.check_reserve(write, &counted, offer)?;
    }
    let sequence = write.next_sequence();
    let entry = terms.entry(offer, &[], Some(claim.to));
    documents::store(write, document, &entry, sequence)?;
    claims::add(write.db, document.id, sequence)?;
    let now = claims::ownership(write.db, document)?;
    follow(write, document, &now, sequence)?;
    let action = match (claim.is_acceptance(), claim.declines()) {
        (true, _) => Action::Accept,
        (false, true) => Action::Decline,
        (false, false) if claim.ends => Action::Withdraw,
        (false, false) => Action::Offer,
    };
    let subject = Some(claim.to);
    let event = Event { subject, ..Event::of_document(action, terms.sender, document.id) };
    audit::add(write.db, event, terms.now)?;
    Ok(sequence)
}

/// Offers the plan of a person who left, in the name of the organisation. Whom it is offered to
/// reads it from now on, and it is theirs once they accept it as they would any other.
pub fn offer_for_organisation(
    write: &mut Write<'_>,
    document: &DocumentRow,
    (to, id): (PersonId, ItemId),
    now: Timestamp,
) -> Result<(), StorageError> {
    let claims = claims::ownership(write.db, document)?;
    let known = rounds::known(write.db, document.id, to)?;
    let round = Round::after(known.max(Some(place(claims.greatest))));
    let grant = Grant::new(id, to, Right::Own, round, now);
    let broken = |error: EntryError| StorageError::Broken(error.to_string());
    let offer = grant.offer(document.id).map_err(broken)?;
    directory::meet(write, document.id, to)?;
    let sequence = write.next_sequence();
    let sender = Sender { person: ORGANISATION, device: DeviceId::from_bytes([0; 16]) };
    let entry = NewEntry { offer: &offer, deps: &[], subject: Some(to), sender, at: now };
    access::let_in(write.db, document.id, to, sequence)?;
    documents::store(write, document, &entry, sequence)?;
    claims::add(write.db, document.id, sequence)?;
    let event = Event {
        document: Some(document.id),
        subject: Some(to),
        ..Event::of_server(Action::Offer, "in the place of who left")
    };
    audit::add(write.db, event, now)
}

fn check(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    claim: &Claim,
) -> Result<(), Objection> {
    let before = claims::ownership(write.db, document)?;
    // Each offer may be answered, however many there were.
    if claim.is_offer() && claims::count(write.db, document.id)? >= CLAIMS {
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
    if !claim.is_offer() {
        return check_answer(terms, write, document, (&before, claim, known));
    }
    rights::check_owner(terms, document)?;
    // Offered before it came to be theirs: by then another may have owned it.
    if claim.number <= before.since() {
        return Err(RefusalCode::NotGranted.into());
    }
    Ok(())
}

/// Refuses to accept what is not offered, and to own more than there is room for. Where no offer
/// stands any more there is nothing to be ended.
fn check_answer(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    (before, claim, known): (&Ownership, &Claim, Option<Round>),
) -> Result<(), Objection> {
    let is_later = |offer: Claim| known.is_none_or(|known| place(offer.number) > known);
    let stands = before.answered_by(claim) && before.offer.is_some_and(is_later);
    if claim.is_acceptance() {
        if !stands {
            return Err(RefusalCode::NotGranted.into());
        }
        let owned = people::bytes(write.db, claim.to)?;
        return Ok(terms.limits.check_person(owned.saturating_add(document.bytes))?);
    }
    if !claim.declines() {
        rights::check_owner(terms, document)?;
    }
    if stands { Ok(()) } else { Err(Objection::Duplicate) }
}

/// The document follows its owner; who owned it before keeps what they offered it with.
fn follow(
    write: &mut Write<'_>,
    document: &DocumentRow,
    now: &Ownership,
    sequence: u64,
) -> Result<(), StorageError> {
    if now.owner != document.owner {
        documents::set_owner(write.db, document, now.owner)?;
        directory::meet(write, document.id, now.owner)?;
        access::let_in(write.db, document.id, now.owner, sequence)?;
        write.feed(now.owner, sequence)?;
    }
    for handover in &now.handovers {
        let round = Round::granting(handover.number, handover.keeps);
        let known = rounds::known(write.db, document.id, handover.from)?;
        if known.is_none_or(|known| round > known) {
            rounds::begin(write.db, document.id, handover.from, round)?;
            access::give(write.db, document.id, handover.from, handover.keeps, sequence)?;
            write.feed(handover.from, sequence)?;
        }
    }
    Ok(())
}

const fn place(number: u32) -> Round {
    Round::granting(number, Right::Own)
}
