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
    bindings, machine, node,
    phones::standard_library,
    programs::{SERVER, program},
    steps::{Outcome, Steps, cargo, root, run},
};

const TARGET: &str = "wasm32-unknown-unknown";
const MODULE: &str = "enhance_wasm";

/// How what asks for the rest of the module begins, as the glue calls it.
const ASKS_FOR_REST: &str = "__wbg_enhanceRest";
/// Bytes that a page waits for at most, as they go over the network.
const FIRST_AT_MOST: u64 = 1_300_000;
/// Bytes that both parts have at most. That is a lot for a phone's network; it grew by 36 KB with what
/// says why an answer is what it is, and is to grow no more.
const AT_MOST: u64 = 2_530_000;
/// A module with nothing in it.
const NOTHING: &[u8] = b"\0asm\x01\0\0\0";

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

/// The command: makes the module. With `--quick` larger, slower and in one part, for development.
pub fn make(options: &[&str]) -> Outcome {
    let quick = match options {
        [] => false,
        ["--quick"] => true,
        _ => return Err("cargo xtask web [--quick]".to_owned()),
    };
    let mut steps = Steps::new(if quick { 4 } else { 5 });
    let binder = steps.step("the tools", binder)?;
    steps.step("clippy on what only a browser compiles", lint)?;
    let module = steps.step("the module", || module(quick))?;
    let made = Made::new();
    steps.step("what a page loads it by", || bind(&binder, &module, &made))?;
    if quick {
        write(&made.rest(), NOTHING)?;
        write(&made.methods(), b"[]")?;
        println!("\n{}", steps.summary());
        println!("\n{}: {} bytes, for development", made.first().display(), bytes(&made.first())?);
        return Ok(());
    }
    steps.step("the module cut into what a page waits for and the rest", || cut(&made))?;
    println!("\n{}", steps.summary());
    sizes(&made)
}

/// What is made, and where.
struct Made {
    folder: PathBuf,
}

impl Made {
    fn new() -> Self {
        Self { folder: root().join("target/web") }
    }

    /// What a page waits for. That is all of it until it is cut.
    fn first(&self) -> PathBuf {
        self.folder.join(format!("{MODULE}_bg.wasm"))
    }

    fn rest(&self) -> PathBuf {
        self.folder.join(format!("{MODULE}_rest.wasm"))
    }

    /// The methods that the first part does by itself, as JSON.
    fn methods(&self) -> PathBuf {
        self.folder.join(format!("{MODULE}_first.json"))
    }
}

/// What writes the glue, of the version that the module is made for.
fn binder() -> Outcome<PathBuf> {
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
    Ok(binder)
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
    program(env!("CARGO_PKG_NAME"))
}

fn bind(binder: &Path, module: &Path, made: &Made) -> Outcome {
    run(Command::new(binder)
        .args(["--target", "web", "--remove-name-section", "--remove-producers-section"])
        .arg("--out-dir")
        .arg(&made.folder)
        .arg(module))?;
    let glue = made.folder.join(format!("{MODULE}.js"));
    let text = fs::read_to_string(&glue).map_err(|error| format!("{}: {error}", glue.display()))?;
    // What C calls and nobody defines would be asked of the page.
    if text.contains("from \"env\"") {
        return Err(format!("{}: the module wants a function that is not there", glue.display()));
    }
    Ok(())
}

/// Cuts the module: what people do in their first minutes is played to it, and what is called in
/// them stays.
fn cut(made: &Made) -> Outcome {
    let server = ["--bin", "enhance-server", "--bin", "enhance-split"];
    run(cargo(["build", "--quiet", "--workspace"]).args(server))?;
    let beside = |name: &str| root().join("target/web-build").join(name);
    let [whole, watched, list] = ["whole.wasm", "watched.wasm", "first"].map(beside);
    fs::copy(made.first(), &whole).map_err(|error| format!("{}: {error}", whole.display()))?;
    let splitter = program("enhance-split")?;
    run(Command::new(&splitter).arg("watch").args([&whole, &watched]))?;
    bindings::unless_there()?;
    let js = node::compiled()?;
    run(Command::new("node")
        .arg(root().join("bindings/wasm/first/minutes.mjs"))
        .args([&watched, &list, &made.methods()])
        .env("ENHANCE_JS", js)
        .env(SERVER, program("enhance-server")?))?;
    run(Command::new(&splitter)
        .arg("split")
        .args([&whole, &list])
        .arg(ASKS_FOR_REST)
        .args([made.first(), made.rest()]))
}

/// Says how large both parts are, and whether that is too much to be waited for.
fn sizes(made: &Made) -> Outcome {
    let (first, rest) = (packed(&made.first())?, packed(&made.rest())?);
    if first > FIRST_AT_MOST {
        return Err(format!("a page is to wait for {FIRST_AT_MOST} bytes at most"));
    }
    if first + rest > AT_MOST {
        return Err(format!("both parts are to have {AT_MOST} bytes with brotli at most"));
    }
    Ok(())
}

/// The bytes of a file as it goes over the network.
fn packed(file: &Path) -> Outcome<u64> {
    let script = "const {readFileSync: read} = require('fs'), zlib = require('zlib'); \
        const {BROTLI_PARAM_LGWIN: window, BROTLI_MAX_WINDOW_BITS: most} = zlib.constants; \
        const params = {[window]: most}; \
        console.log(zlib.brotliCompressSync(read(process.argv[1]), {params}).length)";
    let packed = Command::new("node").args(["-e", script]).arg(file).output();
    let packed = packed.map_err(|error| format!("node did not start: {error}"))?.stdout;
    let packed = String::from_utf8_lossy(&packed).trim().parse::<u64>();
    let packed = packed.map_err(|error| format!("node did not say how large it is: {error}"))?;
    println!("{}: {} bytes, {packed} with brotli", file.display(), bytes(file)?);
    Ok(packed)
}

fn bytes(file: &Path) -> Outcome<u64> {
    let found = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(found.len())
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
