//! The audit trail: what happened, in rows of which each covers the one before it.
//!
//! To alter, remove or insert a row, one has to alter every row after it as well, which shows
//! against any copy taken earlier. Rows never hold what people wrote.

use enhance_model::{DeviceId, DocumentId, PersonId, Timestamp, time::DAY_MS};
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
    /// A plan was declined by whom it was offered to.
    Decline,
    /// A person accepted an invitation to a plan.
    Join,
    Revoke,
    /// What is signed on a device counts no more.
    RevokeDevice,
    /// A person was given a role, or one was taken.
    Role,
    /// A person is called something else.
    Rename,
    /// An invitation or an offer was taken back.
    Withdraw,
    /// A person left the programme.
    Leave,
    /// What a person wrote was copied out of the server for them.
    Export,
    /// A device was signed out, by the operator or by its person.
    SignOut,
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
    /// A frozen document was taken on from what can be read of it.
    Mend,
    /// A person made a ticket; the detail of this and of the next three is its id.
    MakeTicket,
    /// Somebody opened a ticket.
    OpenTicket,
    /// Somebody said something about what a ticket shows.
    AnswerTicket,
    /// A person ended a ticket.
    EndTicket,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Enrol => "enrol",
            Self::Grant => "grant",
            Self::Offer => "offer",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Join => "join",
            Self::Revoke => "revoke",
            Self::RevokeDevice => "revoke_device",
            Self::Role => "role",
            Self::Rename => "rename",
            Self::Withdraw => "withdraw",
            Self::Leave => "leave",
            Self::Export => "export",
            Self::SignOut => "sign_out",
            Self::Delete => "delete",
            Self::Refuse => "refuse",
            Self::Read => "read",
            Self::Publish => "publish",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Bring => "bring",
            Self::Freeze => "freeze",
            Self::Mend => "mend",
            Self::MakeTicket => "make_ticket",
            Self::OpenTicket => "open_ticket",
            Self::AnswerTicket => "answer_ticket",
            Self::EndTicket => "end_ticket",
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

/// Rows that are kept, of some two hundred bytes each: 400 MB.
const ROWS: u64 = 2_000_000;
/// Milliseconds for which they are kept: six years.
const AGE_MS: i64 = 6 * 366 * DAY_MS;
/// After so many new rows it is looked for old ones, ...
const LOOK_EVERY: u64 = 256;
/// ... of which so many go at once.
const GO_AT_ONCE: i64 = 512;

/// After which row the trail begins, and its hash: those before it were too old or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub number: u64,
    hash: [u8; 32],
}

/// After which row the trail begins.
pub fn start(db: &Connection) -> Result<Start, StorageError> {
    let sql = "SELECT number, hash FROM audit_start";
    Ok(db.prepare_cached(sql)?.query_row([], |each| {
        Ok(Start { number: row::count(each, "number")?, hash: each.get("hash")? })
    })?)
}

/// Adds a row. Must run in a transaction, so that two rows never follow the same one.
pub fn add(db: &Connection, event: Event, at: Timestamp) -> Result<(), StorageError> {
    let last = db
        .prepare_cached("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")?
        .query_row([], |each| {
            // What is no hash shows when the trail is looked through, and stops nobody's work.
            let hash = <[u8; 32]>::try_from(each.get::<_, Vec<u8>>("hash")?);
            Ok((hash.unwrap_or_default(), row::count(each, "number")?))
        })
        .optional()?;
    let (before, number) = match last {
        Some((hash, number)) => (hash, number + 1),
        None => start(db).map(|start| (start.hash, start.number + 1))?,
    };
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
    if number % LOOK_EVERY == 0 { trim(db, number.saturating_sub(ROWS), at) } else { Ok(()) }
}

/// Lets go of the oldest rows up to a number, and of those that are too old.
fn trim(db: &Connection, up_to: u64, now: Timestamp) -> Result<(), StorageError> {
    let oldest = now.plus_millis(-AGE_MS);
    let mut statement = db.prepare_cached("SELECT * FROM audit ORDER BY number LIMIT ?1")?;
    let mut rows = statement.query([GO_AT_ONCE])?;
    let mut start = None;
    while let Some(each) = rows.next()? {
        let record = read(each)?;
        if record.number > up_to && record.at >= oldest {
            break;
        }
        start = Some(Start { number: record.number, hash: record.hash });
    }
    let Some(Start { number, hash }) = start else { return Ok(()) };
    db.execute(
        "UPDATE audit_start SET number = ?1, hash = ?2",
        params![row::signed(number), hash],
    )?;
    db.execute("DELETE FROM audit WHERE number <= ?1", [row::signed(number)])?;
    Ok(())
}

/// Every row of the trail, oldest first.
pub fn all(db: &Connection) -> Result<Vec<Record>, StorageError> {
    let mut statement = db.prepare("SELECT * FROM audit ORDER BY number")?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// The number of the first row that is not what it was, or after which one is missing.
pub fn first_altered(start: Start, records: &[Record]) -> Option<u64> {
    let mut before = start.hash;
    for (place, record) in (start.number + 1..).zip(records) {
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

    fn first(db: &Connection) -> Option<u64> {
        first_altered(start(db).unwrap(), &all(db).unwrap())
    }

    #[test]
    fn g5_the_trail_is_bounded_by_age_and_size_and_still_shows_what_was_altered() {
        let (_folder, db) = trail();
        trim(&db, 2, Timestamp::from_unix_millis(9)).unwrap();
        let numbers = |db: &Connection| -> Vec<u64> {
            all(db).unwrap().iter().map(|record| record.number).collect()
        };
        assert_eq!((numbers(&db), first(&db)), (vec![3, 4, 5], None));
        // The rows are of the first milliseconds of 1970.
        trim(&db, 0, Timestamp::from_unix_millis(AGE_MS + 4)).unwrap();
        assert_eq!((numbers(&db), first(&db)), (vec![4, 5], None));
        trim(&db, 0, Timestamp::from_unix_millis(AGE_MS * 2)).unwrap();
        assert_eq!(numbers(&db), Vec::<u64>::new());
        add(&db, Event::of_server(Action::Backup, ""), Timestamp::from_unix_millis(9)).unwrap();
        assert_eq!((numbers(&db), first(&db)), (vec![6], None));
        db.execute("UPDATE audit_start SET hash = zeroblob(32)", []).unwrap();
        assert_eq!(first(&db), Some(6));
    }

    #[test]
    fn an_untouched_trail_is_whole() {
        let (_folder, db) = trail();
        assert_eq!(first(&db), None);
    }

    #[test]
    fn the_first_altered_row_is_named() {
        for (sql, altered) in [
            ("UPDATE audit SET detail = 'enhance 9' WHERE number = 3", 3),
            ("UPDATE audit SET at = 9 WHERE number = 4", 4),
            ("UPDATE audit SET subject = zeroblob(16) WHERE number = 2", 2),
            ("DELETE FROM audit WHERE number = 2", 2),
            ("UPDATE audit SET hash = zeroblob(32) WHERE number = 5", 5),
        ] {
            let (_folder, db) = trail();
            db.execute(sql, []).unwrap();
            assert_eq!(first(&db), Some(altered), "{sql}");
        }
    }
}
