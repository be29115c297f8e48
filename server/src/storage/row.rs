//! Reading columns by name, as the types they are.

use std::{fmt::Display, str::FromStr};

use rusqlite::{Row, types::Type};
use serde::de::DeserializeOwned;

use super::unreadable::Unreadable;

/// A column of sixteen bytes as an id.
pub(super) fn id<T>(row: &Row<'_>, column: &str, make: fn([u8; 16]) -> T) -> rusqlite::Result<T> {
    row.get(column).map(make)
}

/// A column that may be empty.
pub(super) fn optional_id<T>(
    row: &Row<'_>,
    column: &str,
    make: fn([u8; 16]) -> T,
) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(make))
}

/// A column of thirty-two bytes as a hash.
pub(super) fn hash<T>(row: &Row<'_>, column: &str, make: fn([u8; 32]) -> T) -> rusqlite::Result<T> {
    row.get(column).map(make)
}

/// A column that counts something.
pub(super) fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(unsigned)
}

/// A column with one word of a fixed set.
pub(super) fn word<T: FromStr<Err: Display>>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error: T::Err| unknown(row, column, error.to_string()))
}

/// A column with JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| unknown(row, column, error.to_string()))
}

/// That a column holds a text which says nothing to this server.
fn unknown(row: &Row<'_>, column: &str, why: String) -> rusqlite::Error {
    let place = row.as_ref().column_index(column).unwrap_or(0);
    rusqlite::Error::FromSqlConversionFailure(place, Type::Text, why.into())
}

/// Rows one after the other. One that cannot be read is left out and said in the log: it belongs to
/// one of many, and the others go on.
pub(super) fn readable<T>(
    rows: impl Iterator<Item = rusqlite::Result<T>>,
) -> rusqlite::Result<Vec<T>> {
    let known = |row: rusqlite::Result<T>| match row {
        Err(error) => match Unreadable::of(&error) {
            Some(unreadable) => {
                tracing::error!(%unreadable, "a row is left out");
                None
            }
            None => Some(Err(error)),
        },
        read => Some(read),
    };
    rows.filter_map(known).collect()
}

/// A number as the database has them.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number that is never below zero.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
