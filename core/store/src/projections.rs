//! What screens read: one row for each document, made from it whenever it changes.

use std::collections::{BTreeMap, BTreeSet};

use enhance_model::{DocumentId, DocumentKind, Person, PersonId, Tag, Timestamp, Version};
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Stage, StoreError, StoreReader, Topic, Write,
    error::During,
    people,
    search::SearchScope,
    sql::{self, InOrder, column, unreadable},
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
    /// The whole state, in parts by their names. What is in them is not known here; of those that
    /// are as they were, nothing is written.
    pub parts: BTreeMap<String, String>,
    /// Which shape it has: raised by the app when it makes rows of another one.
    pub revision: u32,
}

/// A document in a list, with what a list says of it beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    pub summary: Summary,
    pub owner: PersonId,
    /// Its owner, if the server has told of them.
    pub person: Option<Person>,
    /// How far the newest of it has come.
    pub stage: Stage,
    /// Whether something was typed into it and is not settled.
    pub unsettled: bool,
    /// Whether the server refused something of it that the person has not dealt with.
    pub quarantined: bool,
}

/// A place in a list: that of a document, whether or not it is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPosition {
    /// When it had been changed last.
    pub updated_at: Timestamp,
    pub document: DocumentId,
}

const READING: &str = "reading what lists show";
const SAVING: &str = "saving what screens show";

/// An index gives a page without sorting, and begins to read where the page begins.
pub(crate) const LIST: &str = concat!(
    "SELECT projection.document, projection.kind, title, preview, status,
        projection.created_at, updated_at, tags, projection.version, owner,
        ",
    crate::status::stage!("projection.document"),
    " AS stage,
        EXISTS (SELECT 1 FROM draft WHERE draft.document = projection.document) AS unsettled,
        EXISTS (SELECT 1 FROM quarantine WHERE quarantine.document = projection.document
            AND resolved_at IS NULL) AS quarantined,
        name, roles, devices
    FROM projection JOIN document ON document.id = projection.document
    LEFT JOIN person ON person.id = document.owner
    WHERE projection.kind = ?1 AND (updated_at, projection.document) < (?2, ?3)
    ORDER BY updated_at DESC, projection.document DESC LIMIT ?4"
);

/// A row with the parts of its state, one after the other.
const SHOWN: &str = "SELECT projection.document, projection.kind, title, preview, status,
        projection.created_at, updated_at, tags, projection.version, shown, part, detail
    FROM projection JOIN document ON document.id = projection.document
    JOIN projection_part ON projection_part.document = projection.document
    WHERE projection.document = ?1";

/// Documents whose row has another revision or is none, in the order of their ids.
pub(crate) const STALE: &str = "SELECT id FROM (
        SELECT id FROM document INDEXED BY document_by_shown
            WHERE shown >= 0 AND shown < ?1 AND state = 'active'
        UNION ALL
        SELECT id FROM document INDEXED BY document_by_shown
            WHERE shown > ?1 AND state = 'active')
    WHERE id > ?2 ORDER BY id LIMIT ?3";

impl StoreReader {
    /// Documents of a kind, last changed first: at most `limit` of those after a place.
    pub fn list(
        &self,
        kind: DocumentKind,
        after: Option<ListPosition>,
        limit: u32,
    ) -> Result<Vec<ListRow>, StoreError> {
        let (updated_at, id) = match &after {
            Some(after) => (after.updated_at.as_millis(), &after.document.as_bytes()[..]),
            None => (i64::MAX, &[][..]),
        };
        let values = params![kind.as_str(), updated_at, id, limit];
        let mut statement = self.connection.prepare_cached(LIST).during(READING)?;
        let mut rows = statement.query(values).during(READING)?;
        let mut people = BTreeMap::new();
        let mut found = Vec::new();
        while let Some(row) = rows.next().during(READING)? {
            found.push(listed(row, &mut people)?);
        }
        Ok(found)
    }

    /// Documents of a kind of which the state names something, as its text stands there. Nothing of
    /// the others leaves the database.
    pub fn naming(&self, kind: DocumentKind, name: &str) -> Result<Vec<DocumentId>, StoreError> {
        let sql = "SELECT DISTINCT projection.document FROM projection
            JOIN projection_part ON projection_part.document = projection.document
            WHERE kind = ?1 AND instr(projection_part.detail, ?2) > 0
            ORDER BY projection.document";
        let values = params![kind.as_str(), name];
        sql::all(&self.connection, READING, sql, values, |row| column(row, "document"))
    }

    /// What the screen of a document shows.
    pub fn projection(&self, document: DocumentId) -> Result<Option<Projection>, StoreError> {
        let mut statement = self.connection.prepare_cached(SHOWN).during(READING)?;
        let mut rows = statement.query([document.as_bytes()]).during(READING)?;
        let mut found: Option<Projection> = None;
        while let Some(row) = rows.next().during(READING)? {
            let projection = if let Some(projection) = &mut found {
                projection
            } else {
                let mut columns = InOrder::of(row);
                let (summary, parts) = (summary(&mut columns)?, BTreeMap::new());
                let revision = u32::try_from(columns.next::<i64>("shown")?).unwrap_or_default();
                found.insert(Projection { summary, parts, revision })
            };
            projection.parts.insert(column(row, "part")?, column(row, "detail")?);
        }
        Ok(found)
    }

    /// The revision of a document's row; none where there is no row of its present version.
    pub fn shown_revision(&self, document: DocumentId) -> Result<Option<u32>, StoreError> {
        let sql = "SELECT shown FROM document WHERE id = ?1 AND shown > 0";
        let read = |row: &Row<'_>| column::<i64>(row, "shown");
        let shown = sql::first(&self.connection, READING, sql, [document.as_bytes()], read)?;
        Ok(shown.and_then(|shown| u32::try_from(shown).ok()))
    }

    /// Active documents of which there is something to show, and whose row is missing, was made
    /// from another version, or has another revision: the next `limit` after one.
    pub fn stale_projections(
        &self,
        revision: u32,
        after: Option<DocumentId>,
        limit: u32,
    ) -> Result<Vec<DocumentId>, StoreError> {
        let after = after.as_ref().map_or(&[][..], |id| id.as_bytes());
        let read = |row: &Row<'_>| column(row, "id");
        sql::all(&self.connection, READING, STALE, params![revision, after, limit], read)
    }
}

impl Write<'_> {
    /// Keeps what screens show of a document, which has reached the version of its row.
    pub fn put_projection(&mut self, projection: &Projection) -> Result<(), StoreError> {
        self.put_row(projection)?;
        let Projection { summary, parts, .. } = projection;
        for (part, detail) in parts {
            self.put_part(summary.document, part, detail)?;
        }
        let document = summary.document;
        let sql = "SELECT part FROM projection_part WHERE document = ?1";
        let read = |row: &Row<'_>| column::<String>(row, "part");
        let kept = sql::all(self.db(), SAVING, sql, params![document.as_bytes()], read)?;
        for gone in kept.iter().filter(|part| !parts.contains_key(*part)) {
            self.remove_part(document, gone)?;
        }
        Ok(())
    }

    /// The same where the row that is there was made of the version before and only these parts
    /// differ: one that is named and not there goes, and no other is looked at.
    pub fn put_changed_parts(
        &mut self,
        projection: &Projection,
        changed: &[String],
    ) -> Result<(), StoreError> {
        self.put_row(projection)?;
        let document = projection.summary.document;
        for part in changed {
            if let Some(detail) = projection.parts.get(part) {
                self.put_part(document, part, detail)?;
            } else {
                self.remove_part(document, part)?;
            }
        }
        Ok(())
    }

    fn put_row(&mut self, projection: &Projection) -> Result<(), StoreError> {
        let Projection { summary, revision, .. } = projection;
        self.require_active(summary.document)?;
        let sql = "INSERT INTO projection
            (document, kind, title, preview, status, created_at, updated_at, tags, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (document) DO UPDATE SET kind = excluded.kind, title = excluded.title,
                preview = excluded.preview, status = excluded.status,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                tags = excluded.tags, version = excluded.version";
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
        ];
        self.run(SAVING, sql, values)?;
        self.advance(summary.document, &summary.version)?;
        self.note_shown(summary.document, i64::from(*revision))?;
        self.changes.touch_document(Topic::Documents, summary.document);
        Ok(())
    }

    /// Writes a part if it differs from the one that is there.
    fn put_part(
        &mut self,
        document: DocumentId,
        part: &str,
        detail: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO projection_part (document, part, detail) VALUES (?1, ?2, ?3)
            ON CONFLICT (document, part) DO UPDATE SET detail = excluded.detail
            WHERE detail <> excluded.detail";
        self.run(SAVING, sql, params![document.as_bytes(), part, detail]).map(drop)
    }

    fn remove_part(&mut self, document: DocumentId, part: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM projection_part WHERE document = ?1 AND part = ?2";
        self.run(SAVING, sql, params![document.as_bytes(), part]).map(drop)
    }

    /// Drops everything that can be made again from documents: projections and what is searched in
    /// documents. Pages of content packs stay.
    pub fn clear_derived(&mut self) -> Result<(), StoreError> {
        self.remove_searched(SearchScope::Documents)?;
        let tables = [
            "DELETE FROM projection",
            "DELETE FROM projection_part",
            "DELETE FROM catalogue",
            "DELETE FROM inbox",
            "DELETE FROM inbox_seen",
            "UPDATE document SET shown = 0 WHERE shown > 0",
        ];
        for sql in tables {
            self.run("dropping what can be made again", sql, [])?;
        }
        self.changes.touch(Topic::Documents);
        Ok(())
    }
}

/// A row of a list. Many documents have the same owner, who is read once.
fn listed(
    row: &Row<'_>,
    people: &mut BTreeMap<PersonId, Option<Person>>,
) -> Result<ListRow, StoreError> {
    let mut columns = InOrder::of(row);
    let summary = summary(&mut columns)?;
    let owner = columns.next("owner")?;
    let stage = columns.next("stage")?;
    let (unsettled, quarantined) = (columns.next("unsettled")?, columns.next("quarantined")?);
    let person = if let Some(person) = people.get(&owner) {
        person.clone()
    } else {
        let is_known = columns.next_nullable::<String>("name")?.is_some();
        let person = if is_known { Some(people::person(row, owner)?) } else { None };
        people.insert(owner, person.clone());
        person
    };
    Ok(ListRow { summary, owner, person, stage, unsettled, quarantined })
}

/// The first nine columns of a row.
fn summary(columns: &mut InOrder<'_>) -> Result<Summary, StoreError> {
    Ok(Summary {
        document: columns.next("document")?,
        kind: columns.next("kind")?,
        title: columns.next("title")?,
        preview: columns.next("preview")?,
        status: columns.next("status")?,
        created_at: columns.next("created_at")?,
        updated_at: columns.next("updated_at")?,
        tags: tags(&columns.next::<String>("tags")?)?,
        version: columns.next("version")?,
    })
}

fn tags(json: &str) -> Result<BTreeSet<Tag>, StoreError> {
    // Most documents have none.
    if json == "[]" {
        return Ok(BTreeSet::new());
    }
    let tags: Vec<String> =
        serde_json::from_slice(json.as_bytes()).map_err(|error| unreadable("tags", error))?;
    let parse = |tag: &String| tag.parse().map_err(|error| unreadable("tags", error));
    tags.iter().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    fn explained(sql: &str) -> String {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        schema::upgrade(&db).unwrap();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = statement.raw_query();
        let mut steps = String::new();
        while let Some(row) = rows.next().unwrap() {
            steps += &row.get::<_, String>("detail").unwrap();
            steps += " \n";
        }
        steps
    }

    #[test]
    fn an_index_gives_the_pages_of_a_list_without_sorting_them() {
        let steps = explained(LIST);
        let index = "projection_newest_of_kind (kind=? AND (updated_at,document)<(?,?))";
        assert!(steps.contains(index), "{steps}");
        assert!(!steps.contains("TEMP B-TREE") && !steps.contains("SCAN"), "{steps}");
    }

    #[test]
    fn stale_rows_are_found_in_an_index_and_no_other_is_looked_at() {
        let steps = explained(STALE);
        assert!(steps.contains("INDEX document_by_shown (shown>? AND shown<?)"), "{steps}");
        assert!(steps.contains("INDEX document_by_shown (shown>?)"), "{steps}");
        assert!(!steps.contains("SCAN"), "{steps}");
    }
}
