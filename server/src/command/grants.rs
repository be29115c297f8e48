//! `grants`: who can read, comment on or edit what.

use std::io;

use clap::Args;
use enhance_model::DocumentId;

use super::{arguments::DataFolder, error::CommandError, json::write_json, who};
use crate::storage::access;

/// Show who may do what with which document. What documents say is not shown.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server grants --data /srv/enhance
  enhance-server grants --data /srv/enhance --person 'Asha Rao'")]
pub struct Grants {
    #[command(flatten)]
    folder: DataFolder,
    /// Show the rights in this document only.
    #[arg(long, value_name = "ID")]
    document: Option<DocumentId>,
    /// Show the rights of this person only: an id, or the whole name of one person.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    #[arg(long)]
    json: bool,
}

impl Grants {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let db = self.folder.open_to_read()?;
        let person = self.person.as_deref().map(|typed| who::one(&db, typed)).transpose()?;
        let mut records = access::all(&db)?;
        records.retain(|each| {
            self.document.is_none_or(|document| each.document == document)
                && person.as_ref().is_none_or(|person| each.person == person.id)
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
