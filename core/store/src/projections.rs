//! What screens read: one row for each document, made from it whenever it changes.

use std::collections::BTreeSet;

use enhance_model::{DocumentId, DocumentKind, Tag, Timestamp, Version};
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Store, StoreError, Topic, Write,
    sql::{self, column, unreadable},
};

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub document: DocumentId,
    pub kind: DocumentKind,
    pub title: String,
    pub preview: String,
    /// How far it has come, in a word its kind knows.
    pub status: String,
    /// Device clock when it was created.
    pub created_at: Timestamp,
    /// Device clock of its last change.
    pub updated_at: Timestamp,
    pub tags: BTreeSet<Tag>,
    /// The version all this was made from.
    pub version: Version,
}

/// A document as its own screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    pub summary: Summary,
    /// The whole state as JSON. What is in it is not known here.
    pub detail: String,
}

const READING: &str = "reading what lists show";

/// An index gives it without sorting.
const LIST: &str = "SELECT document, kind, title, preview, status, created_at, updated_at, tags,
    version FROM projection WHERE kind = ?1
    ORDER BY updated_at DESC, document DESC LIMIT ?2 OFFSET ?3";

impl Store {
    /// Documents of a kind, last changed first: at most `limit` of them after the first `offset`.
    pub fn list(
        &self,
        kind: DocumentKind,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError> {
        let values = params![kind.as_str(), limit, offset];
        sql::all(&self.connection, READING, LIST, values, summary)
    }

    /// What the screen of a document shows.
    pub fn projection(&self, document: DocumentId) -> Result<Option<Projection>, StoreError> {
        let sql = "SELECT * FROM projection WHERE document = ?1";
        let read = |row: &Row<'_>| {
            Ok(Projection { summary: summary(row)?, detail: column(row, "detail")? })
        };
        sql::first(&self.connection, READING, sql, [document.as_bytes()], read)
    }

    /// Active documents whose projection is missing or was made from another version, at most
    /// `limit`: what has to be made again after [`Write::clear_derived`].
    pub fn stale_projections(&self, limit: u32) -> Result<Vec<DocumentId>, StoreError> {
        let sql = "SELECT document.id AS id, document.version AS version,
            projection.version AS projected
            FROM document LEFT JOIN projection ON projection.document = document.id
            WHERE document.state = 'active' ORDER BY document.id";
        let read = |row: &Row<'_>| {
            let version = sql::version(row, "version")?;
            let projected: Option<Version> = sql::nullable(row, "projected")?;
            let id: DocumentId = column(row, "id")?;
            Ok((id, projected == Some(version)))
        };
        let documents = sql::all(&self.connection, READING, sql, [], read)?;
        let stale = documents.into_iter().filter(|(_, fresh)| !fresh).map(|(id, _)| id);
        Ok(stale.take(limit as usize).collect())
    }
}

impl Write<'_> {
    /// Keeps what screens show of a document.
    pub fn put_projection(&mut self, projection: &Projection) -> Result<(), StoreError> {
        let Projection { summary, detail } = projection;
        self.require_active(summary.document)?;
        let sql = "INSERT OR REPLACE INTO projection
            (document, kind, title, preview, status, created_at, updated_at, tags, version, detail)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let tags = summary.tags.iter().map(Tag::to_string).collect::<Value>().to_string();
        let values = params![
            summary.document.as_bytes(),
            summary.kind.as_str(),
            summary.title,
            summary.preview,
            summary.status,
            summary.created_at.as_millis(),
            summary.updated_at.as_millis(),
            tags,
            summary.version.to_string(),
            detail,
        ];
        self.run("saving what screens show", sql, values)?;
        self.changes.touch_document(Topic::Documents, summary.document);
        Ok(())
    }

    /// Drops everything that can be made again from documents: projections and what is searched in
    /// documents. Pages of content packs stay.
    pub fn clear_derived(&mut self) -> Result<(), StoreError> {
        let tables = [
            "DELETE FROM projection",
            "DELETE FROM search_dirty",
            "DELETE FROM search_entry WHERE document IS NOT NULL",
        ];
        for sql in tables {
            self.run("dropping what can be made again", sql, [])?;
        }
        self.changes.touch(Topic::Documents);
        Ok(())
    }
}

fn summary(row: &Row<'_>) -> Result<Summary, StoreError> {
    let tags: String = column(row, "tags")?;
    let tags: Vec<String> =
        serde_json::from_str(&tags).map_err(|error| unreadable("tags", error))?;
    Ok(Summary {
        document: column(row, "document")?,
        kind: column(row, "kind")?,
        title: column(row, "title")?,
        preview: column(row, "preview")?,
        status: column(row, "status")?,
        created_at: column(row, "created_at")?,
        updated_at: column(row, "updated_at")?,
        tags: tags
            .iter()
            .map(|tag| tag.parse().map_err(|error| unreadable("tags", error)))
            .collect::<Result<_, _>>()?,
        version: column(row, "version")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn an_index_gives_the_pages_of_a_list_without_sorting_them() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        schema::upgrade(&db).unwrap();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {LIST}")).unwrap();
        let mut rows = statement.raw_query();
        let mut steps = String::new();
        while let Some(row) = rows.next().unwrap() {
            steps += &row.get::<_, String>("detail").unwrap();
            steps += " \n";
        }
        assert!(steps.contains("projection_newest_of_kind "), "{steps}");
        assert!(!steps.contains("TEMP B-TREE"), "{steps}");
    }
}
