//! `restore`: back to a backup, in a new epoch, so that no device takes the past for the present.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;
use enhance_model::{Epoch, Timestamp};
use rusqlite::TransactionBehavior;

use super::{
    arguments::DataFolder,
    backup::{copy_file, copy_rest},
    check::{self, Checked, ask_again},
    error::CommandError,
    progress::Progress,
};
use crate::{
    storage::{
        Folder, StorageError, audit,
        audit::{Action, Event},
        contents, epochs,
        folder::make_folder,
        keys, schema,
    },
    surroundings::{Surroundings, random},
};

/// Go back to a backup. The server must be stopped; what is there now is moved aside.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  enhance-server restore --data /srv/enhance --from /backup/2026-11-22

A new epoch begins, by which devices know that they have to compare what they have with what the
server has; they then bring again what the server lacks.")]
pub struct Restore {
    #[command(flatten)]
    folder: DataFolder,
    /// The folder of the backup.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
}

impl Restore {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let from = Folder::existing(&self.from)?;
        let to = Folder::make(&self.folder.data)?;
        let mut lock = to.lock()?;
        if is_same(&from, &to) {
            return Err(CommandError::advice("a folder cannot be restored from itself"));
        }
        check_is_backup(&from, &to)?;
        let now = surroundings.now();
        // Made ready beside what is there, so that a power cut leaves one of the two.
        let ready = Folder::make(&to.root().join("restoring"))?;
        for leftover in database_files(&ready) {
            remove(&leftover)?;
        }
        copy_file(&from.database(), &ready.database())?;
        let checked = check_all((&ready, &from, &to), &mut Progress::new(out));
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => {
                // What is damaged must not take the place of what is there.
                fs::remove_dir_all(ready.root())
                    .map_err(StorageError::file(ready.root().display().to_string()))?;
                return Err(error);
            }
        };
        ask_again(&ready, &checked.damaged, now)?;
        begin_epoch(&ready, Epoch::new(now, random(surroundings)), (now, first_lost(&to)))?;
        copy_rest(&from, &to, &ready)?;
        let aside = to.root().join(format!("before-restore-{}", now.as_millis()));
        let moved = move_aside(&to, &aside)?;
        lock.forget(&to)?;
        fs::rename(ready.database(), to.database())
            .map_err(StorageError::file(to.database().display().to_string()))?;
        fs::remove_dir_all(ready.root())
            .map_err(StorageError::file(ready.root().display().to_string()))?;
        writeln!(out, "Restored from {}. Start the server again.", self.from.display())?;
        if let Some(sentence) = checked.attachments() {
            writeln!(out, "Warning: without these attachments: {sentence}.")?;
            writeln!(out, "Phones that have these files send them with their next sync.")?;
        }
        if moved {
            writeln!(out, "What was there before is in {}.", aside.display())?;
        }
        Ok(())
    }
}

/// Refuses the folder of a server that runs or was killed, of which the newest is in a file that is
/// left behind, and a folder without the key by which phones know this server.
fn check_is_backup(from: &Folder, to: &Folder) -> Result<(), CommandError> {
    let name = from.root().display();
    let is_open = |log: &PathBuf| fs::metadata(log).is_ok_and(|log| log.len() > 0);
    if database_files(from).get(1).is_some_and(is_open) {
        return Err(CommandError::advice(format!(
            "{name} is the folder of a server that runs or was not stopped, and no backup; \
             `enhance-server backup --data {name} --to DIR` makes one"
        )));
    }
    if !from.publisher_key().exists() && !to.publisher_key().exists() {
        return Err(CommandError::advice(format!(
            "there is no publisher.key in {name}, and phones know this server by it; put it there"
        )));
    }
    Ok(())
}

/// Looks at a database, the files that are with its backup, and the keys that it will have.
fn check_all(
    (ready, from, to): (&Folder, &Folder, &Folder),
    progress: &mut Progress<'_>,
) -> Result<Checked, CommandError> {
    let checked = check::whole_with(ready, from, progress)?;
    let keys_of = if from.publisher_key().exists() { from } else { to };
    keys::check(keys_of, &schema::open_to_read(&ready.database())?)?;
    Ok(checked)
}

fn is_same(one: &Folder, other: &Folder) -> bool {
    let real = |folder: &Folder| fs::canonicalize(folder.root()).ok();
    real(one) == real(other)
}

/// The number of the first entry that the database which is there could not pass on: others read
/// past it, and it comes to them only if they read it once more.
fn first_lost(folder: &Folder) -> Option<u64> {
    let db = schema::open_to_read(&folder.database()).ok()?;
    // Of one that cannot be read at all nobody read anything since.
    contents::first_lost(&db).ok().flatten()
}

fn begin_epoch(
    folder: &Folder,
    epoch: Epoch,
    (now, lost): (Timestamp, Option<u64>),
) -> Result<(), CommandError> {
    let mut db = schema::open(&folder.database())?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let starts_at = match lost {
        Some(lost) => {
            let sql = "SELECT min(last, ?1) FROM sequence";
            let before = i64::try_from(lost.saturating_sub(1)).unwrap_or(i64::MAX);
            let starts_at: i64 = transaction.query_row(sql, [before], |each| each.get(0))?;
            let starts_at = u64::try_from(starts_at).unwrap_or(0);
            epochs::begin_anew_after(&transaction, epoch, starts_at, now)?;
            starts_at
        }
        None => epochs::begin_anew(&transaction, epoch, now)?,
    };
    let detail = format!("epoch {epoch} after {starts_at}");
    audit::add(&transaction, Event::of_server(Action::Restore, detail), now)?;
    transaction.commit()?;
    // Closing takes what is in the log into the one file that is moved.
    db.close().map_err(|(_, error)| error.into())
}

/// The database with what is kept beside it while it is open.
fn database_files(folder: &Folder) -> Vec<PathBuf> {
    ["", "-wal", "-shm"]
        .into_iter()
        .map(|suffix| {
            let mut name = folder.database().into_os_string();
            name.push(suffix);
            PathBuf::from(name)
        })
        .collect()
}

/// Nothing is overwritten: the backup may be the wrong one.
fn move_aside(folder: &Folder, aside: &Path) -> Result<bool, StorageError> {
    let there: Vec<PathBuf> =
        database_files(folder).into_iter().filter(|file| file.exists()).collect();
    if there.is_empty() {
        return Ok(false);
    }
    make_folder(aside)?;
    for path in there {
        let Some(name) = path.file_name() else { continue };
        fs::rename(&path, aside.join(name))
            .map_err(StorageError::file(path.display().to_string()))?;
    }
    Ok(true)
}

fn remove(path: &Path) -> Result<(), StorageError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StorageError::file(path.display().to_string())(error))
        }
        _ => Ok(()),
    }
}
