//! The folder beside an export, in which the files of attachments are: written so that nobody else
//! reads them, and read as what a stranger may have put there.

use std::{
    io::{self, ErrorKind, Read, Write as _},
    path::{Path, PathBuf},
};

use enhance_model::{
    attachment::{MOST_BYTES, is_plain},
    disk,
};
use enhance_store::fs::{self, File};

use super::fault::FileFault;
use crate::{
    error::{Error, InputField},
    platform::beside,
};

/// Names that are looked at for what no export wrote.
const MOST_NAMES: usize = 50_000;

/// A folder to which files are exported.
pub(super) struct NewFolder {
    path: PathBuf,
    /// What it is called, as paths in the export begin.
    pub(super) name: String,
}

impl NewFolder {
    /// The folder at a path, which need not be there yet.
    pub(super) fn at(path: &Path) -> Result<Self, Error> {
        let name = path.file_name().and_then(|name| name.to_str()).filter(|name| is_plain(name));
        let Some(name) = name else {
            let reason = "the folder for files needs a name that every system can have";
            return Err(Error::invalid(InputField::Export, reason));
        };
        Ok(Self { path: path.to_owned(), name: name.to_owned() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder, readable by its owner alone.
    pub(super) fn make(&self) -> Result<(), Error> {
        beside::make_folder(&self.path).map_err(|error| unwritten(&self.path, &error))
    }

    /// Puts a file into it, whole and durable or not at all. It takes the place of what has its
    /// name, and writes through no link.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let whole = self.path.join(name);
        let begun = self.path.join(format!(".{name}.part"));
        let written = || -> io::Result<()> {
            match fs::remove_file(&begun) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = beside::new_file(&begun)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&begun, &whole)
        };
        written().map_err(|error| {
            // What is left of it would only take room.
            let _ = fs::remove_file(&begun);
            unwritten(&whole, &error)
        })
    }

    /// Makes sure that the names of what was put into it are still there after the power went.
    pub(super) fn keep(&self) -> Result<(), Error> {
        let kept = File::open(&self.path).and_then(|folder| folder.sync_all());
        kept.map_err(|error| unwritten(&self.path, &error))
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    if disk::has_no_room(error) {
        return Error::StorageFull;
    }
    if disk::takes_no_writing(error) {
        return Error::ReadOnlyFolder { folder: path.display().to_string() };
    }
    Error::invalid(InputField::Export, format_args!("{}: {error}", path.display()))
}

/// What is in a file that an export names: of a folder beside it, never of where a link leads.
/// Nothing is waited for, and no more is read than an attachment has.
pub(super) fn read(beside: &Path, place: (&str, &str)) -> Result<Vec<u8>, FileFault> {
    let file = beside::open(beside, place).map_err(|error| fault(&error))?;
    let what = file.metadata().map_err(|error| fault(&error))?;
    if !what.is_file() {
        return Err(FileFault::NoFile);
    }
    if what.len() > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    Ok(bytes)
}

fn fault(error: &io::Error) -> FileFault {
    match error.kind() {
        ErrorKind::NotFound => FileFault::Missing,
        ErrorKind::NotADirectory | ErrorKind::IsADirectory => FileFault::NoFile,
        _ if beside::is_of_link(error) => FileFault::NoFile,
        _ => FileFault::Unreadable,
    }
}

/// What lies in a folder beside an export. What begins with a dot is the system's own.
pub(super) fn names(beside: &Path, folder: &str) -> Vec<String> {
    let Ok(found) = fs::read_dir(beside.join(folder)) else { return Vec::new() };
    let names = found.take(MOST_NAMES).flatten();
    let names = names.map(|file| file.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}
