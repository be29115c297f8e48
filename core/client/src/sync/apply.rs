//! Taking in an answer: verdicts, what is new, and how far this device has read, all of it in one
//! transaction with the new cursor.
//!
//! Everything is decided first, outside the transaction: changes are unsealed and pass the gate,
//! what was refused is moved out of the way. Then it is written. Doing it twice is doing it once,
//! so a crash in between costs nothing but a repetition.

use std::{collections::BTreeSet, time::Duration};

use enhance_model::{DeviceId, EntryHash, RefusalCode, Timestamp};
use enhance_protocol::{EntryBody, ExchangeResponse, Grant, Outcome, Revoke, Verdict};
use enhance_store::{
    Cursor, DocumentState, Entry, EntryKind, EntryLink, GrantRow, Store, SyncState, Write,
};

use super::{
    offer::Question,
    standing,
    verify::{self, Findings},
};
use crate::{
    arriving::{
        page::{self, PageIntake},
        reject,
    },
    error::Error,
    state::{State, facts},
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
}

/// The verdicts by what they ask for.
#[derive(Default)]
struct Verdicts<'a> {
    /// With number and time, where the server said them.
    stored: Vec<(&'a Entry, Option<(u64, Timestamp)>)>,
    again: BTreeSet<EntryHash>,
    rejected: Vec<(EntryHash, RefusalCode, &'a str)>,
}

/// Takes in the answer to a question.
pub(super) fn take_in(
    state: &mut State,
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
    let same_epoch = question.state.epoch == Some(answer.epoch);
    if question.state.epoch.is_some() && !same_epoch {
        // First of all: what is rescued below is what the server does not have in this epoch.
        state.write(|write| Ok(write.begin_epoch(answer.epoch)?))?;
    }
    let facts = state.facts()?;
    let verdicts = sort(state.store(), facts.device, question, &answer.verdicts, &mut report)?;
    for (hash, code, message) in &verdicts.rejected {
        report.quarantined += reject::reject(state, &facts, *hash, *code, message)?;
        report.moved = true;
    }
    let findings = if same_epoch {
        verify::compare(state.store(), &facts, &question.heads, &answer.heads)?
    } else {
        Findings::default()
    };
    report.moved |= !findings.lost.is_empty();

    let mut pages = page::pages(&answer.items, &facts);
    let last = pages.pop().unwrap_or_default();
    for part in pages {
        let arrived = page::judge(state, part, &facts)?;
        report.quarantined += arrived.rescued();
        write_arrived(state, &arrived, |_| Ok(()))?;
    }
    let arrived = page::judge(state, last, &facts)?;
    report.quarantined += arrived.rescued();
    let now = state.now();
    let next = next_state(question, answer, now);
    write_arrived(state, &arrived, |write| {
        write_verdicts(write, &verdicts, now)?;
        write_findings(write, &findings, now)?;
        if let Some(settings) = &answer.settings {
            facts::write_settings(write, settings)?;
        }
        standing::write_exchanged(write, now)?;
        Ok(write.set_sync_state(&next)?)
    })?;
    Ok(report)
}

fn is_further(question: &Question, answer: &ExchangeResponse) -> bool {
    let Cursor { sequence, within } = question.state.cursor;
    (sequence, within) != (answer.cursor.sequence, answer.cursor.within)
}

fn write_arrived(
    state: &mut State,
    arrived: &PageIntake<'_>,
    first: impl FnOnce(&mut Write<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let now = state.now();
    state.write(|write| {
        first(write)?;
        arrived.write(write, now)
    })?;
    arrived.gone().for_each(|document| state.forget(document));
    Ok(())
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
    requeue(write, findings.lost.iter().copied(), now)
}
