//! What owners and holders of tickets have in common.

use crate::storage::{
    audit::{Action, Event},
    people::Sender,
    tickets::TicketRow,
};

/// Milliseconds of a day.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What happened to a ticket. Its id says nothing about its link.
pub(super) fn event(action: Action, by: Option<Sender>, ticket: &TicketRow) -> Event {
    let detail = ticket.kept.id.to_string();
    Event { by, subject: Some(ticket.person), ..Event::of_server(action, detail) }
}
