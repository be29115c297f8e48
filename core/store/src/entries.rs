//! The links of every document's story.

use enhance_model::{DeviceId, DocumentId, EntryHash, EntryKind, PersonId, Timestamp};
use rusqlite::{Row, params};

use crate::{
    Fold, StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, nullable},
};

sql::word_columns!(EntryKind);

/// One link of a document's story, as it is offered to the server and received from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub hash: EntryHash,
    /// The document it belongs to.
    pub document: DocumentId,
    pub kind: EntryKind,
    /// Its bytes. What they mean is not known here.
    pub body: Vec<u8>,
    /// The entries it needs first.
    pub deps: Vec<EntryHash>,
    /// The device that made it, where that is known.
    pub device: Option<DeviceId>,
    /// The person who made it, where that is known.
    pub by: Option<PersonId>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Made on this device: it goes to the outbox.
    Here { at: Timestamp },
    /// Received from the server.
    Server {
        /// Its number in the server's sequence.
        sequence: u64,
        received_at: Timestamp,
    },
}

/// The place of an entry in its document's story, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLink {
    pub hash: EntryHash,
    pub kind: EntryKind,
    /// The entries it needs first.
    pub deps: Vec<EntryHash>,
    /// The device that made it.
    pub device: Option<DeviceId>,
    /// The person who made it.
    pub by: Option<PersonId>,
    /// Whether the server said, since it last began anew, that it has it.
    pub stored: bool,
    /// Its number in the server's sequence.
    pub sequence: Option<u64>,
    /// Server clock when the server received it.
    pub received_at: Option<Timestamp>,
}

/// What a document is opened from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tail {
    /// The document as one piece, up to some point.
    pub fold: Option<Fold>,
    /// The changes or envelopes the fold does not hold, in the order they came.
    pub entries: Vec<Entry>,
}

/// How large a document's history is, for the limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DocumentSize {
    pub changes: u64,
    pub bytes: u64,
}

const READING: &str = "reading entries";

impl StoreReader {
    /// The entry with this hash, if it is here.
    pub fn entry(&self, hash: EntryHash) -> Result<Option<Entry>, StoreError> {
        let sql = "SELECT * FROM entry WHERE hash = ?1";
        sql::first(&self.connection, READING, sql, [hash.as_bytes()], entry)
    }

    /// The entries with these hashes that are here, in the order of the hashes.
    pub fn entries(&self, hashes: &[EntryHash]) -> Result<Vec<Entry>, StoreError> {
        hashes.iter().filter_map(|hash| self.entry(*hash).transpose()).collect()
    }

    /// When the server received an entry, where that is known.
    pub fn received_at(&self, hash: EntryHash) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT received_at FROM entry WHERE hash = ?1";
        let read = |row: &Row<'_>| nullable(row, "received_at");
        Ok(sql::first(&self.connection, READING, sql, [hash.as_bytes()], read)?.flatten())
    }

    /// Whether an entry is here.
    pub fn has(&self, hash: EntryHash) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE hash = ?1) AS found";
        let read = |row: &Row<'_>| column(row, "found");
        let found = sql::first(&self.connection, READING, sql, [hash.as_bytes()], read)?;
        Ok(found.unwrap_or(false))
    }

    /// Every entry of a document without its bytes, in the order they came.
    pub fn links(&self, document: DocumentId) -> Result<Vec<EntryLink>, StoreError> {
        let sql = "SELECT hash, kind, deps, device, by_person, stored, sequence, received_at
            FROM entry WHERE document = ?1 ORDER BY position";
        sql::all(&self.connection, READING, sql, [document.as_bytes()], link)
    }

    /// The grants of a document, in the order they came.
    pub fn grants(&self, document: DocumentId) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT * FROM entry WHERE document = ?1 AND kind = 'grant' ORDER BY position";
        sql::all(&self.connection, READING, sql, [document.as_bytes()], entry)
    }

    /// The entry that made a document known.
    pub fn create_of(&self, document: DocumentId) -> Result<Option<EntryHash>, StoreError> {
        let sql = "SELECT hash FROM entry WHERE document = ?1 AND kind = 'create'
            ORDER BY position LIMIT 1";
        let read = |row: &Row<'_>| column(row, "hash");
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// The envelope of a document that a device sealed last.
    pub fn last_envelope(
        &self,
        document: DocumentId,
        device: DeviceId,
    ) -> Result<Option<Entry>, StoreError> {
        let sql = "SELECT * FROM entry
            WHERE document = ?1 AND kind = 'envelope' AND device = ?2
            ORDER BY position DESC LIMIT 1";
        let values = params![document.as_bytes(), device.as_bytes()];
        sql::first(&self.connection, READING, sql, values, entry)
    }

    /// What a document is opened from.
    pub fn tail(&self, document: DocumentId) -> Result<Tail, StoreError> {
        let sql = "SELECT * FROM entry
            WHERE document = ?1 AND kind IN ('change', 'envelope') ORDER BY position";
        let entries = sql::all(&self.connection, READING, sql, [document.as_bytes()], entry)?;
        Ok(Tail { fold: self.fold(document)?, entries })
    }

    /// How large the history of a document is.
    pub fn document_size(&self, document: DocumentId) -> Result<DocumentSize, StoreError> {
        let sql = "SELECT count(*) + coalesce((SELECT changes FROM fold WHERE document = ?1), 0)
                AS changes,
            coalesce(sum(length(body)), 0)
                + coalesce((SELECT bytes FROM fold WHERE document = ?1), 0) AS bytes
            FROM entry WHERE document = ?1 AND kind IN ('change', 'envelope')";
        let read = |row: &Row<'_>| {
            Ok(DocumentSize { changes: column(row, "changes")?, bytes: column(row, "bytes")? })
        };
        let size = sql::first(&self.connection, READING, sql, [document.as_bytes()], read)?;
        Ok(size.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Adds an entry and says whether it is new. What it depends on must be here before it.
    ///
    /// One that came back from the server is stored, whether or not its answer ever arrived.
    pub fn put_entry(&mut self, entry: &Entry, origin: Origin) -> Result<bool, StoreError> {
        // The deletion of a document is part of its story after its end as well, and what a person
        // answers to an invitation to it before its beginning.
        match entry.kind {
            EntryKind::Delete => self.require_known(entry.document)?,
            EntryKind::Grant | EntryKind::Revoke => self.require_not_deleted(entry.document)?,
            _ => self.require_active(entry.document)?,
        }
        let sql = "INSERT INTO entry
            (hash, document, kind, body, deps, device, by_person, stored, sequence, received_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (hash) DO NOTHING";
        let place = match origin {
            Origin::Here { .. } => None,
            Origin::Server { sequence, received_at } => Some((sequence, received_at)),
        };
        let values = params![
            entry.hash.as_bytes(),
            entry.document.as_bytes(),
            entry.kind.as_str(),
            entry.body,
            sql::joined(entry.deps.iter().map(EntryHash::as_bytes)),
            entry.device.as_ref().map(DeviceId::as_bytes),
            entry.by.as_ref().map(PersonId::as_bytes),
            place.is_some(),
            place.map(|(sequence, _)| integer(sequence)),
            place.map(|(_, received_at)| received_at.as_millis()),
        ];
        let new = self.run("saving an entry", sql, values)? > 0;
        match origin {
            Origin::Here { at } if new => self.queue_new(entry, at)?,
            Origin::Server { sequence, received_at } if !new => {
                self.mark_stored(entry.hash, sequence, received_at)?;
            }
            Origin::Server { .. } => {
                self.changes.touch_document(Topic::Status, entry.document);
            }
            Origin::Here { .. } => {}
        }
        if new {
            self.changes.touch_document(Topic::Documents, entry.document);
        }
        Ok(new)
    }

    /// Removes entries in which no person's work is. Work a person did is quarantined.
    pub fn remove_entries(&mut self, hashes: &[EntryHash]) -> Result<(), StoreError> {
        for hash in hashes {
            let Some(document) = self.document_of(*hash)? else { continue };
            let sql = "DELETE FROM entry WHERE hash = ?1";
            self.run("removing an entry", sql, [hash.as_bytes()])?;
            self.changes.touch_document(Topic::Documents, document);
            self.changes.touch_document(Topic::Status, document);
        }
        Ok(())
    }

    fn document_of(&self, hash: EntryHash) -> Result<Option<DocumentId>, StoreError> {
        let sql = "SELECT document FROM entry WHERE hash = ?1";
        let read = |row: &Row<'_>| column(row, "document");
        sql::first(self.db(), READING, sql, [hash.as_bytes()], read)
    }

    /// Notes that the server has an entry, with its number. It leaves the outbox.
    pub fn mark_stored(
        &mut self,
        hash: EntryHash,
        sequence: u64,
        received_at: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE entry SET sequence = ?2, received_at = ?3 WHERE hash = ?1";
        let values = params![hash.as_bytes(), integer(sequence), received_at.as_millis()];
        self.run("noting what is stored", sql, values)?;
        self.confirm_stored(&[hash])
    }
}

/// The entry in a row of `entry` or `quarantine_entry`.
pub(crate) fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        hash: column(row, "hash")?,
        document: column(row, "document")?,
        kind: column(row, "kind")?,
        body: column(row, "body")?,
        deps: deps(row)?,
        device: nullable(row, "device")?,
        by: nullable(row, "by_person")?,
    })
}

fn link(row: &Row<'_>) -> Result<EntryLink, StoreError> {
    Ok(EntryLink {
        hash: column(row, "hash")?,
        kind: column(row, "kind")?,
        deps: deps(row)?,
        device: nullable(row, "device")?,
        by: nullable(row, "by_person")?,
        stored: column(row, "stored")?,
        sequence: nullable(row, "sequence")?,
        received_at: nullable(row, "received_at")?,
    })
}

fn deps(row: &Row<'_>) -> Result<Vec<EntryHash>, StoreError> {
    Ok(sql::hashes(row, "deps")?.into_iter().map(EntryHash::from_bytes).collect())
}
