//! The packages that npm fetches for the desk, and what is made with them.

use std::{fs, path::PathBuf, process::Command, time::SystemTime};

use crate::steps::{Outcome, root, run};

/// Makes sure that the packages are those of the lock file. npm notes when it has installed them.
pub fn packages() -> Outcome {
    let made = |name: &str| -> Option<SystemTime> {
        fs::metadata(root().join("web").join(name)).and_then(|file| file.modified()).ok()
    };
    let lock = made("package-lock.json");
    match made("node_modules/.package-lock.json") {
        Some(installed) if lock.is_some_and(|lock| lock <= installed) => Ok(()),
        _ => run(&mut npm(["ci"])),
    }
}

/// What a page calls the core by, as a browser reads it: the folder in which it is then.
pub fn compiled() -> Outcome<PathBuf> {
    packages()?;
    let here = root().join("bindings/wasm");
    let made = root().join("target/web/js");
    run(Command::new("node")
        .arg(root().join("web/node_modules/typescript/bin/tsc"))
        .arg("--project")
        .arg(&here)
        .args(["--noEmit", "false", "--rootDir"])
        .arg(here.join("js"))
        .arg("--outDir")
        .arg(&made))?;
    Ok(made)
}

/// An npm command in the folder of the desk.
pub fn npm<const N: usize>(arguments: [&str; N]) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(root().join("web")).args(["--silent", "--no-fund", "--no-audit"]);
    npm.args(arguments);
    // What it prints is read line by line, and colours would be in the way.
    npm.env("NO_COLOR", "1").env("npm_config_update_notifier", "false");
    npm
}
