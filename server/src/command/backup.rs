//! `backup`: everything the server keeps, as of one moment, while it runs.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;
use enhance_model::Timestamp;
use rusqlite::{
    TransactionBehavior,
    types::{ToSqlOutput, ValueRef},
};

use super::{
    arguments::{DataFolder, require_outside},
    check::{self, Checked, ask_again},
    error::CommandError,
    progress::Progress,
};
use crate::{
    storage::{
        Folder, StorageError, audit,
        audit::{Action, Event},
        blobs,
        folder::make_folder,
        packs, schema, whole_file,
    },
    surroundings::Surroundings,
};

/// Copy everything the server keeps, as of one moment. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  enhance-server backup --data /srv/enhance --to /backup/2026-11-22

The backup holds everything, the keys that sign packs and receipts included: keep it as safe as
the server.")]
pub struct Backup {
    #[command(flatten)]
    folder: DataFolder,
    /// A folder for the backup; must be empty or not be there yet.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

impl Backup {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let from = Folder::existing(&self.folder.data)?;
        require_outside(&self.to, &from)?;
        if is_occupied(&self.to)? {
            let sentence = format!("{} is not empty; name a new folder", self.to.display());
            return Err(CommandError::advice(sentence));
        }
        // What is damaged must not take the place of a good backup.
        let checked = check::whole(&from, &mut Progress::new(out))?;
        let made = Unfinished::begin(&self.to)?;
        let copied = copy(&from, &made, &checked, (surroundings, &mut *out));
        let finished = copied.and_then(|()| made.finish());
        if let Err(error) = finished {
            made.remove();
            return Err(error);
        }
        writeln!(out, "Everything is in {}.", self.to.display())?;
        if let Some(sentence) = checked.attachments() {
            writeln!(out, "Warning: without these attachments: {sentence}.")?;
            writeln!(
                out,
                "Phones that have them send them again once they are asked: enhance-server check \
                 --data {} --ask-again",
                self.folder.data.display()
            )?;
        }
        writeln!(
            out,
            "To go back to it: stop the server, then enhance-server restore --data {} --from {}",
            self.folder.data.display(),
            self.to.display()
        )?;
        Ok(())
    }
}

/// Copies everything as of one moment, and looks at what was copied.
fn copy(
    from: &Folder,
    made: &Unfinished,
    checked: &Checked,
    (surroundings, out): (&dyn Surroundings, &mut dyn io::Write),
) -> Result<(), CommandError> {
    let (db, now) = (schema::open(&from.database())?, surroundings.now());
    let to = &made.folder;
    // As the bytes it has on this machine, which need not be text.
    let file = std::path::absolute(to.database())?;
    let file = ValueRef::Text(file.as_os_str().as_encoded_bytes());
    db.execute("VACUUM INTO ?1", [ToSqlOutput::Borrowed(file)])?;
    // The server that runs is to know its own from this one.
    schema::mark(&schema::open(&to.database())?, 0)?;
    ask_again(to, &checked.damaged, now)?;
    copy_rest(from, to, to)?;
    Folder::make(to.root())?;
    check::whole(to, &mut Progress::new(out))?;
    // One that failed is none, and is still missed.
    [from, to].into_iter().try_for_each(|folder| note(folder, now))
}

fn note(folder: &Folder, now: Timestamp) -> Result<(), CommandError> {
    let mut db = schema::open(&folder.database())?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    audit::add(&transaction, Event::of_server(Action::Backup, ""), now)?;
    transaction.commit()?;
    // Closing takes what is in the log into the one file that is moved.
    db.close().map_err(|(_, error)| error.into())
}

/// A backup that is being made in a folder within its own, so that what is in that itself is whole:
/// the database comes there last.
struct Unfinished {
    folder: Folder,
    within: PathBuf,
    /// Whether the folder of the backup was made for it.
    is_new: bool,
}

impl Unfinished {
    fn begin(within: &Path) -> Result<Self, StorageError> {
        let is_new = !within.exists();
        let folder = make_folder(within).and_then(|()| Folder::make(&within.join("unfinished")));
        let folder = folder.inspect_err(|_| drop(is_new.then(|| fs::remove_dir_all(within))))?;
        Ok(Self { folder, within: within.to_owned(), is_new })
    }

    /// Takes everything out of it, the database last.
    fn finish(&self) -> Result<(), CommandError> {
        let what = || StorageError::file(self.within.display().to_string());
        let database = self.folder.database();
        let files = fs::read_dir(self.folder.root()).map_err(what())?;
        let files = files.map(|file| file.map(|file| file.path())).collect::<Result<Vec<_>, _>>();
        let rest = files.map_err(what())?.into_iter().filter(|file| *file != database);
        for file in rest.chain([database.clone()]) {
            let Some(name) = file.file_name() else { continue };
            fs::rename(&file, self.within.join(name)).map_err(what())?;
        }
        fs::remove_dir(self.folder.root()).map_err(what())?;
        Folder::make(&self.within)?;
        fs::File::open(&self.within).and_then(|folder| folder.sync_all()).map_err(what())?;
        Ok(())
    }

    /// Removes what was made of it. Without its database it is no backup in any case.
    fn remove(&self) {
        let of_it = if self.is_new { &self.within } else { self.folder.root() };
        if let Err(error) = fs::remove_dir_all(of_it) {
            tracing::warn!(%error, folder = %of_it.display(), "left of a backup that failed");
        }
    }
}

fn is_occupied(folder: &Path) -> Result<bool, StorageError> {
    match fs::read_dir(folder) {
        Ok(mut files) => Ok(files.next().is_some()),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(file) if file.kind() == io::ErrorKind::NotADirectory => {
            let file = io::Error::new(file.kind(), "this is a file and no folder");
            Err(StorageError::file(folder.display().to_string())(file))
        }
        Err(error) => Err(StorageError::file(folder.display().to_string())(error)),
    }
}

/// Copies the keys and the files that the database in `named` names.
pub(super) fn copy_rest(from: &Folder, to: &Folder, named: &Folder) -> Result<(), CommandError> {
    let db = schema::open_to_read(&named.database())?;
    for sha256 in packs::files(&db)? {
        copy_file(&from.file(sha256), &to.file(sha256))?;
    }
    for (person, sha256) in blobs::whole(&db)? {
        let (from, to) = (from.blob(person, sha256), to.blob(person, sha256));
        // One that is destroyed meanwhile belongs to nothing, and phones send what is lacking.
        if from.exists() {
            copy_file(&from, &to)?;
        }
    }
    for (from, to) in
        [(from.publisher_key(), to.publisher_key()), (from.receipt_key(), to.receipt_key())]
    {
        if from.exists() {
            copy_file(&from, &to)?;
        }
    }
    Ok(())
}

/// Copies a file so that it is there whole or not at all.
pub(super) fn copy_file(from: &Path, to: &Path) -> Result<(), StorageError> {
    let what = || StorageError::file(format!("{} to {}", from.display(), to.display()));
    whole_file::check(from)?;
    if let Some(parent) = to.parent() {
        make_folder(parent)?;
    }
    let part = to.with_extension("part");
    fs::copy(from, &part).map_err(what())?;
    fs::File::open(&part).and_then(|file| file.sync_all()).map_err(what())?;
    fs::rename(&part, to).map_err(what())
}
