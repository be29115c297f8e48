//! `enhance status` on a home of five years: what a person waits for in a terminal.

use std::{fs, os::unix::fs::PermissionsExt, process::Stdio};

use anyhow::{Context, Result, ensure};
use enhance_model::Sha256;
use enhance_tests::home::Home;

use crate::{
    bench::Bench,
    fixtures::home,
    frame::{case::Case, cost::Processor, goal::Goal},
};

pub fn run(bench: &mut Bench) -> Result<()> {
    let terminal = Home::new();
    let folder = terminal.path();
    fs::create_dir_all(folder.join("account"))?;
    let many = bench.reflections()?;
    drop(home::copied(&many.device, &folder.join("account"))?);
    let key = folder.join("key");
    fs::write(&key, Sha256::from_bytes(many.device.key()).to_string())?;
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600))?;
    let size = many.ids.len() as u64;
    let mut case =
        Case::new("`enhance status`").at(size, "documents there").goal(Goal::AtMost(15.0));
    for _ in 0..bench.either(3, 21) {
        for (arguments, is_ours) in [(["--help"], false), (["status"], true)] {
            let mut command = terminal.command(&arguments);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let (status, cost) = Processor::Ended.cost(|| command.status())?;
            ensure!(status.context("the program is not built")?.success(), "it failed");
            if is_ours { case.ours(cost) } else { case.beside("`enhance --help`", cost) }
        }
    }
    bench.report(&case);
    Ok(())
}
