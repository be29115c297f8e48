//! What this device has seen of the way to its server: why it failed last, how much gets through at
//! once, and what does not get through at all.

use enhance_model::{DocumentId, EntryHash, Timestamp, time::DAY_MS};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, nullable},
};

/// Why the last sync did not succeed, in the words of who keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFailure {
    /// What it was, in JSON.
    pub failure: String,
    pub at: Timestamp,
}

/// How much gets through at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NarrowWay {
    /// Bytes of entries in one request.
    pub most_bytes: u64,
    /// Since when that is known.
    pub since: Timestamp,
}

const READING: &str = "reading what is known of the way";
const NOTING: &str = "noting what is known of the way";

impl StoreReader {
    /// Why the last sync did not succeed, if it did not.
    pub fn kept_failure(&self) -> Result<Option<KeptFailure>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(KeptFailure { failure: column(row, "failure")?, at: column(row, "failed_at")? })
        };
        let sql = "SELECT failure, failed_at FROM way
            WHERE failure IS NOT NULL AND failed_at IS NOT NULL";
        sql::first(&self.connection, READING, sql, [], read)
    }

    /// How much gets through at once, if it is less than the server takes.
    pub fn narrow_way(&self) -> Result<Option<NarrowWay>, StoreError> {
        let read = |row: &Row<'_>| {
            let (most_bytes, since) =
                (nullable(row, "most_bytes")?, nullable(row, "narrow_since")?);
            Ok(most_bytes.zip(since).map(|(most_bytes, since)| NarrowWay { most_bytes, since }))
        };
        let sql = "SELECT most_bytes, narrow_since FROM way";
        Ok(sql::first(&self.connection, READING, sql, [], read)?.flatten())
    }

    /// What is in the way of a document, in JSON, if an entry of it does not get through.
    pub fn held(&self, document: DocumentId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT obstacle FROM held WHERE document = ?1";
        let read = |row: &Row<'_>| column(row, "obstacle");
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// How many documents have work in them that the server is not known to have.
    pub fn waiting_documents(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) AS waiting FROM (
            SELECT document FROM outbox WHERE document IS NOT NULL
            UNION SELECT document FROM draft
            UNION SELECT document FROM entry WHERE NOT stored AND kind <> 'seen'
            UNION SELECT document FROM fold WHERE NOT stored)";
        let read = |row: &Row<'_>| column(row, "waiting");
        Ok(sql::first(&self.connection, READING, sql, [], read)?.unwrap_or_default())
    }

    /// What is in the way of one of the documents that have such an entry, in JSON.
    pub fn held_by_any(&self) -> Result<Option<String>, StoreError> {
        let read = |row: &Row<'_>| column(row, "obstacle");
        let sql = "SELECT obstacle FROM held ORDER BY position DESC LIMIT 1";
        sql::first(&self.connection, READING, sql, [], read)
    }

    /// The entries that do not get through.
    pub fn held_entries(&self) -> Result<Vec<EntryHash>, StoreError> {
        let sql = "SELECT hash FROM held JOIN entry USING (position)";
        sql::all(&self.connection, READING, sql, [], |row| column(row, "hash"))
    }

    /// How many documents have an entry that does not get through.
    pub fn held_documents(&self) -> Result<u64, StoreError> {
        let read = |row: &Row<'_>| column(row, "held");
        let sql = "SELECT count(*) AS held FROM held";
        Ok(sql::first(&self.connection, READING, sql, [], read)?.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Keeps why the last sync did not succeed, or that it did.
    pub fn keep_failure(&mut self, kept: Option<&KeptFailure>) -> Result<(), StoreError> {
        let sql = "UPDATE way SET failure = ?1, failed_at = ?2";
        let values = params![kept.map(|kept| &kept.failure), kept.map(|kept| kept.at.as_millis())];
        self.run(NOTING, sql, values)?;
        self.changes.touch(Topic::Sync);
        Ok(())
    }

    /// Keeps how much gets through at once.
    pub fn narrow(&mut self, way: Option<NarrowWay>) -> Result<(), StoreError> {
        let sql = "UPDATE way SET most_bytes = ?1, narrow_since = ?2";
        let values =
            params![way.map(|way| integer(way.most_bytes)), way.map(|way| way.since.as_millis())];
        self.run(NOTING, sql, values).map(|_| ())
    }

    /// Keeps that an entry in the outbox does not get through, and when it is tried again. What
    /// comes after it in its document waits with it.
    pub fn hold(
        &mut self,
        hash: EntryHash,
        obstacle: &str,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO held (document, position, obstacle, until)
            SELECT entry.document, outbox.position, ?2, ?3
            FROM outbox JOIN entry USING (position) WHERE entry.hash = ?1
            ON CONFLICT (document) DO UPDATE SET position = excluded.position,
                obstacle = excluded.obstacle, until = excluded.until";
        self.run(NOTING, sql, params![hash.as_bytes(), obstacle, until.as_millis()])?;
        self.touch_status(hash)
    }

    /// Tries again what was held until now. A moment that is more than a day away is one of a clock
    /// that was wrong.
    pub fn release(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM held WHERE until <= ?1 OR until > ?2";
        let values = params![now.as_millis(), now.plus_millis(DAY_MS).as_millis()];
        if self.run(NOTING, sql, values)? > 0 {
            self.changes.touch(Topic::Status);
        }
        Ok(())
    }

    /// Tries everything again that did not get through.
    pub fn release_all(&mut self) -> Result<(), StoreError> {
        self.run(NOTING, "DELETE FROM held", [])?;
        self.changes.touch(Topic::Status);
        Ok(())
    }
}
