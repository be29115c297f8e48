//! One run: its options, what it has measured so far, and where it may put things.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anyhow::{Context, Result};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::{
    fixtures::{home::ManyReflections, typed::Typed},
    frame::{case::Case, report::Line},
};

/// A run of the bench.
pub struct Bench {
    /// Whether sizes and rounds are cut for a quick look.
    pub quick: bool,
    /// Whether peers are built and run.
    pub peers: bool,
    /// Which part of a row is asked for, if the row has parts and one is.
    pub part: Option<String>,
    place: TempDir,
    /// In memory, if this machine has such a place: for what is made and not measured.
    passing: TempDir,
    runtime: Runtime,
    lines: Vec<Line>,
    not_run: Vec<String>,
    reflections: OnceLock<ManyReflections>,
    typed: OnceLock<Typed>,
}

impl Bench {
    /// A run that has measured nothing.
    pub fn new(quick: bool, peers: bool) -> Result<Self> {
        let target = target();
        fs::create_dir_all(&target).context("a folder for the bench")?;
        let place = TempDir::with_prefix_in("run-", &target)?;
        let shared = Path::new("/dev/shm");
        let passing = if shared.is_dir() { shared } else { place.path() };
        let passing = TempDir::with_prefix_in("enhance-bench-", passing)?;
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (lines, not_run) = (Vec::new(), Vec::new());
        let (reflections, typed) = (OnceLock::new(), OnceLock::new());
        let part = None;
        Ok(Self { quick, peers, part, place, passing, runtime, lines, not_run, reflections, typed })
    }

    /// The one or the other, as this run is quick or not.
    pub const fn either<T: Copy>(&self, quick: T, full: T) -> T {
        if self.quick { quick } else { full }
    }

    /// Waits for what is asynchronous.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The threads for what is asynchronous.
    pub const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// A new folder on the disk, gone with the run.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        fresh(self.place.path(), name)
    }

    /// A new folder in memory, gone with the run.
    pub fn passing_folder(&self, name: &str) -> Result<PathBuf> {
        fresh(self.passing.path(), name)
    }

    /// A device with as many reflections as five years bring, made once in a run.
    pub fn reflections(&self) -> Result<&ManyReflections> {
        if let Some(made) = self.reflections.get() {
            return Ok(made);
        }
        let made = ManyReflections::make(self, self.either(520, 5_200))?;
        Ok(self.reflections.get_or_init(|| made))
    }

    /// A device on which reflections were typed in 30 sittings, made once in a run.
    pub fn typed(&self) -> Result<&Typed> {
        if let Some(made) = self.typed.get() {
            return Ok(made);
        }
        let made = Typed::make(self, self.either(100, 1_000))?;
        Ok(self.typed.get_or_init(|| made))
    }

    /// Says what is going on.
    pub fn say(&self, words: &str) {
        eprintln!("    ... {words}");
    }

    /// Takes a case into the row that is being run.
    pub fn report(&mut self, case: &Case) {
        self.lines.push(case.line());
    }

    /// Notes what of the row could not be measured, and why.
    pub fn not_run(&mut self, what: &str, why: &str) {
        self.not_run.push(format!("{what}: {why}"));
    }

    /// What was reported since this was last asked: figures, and what was not run.
    pub fn take(&mut self) -> (Vec<Line>, Vec<String>) {
        (std::mem::take(&mut self.lines), std::mem::take(&mut self.not_run))
    }
}

/// Where the bench keeps what it builds: below cargo's target folder of this program.
pub fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let target = own
        .ancestors()
        .find(|folder| folder.file_name().is_some_and(|name| name == "release" || name == "debug"));
    target.and_then(Path::parent).unwrap_or_else(|| Path::new("target")).join("bench")
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Which commit is measured; with a plus if the work tree differs from it.
pub fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(root()).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short=10", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    // What a run writes changes nothing of what it measures.
    let written = [":!/bench/results", ":!/bench/README.md", ":!/README.md"];
    let asked = ["status", "--porcelain", "--untracked-files=no", "--", ":/"];
    let changed = git(&[&asked[..], &written[..]].concat());
    if changed.is_some_and(|changed| !changed.is_empty()) { commit + "+" } else { commit }
}

fn fresh(place: &Path, name: &str) -> Result<PathBuf> {
    for number in 0.. {
        let folder = place.join(format!("{name}-{number}"));
        if fs::create_dir(&folder).is_ok() {
            return Ok(folder);
        }
        anyhow::ensure!(number < 10_000, "no folder {name} can be made in {}", place.display());
    }
    anyhow::bail!("no folder")
}
