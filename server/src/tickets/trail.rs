//! What the audit trail says of a ticket.

use crate::storage::{
    audit::{Action, Event},
    people::Sender,
    tickets::TicketRow,
};

/// What happened to a ticket. Its id says nothing about its link.
pub(super) fn event(action: Action, by: Option<Sender>, ticket: &TicketRow) -> Event {
    let detail = ticket.kept.id.to_string();
    Event { by, subject: Some(ticket.person), ..Event::of_server(action, detail) }
}
