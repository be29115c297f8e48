//! Joining a plan: who is new to it is invited, and has part in it once they accept.
//!
//! What waits for an answer, and what was shown and not read yet, is bounded by who sent it and for
//! whom it is. Who wants nothing more of somebody is not sent anything by them.

use enhance_model::{DocumentId, DocumentKind, PersonId, RefusalCode, Timestamp, joining};
use enhance_protocol::{EntryBody, Grant, Offer, Revoke};

use super::{objection::Objection, terms::Terms};
use crate::storage::{
    StorageError, Write, access, audit,
    audit::{Action, Event},
    directory,
    documents::{self, DocumentRow},
    people, rounds,
    waiting_shares::{self, WaitingShare},
};

/// When what was shown and not read stops waiting.
const NEVER: Timestamp = Timestamp::from_unix_millis(i64::MAX);

/// Whether documents of this kind are shared with single people.
pub(super) const fn is_shared(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::ChangeProject | DocumentKind::SharedReflection | DocumentKind::SignOffRequest
    )
}

/// Refuses to share something with a person who has enough to answer or to read.
pub(super) fn check(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    grant: &Grant,
) -> Result<(), Objection> {
    let (sender, person, db) = (terms.sender.person, grant.to, write.db);
    if grant.preview.as_ref().is_some_and(|preview| !preview.is_bounded()) {
        return Err(RefusalCode::TextTooLong.into());
    }
    if waiting_shares::is_unwelcome(db, person, sender)? {
        return Err(RefusalCode::Unwelcome.into());
    }
    if let Some(before) = waiting_shares::find(db, document.id, person)?
        && before.expires_at > terms.now
    {
        let invited = documents::pulled(db, before.entry)?;
        let invited = invited.and_then(|entry| Grant::read(&entry.offer.body).ok());
        let is_equal = invited.is_some_and(|before| before.right == grant.right);
        // Another right takes the place of the one that was offered.
        return if is_equal { Err(Objection::Duplicate) } else { Ok(()) };
    }
    let waiting = waiting_shares::count(db, sender, person, terms.now)?;
    let is_much = waiting.from_one >= joining::MOST_FROM_ONE
        || waiting.from_one_for_one >= joining::MOST_FROM_ONE_FOR_ONE
        || waiting.for_one >= joining::MOST_FOR_ONE;
    if is_much { Err(RefusalCode::TooManyInvitations.into()) } else { Ok(()) }
}

/// Notes that something waits for a person by the entry with this number.
pub(super) fn wait(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    (person, entry): (PersonId, u64),
) -> Result<(), StorageError> {
    let expires_at = match document.kind {
        DocumentKind::ChangeProject => joining::expires_at(terms.now),
        _ => NEVER,
    };
    let (document, sender) = (document.id, terms.sender.person);
    waiting_shares::put(write.db, &WaitingShare { document, person, sender, entry, expires_at })
}

/// Notes that what was shown to a person waits no more, now that they read it.
pub(super) fn read(
    write: &Write<'_>,
    document: DocumentId,
    person: PersonId,
) -> Result<(), StorageError> {
    waiting_shares::remove(write.db, document, person)
}

/// Stores that a person accepts an invitation, and lets them in.
pub(super) fn accept(
    terms: &Terms,
    write: &mut Write<'_>,
    offer: &Offer,
    document: &DocumentRow,
    grant: &Grant,
) -> Result<u64, Objection> {
    let (person, place) = (terms.sender.person, grant.place());
    if !people::exists(write.db, person)? {
        // Who joined after the backup is not known any more.
        return Err(RefusalCode::UnknownPerson.into());
    }
    let known = rounds::known(write.db, document.id, person)?;
    if !terms.proven {
        check_acceptance(terms, write, document, grant)?;
    }
    terms.check_reserve(write, document, offer)?;
    let is_past = known.is_some_and(|known| place < known) || document.owner == person;
    if !is_past {
        // Who was invited meanwhile was no member yet, and has not met this person.
        directory::meet(write, document.id, person)?;
    }
    let sequence = write.next_sequence();
    let entry = terms.entry(offer, &[], Some(person));
    if is_past {
        documents::store_unread(write, document, &entry, sequence)?;
        return Ok(sequence);
    }
    rounds::begin(write.db, document.id, person, place)?;
    waiting_shares::remove(write.db, document.id, person)?;
    access::give(write.db, document.id, person, grant.right, sequence)?;
    if let Some(invitation) = invitation(write, document, grant)? {
        access::note_invited(write.db, document.id, person, invitation)?;
    }
    documents::store(write, document, &entry, sequence)?;
    let event = Event {
        subject: Some(person),
        detail: grant.right.to_string(),
        ..Event::of_document(Action::Join, terms.sender, document.id)
    };
    audit::add(write.db, event, terms.now)?;
    Ok(sequence)
}

/// The number of the invitation that an acceptance names, if it is here.
fn invitation(
    write: &Write<'_>,
    document: &DocumentRow,
    acceptance: &Grant,
) -> Result<Option<u64>, StorageError> {
    let Some(answers) = acceptance.answers else { return Ok(None) };
    documents::sequence_of(write.db, document.id, answers)
}

/// Whether a person has part in a plan by their answer to this invitation, which comes back to a
/// restored server after that.
pub(super) fn is_answered(
    write: &Write<'_>,
    document: &DocumentRow,
    (invitation, person): (&Offer, PersonId),
) -> Result<bool, StorageError> {
    let Some(access) = access::find(write.db, document.id, person)? else { return Ok(false) };
    let answer = documents::pulled(write.db, access.since)?;
    let answer = answer.and_then(|entry| Grant::read(&entry.offer.body).ok());
    Ok(answer.is_some_and(|answer| answer.answers == Some(invitation.hash)))
}

/// Refuses to let in who is not invited, or not to this.
fn check_acceptance(
    terms: &Terms,
    write: &Write<'_>,
    document: &DocumentRow,
    grant: &Grant,
) -> Result<(), Objection> {
    let (person, db) = (terms.sender.person, write.db);
    if access::find(db, document.id, person)?.is_some() {
        // Another device of theirs was faster.
        return Err(Objection::Duplicate);
    }
    let waiting = waiting_shares::find(db, document.id, person)?;
    let waiting = waiting.ok_or_else(not_invited)?;
    if waiting.expires_at <= terms.now {
        return Err(RefusalCode::InvitationExpired.into());
    }
    let is_named = invitation(write, document, grant)? == Some(waiting.entry);
    if !is_named || rounds::known(db, document.id, person)? != Some(grant.place()) {
        return Err(not_invited());
    }
    Ok(())
}

fn not_invited() -> Objection {
    let words = "this invitation was taken back, or another one took its place";
    Objection::Rejection(RefusalCode::InvitationUnknown, words.to_owned())
}

/// Notes whether a person who leaves or declines wants anything more of the sender.
pub(super) fn note_welcome(
    write: &Write<'_>,
    document: &DocumentRow,
    revoke: &Revoke,
) -> Result<(), StorageError> {
    let (person, db) = (revoke.from, write.db);
    if !revoke.for_good {
        return waiting_shares::welcome(db, person, document.id).map(drop);
    }
    let waiting = waiting_shares::find(db, document.id, person)?;
    let sender = waiting.map_or(document.owner, |waiting| waiting.sender);
    waiting_shares::refuse(db, (person, sender), document.id)
}
