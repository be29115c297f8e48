//! Receipts of the server, and what is to be brought with them to a server that was restored.

use enhance_model::{DeviceId, DocumentId, EntryHash, PersonId};
use rusqlite::{Row, params};

use crate::{
    DocumentState, StoreError, StoreReader, Write,
    sql::{self, column},
};

/// By what the server recognises an entry that it stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptRow {
    pub document: DocumentId,
    pub hash: EntryHash,
    /// Whose device offered the entry in the first place.
    pub person: PersonId,
    /// The device that offered it.
    pub device: DeviceId,
    /// What the server made of all that. What it means is not known here.
    pub mac: [u8; 16],
}

/// A document of which the server lacks what receipts are here for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bringing {
    pub document: DocumentId,
    /// What the server has of it: these and all they depend on.
    pub known: Vec<EntryHash>,
}

impl StoreReader {
    /// The receipts for a document.
    pub fn receipts(&self, document: DocumentId) -> Result<Vec<ReceiptRow>, StoreError> {
        let sql = "SELECT * FROM receipt WHERE document = ?1 ORDER BY hash";
        sql::all(&self.connection, "reading receipts", sql, [document.as_bytes()], receipt)
    }

    /// Documents of which something is to be brought, projects before what is about them.
    pub fn bringing(&self) -> Result<Vec<Bringing>, StoreError> {
        let sql = "SELECT bringing.document, bringing.known FROM bringing
            JOIN document ON document.id = bringing.document
            ORDER BY document.about IS NOT NULL, bringing.document";
        let read = |row: &Row<'_>| {
            let known = sql::hashes(row, "known")?.into_iter().map(EntryHash::from_bytes);
            Ok(Bringing { document: column(row, "document")?, known: known.collect() })
        };
        sql::all(&self.connection, "reading what is to be brought", sql, [], read)
    }
}

impl Write<'_> {
    /// Keeps a receipt for as long as the document is here. What is left of a deleted document is
    /// its deletion, and the receipt for that.
    pub fn put_receipt(&mut self, receipt: &ReceiptRow) -> Result<(), StoreError> {
        let is_here = self.state(receipt.document)? == Some(DocumentState::Active);
        if !is_here && !self.has(receipt.hash)? {
            return Ok(());
        }
        let sql = "INSERT INTO receipt (document, hash, person, device, mac)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET person = excluded.person, device = excluded.device,
                mac = excluded.mac";
        let values = params![
            receipt.document.as_bytes(),
            receipt.hash.as_bytes(),
            receipt.person.as_bytes(),
            receipt.device.as_bytes(),
            receipt.mac,
        ];
        self.run("keeping a receipt", sql, values).map(drop)
    }

    /// Lets go of receipts for what is folded, but for those of its heads and of every 256th change
    /// or so: each is one for all that was made before it.
    pub(crate) fn thin_receipts(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let sql = "DELETE FROM receipt WHERE document = ?1 AND substr(hash, 1, 1) <> x'00'
            AND NOT EXISTS (SELECT 1 FROM entry
                WHERE entry.hash = receipt.hash AND entry.document = ?1)
            AND NOT EXISTS (SELECT 1 FROM fold_head
                WHERE fold_head.document = ?1 AND fold_head.hash = receipt.hash)";
        self.run("thinning receipts", sql, [document.as_bytes()]).map(drop)
    }

    /// Lets go of the receipts for a document: the server does not know them any more.
    pub fn forget_receipts(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let sql = "DELETE FROM receipt WHERE document = ?1";
        self.run("forgetting receipts", sql, [document.as_bytes()]).map(drop)
    }

    /// Notes that the server lacks what receipts are here for, and what it has of the document.
    pub fn bring(&mut self, bringing: &Bringing) -> Result<(), StoreError> {
        let sql = "INSERT INTO bringing (document, known) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET known = excluded.known";
        let known = sql::joined(bringing.known.iter().map(EntryHash::as_bytes));
        let values = params![bringing.document.as_bytes(), known];
        self.run("noting what is to be brought", sql, values).map(drop)
    }

    /// Notes that nothing more of a document is to be brought.
    pub fn bring_no_more(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let sql = "DELETE FROM bringing WHERE document = ?1";
        self.run("noting what is to be brought", sql, [document.as_bytes()]).map(drop)
    }
}

fn receipt(row: &Row<'_>) -> Result<ReceiptRow, StoreError> {
    let mac: Vec<u8> = column(row, "mac")?;
    let mac = mac.try_into().map_err(|_| sql::unreadable("mac", "not sixteen bytes"))?;
    Ok(ReceiptRow {
        document: column(row, "document")?,
        hash: column(row, "hash")?,
        person: column(row, "person")?,
        device: column(row, "device")?,
        mac,
    })
}
