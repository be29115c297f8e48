//! A home of the terminal client, and what its commands do in it.

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use enhance_model::Role;
use serde_json::Value;
use tempfile::TempDir;

use crate::{programs, world::World};

/// A home for `enhance`. The folder is made by the first command that needs it.
#[derive(Debug)]
pub struct Home {
    place: TempDir,
}

/// How a command of `enhance` ended.
#[derive(Debug)]
pub struct Ending {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

impl World {
    /// A person who joins with a home of the terminal client, and the recovery key they are told.
    #[track_caller]
    pub fn home(&self, role: Role, name: &str) -> (Home, String) {
        let home = Home::new();
        let invitation = self.server.invite(role, name);
        let joined = home.json(&["enrol", "--server", &self.server.url(), &invitation]);
        let key = joined["recovery_key"].as_str().expect("a recovery key").to_owned();
        (home, key)
    }
}

impl Home {
    /// A home in which nothing has been done yet.
    #[track_caller]
    pub fn new() -> Self {
        Self { place: tempfile::tempdir().expect("a place for a home") }
    }

    /// The folder in which the client keeps everything.
    pub fn path(&self) -> PathBuf {
        self.place.path().join("home")
    }

    /// A command in this home, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(programs::enhance());
        command.arg("--home").arg(self.path()).args(arguments);
        command.env_remove("ENHANCE_HOME").env("NO_PROXY", "*").stdin(Stdio::null());
        command
    }

    /// Runs a command, which may fail.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Ending {
        self.command(arguments).output().expect("the terminal client").into()
    }

    /// Runs a command that must succeed and returns its JSON answer.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ending = self.run(&[&["--json"], arguments].concat());
        assert_eq!(ending.exit, 0, "{arguments:?}\n{}{}", ending.stdout, ending.stderr);
        ending.json()
    }

    /// Syncs, accepts the plan that its person was invited to, and syncs once more.
    #[track_caller]
    pub fn joins(&self, project: &str) {
        self.json(&["sync"]);
        self.json(&["project", "accept", project]);
        self.json(&["sync"]);
    }

    /// Runs a command that must succeed and returns what a person reads.
    #[track_caller]
    pub fn text(&self, arguments: &[&str]) -> String {
        let ending = self.run(arguments);
        assert_eq!(ending.exit, 0, "{arguments:?}\n{}{}", ending.stdout, ending.stderr);
        ending.stdout
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Output> for Ending {
    fn from(output: Output) -> Self {
        Self {
            exit: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

impl Ending {
    /// What it printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let parsed = serde_json::from_str(&self.stdout);
        parsed.unwrap_or_else(|error| panic!("{error}\n{}{}", self.stdout, self.stderr))
    }
}
