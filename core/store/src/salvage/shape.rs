//! How the rows of a table are laid out in a damaged database, and how they become rows of the
//! new one.

use rusqlite::{Connection, Row, params_from_iter, types::Value};

use super::rows::DURING;
use crate::{StoreError, error::During};

/// The columns of a table in the order in which they stand in its rows.
pub(super) struct Shape {
    pub(super) table: String,
    columns: Vec<Column>,
    /// Whether its rows stand in its key instead of having numbers.
    pub(super) is_of_index: bool,
}

struct Column {
    name: String,
    kind: String,
    may_be_missing: bool,
    is_row_id: bool,
    is_known: bool,
}

impl Shape {
    /// The shape a table has in a database.
    pub(super) fn in_database(db: &Connection, table: &str) -> Result<Option<Self>, StoreError> {
        let list = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1";
        let found = rows(db, list, table, |row| row.get::<_, bool>("wr"))?;
        let Some(is_of_index) = found.first().copied() else { return Ok(None) };
        let info = "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?1)";
        let mut columns = rows(db, info, table, |row| {
            let (name, kind): (String, String) = (row.get("name")?, row.get("type")?);
            let default: Option<String> = row.get("dflt_value")?;
            let (place, not_null): (i64, bool) = (row.get("pk")?, row.get("notnull")?);
            let is_row_id = !is_of_index && place == 1 && kind == "INTEGER";
            let may_be_missing = default.is_some() || !not_null;
            Ok((place, Column { name, kind, may_be_missing, is_row_id, is_known: true }))
        })?;
        if is_of_index {
            // The key first, then the others as they are declared.
            columns.sort_by_key(|(place, _)| if *place > 0 { *place } else { i64::MAX });
        }
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        Ok(Some(Self { table: table.to_owned(), columns, is_of_index }))
    }

    /// The shape a table had by what once made it; only what `known` has as well is taken along.
    pub(super) fn by_sql(sql: &str, known: &Self) -> Option<Self> {
        if !sql.starts_with("CREATE TABLE ") {
            return None;
        }
        let scratch = Connection::open_in_memory().ok()?;
        scratch.prepare(sql).ok()?.execute([]).ok()?;
        let mut shape = Self::in_database(&scratch, &known.table).ok()??;
        for column in &mut shape.columns {
            column.is_known = known.columns.iter().any(|other| other.name == column.name);
        }
        Some(shape)
    }

    /// Whether a row may be one of this table.
    pub(super) fn fits(&self, values: &[Value]) -> bool {
        let Some(missing) = self.columns.get(values.len()..) else { return false };
        let fits = |(column, value): (&Column, &Value)| match value {
            Value::Null => column.is_row_id || column.may_be_missing,
            Value::Integer(_) => column.kind == "INTEGER",
            Value::Text(_) => column.kind == "TEXT",
            Value::Blob(_) => column.kind == "BLOB",
            Value::Real(_) => false,
        };
        missing.iter().all(|column| column.may_be_missing)
            && self.columns.iter().zip(values).all(fits)
    }

    /// Adds a row, unless it is there or the new database does not take it; whether it did.
    pub(super) fn insert(
        &self,
        into: &Connection,
        id: i64,
        values: Vec<Value>,
    ) -> Result<bool, StoreError> {
        let given = self.columns.iter().zip(values).filter(|(column, _)| column.is_known);
        let (names, values): (Vec<&str>, Vec<Value>) = given
            .map(|(column, value)| {
                (column.name.as_str(), if column.is_row_id { Value::Integer(id) } else { value })
            })
            .unzip();
        let places = vec!["?"; names.len()].join(", ");
        let (table, names) = (&self.table, names.join(", "));
        let sql = format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})");
        let mut statement = into.prepare_cached(&sql).during(DURING)?;
        match statement.execute(params_from_iter(values)).during(DURING) {
            Err(error) if error.is_of_full_disk() => Err(error),
            inserted => Ok(inserted.is_ok_and(|rows| rows > 0)),
        }
    }
}

fn rows<T>(
    db: &Connection,
    sql: &str,
    table: &str,
    read: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare(sql).during(DURING)?;
    let rows = statement.query_map([table], read).during(DURING)?;
    rows.collect::<Result<_, _>>().during(DURING)
}
