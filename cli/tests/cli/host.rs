//! A home to run `enhance` in, and a server to run it against.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread::JoinHandle,
};

use clap::Parser;
use enhance_server::{Config, Machine, ServerState, command::CommandLine};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A home for `enhance`.
pub struct Home {
    folder: TempDir,
}

/// What one run of `enhance` did.
pub struct Ran {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A command in this home, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_enhance"));
        command.arg("--home").arg(self.path()).args(arguments);
        command.env_remove("ENHANCE_HOME").env("NO_PROXY", "*").stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs a command that must succeed and gives its JSON answer.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[&["--json"], arguments].concat());
        assert_eq!(ran.exit, 0, "{arguments:?}\n{}{}", ran.stdout, ran.stderr);
        ran.json()
    }

    /// Runs a command that must succeed and gives what a person reads.
    #[track_caller]
    pub fn text(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.exit, 0, "{arguments:?}\n{}{}", ran.stdout, ran.stderr);
        ran.stdout
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            exit: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    #[track_caller]
    pub fn json(&self) -> Value {
        let parsed = serde_json::from_str(&self.stdout);
        parsed.unwrap_or_else(|error| panic!("{error}\n{}{}", self.stdout, self.stderr))
    }
}

/// A server in this process, on a free port.
pub struct Server {
    folder: TempDir,
    pub address: String,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = ServerState::open(folder.path(), Config::default(), Box::new(Machine)).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let serving = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let stopped = async { drop(stopped.await) };
                enhance_server::run(listener, state, stopped).await.unwrap();
            });
        });
        Self { folder, address, stop: Some(stop), serving: Some(serving) }
    }

    /// Publishes the Enhance programme.
    pub fn publish(&self) {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/enhance");
        self.does("publish", &[content.to_str().unwrap()]);
    }

    /// An invitation for somebody new.
    pub fn invite(&self, role: &str, name: &str) -> String {
        let said = self.does("invite", &["--role", role, "--name", name, "--json"]);
        let said: Value = serde_json::from_str(&said).unwrap();
        said["invitation"].as_str().unwrap().to_owned()
    }

    /// Enrols somebody new in a new home, and says with which recovery key.
    pub fn enrol(&self, role: &str, name: &str) -> (Home, String) {
        let home = Home::new();
        let invitation = self.invite(role, name);
        let joined = home.json(&["enrol", "--server", &self.address, &invitation]);
        (home, joined["recovery_key"].as_str().unwrap().to_owned())
    }

    fn does(&self, command: &str, arguments: &[&str]) -> String {
        let data = self.folder.path().to_str().unwrap();
        let words = [&["enhance-server", command, "--data", data], arguments].concat();
        let mut said = Vec::new();
        CommandLine::parse_from(words).run(&mut said).unwrap();
        String::from_utf8(said).unwrap()
    }

    /// Ends it; devices find nobody at its address any more.
    pub fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            serving.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            // A panic there has failed the test already.
            let _ = serving.join();
        }
    }
}
