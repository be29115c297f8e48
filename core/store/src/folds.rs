//! Documents as one piece: what their entries came to once the server had all of them.
//!
//! An entry that is folded is not kept any more. What it did is in the fold, with who did it and
//! when; the server has it too.

use enhance_model::{DeviceId, DocumentId, EntryHash, Timestamp};
use rusqlite::{Row, params};

use crate::{
    DocumentSize, StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, nullable},
};

/// A document as one piece, up to some point of its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// Its bytes. What they mean is not known here.
    pub body: Vec<u8>,
    /// The entries in it on which no other in it depends.
    pub heads: Vec<FoldHead>,
    /// What is folded in it.
    pub size: DocumentSize,
    /// Whether the server said, since it last began anew, that it has all of it.
    pub stored: bool,
    /// Whether an archive on the server holds it as it is here.
    pub archived: bool,
}

/// An entry of a fold on which no other of it depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoldHead {
    pub hash: EntryHash,
    /// The device that sealed it; none in a plain document.
    pub device: Option<DeviceId>,
    /// Its place in the chain of that device, from 1; 0 in a plain document.
    pub counter: u64,
}

/// A document with entries that could be folded: the server has all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfolded {
    pub document: DocumentId,
    /// Entries that are kept one by one.
    pub entries: u64,
    /// Changes in the fold there is.
    pub folded: u64,
    /// Device clock of its last change.
    pub updated_at: Timestamp,
}

/// Private documents at rest that no archive on the server holds as they are here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unarchived {
    /// Those that are wanted first.
    pub documents: Vec<DocumentId>,
    /// How many of them the server asked for.
    pub wanted: usize,
}

const READING: &str = "reading a fold";

impl StoreReader {
    /// The fold of a document, if there is one.
    pub fn fold(&self, document: DocumentId) -> Result<Option<Fold>, StoreError> {
        let sql = "SELECT * FROM fold WHERE document = ?1";
        let heads = self.fold_heads(document)?;
        let read = |row: &Row<'_>| {
            Ok(Fold {
                body: column(row, "body")?,
                heads: heads.clone(),
                size: DocumentSize {
                    changes: column(row, "changes")?,
                    bytes: column(row, "bytes")?,
                },
                stored: column(row, "stored")?,
                archived: column(row, "archived")?,
            })
        };
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// How much is folded of a document.
    pub fn fold_size(&self, document: DocumentId) -> Result<DocumentSize, StoreError> {
        let sql = "SELECT changes, bytes FROM fold WHERE document = ?1";
        let read = |row: &Row<'_>| {
            Ok(DocumentSize { changes: column(row, "changes")?, bytes: column(row, "bytes")? })
        };
        let size = sql::first(&self.connection, READING, sql, [document.as_bytes()], read)?;
        Ok(size.unwrap_or_default())
    }

    /// The heads of a document's fold; none if there is no fold.
    pub fn fold_heads(&self, document: DocumentId) -> Result<Vec<FoldHead>, StoreError> {
        let sql = "SELECT hash, device, counter FROM fold_head WHERE document = ?1 ORDER BY hash";
        let read = |row: &Row<'_>| {
            Ok(FoldHead {
                hash: column(row, "hash")?,
                device: nullable(row, "device")?,
                counter: column(row, "counter")?,
            })
        };
        sql::all(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// Active documents with at least so many entries that could be folded, since the server has
    /// all of them.
    pub fn unfolded_documents(&self, at_least: u64) -> Result<Vec<Unfolded>, StoreError> {
        let sql = "SELECT waiting.document, waiting.entries, projection.updated_at,
                coalesce(fold.changes, 0) AS folded
            FROM (SELECT document, count(*) AS entries FROM entry
                    WHERE kind IN ('change', 'envelope')
                    GROUP BY document HAVING min(stored) = 1 AND count(*) >= ?1) AS waiting
            JOIN document ON document.id = waiting.document AND document.state = 'active'
            JOIN projection USING (document)
            LEFT JOIN fold USING (document)";
        let read = |row: &Row<'_>| {
            Ok(Unfolded {
                document: column(row, "document")?,
                entries: column(row, "entries")?,
                folded: column(row, "folded")?,
                updated_at: column(row, "updated_at")?,
            })
        };
        sql::all(&self.connection, READING, sql, [integer(at_least)], read)
    }
}

impl StoreReader {
    /// Private documents that rest and of which there is no archive: at most so many. One that is
    /// wanted does not have to rest, since what was written later may wait for what is folded.
    pub fn unarchived(&self, limit: usize) -> Result<Unarchived, StoreError> {
        // The small index comes first, whatever statistics say: nearly everything is archived.
        let sql = "SELECT fold.document, fold.wanted FROM fold INDEXED BY fold_unarchived
            CROSS JOIN document ON document.id = fold.document AND document.state = 'active'
            JOIN document_key USING (document)
            WHERE NOT fold.archived AND (fold.wanted OR NOT EXISTS (
                SELECT 1 FROM entry WHERE entry.document = fold.document
                    AND entry.kind IN ('change', 'envelope')))
              AND EXISTS (SELECT 1 FROM entry WHERE entry.document = fold.document
                    AND entry.kind = 'create' AND entry.stored)
            ORDER BY fold.wanted DESC, fold.document LIMIT ?1";
        let read = |row: &Row<'_>| Ok((column(row, "document")?, column::<bool>(row, "wanted")?));
        let found = sql::all(&self.connection, READING, sql, [integer(limit as u64)], read)?;
        let wanted = found.iter().filter(|(_, wanted)| *wanted).count();
        Ok(Unarchived { documents: found.into_iter().map(|(id, _)| id).collect(), wanted })
    }

    /// Archives that came before the recovery key was typed, with their numbers.
    pub fn sealed_archives(&self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let sql = "SELECT sequence, body FROM sealed_archive ORDER BY sequence";
        let read = |row: &Row<'_>| Ok((column(row, "sequence")?, column(row, "body")?));
        sql::all(&self.connection, READING, sql, [], read)
    }

    /// Entries of documents that only those archives make known, in the server's order.
    pub fn after_archives(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let sql = "SELECT body FROM entry_after_archive ORDER BY sequence";
        sql::all(&self.connection, READING, sql, [], |row| column(row, "body"))
    }
}

impl Write<'_> {
    /// Keeps a document as one piece, and lets go of the entries that it holds.
    ///
    /// That it holds them must have been verified, and the server must have them. An entry that
    /// it may lack is not let go: nothing is changed then.
    pub fn put_fold(
        &mut self,
        document: DocumentId,
        fold: &Fold,
        holding: &[EntryHash],
    ) -> Result<(), StoreError> {
        self.require_active(document)?;
        let during = "folding a document";
        let sql = "INSERT INTO fold (document, body, changes, bytes, stored, archived)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (document) DO UPDATE SET body = excluded.body, changes = excluded.changes,
                bytes = excluded.bytes, stored = excluded.stored, archived = excluded.archived,
                wanted = (fold.wanted OR NOT excluded.stored) AND NOT excluded.archived";
        let values = params![
            document.as_bytes(),
            fold.body,
            integer(fold.size.changes),
            integer(fold.size.bytes),
            fold.stored,
            fold.archived,
        ];
        self.run(during, sql, values)?;
        let sql = "DELETE FROM fold_head WHERE document = ?1";
        self.run(during, sql, [document.as_bytes()])?;
        let sql = "INSERT INTO fold_head (document, hash, device, counter) VALUES (?1, ?2, ?3, ?4)";
        for head in &fold.heads {
            let device = head.device.as_ref().map(DeviceId::as_bytes);
            let counter = integer(head.counter);
            self.run(
                during,
                sql,
                params![document.as_bytes(), head.hash.as_bytes(), device, counter],
            )?;
        }
        let sql = "DELETE FROM entry WHERE hash = ?1 AND document = ?2 AND stored";
        for hash in holding {
            if self.run(during, sql, params![hash.as_bytes(), document.as_bytes()])? == 0 {
                return Err(StoreError::UnknownEntry { hash: *hash });
            }
        }
        self.thin_receipts(document)?;
        self.note_if_archived(document)
    }

    /// Notes that a change with so many bytes in a document's fold is kept as an entry again, and
    /// counts there.
    pub fn shrink_fold(&mut self, document: DocumentId, bytes: u64) -> Result<(), StoreError> {
        let sql = "UPDATE fold SET changes = max(changes - 1, 0), bytes = max(bytes - ?2, 0)
            WHERE document = ?1";
        self.run("unfolding a change", sql, params![document.as_bytes(), integer(bytes)]).map(drop)
    }

    /// Notes whether the server has all of a document's fold. What it lacks is wanted of the next
    /// archive.
    pub fn mark_fold(&mut self, document: DocumentId, stored: bool) -> Result<(), StoreError> {
        let sql = "UPDATE fold SET stored = ?2, archived = archived AND ?2,
            wanted = wanted OR NOT ?2 WHERE document = ?1";
        self.run("noting what is stored", sql, params![document.as_bytes(), stored])?;
        if !stored {
            let forget = "DELETE FROM archived_to WHERE document = ?1";
            self.run("noting what is stored", forget, [document.as_bytes()])?;
        }
        self.changes.touch_document(Topic::Status, document);
        Ok(())
    }

    /// Notes that the server passed on entries that are folded. When it has those on which no other
    /// depends, it has all.
    pub fn confirm_folded(
        &mut self,
        document: DocumentId,
        hashes: &[EntryHash],
    ) -> Result<(), StoreError> {
        let during = "noting what is stored";
        let mut heads = 0;
        for hash in hashes {
            let sql = "UPDATE fold_head SET stored = 1 WHERE document = ?1 AND hash = ?2";
            heads += self.run(during, sql, params![document.as_bytes(), hash.as_bytes()])?;
        }
        let sql = "UPDATE fold SET stored = 1 WHERE document = ?1 AND NOT stored
            AND NOT EXISTS (SELECT 1 FROM fold_head WHERE fold_head.document = ?1 AND NOT stored)";
        if heads > 0 && self.run(during, sql, [document.as_bytes()])? > 0 {
            self.changes.touch_document(Topic::Status, document);
        }
        Ok(())
    }

    /// Notes that an archive on the server holds a document up to these heads. That counts if the
    /// fold here ends at no later ones: then the server has all of it.
    pub fn mark_archived(
        &mut self,
        document: DocumentId,
        up_to: &[FoldHead],
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO archived_to (document, device, counter) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET counter = max(counter, excluded.counter)";
        if self.state(document)?.is_none() {
            return Ok(());
        }
        for head in up_to {
            let device = head.device.as_ref().map(DeviceId::as_bytes);
            let values = params![document.as_bytes(), device, integer(head.counter)];
            self.run("noting what is archived", sql, values)?;
        }
        self.note_if_archived(document)
    }

    /// A fold that ends at no later heads than the archives on the server is archived.
    fn note_if_archived(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let sql = "UPDATE fold SET archived = 1, wanted = 0, stored = 1
            WHERE document = ?1 AND NOT archived
              AND EXISTS (SELECT 1 FROM fold_head WHERE fold_head.document = ?1)
              AND NOT EXISTS (
                SELECT 1 FROM fold_head LEFT JOIN archived_to USING (document, device)
                WHERE fold_head.document = ?1
                  AND coalesce(archived_to.counter, -1) < fold_head.counter)";
        if self.run("noting what is archived", sql, [document.as_bytes()])? > 0 {
            self.changes.touch_document(Topic::Status, document);
        }
        Ok(())
    }

    /// Notes that the server does not take a document from an archive as it is here: it is not
    /// offered again before there is more of it.
    pub fn set_aside(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let sql = "UPDATE fold SET archived = 1, wanted = 0 WHERE document = ?1";
        self.run("noting what is archived", sql, [document.as_bytes()]).map(drop)
    }

    /// Wants documents in the next archive, as far as they are folded.
    pub fn want_archived(&mut self, documents: &[DocumentId]) -> Result<(), StoreError> {
        let during = "noting what is to be archived";
        let want = "UPDATE fold SET archived = 0, wanted = 1 WHERE document = ?1";
        for document in documents {
            self.run(during, want, [document.as_bytes()])?;
            let forget = "DELETE FROM archived_to WHERE document = ?1";
            self.run(during, forget, [document.as_bytes()])?;
        }
        Ok(())
    }

    /// Keeps an archive that cannot be opened yet.
    pub fn put_sealed_archive(&mut self, sequence: u64, body: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO sealed_archive (sequence, body) VALUES (?1, ?2)";
        self.run("keeping an archive", sql, params![integer(sequence), body]).map(drop)
    }

    /// Drops an archive that was opened.
    pub fn remove_sealed_archive(&mut self, sequence: u64) -> Result<(), StoreError> {
        let sql = "DELETE FROM sealed_archive WHERE sequence = ?1";
        self.run("dropping an archive", sql, [integer(sequence)]).map(drop)
    }

    /// Keeps an entry of a document that only an archive makes known.
    pub fn put_after_archive(&mut self, sequence: u64, body: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO entry_after_archive (sequence, body) VALUES (?1, ?2)";
        self.run("keeping an entry", sql, params![integer(sequence), body]).map(drop)
    }

    /// Drops what was kept until the archives before it were opened.
    pub fn remove_after_archives(&mut self) -> Result<(), StoreError> {
        self.run("dropping entries", "DELETE FROM entry_after_archive", []).map(drop)
    }
}
