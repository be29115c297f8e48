//! The Swift package on Linux: with the Swift of this machine, or with that of a Debian 13 in a
//! folder of its own, made once and kept outside the project.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    files::cache,
    machine::works,
    programs::{SERVER, library_folder, program},
    steps::{Outcome, root, run, run_reading},
};

/// Another number makes everybody's toolchain anew.
const TOOLCHAIN: &str = "swift-trixie-1";

/// Where Swift comes from.
pub enum Toolchain {
    /// It is on this machine.
    Here,
    /// It is in a folder.
    Folder(PathBuf),
    /// It cannot be had on this machine, for this reason.
    Nowhere(String),
}

/// Finds Swift, or gets it.
pub fn toolchain() -> Outcome<Toolchain> {
    let found = look()?;
    if let Toolchain::Folder(folder) = &found {
        if !is_ready(folder) {
            println!("making {}", made_in(folder));
        }
        run(Command::new(root().join("xtask/swift/toolchain.sh")).arg(folder))?;
    }
    Ok(found)
}

/// What [`toolchain`] would install.
pub fn to_install() -> Vec<String> {
    match look() {
        Ok(Toolchain::Folder(folder)) if !is_ready(&folder) => vec![made_in(&folder)],
        _ => Vec::new(),
    }
}

/// Where Swift is, or where it would be made.
fn look() -> Outcome<Toolchain> {
    if !cfg!(target_os = "linux") {
        return Ok(Toolchain::Nowhere("these tests link the library as Linux does".to_owned()));
    }
    if works(&["swift", "--version"]) {
        return Ok(Toolchain::Here);
    }
    if !works(&["sh", "-c", "test \"$(id -u)\" = 0 && command -v apt-get"]) {
        let reason = "there is no Swift here, and getting it takes root on a Debian or Ubuntu";
        return Ok(Toolchain::Nowhere(reason.to_owned()));
    }
    Ok(Toolchain::Folder(cache()?.join(TOOLCHAIN)))
}

fn is_ready(folder: &Path) -> bool {
    folder.join(".ready").exists()
}

fn made_in(folder: &Path) -> String {
    let folder = folder.display();
    format!("a Debian 13 with Swift in {folder} (about three minutes, 2 GB), by debootstrap")
}

/// Compiles the package and runs its tests over the library that was built last; says how many
/// passed.
pub fn test(toolchain: &Toolchain) -> Outcome<u64> {
    let mut passed = 0;
    let mut test = swift(toolchain, &library_folder()?, "test", &[])?;
    run_reading(&mut test, |line| passed += tests_in(line))?;
    Ok(passed)
}

/// Checks how the hand-written Swift is laid out.
pub fn lint(toolchain: &Toolchain) -> Outcome {
    let hand_written = [
        "Package.swift",
        "Sources/EnhanceCore/Conformances.swift",
        "Sources/EnhanceCore/Values.swift",
        "Sources/EnhanceKit",
        "Sources/EnhanceKitTesting",
        "Sources/enhance-phone",
        "Tests",
        "Guide",
    ];
    let mut lint = command(toolchain, &[]);
    lint.args(["swift-format", "lint", "--strict", "--recursive", "--parallel"]);
    run(lint.args(hand_written.map(|path| format!("ios/{path}"))))
}

/// A command of the Swift package manager on the package, with the core's library of a folder.
pub fn swift(toolchain: &Toolchain, library: &Path, verb: &str, more: &[&str]) -> Outcome<Command> {
    let server = program("enhance-server")?;
    let library = library.display();
    let content = root().join("content/enhance");
    let environment = [(SERVER, server.as_path()), ("ENHANCE_CONTENT", content.as_path())];
    let mut swift = command(toolchain, &environment);
    swift.args(["swift", verb, "--package-path", "ios", "--scratch-path", "target/swift"]);
    // On Linux libswiftObservation names a symbol that nothing defines.
    let linking = [format!("-L{library}"), format!("-rpath={library}")];
    for option in linking.iter().map(String::as_str).chain(["--allow-shlib-undefined"]) {
        swift.args(["-Xlinker", option]);
    }
    swift.args(more);
    Ok(swift)
}

/// A command that finds Swift and these variables.
fn command(toolchain: &Toolchain, environment: &[(&str, &Path)]) -> Command {
    let mut command = match toolchain {
        Toolchain::Folder(folder) => {
            let mut inside = Command::new(root().join("xtask/swift/inside.sh"));
            inside.arg(folder).arg(root());
            inside
        }
        Toolchain::Here | Toolchain::Nowhere(_) => Command::new("env"),
    };
    command.current_dir(root());
    command.args(environment.iter().map(|(name, value)| format!("{name}={}", value.display())));
    command
}

/// The number in a line such as `Test run with 20 tests in 4 suites passed after 3 seconds.`
fn tests_in(line: &str) -> u64 {
    let passed = line.split_once("Test run with ").filter(|(_, rest)| rest.contains(" passed "));
    passed.and_then(|(_, rest)| rest.split(' ').next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_tests_are_counted_and_failed_ones_are_not() {
        assert_eq!(tests_in("✔ Test run with 20 tests passed after 3.1 seconds."), 20);
        assert_eq!(tests_in("✔ Test run with 20 tests in 4 suites passed after 3.1 seconds."), 20);
        assert_eq!(tests_in("✘ Test run with 20 tests failed after 3.1 seconds."), 0);
        assert_eq!(tests_in("◇ Test run started."), 0);
    }
}
