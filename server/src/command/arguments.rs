//! Arguments that several commands have.

use std::{net::SocketAddr, path::PathBuf};

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

/// An address with a port, as it is typed.
pub(super) fn address(typed: &str) -> Result<SocketAddr, String> {
    typed.trim().parse().map_err(|_| {
        "it has to be an address of this machine with a port, as 127.0.0.1:8080 or [::1]:8080; \
         a name is none"
            .to_owned()
    })
}
