//! Rights that are given and taken: of those for one person the one of the greatest round counts,
//! in whatever order they are heard of.

use enhance_model::{DocumentId, PersonId, Round};
use enhance_protocol::{EntryBody, Grant, Revoke};
use enhance_store::{Entry, EntryKind, GrantRow, StoreReader, Write};

use crate::error::Error;

/// The number of the next grant or revocation for a person.
pub(crate) fn next_round(
    store: &StoreReader,
    document: DocumentId,
    person: PersonId,
) -> Result<u32, Error> {
    Ok(Round::after(store.round(document, person)?))
}

/// Gives a person a right, if nothing else counts more.
pub(crate) fn give(
    write: &mut Write<'_>,
    document: DocumentId,
    grant: &Grant,
    confirmed: bool,
) -> Result<(), Error> {
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

/// Whether a revocation counts, as far as is known here.
pub(crate) fn is_taken(
    store: &StoreReader,
    document: DocumentId,
    revoke: &Revoke,
) -> Result<bool, Error> {
    let known = store.round(document, revoke.from)?;
    Ok(known.is_none_or(|known| revoke.place() >= known))
}

/// Whose right an entry is about, and its place among those for them.
pub(crate) fn place(entry: &Entry) -> Option<(PersonId, Round)> {
    match entry.kind {
        EntryKind::Grant => Grant::read(&entry.body).ok().map(|it| (it.to, it.place())),
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
