//! Whether a folder is this account's to work in, told before anything in it is touched.

use std::{fs, io, os::unix::fs::MetadataExt, path::Path};

use rustix::{
    fs::{Access, access},
    io::Errno,
    process::geteuid,
};

use crate::{OpenError, file::files::io_error};

/// Makes the folder, and refuses one that is read-only, another user's, or none.
pub(crate) fn require_folder(folder: &Path) -> Result<(), OpenError> {
    fs::create_dir_all(folder).map_err(|error| not_made(folder, error))?;
    require(folder, "there is no permission to look into it", Access::EXEC_OK)
}

/// Refuses a file that is there and is read-only, another user's, a link, or none.
pub(crate) fn require_file(path: &Path) -> Result<(), OpenError> {
    match fs::metadata(path) {
        Ok(_) if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) => {
            Err(foreign(path, "it is a link to another place, and would be written there"))
        }
        Ok(found) if found.is_file() => {
            require(path, "there is no permission to read it", Access::READ_OK)
        }
        Ok(_) => Err(foreign(path, "something else is in the place of a file")),
        // A disk that is not there at the moment: what is on it must not be begun anew here.
        Err(_) if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) => {
            Err(foreign(path, "it is a link that leads nowhere at the moment"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io_error(path)(error)),
    }
}

fn require(path: &Path, unread: &'static str, to_read: Access) -> Result<(), OpenError> {
    let found = fs::metadata(path).map_err(io_error(path))?;
    if found.uid() != geteuid().as_raw() {
        return Err(foreign(path, "it belongs to another user"));
    }
    access(path, to_read).map_err(|_| foreign(path, unread))?;
    match access(path, Access::WRITE_OK) {
        Ok(()) => Ok(()),
        Err(Errno::ROFS | Errno::ACCESS | Errno::PERM) => {
            Err(OpenError::ReadOnly { path: path.to_owned() })
        }
        Err(errno) => Err(io_error(path)(errno.into())),
    }
}

fn not_made(folder: &Path, error: io::Error) -> OpenError {
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            foreign(folder, "a file is in its place")
        }
        io::ErrorKind::PermissionDenied => foreign(folder, "there is no permission to make it"),
        io::ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly { path: folder.to_owned() },
        _ => io_error(folder)(error),
    }
}

fn foreign(path: &Path, why: &'static str) -> OpenError {
    OpenError::Foreign { path: path.to_owned(), why }
}
