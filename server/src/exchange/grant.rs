//! Grants and revocations: only the owner of a document says who else may do what with it.

use enhance_model::{DocumentKind, RefusalCode, Right};
use enhance_protocol::{Grant, Offer, Revoke};

use super::judge::{Judge, No};
use crate::storage::{
    Write, access, audit,
    audit::{Action, Event},
    documents::{self, DocumentRow},
    people,
};

pub(super) fn grant(
    judge: &Judge,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, No> {
    let grant: Grant = Judge::read(offer)?;
    may_share(judge, document)?;
    if !people::exists(write.db, grant.to)? {
        return Err(RefusalCode::UnknownPerson.into());
    }
    if grant.right == Right::Own || grant.to == document.owner {
        return Err(RefusalCode::NotGranted.into());
    }
    judge.check_room(write, document, offer)?;
    let sequence = write.next_sequence()?;
    access::give(write.db, document.id, grant.to, grant.right, sequence)?;
    documents::store(write, document, &judge.entry(offer, &[], Some(grant.to)), sequence)?;
    let event = Event {
        subject: Some(grant.to),
        detail: grant.right.to_string(),
        ..Event::of_document(Action::Grant, judge.sender, document.id)
    };
    audit::add(write.db, event, judge.now)?;
    Ok(sequence)
}

pub(super) fn revoke(
    judge: &Judge,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
) -> Result<u64, No> {
    let revoke: Revoke = Judge::read(offer)?;
    may_share(judge, document)?;
    if !people::exists(write.db, revoke.from)? {
        return Err(RefusalCode::UnknownPerson.into());
    }
    if revoke.from == document.owner {
        return Err(RefusalCode::NotGranted.into());
    }
    let sequence = write.next_sequence()?;
    let had_access = access::find(write.db, document.id, revoke.from)?.is_some();
    access::take(write.db, document.id, revoke.from)?;
    documents::store(write, document, &judge.entry(offer, &[], Some(revoke.from)), sequence)?;
    if had_access {
        write.feed(revoke.from, sequence)?;
    }
    let event = Event {
        subject: Some(revoke.from),
        ..Event::of_document(Action::Revoke, judge.sender, document.id)
    };
    audit::add(write.db, event, judge.now)?;
    Ok(sequence)
}

/// Sealed documents are shared with nobody, and comments with whoever can read the plan.
fn may_share(judge: &Judge, document: &DocumentRow) -> Result<(), No> {
    judge.owner_only(document)?;
    match document.kind {
        kind if kind.is_sealed() => Err(RefusalCode::WrongSealing.into()),
        DocumentKind::Comments => Err(RefusalCode::NotGranted.into()),
        _ => Ok(()),
    }
}
