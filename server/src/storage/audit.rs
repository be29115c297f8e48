//! The audit trail: what happened, in rows of which each covers the one before it.
//!
//! To alter, remove or insert a row, one has to alter every row after it as well, which shows
//! against any copy taken earlier. Rows never hold what people wrote.

use enhance_model::{DeviceId, DocumentId, PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{error::StorageError, people::Sender, row};

/// The kinds of event that are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Invite,
    Enrol,
    Grant,
    /// A plan was offered to another owner.
    Offer,
    /// A plan was accepted by its new owner.
    Accept,
    Revoke,
    /// What is signed on a device counts no more.
    RevokeDevice,
    /// A person was given a role, or one was taken.
    Role,
    Delete,
    /// The server refused an offer.
    Refuse,
    /// A person who does not own a document read it for the first time.
    Read,
    Publish,
    Backup,
    Restore,
    /// What the server had lost with a restore came back with receipts.
    Bring,
    /// A document failed its trial and takes no further change.
    Freeze,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Enrol => "enrol",
            Self::Grant => "grant",
            Self::Offer => "offer",
            Self::Accept => "accept",
            Self::Revoke => "revoke",
            Self::RevokeDevice => "revoke_device",
            Self::Role => "role",
            Self::Delete => "delete",
            Self::Refuse => "refuse",
            Self::Read => "read",
            Self::Publish => "publish",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Bring => "bring",
            Self::Freeze => "freeze",
        }
    }
}

/// What happened, before it has a place in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub action: Action,
    /// The device that did it; none for commands on the server itself.
    pub by: Option<Sender>,
    pub document: Option<DocumentId>,
    /// The person whom the event is about.
    pub subject: Option<PersonId>,
    /// A code or a number; never content.
    pub detail: String,
}

impl Event {
    /// Something done by a command on the server itself.
    pub fn of_server(action: Action, detail: impl Into<String>) -> Self {
        Self { action, by: None, document: None, subject: None, detail: detail.into() }
    }

    /// Something a person did to a document.
    pub fn of_document(action: Action, by: Sender, document: DocumentId) -> Self {
        let detail = String::new();
        Self { action, by: Some(by), document: Some(document), subject: None, detail }
    }
}

/// A row of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Counts from 1, without a gap.
    pub number: u64,
    pub at: Timestamp,
    pub action: String,
    pub person: Option<PersonId>,
    pub device: Option<DeviceId>,
    pub document: Option<DocumentId>,
    /// The person whom the event is about.
    pub subject: Option<PersonId>,
    /// A code or a number.
    pub detail: String,
    #[serde(skip)]
    hash: [u8; 32],
}

impl Record {
    /// The hash this row must have after a row with the hash `before`.
    fn expected_hash(&self, before: [u8; 32]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(before);
        hasher.update(self.number.to_be_bytes());
        hasher.update(self.at.as_millis().to_be_bytes());
        let ids = [
            self.person.map(|id| *id.as_bytes()),
            self.device.map(|id| *id.as_bytes()),
            self.document.map(|id| *id.as_bytes()),
            self.subject.map(|id| *id.as_bytes()),
        ];
        for id in ids {
            hasher.update([u8::from(id.is_some())]);
            hasher.update(id.unwrap_or_default());
        }
        for text in [&self.action, &self.detail] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.finalize().into()
    }
}

/// Adds a row. Must run in a transaction, so that two rows never follow the same one.
pub fn add(db: &Connection, event: Event, at: Timestamp) -> Result<(), StorageError> {
    let last = db
        .prepare_cached("SELECT * FROM audit ORDER BY number DESC LIMIT 1")?
        .query_row([], read)
        .optional()?;
    let (before, number) = last.map_or(([0; 32], 1), |last| (last.hash, last.number + 1));
    let record = Record {
        number,
        at,
        action: event.action.as_str().to_owned(),
        person: event.by.map(|by| by.person),
        device: event.by.map(|by| by.device),
        document: event.document,
        subject: event.subject,
        detail: event.detail,
        hash: [0; 32],
    };
    db.prepare_cached("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(
        params![
            row::signed(record.number),
            record.at.as_millis(),
            record.action,
            record.person.map(|id| *id.as_bytes()),
            record.device.map(|id| *id.as_bytes()),
            record.document.map(|id| *id.as_bytes()),
            record.subject.map(|id| *id.as_bytes()),
            record.detail,
            record.expected_hash(before),
        ],
    )?;
    Ok(())
}

/// Every row of the trail, oldest first.
pub fn all(db: &Connection) -> Result<Vec<Record>, StorageError> {
    let mut statement = db.prepare("SELECT * FROM audit ORDER BY number")?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// The number of the first row that is not what it was, or after which one is missing.
pub fn first_altered(records: &[Record]) -> Option<u64> {
    let mut before = [0; 32];
    for (place, record) in (1..).zip(records) {
        if record.number != place || record.expected_hash(before) != record.hash {
            return Some(place);
        }
        before = record.hash;
    }
    None
}

fn read(each: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        number: row::count(each, "number")?,
        at: Timestamp::from_unix_millis(each.get("at")?),
        action: each.get("action")?,
        person: row::optional_id(each, "person", PersonId::from_bytes)?,
        device: row::optional_id(each, "device", DeviceId::from_bytes)?,
        document: row::optional_id(each, "document", DocumentId::from_bytes)?,
        subject: row::optional_id(each, "subject", PersonId::from_bytes)?,
        detail: each.get("detail")?,
        hash: each.get("hash")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::schema;

    fn trail() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let db = schema::open(&folder.path().join("server.db")).unwrap();
        for number in 1..=5 {
            let event = Event::of_server(Action::Publish, format!("enhance {number}"));
            add(&db, event, Timestamp::from_unix_millis(number)).unwrap();
        }
        (folder, db)
    }

    #[test]
    fn an_untouched_trail_is_whole() {
        let (_folder, db) = trail();
        assert_eq!(first_altered(&all(&db).unwrap()), None);
    }

    #[test]
    fn the_first_altered_row_is_named() {
        for (sql, first) in [
            ("UPDATE audit SET detail = 'enhance 9' WHERE number = 3", 3),
            ("UPDATE audit SET at = 9 WHERE number = 4", 4),
            ("UPDATE audit SET subject = zeroblob(16) WHERE number = 2", 2),
            ("DELETE FROM audit WHERE number = 2", 2),
            ("UPDATE audit SET hash = zeroblob(32) WHERE number = 5", 5),
        ] {
            let (_folder, db) = trail();
            db.execute(sql, []).unwrap();
            assert_eq!(first_altered(&all(&db).unwrap()), Some(first), "{sql}");
        }
    }
}
