//! Tickets of this person: what their links are made of, and what is known of their use.

use enhance_model::{DocumentId, ItemId, ticket::Ticket};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, unreadable},
};

/// A ticket as this device keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// What its link is made of.
    pub secret: [u8; 16],
    pub ticket: Ticket,
}

const READING: &str = "reading tickets";

impl StoreReader {
    /// The tickets that are known here, the newest first.
    pub fn tickets(&self) -> Result<Vec<TicketRow>, StoreError> {
        let sql = "SELECT * FROM ticket ORDER BY made_at DESC, id DESC";
        sql::all(&self.connection, READING, sql, [], row)
    }

    /// The tickets that show the text of a document, the newest first.
    pub fn tickets_of(&self, document: DocumentId) -> Result<Vec<TicketRow>, StoreError> {
        let sql = "SELECT * FROM ticket WHERE document = ?1 ORDER BY made_at DESC, id DESC";
        sql::all(&self.connection, READING, sql, [document.as_bytes()], row)
    }

    /// The ticket with this id.
    pub fn ticket(&self, id: ItemId) -> Result<Option<TicketRow>, StoreError> {
        let sql = "SELECT * FROM ticket WHERE id = ?1";
        sql::first(&self.connection, READING, sql, [id.as_bytes()], row)
    }
}

impl Write<'_> {
    /// Notes what is known of a ticket, in the place of what was.
    pub fn put_ticket(&mut self, row: &TicketRow) -> Result<(), StoreError> {
        let TicketRow { secret, ticket } = row;
        let detail = serde_json::to_string(ticket).map_err(|error| unreadable("detail", error))?;
        let sql = "INSERT INTO ticket (id, document, secret, made_at, detail)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (id) DO UPDATE SET detail = excluded.detail";
        let values = params![
            ticket.id.as_bytes(),
            ticket.document.as_bytes(),
            secret,
            ticket.made_at.as_millis(),
            detail
        ];
        self.run("noting a ticket", sql, values)?;
        self.changes.touch_document(Topic::Members, ticket.document);
        Ok(())
    }
}

fn row(row: &Row<'_>) -> Result<TicketRow, StoreError> {
    let detail: String = column(row, "detail")?;
    let ticket =
        serde_json::from_slice(detail.as_bytes()).map_err(|error| unreadable("detail", error))?;
    let secret = row.get("secret").map_err(|error| unreadable("secret", error))?;
    Ok(TicketRow { secret, ticket })
}
