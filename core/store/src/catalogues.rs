//! What the operations of documents made, kept beside them since making it anew takes longer than
//! opening them.

use enhance_model::DocumentId;
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Write,
    sql::{self, column, integer},
};

const READING: &str = "reading a catalogue";

impl StoreReader {
    /// The catalogue that is kept of a document, if there is one. What is in it is not known here.
    pub fn catalogue(&self, document: DocumentId) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT body FROM catalogue WHERE document = ?1";
        let read = |row: &Row<'_>| column(row, "body");
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// Of how many changes it is; none where there is no catalogue.
    pub fn catalogued(&self, document: DocumentId) -> Result<u64, StoreError> {
        let sql = "SELECT changes FROM catalogue WHERE document = ?1";
        let read = |row: &Row<'_>| column(row, "changes");
        let changes = sql::first(&self.connection, READING, sql, [document.as_bytes()], read)?;
        Ok(changes.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Keeps the catalogue of a document, which is of so many changes.
    pub fn put_catalogue(
        &mut self,
        document: DocumentId,
        changes: u64,
        body: &[u8],
    ) -> Result<(), StoreError> {
        self.require_active(document)?;
        let sql = "INSERT INTO catalogue (document, changes, body) VALUES (?1, ?2, ?3)
            ON CONFLICT (document) DO UPDATE SET changes = excluded.changes, body = excluded.body";
        let values = params![document.as_bytes(), integer(changes), body];
        self.run("keeping a catalogue", sql, values).map(drop)
    }
}
