//! Which documents there are, what became of them, and the keys of the sealed ones.

use enhance_model::{DocumentId, DocumentKind, PersonId, Round, Timestamp, Version};
use rusqlite::{Row, params};
use zeroize::Zeroizing;

use crate::{
    StoreError, StoreReader, Topic, Write,
    sql::{self, column, integer, nullable},
};

/// What is known of a document without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    pub id: DocumentId,
    pub kind: DocumentKind,
    /// Who made it. The document itself names them, for ever.
    pub creator: PersonId,
    /// Who owns it now.
    pub owner: PersonId,
    /// The project that comments are about.
    pub about: Option<DocumentId>,
    /// Device clock when it was created.
    pub created_at: Timestamp,
    /// The heads of its history, as it is in this database.
    pub version: Version,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentState {
    /// It is here and in use.
    Active,
    /// It was taken away from this account. It comes back if it is granted again.
    Revoked,
    /// It was deleted for ever. Nothing but its id is left.
    Deleted,
}

impl DocumentState {
    const ALL: [Self; 3] = [Self::Active, Self::Revoked, Self::Deleted];

    /// The name in tables and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Deleted => "deleted",
        }
    }
}

impl std::fmt::Display for DocumentState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl sql::Column for DocumentState {
    type Raw = String;

    fn from_raw(raw: String) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == raw)
    }
}

const READING: &str = "reading documents";

/// Stand in the place of a row's revision: there is nothing to show, or no row of it yet.
const NOTHING: i64 = -1;
const UNMADE: i64 = 0;

impl StoreReader {
    /// A document and what became of it.
    pub fn document(
        &self,
        document: DocumentId,
    ) -> Result<Option<(DocumentRow, DocumentState)>, StoreError> {
        let sql = "SELECT * FROM document WHERE id = ?1";
        sql::first(&self.connection, READING, sql, [document.as_bytes()], document_and_state)
    }

    /// What became of a document.
    pub fn state(&self, document: DocumentId) -> Result<Option<DocumentState>, StoreError> {
        let sql = "SELECT state FROM document WHERE id = ?1";
        let read = |row: &Row<'_>| column(row, "state");
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// The active documents of a kind, oldest first.
    pub fn documents(&self, kind: DocumentKind) -> Result<Vec<DocumentRow>, StoreError> {
        let sql = "SELECT * FROM document WHERE kind = ?1 AND state = 'active' ORDER BY id";
        sql::all(&self.connection, READING, sql, [kind.as_str()], document_row)
    }

    /// The documents of a kind that are gone, with what became of them.
    pub fn documents_gone(
        &self,
        kind: DocumentKind,
    ) -> Result<Vec<(DocumentRow, DocumentState)>, StoreError> {
        let sql = "SELECT * FROM document WHERE kind = ?1 AND state <> 'active' ORDER BY id";
        sql::all(&self.connection, READING, sql, [kind.as_str()], document_and_state)
    }

    /// The active documents about a document: the comments on a project.
    pub fn documents_about(&self, document: DocumentId) -> Result<Vec<DocumentRow>, StoreError> {
        let sql = "SELECT * FROM document WHERE about = ?1 AND state = 'active' ORDER BY id";
        sql::all(&self.connection, READING, sql, [document.as_bytes()], document_row)
    }

    /// Documents in the order of their ids, those that are gone too: the next `limit` after one.
    pub fn documents_after(
        &self,
        after: Option<DocumentId>,
        limit: u32,
    ) -> Result<Vec<(DocumentRow, DocumentState)>, StoreError> {
        let sql = "SELECT * FROM document WHERE id > ?1 ORDER BY id LIMIT ?2";
        let after = after.as_ref().map_or(&[][..], |id| id.as_bytes());
        sql::all(&self.connection, READING, sql, params![after, limit], document_and_state)
    }

    /// Whom the owner of a document offers it to, unless a later right of theirs took that back.
    pub fn offered_to(&self, document: DocumentId) -> Result<Option<PersonId>, StoreError> {
        let sql = "SELECT offered_to FROM document WHERE id = ?1 AND offered_to IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM access_round WHERE document = ?1
                AND person = offered_to AND rank >= offered_rank)";
        let read = |row: &Row<'_>| column(row, "offered_to");
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// The sealing key of a private document.
    pub fn document_key(
        &self,
        document: DocumentId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let sql = "SELECT key FROM document_key WHERE document = ?1";
        let read = |row: &Row<'_>| column(row, "key").map(Zeroizing::new);
        sql::first(&self.connection, "reading a document's key", sql, [document.as_bytes()], read)
    }
}

impl Write<'_> {
    /// Adds a document, or notes its new version. One that was taken away is active again; one
    /// that was deleted stays so. Kind, creator, subject and creation never change while it is here;
    /// whose it became says [`set_ownership`](Self::set_ownership).
    pub fn put_document(&mut self, document: &DocumentRow) -> Result<(), StoreError> {
        if let Some(state @ DocumentState::Deleted) = self.state(document.id)? {
            return Err(StoreError::NotActive { document: document.id, state });
        }
        let sql =
            "INSERT INTO document (id, kind, owner, about, created_at, state, version, creator, shown)
            VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7, iif(?6 = x'', -1, 0))
            ON CONFLICT (id) DO UPDATE SET state = 'active', version = excluded.version,
            owner = iif(state = 'revoked', excluded.owner, owner),
            creator = iif(state = 'revoked', excluded.creator, creator),
            created_at = iif(state = 'revoked', excluded.created_at, created_at),
            shown = iif(version = excluded.version AND shown > 0, shown, excluded.shown)";
        let version = sql::heads(&document.version);
        self.run(
            "saving a document",
            sql,
            params![
                document.id.as_bytes(),
                document.kind.as_str(),
                document.owner.as_bytes(),
                document.about.as_ref().map(DocumentId::as_bytes),
                document.created_at.as_millis(),
                version,
                document.creator.as_bytes(),
            ],
        )?;
        self.changes.touch_document(Topic::Documents, document.id);
        Ok(())
    }

    /// Notes whose a document is, and whom it is offered to in which round.
    pub fn set_ownership(
        &mut self,
        document: DocumentId,
        owner: PersonId,
        offer: Option<(PersonId, Round)>,
    ) -> Result<(), StoreError> {
        self.require_active(document)?;
        let (to, round) = offer.unzip();
        let sql = "UPDATE document SET owner = ?2, offered_to = ?3, offered_rank = ?4
            WHERE id = ?1";
        let rank = round.map_or(0, |round| integer(round.rank()));
        let to = to.as_ref().map(PersonId::as_bytes);
        self.run("saving an owner", sql, params![document.as_bytes(), owner.as_bytes(), to, rank])?;
        self.changes.touch_document(Topic::Documents, document);
        self.changes.touch_document(Topic::Members, document);
        Ok(())
    }

    /// Notes the version a document has reached, whose row is still to be made;
    /// [`put_projection`](Self::put_projection) notes it with the row.
    pub fn set_version(
        &mut self,
        document: DocumentId,
        version: &Version,
    ) -> Result<(), StoreError> {
        self.require_active(document)?;
        self.advance(document, version)?;
        let shown = if version.heads().is_empty() { NOTHING } else { UNMADE };
        self.note_shown(document, shown)?;
        self.changes.touch_document(Topic::Documents, document);
        Ok(())
    }

    /// Notes the version a document has reached. No index names it.
    pub(crate) fn advance(
        &mut self,
        document: DocumentId,
        version: &Version,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE document SET version = ?2 WHERE id = ?1";
        let values = params![document.as_bytes(), sql::heads(version)];
        self.run("saving a version", sql, values).map(drop)
    }

    /// Notes the revision of the row made from the present version. Nearly always it is the one
    /// that is noted, and then no index is written.
    pub(crate) fn note_shown(
        &mut self,
        document: DocumentId,
        revision: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE document SET shown = ?2 WHERE id = ?1 AND shown <> ?2";
        self.run("saving a version", sql, params![document.as_bytes(), revision]).map(drop)
    }

    /// Keeps the sealing key of a private document.
    pub fn put_document_key(&mut self, document: DocumentId, key: &[u8]) -> Result<(), StoreError> {
        self.require_active(document)?;
        let sql = "INSERT INTO document_key (document, key) VALUES (?1, ?2)
            ON CONFLICT (document) DO UPDATE SET key = excluded.key";
        self.run("saving a document's key", sql, params![document.as_bytes(), key])?;
        self.changes.touch_document(Topic::Documents, document);
        Ok(())
    }
}

fn document_row(row: &Row<'_>) -> Result<DocumentRow, StoreError> {
    Ok(DocumentRow {
        id: column(row, "id")?,
        kind: column(row, "kind")?,
        creator: column(row, "creator")?,
        owner: column(row, "owner")?,
        about: nullable(row, "about")?,
        created_at: column(row, "created_at")?,
        version: sql::version(row, "version")?,
    })
}

fn document_and_state(row: &Row<'_>) -> Result<(DocumentRow, DocumentState), StoreError> {
    Ok((document_row(row)?, column(row, "state")?))
}
