//! Where files of packs are put, and how much room they leave for what a person writes.

use std::{
    io,
    path::{Path, PathBuf},
};

use enhance_store::{free_bytes, fs};

use crate::{
    error::Error,
    state::pack::{file_length, files_in},
};

/// Bytes that files of packs leave free on the disk: what a person writes comes first. A thousand
/// reflections of a few hundred words find room in them.
pub(super) const KEPT_FOR_WORDS: u64 = 512 << 10;

/// How many times its bytes a text of a pack takes: as a file, in the search index with what the
/// index keeps of it, and in the log on its way there.
pub(super) const TEXT_TAKES: u64 = 6;

/// Refuses to take so many bytes more if too few would be left for what a person writes.
pub(super) fn leave_for_words(folder: &Path, bytes: u64) -> Result<(), Error> {
    match free_bytes(folder) {
        Some(free) if free < bytes.saturating_add(KEPT_FOR_WORDS) => Err(Error::StorageFull),
        _ => Ok(()),
    }
}

/// Makes the folder of the files. What stands in its place is moved out of the way.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let files = files_in(folder);
    let found = fs::metadata(&files);
    if !found.is_ok_and(|found| found.is_dir()) && fs::symlink_metadata(&files).is_ok() {
        move_aside(&files)?;
    }
    fs::create_dir_all(&files)?;
    open_to_owner(&files)
}

/// Bytes of a file that is one. What else stands in its place is moved out of the way.
pub(super) fn length_or_clear(path: &Path) -> io::Result<u64> {
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
fn open_to_owner(_folder: &Path) -> io::Result<()> {
    Ok(())
}
