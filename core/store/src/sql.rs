//! How rows become values: columns are read by name, those of lists in their order, and one that
//! holds something else is an error that names it.

use enhance_model::{
    ChangeHash, DeviceId, DocumentId, DocumentKind, EntryHash, Epoch, ItemId, PersonId, Right,
    Sha256, Timestamp, Version,
};
use rusqlite::{Connection, Params, Row, types::FromSql};

use crate::{StoreError, error::During};

/// A value that is kept in one column.
pub(crate) trait Column: Sized {
    /// The type in which `SQLite` holds it.
    type Raw: FromSql;

    /// The value, if this is one.
    fn from_raw(raw: Self::Raw) -> Option<Self>;
}

macro_rules! raw_columns {
    ($($type:ty),+) => {
        $(impl Column for $type {
            type Raw = $type;

            fn from_raw(raw: $type) -> Option<$type> {
                Some(raw)
            }
        })+
    };
}

macro_rules! byte_columns {
    ($($type:ty = $bytes:literal),+) => {
        $(impl Column for $type {
            type Raw = [u8; $bytes];

            fn from_raw(raw: [u8; $bytes]) -> Option<$type> {
                Some(<$type>::from_bytes(raw))
            }
        })+
    };
}

macro_rules! word_columns {
    ($($type:ty),+) => {
        $(impl $crate::sql::Column for $type {
            type Raw = String;

            fn from_raw(raw: String) -> Option<$type> {
                raw.parse().ok()
            }
        })+
    };
}
pub(crate) use word_columns;

raw_columns!(String, Vec<u8>, i64, bool);
byte_columns!(DocumentId = 16, PersonId = 16, DeviceId = 16, Epoch = 16, ItemId = 16);
byte_columns!(EntryHash = 32, Sha256 = 32);
word_columns!(DocumentKind, Right, Version);

impl Column for Timestamp {
    type Raw = i64;

    fn from_raw(raw: i64) -> Option<Self> {
        Some(Self::from_unix_millis(raw))
    }
}

impl Column for u64 {
    type Raw = i64;

    fn from_raw(raw: i64) -> Option<Self> {
        Self::try_from(raw).ok()
    }
}

/// The value in a column.
pub(crate) fn column<T: Column>(row: &Row<'_>, name: &'static str) -> Result<T, StoreError> {
    nullable(row, name)?.ok_or_else(|| unreadable(name, "it is empty"))
}

/// The value in a column that may be empty.
pub(crate) fn nullable<T: Column>(
    row: &Row<'_>,
    name: &'static str,
) -> Result<Option<T>, StoreError> {
    let raw: Option<T::Raw> = row.get(name).map_err(|error| unreadable(name, error))?;
    raw.map(|raw| T::from_raw(raw).ok_or_else(|| unreadable(name, "no value of this column")))
        .transpose()
}

/// The columns of a row, one after the other. By name each is looked for among all of them, which
/// for the rows of a list takes longer than reading them.
pub(crate) struct InOrder<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> InOrder<'r> {
    pub(crate) const fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// The value in the next column, which has this name.
    pub(crate) fn next<T: Column>(&mut self, name: &'static str) -> Result<T, StoreError> {
        self.next_nullable(name)?.ok_or_else(|| unreadable(name, "it is empty"))
    }

    /// The value in the next column, which has this name and may be empty.
    pub(crate) fn next_nullable<T: Column>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let raw: Option<T::Raw> =
            self.row.get(self.next).map_err(|error| unreadable(name, error))?;
        self.next += 1;
        raw.map(|raw| T::from_raw(raw).ok_or_else(|| unreadable(name, "no value of this column")))
            .transpose()
    }
}

/// A column that holds what it should not.
pub(crate) fn unreadable(name: &'static str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged { what: format!("column {name}: {why}") }
}

/// A number as `SQLite` keeps it. Nothing that is counted here comes near the end of the range.
pub(crate) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Hashes one after the other.
pub(crate) fn joined<'a>(hashes: impl IntoIterator<Item = &'a [u8; 32]>) -> Vec<u8> {
    hashes.into_iter().flatten().copied().collect()
}

/// The hashes in a column that holds them one after the other.
pub(crate) fn hashes(row: &Row<'_>, name: &'static str) -> Result<Vec<[u8; 32]>, StoreError> {
    let bytes: Vec<u8> = column(row, name)?;
    let (whole, rest) = bytes.as_chunks::<32>();
    if rest.is_empty() { Ok(whole.to_vec()) } else { Err(unreadable(name, "half a hash")) }
}

/// The heads of a version one after the other.
pub(crate) fn heads(version: &Version) -> Vec<u8> {
    joined(version.heads().iter().map(ChangeHash::as_bytes))
}

/// The version in a column that holds its heads one after the other.
pub(crate) fn version(row: &Row<'_>, name: &'static str) -> Result<Version, StoreError> {
    let heads = hashes(row, name)?;
    Ok(Version::new(heads.into_iter().map(ChangeHash::from_bytes).collect()))
}

/// Every row of a query.
pub(crate) fn all<T>(
    db: &Connection,
    during: &'static str,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare_cached(sql).during(during)?;
    let mut rows = statement.query(params).during(during)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().during(during)? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// The first row of a query.
pub(crate) fn first<T>(
    db: &Connection,
    during: &'static str,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = db.prepare_cached(sql).during(during)?;
    let mut rows = statement.query(params).during(during)?;
    rows.next().during(during)?.map(read).transpose()
}

/// Runs a statement and says how many rows it changed.
pub(crate) fn run(
    db: &Connection,
    during: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<usize, StoreError> {
    db.prepare_cached(sql).during(during)?.execute(params).during(during)
}
