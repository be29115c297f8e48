//! The folder beside an export: readable by its owner alone, and read as what a stranger may have
//! put there.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use rustix::fs::{Mode, OFlags, openat};

/// Makes a folder that its owner alone can look into.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Makes a file that is not there yet and that its owner alone can read.
pub(crate) fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Opens a file of a folder beside something, never what a link leads to, and waits for nothing.
pub(crate) fn open(beside: &Path, (folder, name): (&str, &str)) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let beside = File::open(beside)?;
    let folder = openat(&beside, folder, flags | OFlags::DIRECTORY, Mode::empty())?;
    Ok(File::from(openat(&folder, name, flags | OFlags::NONBLOCK, Mode::empty())?))
}

/// Whether an error says that there is a link.
pub(crate) fn is_of_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}
