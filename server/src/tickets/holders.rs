//! What the holder of a ticket may do: open it, and say something about what it shows.

use enhance_model::{RefusalCode, Timestamp, ticket::TicketDeed};
use enhance_protocol::{
    AnswerTicketRequest, AnswerTicketResponse, Done, KeptTicket, OpenTicketRequest,
    OpenTicketResponse,
    ticket::{ANSWERS_AT_MOST, ANSWERS_OF_VISIT, DEED_BYTES},
};
use rusqlite::Connection;

use super::trail::event;
use crate::{
    devices::token_hash,
    error::{RequestError, StepError},
    refusals::{self, Refused},
    state::ServerState,
    storage::{
        Write,
        audit::{self, Action},
        people,
        tickets::{self, TicketRow},
    },
};

const VISIT_IS_FULL: &str =
    "you have answered as often as one visit may; open the ticket once more to say more";

/// Opens a ticket. The same visit again has the same answer and counts no use.
pub async fn open(
    state: &ServerState,
    bearer: Option<[u8; 20]>,
    request: OpenTicketRequest,
) -> Result<OpenTicketResponse, RequestError> {
    let hash = known(state, bearer, request.sealed.len()).await?;
    let (nonce, now) = (request.nonce, state.now());
    let opening = move |write: &mut Write<'_>| visit(write, &hash, request, now);
    let (ticket, snapshot) = state.storage.write(opening).await?;
    let KeptTicket { right, expires_at, uses_left, .. } = ticket.kept;
    Ok(OpenTicketResponse { nonce, right, expires_at, uses_left, snapshot })
}

fn visit(
    write: &mut Write<'_>,
    hash: &[u8; 32],
    request: OpenTicketRequest,
    now: Timestamp,
) -> Result<(TicketRow, Vec<u8>), StepError> {
    let mut ticket = good(write.db, hash, now)?;
    let id = ticket.kept.id;
    match tickets::done_before(write.db, id, request.visit)? {
        Some((TicketDeed::Open, _)) => {}
        Some(_) => return Err(StepError::Code(RefusalCode::MalformedRequest)),
        None if ticket.kept.uses_left == 0 => {
            return Err(StepError::Code(RefusalCode::TicketUsedUp));
        }
        None => {
            tickets::use_up(write.db, id)?;
            ticket.kept.uses_left -= 1;
            let (deed, sealed) = (TicketDeed::Open, request.sealed);
            let done = Done { number: 0, ticket: id, id: request.visit, deed, at: now, sealed };
            tickets::note(write.db, &done, request.visit)?;
            audit::add(write.db, event(Action::OpenTicket, None, &ticket), now)?;
        }
    }
    let snapshot = tickets::snapshot(write.db, id)?;
    Ok((ticket, snapshot))
}

/// Takes what the holder of a ticket says. The same again has the same answer.
pub async fn answer(
    state: &ServerState,
    bearer: Option<[u8; 20]>,
    request: AnswerTicketRequest,
) -> Result<AnswerTicketResponse, RequestError> {
    let hash = known(state, bearer, request.sealed.len()).await?;
    if request.deed == TicketDeed::Open {
        return Err(RefusalCode::MalformedRequest.into());
    }
    let (nonce, now) = (request.nonce, state.now());
    let saying = move |write: &mut Write<'_>| say(write, &hash, request, now);
    let at = state.storage.write(saying).await?;
    Ok(AnswerTicketResponse { nonce, at })
}

fn say(
    write: &mut Write<'_>,
    hash: &[u8; 32],
    request: AnswerTicketRequest,
    now: Timestamp,
) -> Result<Timestamp, StepError> {
    let ticket = good(write.db, hash, now)?;
    let AnswerTicketRequest { visit, id, deed, sealed, .. } = request;
    let of = ticket.kept.id;
    if !ticket.kept.right.allows(deed) {
        return Err(StepError::Code(RefusalCode::TicketNotForThat));
    }
    let has_opened = tickets::done_before(write.db, of, visit)?;
    if has_opened.is_none_or(|(deed, _)| deed != TicketDeed::Open) {
        return Err(StepError::Code(RefusalCode::MalformedRequest));
    }
    match tickets::done_before(write.db, of, id)? {
        Some((before, at)) if before == deed => return Ok(at),
        Some(_) => return Err(StepError::Code(RefusalCode::MalformedRequest)),
        None => {}
    }
    let answers = tickets::answers(write.db, of, visit)?;
    if answers.of_visit >= u64::from(ANSWERS_OF_VISIT) {
        return Err(StepError::Because(RefusalCode::TicketFull, VISIT_IS_FULL));
    }
    if answers.all >= u64::from(ANSWERS_AT_MOST) {
        return Err(StepError::Code(RefusalCode::TicketFull));
    }
    let done = Done { number: 0, ticket: of, id, deed, at: now, sealed };
    tickets::note(write.db, &done, visit)?;
    audit::add(write.db, event(Action::AnswerTicket, None, &ticket), now)?;
    Ok(now)
}

/// The hash of a bearer that some ticket has. A guess is not worth a place in the queue of the
/// writing thread.
async fn known(
    state: &ServerState,
    bearer: Option<[u8; 20]>,
    sealed_bytes: usize,
) -> Result<[u8; 32], RequestError> {
    let hash = bearer.map(|bearer| token_hash(&bearer)).unwrap_or_default();
    let find = move |db: &Connection| Ok(tickets::of_bearer(db, &hash)?.is_some());
    let is_known = state.storage.read(find).await?;
    if !is_known {
        let what = format!("ticket {}", RefusalCode::TicketUnknown);
        refusals::note(state, None, vec![Refused { what, document: None, count: 1 }]).await?;
        return Err(RefusalCode::TicketUnknown.into());
    }
    if sealed_bytes > DEED_BYTES {
        return Err(RefusalCode::RequestTooLarge.into());
    }
    Ok(hash)
}

/// The ticket, if something can still be done with it. Of somebody who has left it counts as ended.
fn good(db: &Connection, hash: &[u8; 32], now: Timestamp) -> Result<TicketRow, StepError> {
    let unknown = StepError::Code(RefusalCode::TicketUnknown);
    let ticket = tickets::of_bearer(db, hash)?.ok_or(unknown)?;
    if ticket.kept.ended_at.is_some() || !people::is_here(db, ticket.person)? {
        return Err(StepError::Code(RefusalCode::TicketEnded));
    }
    if ticket.kept.expires_at <= now {
        return Err(StepError::Code(RefusalCode::TicketExpired));
    }
    Ok(ticket)
}
