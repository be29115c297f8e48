//! Compiles the amalgamation of SQLite3 Multiple Ciphers with what the core and the server use. It
//! asks for a C compiler and nothing else.

use std::env;

/// How SQLite works here, whatever the target.
const SETTINGS: &[&str] = &[
    "SQLITE_ENABLE_FTS5",
    "SQLITE_DEFAULT_FOREIGN_KEYS=1",
    // What was deleted is gone from the file. Both programs say so again when they open theirs.
    "SQLITE_SECURE_DELETE",
    // What is sorted or undone must never be in a file of its own: such files are not encrypted.
    "SQLITE_TEMP_STORE=3",
    // A text in double quotes is a name that is misspelt, and an error.
    "SQLITE_DQS=0",
    "SQLITE_LIKE_DOESNT_MATCH_BLOBS",
    // Counting every allocation takes a lock, for figures that nobody reads.
    "SQLITE_DEFAULT_MEMSTATUS=0",
    "SQLITE_OMIT_DEPRECATED",
    // No code gets in by way of SQL.
    "SQLITE_OMIT_LOAD_EXTENSION",
    "SQLITE_OMIT_SHARED_CACHE",
    // Nobody asks for these, and pages and phones would load them.
    "SQLITE_OMIT_AUTHORIZATION",
    "SQLITE_OMIT_DECLTYPE",
    "SQLITE_OMIT_PROGRESS_CALLBACK",
    "SQLITE_OMIT_TRACE",
    "SQLITE_OMIT_UTF16",
];

/// The one cipher in use: it is authenticated, and takes the same time whatever it encrypts on a
/// processor that knows no AES. What is not there cannot be chosen by mistake.
const CIPHERS: &[&str] = &[
    "CODEC_TYPE=CODEC_TYPE_CHACHA20",
    "HAVE_CIPHER_CHACHA20=1",
    "HAVE_CIPHER_AEGIS=0",
    "HAVE_CIPHER_AES_128_CBC=0",
    "HAVE_CIPHER_AES_256_CBC=0",
    "HAVE_CIPHER_ASCON128=0",
    "HAVE_CIPHER_RC4=0",
    "HAVE_CIPHER_SQLCIPHER=0",
];

fn main() {
    let bindings = include_str!("src/bindings.rs");
    let version =
        format!("SQLITE_VERSION: &::core::ffi::CStr = c\"{}\"", sqlite3mc_src::SQLITE_VERSION);
    assert!(bindings.contains(&version), "the bindings are of another SQLite: run bindings.sh");
    let source = sqlite3mc_src::source_dir().join(sqlite3mc_src::SOURCE_FILE);
    let mut build = cc::Build::new();
    for setting in SETTINGS.iter().chain(CIPHERS).chain(of_the_system()) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, "1"));
        build.define(name, value);
    }
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        build.include("browser/include").file("browser/libc.c");
    }
    build.file(&source).warnings(false).compile("sqlite3");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=browser");
    println!("cargo::rerun-if-changed=src/bindings.rs");
    println!("cargo::metadata=include={}", sqlite3mc_src::source_dir().display());
}

/// What SQLite cannot find out by itself about the system it is compiled for.
fn of_the_system() -> &'static [&'static str] {
    let system = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let family = env::var("CARGO_CFG_TARGET_FAMILY").unwrap_or_default();
    match (system.as_str(), family.as_str()) {
        // `fdatasync` does all that a log needs: it takes the file's size to the disk, not its times.
        ("android" | "linux", _) => &[
            "SQLITE_THREADSAFE=1",
            "HAVE_FDATASYNC",
            "HAVE_ISNAN",
            "HAVE_LOCALTIME_R",
            "HAVE_USLEEP",
        ],
        (_, "unix") => &["SQLITE_THREADSAFE=1", "HAVE_ISNAN", "HAVE_LOCALTIME_R", "HAVE_USLEEP"],
        // One thread, and a file system that whoever links it brings along. The server reads JSON in
        // SQL, and a page waits for every byte.
        (_, "wasm") => &[
            "SQLITE_THREADSAFE=0",
            "SQLITE_OS_OTHER=1",
            "SQLITE_OMIT_JSON",
            "SQLITE_OMIT_LOCALTIME",
            "HAVE_ISNAN",
        ],
        _ => &["SQLITE_THREADSAFE=1", "HAVE_ISNAN"],
    }
}
