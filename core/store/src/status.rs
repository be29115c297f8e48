//! How far work has come: on this phone, sent, stored by the server.

use enhance_model::{DocumentId, PersonId};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader,
    sql::{self, column},
};

/// How far the newest of a document has come.
///
/// That this person has seen it does not count: a project is not unsaved because this person read
/// it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is on this device.
    Saved,
    /// It was sent, and the server has not confirmed it.
    Sent,
    /// The server has it.
    Stored,
}

impl sql::Column for Stage {
    type Raw = String;

    fn from_raw(raw: String) -> Option<Self> {
        match raw.as_str() {
            "saved" => Some(Self::Saved),
            "sent" => Some(Self::Sent),
            "stored" => Some(Self::Stored),
            _ => None,
        }
    }
}

/// How far what was written in one document, and who may read it, has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Whether the server refused something that the person has not dealt with.
    pub quarantined: bool,
}

/// How many documents have come how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct StageCounts {
    /// On this device, and not sent yet.
    pub saved: u64,
    /// Sent, and not confirmed.
    pub sent: u64,
    /// The server has them.
    pub stored: u64,
}

/// The stage of a document, in a word. Small indexes of what is under way answer it: a document of
/// which everything is stored is in none of them.
macro_rules! stage {
    ($document:literal) => {
        concat!(
            "CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE outbox.document = ",
            $document,
            " AND sent_at IS NULL)
                OR EXISTS (SELECT 1 FROM draft WHERE draft.document = ",
            $document,
            ") THEN 'saved'
                WHEN EXISTS (SELECT 1 FROM outbox WHERE outbox.document = ",
            $document,
            ") OR EXISTS (SELECT 1 FROM entry WHERE entry.document = ",
            $document,
            " AND NOT stored AND entry.kind <> 'seen')
                OR EXISTS (SELECT 1 FROM fold WHERE fold.document = ",
            $document,
            " AND NOT stored) THEN 'sent' ELSE 'stored' END"
        )
    };
}
pub(crate) use stage;

pub(crate) const STATUS: &str = concat!(
    "SELECT ",
    stage!("?1"),
    " AS stage, EXISTS (SELECT 1 FROM quarantine
        WHERE quarantine.document = ?1 AND resolved_at IS NULL) AS quarantined"
);

/// Counts what is under way by what is under way, and the rest by an index of the lists.
const STAGES: &str = "WITH
    listed AS (
        SELECT document FROM projection WHERE kind IN ('reflection', 'change_project')
        UNION ALL
        SELECT projection.document FROM projection JOIN document ON id = projection.document
            WHERE projection.kind = 'shared_reflection' AND owner <> ?1),
    saved AS (
        SELECT document FROM outbox WHERE document IS NOT NULL AND sent_at IS NULL
        UNION SELECT document FROM draft),
    waiting AS (
        SELECT document FROM saved
        UNION SELECT document FROM outbox WHERE document IS NOT NULL
        UNION SELECT document FROM entry WHERE NOT stored AND kind <> 'seen'
        UNION SELECT document FROM fold WHERE NOT stored)
    SELECT
        (SELECT count(*) FROM listed) AS listed,
        (SELECT count(*) FROM listed WHERE document IN saved) AS saved,
        (SELECT count(*) FROM listed WHERE document IN waiting) AS waiting";

const READING: &str = "reading how far it has come";

impl StoreReader {
    /// How far a document has come.
    pub fn status(&self, document: DocumentId) -> Result<Status, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Status { stage: column(row, "stage")?, quarantined: column(row, "quarantined")? })
        };
        let status = sql::first(&self.connection, READING, STATUS, [document.as_bytes()], read)?;
        Ok(status.unwrap_or(Status { stage: Stage::Stored, quarantined: false }))
    }

    /// How far the documents that a person sees have come: reflections, projects, and the copies
    /// that others have shared with this person.
    pub fn stages(&self, me: PersonId) -> Result<StageCounts, StoreError> {
        let read = |row: &Row<'_>| {
            let listed: u64 = column(row, "listed")?;
            let (saved, waiting): (u64, u64) = (column(row, "saved")?, column(row, "waiting")?);
            let (sent, stored) = (waiting.saturating_sub(saved), listed.saturating_sub(waiting));
            Ok(StageCounts { saved, sent, stored })
        };
        let counts = sql::first(&self.connection, READING, STAGES, params![me.as_bytes()], read)?;
        Ok(counts.unwrap_or_default())
    }
}
