//! `check`: whether what the server keeps is what was written.

use std::{io, path::PathBuf};

use clap::Args;
use sha2::{Digest, Sha256};

use enhance_model::counted;

use super::{arguments::DataFolder, error::CommandError};
use crate::{
    config::Config,
    space::Space,
    storage::{Folder, StorageError, audit, packs, schema},
};

/// Look whether the database, the audit trail and the files of packs are whole. Works while the
/// server runs, on backups too, and changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server check --data /srv/enhance
  enhance-server check --data /srv/enhance --config server.toml
  enhance-server check --data /backup/2026-11-22

The server looks at what it needs before each start and at the rest of its database after it; what
is wrong there is told by /ready. `backup` looks at everything, before and after.")]
pub struct Check {
    #[command(flatten)]
    folder: DataFolder,
    /// The configuration that `serve` is given: it is looked at too, and says what little room is.
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let config = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let folder = Folder::existing(&self.folder.data)?;
        let checked = whole(&folder)?;
        writeln!(out, "Everything is whole: {checked}.")?;
        if let Some(warning) = Space::of(&folder)?.warning(&config.space) {
            writeln!(out, "Warning: {warning}")?;
        }
        Ok(())
    }
}

/// Looks at everything in a folder, and says what there was.
pub(super) fn whole(folder: &Folder) -> Result<String, CommandError> {
    whole_with(folder, folder)
}

/// The same of a database whose files are in another folder.
pub(super) fn whole_with(database: &Folder, folder: &Folder) -> Result<String, CommandError> {
    let db = schema::open_to_read(&database.database())?;
    schema::check(&db)?;
    let (start, records) = (audit::start(&db)?, audit::all(&db)?);
    if let Some(row) = audit::first_altered(start, &records) {
        let sentence = format!("row {row} of the audit trail is not what it was");
        return Err(CommandError::advice(sentence));
    }
    let files = packs::files(&db)?;
    for sha256 in &files {
        let path = folder.file(*sha256);
        let bytes = std::fs::read(&path).map_err(StorageError::file(path.display().to_string()))?;
        if Sha256::digest(bytes).as_slice() != sha256.as_bytes() {
            let sentence = format!(
                "{} is not what was published; publish the content once more, as a next version, \
                 which puts it right",
                path.display()
            );
            return Err(CommandError::advice(sentence));
        }
    }
    let (rows, files) = (counted(records.len(), "row"), counted(files.len(), "file"));
    Ok(format!("the database, {rows} of the audit trail, {files}"))
}
