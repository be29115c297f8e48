//! Arguments that several commands have.

use std::path::PathBuf;

use rusqlite::Connection;

use super::error::CommandError;
use crate::storage::{Folder, schema};

/// The folder of a server.
#[derive(Debug, clap::Args)]
pub struct DataFolder {
    /// The folder in which the server keeps everything.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

impl DataFolder {
    /// The folder of a server that there is, with its database.
    pub(super) fn open(&self) -> Result<(Folder, Connection), CommandError> {
        let folder = Folder::existing(&self.data)?;
        let db = schema::open(&folder.database())?;
        Ok((folder, db))
    }

    /// The database of a server that there is, for reading.
    pub(super) fn open_to_read(&self) -> Result<Connection, CommandError> {
        let folder = Folder::existing(&self.data)?;
        Ok(schema::open_to_read(&folder.database())?)
    }
}
