//! The library for phones as it is released here: stripped, and compressed as in an app's archive.

use std::{fs, io::Write, process::Command};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::DeflateEncoder};

use crate::{
    bench::{Bench, root, target},
    frame::{
        case::{Case, Unit},
        goal::Goal,
    },
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let folder = target();
    let folder = folder.parent().context("cargo's folder")?;
    if !bench.quick {
        bench.say("building the library as it is released");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .current_dir(root())
            .args(["build", "--quiet", "--profile", "phone", "-p", "enhance-ffi"])
            .env("CARGO_TARGET_DIR", folder)
            .status()?;
        ensure!(built.success(), "the library does not build");
    }
    let name =
        format!("{}enhance_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let stripped = bench.folder("library")?.join(&name);
    let done = Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(folder.join("phone").join(&name))
        .status()
        .context("strip is not here")?;
    ensure!(done.success(), "the library is not built: leave out --quick");
    let library = fs::read(&stripped)?;
    let mut compressed = DeflateEncoder::new(Vec::new(), Compression::best());
    compressed.write_all(&library)?;
    let compressed = compressed.finish()?;
    for (what, bytes, most) in [
        ("library for phones, stripped", library.len(), 9_000_000.0),
        ("library for phones, stripped and compressed", compressed.len(), 3_200_000.0),
    ] {
        let mut case = Case::new(what).unit(Unit::Bytes).goal(Goal::AtMost(most));
        case.ours_is(f64::from(u32::try_from(bytes)?));
        bench.report(&case);
    }
    bench.not_run(
        "first open with loading",
        "cargo xtask figures measures it from Kotlin and Swift",
    );
    Ok(())
}
