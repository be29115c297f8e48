//! Tickets: links by which somebody without an account reads a text, and what they say to it.

use enhance_client::{
    self as client,
    model::{
        DocumentId, DocumentKind,
        ticket::{
            TicketAnswer, TicketDeed, TicketPart, TicketRight, TicketSnapshot, TicketStanding,
            TicketVisit,
        },
    },
};

use crate::{
    ids::ItemId,
    values::{Count, Timestamp},
};

/// What the holder of a ticket may do. Each includes those before it.
#[uniffi::remote(Enum)]
pub enum TicketRight {
    /// Read what it shows.
    Read,
    /// Say something about it as well.
    Comment,
    /// Stand behind it as well. That is no sign-off: nobody has checked who they are.
    Endorse,
}

/// What the holder of a ticket did with it.
#[uniffi::remote(Enum)]
pub enum TicketDeed {
    Open,
    /// They said something about what it shows.
    Comment,
    /// They stand behind what it shows.
    Endorse,
}

/// What has become of a ticket.
#[uniffi::remote(Enum)]
pub enum TicketStanding {
    /// Its link can be opened.
    Open,
    /// It was opened as often as it could be. Who opened it can still answer.
    UsedUp,
    /// Its time is over.
    Expired,
    /// Its owner ended it, or the server knows it no more.
    Ended,
}

/// A part of what a ticket shows.
#[uniffi::remote(Record)]
pub struct TicketPart {
    /// What it is about. Empty for what stands before all headings.
    pub heading: String,
    pub text: String,
}

/// What a ticket shows: a text as it stood when the ticket was made, without history.
#[uniffi::remote(Record)]
pub struct TicketSnapshot {
    /// Of what kind of document it is the text.
    pub kind: DocumentKind,
    pub title: String,
    /// The name of who made the ticket.
    pub from: String,
    /// What they ask its holder for.
    pub purpose: String,
    /// Device clock when it was made.
    pub at: Timestamp,
    pub parts: Vec<TicketPart>,
}

/// That somebody opened a ticket.
#[uniffi::remote(Record)]
pub struct TicketVisit {
    pub id: ItemId,
    /// As they call themselves; nobody has checked it.
    pub name: String,
    /// Server clock when they did.
    pub at: Timestamp,
}

/// What the holder of a ticket said. An endorsement is no sign-off.
#[uniffi::remote(Record)]
pub struct TicketAnswer {
    pub id: ItemId,
    /// A comment or an endorsement.
    pub deed: TicketDeed,
    /// As they call themselves; nobody has checked it.
    pub name: String,
    pub text: String,
    /// Server clock when it came.
    pub at: Timestamp,
}

/// A ticket that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NewTicket {
    /// A reflection, a copy of one, or a plan of this person.
    pub document: DocumentId,
    /// What its holder is asked for.
    pub purpose: String,
    pub right: TicketRight,
    /// Days for which it is good.
    pub days: Count,
    /// How often it can be opened.
    pub uses: Count,
}

/// A ticket as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TicketView {
    pub id: ItemId,
    /// The document whose text it shows.
    pub document: DocumentId,
    /// What that was called.
    pub title: String,
    /// What its holder is asked for.
    pub purpose: String,
    pub right: TicketRight,
    pub standing: TicketStanding,
    /// Server clock when it was made.
    pub made_at: Timestamp,
    /// Server clock from when it opens no more.
    pub expires_at: Timestamp,
    /// How often it could be opened.
    pub uses: Count,
    pub uses_left: Count,
    /// When its owner ended it.
    pub ended_at: Option<Timestamp>,
    /// Who opened it, in the order in which they did.
    pub visits: Vec<TicketVisit>,
    /// What they said, in the order in which it came.
    pub answers: Vec<TicketAnswer>,
    /// What to hand to its holder. Who has it can open the ticket.
    pub link: String,
}

/// A ticket as its holder has it before them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OpenedTicket {
    pub snapshot: TicketSnapshot,
    /// What its holder may do.
    pub right: TicketRight,
    /// Until when, by the server's clock.
    pub expires_at: Timestamp,
    /// How often it can be opened after this.
    pub uses_left: Count,
    /// By which the holder is known while they have it open: opened again with it,
    /// it is not used up any further.
    pub visit: ItemId,
}

impl From<NewTicket> for client::NewTicket {
    fn from(ticket: NewTicket) -> Self {
        let NewTicket { document, purpose, right, days, uses } = ticket;
        Self { document, purpose, right, days: days.into(), uses: uses.into() }
    }
}

impl From<client::TicketView> for TicketView {
    fn from(view: client::TicketView) -> Self {
        let client::TicketView { ticket, standing, link } = view;
        let client::model::ticket::Ticket { id, document, title, purpose, right, .. } = ticket;
        Self {
            id,
            document,
            title,
            purpose,
            right,
            standing,
            made_at: ticket.made_at,
            expires_at: ticket.expires_at,
            uses: ticket.uses.into(),
            uses_left: ticket.uses_left.into(),
            ended_at: ticket.ended_at,
            visits: ticket.visits,
            answers: ticket.answers,
            link,
        }
    }
}

impl From<&client::OpenTicket> for OpenedTicket {
    fn from(ticket: &client::OpenTicket) -> Self {
        Self {
            snapshot: ticket.snapshot().clone(),
            right: ticket.right(),
            expires_at: ticket.expires_at(),
            uses_left: ticket.uses_left().into(),
            visit: ticket.visit(),
        }
    }
}
