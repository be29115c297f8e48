//! The command behind `cargo xtask web`:
//!
//! ```text
//! enhance-split watch MODULE WATCHED           a module that tells of each function
//! enhance-split split MODULE SEEN ASKS FIRST REST   both parts; SEEN lists functions by number
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to people")]

use std::{collections::BTreeSet, error::Error, fs, path::Path, process::ExitCode};

use enhance_split::{split, watched};

const HELP: &str = "\
enhance-split watch MODULE WATCHED
enhance-split split MODULE SEEN ASKS FIRST REST";

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let outcome = match given.as_slice() {
        ["watch", module, made] => watch(module.as_ref(), made.as_ref()),
        ["split", module, seen, asks, first, rest] => {
            cut(module.as_ref(), seen.as_ref(), asks, [first.as_ref(), rest.as_ref()])
        }
        _ => Err(HELP.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn watch(module: &Path, made: &Path) -> Result<(), Box<dyn Error>> {
    fs::write(made, watched(&fs::read(module)?)?)?;
    Ok(())
}

fn cut(module: &Path, seen: &Path, asks: &str, made: [&Path; 2]) -> Result<(), Box<dyn Error>> {
    let seen: Result<BTreeSet<u32>, _> =
        fs::read_to_string(seen)?.split_whitespace().map(str::parse).collect();
    let parts = split(&fs::read(module)?, &seen?, asks)?;
    println!("{} functions at first, {} later", parts.at_first, parts.later);
    fs::write(made[0], parts.first)?;
    fs::write(made[1], parts.rest)?;
    Ok(())
}
