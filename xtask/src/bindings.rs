//! `cargo xtask bindings`: the generated Kotlin, Swift and TypeScript, where each is expected.

use std::{env::consts, fs, path::Path, process::Command};

use crate::{
    files::write,
    guides,
    programs::{library_folder, program},
    steps::{Outcome, cargo, root, run},
};

/// How each value is written as bytes, for a page.
const SCHEMA: &str = "bindings/wasm/js/schema.ts";

/// The command: builds the library, and the server its tests start, and generates.
pub fn run_all() -> Outcome {
    let packages = ["-p", "enhance-server", "-p", "enhance-ffi", "-p", "enhance-bindgen"];
    run(cargo(["build"]).args(packages))?;
    generate()?;
    println!(
        "Kotlin is in target/bindings/kotlin, Swift in ios/Sources, TypeScript in bindings/wasm/js."
    );
    Ok(())
}

/// The same, unless what a page calls the core by was generated before.
pub fn unless_there() -> Outcome {
    if root().join(SCHEMA).exists() { Ok(()) } else { run_all() }
}

/// Generates from the library that was built last, and takes the code out of the guides.
pub fn generate() -> Outcome {
    let library = format!("{}enhance_ffi{}", consts::DLL_PREFIX, consts::DLL_SUFFIX);
    let library = library_folder()?.join(library);
    let out = root().join("target/bindings");
    run(Command::new(program("enhance-bindgen")?).arg(&library).arg(&out))?;
    let (swift, sources) = (out.join("swift"), root().join("ios/Sources"));
    let headers = sources.join("enhance_ffiFFI");
    place(&swift.join("EnhanceCore.swift"), &sources.join("EnhanceCore/EnhanceCore.swift"))?;
    place(&swift.join("Project.swift"), &sources.join("EnhanceCore/Project.swift"))?;
    place(&swift.join("Record.swift"), &sources.join("EnhanceCore/Record.swift"))?;
    place(&swift.join("enhance_ffiFFI.h"), &headers.join("enhance_ffiFFI.h"))?;
    place(&swift.join("enhance_ffiFFI.modulemap"), &headers.join("module.modulemap"))?;
    place(&out.join("typescript/schema.ts"), &root().join(SCHEMA))?;
    guides::extract()
}

fn place(from: &Path, to: &Path) -> Outcome {
    let text = fs::read_to_string(from).map_err(|error| format!("{}: {error}", from.display()))?;
    write(to, &text)
}
