//! The supervisor's desk, the pages in `web/`: its checks, its build, and its stories in a browser.

use std::{fmt, path::PathBuf, process::Command};

use crate::{
    bindings,
    files::files_below,
    machine,
    node::{compiled, npm, packages},
    programs::{SERVER, program},
    steps::{Outcome, Steps, cargo, root, run, run_reading},
    web,
};

/// What the stories of the desk reported.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub skipped: u64,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Desk         {} passed, {} skipped", self.passed, self.skipped)
    }
}

/// The command: only the desk. The core's module for browsers is made by `cargo xtask web`.
pub fn run_all() -> Outcome {
    let mut steps = Steps::new(7);
    steps.step("look at this machine", machine::desk)?;
    steps.step("the server, the terminal client and the phone", || {
        let packages = ["-p", "enhance-server", "-p", "enhance-cli", "-p", "enhance-tests"];
        let programs = ["enhance-server", "enhance", "enhance-typist"];
        let programs = programs.iter().flat_map(|program| ["--bin", program]);
        run(cargo(["build"]).args(packages).args(programs))
    })?;
    let count = test(&mut steps)?;
    println!("\n{}\n\n{count}", steps.summary());
    Ok(())
}

/// Five steps, with programs and the core's module already built.
pub fn test(steps: &mut Steps) -> Outcome<Count> {
    steps.step("packages of the desk", || {
        module()?;
        packages()
    })?;
    steps.step("types, lint, licences and units of the desk", || {
        run(&mut npm(["run", "check"]))?;
        run(&mut npm(["run", "unit"]))
    })?;
    let mut count = steps.step("stories of the core as a module, in Node", stories_of_module)?;
    steps.step("the pages of the desk", || build().map(drop))?;
    let told = steps.step("stories of the desk in Chromium", stories)?;
    count.passed += told.passed;
    count.skipped += told.skipped;
    Ok(count)
}

/// Builds the pages and says in which folder they are then.
pub fn build() -> Outcome<PathBuf> {
    packages()?;
    run(&mut npm(["run", "build"]))?;
    Ok(root().join("web/dist"))
}

/// Makes the core's module for browsers and what the page calls it by, unless they are there. Those
/// of a core that was changed since are made anew by `cargo xtask bindings` and `cargo xtask web`.
pub fn core() -> Outcome {
    machine::pages()?;
    bindings::unless_there()?;
    if module().is_ok() {
        return Ok(());
    }
    println!("(some minutes, at the first time)");
    web::make(&[])
}

/// The module by itself, with what a page calls it by, against a real server.
fn stories_of_module() -> Outcome<Count> {
    let (made, tests) = (compiled()?, root().join("bindings/wasm/tests"));
    let mut count = Count::default();
    let mut told = Command::new("node");
    told.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    told.args(
        files_below(&tests, &["mjs"])?
            .iter()
            .filter(|file| file.to_string_lossy().ends_with(".test.mjs")),
    );
    told.env("NO_COLOR", "1").env("ENHANCE_JS", &made).env(SERVER, program("enhance-server")?);
    run_reading(&mut told, |line| count.add(line))?;
    Ok(count)
}

fn stories() -> Outcome<Count> {
    let mut count = Count::default();
    let mut stories = npm(["run", "stories"]);
    stories.env("ENHANCE_CLI", program("enhance")?).env(SERVER, program("enhance-server")?);
    run_reading(&mut stories, |line| count.add(line))?;
    Ok(count)
}

/// Whether the core is there as a module for browsers.
fn module() -> Outcome {
    let made = root().join("target/web");
    if made.is_dir() {
        return Ok(());
    }
    Err(format!("there is no {}: `cargo xtask web` makes it", made.display()))
}

impl Count {
    /// Adds a line such as `ℹ pass 9`.
    fn add(&mut self, line: &str) {
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["ℹ", "pass", number] => self.passed += number.parse().unwrap_or(0),
            ["ℹ", "skipped" | "todo", number] => self.skipped += number.parse().unwrap_or(0),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_sum_up_are_read_and_no_others() {
        let mut count = Count::default();
        for line in ["✔ a pass 7 (12ms)", "ℹ tests 10", "ℹ pass 9", "ℹ fail 0", "ℹ skipped 1"]
        {
            count.add(line);
        }
        assert_eq!(count, Count { passed: 9, skipped: 1 });
    }
}
