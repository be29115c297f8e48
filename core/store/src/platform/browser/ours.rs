//! In a browser every folder is this account's: the origin has them for itself.

use std::path::Path;

use super::fs;
use crate::{OpenError, file::files::io_error};

/// Sees to it that the folder is listed.
pub(crate) fn require_folder(folder: &Path) -> Result<(), OpenError> {
    fs::create_dir_all(folder).map_err(io_error(folder))
}

/// Nobody else could have put anything in the place of a file.
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can be refused")]
pub(crate) const fn require_file(_: &Path) -> Result<(), OpenError> {
    Ok(())
}
