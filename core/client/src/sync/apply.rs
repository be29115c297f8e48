//! Taking in an answer: verdicts, what is new, and how far this device has read, all of it in one
//! transaction with the new cursor.
//!
//! Everything is decided first, outside the transaction: changes are unsealed and pass the gate,
//! what was refused is moved out of the way. Then it is written. Doing it twice is doing it once,
//! so a crash in between costs nothing but a repetition.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId, Timestamp};
use enhance_protocol::{ExchangeResponse, Item, Receipt};
use enhance_store::{Cursor, Origin, ReceiptRow, SyncState, Write};

use super::{
    archive, bring,
    offer::Question,
    report::StepReport,
    standing,
    verdicts::{self, Given, Verdicts},
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
    writing::{entries::requeue, reseal},
};

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
        more: answer.more && (is_further(question, answer) || question.puts_in_order(answer)),
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
    let was_restored = answer.begins_anew;
    if was_restored {
        // First of all: what is rescued below is what the server does not have now.
        state.write(|write| Ok(write.begin_anew(answer.epoch)?))?;
    }
    let facts = state.facts()?;
    let given = Given { verdicts: &answer.verdicts, was_restored };
    let verdicts = verdicts::sort(state.store(), facts.device, question, given, report)?;
    if verdicts.is_behind {
        state.write(copied::suspect)?;
        report.moved = true;
    }
    if !verdicts.overtaken.is_empty() {
        reseal::overtaken(state, &facts, &verdicts.overtaken)?;
        report.moved = true;
    }
    for (hash, code, message) in &verdicts.rejected {
        report.quarantined += reject::reject(state, &facts, *hash, *code, message)?;
        report.moved = true;
    }
    if verdicts.stored.iter().any(|(entry, _)| verdicts::is_leave(entry, &facts)) {
        // The document goes with what arrives now, and what is stored is no loss.
        state.write(|write| verdicts::write_stored(write, &verdicts))?;
    }
    let findings = if was_restored {
        Findings::default()
    } else {
        verify::compare(state, &facts, &question.heads, &answer.heads)?
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
    verdicts::write(write, (&heard.verdicts, heard.facts.person.id), now)?;
    write_findings(write, &heard.findings, now)?;
    write.want_archived(&answer.renew)?;
    answer.send_again.iter().try_for_each(|it| write.send_attachment_again(*it))?;
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
    if found.cursor != question.state.cursor && !answer.begins_anew {
        // A deletion was refused just now, and what it took away comes again.
        next.cursor = found.cursor;
    }
    if found.epoch == next.epoch {
        // What was said beside the exchanges meanwhile may be more.
        next.reached = next.reached.max(found.reached);
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
        reached: answer.reached,
        cursor: Cursor { sequence: answer.cursor.sequence, within: answer.cursor.within },
        next_allowed_at: Some(now.plus_millis(i64::from(answer.next_allowed_in_ms))),
        ..question.state
    };
    if answer.begins_anew {
        (next.verifying, next.verified_to) = (true, None);
    } else {
        verify::advance(&mut next, &question.heads);
    }
    next
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
