//! Arguments that several commands have.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

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

/// Refuses to put what is to be kept or given away into the folder of the server, or into one of
/// its folders.
pub(super) fn require_outside(to: &Path, folder: &Folder) -> Result<(), CommandError> {
    if !is_within(to, folder.root()) {
        return Ok(());
    }
    let sentence = format!(
        "{} is in the folder of the server, and is lost with it; name one elsewhere; nothing was \
         done",
        to.display()
    );
    Err(CommandError::advice(sentence))
}

/// Whether a folder that may not be there yet is in another one, or is that one.
fn is_within(folder: &Path, other: &Path) -> bool {
    let (Ok(folder), Ok(other)) = (std::path::absolute(folder), fs::canonicalize(other)) else {
        return false;
    };
    // What is there of the way to it, without links.
    let there = folder.ancestors().find_map(|part| fs::canonicalize(part).ok());
    there.is_some_and(|there| there.starts_with(other))
}

/// An address with a port, as it is typed.
pub(super) fn address(typed: &str) -> Result<SocketAddr, String> {
    typed.trim().parse().map_err(|_| {
        "it has to be an address of this machine with a port, as 127.0.0.1:8080 or [::1]:8080; \
         a name is none"
            .to_owned()
    })
}
