//! Peers: other people's libraries doing the same documents, each in a process of its own, built or
//! installed from its registry at the first run, below `target/bench`.
//!
//! A peer is given the file with the documents, says `ready` once it has made them, and for every
//! line it is sent syncs them to a new, empty side and says in a line of JSON what that cost.
//!
//! A live peer is given the file with what is typed: a server that makes the plan, and people who
//! open it and type the words of a turn for every line that they are sent.

mod program;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

pub use self::program::Program;
use crate::bench::{Bench, root, target};

/// A peer and how it is come by.
#[derive(Debug, Clone, Copy)]
pub struct PeerKind {
    pub name: &'static str,
    make: fn(&Bench) -> Result<Command>,
}

/// Every peer of the first sync.
pub const ALL: &[PeerKind] = &[
    PeerKind { name: "samod", make: samod },
    PeerKind { name: "automerge-repo", make: |bench| node(bench, "automerge-repo.mjs") },
    PeerKind { name: "PouchDB", make: |bench| node(bench, "pouchdb.mjs") },
];

/// A peer whose people write in one plan, and the script of its server and its people.
#[derive(Debug, Clone, Copy)]
pub struct LiveKind {
    pub name: &'static str,
    script: &'static str,
}

/// Every peer with which people write together.
pub const LIVE: &[LiveKind] = &[
    LiveKind { name: "Hocuspocus with Yjs", script: "live-hocuspocus.mjs" },
    LiveKind { name: "automerge-repo", script: "live-automerge-repo.mjs" },
];

impl LiveKind {
    /// Its program, installed if need be.
    pub fn command(&self, bench: &Bench) -> Result<Command> {
        ensure!(bench.peers, "left out with --no-peers");
        node(bench, self.script)
    }
}

/// A peer that has the documents and waits.
#[derive(Debug)]
pub struct Peer(Program);

/// What a first sync cost a peer, both sides together.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct PeerSync {
    pub cpu_ms: f64,
    pub wall_ms: f64,
    pub bytes_up: f64,
    pub bytes_down: f64,
    /// Requests, or messages where there are none.
    pub trips: f64,
}

impl Peer {
    /// Builds or installs it if need be, and lets it make the documents.
    pub fn start(bench: &Bench, kind: &PeerKind, documents: &Path) -> Result<Self> {
        ensure!(bench.peers, "left out with --no-peers");
        bench.say(&format!("{} makes the documents", kind.name));
        let mut command = (kind.make)(bench)?;
        command.arg(documents);
        Ok(Self(Program::start(kind.name, command)?.0))
    }

    /// By what name the report has it.
    pub const fn name(&self) -> &'static str {
        self.0.name()
    }

    /// One first sync of a new device, with what it cost.
    pub fn sync(&mut self) -> Result<PeerSync> {
        self.0.tell("sync")?;
        let line = self.0.line()?;
        serde_json::from_str(&line).with_context(|| format!("{} said {line:?}", self.name()))
    }
}

fn samod(bench: &Bench) -> Result<Command> {
    bench.say("building samod (the first time this takes some minutes)");
    let target = target().join("samod");
    let manifest = root().join("bench/peers/samod/Cargo.toml");
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--release", "--locked", "--manifest-path"])
        .arg(manifest)
        .env("CARGO_TARGET_DIR", &target)
        .status()?;
    ensure!(built.success(), "samod does not build");
    let name = format!("enhance-bench-samod{}", std::env::consts::EXE_SUFFIX);
    Ok(Command::new(target.join("release").join(name)))
}

/// A script of Node, beside what npm installs for it.
fn node(bench: &Bench, script: &str) -> Result<Command> {
    let (from, to) = (root().join("bench/peers/node"), target().join("node"));
    fs::create_dir_all(&to)?;
    let mut changed = !to.join("node_modules").is_dir();
    for file in fs::read_dir(&from).context("the scripts of peers")? {
        let (from, name) = file.map(|file| (file.path(), PathBuf::from(file.file_name())))?;
        let text = fs::read(&from)?;
        let to = to.join(&name);
        let is_new = fs::read(&to).ok().as_ref() != Some(&text);
        changed |= is_new && name.ends_with("package-lock.json");
        fs::write(&to, text)?;
    }
    if changed {
        bench.say("installing peers of Node with npm");
        let installed = Command::new("npm")
            .current_dir(&to)
            .args([
                "install",
                "--no-save",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--silent",
            ])
            .stdout(Stdio::null())
            .status()
            .context("npm is not here; install Node 20 or later")?;
        ensure!(installed.success(), "npm could not install the peers");
    }
    let mut command = Command::new("node");
    command.current_dir(&to).arg(script);
    Ok(command)
}
