//! The programs of this workspace that stories start.
//!
//! `ENHANCE_SERVER` and `ENHANCE_CLI` say where they are; without them they are built first, so that
//! no story is told about an old one.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The program of the server.
pub fn server() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| named_by("ENHANCE_SERVER", "enhance-server"))
}

/// The program of the terminal client.
pub fn enhance() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| named_by("ENHANCE_CLI", "enhance"))
}

/// The phone's program beside this one, for programs that cargo does not tell where it is.
#[track_caller]
pub fn phone() -> PathBuf {
    let own = env::current_exe().expect("the path of this program");
    own.with_file_name(format!("enhance-phone{}", env::consts::EXE_SUFFIX))
}

#[track_caller]
fn named_by(variable: &str, program: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| build(program), PathBuf::from)
}

#[track_caller]
fn build(program: &str) -> PathBuf {
    let own = env::current_exe().expect("the path of this program");
    let target =
        own.ancestors().find(|folder| folder.ends_with("debug") || folder.ends_with("release"));
    let folder = target.expect("a folder of cargo's");
    // As part of the whole workspace, so that nothing is compiled twice for other features.
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--workspace"]);
    cargo
        .args(["--bin", program])
        .env("CARGO_TARGET_DIR", folder.parent().expect("a target folder"));
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo.status().expect("cargo");
    assert!(status.success(), "{program} could not be built");
    folder.join(format!("{program}{}", env::consts::EXE_SUFFIX))
}
