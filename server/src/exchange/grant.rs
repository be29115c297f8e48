//! Grants and revocations: only the owner of a document says who else may do what with it.

use enhance_model::{RefusalCode, Right};
use enhance_protocol::{EntryBody, Grant, Offer, Revoke};

use super::{objection::Objection, rights, terms::Terms};
use crate::storage::{
    Write, access, audit,
    audit::{Action, Event},
    documents::{self, DocumentRow},
    people,
};

pub(super) fn grant(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, Objection> {
    let grant = Grant::read(&offer.body)?;
    rights::check_share(terms.sender.person, document)?;
    if !people::exists(write.db, grant.to)? {
        return Err(RefusalCode::UnknownPerson.into());
    }
    if grant.right == Right::Own || grant.to == document.owner {
        return Err(RefusalCode::NotGranted.into());
    }
    terms.check_room(write, document, offer)?;
    let sequence = write.next_sequence();
    access::give(write.db, document.id, grant.to, grant.right, sequence)?;
    documents::store(write, document, &terms.entry(offer, &[], Some(grant.to)), sequence)?;
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
    rights::check_share(terms.sender.person, document)?;
    if !people::exists(write.db, revoke.from)? {
        return Err(RefusalCode::UnknownPerson.into());
    }
    if revoke.from == document.owner {
        return Err(RefusalCode::NotGranted.into());
    }
    let sequence = write.next_sequence();
    let had_access = access::find(write.db, document.id, revoke.from)?.is_some();
    access::take(write.db, document.id, revoke.from)?;
    documents::store(write, document, &terms.entry(offer, &[], Some(revoke.from)), sequence)?;
    if had_access {
        write.feed(revoke.from, sequence)?;
    }
    let event = Event {
        subject: Some(revoke.from),
        ..Event::of_document(Action::Revoke, terms.sender, document.id)
    };
    audit::add(write.db, event, terms.now)?;
    Ok(sequence)
}
