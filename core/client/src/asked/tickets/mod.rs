//! Tickets: links by which somebody without an account reads a text as it stood, and may say
//! something about it.

pub(crate) mod holder;
mod link;
mod render;

use enhance_model::{
    DocumentId, ItemId, Noun, Sha256, Timestamp, folding,
    ticket::{MOST_DAYS, MOST_USES, PURPOSE_CHARS, Ticket, TicketRight, TicketStanding},
};
use enhance_protocol::{
    OfferedTicket, TicketStep, codec,
    ticket::{NOTE_BYTES, SNAPSHOT_BYTES},
};
use enhance_store::TicketRow;
use serde::Serialize;

use super::{
    checking::{self, SharingCheck, TextPlace},
    texts,
};
use crate::{
    cancellation::Cancellation,
    error::{Errand, Error, InputField},
    keys::{TicketSecret, TicketText},
    state::{State, lock::StateLock, screens::Screen},
    sync::tickets::{self, TicketNote},
};

/// A ticket that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicket {
    /// A reflection, a copy of one, or a project of this person.
    pub document: DocumentId,
    /// What its holder is asked for.
    pub purpose: String,
    pub right: TicketRight,
    /// Days for which it is good.
    pub days: u32,
    /// How often it can be opened.
    pub uses: u32,
}

/// A ticket as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketView {
    #[serde(flatten)]
    pub ticket: Ticket,
    pub standing: TicketStanding,
    /// What to hand to its holder. Who has it can open the ticket.
    pub link: String,
}

/// A ticket as it is told to others: what was given to whom, and nothing by which it can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenTicket {
    #[serde(flatten)]
    pub ticket: Ticket,
    pub standing: TicketStanding,
}

/// What this person gave to holders of tickets, the newest first.
pub(crate) fn given(state: &State) -> Result<Vec<GivenTicket>, Error> {
    let now = state.now();
    let given = |TicketRow { ticket, .. }| GivenTicket { standing: ticket.standing(now), ticket };
    Ok(state.store().tickets()?.into_iter().map(given).collect())
}

/// The tickets of this person that are known here, the newest first: all, or those of a document.
pub(crate) fn all(
    screen: &mut Screen<'_>,
    of: Option<DocumentId>,
    now: Timestamp,
) -> Result<Vec<TicketView>, Error> {
    let server = screen.facts()?.server.clone();
    let rows = match of {
        Some(document) => screen.store().tickets_of(document)?,
        None => screen.store().tickets()?,
    };
    Ok(rows.into_iter().map(|row| view(row, &server, now)).collect())
}

fn view(row: TicketRow, server: &str, now: Timestamp) -> TicketView {
    let TicketRow { secret, ticket } = row;
    let link = link::written(server, &TicketSecret::from_bytes(secret));
    TicketView { standing: ticket.standing(now), ticket, link }
}

/// Asks the server what became of this person's tickets.
pub(crate) async fn refresh(lock: &StateLock, cancel: &Cancellation) -> Result<(), Error> {
    tickets::refresh(lock, cancel).await
}

/// Looks through the text of a document, and what is said to the holder of a ticket for it.
pub(crate) fn check(
    state: &mut State,
    document: DocumentId,
    purpose: &str,
) -> Result<SharingCheck, Error> {
    let writer = checking::writer(state)?;
    Ok(SharingCheck::of(Some(document), &texts(state, document, purpose)?, &writer))
}

fn texts(state: &mut State, document: DocumentId, purpose: &str) -> Result<checking::Texts, Error> {
    let mut texts = texts::of(state, document)?;
    texts.push((TextPlace::Message, purpose.trim().to_owned()));
    Ok(texts)
}

/// Makes a ticket, unless what it shows may tell who somebody is and that was not acknowledged.
pub(crate) async fn make(
    lock: &StateLock,
    wanted: NewTicket,
    acknowledged: Option<Sha256>,
    cancel: &Cancellation,
) -> Result<TicketView, Error> {
    let (offered, note) = lock.work(move |state| prepare(state, &wanted, acknowledged)).await?;
    let id = offered.id;
    let made = tickets::step(lock, TicketStep::Make(Box::new(offered)), cancel).await;
    let made = made.map_err(|error| error.during(Errand::MakingTicket))?;
    let keep = move |state: &mut State| {
        if let Some(kept) = made.tickets.iter().find(|kept| kept.id == id) {
            let row = tickets::of_note(&note, kept);
            state.write(|write| Ok(write.put_ticket(&row)?))?;
        }
        tickets::take_in(state, &made)?;
        one(state, id)
    };
    lock.work(keep).await
}

/// The ticket as it is sealed for its holder and for this person's other devices.
fn prepare(
    state: &mut State,
    wanted: &NewTicket,
    acknowledged: Option<Sha256>,
) -> Result<(OfferedTicket, TicketNote), Error> {
    let NewTicket { document, right, days, uses, .. } = *wanted;
    let purpose = purpose_of(wanted)?;
    let snapshot = render::snapshot(state, document, &purpose)?;
    let texts = texts(state, document, &purpose)?;
    checking::let_leave(state, Some(document), &texts, acknowledged)?;
    let facts = state.facts()?;
    let account = facts.account_key()?;
    let randomness = &*state.environment().randomness;
    let secret = TicketSecret::new(randomness);
    let id = secret.id();
    let (title, secret_bytes) = (snapshot.title.clone(), (*secret.as_bytes()).into());
    let note = TicketNote { secret: secret_bytes, document, title, purpose };
    let in_words = |error| Error::internal("putting a ticket into words").because(error);
    let shown = codec::encode(&snapshot).map_err(in_words)?;
    let snapshot = secret.seal(TicketText::Snapshot, randomness, &shown)?;
    if snapshot.len() > SNAPSHOT_BYTES {
        let why = "its text is too large for a ticket; share it with somebody who has an account";
        return Err(Error::not_allowed(why));
    }
    let sealed = account.seal_note(id, randomness, &codec::to_cbor(&note).map_err(in_words)?)?;
    if sealed.len() > NOTE_BYTES {
        return Err(Error::invalid(InputField::Title, "it is too long for a ticket"));
    }
    let bearer_hash = secret.bearer_hash().into();
    Ok((OfferedTicket { id, bearer_hash, right, days, uses, note: sealed, snapshot }, note))
}

fn purpose_of(wanted: &NewTicket) -> Result<String, Error> {
    let wrong = |reason: String| Err(Error::invalid(InputField::Ticket, reason));
    let purpose = wanted.purpose.trim();
    if folding::is_blank(purpose) || purpose.chars().count() > PURPOSE_CHARS {
        return wrong(format!("say in 1 to {PURPOSE_CHARS} letters what you ask for"));
    }
    if !(1..=MOST_DAYS).contains(&wanted.days) {
        return wrong(format!("a ticket is good for 1 to {MOST_DAYS} days"));
    }
    if !(1..=MOST_USES).contains(&wanted.uses) {
        return wrong(format!("a ticket can be opened 1 to {MOST_USES} times"));
    }
    Ok(purpose.to_owned())
}

/// Ends a ticket: what it shows is destroyed on the server, and its link opens nothing more.
pub(crate) async fn end(
    lock: &StateLock,
    id: ItemId,
    cancel: &Cancellation,
) -> Result<TicketView, Error> {
    lock.work(move |state| one(state, id)).await?;
    let ended = tickets::step(lock, TicketStep::End { ticket: id }, cancel).await;
    let ended = ended.map_err(|error| error.during(Errand::EndingTicket))?;
    let keep = move |state: &mut State| {
        tickets::take_in(state, &ended)?;
        one(state, id)
    };
    lock.work(keep).await
}

fn one(state: &mut State, id: ItemId) -> Result<TicketView, Error> {
    let (facts, now) = (state.facts()?, state.now());
    let row = state.store().ticket(id)?.ok_or_else(|| Error::not_found(Noun::Ticket, id))?;
    Ok(view(row, &facts.server, now))
}
