//! `cargo xtask figures`: what the README says about the library for phones, measured here and now.

use std::{fs, path::Path, process::Command};

use crate::{
    bindings, kotlin, machine,
    steps::{Outcome, Steps, cargo, root, run},
    swift::{self, Toolchain},
};

/// The command: size and cost of the library for phones.
pub fn measure() -> Outcome {
    let mut steps = Steps::new(5);
    steps.step("the programs", || {
        machine::prepare()?;
        bindings::run_all()
    })?;
    let libraries = root().join("target/phone");
    steps.step("the library as it is released", || {
        run(&mut cargo(["build", "--profile", "phone", "-p", "enhance-ffi"]))
    })?;
    steps.step("its size", || size(&libraries.join("libenhance_ffi.so")))?;
    steps.step("Kotlin on this machine's JVM", || {
        machine::java()?;
        let mut maven = kotlin::maven(&root().join("target/maven"), &libraries)?;
        run(maven.args(["--projects", "kotlin", "test-compile", "exec:exec"]))
    })?;
    steps.step("Swift", || match swift::toolchain()? {
        Toolchain::Nowhere(reason) => {
            println!("not measured: {reason}");
            Ok(())
        }
        here => {
            let phone = ["--configuration", "release", "enhance-phone", "figures"];
            run(&mut swift::swift(&here, &libraries, "run", &phone)?)
        }
    })?;
    println!("\n{}", steps.summary());
    Ok(())
}

fn size(library: &Path) -> Outcome {
    let stripped = library.with_extension("stripped.so");
    run(Command::new("strip").arg("-o").arg(&stripped).arg(library))?;
    let bytes =
        fs::metadata(&stripped).map_err(|error| format!("{}: {error}", stripped.display()))?.len();
    let packed = Command::new("gzip").args(["-9", "--stdout"]).arg(&stripped).output();
    let packed =
        packed.map_err(|error| format!("gzip did not start: {error}"))?.stdout.len() as u64;
    println!(
        "the stripped library: {}, compressed as in a package {} ({})",
        megabytes(bytes),
        megabytes(packed),
        std::env::consts::ARCH
    );
    Ok(())
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}
