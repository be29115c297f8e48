//! How far work has come: on this phone, sent, stored by the server, seen by others.

use std::collections::BTreeMap;

use enhance_model::{DocumentId, DocumentKind};
use rusqlite::Row;

use crate::{
    SeenRow, Store, StoreError,
    sql::{self, column},
};

/// How far what was written in one document, and who may read it, has come.
///
/// That this person has seen it is not counted: a project is not unsaved because this person read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Entries that are on this device only.
    pub unsent: u64,
    /// Entries that were sent and not answered for.
    pub sent_unconfirmed: u64,
    /// Entries the server has.
    pub stored: u64,
    /// Entries the server had before it was restored; whether it still has them is being asked.
    pub unverified: u64,
    /// Pieces of refused work that the person has not dealt with.
    pub quarantined: u64,
    /// Who has seen it, last first.
    pub seen_by: Vec<SeenRow>,
}

/// How much of everything there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Active documents, by kind.
    pub documents: BTreeMap<DocumentKind, u64>,
    /// Entries on this device only.
    pub unsent: u64,
    /// Entries sent and not answered for.
    pub sent_unconfirmed: u64,
    pub drafts: u64,
    /// Pieces of refused work that the person has not dealt with.
    pub quarantined: u64,
    /// Bytes of all changes and envelopes of documents.
    pub bytes: u64,
}

impl Store {
    /// How far the entries of a document have come.
    pub fn status(&self, document: DocumentId) -> Result<Status, StoreError> {
        let sql = "SELECT
            count(*) FILTER (WHERE outbox.position IS NOT NULL AND sent_at IS NULL) AS unsent,
            count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent_unconfirmed,
            count(*) FILTER (WHERE stored) AS stored,
            count(*) FILTER (WHERE outbox.position IS NULL AND NOT stored) AS unverified,
            (SELECT count(*) FROM quarantine
                WHERE quarantine.document = ?1 AND resolved_at IS NULL) AS quarantined
            FROM entry LEFT JOIN outbox USING (position)
            WHERE entry.document = ?1 AND entry.kind <> 'seen'";
        let read = |row: &Row<'_>| {
            Ok(Status {
                unsent: column(row, "unsent")?,
                sent_unconfirmed: column(row, "sent_unconfirmed")?,
                stored: column(row, "stored")?,
                unverified: column(row, "unverified")?,
                quarantined: column(row, "quarantined")?,
                seen_by: self.seen(document)?,
            })
        };
        let during = "reading how far it has come";
        let status = sql::first(&self.connection, during, sql, [document.as_bytes()], read)?;
        Ok(status.unwrap_or_default())
    }

    /// How much of everything there is.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let during = "counting";
        let sql = "SELECT kind, count(*) AS count FROM document
            WHERE state = 'active' GROUP BY kind";
        let of_kind = |row: &Row<'_>| Ok((column(row, "kind")?, column(row, "count")?));
        let documents = sql::all(&self.connection, during, sql, [], of_kind)?;
        let sql = "SELECT
            (SELECT count(*) FROM outbox WHERE sent_at IS NULL) AS unsent,
            (SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL) AS sent_unconfirmed,
            (SELECT count(*) FROM draft) AS drafts,
            (SELECT count(*) FROM quarantine WHERE resolved_at IS NULL) AS quarantined,
            (SELECT coalesce(sum(length(body)), 0) FROM entry
                WHERE kind IN ('change', 'envelope')) AS bytes";
        let read = |row: &Row<'_>| {
            Ok(Counts {
                documents: BTreeMap::new(),
                unsent: column(row, "unsent")?,
                sent_unconfirmed: column(row, "sent_unconfirmed")?,
                drafts: column(row, "drafts")?,
                quarantined: column(row, "quarantined")?,
                bytes: column(row, "bytes")?,
            })
        };
        let counts = sql::first(&self.connection, during, sql, [], read)?.unwrap_or_default();
        Ok(Counts { documents: documents.into_iter().collect(), ..counts })
    }
}
