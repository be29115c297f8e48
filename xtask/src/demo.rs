//! `cargo xtask demo`: builds what the story needs and plays it.

use std::{path::Path, process::Command};

use crate::{
    desk, machine,
    programs::{SERVER, program},
    steps::{Outcome, Steps, cargo, root, run},
};

/// Tells the story which page the server is to serve.
const PAGE: &str = "ENHANCE_PAGE";

/// The command: prepares the machine, builds, and plays the story.
pub fn run_all(options: &[&str]) -> Outcome {
    let opens = options.contains(&"--open");
    let mut steps = Steps::new(if opens { 5 } else { 3 });
    steps.step("look at this machine", machine::prepare)?;
    println!("(the first build takes some minutes: SQLite, zstd and Automerge among others)");
    steps.step("build the server, the terminal client and the story", build)?;
    if !opens {
        return steps.step("play the story", || play(options, None));
    }
    steps.step("make the core for browsers, if it is not there", desk::core)?;
    let page = steps.step("build the page of the desk", desk::build)?;
    steps.step("play the story", || play(options, Some(&page)))
}

/// Builds the programs of the story and nothing else.
fn build() -> Outcome {
    let packages = ["-p", "enhance-server", "-p", "enhance-cli", "-p", "enhance-tests"];
    let programs = ["enhance-server", "enhance", "enhance-demo", "enhance-phone"];
    let programs = programs.iter().flat_map(|program| ["--bin", program]);
    run(cargo(["build"]).args(packages).args(programs))
}

/// Plays the story with programs already built. It ends well only if everything it says is so.
pub fn play(options: &[&str], page: Option<&Path>) -> Outcome {
    let mut demo = Command::new(program("enhance-demo")?);
    if let Some(page) = page {
        demo.env(PAGE, page);
    }
    demo.current_dir(root()).args(options).env(SERVER, program("enhance-server")?);
    run(&mut demo)
}
