//! What the server has not yet answered for, in the order in which it is offered.

use enhance_model::{DeviceId, DocumentId, EntryHash, EntryKind, Timestamp};
use rusqlite::{Row, params};

use crate::{
    Entry, StoreError, StoreReader, Topic, Write, entries,
    error::During,
    sql::{self, column, nullable},
};

/// An entry that waits for the server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its place in the order of offering.
    pub position: u64,
    pub entry: Entry,
    /// When it was last sent.
    pub sent_at: Option<Timestamp>,
}

/// As much of the outbox as fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxPage {
    /// The entries, each after those it depends on.
    pub entries: Vec<OutboxEntry>,
    /// Whether there are more after these.
    pub more: bool,
}

impl StoreReader {
    /// The grants of a document that the server has not answered for.
    pub fn waiting_grants(&self, document: DocumentId) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT entry.* FROM outbox JOIN entry USING (position)
            WHERE entry.document = ?1 AND entry.kind = 'grant' ORDER BY position";
        let read = entries::entry;
        sql::all(&self.connection, "reading what waits", sql, [document.as_bytes()], read)
    }

    /// The next entries to offer after a place in the outbox, together at most `max_bytes`. An
    /// entry that is larger than that comes alone, so that it never blocks the rest. What is held
    /// is left out of them.
    pub fn outbox_page(
        &self,
        after: Option<u64>,
        max_bytes: u64,
    ) -> Result<OutboxPage, StoreError> {
        self.outbox_page_of(false, after, max_bytes)
    }

    /// The same without what is sealed.
    pub fn outbox_page_of_plain(
        &self,
        after: Option<u64>,
        max_bytes: u64,
    ) -> Result<OutboxPage, StoreError> {
        self.outbox_page_of(true, after, max_bytes)
    }

    /// The envelopes of a device that wait, in the order in which it sealed those of each document.
    pub fn waiting_envelopes(&self, device: DeviceId) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT entry.* FROM outbox JOIN entry USING (position)
            WHERE kind = 'envelope' AND device = ?1 ORDER BY entry.document, outbox.position";
        sql::all(&self.connection, "reading the outbox", sql, [device.as_bytes()], entries::entry)
    }

    fn outbox_page_of(
        &self,
        only_plain: bool,
        after: Option<u64>,
        max_bytes: u64,
    ) -> Result<OutboxPage, StoreError> {
        let during = "reading the outbox";
        let sql = "SELECT entry.*, outbox.sent_at FROM outbox JOIN entry USING (position)
            WHERE outbox.position > ?1 AND NOT (?2 AND kind = 'envelope')
            AND NOT EXISTS (SELECT 1 FROM held
                WHERE held.document = entry.document AND held.position <= outbox.position)
            ORDER BY outbox.position";
        let mut statement = self.connection.prepare_cached(sql).during(during)?;
        let values = params![sql::integer(after.unwrap_or(0)), only_plain];
        let mut rows = statement.query(values).during(during)?;
        let mut page = OutboxPage::default();
        let mut bytes = 0_u64;
        while let Some(row) = rows.next().during(during)? {
            let waiting = outbox_entry(row)?;
            bytes = bytes.saturating_add(waiting.entry.body.len() as u64);
            if bytes > max_bytes && !page.entries.is_empty() {
                page.more = true;
                break;
            }
            page.entries.push(waiting);
        }
        Ok(page)
    }

    /// How many entries wait for the server's answer.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) AS waiting FROM outbox";
        let read = |row: &Row<'_>| column(row, "waiting");
        let waiting = sql::first(&self.connection, "counting the outbox", sql, [], read)?;
        Ok(waiting.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Notes that entries were sent. They stay in the outbox until the server has answered.
    pub fn mark_sent(&mut self, hashes: &[EntryHash], at: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET sent_at = ?2
            WHERE position = (SELECT position FROM entry WHERE hash = ?1)";
        for hash in hashes {
            self.run("noting what was sent", sql, params![hash.as_bytes(), at.as_millis()])?;
            self.touch_status(*hash)?;
        }
        Ok(())
    }

    /// Notes that the server has these entries. They leave the outbox.
    pub fn confirm_stored(&mut self, hashes: &[EntryHash]) -> Result<(), StoreError> {
        let during = "noting what is stored";
        let stored = "UPDATE entry SET stored = 1 WHERE hash = ?1";
        let answered =
            "DELETE FROM outbox WHERE position = (SELECT position FROM entry WHERE hash = ?1)";
        for hash in hashes {
            self.run(during, stored, [hash.as_bytes()])?;
            self.run(during, answered, [hash.as_bytes()])?;
            self.touch_status(*hash)?;
        }
        Ok(())
    }

    /// Puts entries into the outbox, as not sent and not stored: new ones, ones the server could
    /// not take yet, ones it lost with its restore from a backup. They keep their old places.
    pub fn requeue(&mut self, hashes: &[EntryHash], at: Timestamp) -> Result<(), StoreError> {
        let during = "queueing an entry";
        let forget = "UPDATE entry SET stored = 0, sequence = NULL WHERE hash = ?1";
        let queue = "INSERT INTO outbox (position, queued_at, document)
            SELECT position, ?2, iif(kind = 'seen', NULL, document) FROM entry WHERE hash = ?1
            ON CONFLICT (position) DO UPDATE SET sent_at = NULL";
        for hash in hashes {
            if self.run(during, forget, [hash.as_bytes()])? == 0 {
                return Err(StoreError::UnknownEntry { hash: *hash });
            }
            self.run(during, queue, params![hash.as_bytes(), at.as_millis()])?;
            self.touch_status(*hash)?;
        }
        Ok(())
    }

    /// Takes entries out of the outbox that the server does not take from this device. They stay.
    pub fn leave(&mut self, hashes: &[EntryHash]) -> Result<(), StoreError> {
        let sql =
            "DELETE FROM outbox WHERE position = (SELECT position FROM entry WHERE hash = ?1)";
        for hash in hashes {
            self.run("leaving an entry", sql, [hash.as_bytes()])?;
            self.touch_status(*hash)?;
        }
        Ok(())
    }

    /// What waits of one device is another's from now on.
    pub fn hand_over_waiting(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StoreError> {
        let sql = "UPDATE entry SET device = ?2
            WHERE device = ?1 AND position IN (SELECT position FROM outbox)";
        self.run("handing over what waits", sql, params![from.as_bytes(), to.as_bytes()])?;
        Ok(())
    }

    /// Puts the entry that was saved just now into the outbox.
    pub(crate) fn queue_new(&mut self, entry: &Entry, at: Timestamp) -> Result<(), StoreError> {
        let position = self.db().last_insert_rowid();
        let sql = "INSERT INTO outbox (position, queued_at, document) VALUES (?1, ?2, ?3)";
        let counts_in = (entry.kind != EntryKind::Seen).then_some(entry.document.as_bytes());
        self.run("queueing an entry", sql, params![position, at.as_millis(), counts_in])?;
        self.changes.touch_document(Topic::Status, entry.document);
        Ok(())
    }

    pub(crate) fn touch_status(&mut self, hash: EntryHash) -> Result<(), StoreError> {
        let sql = "SELECT document FROM entry WHERE hash = ?1";
        let read = |row: &Row<'_>| column(row, "document");
        let document = sql::first(self.db(), "reading an entry", sql, [hash.as_bytes()], read)?;
        if let Some(document) = document {
            self.changes.touch_document(Topic::Status, document);
        }
        Ok(())
    }
}

fn outbox_entry(row: &Row<'_>) -> Result<OutboxEntry, StoreError> {
    Ok(OutboxEntry {
        position: column(row, "position")?,
        entry: entries::entry(row)?,
        sent_at: nullable(row, "sent_at")?,
    })
}
