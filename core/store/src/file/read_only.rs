//! A database on a disk that takes no writing, such as a backup: read as it is, if that is all
//! there is of it.

use std::{fmt::Write as _, path::Path};

use rusqlite::OpenFlags;

use super::{
    connection,
    files::{Files, PAGE_BYTES, bytes},
};
use crate::{DatabaseKey, OpenError, StoreReader, schema};

/// Opens a database to be read. What the log has that the database has not would not be seen,
/// and an older schema cannot be upgraded: then nothing is read.
pub(crate) fn open(files: &Files, key: Option<&DatabaseKey>) -> Result<StoreReader, OpenError> {
    let path = files.database();
    if bytes(&files.write_ahead_log())? > 0 {
        return Err(OpenError::ReadOnly { path });
    }
    if bytes(&path)? < PAGE_BYTES {
        return Err(connection::damaged(&path, "the file is shorter than a page"));
    }
    let reader = connect(&path, key)?;
    let found = schema::found(&reader.connection);
    match found.map_err(|error| connection::unreadable(&path, key, error))? {
        schema::KNOWN => Ok(reader),
        found if found > schema::KNOWN => {
            Err(OpenError::NewerSchema { found, known: schema::KNOWN })
        }
        _ => Err(OpenError::ReadOnly { path }),
    }
}

/// A connection that asks for no index of the log, which could not be made.
pub(crate) fn connect(path: &Path, key: Option<&DatabaseKey>) -> Result<StoreReader, OpenError> {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connected = connection::connect(Path::new(&uri), key, flags)?;
    connection::settle(&connected).map_err(|error| connection::at(path, error))?;
    Ok(StoreReader { connection: connected })
}
