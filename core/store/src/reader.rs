//! Reading: everything that can be asked of the database without changing it.

use rusqlite::{Connection, Row, params};

use crate::{
    StoreError,
    error::During,
    sql::{self, column},
};

/// A connection that the database is read through.
///
/// A [`Store`](crate::Store) has one, which sees what is being written; one of
/// [`Store::reader`](crate::Store::reader) stands beside it, can only read, and waits for no write.
pub struct StoreReader {
    pub(crate) connection: Connection,
}

impl StoreReader {
    /// Reads one moment of the database: what is committed while `work` reads is not in it.
    pub fn at_one_moment<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let during = "reading the database";
        let transaction = self.connection.unchecked_transaction().during(during)?;
        let read = work(self)?;
        transaction.commit().during(during)?;
        Ok(read)
    }

    /// A fact about the account.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = ?1";
        let read = |row: &Row<'_>| column(row, "value");
        sql::first(&self.connection, "reading a fact about the account", sql, [key], read)
    }

    /// The keys that begin like this of facts that say this.
    pub fn metas_saying(&self, beginning: &str, value: &[u8]) -> Result<Vec<String>, StoreError> {
        let sql =
            "SELECT key FROM meta WHERE key >= ?1 AND key < ?1 || char(1114111) AND value = ?2";
        let during = "reading facts about the account";
        sql::all(&self.connection, during, sql, params![beginning, value], |row| column(row, "key"))
    }
}
