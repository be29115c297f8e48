//! Rows of the new database, read while it is being filled.

use rusqlite::{Connection, Row};

use crate::{StoreError, error::During};

/// What is being done, as an error says it.
pub(super) const DURING: &str = "taking out what can be read";

/// Every row that a question finds.
pub(super) fn all<T>(
    db: &Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare(sql).during(DURING)?;
    let rows = statement.query_map([], read).during(DURING)?;
    rows.collect::<Result<_, _>>().during(DURING)
}
