//! What became of this person's tickets: who opened them, and what was said. It is asked for beside
//! the exchanges, since the server cannot put into anybody's sequence what it cannot read.

use enhance_model::{
    DocumentId, Epoch, ItemId, Items, person,
    ticket::{
        ANSWER_CHARS, HOLDER_CHARS, Ticket, TicketAnswer, TicketDeed, TicketStanding, TicketVisit,
    },
};
use enhance_protocol::{
    Done, KeptTicket, PROTOCOL, TicketRequest, TicketResponse, TicketStep, codec, path,
};
use enhance_store::{DocumentState, TicketRow};
use serde::{Deserialize, Serialize};

use crate::{
    cancellation::Cancellation,
    error::Error,
    keys::{AccountKey, TicketSecret, TicketText},
    network::answer::{ask, post},
    state::{State, lock::StateLock},
};

/// Up to where the deeds with tickets were read, and in which life of the server's data.
const READ_TO: &str = "tickets read to";

/// Bytes of the largest answer: all tickets, and a hundred deeds of the longest letters.
const ANSWER_BYTES: usize = 4 << 20;

/// Questions in one go at most. What is left comes the next time.
const QUESTIONS: usize = 64;

/// What a person's devices know a ticket by. It is sealed for them.
#[derive(Serialize, Deserialize)]
pub(crate) struct TicketNote {
    pub(crate) secret: serde_bytes::ByteArray<{ TicketSecret::BYTES }>,
    pub(crate) document: DocumentId,
    pub(crate) title: String,
    pub(crate) purpose: String,
}

/// What the holder of a ticket says, as it is sealed for who made it.
#[derive(Serialize, Deserialize)]
pub(crate) struct SealedDeed {
    pub(crate) name: String,
    /// Nothing where they only opened it.
    pub(crate) text: String,
}

/// One step with the tickets of this person.
pub(crate) async fn step(
    lock: &StateLock,
    step: TicketStep,
    cancel: &Cancellation,
) -> Result<TicketResponse, Error> {
    let facts = lock.with(State::facts)?;
    let environment = lock.environment();
    let nonce = environment.nonce();
    let request = TicketRequest { protocol: PROTOCOL, nonce, step };
    let question = post(&facts.server, path::TICKETS, Some(facts.token()), &request)?;
    let asked = cancel.race(ask(&*environment.transport, question, &nonce, ANSWER_BYTES));
    lock.while_awake(async { Ok(asked.await??.answer) }).await
}

/// Asks what became of tickets, as long as one of them can still be used. The sync is done by then,
/// whatever comes of it.
pub(super) async fn refresh_open(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    let any = lock.work(|state| {
        let (now, kept) = (state.now(), state.store().tickets()?);
        let is_open = |row: &TicketRow| match row.ticket.standing(now) {
            TicketStanding::Open | TicketStanding::UsedUp => true,
            TicketStanding::Expired | TicketStanding::Ended => false,
        };
        Ok(kept.iter().any(is_open))
    });
    if !any.await? {
        return Ok(());
    }
    match refresh(lock, cancel).await {
        Err(error) if error == Error::Cancelled || error.is_absence() => Err(error),
        Err(error) => {
            tracing::warn!(%error, "it is not known what became of tickets");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Takes over how all tickets of this person stand, and ends those of documents that were deleted.
pub(crate) async fn refresh(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    for _ in 0..QUESTIONS {
        let (epoch, after) = lock.work(read_to).await?.unzip();
        let after = after.unwrap_or_default();
        let answer = step(lock, TicketStep::List { after }, cancel).await?;
        // A restored server counts anew, from where the backup was.
        let is_restored = epoch.is_some_and(|epoch| epoch != answer.epoch) && after > 0;
        if is_restored {
            lock.work(|state| note_read_to(state, None)).await?;
            continue;
        }
        let more = answer.more;
        lock.work(move |state| take_in(state, &answer)).await?;
        if !more {
            break;
        }
    }
    for ticket in lock.work(orphans).await? {
        let answer = step(lock, TicketStep::End { ticket }, cancel).await?;
        lock.work(move |state| take_in(state, &answer)).await?;
    }
    Ok(())
}

fn read_to(state: &mut State) -> Result<Option<(Epoch, u64)>, Error> {
    // Without it what comes could not be kept, and would not come again.
    state.facts()?.account_key()?;
    let kept = state.store().meta(READ_TO)?;
    Ok(kept.and_then(|bytes| codec::from_cbor(&bytes).ok()))
}

fn note_read_to(state: &mut State, at: Option<(Epoch, u64)>) -> Result<(), Error> {
    let bytes = at.map(|at| codec::to_cbor(&at)).transpose();
    let bytes = bytes.map_err(|error| Error::internal("noting what was read").because(error))?;
    state.write(|write| match &bytes {
        Some(bytes) => Ok(write.set_meta(READ_TO, bytes)?),
        None => Ok(write.remove_meta(READ_TO)?),
    })
}

/// Tickets that can be used whose document was deleted on a device of this person.
fn orphans(state: &mut State) -> Result<Vec<ItemId>, Error> {
    let mut orphans = Vec::new();
    for TicketRow { ticket, .. } in state.store().tickets()? {
        let is_gone = state.store().state(ticket.document)? == Some(DocumentState::Deleted);
        if is_gone && ticket.ended_at.is_none() && state.now() < ticket.expires_at {
            orphans.push(ticket.id);
        }
    }
    Ok(orphans)
}

/// Takes over how tickets stand, and what was done with them.
pub(crate) fn take_in(state: &mut State, answer: &TicketResponse) -> Result<(), Error> {
    let (facts, now) = (state.facts()?, state.now());
    let account = facts.account_key()?;
    let before = state.store().tickets()?.into_iter();
    let before: Items<TicketRow> = before.map(|row| (row.ticket.id, row)).collect();
    let mut rows = before.clone();
    for kept in &answer.tickets {
        if let Some(row) = rows.get_mut(&kept.id) {
            row.ticket = standing(kept, row.ticket.clone());
        } else if let Some(row) = noted(account, kept) {
            rows.insert(kept.id, row);
        }
    }
    for row in rows.values_mut() {
        let is_kept = answer.tickets.iter().any(|kept| kept.id == row.ticket.id);
        let is_over = row.ticket.ended_at.is_some() || row.ticket.expires_at <= now;
        if !is_kept && !is_over {
            // Lost with a restore: its link opens nothing any more.
            row.ticket.ended_at = Some(now);
        }
    }
    for done in &answer.done {
        if let Some(row) = rows.get_mut(&done.ticket) {
            note(row, done);
        }
    }
    let last = answer.done.last().map(|done| (answer.epoch, done.number));
    let changed = rows.iter().filter(|(id, row)| before.get(id) != Some(row));
    let changed: Vec<&TicketRow> = changed.map(|(_, row)| row).collect();
    if !changed.is_empty() {
        state.write(|write| changed.iter().try_for_each(|row| Ok(write.put_ticket(row)?)))?;
    }
    if last.is_some() { note_read_to(state, last) } else { Ok(()) }
}

/// A ticket as the server says it stands, with all that was heard of it.
fn standing(kept: &KeptTicket, ticket: Ticket) -> Ticket {
    let KeptTicket { right, made_at, expires_at, uses, uses_left, ended_at, .. } = *kept;
    Ticket { right, made_at, expires_at, uses, uses_left, ended_at, ..ticket }
}

/// A ticket that another device of this person made.
fn noted(account: &AccountKey, kept: &KeptTicket) -> Option<TicketRow> {
    let note = account.open_note(kept.id, &kept.note)?;
    let note: TicketNote = codec::from_cbor(&note).ok()?;
    let secret = TicketSecret::from_bytes(*note.secret);
    if secret.id() != kept.id {
        return None;
    }
    Some(of_note(&note, kept))
}

/// A ticket of which nothing was heard yet but how it stands.
pub(crate) fn of_note(note: &TicketNote, kept: &KeptTicket) -> TicketRow {
    let ticket = Ticket {
        id: kept.id,
        document: note.document,
        title: note.title.clone(),
        purpose: note.purpose.clone(),
        right: kept.right,
        made_at: kept.made_at,
        expires_at: kept.expires_at,
        uses: kept.uses,
        uses_left: kept.uses_left,
        ended_at: kept.ended_at,
        visits: Vec::new(),
        answers: Vec::new(),
    };
    TicketRow { secret: *note.secret, ticket }
}

/// Adds what somebody did, unless it was heard of before. What does not open under the key of the
/// ticket, or is not allowed by it, was not done by a holder of its link.
fn note(row: &mut TicketRow, done: &Done) {
    let Done { id, deed, at, .. } = *done;
    let ticket = &mut row.ticket;
    let mut known = ticket.visits.iter().map(|one| one.id);
    let is_known = known.any(|known| known == id) || ticket.answers.iter().any(|one| one.id == id);
    let what = TicketText::Deed(deed, id);
    let opened = TicketSecret::from_bytes(row.secret).open(what, &done.sealed);
    let said = opened.and_then(|bytes| codec::from_cbor::<SealedDeed>(&bytes).ok());
    let Some(SealedDeed { name, text }) = said.filter(|_| !is_known && ticket.right.allows(deed))
    else {
        return;
    };
    let name = person::cleaned(&name, HOLDER_CHARS);
    let text = text.chars().take(ANSWER_CHARS).collect();
    match deed {
        TicketDeed::Open => ticket.visits.push(TicketVisit { id, name, at }),
        TicketDeed::Comment | TicketDeed::Endorse => {
            ticket.answers.push(TicketAnswer { id, deed, name, text, at });
        }
    }
}
