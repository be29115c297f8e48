//! `cargo xtask web`: the whole core as a WebAssembly module, with what a page loads it by.
//!
//! Panics unwind in it, since the gate relies on catching them; no ready-made standard library does
//! that, so it is built along. What is made is in `target/web`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    demo, machine,
    phones::standard_library,
    steps::{Outcome, Steps, cargo, root, run},
};

const TARGET: &str = "wasm32-unknown-unknown";
const MODULE: &str = "enhance_wasm";

/// Bytes that the module has at most as it goes over the network. It is larger than it is aimed to
/// be, and is to grow no further.
const AT_MOST: u64 = 2_400_000;
const AIMED_AT: u64 = 1_300_000;

/// How the standard library is built: small where it may choose, and without what names the places
/// of a panic, which a browser has nowhere to write.
const STANDARD_LIBRARY: &str =
    "-Zbuild-std-features=panic-unwind,optimize_for_size,backtrace-trace-only";
/// A panic where something is let go of is a trap: to catch it takes code at each such place.
const RUST: &str =
    "-Cpanic=unwind -Zpanic-in-drop=abort -Zlocation-detail=none -Zfmt-debug=shallow";

/// The ways of zstd to compress that none of our levels asks for, and what it does for speed alone.
const C: [&str; 6] = [
    "-DZSTD_EXCLUDE_BTLAZY2_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_BTOPT_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_BTULTRA_BLOCK_COMPRESSOR",
    "-DZSTD_NO_INLINE",
    "-DZSTD_STRIP_ERROR_STRINGS",
    "-DHUF_FORCE_DECOMPRESS_X1",
];

/// What a browser of today understands; with more than that some refuse the module.
const UNDERSTOOD: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-exception-handling",
];

/// The command: makes the module. With `--quick` larger and slower, for development.
pub fn make(options: &[&str]) -> Outcome {
    let quick = match options {
        [] => false,
        ["--quick"] => true,
        _ => return Err("cargo xtask web [--quick]".to_owned()),
    };
    let mut steps = Steps::new(if quick { 4 } else { 5 });
    let tools = steps.step("the tools", tools)?;
    steps.step("clippy on what only a browser compiles", lint)?;
    let module = steps.step("the module", || module(quick))?;
    let made = root().join("target/web");
    steps.step("what a page loads it by", || bind(&tools, &module, &made))?;
    if !quick {
        steps.step("the module made smaller", || make_smaller(&tools, &made))?;
    }
    println!("\n{}", steps.summary());
    size(&made.join(format!("{MODULE}_bg.wasm")), quick)
}

/// Where the tools are that cargo and npm bring.
fn tools() -> Outcome<PathBuf> {
    machine::web()?;
    let tools = root().join("target/tools");
    let version = version_in_use("wasm-bindgen")?;
    let binder = tools.join("bin/wasm-bindgen");
    let found = Command::new(&binder).arg("--version").output();
    let is_here = found.is_ok_and(|found| {
        String::from_utf8_lossy(&found.stdout).trim() == format!("wasm-bindgen {version}")
    });
    if !is_here {
        println!("installing wasm-bindgen-cli {version} into target/tools: it writes the glue");
        let what = ["install", "wasm-bindgen-cli", "--version", &version, "--force", "--root"];
        let only = ["--no-default-features", "--bin", "wasm-bindgen"];
        run(cargo(what).arg(&tools).args(only))?;
    }
    if !tools.join("node_modules/binaryen/bin/wasm-opt").exists() {
        println!("installing binaryen into target/tools: it makes the module smaller");
        for file in ["package.json", "package-lock.json"] {
            let from = root().join("xtask/web").join(file);
            fs::copy(&from, tools.join(file))
                .map_err(|error| format!("{}: {error}", from.display()))?;
        }
        run(Command::new("npm").args(["ci", "--ignore-scripts", "--prefix"]).arg(&tools))?;
    }
    Ok(tools)
}

/// The version of a crate in the lock file.
fn version_in_use(of: &str) -> Outcome<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = {of:?}"));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = "));
    let version = version.ok_or_else(|| format!("{of} is not in Cargo.lock"))?;
    Ok(version.trim_matches('"').to_owned())
}

fn module(quick: bool) -> Outcome<PathBuf> {
    let (profile, folder) = if quick { ("dev", "debug") } else { ("web", "web") };
    run(&mut for_browsers("build", profile)?)?;
    let made = root().join("target/web-build").join(TARGET).join(folder);
    Ok(made.join(format!("{MODULE}.wasm")))
}

fn lint() -> Outcome {
    machine::component("clippy", &["cargo", "clippy", "--version"])?;
    let ours = ["-p", "enhance-client", "-p", "enhance-store", "-p", "libsqlite3-sys"];
    run(for_browsers("clippy", "dev")?.args(ours).args(["--", "-D", "warnings"]))
}

/// A cargo command on the module, with a standard library of its own.
fn for_browsers(what: &str, profile: &str) -> Outcome<Command> {
    let mut command = cargo([what, "--locked", "-p", "enhance-wasm", "--target", TARGET]);
    command
        .args(["-Zbuild-std=std,panic_unwind", STANDARD_LIBRARY])
        .args(["--target-dir", "target/web-build"])
        .args(["--config", "profile.dev.debug=false", "--profile", profile])
        .env("RUSTFLAGS", RUST)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?)
        .env("CFLAGS_wasm32_unknown_unknown", C.join(" "))
        // A stable compiler builds its own standard library only when told that it may.
        .env("RUSTC_BOOTSTRAP", "1");
    if let Some(sources) = standard_library()? {
        command.env("__CARGO_TESTS_ONLY_SRC_ROOT", sources);
    }
    Ok(command)
}

/// This program is the linker as well, see [`crate::link`]. It is looked for by its name: a build
/// of the whole workspace puts another in the place of the one that runs.
fn linker() -> Outcome<PathBuf> {
    demo::program(env!("CARGO_PKG_NAME"))
}

fn bind(tools: &Path, module: &Path, made: &Path) -> Outcome {
    run(Command::new(tools.join("bin/wasm-bindgen"))
        .args(["--target", "web", "--remove-name-section", "--remove-producers-section"])
        .arg("--out-dir")
        .arg(made)
        .arg(module))?;
    let glue = made.join(format!("{MODULE}.js"));
    let text = fs::read_to_string(&glue).map_err(|error| format!("{}: {error}", glue.display()))?;
    // What C calls and nobody defines would be asked of the page.
    if text.contains("from \"env\"") {
        return Err(format!("{}: the module wants a function that is not there", glue.display()));
    }
    Ok(())
}

fn make_smaller(tools: &Path, made: &Path) -> Outcome {
    let (large, small) =
        (made.join(format!("{MODULE}_bg.wasm")), made.join(format!("{MODULE}.small")));
    run(Command::new("node")
        .arg(tools.join("node_modules/binaryen/bin/wasm-opt"))
        .arg("-Oz")
        .args(UNDERSTOOD)
        .arg(&large)
        .arg("-o")
        .arg(&small))?;
    fs::rename(&small, &large).map_err(|error| format!("{}: {error}", small.display()))
}

/// Says how large the module is, and whether that is too large to be waited for.
fn size(module: &Path, quick: bool) -> Outcome {
    let raw = fs::metadata(module).map_err(|error| format!("{}: {error}", module.display()))?.len();
    if quick {
        println!("\n{}: {raw} bytes, for development", module.display());
        return Ok(());
    }
    let script = "const {readFileSync: read} = require('fs'), zlib = require('zlib'); \
        const {BROTLI_PARAM_LGWIN: window, BROTLI_MAX_WINDOW_BITS: most} = zlib.constants; \
        const params = {[window]: most}; \
        console.log(zlib.brotliCompressSync(read(process.argv[1]), {params}).length)";
    let packed = Command::new("node").args(["-e", script]).arg(module).output();
    let packed = packed.map_err(|error| format!("node did not start: {error}"))?.stdout;
    let packed = String::from_utf8_lossy(&packed).trim().parse::<u64>();
    let packed = packed.map_err(|error| format!("node did not say how large it is: {error}"))?;
    println!("\n{}: {raw} bytes, {packed} with brotli", module.display());
    if packed > AT_MOST {
        return Err(format!("the module is to have {AT_MOST} bytes with brotli at most"));
    }
    if packed > AIMED_AT {
        println!("that is {} more than are aimed at", packed - AIMED_AT);
    }
    Ok(())
}
