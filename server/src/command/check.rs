//! `check`: whether what the server keeps is what was written.

use std::{fs, io, path::PathBuf};

use clap::Args;
use enhance_model::{Sha256, counted, disk};

use super::{arguments::DataFolder, error::CommandError, publish::hash};
use crate::{
    config::Config,
    space::Space,
    storage::{Folder, audit, keys, packs, schema},
};

/// Files that are named one by one when something is wrong with them.
const NAMED: usize = 20;

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
    let checked = whole_with(folder, folder)?;
    keys::check(folder, &schema::open_to_read(&folder.database())?)?;
    Ok(checked)
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
    let faults: Vec<String> = files.iter().filter_map(|it| fault_of(folder, *it)).collect();
    if !faults.is_empty() {
        return Err(CommandError::advice(in_one_sentence(&faults)));
    }
    let (rows, files) = (counted(records.len(), "row"), counted(files.len(), "file"));
    Ok(format!("the database, {rows} of the audit trail, {files}"))
}

/// What is wrong with a file of a pack.
fn fault_of(folder: &Folder, sha256: Sha256) -> Option<String> {
    let path = folder.file(sha256);
    let name = path.display();
    let hashed = fs::metadata(&path).and_then(|found| {
        // What else it may be has no end, or is never there.
        if !found.is_file() {
            return Ok(None);
        }
        hash(&mut fs::File::open(&path)?, &mut io::sink()).map(Some)
    });
    match hashed {
        Ok(Some(found)) if found == sha256 => None,
        Ok(Some(_)) => Some(format!("{name} is not what was published")),
        Ok(None) => Some(format!("{name} is no file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Some(format!("{name} is not there"))
        }
        Err(error) => Some(format!("{name}: {}", disk::in_words(&error))),
    }
}

fn in_one_sentence(faults: &[String]) -> String {
    let named = faults.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = match faults.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    format!("{named}{more}. Publish the content once more, as a next version, which puts it right")
}
