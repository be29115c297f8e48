//! The verdicts on what this device sent: sorted by what they ask for, and written.

use std::collections::BTreeSet;

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, RefusalCode, Timestamp};
use enhance_protocol::{EntryBody, Grant, Nonce, Outcome, Refusal, Revoke, Verdict};
use enhance_store::{DocumentState, Entry, EntryKind, EntryLink, Store, Write};

use super::{offer::Question, report::StepReport};
use crate::{
    arriving::reject,
    error::Error,
    network::answer::NoAnswer,
    state::facts::Facts,
    writing::{entries::requeue, rights},
};

/// The verdicts by what they ask for.
#[derive(Default)]
pub(super) struct Verdicts<'a> {
    /// With number and time, where the server said them.
    pub(super) stored: Vec<(&'a Entry, Option<(u64, Timestamp)>)>,
    pub(super) again: BTreeSet<EntryHash>,
    pub(super) rejected: Vec<(EntryHash, RefusalCode, &'a str)>,
    /// Of another device, and not taken from this one.
    pub(super) left: Vec<EntryHash>,
    /// Of whose envelopes in which documents the server has others in their places.
    pub(super) overtaken: BTreeSet<(DocumentId, DeviceId)>,
    /// Whether the server has other envelopes of this device than it has itself.
    pub(super) is_behind: bool,
}

/// The verdicts in an answer.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) verdicts: &'a [Verdict],
    /// Whether the server was restored since the answer before.
    pub(super) was_restored: bool,
}

/// Sorts the verdicts on what was sent by what they ask for, and counts them.
pub(super) fn sort<'a>(
    store: &Store,
    device: DeviceId,
    question: &'a Question,
    given: Given<'a>,
    report: &mut StepReport,
) -> Result<Verdicts<'a>, Error> {
    let mut verdicts = Verdicts::default();
    for Verdict { hash, outcome } in given.verdicts {
        let Some(entry) = question.sent.iter().find(|entry| entry.hash == *hash) else { continue };
        match outcome {
            Outcome::Stored { sequence, received_at } => {
                report.pushed += 1;
                verdicts.stored.push((entry, Some((*sequence, *received_at))));
            }
            Outcome::Duplicate => {
                report.duplicates += 1;
                verdicts.stored.push((entry, None));
            }
            Outcome::MissingDependencies(missing) => {
                report.held_up = true;
                verdicts.again.insert(*hash);
                for needed in missing {
                    let Some(link) = own_link(store, entry, *needed, device)? else {
                        continue;
                    };
                    report.moved |= link.stored;
                    verdicts.again.insert(*needed);
                }
            }
            // Another device seals with this one's name.
            Outcome::Rejected { code: RefusalCode::WrongSequence, .. }
                if entry.kind == EntryKind::Envelope && entry.device == Some(device) =>
            {
                verdicts.is_behind = true;
                verdicts.again.insert(*hash);
            }
            Outcome::Rejected { code, message } if reject::may_pass(*code) => {
                verdicts.again.insert(*hash);
                report.postponed.get_or_insert_with(|| not_now(*code, message));
            }
            // A server that was restored may know what this needs again once that was brought.
            Outcome::Rejected { .. } if given.was_restored => {
                verdicts.again.insert(*hash);
            }
            // So does a folder of its own that was put back from a backup.
            Outcome::Rejected { code: RefusalCode::WrongSequence, .. }
                if entry.kind == EntryKind::Envelope =>
            {
                verdicts.overtaken.extend(entry.device.map(|device| (entry.document, device)));
            }
            Outcome::Rejected { .. }
                if entry.device != Some(device) && entry.kind != EntryKind::Delete =>
            {
                verdicts.left.push(*hash);
            }
            Outcome::Rejected { code, message } => verdicts.rejected.push((*hash, *code, message)),
        }
    }
    report.moved |= !verdicts.stored.is_empty();
    Ok(verdicts)
}

/// A refusal that may pass, as the error that a whole request would have ended with.
fn not_now(code: RefusalCode, message: &str) -> Error {
    let (nonce, retry_in_ms, message) = (Nonce::default(), None, message.to_owned());
    NoAnswer::Refused(Refusal { nonce, code, message, retry_in_ms }).into()
}

/// An entry that another one needs and that this device may offer.
fn own_link(
    store: &Store,
    needing: &Entry,
    needed: EntryHash,
    device: DeviceId,
) -> Result<Option<EntryLink>, Error> {
    let mut links = store.links(needing.document)?.into_iter();
    let may_offer =
        |link: &EntryLink| needing.kind == EntryKind::Envelope || link.device == Some(device);
    Ok(links.find(|link| link.hash == needed && may_offer(link)))
}

/// Writes all that follows from the verdicts.
pub(super) fn write(
    write: &mut Write<'_>,
    (verdicts, me): (&Verdicts<'_>, PersonId),
    now: Timestamp,
) -> Result<(), Error> {
    write_stored(write, verdicts)?;
    for (entry, _) in &verdicts.stored {
        confirm_right(write, entry, me)?;
    }
    write.leave(&verdicts.left)?;
    requeue(write, verdicts.again.iter().copied(), now)
}

/// Writes which entries the server has now.
pub(super) fn write_stored(write: &mut Write<'_>, verdicts: &Verdicts<'_>) -> Result<(), Error> {
    for (entry, place) in &verdicts.stored {
        match place {
            Some((sequence, received_at)) => {
                write.mark_stored(entry.hash, *sequence, *received_at)?;
            }
            None => write.confirm_stored(&[entry.hash])?,
        }
    }
    Ok(())
}

/// Whether by this entry the person leaves another's document.
pub(super) fn is_leave(entry: &Entry, facts: &Facts) -> bool {
    let revoke = || Revoke::read(&entry.body).ok();
    entry.kind == EntryKind::Revoke && revoke().is_some_and(|revoke| facts.is_me(revoke.from))
}

/// A right this device gave or took is now the newest the server knows.
fn confirm_right(write: &mut Write<'_>, entry: &Entry, me: PersonId) -> Result<(), Error> {
    if write.state(entry.document)? != Some(DocumentState::Active) {
        return Ok(());
    }
    match entry.kind {
        EntryKind::Grant => {
            if let Ok(grant) = Grant::read(&entry.body) {
                let by = entry.by.unwrap_or(me);
                rights::give(write, entry.document, (&grant, by), true)?;
            }
        }
        EntryKind::Revoke => {
            if let Ok(revoke) = Revoke::read(&entry.body) {
                let by = entry.by.unwrap_or(me);
                rights::take(write, entry.document, (&revoke, by))?;
            }
        }
        _ => {}
    }
    Ok(())
}
