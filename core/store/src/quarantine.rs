//! Work the server refused: kept, readable and exportable until the person has dealt with it.

use enhance_model::{DocumentId, DocumentKind, Timestamp, Version};
use rusqlite::{Row, params};

use crate::{
    Entry, StoreError, StoreReader, Topic, Write, entries,
    sql::{self, column, nullable},
};

/// Refused work that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuarantine {
    /// The document it was meant for.
    pub document: DocumentId,
    pub kind: DocumentKind,
    /// The document's title at the time.
    pub title: String,
    /// The code of the refusal. Text, since a server may know codes this version does not.
    pub code: String,
    /// What the code means, in words for the person.
    pub explanation: String,
    /// What the entries changed, for people, as JSON. What is in it is not known here.
    pub readable: String,
    /// The version the work was done on.
    pub base: Version,
    pub at: Timestamp,
}

/// Refused work that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantine {
    pub id: i64,
    pub about: NewQuarantine,
    /// Device clock when the person dealt with it.
    pub resolved_at: Option<Timestamp>,
}

const READING: &str = "reading the quarantine";

impl StoreReader {
    /// Refused work, last first; on request only what the person has not dealt with.
    pub fn quarantines(&self, only_open: bool) -> Result<Vec<Quarantine>, StoreError> {
        let sql = "SELECT * FROM quarantine WHERE NOT ?1 OR resolved_at IS NULL ORDER BY id DESC";
        sql::all(&self.connection, READING, sql, [only_open], quarantine)
    }

    /// One piece of refused work with its entries, in the order they were made.
    pub fn quarantine(&self, id: i64) -> Result<Option<(Quarantine, Vec<Entry>)>, StoreError> {
        let sql = "SELECT * FROM quarantine WHERE id = ?1";
        let Some(found) = sql::first(&self.connection, READING, sql, [id], quarantine)? else {
            return Ok(None);
        };
        let sql = "SELECT * FROM quarantine_entry WHERE quarantine = ?1 ORDER BY place";
        let refused = sql::all(&self.connection, READING, sql, [id], entries::entry)?;
        Ok(Some((found, refused)))
    }
}

impl Write<'_> {
    /// Moves refused entries out of the document's story into the quarantine, and says where.
    ///
    /// Entries that are no longer in the database are kept all the same.
    pub fn quarantine_entries(
        &mut self,
        about: &NewQuarantine,
        refused: &[Entry],
    ) -> Result<i64, StoreError> {
        self.require_known(about.document)?;
        let during = "keeping refused work";
        let sql = "INSERT INTO quarantine
            (document, kind, title, code, explanation, readable, base, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![
            about.document.as_bytes(),
            about.kind.as_str(),
            about.title,
            about.code,
            about.explanation,
            about.readable,
            about.base.to_string(),
            about.at.as_millis(),
        ];
        self.run(during, sql, values)?;
        let id = self.db().last_insert_rowid();
        for (place, entry) in (0_i64..).zip(refused) {
            self.keep_entry(id, place, entry)?;
            self.remove_entries(&[entry.hash])?;
        }
        self.changes.touch_document(Topic::Quarantine, about.document);
        Ok(id)
    }

    fn keep_entry(&self, quarantine: i64, place: i64, entry: &Entry) -> Result<(), StoreError> {
        let sql = "INSERT INTO quarantine_entry
            (quarantine, place, hash, document, kind, body, deps, device, by_person)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let values = params![
            quarantine,
            place,
            entry.hash.as_bytes(),
            entry.document.as_bytes(),
            entry.kind.as_str(),
            entry.body,
            sql::joined(entry.deps.iter().map(enhance_model::EntryHash::as_bytes)),
            entry.device.as_ref().map(enhance_model::DeviceId::as_bytes),
            entry.by.as_ref().map(enhance_model::PersonId::as_bytes),
        ];
        self.run("keeping refused work", sql, values).map(drop)
    }

    /// Notes that the person has dealt with refused work. It stays readable.
    pub fn resolve_quarantine(&mut self, id: i64, at: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE quarantine SET resolved_at = ?2 WHERE id = ?1";
        self.run("resolving refused work", sql, params![id, at.as_millis()])?;
        self.changes.touch(Topic::Quarantine);
        Ok(())
    }
}

fn quarantine(row: &Row<'_>) -> Result<Quarantine, StoreError> {
    Ok(Quarantine {
        id: column(row, "id")?,
        about: NewQuarantine {
            document: column(row, "document")?,
            kind: column(row, "kind")?,
            title: column(row, "title")?,
            code: column(row, "code")?,
            explanation: column(row, "explanation")?,
            readable: column(row, "readable")?,
            base: column(row, "base")?,
            at: column(row, "at")?,
        },
        resolved_at: nullable(row, "resolved_at")?,
    })
}
