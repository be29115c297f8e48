//! `cargo xtask phones`: every line of Rust that goes into the apps, type-checked for a phone of each
//! kind, on a machine with no kit of Android's or Apple's.
//!
//! The standard library is checked from its sources. What the crates build from C is left out: a
//! stand-in takes the C compiler's place (`xtask/phones/stand-in`). So this shows that the Rust is
//! right for these systems, and nothing about linking.

use std::{path::PathBuf, process::Command};

use crate::{
    files::cache,
    machine::works,
    steps::{Outcome, Steps, cargo, root, run},
};

const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// The command: type-checks the library for both systems.
pub fn check() -> Outcome {
    let mut steps = Steps::new(1 + TARGETS.len());
    let sources = steps.step("the standard library's sources", standard_library)?;
    for target in TARGETS {
        steps.step(target, || check_for(target, sources.as_ref()))?;
    }
    println!("\n{}", steps.summary());
    println!("\nThe library type-checks for {}. Nothing was linked.", TARGETS.join(" and "));
    Ok(())
}

/// Where the sources are, unless the compiler finds them by itself.
pub fn standard_library() -> Outcome<Option<PathBuf>> {
    if in_the_toolchain()? || works(&["rustup", "component", "add", "rust-src"]) {
        return Ok(None);
    }
    let script = root().join("xtask/phones/rust-src.sh");
    let found = Command::new(script)
        .arg(cache()?.join("rust-src"))
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("rust-src.sh did not start: {error}"))?;
    let path = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    match (found.status.success(), path.is_empty()) {
        (true, false) => Ok(Some(path.into())),
        _ => Err("neither rustup nor Debian offers rust-src for this compiler".to_owned()),
    }
}

fn in_the_toolchain() -> Outcome<bool> {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).output();
    let rustc = rustc.map_err(|error| format!("rustc did not start: {error}"))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&rustc.stdout).trim());
    Ok(sysroot.join("lib/rustlib/src/rust/library").is_dir())
}

fn check_for(target: &str, sources: Option<&PathBuf>) -> Outcome {
    let stand_in = root().join("xtask/phones/stand-in");
    let path = std::env::var("PATH").unwrap_or_default();
    let of = |tool: &str| format!("{tool}_{}", target.replace('-', "_"));
    let mut check = cargo(["check", "--locked", "-p", "enhance-ffi", "--target", target]);
    check
        .args(["-Zbuild-std=std,panic_unwind", "--target-dir", "target/phones"])
        // A stable compiler builds its own standard library only when told that it may.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(of("CC"), stand_in.join("cc"))
        .env(of("AR"), stand_in.join("ar"))
        .env("SDKROOT", &stand_in)
        .env("PATH", format!("{path}:{}", stand_in.display()));
    if let Some(sources) = sources {
        // Cargo's own name for "they are not in the toolchain".
        check.env("__CARGO_TESTS_ONLY_SRC_ROOT", sources);
    }
    run(&mut check)
}
