//! What waits for the person: found subject by subject, and read by when it began to wait.

use enhance_model::{
    DocumentId, ItemId, Timestamp,
    inbox::{InboxCounts, InboxItem, InboxKind},
};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Write,
    sql::{self, column, unreadable},
};

/// A place in the inbox: that of an item, whether or not it is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxPosition {
    /// Since when it waited.
    pub since: Timestamp,
    pub item: ItemId,
}

const READING: &str = "reading what waits";
const SAVING: &str = "noting what waits";
/// What waits without an end.
const NEVER: i64 = i64::MAX;

/// The page begins where the index says, and ends where it is full.
pub(crate) const WAITING: &str = "SELECT detail FROM inbox INDEXED BY inbox_newest
    WHERE (since, id) < (?1, ?2) AND since <= ?3 AND until > ?3
    ORDER BY since DESC, id DESC LIMIT ?4";

pub(crate) const COUNT: &str = "SELECT count(*) AS waiting FROM inbox INDEXED BY inbox_of_kind
    WHERE kind = ?1 AND since <= ?2 AND until > ?2";

const STALE: &str = "SELECT subject FROM inbox_stale ORDER BY subject LIMIT ?1";

impl StoreReader {
    /// What waits at a moment, the newest first: at most `limit` of what comes after a place.
    pub fn inbox(
        &self,
        now: Timestamp,
        after: Option<InboxPosition>,
        limit: u32,
    ) -> Result<Vec<InboxItem>, StoreError> {
        let (since, id) = match &after {
            Some(after) => (after.since.as_millis(), &after.item.as_bytes()[..]),
            // Nothing that waits began to after now, and no id is longer than these.
            None => (now.as_millis(), &[0xff; 17][..]),
        };
        sql::all(
            &self.connection,
            READING,
            WAITING,
            params![since, id, now.as_millis(), limit],
            item,
        )
    }

    /// How much waits at a moment, by kind.
    pub fn inbox_counts(&self, now: Timestamp) -> Result<InboxCounts, StoreError> {
        let mut counts = InboxCounts::default();
        for kind in InboxKind::ALL {
            let read = |row: &Row<'_>| column::<u64>(row, "waiting");
            let values = params![kind.as_str(), now.as_millis()];
            let waiting = sql::first(&self.connection, READING, COUNT, values, read)?;
            if let Some(waiting) = waiting.filter(|waiting| *waiting > 0) {
                counts.by_kind.insert(*kind, waiting);
            }
        }
        Ok(counts)
    }

    /// The item with this id, whether or not it waits now.
    pub fn inbox_item(&self, id: ItemId) -> Result<Option<InboxItem>, StoreError> {
        let sql = "SELECT detail FROM inbox WHERE id = ?1";
        sql::first(&self.connection, READING, sql, [id.as_bytes()], item)
    }

    /// Subjects in which what waits has to be found anew, at most `limit` of them.
    pub fn inbox_stale(&self, limit: u32) -> Result<Vec<DocumentId>, StoreError> {
        let read = |row: &Row<'_>| column(row, "subject");
        sql::all(&self.connection, READING, STALE, [limit], read)
    }
}

impl Write<'_> {
    /// Notes what waits in a subject, in the place of what did. What was seen waits no more.
    pub fn put_inbox(
        &mut self,
        subject: DocumentId,
        items: &[InboxItem],
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM inbox WHERE subject = ?1";
        self.run(SAVING, sql, [subject.as_bytes()])?;
        for item in items {
            let detail =
                serde_json::to_string(item).map_err(|error| unreadable("detail", error))?;
            let sql = "INSERT OR IGNORE INTO inbox (id, subject, kind, since, until, detail)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6
                WHERE NOT EXISTS (SELECT 1 FROM inbox_seen WHERE id = ?1)";
            let until = item.until.map_or(NEVER, Timestamp::as_millis);
            let values = params![
                item.id.as_bytes(),
                subject.as_bytes(),
                item.kind.as_str(),
                item.since.as_millis(),
                until,
                detail
            ];
            self.run(SAVING, sql, values)?;
        }
        let sql = "DELETE FROM inbox_stale WHERE subject = ?1";
        self.run(SAVING, sql, [subject.as_bytes()]).map(drop)
    }

    /// Has what waits in a subject found anew whenever this document changes or goes; none ends it.
    pub fn watch_for_inbox(
        &mut self,
        subject: DocumentId,
        document: Option<DocumentId>,
    ) -> Result<(), StoreError> {
        let subject = subject.as_bytes();
        let Some(document) = document else {
            let sql = "DELETE FROM inbox_watch WHERE subject = ?1";
            return self.run(SAVING, sql, [subject]).map(drop);
        };
        let sql = "INSERT OR REPLACE INTO inbox_watch (subject, document) VALUES (?1, ?2)";
        self.run(SAVING, sql, params![subject, document.as_bytes()]).map(drop)
    }

    /// Has what waits in every request that was answered found anew, as when a device was reported
    /// lost.
    pub fn forget_inbox_of_sign_offs(&mut self) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO inbox_stale (subject)
            SELECT DISTINCT about FROM document
            WHERE kind = 'sign_off' AND state = 'active' AND about IS NOT NULL";
        self.run(SAVING, sql, []).map(drop)
    }

    /// Notes what was seen, as the personal record says.
    pub fn put_inbox_seen(
        &mut self,
        seen: impl IntoIterator<Item = ItemId>,
    ) -> Result<(), StoreError> {
        self.run(SAVING, "DELETE FROM inbox_seen", [])?;
        for id in seen {
            let id = id.as_bytes();
            self.run(SAVING, "INSERT OR IGNORE INTO inbox_seen (id) VALUES (?1)", [id])?;
            self.run(SAVING, "DELETE FROM inbox WHERE id = ?1", [id])?;
        }
        Ok(())
    }

    /// Has what waits found anew everywhere, as for a person who has other roles now.
    pub fn forget_inbox(&mut self) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO inbox_stale (subject)
            SELECT coalesce(about, id) FROM document
            WHERE kind <> 'reflection' AND state = 'active'";
        self.run(SAVING, sql, []).map(drop)
    }
}

fn item(row: &Row<'_>) -> Result<InboxItem, StoreError> {
    let detail: String = column(row, "detail")?;
    serde_json::from_slice(detail.as_bytes()).map_err(|error| unreadable("detail", error))
}
