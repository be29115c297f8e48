//! The one entry for people and for CI: `cargo xtask demo`, `cargo xtask test`, and each check on
//! its own.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to people")]

mod arrows;
mod bench;
mod bindings;
mod demo;
mod desk;
mod documented;
mod figures;
mod files;
mod floors;
mod guides;
mod invariants;
mod kotlin;
mod link;
mod machine;
mod node;
mod pages;
mod phones;
mod programs;
mod sentences;
mod sizes;
mod source;
mod steps;
mod swift;
mod test;
mod web;
mod words;
mod xcframework;

use std::{path::Path, process::ExitCode};

const HELP: &str = "\
cargo xtask COMMAND

  demo [--keep]  a trainee, a supervisor and a fellow work offline and meet again, on a real server
  demo --open    the same, and then the supervisor's desk in a browser: prints a link that signs in
  test [--rust]  every check and every test: what CI runs; with --rust no Kotlin and no Swift
  kotlin         only: the Kotlin library, and Android's under Robolectric
  swift          only: the Swift package
  desk           only: the supervisor's desk: its checks, its build, its stories in Chromium
  bindings       only: builds the library and generates its Kotlin and Swift
  bench [--quick] [ROW ...]  what each thing costs, beside the bare limit and peers; --list, --help
  figures        measures what the README says about the library for phones
  phones         type-checks the library for Android and iOS, without their kits
  web [--quick]  the core as a WebAssembly module, in target/web
  xcframework    on a Mac: makes what the Swift package links for iPhones
  arrows [CRATE] only: which crate and which floor may name which; of a crate's folder, what is named
  comments       only: whether documentation is there and says something
  words          only: whether each word has one meaning, as ARCHITECTURE.md has it
  sentences      only: whether a method is described alike in Rust, Kotlin and Swift
  sizes          only: whether files and functions are short enough to be read
  lint           only: formatting, arrows, guards, comments, sizes, words, clippy, documentation
  deny           only: licences and sources of what we depend on, with cargo-deny (built at first)

Start with `cargo xtask demo`. What it does on your machine: it builds, runs a server on a free
loopback port with a temporary data folder, and stops it again.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["demo", options @ ..] => demo::run_all(options),
        ["test"] => test::run_all(),
        ["test", "--rust"] => test::rust(),
        ["bench", options @ ..] => bench::measure(options),
        ["bindings"] => bindings::run_all(),
        ["phones"] => phones::check(),
        ["web", options @ ..] => web::make(options),
        ["xcframework"] => xcframework::make(),
        ["figures"] => figures::measure(),
        ["kotlin"] => test::kotlin(),
        ["desk"] => desk::run_all(),
        ["swift"] => test::swift(),
        ["arrows"] => arrows::check_all().map(|summary| println!("{summary}")),
        ["arrows", folder] => floors::list(Path::new(folder)).map(|arrows| println!("{arrows}")),
        ["comments"] => documented::check().map(|summary| println!("{summary}")),
        ["words"] => words::check().map(|summary| println!("{summary}")),
        ["sentences"] => sentences::check().map(|summary| println!("{summary}")),
        ["sizes"] => sizes::check().map(|summary| println!("{summary}")),
        ["lint"] => test::lint(),
        ["deny"] => test::deny(),
        [link::CALLED, ..] => link::link(&arguments),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        [unknown, ..] => Err(format!("there is no command {unknown:?}\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\n{reason}");
            ExitCode::FAILURE
        }
    }
}
