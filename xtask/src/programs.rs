//! The programs and the library that cargo built, beside this one.

use std::path::PathBuf;

use crate::steps::Outcome;

/// Tells the tests and the story which server to start; without it they build their own.
pub const SERVER: &str = "ENHANCE_SERVER";

/// A program we built, beside this one.
pub fn program(name: &str) -> Outcome<PathBuf> {
    let me = std::env::current_exe().map_err(|error| format!("where is xtask? {error}"))?;
    Ok(me.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The folder in which cargo leaves the library, whether it was asked for programs or for tests.
pub fn library_folder() -> Outcome<PathBuf> {
    Ok(program("deps")?.with_extension(""))
}
