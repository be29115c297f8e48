//! Taking in an answer: verdicts, what is new, and how far this device has read, all of it in one
//! transaction with the new cursor.
//!
//! Everything is decided first, outside the transaction: changes are unsealed and pass the gate,
//! what was refused is moved out of the way. Then it is written. Doing it twice is doing it once,
//! so a crash in between costs nothing but a repetition.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use enhance_model::{DeviceId, EntryHash, RefusalCode, Timestamp};
use enhance_protocol::{EntryBody, ExchangeResponse, Grant, Outcome, Revoke, Verdict};
use enhance_store::{
    Cursor, DocumentState, Entry, EntryKind, EntryLink, GrantRow, Origin, Store, SyncState, Write,
};

use super::{
    archive,
    offer::Question,
    standing,
    verify::{self, Findings},
};
use crate::{
    arriving::{
        archive as archived, fold,
        page::{self, Page},
        reject,
        slices::Slices,
    },
    error::Error,
    state::{
        State,
        facts::{self, Facts},
        lock::StateLock,
    },
    writing::entries::{own_grant, requeue},
};

/// What taking in an answer came to.
#[derive(Debug, Default)]
pub(super) struct StepReport {
    pub(super) pushed: u64,
    pub(super) duplicates: u64,
    pub(super) pulled: u64,
    pub(super) quarantined: u64,
    /// The server has more to read.
    pub(super) more: bool,
    /// How long the server asks to wait before the next sync.
    pub(super) wait: Duration,
    /// Some entries need others first.
    pub(super) held_up: bool,
    /// The outbox is shorter, or offers something it did not offer before.
    pub(super) moved: bool,
    /// Folds that were compared with what the server has: what is offered again of one is to be
    /// folded again.
    pub(super) compared_folds: usize,
}

/// The verdicts by what they ask for.
#[derive(Default)]
struct Verdicts<'a> {
    /// With number and time, where the server said them.
    stored: Vec<(&'a Entry, Option<(u64, Timestamp)>)>,
    again: BTreeSet<EntryHash>,
    rejected: Vec<(EntryHash, RefusalCode, &'a str)>,
}

/// Takes in the answer to a question. What is long is done away from the lock, or by slices.
pub(super) fn take_in(
    lock: &StateLock,
    question: &Question,
    answer: &ExchangeResponse,
) -> Result<StepReport, Error> {
    let mut report = StepReport {
        pulled: answer.items.len() as u64,
        // A server that says there is more and gives nothing is not asked for ever.
        more: answer.more && is_further(question, answer),
        wait: Duration::from_millis(u64::from(answer.next_allowed_in_ms)),
        ..StepReport::default()
    };
    let (facts, verdicts, findings) =
        lock.with(|state| heed(state, question, answer, &mut report))?;
    if facts.account_key.is_some() {
        // The recovery key may have been typed while they came.
        archived::take_in_sealed(lock, &facts)?;
    }
    for pulled in &answer.archives {
        archived::take_in(lock, &facts, pulled)?;
    }
    if facts.account_key.is_none() {
        lock.with(|state| archived::keep_what_follows(state, &answer.items))?;
    }
    let parts = page::pages(&answer.items, &facts);
    let (last, before) =
        parts.split_last().map_or((&[][..], &[][..]), |(last, before)| (*last, before));
    for part in before {
        let page = page::sort(part, &facts);
        report.quarantined += take_in_folds(lock, &facts, &page)?;
        let slices = Slices::of(lock, &facts, &page)?;
        report.quarantined += lock.with(|state| slices.finish(state, |_, _| Ok(())))?;
    }
    let page = page::sort(last, &facts);
    report.quarantined += take_in_folds(lock, &facts, &page)?;
    let slices = Slices::of(lock, &facts, &page)?;
    report.quarantined += lock.with(|state| {
        slices.finish(state, |write, now| {
            write_verdicts(write, &verdicts, now)?;
            write_findings(write, &findings, now)?;
            write.want_archived(&answer.renew)?;
            if let (Some(offered), Some(verdict)) = (&question.archive, &answer.archived) {
                archive::write_verdict(write, offered, verdict, now)?;
            }
            if let Some(settings) = &answer.settings {
                facts::write_settings(write, settings)?;
            }
            standing::write_exchanged(write, now)?;
            let mut next = next_state(question, answer, now);
            let found = write.sync_state()?;
            if (found.verifying, found.verified_to)
                != (question.state.verifying, question.state.verified_to)
            {
                // An earlier part of the answer began to compare heads again.
                (next.verifying, next.verified_to) = (found.verifying, found.verified_to);
            }
            Ok(write.set_sync_state(&next)?)
        })
    })?;
    Ok(report)
}

/// Takes in what a part of the answer brings whole, each document by itself.
fn take_in_folds(lock: &StateLock, facts: &Facts, page: &Page<'_>) -> Result<u64, Error> {
    page.folds.iter().map(|pulled| fold::take_in(lock, facts, pulled)).sum()
}

/// Heeds what the answer says of this device's own entries: what was refused is moved out of the
/// way at once, what else there is to write comes with the rest.
fn heed<'a>(
    state: &mut State,
    question: &'a Question,
    answer: &'a ExchangeResponse,
    report: &mut StepReport,
) -> Result<(Arc<Facts>, Verdicts<'a>, Findings), Error> {
    let same_epoch = question.state.epoch == Some(answer.epoch);
    if question.state.epoch.is_some() && !same_epoch {
        // First of all: what is rescued below is what the server does not have in this epoch.
        state.write(|write| Ok(write.begin_epoch(answer.epoch)?))?;
    }
    let facts = state.facts()?;
    let verdicts = sort(state.store(), facts.device, question, &answer.verdicts, report)?;
    for (hash, code, message) in &verdicts.rejected {
        report.quarantined += reject::reject(state, &facts, *hash, *code, message)?;
        report.moved = true;
    }
    let findings = if same_epoch {
        verify::compare(state, &facts, &question.heads, &answer.heads)?
    } else {
        Findings::default()
    };
    report.moved |= findings.offers_anything();
    report.compared_folds = findings.folds.len();
    Ok((facts, verdicts, findings))
}

fn is_further(question: &Question, answer: &ExchangeResponse) -> bool {
    let Cursor { sequence, within } = question.state.cursor;
    (sequence, within) != (answer.cursor.sequence, answer.cursor.within)
}

/// Where this device stands once the answer is taken in.
fn next_state(question: &Question, answer: &ExchangeResponse, now: Timestamp) -> SyncState {
    let mut next = SyncState {
        epoch: Some(answer.epoch),
        cursor: Cursor { sequence: answer.cursor.sequence, within: answer.cursor.within },
        next_allowed_at: Some(now.plus_millis(i64::from(answer.next_allowed_in_ms))),
        ..question.state
    };
    match question.state.epoch {
        Some(epoch) if epoch != answer.epoch => {
            next.verifying = true;
            next.verified_to = None;
        }
        _ => verify::advance(&mut next, &question.heads),
    }
    next
}

fn sort<'a>(
    store: &Store,
    device: DeviceId,
    question: &'a Question,
    given: &'a [Verdict],
    report: &mut StepReport,
) -> Result<Verdicts<'a>, Error> {
    let mut verdicts = Verdicts::default();
    for Verdict { hash, outcome } in given {
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
            Outcome::Rejected { code, .. } if reject::may_pass(*code) => {
                verdicts.again.insert(*hash);
            }
            Outcome::Rejected { code, message } => verdicts.rejected.push((*hash, *code, message)),
        }
    }
    report.moved |= !verdicts.stored.is_empty();
    Ok(verdicts)
}

/// An entry of this device that another one needs.
fn own_link(
    store: &Store,
    needing: &Entry,
    needed: EntryHash,
    device: DeviceId,
) -> Result<Option<EntryLink>, Error> {
    let links = store.links(needing.document)?.into_iter();
    Ok(links.into_iter().find(|link| link.hash == needed && link.device == Some(device)))
}

fn write_verdicts(
    write: &mut Write<'_>,
    verdicts: &Verdicts<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    for (entry, place) in &verdicts.stored {
        match place {
            Some((sequence, received_at)) => {
                write.mark_stored(entry.hash, *sequence, *received_at)?;
            }
            None => write.confirm_stored(&[entry.hash])?,
        }
        confirm_right(write, entry)?;
    }
    requeue(write, verdicts.again.iter().copied(), now)
}

/// A right this device gave or took is now the newest the server knows.
fn confirm_right(write: &mut Write<'_>, entry: &Entry) -> Result<(), Error> {
    if write.state(entry.document)? != Some(DocumentState::Active) {
        return Ok(());
    }
    match entry.kind {
        EntryKind::Grant => {
            if let Ok(grant) = Grant::read(&entry.body) {
                let grant = own_grant(entry.document, &grant);
                write.put_grant(&GrantRow { confirmed: true, ..grant })?;
            }
        }
        EntryKind::Revoke => {
            if let Ok(revoke) = Revoke::read(&entry.body) {
                write.remove_grant(entry.document, revoke.from)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn write_findings(write: &mut Write<'_>, findings: &Findings, now: Timestamp) -> Result<(), Error> {
    write.confirm_stored(&findings.stored)?;
    for entry in &findings.remade {
        if write.put_entry(entry, Origin::Here { at: now })? {
            write.shrink_fold(entry.document, entry.body.len() as u64)?;
        }
    }
    for (document, stored) in &findings.folds {
        write.mark_fold(*document, *stored)?;
    }
    requeue(write, findings.lost.iter().copied(), now)
}
