//! Grants and revocations: only the owner of a document says who else may do what with it, and
//! whoever else may read it may leave it. Of those for one person the one of the greatest round
//! counts, in whatever order they come. A grant of a plan to somebody new is an invitation
//! ([`joining`]).

use enhance_model::{DocumentKind, PersonId, RefusalCode, Right, Round};
use enhance_protocol::{EntryBody, Grant, Offer, Revoke};

use super::{handover, joining, objection::Objection, rights, terms::Terms};
use crate::storage::{
    Write, access, audit,
    audit::{Action, Event},
    claims, directory,
    documents::{self, DocumentRow},
    people, rounds, waiting_shares,
};

pub(super) fn grant(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, Objection> {
    let grant = Grant::read(&offer.body)?;
    if grant.right == Right::Own {
        return handover::store(terms, write, offer, document, &grant);
    }
    let is_project = document.kind == DocumentKind::ChangeProject;
    if is_project && grant.accepts_invitation(terms.sender.person) {
        return joining::accept(terms, write, offer, document, &grant);
    }
    rights::check_share(terms, document)?;
    let is_known = if terms.proven {
        people::exists(write.db, grant.to)?
    } else {
        people::is_here(write.db, grant.to)?
    };
    if !is_known {
        return Err(RefusalCode::UnknownPerson.into());
    }
    if !terms.proven && grant.to == document.owner {
        return Err(RefusalCode::NotGranted.into());
    }
    let is_new = access::find(write.db, document.id, grant.to)?.is_none();
    if is_new && !terms.proven {
        joining::check(terms, write, document, &grant)?;
    }
    terms.check_room(write, document, offer)?;
    let counts = counts(terms, write, document, (grant.to, grant.place()))?;
    if counts {
        // Before the grant, so that whoever hears of it knows whom it is about.
        directory::meet(write, document.id, grant.to)?;
    }
    let sequence = write.next_sequence();
    let entry = terms.entry(offer, &[], Some(grant.to));
    if !counts && joining::is_answered(write, document, (offer, grant.to))? {
        access::note_invited(write.db, document.id, grant.to, sequence)?;
        documents::store(write, document, &entry, sequence)?;
        return Ok(sequence);
    }
    if !counts {
        documents::store_unread(write, document, &entry, sequence)?;
        return Ok(sequence);
    }
    if is_new {
        joining::wait(terms, write, document, (grant.to, sequence))?;
    }
    if !(is_new && is_project) {
        access::give(write.db, document.id, grant.to, grant.right, sequence)?;
    }
    documents::store(write, document, &entry, sequence)?;
    if is_new && is_project {
        // It is all they hear of the plan until they accept.
        write.feed(grant.to, sequence)?;
    }
    let event = Event {
        subject: Some(grant.to),
        detail: grant.right.to_string(),
        ..Event::of_document(Action::Grant, terms.sender, document.id)
    };
    audit::add(write.db, event, terms.now)?;
    Ok(sequence)
}

pub(super) fn revoke(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, Objection> {
    let revoke = Revoke::read(&offer.body)?;
    let is_own = revoke.from == terms.sender.person;
    if !may_leave(terms, write, document, &revoke)? {
        rights::check_share(terms, document)?;
    }
    if !people::exists(write.db, revoke.from)? {
        return Err(RefusalCode::UnknownPerson.into());
    }
    let is_of_owner = revoke.from == document.owner;
    if is_of_owner && !terms.proven {
        return Err(RefusalCode::NotGranted.into());
    }
    terms.check_reserve(write, document, offer)?;
    let counts = counts(terms, write, document, (revoke.from, revoke.place()))?;
    let sequence = write.next_sequence();
    let entry = terms.entry(offer, &[], Some(revoke.from));
    // What is brought may have been said before the document became theirs.
    if is_of_owner || !counts {
        documents::store_unread(write, document, &entry, sequence)?;
        return Ok(sequence);
    }
    if is_own {
        joining::note_welcome(write, document, &revoke)?;
    }
    access::take(write.db, document.id, revoke.from)?;
    waiting_shares::remove(write.db, document.id, revoke.from)?;
    documents::store(write, document, &entry, sequence)?;
    // Also if they have no right here: before a restore they may have had one.
    write.feed(revoke.from, sequence)?;
    let event = Event {
        subject: Some(revoke.from),
        ..Event::of_document(Action::Revoke, terms.sender, document.id)
    };
    audit::add(write.db, event, terms.now)?;
    Ok(sequence)
}

/// Whether a person declines what they are invited to, leaves a plan, puts away what was shown to
/// them, or takes back that they want nothing more of its sender.
fn may_leave(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    revoke: &Revoke,
) -> Result<bool, Objection> {
    let (person, db) = (revoke.from, write.db);
    if terms.proven || person != terms.sender.person || !joining::is_shared(document.kind) {
        return Ok(false);
    }
    let has_part = access::find(db, document.id, person)?.is_some()
        || waiting_shares::find(db, document.id, person)?.is_some();
    let says_otherwise = !revoke.for_good && waiting_shares::said_by(db, person, document.id)?;
    if has_part || says_otherwise {
        return Ok(true);
    }
    // They are rid of it already.
    Err(Objection::Duplicate)
}

/// Whether a grant or revocation counts, now that it is here; if so, it is noted.
fn counts(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    (person, round): (PersonId, Round),
) -> Result<bool, Objection> {
    let known = rounds::known(write.db, document.id, person)?;
    // The next one for them is numbered after every claim to the document.
    let claimed = claims::ownership(write.db, document)?.greatest;
    let greatest = known.max(Some(Round::granting(claimed, Right::Own)));
    if !terms.proven && !round.is_in_reach(greatest) {
        return Err(RefusalCode::Malformed.into());
    }
    let counts = known.is_none_or(|known| round > known);
    if counts {
        rounds::begin(write.db, document.id, person, round)?;
    }
    Ok(counts)
}
