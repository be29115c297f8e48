//! The folder beside an export, which nobody else can reach here.

use std::{io, path::Path};

use enhance_store::fs::{self, File, OpenOptions};

/// Makes a folder, which nobody else can look into here.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Makes a file that is not there yet.
pub(crate) fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().create_new(true).open(path)
}

/// Opens a file of a folder beside something.
pub(crate) fn open(beside: &Path, (folder, name): (&str, &str)) -> io::Result<File> {
    File::open(beside.join(folder).join(name))
}

/// There are no links.
pub(crate) const fn is_of_link(_: &io::Error) -> bool {
    false
}
