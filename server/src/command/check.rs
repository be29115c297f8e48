//! `check`: whether what the server keeps is what was written.

use std::{io, path::PathBuf};

use clap::Args;
use enhance_model::{PersonId, Sha256, Timestamp, counted};
use rusqlite::{Connection, TransactionBehavior};

use super::{arguments::DataFolder, error::CommandError, progress::Progress};
use crate::{
    config::Config,
    space::Space,
    storage::{
        Folder, StorageError, audit,
        audit::{Action, Event},
        blobs, contents,
        hashed_file::{self, FileFault},
        keys, packs, schema,
    },
    surroundings::Surroundings,
};

/// Files that are named one by one when something is wrong with them.
const NAMED: usize = 20;
/// Rows of a table that take a while to read.
const MANY_ROWS: u64 = 100_000;

/// Look whether the database, the audit trail, the files of packs and attachments are whole. Works
/// while the server runs, on backups too, and changes nothing unless it is asked to.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server check --data /srv/enhance
  enhance-server check --data /srv/enhance --config server.toml
  enhance-server check --data /srv/enhance --ask-again
  enhance-server check --data /srv/enhance --mend
  enhance-server check --data /backup/2026-11-22

Every row is read as the server reads it, and what it holds is compared with its hash: what is
wrong is named by table, row and column. The server looks at what it needs before each start and at
all else after it; what is wrong there is told by /ready. `backup` looks at everything, before and
after.")]
pub struct Check {
    #[command(flatten)]
    folder: DataFolder,
    /// The configuration that `serve` is given: it is looked at too, and says what little room is.
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
    /// Ask phones for attachments that are damaged or missing: the next sync of one that has the
    /// file sends it again.
    #[arg(long)]
    ask_again: bool,
    /// Count anew what is counted wrong: how much documents have, and people. Stop the server first.
    /// Nothing is changed if anything else is wrong.
    #[arg(long)]
    mend: bool,
}

impl Check {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let config = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let folder = Folder::existing(&self.folder.data)?;
        let _lock = self.mend.then(|| folder.lock()).transpose()?;
        if self.mend {
            mend(&folder, surroundings.now(), out)?;
        }
        let checked = whole(&folder, &mut Progress::new(out))?;
        if let Some(sentence) = checked.attachments() {
            if !self.ask_again {
                let data = self.folder.data.display();
                return Err(CommandError::advice(format!(
                    "{sentence}. The rest is whole. Phones that have these files send them again \
                     once they are asked: enhance-server check --data {data} --ask-again"
                )));
            }
            ask_again(&folder, &checked.damaged, surroundings.now())?;
            writeln!(out, "{sentence}.")?;
            writeln!(
                out,
                "Phones that have these files send them with their next sync; a server that runs \
                 asks them within a minute."
            )?;
        }
        writeln!(out, "Everything is whole: {}.", checked.said)?;
        if let Some(open) = folder.open_to_others() {
            writeln!(out, "Warning: {open}.")?;
        }
        if let Some(warning) = Space::of(&folder)?.warning(&config.space) {
            writeln!(out, "Warning: {warning}")?;
        }
        Ok(())
    }
}

/// What was looked at and is whole, and the attachments that are not.
pub(super) struct Checked {
    said: String,
    /// Whose they are, their hashes, and what is wrong with each.
    pub(super) damaged: Vec<(PersonId, Sha256, String)>,
}

impl Checked {
    /// Which attachments are not whole, as a sentence without its full stop.
    pub(super) fn attachments(&self) -> Option<String> {
        let faults: Vec<&str> = self.damaged.iter().map(|(.., fault)| fault.as_str()).collect();
        (!faults.is_empty()).then(|| in_one_sentence(&faults))
    }
}

/// Looks at everything in a folder, and says what there was.
pub(super) fn whole(folder: &Folder, progress: &mut Progress<'_>) -> Result<Checked, CommandError> {
    let checked = whole_with(folder, folder, progress)?;
    let db = schema::open_to_read(&folder.database())?;
    keys::check(folder, &db)?;
    keys::check_receipts(folder, &db)?;
    Ok(checked)
}

/// The same of a database whose files are in another folder.
pub(super) fn whole_with(
    database: &Folder,
    folder: &Folder,
    progress: &mut Progress<'_>,
) -> Result<Checked, CommandError> {
    let db = schema::open_to_read(&database.database())?;
    progress.next(&"the pages of the database", false)?;
    schema::check(&db)?;
    let faults = contents::check(&db, &mut |part| {
        progress.next(part, part.count >= MANY_ROWS).map_err(StorageError::file("the output"))
    })?;
    if let Err(error) = faults.into_result() {
        return Err(with_advice(&db, database, error));
    }
    let (start, records) = (audit::start(&db)?, audit::all(&db)?);
    if let Some(row) = audit::first_altered(start, &records) {
        let sentence = format!("row {row} of the audit trail is not what it was");
        return Err(CommandError::advice(sentence));
    }
    let files = packs::files(&db)?;
    pack_files(folder, &files, progress)?;
    let attachments = blobs::whole(&db)?;
    let damaged = attachment_files(folder, &attachments, progress)?;
    let said = format!(
        "the database, {} of the audit trail, {} of packs, {}",
        counted(records.len(), "row"),
        counted(files.len(), "file"),
        counted(attachments.len() - damaged.len(), "attachment")
    );
    Ok(Checked { said, damaged })
}

/// What is wrong, and what to do about counts that follow from other rows.
fn with_advice(db: &Connection, folder: &Folder, error: StorageError) -> CommandError {
    // Of one that is damaged otherwise nothing can be said about that.
    if contents::miscounted(db).is_ok_and(|wrong| !wrong.is_empty()) {
        let data = folder.root().display();
        return CommandError::advice(format!(
            "{error}. If nothing but counts is wrong, stop the server and have them counted anew: \
             enhance-server check --data {data} --mend"
        ));
    }
    error.into()
}

/// Counts anew what is counted wrong, if nothing else is wrong once that is done.
fn mend(folder: &Folder, now: Timestamp, out: &mut dyn io::Write) -> Result<(), CommandError> {
    let mut db = schema::open(&folder.database())?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::check(&transaction)?;
    let recounted = contents::recount(&transaction)?;
    if recounted.is_empty() {
        writeln!(out, "Every count is right: nothing was changed.")?;
        return Ok(());
    }
    contents::check(&transaction, &mut |_| Ok(()))?.into_result()?;
    let counts = counted(recounted.len(), "count");
    let event = Event::of_server(Action::Mend, format!("{counts} counted anew"));
    audit::add(&transaction, event, now)?;
    transaction.commit()?;
    db.close().map_err(|(_, error)| error)?;
    for one in recounted.iter().take(NAMED) {
        writeln!(out, "{one}")?;
    }
    writeln!(out, "{counts} counted anew. Start the server again.")?;
    Ok(())
}

/// Looks at the files of packs.
fn pack_files(
    folder: &Folder,
    files: &[Sha256],
    progress: &mut Progress<'_>,
) -> Result<(), CommandError> {
    let mut faults = Vec::new();
    for (place, sha256) in files.iter().enumerate() {
        progress.next(&format!("file {place} of {} of packs", files.len()), false)?;
        let path = folder.file(*sha256);
        if let Some(fault) = hashed_file::fault_of(&path, *sha256) {
            let what = match fault {
                FileFault::Changed => "is not what was published".to_owned(),
                other => other.to_string(),
            };
            faults.push(format!("{} {what}", path.display()));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let faults: Vec<&str> = faults.iter().map(String::as_str).collect();
    Err(CommandError::advice(format!(
        "{}. Publish the content once more, as a next version: that puts right what it still has. \
         What an earlier version alone had comes back with a backup",
        in_one_sentence(&faults)
    )))
}

/// Looks at the files of attachments, and says of which of them something is wrong.
fn attachment_files(
    folder: &Folder,
    attachments: &[(PersonId, Sha256)],
    progress: &mut Progress<'_>,
) -> Result<Vec<(PersonId, Sha256, String)>, CommandError> {
    let mut damaged = Vec::new();
    for (place, (person, sha256)) in attachments.iter().enumerate() {
        progress.next(&format!("attachment {place} of {}", attachments.len()), false)?;
        let path = folder.blob(*person, *sha256);
        if let Some(fault) = hashed_file::fault_of(&path, *sha256) {
            damaged.push((*person, *sha256, format!("{} {fault}", path.display())));
        }
    }
    Ok(damaged)
}

/// Takes attachments for not held, so that phones are asked for them.
pub(super) fn ask_again(
    folder: &Folder,
    damaged: &[(PersonId, Sha256, String)],
    now: Timestamp,
) -> Result<(), CommandError> {
    if damaged.is_empty() {
        return Ok(());
    }
    let mut db = schema::open(&folder.database())?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (person, sha256, _) in damaged {
        blobs::ask_again(&transaction, *person, *sha256, now)?;
    }
    transaction.commit()?;
    // Closing takes what is in the log into the one file that is copied or moved.
    db.close().map_err(|(_, error)| error.into())
}

fn in_one_sentence(faults: &[&str]) -> String {
    let named = faults.iter().take(NAMED).copied().collect::<Vec<_>>().join("; ");
    match faults.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named}; and {more} more"),
    }
}
