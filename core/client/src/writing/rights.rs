//! Rights that are given and taken: of those for one person the one of the greatest round counts,
//! in whatever order they are heard of. Whose a document is follows from its claims likewise.

use enhance_model::{Claim, DocumentId, Ownership, PersonId, Right, Round};
use enhance_protocol::{EntryBody, Grant, Revoke};
use enhance_store::{DocumentRow, Entry, EntryKind, GrantRow, StoreReader, Write};

use crate::error::Error;

/// The number of the next grant or revocation for a person.
pub(crate) fn next_round(
    store: &StoreReader,
    document: DocumentId,
    person: PersonId,
) -> Result<u32, Error> {
    let claims = claims(store, document)?;
    let claimed = claims.iter().map(|claim| Round::granting(claim.number, Right::Own)).max();
    Ok(Round::after(store.round(document, person)?.max(claimed)))
}

/// The offers and acceptances of a document that are here.
fn claims(store: &StoreReader, document: DocumentId) -> Result<Vec<Claim>, Error> {
    let grants = store.grants(document)?.into_iter();
    Ok(grants.filter_map(|entry| claim(&entry)).collect())
}

/// Whose a document is, and was, by the claims that are here.
pub(crate) fn ownership(store: &StoreReader, row: &DocumentRow) -> Result<Ownership, Error> {
    Ok(Ownership::of(row.creator, claims(store, row.id)?))
}

/// The claim in an entry, if it is one.
pub(crate) fn claim(entry: &Entry) -> Option<Claim> {
    if entry.kind != EntryKind::Grant {
        return None;
    }
    Grant::read(&entry.body).ok()?.claim(entry.by?)
}

/// Lets a document follow the claims that are here. Who owned it before keeps a copy to read.
pub(crate) fn follow_claims(write: &mut Write<'_>, document: DocumentId) -> Result<(), Error> {
    let Some((row, _)) = write.document(document)? else { return Ok(()) };
    let now = Ownership::of(row.creator, claims(write, document)?);
    let offer = now.offer.map(|offer| (offer.to, Round::granting(offer.number, Right::Own)));
    write.set_ownership(document, now.owner, offer)?;
    for handover in now.handovers {
        let (person, right) = (handover.from, Right::Read);
        let round = Round::granting(handover.number, right);
        if write.round(document, person)?.is_none_or(|known| round > known) {
            write.set_round(document, person, Some(round))?;
            let since = row.created_at;
            write.put_grant(&GrantRow { document, person, right, since, confirmed: true })?;
        }
    }
    Ok(())
}

/// Gives a person a right, if nothing else counts more; of a claim, that is here
/// already, whatever it comes to.
pub(crate) fn give(
    write: &mut Write<'_>,
    document: DocumentId,
    grant: &Grant,
    confirmed: bool,
) -> Result<(), Error> {
    if grant.right == Right::Own {
        return follow_claims(write, document);
    }
    if !begins(write, document, grant.to, grant.place())? {
        return Ok(());
    }
    let Grant { to: person, right, at: since, .. } = *grant;
    Ok(write.put_grant(&GrantRow { document, person, right, since, confirmed })?)
}

/// Takes every right of a person away, if nothing else counts more.
pub(crate) fn take(
    write: &mut Write<'_>,
    document: DocumentId,
    revoke: &Revoke,
) -> Result<(), Error> {
    if begins(write, document, revoke.from, revoke.place())? {
        write.remove_grant(document, revoke.from)?;
    }
    Ok(())
}

/// Whether a revocation counts, as far as is known here. Nobody takes a document from its owner.
pub(crate) fn is_taken(
    store: &StoreReader,
    document: DocumentId,
    revoke: &Revoke,
) -> Result<bool, Error> {
    if store.document(document)?.is_some_and(|(row, _)| row.owner == revoke.from) {
        return Ok(false);
    }
    let known = store.round(document, revoke.from)?;
    Ok(known.is_none_or(|known| revoke.place() >= known))
}

/// Whose right an entry is about, and its place among those for them. A claim has none.
pub(crate) fn place(entry: &Entry) -> Option<(PersonId, Round)> {
    match entry.kind {
        EntryKind::Grant => {
            let grant = Grant::read(&entry.body).ok().filter(|it| it.right != Right::Own);
            grant.map(|it| (it.to, it.place()))
        }
        EntryKind::Revoke => Revoke::read(&entry.body).ok().map(|it| (it.from, it.place())),
        _ => None,
    }
}

/// Whether an entry is a grant or revocation that counts for nothing any more.
pub(crate) fn is_past(store: &StoreReader, entry: &Entry) -> Result<bool, Error> {
    let Some((person, round)) = place(entry) else { return Ok(false) };
    let known = store.round(entry.document, person)?;
    Ok(known.is_some_and(|known| round < known))
}

fn begins(
    write: &mut Write<'_>,
    document: DocumentId,
    person: PersonId,
    round: Round,
) -> Result<bool, Error> {
    let known = write.round(document, person)?;
    let counts = known.is_none_or(|known| round >= known);
    if counts {
        write.set_round(document, person, Some(round))?;
    }
    Ok(counts)
}
