//! Building the page of the supervisor's desk.

use std::{path::PathBuf, process::Command};

use crate::steps::{Outcome, root, run};

/// Builds the page and says in which folder it is then.
pub fn build() -> Outcome<PathBuf> {
    let folder = root().join("web");
    let npm = |arguments: &[&str]| run(Command::new("npm").current_dir(&folder).args(arguments));
    if !is_installed(&folder) {
        npm(&["ci", "--no-fund", "--no-audit"])?;
    }
    npm(&["run", "build", "--silent"])?;
    Ok(folder.join("dist"))
}

/// Whether the packages are those of the lock file. npm notes when it has installed them.
fn is_installed(folder: &std::path::Path) -> bool {
    let made = |name: &str| std::fs::metadata(folder.join(name)).and_then(|m| m.modified()).ok();
    let (Some(lock), Some(installed)) =
        (made("package-lock.json"), made("node_modules/.package-lock.json"))
    else {
        return false;
    };
    lock <= installed
}
