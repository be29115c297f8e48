//! `grants`: who can read, comment on or edit what.

use std::io;

use clap::Args;
use enhance_model::{DocumentId, PersonId};

use super::{arguments::DataFolder, error::CommandError, json::write_json};
use crate::storage::{Folder, access, schema};

/// Show who may do what with which document. What documents say is not shown.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server grants --data /srv/enhance
  enhance-server grants --data /srv/enhance --person 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c")]
pub struct Grants {
    #[command(flatten)]
    folder: DataFolder,
    /// Show the rights in this document only.
    #[arg(long, value_name = "ID")]
    document: Option<DocumentId>,
    /// Show the rights of this person only.
    #[arg(long, value_name = "ID")]
    person: Option<PersonId>,
    #[arg(long)]
    json: bool,
}

impl Grants {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        let mut records = access::all(&schema::open_to_read(&folder.database())?)?;
        records.retain(|each| {
            self.document.is_none_or(|document| each.document == document)
                && self.person.is_none_or(|person| each.person == person)
        });
        if self.json {
            return write_json(out, &records);
        }
        if records.is_empty() {
            writeln!(out, "Nothing is shared.")?;
        }
        for each in &records {
            writeln!(
                out,
                "{}  {:<17}  {:<7}  {}  {}",
                each.document, each.kind, each.right, each.person, each.name
            )?;
        }
        Ok(())
    }
}
