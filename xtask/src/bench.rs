//! `cargo xtask bench`: builds what is measured, as it is released, and measures it.

use crate::steps::{Outcome, cargo, run};

/// The command: measures rows of the table. What the options mean is said by the bench.
pub fn measure(options: &[&str]) -> Outcome {
    println!("building what is measured, as it is released (the first time this takes minutes)");
    let packages = ["-p", "enhance-bench", "-p", "enhance-cli"];
    run(cargo(["build", "--release", "--bins"]).args(packages))?;
    let arguments = ["run", "--release", "--quiet", "-p", "enhance-bench", "--"];
    run(cargo(arguments).args(options))
}
