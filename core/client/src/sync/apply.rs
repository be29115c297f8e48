//! Taking in an answer: verdicts, what is new, and how far this device has read, all of it in one
//! transaction with the new cursor.
//!
//! Everything is decided first, outside the transaction: changes are unsealed and pass the gate,
//! what was refused is moved out of the way. Then it is written. Doing it twice is doing it once,
//! so a crash in between costs nothing but a repetition.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, RefusalCode, Timestamp};
use enhance_protocol::{
    EntryBody, ExchangeResponse, Grant, Item, Outcome, Receipt, Revoke, Verdict,
};
use enhance_store::{
    Cursor, DocumentState, Entry, EntryKind, EntryLink, Origin, ReceiptRow, Store, SyncState, Write,
};

use super::{
    archive, bring,
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
        State, copied,
        facts::{self, Facts},
        lock::StateLock,
    },
    writing::{entries::requeue, rights},
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
    /// Folds that were compared with what the server has: what is offered again of
    /// one is to be folded again.
    pub(super) compared_folds: usize,
    /// Entries that were brought back, and those that were not taken.
    pub(super) brought: u64,
    pub(super) left: u64,
}

/// The verdicts by what they ask for.
#[derive(Default)]
struct Verdicts<'a> {
    /// With number and time, where the server said them.
    stored: Vec<(&'a Entry, Option<(u64, Timestamp)>)>,
    again: BTreeSet<EntryHash>,
    rejected: Vec<(EntryHash, RefusalCode, &'a str)>,
    /// Of another device, and not taken from this one.
    left: Vec<EntryHash>,
    /// Whether the server has other envelopes of this device than it has itself.
    is_behind: bool,
}

/// What an answer says of entries that are here.
struct Heard<'a> {
    facts: Arc<Facts>,
    verdicts: Verdicts<'a>,
    findings: Findings,
}

/// Takes in the answer to a question. What is long is done away from the lock, or by slices.
pub(super) fn take_in(
    lock: &StateLock,
    question: &Question,
    answer: &ExchangeResponse,
) -> Result<StepReport, Error> {
    let mut report = StepReport {
        pulled: answer.items.len() as u64,
        // A server that says there is more and goes no further is not asked for ever.
        more: answer.more && (is_further(question, answer) || question.puts_in_order(answer.epoch)),
        wait: Duration::from_millis(u64::from(answer.next_allowed_in_ms)),
        ..StepReport::default()
    };
    let heard = lock.with(|state| heed(state, question, answer, &mut report))?;
    let facts = Arc::clone(&heard.facts);
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
        report.quarantined += lock.with(|state| slices.finish(state, |_, _| Ok(()), |_| Ok(())))?;
    }
    let page = page::sort(last, &facts);
    report.quarantined += take_in_folds(lock, &facts, &page)?;
    let slices = Slices::of(lock, &facts, &page)?;
    let mut settled = bring::BatchReport::default();
    report.quarantined += lock.with(|state| {
        let first = |write: &mut Write<'_>, now| {
            settled = write_heard(write, (question, answer), &heard, now)?;
            Ok(())
        };
        slices.finish(state, first, |write| write_receipts(write, question, answer))
    })?;
    report.moved |= settled.stored > 0;
    (report.brought, report.left) = (settled.stored, settled.left);
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
) -> Result<Heard<'a>, Error> {
    let same_epoch = question.state.epoch == Some(answer.epoch);
    let was_restored = question.is_of_another(answer.epoch);
    if was_restored {
        // First of all: what is rescued below is what the server does not have in this epoch.
        state.write(|write| Ok(write.begin_epoch(answer.epoch)?))?;
    }
    let facts = state.facts()?;
    let given = Given { verdicts: &answer.verdicts, was_restored };
    let verdicts = sort(state.store(), facts.device, question, given, report)?;
    if verdicts.is_behind {
        state.write(copied::suspect)?;
        report.moved = true;
    }
    for (hash, code, message) in &verdicts.rejected {
        report.quarantined += reject::reject(state, &facts, *hash, *code, message)?;
        report.moved = true;
    }
    if verdicts.stored.iter().any(|(entry, _)| is_leave(entry, &facts)) {
        // The document goes with what arrives now, and what is stored is no loss.
        state.write(|write| write_stored(write, &verdicts))?;
    }
    let findings = if same_epoch {
        verify::compare(state, &facts, &question.heads, &answer.heads)?
    } else {
        Findings::default()
    };
    report.moved |= findings.offers_anything();
    report.compared_folds = findings.folds.len();
    Ok(Heard { facts, verdicts, findings })
}

/// Writes what an answer says of entries that are here, and how far it goes.
fn write_heard(
    write: &mut Write<'_>,
    (question, answer): (&Question, &ExchangeResponse),
    heard: &Heard<'_>,
    now: Timestamp,
) -> Result<bring::BatchReport, Error> {
    write_verdicts(write, (&heard.verdicts, heard.facts.person.id), now)?;
    write_findings(write, &heard.findings, now)?;
    write.want_archived(&answer.renew)?;
    if let (Some(offered), Some(verdict)) = (&question.archive, &answer.archived) {
        archive::write_verdict(write, offered, verdict, now)?;
    }
    if let Some(settings) = &answer.settings {
        facts::write_settings(write, settings)?;
    }
    standing::write_exchanged(write, now)?;
    let batch = (&question.batch, heard.facts.device);
    let settled = bring::settle(write, batch, &answer.brought, now)?;
    let mut next = next_state(question, answer, now);
    let found = write.sync_state()?;
    if (found.verifying, found.verified_to)
        != (question.state.verifying, question.state.verified_to)
    {
        // An earlier part of the answer began to compare heads again.
        (next.verifying, next.verified_to) = (found.verifying, found.verified_to);
    }
    write.set_sync_state(&next)?;
    Ok(settled)
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

/// The verdicts in an answer.
#[derive(Clone, Copy)]
struct Given<'a> {
    verdicts: &'a [Verdict],
    /// Whether the server was restored since the answer before.
    was_restored: bool,
}

fn sort<'a>(
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
            // A server that was restored may know what this needs again once that was brought.
            Outcome::Rejected { code, .. } if reject::may_pass(*code) || given.was_restored => {
                verdicts.again.insert(*hash);
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

fn write_verdicts(
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

fn write_stored(write: &mut Write<'_>, verdicts: &Verdicts<'_>) -> Result<(), Error> {
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
fn is_leave(entry: &Entry, facts: &Facts) -> bool {
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

fn write_findings(write: &mut Write<'_>, findings: &Findings, now: Timestamp) -> Result<(), Error> {
    write.confirm_stored(&findings.stored)?;
    for entry in &findings.remade {
        if write.put_entry(entry, Origin::Here { at: now })? {
            write.shrink_fold(entry.document, entry.body.len() as u64)?;
        }
    }
    findings.bringing.iter().try_for_each(|bringing| write.bring(bringing))?;
    for (document, stored) in &findings.folds {
        write.mark_fold(*document, *stored)?;
    }
    requeue(write, findings.lost.iter().copied(), now)
}

/// Keeps the receipts in an answer beside the entries that they are for.
fn write_receipts(
    write: &mut Write<'_>,
    question: &Question,
    answer: &ExchangeResponse,
) -> Result<(), Error> {
    if answer.receipts.is_empty() {
        return Ok(());
    }
    let mut entries: BTreeMap<(DocumentId, EntryHash), (PersonId, DeviceId)> = BTreeMap::new();
    for item in &answer.items {
        if let Item::Entry(pulled) = item {
            let whose = (pulled.person, pulled.device);
            entries.insert((pulled.offer.document, pulled.offer.hash), whose);
        }
    }
    let sent = question.sent.iter();
    entries.extend(
        sent.filter_map(|entry| Some(((entry.document, entry.hash), (entry.by?, entry.device?)))),
    );
    for Receipt { document, hash, mac } in answer.receipts.iter().copied() {
        if let Some((person, device)) = entries.get(&(document, hash)).copied() {
            let mac = mac.into_array();
            write.put_receipt(&ReceiptRow { document, hash, person, device, mac })?;
        }
    }
    Ok(())
}
