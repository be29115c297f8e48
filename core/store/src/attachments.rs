//! Which files belong to documents, which of them are here, and which the server has.

use enhance_model::{DocumentId, ItemId, Sha256, Timestamp};
use rusqlite::{Row, params};

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer},
};

/// A file that belongs, or belonged, to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "columns of a table, each a fact of its own")]
pub struct AttachmentRow {
    pub document: DocumentId,
    pub id: ItemId,
    /// The hash of the sealed file, by which it is named.
    pub sha256: Sha256,
    /// Bytes of the sealed file.
    pub bytes: u64,
    /// Whether the whole file is here.
    pub here: bool,
    /// Whether the server is known to have all of it.
    pub stored: bool,
    /// Whether it belongs to nothing any more, unless refused work keeps it.
    pub gone: bool,
    /// Whether it is this person's to send and to destroy.
    pub mine: bool,
    /// Why the server does not take it, if it said so.
    pub refusal: Option<AttachmentRefusal>,
}

/// Why the server does not take a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRefusal {
    /// The code of the refusal.
    pub code: String,
    /// In the server's words.
    pub reason: String,
}

/// How many files of this person there are, and how many of them are where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AttachmentCounts {
    pub all: u64,
    /// Whether its bytes are on this device.
    pub here: u64,
    /// On the server, as far as this device knows.
    pub stored: u64,
    /// Refused by the server when they were last offered.
    pub refused: u64,
    /// Bytes of all of them, sealed.
    pub bytes: u64,
}

const READING: &str = "reading attachments";
const SAVING: &str = "noting attachments";

impl StoreReader {
    /// The files of a document.
    pub fn attachments(&self, document: DocumentId) -> Result<Vec<AttachmentRow>, StoreError> {
        let sql = "SELECT * FROM attachment WHERE document = ?1 AND gone = 0 ORDER BY id";
        sql::all(&self.connection, READING, sql, [document.as_bytes()], attachment)
    }

    /// One file of a document.
    pub fn attachment(
        &self,
        document: DocumentId,
        id: ItemId,
    ) -> Result<Option<AttachmentRow>, StoreError> {
        let sql = "SELECT * FROM attachment WHERE document = ?1 AND id = ?2 AND gone = 0";
        let key = params![document.as_bytes(), id.as_bytes()];
        sql::first(&self.connection, READING, sql, key, attachment)
    }

    /// Files that the server is not known to have and did not refuse lately, between these two
    /// moments: the next `limit` after one. A refusal that is still to come is one of a clock, and
    /// that clock was wrong when it was noted.
    pub fn attachments_waiting(
        &self,
        after: Option<(DocumentId, ItemId)>,
        (before, now): (Timestamp, Timestamp),
        limit: u32,
    ) -> Result<Vec<AttachmentRow>, StoreError> {
        let sql = "SELECT * FROM attachment INDEXED BY attachment_waiting
            WHERE stored = 0 AND gone = 0 AND mine = 1 AND (document, id) > (?1, ?2)
                AND (refused_at <= ?3 OR refused_at > ?4)
            ORDER BY document, id LIMIT ?5";
        let (document, id) = after.as_ref().map_or((&[][..], &[][..]), |(document, id)| {
            (&document.as_bytes()[..], &id.as_bytes()[..])
        });
        let key = params![document, id, before.as_millis(), now.as_millis(), limit];
        sql::all(&self.connection, READING, sql, key, attachment)
    }

    /// Files that are kept with refused work of a document, and belong to nothing else.
    pub fn attachments_kept(&self, document: DocumentId) -> Result<Vec<AttachmentRow>, StoreError> {
        let sql = "SELECT * FROM attachment WHERE document = ?1 AND gone = 2";
        sql::all(&self.connection, READING, sql, [document.as_bytes()], attachment)
    }

    /// Files that are to be destroyed, at most `limit` of them.
    pub fn attachments_gone(&self, limit: u32) -> Result<Vec<AttachmentRow>, StoreError> {
        let sql = "SELECT * FROM attachment INDEXED BY attachment_gone WHERE gone = 1 LIMIT ?1";
        sql::all(&self.connection, READING, sql, [limit], attachment)
    }

    /// The names of all files that belong to something, refused work included.
    pub fn attachment_files(&self) -> Result<Vec<Sha256>, StoreError> {
        let sql = "SELECT sha256 FROM attachment WHERE gone <> 1";
        sql::all(&self.connection, READING, sql, [], |row| column(row, "sha256"))
    }

    /// How many files there are, and how many of them are where.
    pub fn attachment_counts(&self) -> Result<AttachmentCounts, StoreError> {
        let sql = "SELECT count(*) AS every, ifnull(sum(here), 0) AS here_now,
            ifnull(sum(stored), 0) AS stored_now, ifnull(sum(bytes), 0) AS bytes_now,
            ifnull(sum(refusal <> ''), 0) AS refused_now
            FROM attachment WHERE gone = 0 AND mine = 1";
        let read = |row: &Row<'_>| {
            Ok(AttachmentCounts {
                all: column(row, "every")?,
                here: column(row, "here_now")?,
                stored: column(row, "stored_now")?,
                refused: column(row, "refused_now")?,
                bytes: column(row, "bytes_now")?,
            })
        };
        let counts = sql::first(&self.connection, READING, sql, [], read)?;
        Ok(counts.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Notes which files belong to a document, by their ids, hashes and sealed bytes: all that do,
    /// and those of before that are not among them belong to nothing any more. `mine` says whether
    /// they are this person's to send.
    pub fn put_attachments(
        &mut self,
        document: DocumentId,
        named: &[(ItemId, Sha256, u64)],
        mine: bool,
    ) -> Result<(), StoreError> {
        let standing = self.attachments(document)?;
        let sql = "INSERT INTO attachment (document, id, sha256, bytes, mine)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (document, id) DO UPDATE SET gone = 0 WHERE gone <> 0";
        for (id, sha256, bytes) in named {
            if !standing.iter().any(|row| row.id == *id) {
                let (document, id) = (document.as_bytes(), id.as_bytes());
                let values = params![document, id, sha256.as_bytes(), integer(*bytes), mine];
                self.run(SAVING, sql, values)?;
            }
        }
        let sql = "UPDATE attachment SET gone = 1, stored = 0 WHERE document = ?1 AND id = ?2";
        for row in standing {
            if !named.iter().any(|(id, ..)| *id == row.id) {
                self.run(SAVING, sql, params![document.as_bytes(), row.id.as_bytes()])?;
            }
        }
        Ok(())
    }

    /// Keeps files of a document with refused work: they are neither sent nor destroyed, and count
    /// as nobody's space on the server. To be done after what takes them from their document.
    pub fn keep_attachments(
        &mut self,
        document: DocumentId,
        files: &[ItemId],
    ) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET gone = 2 WHERE document = ?1 AND id = ?2 AND here = 1";
        self.set_each(sql, document, files)
    }

    /// Lets files be destroyed that were kept with refused work.
    pub fn discard_attachments(
        &mut self,
        document: DocumentId,
        files: &[ItemId],
    ) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET gone = 1 WHERE document = ?1 AND id = ?2 AND gone = 2";
        self.set_each(sql, document, files)
    }

    fn set_each(
        &mut self,
        sql: &'static str,
        document: DocumentId,
        files: &[ItemId],
    ) -> Result<(), StoreError> {
        for id in files {
            self.run(SAVING, sql, params![document.as_bytes(), id.as_bytes()])?;
        }
        Ok(())
    }

    /// Notes whether the whole file is here.
    pub fn set_attachment_here(
        &mut self,
        document: DocumentId,
        id: ItemId,
        here: bool,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET here = ?3 WHERE document = ?1 AND id = ?2";
        self.run(SAVING, sql, params![document.as_bytes(), id.as_bytes(), here])?;
        self.changes.touch_document(Topic::Status, document);
        Ok(())
    }

    /// Notes that the server has all of a file.
    pub fn attachment_is_stored(
        &mut self,
        document: DocumentId,
        id: ItemId,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET stored = 1, refusal = '', refusal_reason = '',
            refused_at = 0 WHERE document = ?1 AND id = ?2 AND gone = 0";
        self.run(SAVING, sql, params![document.as_bytes(), id.as_bytes()])?;
        self.changes.touch_document(Topic::Status, document);
        Ok(())
    }

    /// Notes that the server does not take a file, and why.
    pub fn attachment_is_refused(
        &mut self,
        (document, id): (DocumentId, ItemId),
        refusal: &AttachmentRefusal,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET refusal = ?3, refusal_reason = ?4, refused_at = ?5
            WHERE document = ?1 AND id = ?2";
        let AttachmentRefusal { code, reason } = refusal;
        let key = (document.as_bytes(), id.as_bytes());
        self.run(SAVING, sql, params![key.0, key.1, code, reason, at.as_millis()])?;
        self.changes.touch_document(Topic::Status, document);
        Ok(())
    }

    /// Lets files that were refused be offered at once: there may be room for them now.
    pub fn offer_refused_attachments(&mut self) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET refused_at = 0 WHERE refused_at <> 0";
        self.run(SAVING, sql, []).map(drop)
    }

    /// Lets go of a file that was destroyed, here and by the server.
    pub fn forget_attachment(
        &mut self,
        document: DocumentId,
        id: ItemId,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM attachment WHERE document = ?1 AND id = ?2 AND gone = 1";
        self.run(SAVING, sql, params![document.as_bytes(), id.as_bytes()]).map(drop)
    }

    /// Takes a file for not stored any more: the server has lost it and asks for it.
    pub fn send_attachment_again(&mut self, sha256: Sha256) -> Result<(), StoreError> {
        let sql = "SELECT * FROM attachment
            WHERE sha256 = ?1 AND stored = 1 AND gone = 0 AND mine = 1";
        let rows = sql::all(&self.connection, READING, sql, [sha256.as_bytes()], attachment)?;
        let sql = "UPDATE attachment SET stored = 0, refused_at = 0
            WHERE document = ?1 AND id = ?2";
        for row in rows {
            self.run(SAVING, sql, params![row.document.as_bytes(), row.id.as_bytes()])?;
            self.changes.touch_document(Topic::Status, row.document);
        }
        Ok(())
    }

    /// Takes nothing for stored any more: the server is another one than it was.
    pub(crate) fn no_attachment_is_stored(&mut self) -> Result<(), StoreError> {
        let sql = "UPDATE attachment SET stored = 0, refused_at = 0
            WHERE stored = 1 OR refused_at <> 0";
        self.run(SAVING, sql, []).map(drop)
    }
}

fn attachment(row: &Row<'_>) -> Result<AttachmentRow, StoreError> {
    let refusal =
        AttachmentRefusal { code: column(row, "refusal")?, reason: column(row, "refusal_reason")? };
    Ok(AttachmentRow {
        document: column(row, "document")?,
        id: column(row, "id")?,
        sha256: column(row, "sha256")?,
        bytes: column(row, "bytes")?,
        here: column(row, "here")?,
        stored: column(row, "stored")?,
        gone: column(row, "gone")?,
        mine: column(row, "mine")?,
        refusal: Some(refusal).filter(|refusal| !refusal.code.is_empty()),
    })
}
