//! The places of files in the folder of an account: what else stands in one is moved out of the way,
//! and kept, since it may be somebody's.

use std::{
    io,
    path::{Path, PathBuf},
};

use enhance_store::fs;

use crate::error::Error;

/// Bytes of a file; none of what is a folder, a link or something else.
pub(crate) fn file_length(path: &Path) -> io::Result<Option<u64>> {
    let found = fs::symlink_metadata(path)?;
    Ok(found.is_file().then_some(found.len()))
}

/// Refuses a folder for files that is a link to another one: what is written there, or cleared
/// away, would be somebody's.
pub(crate) fn require_own(files: &Path) -> Result<(), Error> {
    if !is_elsewhere(files) {
        return Ok(());
    }
    Err(Error::ForeignFolder {
        folder: files.display().to_string(),
        why: "it is a link to another place, and would be written there; put a folder in its place"
            .to_owned(),
    })
}

/// Whether a folder is a link to one.
pub(crate) fn is_elsewhere(files: &Path) -> bool {
    let is_folder = |found: io::Result<fs::Metadata>| found.is_ok_and(|found| found.is_dir());
    is_folder(fs::metadata(files)) && !is_folder(fs::symlink_metadata(files))
}

/// Makes a folder for files. What stands in its place is moved out of the way.
pub(crate) fn make_folder(files: &Path) -> io::Result<()> {
    let found = fs::metadata(files);
    if !found.is_ok_and(|found| found.is_dir()) && fs::symlink_metadata(files).is_ok() {
        move_aside(files)?;
    }
    fs::create_dir_all(files)?;
    open_to_owner(files)
}

/// Bytes of a file that is one. What else stands in its place is moved out of the way.
pub(crate) fn length_or_clear(path: &Path) -> io::Result<u64> {
    match file_length(path) {
        Ok(Some(length)) => Ok(length),
        Ok(None) => move_aside(path).map(|()| 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Moves something that is none of ours, and may be somebody's, to a name beside.
fn move_aside(path: &Path) -> io::Result<()> {
    let mut aside = (1..100).map(|number| path.with_extension(format!("aside-{number}")));
    let free: Option<PathBuf> = aside.find(|one| fs::symlink_metadata(one).is_err());
    fs::rename(path, free.ok_or(io::ErrorKind::AlreadyExists)?)
}

/// Gives the owner of a folder back what somebody took: to read it, to write in it.
#[cfg(unix)]
fn open_to_owner(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o700 == 0o700 {
        return Ok(());
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn open_to_owner(_folder: &Path) -> io::Result<()> {
    Ok(())
}
