//! Rows that cannot be read: which they are, for the operator, and never what stands in them.

use std::fmt::Write;

use data_encoding::HEXLOWER;
use enhance_model::DocumentId;
use rusqlite::{
    Error, Row,
    types::{FromSqlError, Type, ValueRef},
};

/// Bytes that are shown of what a row is known by.
const KEY_BYTES: usize = 16;

/// A row that holds what this server can neither have written nor read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, row {row}, column {column}: {why}")]
pub struct Unreadable {
    pub table: &'static str,
    /// What the row is known by.
    pub row: String,
    pub column: String,
    /// What is wrong with it, in words that say nothing of what stands there.
    pub why: String,
}

/// A table and the columns by which its rows are known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) table: &'static str,
    pub(crate) key: &'static [&'static str],
}

impl Named {
    pub(crate) const fn new(table: &'static str, key: &'static [&'static str]) -> Self {
        Self { table, key }
    }

    /// Reads a row of this table. What cannot be read says which row it is.
    pub(crate) fn read<T>(
        self,
        each: &Row<'_>,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        read(each).map_err(|error| self.name(each, error))
    }

    fn name(self, each: &Row<'_>, error: Error) -> Error {
        let Some((place, why)) = conversion(&error) else { return error };
        let name = |place| each.as_ref().column_name(place).unwrap_or("?").to_owned();
        let column = place.map_or_else(|| "?".to_owned(), name);
        self.fault(each, column, why).into()
    }

    /// That this row cannot be read.
    pub(crate) fn fault(self, each: &Row<'_>, column: String, why: String) -> Unreadable {
        let mut row = String::new();
        for name in self.key {
            let space = if row.is_empty() { "" } else { " " };
            let _ = match each.get_ref(*name) {
                Ok(value) => write!(row, "{space}{}", named(value)),
                Err(_) => write!(row, "{space}?"),
            };
        }
        Unreadable { table: self.table, row, column, why }
    }
}

/// What a row is known by, in words.
pub(super) fn named(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => text.get(..KEY_BYTES).unwrap_or(text).escape_ascii().to_string(),
        ValueRef::Blob(bytes) => shown(bytes),
        _ => "?".to_owned(),
    }
}

/// An id as it is written everywhere, and of anything else the beginning.
fn shown(bytes: &[u8]) -> String {
    if let Ok(id) = <[u8; 16]>::try_from(bytes) {
        return DocumentId::from_bytes(id).to_string();
    }
    HEXLOWER.encode(bytes.get(..KEY_BYTES).unwrap_or(bytes))
}

impl Unreadable {
    /// What an error of the database says of a row, if it is about one. Where nobody named the
    /// table the column alone is known.
    pub(super) fn of(error: &Error) -> Option<Self> {
        if let Error::FromSqlConversionFailure(_, _, source) = error
            && let Some(named) = source.downcast_ref::<Self>()
        {
            return Some(named.clone());
        }
        let (place, why) = conversion(error)?;
        let column = place.map_or_else(|| "?".to_owned(), |place| format!("number {place}"));
        Some(Self { table: "a table", row: "?".to_owned(), column, why })
    }
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::FromSqlConversionFailure(0, Type::Null, Box::new(unreadable))
    }
}

/// The place of the column that could not be read, and why; none if something else went wrong.
fn conversion(error: &Error) -> Option<(Option<usize>, String)> {
    match error {
        Error::FromSqlConversionFailure(_, _, source) if source.is::<Unreadable>() => None,
        Error::FromSqlConversionFailure(place, _, source) => {
            let why = match source.downcast_ref::<FromSqlError>() {
                Some(FromSqlError::InvalidBlobSize { expected_size, blob_size }) => {
                    format!("{blob_size} bytes, not {expected_size}")
                }
                _ => "nothing that this server knows".to_owned(),
            };
            Some((Some(*place), why))
        }
        Error::InvalidColumnType(place, _, found) => {
            Some((Some(*place), format!("of type {found}")))
        }
        Error::IntegralValueOutOfRange(place, _) => {
            Some((Some(*place), "a number that cannot be".to_owned()))
        }
        Error::Utf8Error(place, _) => Some((Some(*place), "no text".to_owned())),
        _ => None,
    }
}
