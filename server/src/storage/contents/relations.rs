//! What rows say of one another, each as a question to which the answer of a whole database is
//! nothing. What is asked holds after every transaction of this server, whatever devices send.

use rusqlite::Connection;

use super::faults::Faults;
use crate::storage::{error::StorageError, unreadable::Named};

/// Rows of one kind of fault that are looked for.
const MOST: u32 = 100;

/// A question about a table.
struct Relation {
    named: Named,
    column: &'static str,
    /// Selects what rows at fault are known by, and `why`.
    sql: &'static str,
}

macro_rules! relations {
    ($($table:ident by $($key:ident)+, $column:ident: $sql:expr;)+) => {
        const RELATIONS: &[Relation] = &[$(Relation {
            named: Named::new(stringify!($table), &[$(stringify!($key)),+]),
            column: stringify!($column),
            sql: $sql,
        }),+];
    };
}

relations! {
    document by id, changes: "SELECT * FROM (
        SELECT id, changes, changes || ', and ' || here || ' of them are here' AS why,
            changes <> here AS differs FROM (
            SELECT id, changes, folded
                + (SELECT count(*) FROM entry WHERE entry.document = document.id
                                                AND kind IN ('change', 'envelope'))
                + coalesce((SELECT length(let_go) / 8 FROM archived
                            WHERE archived.document = document.id), 0) AS here
            FROM document)) WHERE differs";
    document by id, folded: "SELECT document.id,
            'not as many as there are in its fold' AS why
        FROM document LEFT JOIN fold ON fold.document = document.id
        WHERE document.folded <> coalesce(fold.changes, 0)";
    document by id, bytes: "SELECT id, bytes || ', and ' || here || ' of them are here' AS why FROM (
            SELECT id, bytes,
                coalesce((SELECT sum(length(body)) FROM entry
                          WHERE entry.document = document.id), 0)
                + coalesce((SELECT fold.bytes FROM fold
                            WHERE fold.document = document.id), 0) AS here
            FROM document) WHERE bytes <> here";
    document by id, tried: "SELECT id, 'more than there are changes' AS why FROM document
        WHERE tried > changes AND deleted_at = 0";
    document by id, frozen_at: "SELECT id, 'no change of it has this number' AS why FROM document
        WHERE frozen_at <> 0 AND deleted_at = 0 AND NOT EXISTS (
            SELECT 1 FROM entry WHERE entry.sequence = document.frozen_at
                                  AND entry.document = document.id AND entry.kind = 'change')";
    document by id, deleted_at: "SELECT id, CASE deleted_at
                WHEN 0 THEN 'it was deleted: there is the entry that says so'
                ELSE 'it was not deleted: there are entries of it' END AS why
        FROM document WHERE EXISTS (
            SELECT 1 FROM entry WHERE entry.document = document.id
                                  AND (entry.kind = 'delete') = (document.deleted_at = 0))";
    document by id, creation: "SELECT id, 'the entry with this hash is not here' AS why
        FROM document WHERE deleted_at = 0 AND NOT EXISTS (
            SELECT 1 FROM entry WHERE entry.document = document.id AND entry.kind = 'create'
                                  AND entry.hash = document.creation)";
    document by id, about: "SELECT id, 'no document that is here' AS why FROM document
        WHERE about IS NOT NULL AND deleted_at = 0 AND NOT EXISTS (
            SELECT 1 FROM document AS other
            WHERE other.id = document.about AND other.deleted_at = 0)";
    document by id, owner: "SELECT id, 'its owner has no row in grant_row' AS why FROM document
        WHERE deleted_at = 0 AND NOT EXISTS (
            SELECT 1 FROM grant_row WHERE grant_row.document = document.id
                                      AND grant_row.person = document.owner)";
    head by document, hash: "SELECT id AS document, 'there is none of this document' AS why
        FROM document WHERE deleted_at = 0 AND NOT EXISTS (
            SELECT 1 FROM head WHERE head.document = document.id)";
    head by document hash, hash: "SELECT document, hash, 'no entry of its document' AS why FROM head
        WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.document = head.document
                                                AND entry.hash = head.hash)
          AND NOT EXISTS (SELECT 1 FROM fold WHERE fold.document = head.document
                                               AND instr(fold.heads, head.hash) > 0)
          AND NOT EXISTS (SELECT 1 FROM archived WHERE archived.document = head.document)";
    journal by document first, first: "SELECT document, first,
            'not where the row before it ends' AS why FROM (
            SELECT document, first, lag(first + changes) OVER (
                PARTITION BY document ORDER BY first) AS before FROM journal)
        WHERE first <> before";
    journal by document first, changes: "SELECT journal.document, journal.first,
            'not of changes that are stored one by one' AS why
        FROM journal JOIN document ON document.id = journal.document
        WHERE journal.first < document.folded
           OR journal.first + journal.changes > document.changes";
    fold by document, last: "SELECT document, 'its numbers are in no order' AS why FROM fold
        WHERE first > last OR last >= sequence";
    fold_feed by person document, last: "SELECT person, fold_feed.document,
            'not the last number of a fold' AS why
        FROM fold_feed LEFT JOIN fold ON fold.document = fold_feed.document
        WHERE fold.document IS NULL OR fold.last <> fold_feed.last";
    feed by person sequence, sequence: "SELECT person, sequence, 'nothing has this number' AS why
        FROM feed
        WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.sequence = feed.sequence)
          AND NOT EXISTS (SELECT 1 FROM archive WHERE archive.sequence = feed.sequence)";
    entry by sequence, archive: "SELECT sequence, 'there is no such archive' AS why FROM entry
        WHERE entry.archive IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM archive WHERE archive.sequence = entry.archive)";
    archived by document, archive: "SELECT archived.document,
            'an archive of another person' AS why
        FROM archived JOIN archive ON archive.sequence = archived.archive
                      JOIN document ON document.id = archived.document
        WHERE archive.person <> document.owner";
    archived by document, archive: "SELECT document, 'in_archive does not say so' AS why
        FROM archived WHERE NOT EXISTS (
            SELECT 1 FROM in_archive WHERE in_archive.document = archived.document
                                       AND in_archive.archive = archived.archive)";
    archived by document, ends: "SELECT document, 'cut off' AS why FROM archived
        WHERE length(ends) % 24 <> 0 OR length(let_go) % 8 <> 0";
    archive by sequence, let_go: "SELECT sequence, 'greater than its own number' AS why FROM archive
        WHERE let_go > sequence";
    part by document person, changes: "SELECT document, person, 'fewer than are here' AS why FROM (
            SELECT entry.document, entry.person, count(*) AS changes, sum(length(body)) AS bytes
            FROM entry JOIN document ON document.id = entry.document
            WHERE document.kind = 'change_project' AND entry.kind = 'change'
            GROUP BY entry.document, entry.person) AS here
        WHERE NOT EXISTS (
            SELECT 1 FROM part WHERE part.document = here.document AND part.person = here.person
                                 AND part.changes >= here.changes AND part.bytes >= here.bytes)";
    part by document, changes: "SELECT document, 'together more than its document has' AS why FROM (
            SELECT document, sum(changes) AS changes, sum(bytes) AS bytes FROM part
            GROUP BY document) AS written
        WHERE EXISTS (
            SELECT 1 FROM document WHERE document.id = written.document AND (
                written.changes > document.changes + (
                    SELECT count(*) FROM set_aside WHERE set_aside.document = document.id)
                OR written.bytes > document.bytes + (
                    SELECT coalesce(sum(length(body)), 0) FROM set_aside
                    WHERE set_aside.document = document.id)))";
    part by document person, late_changes: "SELECT document, person, 'more than all' AS why
        FROM part WHERE late_changes > changes OR late_bytes > bytes
                     OR late_operations > operations";
    person by id, bytes: "SELECT id, bytes || ', and ' || here || ' of them are here' AS why FROM (
            SELECT id, bytes,
                coalesce((SELECT sum(length(body)) FROM archive
                          WHERE archive.person = person.id), 0)
                + coalesce((SELECT sum(blob.bytes) FROM blob WHERE blob.person = person.id), 0)
                + coalesce(owned.here, 0) AS here
            FROM person LEFT JOIN (SELECT owner, sum(bytes) AS here FROM document GROUP BY owner)
                AS owned ON owned.owner = person.id) WHERE bytes <> here";
    person by id, id: "SELECT id, 'no device of this person is here' AS why FROM person
        WHERE NOT EXISTS (SELECT 1 FROM device WHERE device.person = person.id)";
    directory by person, known: "SELECT id AS person, 'they are not told of themselves' AS why
        FROM person WHERE NOT EXISTS (
            SELECT 1 FROM directory WHERE directory.person = person.id
                                      AND directory.known = person.id)";
    invitation by code_hash, used_by: "SELECT code_hash, 'no device that is here' AS why
        FROM invitation WHERE used_by IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM device WHERE device.id = invitation.used_by)";
    audit by number, device: "SELECT number, 'it was enrolled, and is not here' AS why FROM audit
        WHERE action = 'enrol' AND device IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM device WHERE device.id = audit.device)";
    audit_start by one, number: "SELECT one, 'every row of the audit trail is gone' AS why
        FROM audit_start WHERE number = 0 AND NOT EXISTS (SELECT 1 FROM audit)
                           AND EXISTS (SELECT 1 FROM device)";
    ticket by id, uses_left: "SELECT id, 'more than all' AS why FROM ticket WHERE uses_left > uses";
}

/// Columns that name a document, which no foreign key compares.
const DOCUMENTS: &[(Named, &str)] = &[
    (Named::new("head", &["document", "hash"]), "document"),
    (Named::new("actor", &["document", "actor"]), "document"),
    (Named::new("journal", &["document", "first"]), "document"),
    (Named::new("grant_row", &["document", "person"]), "document"),
    (Named::new("grant_round", &["document", "person"]), "document"),
    (Named::new("claim", &["document", "entry"]), "document"),
    (Named::new("waiting_share", &["document", "person"]), "document"),
    (Named::new("part", &["document", "person"]), "document"),
    (Named::new("archived", &["document"]), "document"),
];

/// Columns with the number of an entry of the document that the same row names; 0 for none.
const ENTRIES: &[(Named, &str)] = &[
    (Named::new("grant_row", &["document", "person"]), "since"),
    (Named::new("grant_row", &["document", "person"]), "entry"),
    (Named::new("grant_row", &["document", "person"]), "invited"),
    (Named::new("claim", &["document", "entry"]), "entry"),
    (Named::new("waiting_share", &["document", "person"]), "entry"),
];

/// How many questions there are.
pub(super) const fn count() -> usize {
    RELATIONS.len() + DOCUMENTS.len() + ENTRIES.len()
}

/// The answer to the question with this number.
pub(super) fn check(db: &Connection, number: usize) -> Result<Faults, StorageError> {
    if let Some(relation) = RELATIONS.get(number) {
        return ask(db, relation.named, relation.column, relation.sql);
    }
    let number = number.saturating_sub(RELATIONS.len());
    if let Some((named, column)) = DOCUMENTS.get(number) {
        let table = named.table;
        let sql = format!(
            "SELECT *, 'no document that is here' AS why FROM {table} WHERE NOT EXISTS (
                 SELECT 1 FROM document WHERE document.id = {table}.{column})"
        );
        return ask(db, *named, column, &sql);
    }
    let Some((named, column)) = ENTRIES.get(number.saturating_sub(DOCUMENTS.len())) else {
        return Ok(Faults::default());
    };
    let table = named.table;
    let sql = format!(
        "SELECT *, 'no entry of its document has this number' AS why FROM {table}
         WHERE {column} <> 0 AND NOT EXISTS (
             SELECT 1 FROM entry WHERE entry.sequence = {table}.{column}
                                   AND entry.document = {table}.document)"
    );
    ask(db, *named, column, &sql)
}

fn ask(db: &Connection, named: Named, column: &str, sql: &str) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    let mut statement = db.prepare(&format!("SELECT * FROM ({sql}) LIMIT {MOST}"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        faults.add(named.fault(row, column.to_owned(), row.get("why")?));
    }
    Ok(faults)
}
