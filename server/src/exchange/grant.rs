//! Grants and revocations: only the owner of a document says who else may do what with it, and
//! whoever else may read a plan may leave it. Of those for one person the one of the greatest round
//! counts, in whatever order they come.

use enhance_model::{DocumentKind, PersonId, RefusalCode, Right, Round};
use enhance_protocol::{EntryBody, Grant, Offer, Revoke};

use super::{handover, objection::Objection, rights, terms::Terms};
use crate::storage::{
    Write, access, audit,
    audit::{Action, Event},
    claims, directory,
    documents::{self, DocumentRow},
    people, rounds,
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
    rights::check_share(terms, document)?;
    let is_known = match terms.proven {
        true => people::exists(write.db, grant.to)?,
        false => people::is_here(write.db, grant.to)?,
    };
    if !is_known {
        return Err(RefusalCode::UnknownPerson.into());
    }
    if !terms.proven && grant.to == document.owner {
        return Err(RefusalCode::NotGranted.into());
    }
    terms.check_room(write, document, offer)?;
    let counts = counts(terms, write, document, (grant.to, grant.place()))?;
    if counts {
        // Before the grant, so that whoever hears of it knows whom it is about.
        directory::meet(write, document.id, grant.to)?;
    }
    let sequence = write.next_sequence();
    let entry = terms.entry(offer, &[], Some(grant.to));
    if !counts {
        documents::store_unread(write, document, &entry, sequence)?;
        return Ok(sequence);
    }
    access::give(write.db, document.id, grant.to, grant.right, sequence)?;
    documents::store(write, document, &entry, sequence)?;
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
    access::take(write.db, document.id, revoke.from)?;
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

/// Whether a person takes their own right to a plan away.
fn may_leave(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    revoke: &Revoke,
) -> Result<bool, Objection> {
    let is_own = revoke.from == terms.sender.person;
    if terms.proven || !is_own || document.kind != DocumentKind::ChangeProject {
        return Ok(false);
    }
    if access::find(write.db, document.id, revoke.from)?.is_none() {
        // They are rid of it already.
        return Err(Objection::Duplicate);
    }
    Ok(true)
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
