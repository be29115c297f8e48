//! `cargo xtask test`: every check and every test. CI runs nothing else.

use std::fmt;

use crate::{
    arrows, bindings, demo, desk, documented, invariants, kotlin, machine, pages,
    programs::{SERVER, program},
    sentences, sizes,
    steps::{Outcome, Steps, cargo, root, run, run_reading},
    swift::{self, Toolchain},
    web, words,
};

/// The version of cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// The command: every check and every test, and the demo as the last of them.
pub fn run_all() -> Outcome {
    let mut steps = Steps::new(21);
    steps.step("look at this machine", || {
        announce(&[
            machine::to_install(),
            machine::to_install_for_java(),
            machine::to_install_for_desk(),
            swift::to_install(),
        ]);
        machine::prepare()
    })?;
    let rust = rust_tests(&mut steps)?;
    steps.step("Kotlin and Swift of the library", bindings::generate)?;
    let kotlin = kotlin_tests(&mut steps)?;
    let swift = swift_tests(&mut steps)?;
    steps.step("the core as a module for a page", || web::make(&[]))?;
    let desk = desk::test(&mut steps)?;
    steps.step("the demo", || demo::play(&[], None))?;
    println!("\n{}", steps.summary());
    println!("\n{rust}\n{kotlin}\n{swift}\n{desk}\nThe demo held.");
    println!("Next: `cargo xtask demo --keep` leaves a server running to try by hand.");
    Ok(())
}

/// The command for those who change only Rust: no Kotlin, no Swift, no desk.
pub fn rust() -> Outcome {
    let mut steps = Steps::new(12);
    steps.step("look at this machine", || {
        announce(&[machine::to_install()]);
        machine::prepare()
    })?;
    let rust = rust_tests(&mut steps)?;
    steps.step("the demo", || demo::play(&[], None))?;
    println!("\n{}\n\n{rust}\nThe demo held.", steps.summary());
    println!(
        "Next: `cargo xtask test` before you propose a change; it adds Kotlin, Swift and the desk."
    );
    Ok(())
}

/// Says what is going to be installed before anything is.
fn announce(missing: &[Vec<String>]) {
    let missing: Vec<&str> = missing.iter().flatten().map(String::as_str).collect();
    if missing.is_empty() {
        println!("everything this needs is here");
    } else {
        println!(
            "this machine lacks the following, which will be installed where that is allowed:"
        );
        for what in missing {
            println!("  - {what}");
        }
    }
}

fn rust_tests(steps: &mut Steps) -> Outcome<Count> {
    println!("(the first build takes some minutes: SQLite, zstd and Automerge among others)");
    lints(steps)?;
    steps.step("build the tests and the programs they start", || {
        // In one go, so that programs and tests are made of the same builds of what they share.
        run(&mut cargo(["build", "--workspace", "--all-targets"]))
    })?;
    steps.step("tests in Rust", tests)
}

/// The command: only the checks that run nothing of ours.
pub fn lint() -> Outcome {
    let mut steps = Steps::new(9);
    steps.step("look at this machine", machine::prepare)?;
    lints(&mut steps)?;
    println!("\n{}", steps.summary());
    Ok(())
}

/// The command: licences, sources and doubles of what we depend on, as `deny.toml` wants them.
pub fn deny() -> Outcome {
    let tools = root().join("target/tools");
    let program = tools.join("bin/cargo-deny");
    if !program.exists() {
        println!("building cargo-deny {CARGO_DENY} once");
        let mut install = cargo(["install", "cargo-deny", "--locked", "--version", CARGO_DENY]);
        run(install.arg("--root").arg(&tools))?;
    }
    let mut check = std::process::Command::new(program);
    run(check.current_dir(root()).args(["check", "bans", "licenses", "sources"]))
}

fn lints(steps: &mut Steps) -> Outcome {
    steps.step("formatting", || {
        machine::component("rustfmt", &["cargo", "fmt", "--version"])?;
        run(&mut cargo(["fmt", "--all", "--check"]))
    })?;
    steps.step("arrows between crates and floors", || {
        arrows::check_all().map(|summary| println!("{summary}"))
    })?;
    steps.step("guards of invariants", || {
        invariants::check().map(|summary| println!("{summary}"))
    })?;
    steps.step("comments that say something", || {
        documented::check().map(|summary| println!("{summary}"))
    })?;
    steps.step("sizes of files and functions", || {
        sizes::check().map(|summary| println!("{summary}"))
    })?;
    steps.step("words, and pages for people", || {
        println!("{}\n{}\n{}", words::check()?, sentences::check()?, pages::check()?);
        Ok(())
    })?;
    steps.step("clippy", || {
        machine::component("clippy", &["cargo", "clippy", "--version"])?;
        run(&mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    steps.step("documentation", || {
        let mut doc = cargo(["doc", "--workspace", "--no-deps", "--quiet"]);
        run(doc.env("RUSTDOCFLAGS", "-D warnings"))
    })
}

/// The command: only the Kotlin of both libraries.
pub fn kotlin() -> Outcome {
    let mut steps = Steps::new(2);
    steps.step("the library and its generated code", bindings::run_all)?;
    println!("\n{}", kotlin_tests(&mut steps)?);
    Ok(())
}

/// The command: only the Swift package.
pub fn swift() -> Outcome {
    let mut steps = Steps::new(3);
    steps.step("the library and its generated code", bindings::run_all)?;
    println!("\n{}", swift_tests(&mut steps)?);
    Ok(())
}

fn kotlin_tests(steps: &mut Steps) -> Outcome<kotlin::Count> {
    steps.step("tests in Kotlin: the JVM, and Android under Robolectric", || {
        machine::java()?;
        kotlin::test()
    })
}

/// The tests in Swift, or why they were not run. In CI there is no such reason.
fn swift_tests(steps: &mut Steps) -> Outcome<String> {
    let toolchain = steps.step("the Swift toolchain", swift::toolchain)?;
    steps.step("tests in Swift", || {
        if let Toolchain::Nowhere(reason) = &toolchain {
            let skipped = format!("Swift        not run: {reason}");
            return if std::env::var_os("CI").is_some() { Err(skipped) } else { Ok(skipped) };
        }
        let passed = swift::test(&toolchain)?;
        swift::lint(&toolchain)?;
        Ok(format!("Swift        {passed} passed"))
    })
}

/// What the test programs reported.
#[derive(Default)]
struct Count {
    passed: u64,
    ignored: u64,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rust         {} passed, {} ignored", self.passed, self.ignored)
    }
}

fn tests() -> Outcome<Count> {
    let mut count = Count::default();
    let mut test = cargo(["test", "--workspace", "--no-fail-fast"]);
    test.env(SERVER, program("enhance-server")?);
    test.env("ENHANCE_CLI", program("enhance")?);
    run_reading(&mut test, |line| count.add(line))?;
    Ok(count)
}

impl Count {
    /// Adds a line such as `test result: ok. 9 passed; 0 failed; 1 ignored; ...`.
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        for part in result.split([';', '.']) {
            match part.split_whitespace().collect::<Vec<_>>().as_slice() {
                [number, "passed"] => self.passed += number.parse().unwrap_or(0),
                [number, "ignored"] => self.ignored += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_programs_add_up() {
        let mut count = Count::default();
        count.add("test result: ok. 9 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out");
        count.add("running 4 tests");
        count.add("test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!((count.passed, count.ignored), (13, 1));
    }
}
