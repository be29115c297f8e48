//! `audit`: what happened, and whether the trail of it is whole.

use std::io;

use clap::{Args, ValueEnum};
use serde_json::json;

use enhance_model::counted;

use super::{arguments::DataFolder, error::CommandError, json::write_json};
use crate::storage::{
    audit,
    audit::{Record, Start},
};

/// Show what happened: invitations, enrolments, grants, deletions, refusals, first reads.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server audit --data /srv/enhance
  enhance-server audit --data /srv/enhance verify

Each row covers the one before it. `verify` names the first row that was altered, if any.")]
pub struct Audit {
    #[command(flatten)]
    folder: DataFolder,
    /// Check the trail instead of showing it.
    what: Option<What>,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Check that no row was altered, removed or inserted.
    Verify,
}

impl Audit {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let db = self.folder.open_to_read()?;
        let (start, records) = (audit::start(&db)?, audit::all(&db)?);
        match self.what {
            Some(What::Verify) => self.verify(start, &records, out),
            None if self.json => write_json(out, &records),
            None => records.iter().try_for_each(|record| Ok(writeln!(out, "{}", line(record))?)),
        }
    }

    fn verify(
        &self,
        start: Start,
        records: &[Record],
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let altered = audit::first_altered(start, records);
        if self.json {
            write_json(out, &json!({ "rows": records.len(), "first_altered": altered }))?;
        } else if altered.is_none() {
            writeln!(out, "The trail is whole: {}.", counted(records.len(), "row"))?;
        }
        altered.map_or(Ok(()), |row| {
            Err(CommandError::advice(format!("row {row} of the audit trail is not what it was")))
        })
    }
}

fn line(record: &Record) -> String {
    let mut line = format!("{:>6}  {}  {:<8}", record.number, record.at, record.action);
    let ids = [
        ("by", record.person.map(|id| id.to_string())),
        ("device", record.device.map(|id| id.to_string())),
        ("document", record.document.map(|id| id.to_string())),
        ("about", record.subject.map(|id| id.to_string())),
        ("", Some(record.detail.clone()).filter(|detail| !detail.is_empty())),
    ];
    for (word, value) in ids {
        if let Some(value) = value {
            line.push_str("  ");
            line.push_str(word);
            line.push_str(if word.is_empty() { "" } else { " " });
            line.push_str(&value);
        }
    }
    line
}
