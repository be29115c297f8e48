//! Which tables there are, and by which reader each of their columns is read.

use enhance_model::{
    DocumentKind, EntryKind, PersonRole, Right, Role,
    ticket::{TicketDeed, TicketRight},
};
use rusqlite::{
    Connection, OptionalExtension, Row,
    types::{FromSqlError, Type},
};
use std::{fmt::Display, str::FromStr};

use super::faults::Faults;
use crate::storage::{
    error::StorageError,
    row, schema,
    unreadable::{Named, Unreadable},
};

/// The greatest number that anything here can come to: a byte or a change each microsecond takes two
/// hundred years to get there. What is added to a greater one soon is none any more.
const MOST: i64 = 1 << 53;

/// Reads a column as the service does.
type Reader = fn(&Row<'_>, &str) -> rusqlite::Result<()>;

struct Table {
    named: Named,
    columns: &'static [(&'static str, Reader)],
}

macro_rules! tables {
    ($($name:ident by $($key:ident)+ { $($column:ident: $reader:expr),+ $(,)? })+) => {
        /// Every table, by what its rows are known, and the reader of each column.
        const TABLES: &[Table] = &[$(Table {
            named: Named::new(stringify!($name), &[$(stringify!($key)),+]),
            columns: &[$((stringify!($column), $reader)),+],
        }),+];
    };
}

tables! {
    sequence by one { one: number, last: number }
    epoch by number {
        number: number, id: id, starts_at: number, at: moment, begins_anew: flag,
    }
    person by id {
        id: id, name: text, wrapped_account_key: some_bytes, bytes: number, changed: number,
        left_at: moment,
    }
    person_role by person place {
        person: id, place: number, role: word::<Role>, organisation: text, folded: text,
    }
    device by id {
        id: id, person: id, name: text, token_hash: hash, read_to: number, enrolled_at: moment,
        used_at: moment, signed_out_at: moment, token_at: moment, next_token_hash: hash_or_empty,
    }
    former_token by token_hash { token_hash: hash, device: id, replaced_at: moment }
    revocation by device { device: id, since: moment }
    invitation by code_hash {
        code_hash: hash, name: text, roles: json::<Vec<PersonRole>>, person: id_or_none,
        created_at: moment, expires_at: moment, used_by: id_or_none, withdrawn_at: moment,
    }
    directory by person known { person: id, known: id, sequence: number }
    document by id {
        id: id, kind: word::<DocumentKind>, owner: id, about: id_or_none, created_at: moment,
        creation: hash, bytes: number, changes: number, folded: number, tried: number,
        frozen_at: number, deleted_at: moment, creator: id,
    }
    entry by sequence {
        sequence: number, hash: hash, document: id, kind: word::<EntryKind>, body: bytes,
        subject: id_or_none, person: id, device: id, received_at: moment, archive: number_or_none,
    }
    set_aside by sequence {
        sequence: number, document: id, hash: hash, body: bytes, person: id, device: id,
        received_at: moment, at: moment,
    }
    head by document hash { document: id, hash: hash }
    actor by document actor { document: id, actor: bytes, device: id, last: number }
    journal by document first { document: id, first: number, changes: number, steps: bytes }
    fold by document {
        document: id, sequence: number, first: number, last: number, changes: number, bytes: number,
        heads: bytes, body: bytes, sent: bytes, hashes: bytes, catalogue: bytes, receipts: bytes,
    }
    fold_feed by person document { person: id, document: id, last: number }
    archive by sequence {
        sequence: number, person: id, body: bytes, stored_at: moment, let_go: number, stale: flag,
    }
    archived by document { document: id, archive: number, ends: bytes, let_go: bytes }
    in_archive by document archive { document: id, archive: number }
    grant_row by document person {
        document: id, person: id, right: word::<Right>, since: number, entry: number,
        read_at: moment, invited: number,
    }
    grant_round by document person { document: id, person: id, rank: number }
    claim by document entry { document: id, entry: number }
    waiting_share by document person {
        document: id, person: id, sender: id, entry: number, expires_at: moment,
    }
    unwelcome by person sender document { person: id, sender: id, document: id }
    part by document person {
        document: id, person: id, changes: number, bytes: number, operations: number,
        late_changes: number, late_bytes: number, late_operations: number,
    }
    feed by person sequence { person: id, sequence: number }
    pack by key version { key: text, version: number, signed: bytes, published_at: moment }
    pack_file by sha256 { sha256: hash, bytes: number, media_type: text }
    blob by person sha256 {
        person: id, sha256: hash, document: id, bytes: number, is_whole: flag, touched_at: moment,
        asked_again_at: moment,
    }
    lost_blob by person sha256 { person: id, sha256: hash }
    ticket by id {
        id: id, person: id, bearer_hash: hash, right: word::<TicketRight>, made_at: moment,
        expires_at: moment, uses: number, uses_left: number, ended_at: moment, note: bytes,
        snapshot: bytes,
    }
    ticket_deed by number {
        number: number, ticket: id, id: id, deed: word::<TicketDeed>, at: moment, sealed: bytes,
        visit: id_or_none,
    }
    audit by number {
        number: number, at: moment, action: text, person: id_or_none, device: id_or_none,
        document: id_or_none, subject: id_or_none, detail: text, hash: hash,
    }
    audit_start by one { one: number, number: number, hash: hash }
    readiness by one { one: number, times: number }
}

fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    let number: i64 = row.get(column)?;
    if (0..=MOST).contains(&number) {
        return Ok(());
    }
    let place = row.as_ref().column_index(column)?;
    Err(rusqlite::Error::IntegralValueOutOfRange(place, number))
}

fn number_or_none(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    if row.get::<_, Option<i64>>(column)?.is_some() { number(row, column) } else { Ok(()) }
}

fn moment(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row.get::<_, i64>(column).map(drop)
}

fn flag(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row.get::<_, bool>(column).map(drop)
}

fn id(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row::id(row, column, |_| ())
}

fn id_or_none(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row::optional_id(row, column, |_| ()).map(drop)
}

fn hash(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row::hash(row, column, |_| ())
}

fn hash_or_empty(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    let bytes: Vec<u8> = row.get(column)?;
    if bytes.is_empty() { Ok(()) } else { hash(row, column) }
}

fn bytes(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row.get_ref(column)?.as_blob().map(drop).map_err(|_| wrong_type(row, column))
}

/// Bytes without which nobody can do anything.
fn some_bytes(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    bytes(row, column)?;
    let place = row.as_ref().column_index(column)?;
    if row.get_ref(place)?.as_blob().is_ok_and(|bytes| !bytes.is_empty()) {
        return Ok(());
    }
    let expected_size = 1;
    let empty = FromSqlError::InvalidBlobSize { expected_size, blob_size: 0 };
    Err(rusqlite::Error::FromSqlConversionFailure(place, Type::Blob, Box::new(empty)))
}

fn text(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row.get::<_, String>(column).map(drop)
}

fn word<T: FromStr<Err: Display>>(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row::word::<T>(row, column).map(drop)
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<()> {
    row::json::<T>(row, column).map(drop)
}

fn wrong_type(row: &Row<'_>, column: &str) -> rusqlite::Error {
    let place = row.as_ref().column_index(column).unwrap_or(0);
    let found = row.get_ref(place).map_or(Type::Null, |value| value.data_type());
    rusqlite::Error::InvalidColumnType(place, column.to_owned(), found)
}

/// The tables of this database among those that are known, which are all but in an older one.
pub(super) fn present(db: &Connection) -> Result<Vec<&'static str>, StorageError> {
    let is_present = |name: &str| db.table_exists(None, name);
    let mut present = Vec::new();
    for Table { named, .. } in TABLES {
        if is_present(named.table)? {
            present.push(named.table);
        } else if schema::is_newest(db)? {
            return Err(StorageError::Damaged(format!("the table {} is not there", named.table)));
        }
    }
    Ok(present)
}

/// The tables of one row that each server needs, and the number in it that is looked at.
const SINGLES: &[(Named, &str)] = &[
    (Named::new("sequence", &["one"]), "last"),
    (Named::new("audit_start", &["one"]), "number"),
    (Named::new("readiness", &["one"]), "times"),
];

/// Looks at the rows without which nothing can be stored, which takes no time.
pub fn singles(db: &Connection) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    for (named, column) in SINGLES {
        let sql = format!("SELECT * FROM {}", named.table);
        let read = |row: &Row<'_>| named.read(row, |row| number(row, column));
        match db.query_row(&sql, [], read).optional() {
            Ok(Some(())) => {}
            Ok(None) => faults.add(format!("{}: its one row is not there", named.table)),
            Err(error) => match Unreadable::of(&error) {
                Some(fault) => faults.add(fault),
                None => return Err(error.into()),
            },
        }
    }
    Ok(faults)
}

/// Reads every row of a table by the readers of its columns.
pub(super) fn check(db: &Connection, name: &str) -> Result<Faults, StorageError> {
    let mut faults = Faults::default();
    let Some(table) = TABLES.iter().find(|table| table.named.table == name) else {
        return Ok(faults);
    };
    let mut statement = db.prepare(&format!("SELECT * FROM {name}"))?;
    let there: Vec<String> = statement.column_names().map(str::to_owned).collect();
    // An older database lacks some; it is brought to this version before it is served.
    let columns: Vec<_> =
        table.columns.iter().filter(|(column, _)| there.iter().any(|it| it == column)).collect();
    if columns.len() < table.columns.len() && schema::is_newest(db)? {
        faults.add(format!("the table {name} lacks columns"));
    }
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for (column, read) in &columns {
            match table.named.read(row, |row| read(row, column)) {
                Ok(()) => {}
                Err(error) => match Unreadable::of(&error) {
                    Some(fault) => faults.add(fault),
                    None => return Err(error.into()),
                },
            }
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_of_the_schema_has_its_reader() {
        let folder = tempfile::tempdir().unwrap();
        let db = schema::open(&folder.path().join("server.db")).unwrap();
        let sql =
            "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
                   WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
        let mut statement = db.prepare(sql).unwrap();
        let there = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let there: BTreeSet<(String, String)> = there.map(Result::unwrap).collect();
        let known = TABLES.iter().flat_map(|table| {
            let name = table.named.table.to_owned();
            table.columns.iter().map(move |(column, _)| (name.clone(), (*column).to_owned()))
        });
        assert_eq!(known.collect::<BTreeSet<_>>(), there);
    }
}
