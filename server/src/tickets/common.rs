//! What owners and holders of tickets have in common.

use enhance_model::RefusalCode;

use crate::{
    error::RequestError,
    storage::{
        StorageError,
        audit::{Action, Event},
        people::Sender,
        tickets::TicketRow,
    },
};

/// Milliseconds of a day.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Why a step was not done.
pub(super) enum TicketError {
    Code(RefusalCode),
    Storage(StorageError),
}

impl<E: Into<StorageError>> From<E> for TicketError {
    fn from(error: E) -> Self {
        Self::Storage(error.into())
    }
}

impl From<TicketError> for RequestError {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::Code(code) => code.into(),
            TicketError::Storage(error) => error.into(),
        }
    }
}

/// What happened to a ticket. Its id says nothing about its link.
pub(super) fn event(action: Action, by: Option<Sender>, ticket: &TicketRow) -> Event {
    let detail = ticket.kept.id.to_string();
    Event { by, subject: Some(ticket.person), ..Event::of_server(action, detail) }
}
