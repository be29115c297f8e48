//! Rights that are given and taken: of those for one person the one of the greatest round counts,
//! in whatever order they are heard of. Whose a document is follows from its claims likewise.

use enhance_model::{
    Claim, DocumentId, DocumentKind, Handover, Ownership, PersonId, Right, Round, Standing,
};
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

/// Whether somebody owns a document, made it, or owned it before.
pub(crate) fn owns_or_owned(
    store: &StoreReader,
    row: &DocumentRow,
    by: PersonId,
) -> Result<bool, Error> {
    let Ownership { owner, handovers, .. } = ownership(store, row)?;
    Ok(by == owner || by == row.creator || handovers.iter().any(|handover| handover.from == by))
}

/// Whether somebody accepts by a grant what they were invited to: the invitation it names is here,
/// by whoever owned the document, and gives the same to the same person. One that comes without it
/// waits for it and gives nothing.
fn accepts(
    store: &StoreReader,
    document: DocumentId,
    (grant, by): (&Grant, PersonId),
) -> Result<bool, Error> {
    let Some(answers) = grant.answers.filter(|_| grant.accepts_invitation(by)) else {
        return Ok(false);
    };
    let Some((row, _)) = store.document(document)? else { return Ok(false) };
    let invitation = store.entry(answers)?.filter(|entry| entry.document == document);
    let Some(invitation) = invitation.filter(|entry| entry.kind == EntryKind::Grant) else {
        return Ok(false);
    };
    let Some(inviter) = invitation.by.filter(|inviter| *inviter != grant.to) else {
        return Ok(false);
    };
    let is_same = |said: Grant| said.to == grant.to && said.place() == grant.place();
    let is_same = Grant::read(&invitation.body).is_ok_and(is_same);
    Ok(is_same && owns_or_owned(store, &row, inviter)?)
}

/// Whether a person accepted this invitation already, or another in the same round.
fn has_accepted(
    store: &StoreReader,
    document: DocumentId,
    invitation: &Grant,
) -> Result<bool, Error> {
    for entry in store.grants(document)? {
        let (Some(by), Ok(grant)) = (entry.by, Grant::read(&entry.body)) else { continue };
        let is_theirs = by == invitation.to && grant.place() == invitation.place();
        if is_theirs && accepts(store, document, (&grant, by))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Lets a document follow the claims that are here. Who owned it before keeps what they offered it
/// with.
pub(crate) fn follow_claims(write: &mut Write<'_>, document: DocumentId) -> Result<(), Error> {
    let Some((row, _)) = write.document(document)? else { return Ok(()) };
    let now = Ownership::of(row.creator, claims(write, document)?);
    let offer = now.offer.map(|offer| (offer.to, Round::granting(offer.number, Right::Own)));
    write.set_ownership(document, now.owner, offer)?;
    for handover in now.handovers {
        let (person, right) = (handover.from, handover.keeps);
        let round = Round::granting(handover.number, right);
        if write.round(document, person)?.is_none_or(|known| round > known) {
            write.set_round(document, person, Some(round))?;
            let (since, standing, confirmed) = (row.created_at, Standing::Member, true);
            let grant = GrantRow { document, person, right, standing, since, confirmed };
            write.put_grant(&grant)?;
        }
    }
    Ok(())
}

/// The handover by which a document came to its owner, while the server does not know of it.
pub(crate) fn unconfirmed_handover(
    store: &StoreReader,
    row: &DocumentRow,
) -> Result<Option<Handover>, Error> {
    let waiting = store.waiting_grants(row.id)?.into_iter();
    let mut waiting = waiting.filter_map(|entry| claim(&entry));
    if !waiting.any(|claim| claim.is_acceptance() && claim.by == row.owner) {
        return Ok(None);
    }
    Ok(Ownership::of(row.creator, claims(store, row.id)?).handovers.pop())
}

/// Gives a person a right, if nothing else counts more; of a claim, that is here
/// already, whatever it comes to. Who is new to a plan is invited by it, and takes part once they
/// say so themselves, in whatever order the two are heard of.
pub(crate) fn give(
    write: &mut Write<'_>,
    document: DocumentId,
    (grant, by): (&Grant, PersonId),
    confirmed: bool,
) -> Result<(), Error> {
    if grant.right == Right::Own {
        return follow_claims(write, document);
    }
    let before = write.member(document, grant.to)?;
    let accepts = accepts(write, document, (grant, by))?;
    if grant.accepts_invitation(by) && !accepts {
        return Ok(());
    }
    let known = write.round(document, grant.to)?;
    if accepts && known.is_some_and(|known| grant.place() < known) {
        // What they may do was changed before it was known that they accepted.
        let invited = before.filter(|before| before.standing == Standing::Invited);
        let joined = invited.map(|row| GrantRow { standing: Standing::Member, ..row });
        return Ok(joined.iter().try_for_each(|row| write.put_grant(row))?);
    }
    if !begins(write, document, grant.to, grant.place())? {
        return Ok(());
    }
    let is_project = write.document(document)?.is_some_and(|(row, _)| is_joined(row.kind));
    let was_member = before.is_some_and(|before| before.standing == Standing::Member);
    let takes_part = accepts || was_member || !is_project || has_accepted(write, document, grant)?;
    let standing = if takes_part { Standing::Member } else { Standing::Invited };
    let Grant { to: person, right, at: since, .. } = *grant;
    Ok(write.put_grant(&GrantRow { document, person, right, standing, since, confirmed })?)
}

/// Whether who is let into a document of this kind has to accept that.
const fn is_joined(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::ChangeProject)
}

/// Takes every right of a person away, if nothing else counts more. Who does it themselves declines
/// or leaves, which its owner sees, also where the owner removed them at the same time.
pub(crate) fn take(
    write: &mut Write<'_>,
    document: DocumentId,
    (revoke, by): (&Revoke, PersonId),
) -> Result<(), Error> {
    let person = revoke.from;
    let is_tie = write.round(document, person)? == Some(revoke.place());
    if !begins(write, document, person, revoke.place())? {
        return Ok(());
    }
    let before = write.member(document, person)?;
    if by != person {
        let is_gone = |row: &GrantRow| matches!(row.standing, Standing::Declined | Standing::Left);
        let stays = is_tie && before.as_ref().is_some_and(is_gone);
        return if stays { Ok(()) } else { Ok(write.remove_grant(document, person)?) };
    }
    let Some(before) = before else {
        return if is_tie { was_removed(write, document, revoke) } else { Ok(()) };
    };
    let had = match before.standing {
        // What they were given at the same time is not what they left with.
        Standing::Member => given_before(write, document, revoke)?,
        _ => None,
    };
    let right = had.map_or(before.right, |had| had.right);
    let standing = match before.standing {
        Standing::Invited => Standing::Declined,
        Standing::Member => Standing::Left,
        gone @ (Standing::Declined | Standing::Left) => gone,
    };
    Ok(write.put_grant(&GrantRow { right, standing, confirmed: true, ..before })?)
}

/// What a person could do when they declined or left.
fn given_before(
    write: &Write<'_>,
    document: DocumentId,
    revoke: &Revoke,
) -> Result<Option<Grant>, Error> {
    let grants = write.grants(document)?;
    let given = grants.iter().filter_map(|entry| Grant::read(&entry.body).ok());
    let is_before = |grant: &Grant| {
        grant.to == revoke.from && grant.right != Right::Own && grant.round < revoke.round
    };
    Ok(given.filter(is_before).max_by_key(Grant::place))
}

/// Notes of a person who was removed here that they had declined or left by then.
fn was_removed(write: &mut Write<'_>, document: DocumentId, revoke: &Revoke) -> Result<(), Error> {
    let Some(last) = given_before(write, document, revoke)? else { return Ok(()) };
    let Grant { to: person, right, at: since, .. } = last;
    let (standing, confirmed) = (Standing::Left, true);
    write.put_grant(&GrantRow { document, person, right, standing, since, confirmed })?;
    is_gone(write, document, person)
}

/// Notes once more that a person declined or left, after what was said since came to nothing.
pub(crate) fn is_gone(
    write: &mut Write<'_>,
    document: DocumentId,
    person: PersonId,
) -> Result<(), Error> {
    let Some(row) = write.member(document, person)? else { return Ok(()) };
    let mut accepted = false;
    for entry in write.grants(document)?.iter().filter(|entry| entry.by == Some(person)) {
        let grant = Grant::read(&entry.body);
        accepted |= grant.is_ok_and(|grant| accepts(write, document, (&grant, person)) == Ok(true));
    }
    let standing = if accepted { Standing::Left } else { Standing::Declined };
    Ok(write.put_grant(&GrantRow { standing, confirmed: true, ..row })?)
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

/// Whether a grant or revocation is more than an acceptance of what nobody was invited to.
pub(crate) fn gives(store: &StoreReader, entry: &Entry) -> Result<bool, Error> {
    let grant = Grant::read(&entry.body).ok().filter(|_| entry.kind == EntryKind::Grant);
    match (grant, entry.by) {
        (Some(grant), Some(by)) if grant.accepts_invitation(by) => {
            accepts(store, entry.document, (&grant, by))
        }
        _ => Ok(true),
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
