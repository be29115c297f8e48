//! What people do with their own tickets: make, list and end them.

use enhance_model::{
    ItemId, PersonId, RefusalCode, Timestamp,
    ticket::{MOST_DAYS, MOST_USES},
    time::DAY_MS,
};
use enhance_protocol::{
    Done, KeptTicket, OfferedTicket, TicketResponse, TicketStep,
    exchange::Nonce,
    ticket::{DEEDS_AT_ONCE, KEPT_AT_MOST, NOTE_BYTES, OPEN_AT_MOST, SNAPSHOT_BYTES},
};
use rusqlite::Connection;

use super::trail::event;
use crate::{
    error::{RequestError, StepError},
    state::ServerState,
    storage::{
        StorageError, Write,
        audit::{self, Action},
        people::Sender,
        tickets::{self, TicketRow},
    },
};

/// Does one step of a person with their tickets, and says how they stand then.
pub async fn step(
    state: &ServerState,
    sender: Sender,
    nonce: Nonce,
    step: TicketStep,
) -> Result<TicketResponse, RequestError> {
    let mut after = None;
    match step {
        TicketStep::List { after: number } => after = Some(number),
        TicketStep::Make(offered) => make(state, sender, *offered).await?,
        TicketStep::End { ticket } => end(state, sender, ticket).await?,
    }
    let (person, epoch) = (sender.person, state.epochs.present());
    let read = move |db: &Connection| standing(db, person, after);
    let (tickets, mut done) = state.storage.read(read).await?;
    let most = usize::try_from(DEEDS_AT_ONCE).unwrap_or(usize::MAX);
    let more = done.len() > most;
    done.truncate(most);
    Ok(TicketResponse { nonce, epoch, tickets, done, more })
}

/// How a person's tickets stand, and one deed more than an answer has, if there is one.
fn standing(
    db: &Connection,
    person: PersonId,
    after: Option<u64>,
) -> Result<(Vec<KeptTicket>, Vec<Done>), StorageError> {
    let done = after.map(|after| tickets::done(db, person, after, DEEDS_AT_ONCE + 1));
    Ok((tickets::of_person(db, person)?, done.transpose()?.unwrap_or_default()))
}

async fn make(
    state: &ServerState,
    sender: Sender,
    offered: OfferedTicket,
) -> Result<(), RequestError> {
    let fits = offered.snapshot.len() <= SNAPSHOT_BYTES && offered.note.len() <= NOTE_BYTES;
    let is_sensible = (1..=MOST_DAYS).contains(&offered.days)
        && (1..=MOST_USES).contains(&offered.uses)
        && !offered.snapshot.is_empty();
    if !fits {
        return Err(RefusalCode::RequestTooLarge.into());
    }
    if !is_sensible {
        return Err(RefusalCode::MalformedRequest.into());
    }
    let now = state.now();
    let making = move |write: &mut Write<'_>| add(write, sender, &offered, now);
    Ok(state.storage.write(making).await?)
}

fn add(
    write: &mut Write<'_>,
    sender: Sender,
    offered: &OfferedTicket,
    now: Timestamp,
) -> Result<(), StepError> {
    let OfferedTicket { id, right, uses, .. } = *offered;
    if let Some(known) = tickets::find(write.db, id)? {
        // The answer was lost on the way, and it is asked again.
        let is_same = known.person == sender.person && known.bearer_hash == *offered.bearer_hash;
        let refused = StepError::Code(RefusalCode::MalformedRequest);
        return if is_same { Ok(()) } else { Err(refused) };
    }
    if tickets::of_bearer(write.db, &offered.bearer_hash)?.is_some() {
        return Err(StepError::Code(RefusalCode::MalformedRequest));
    }
    let (kept, open) = tickets::count(write.db, sender.person, now)?;
    if kept >= u64::from(KEPT_AT_MOST) || open >= u64::from(OPEN_AT_MOST) {
        return Err(StepError::Code(RefusalCode::TicketFull));
    }
    let kept = KeptTicket {
        id,
        right,
        made_at: now,
        expires_at: now.plus_millis(i64::from(offered.days) * DAY_MS),
        uses,
        uses_left: uses,
        ended_at: None,
        note: offered.note.clone(),
    };
    let bearer_hash = *offered.bearer_hash;
    let ticket = TicketRow { person: sender.person, bearer_hash, kept };
    tickets::add(write.db, &ticket, &offered.snapshot)?;
    Ok(audit::add(write.db, event(Action::MakeTicket, Some(sender), &ticket), now)?)
}

async fn end(state: &ServerState, sender: Sender, id: ItemId) -> Result<(), RequestError> {
    let now = state.now();
    let ending = move |write: &mut Write<'_>| -> Result<(), StepError> {
        let found = tickets::find(write.db, id)?.filter(|it| it.person == sender.person);
        let Some(ticket) = found else {
            return Err(StepError::Code(RefusalCode::TicketUnknown));
        };
        if ticket.kept.ended_at.is_some() {
            return Ok(());
        }
        tickets::end(write.db, id, now)?;
        write.destroyed();
        Ok(audit::add(write.db, event(Action::EndTicket, Some(sender), &ticket), now)?)
    };
    Ok(state.storage.write(ending).await?)
}
