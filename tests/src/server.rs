//! The server as a real process with a data folder of its own.

use std::{
    env,
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, OnceLock, PoisonError, mpsc},
    thread,
};

use enhance_model::{PersonId, Role};

use crate::{network::Upstream, wait};

/// Where a server listens that has not been started yet: nobody is there.
const NOWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 9);

/// Limits for stories: as shipped, but nobody is told to wait.
const PATIENT: &str = "[limits]\nrequests_per_minute = 1000000\n";

/// A server: its data folder, and the process while there is one.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    upstream: Upstream,
    process: Option<Child>,
    backups: usize,
}

impl Server {
    /// A server that keeps everything in this folder. It runs from now on.
    #[track_caller]
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, PATIENT)
    }

    /// The same with settings of its own, as its configuration file would say them.
    #[track_caller]
    pub fn start_with(folder: &Path, settings: &str) -> Self {
        fs::create_dir_all(folder).expect("a folder for the server");
        fs::write(folder.join("settings.toml"), settings).expect("the server's settings");
        let upstream = Arc::new(Mutex::new(SocketAddr::from(NOWHERE)));
        let mut server = Self { folder: folder.to_owned(), upstream, process: None, backups: 0 };
        server.start_again();
        server
    }

    /// Starts the process again on the same data, and on the same address if that is still free.
    #[track_caller]
    pub fn start_again(&mut self) {
        assert!(self.process.is_none(), "the server is running");
        let before = *self.upstream.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = if before == SocketAddr::from(NOWHERE) {
            "127.0.0.1:0".into()
        } else {
            before.to_string()
        };
        let address = self.spawn(&wanted).or_else(|| self.spawn("127.0.0.1:0"));
        let address = address.unwrap_or_else(|| panic!("no server came up:\n{}", self.log()));
        *self.upstream.lock().unwrap_or_else(PoisonError::into_inner) = address;
    }

    fn spawn(&mut self, listen: &str) -> Option<SocketAddr> {
        let log = File::options().create(true).append(true).open(self.log_file());
        let mut process = Command::new(binary())
            .arg("serve")
            .arg("--data")
            .arg(self.data())
            .args(["--listen", listen, "--config"])
            .arg(self.folder.join("settings.toml"))
            .stdout(Stdio::piped())
            .stderr(log.expect("the server's log"))
            .stdin(Stdio::null())
            .spawn()
            .expect("the server's program");
        let lines = process.stdout.take().map(read_lines);
        let line = lines.and_then(|lines| lines.recv_timeout(wait::PATIENCE).ok());
        let address = line.and_then(|line| ready_address(&line));
        if address.is_none() {
            drop(process.kill());
            drop(process.wait());
            return None;
        }
        self.process = Some(process);
        address
    }

    /// Asks the process to stop and waits until it has.
    #[track_caller]
    pub fn stop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        let pid = process.id().to_string();
        let asked = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &pid]).status();
        assert!(
            asked.is_ok_and(|status| status.success()),
            "the server could not be asked to stop"
        );
        let status = wait::until("the server to stop", || process.try_wait().ok().flatten());
        assert!(status.success(), "the server stopped with {status}:\n{}", self.log());
    }

    /// Waits until the process has ended by itself or was asked to.
    pub fn wait(&mut self) {
        if let Some(mut process) = self.process.take() {
            drop(process.wait());
        }
    }

    /// Ends the process as a power cut would: without asking.
    #[track_caller]
    pub fn kill(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        process.kill().expect("kill -9");
        process.wait().expect("the end of the server");
    }

    /// Stops, changes the settings, and starts again.
    #[track_caller]
    pub fn set(&mut self, settings: &str) {
        self.stop();
        fs::write(self.folder.join("settings.toml"), settings).expect("the server's settings");
        self.start_again();
    }

    /// Whether the process is there.
    pub const fn is_running(&self) -> bool {
        self.process.is_some()
    }

    /// Invites somebody and returns the code.
    #[track_caller]
    pub fn invite(&self, role: Role, name: &str) -> String {
        code(&self.command(&["invite", "--role", role.as_str(), "--name", name, "--json"]))
    }

    /// Invites another device of somebody who is known.
    #[track_caller]
    pub fn invite_device(&self, person: PersonId) -> String {
        code(&self.command(&["invite", "--person", &person.to_string(), "--json"]))
    }

    /// Publishes a content pack and returns what the command said.
    #[track_caller]
    pub fn publish(&self, folder: &Path) -> String {
        let folder = folder.to_string_lossy();
        succeeded("publish", &self.command(&["publish", &folder]))
    }

    /// Makes a backup while the server goes on.
    #[track_caller]
    pub fn backup(&mut self) -> PathBuf {
        self.backups += 1;
        let to = self.folder.join(format!("backup-{}", self.backups));
        succeeded("backup", &self.command(&["backup", "--to", &to.to_string_lossy()]));
        to
    }

    /// Stops, puts a backup back, and starts again.
    #[track_caller]
    pub fn restore(&mut self, backup: &Path) {
        self.stop();
        succeeded("restore", &self.command(&["restore", "--from", &backup.to_string_lossy()]));
        self.start_again();
    }

    /// Runs one of the server's commands on its data.
    pub fn command(&self, arguments: &[&str]) -> Output {
        let (verb, rest) = arguments.split_first().expect("a command");
        let mut command = Command::new(binary());
        command.arg(verb).arg("--data").arg(self.data()).args(rest);
        command.output().expect("the server's program")
    }

    /// The folder with everything the server keeps.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Everything the process has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// The file the process logs to.
    pub fn log_file(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    /// Where the process listens now; devices' networks follow it.
    pub fn upstream(&self) -> Upstream {
        Arc::clone(&self.upstream)
    }

    /// The address of the process itself, past every network.
    pub fn url(&self) -> String {
        format!("http://{}", self.upstream.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

/// The lines a process writes. They are read to the end, so that it never waits for a reader.
fn read_lines(from: impl std::io::Read + Send + 'static) -> mpsc::Receiver<String> {
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            drop(send.send(line));
        }
    });
    lines
}

fn ready_address(line: &str) -> Option<SocketAddr> {
    line.strip_prefix("enhance-server ready at http://")?.trim().parse().ok()
}

#[track_caller]
fn succeeded(what: &str, output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} ended with {}: {stderr}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn code(output: &Output) -> String {
    let said = succeeded("invite", output);
    let json: serde_json::Value = serde_json::from_str(&said).expect("JSON from invite");
    json["invitation"].as_str().unwrap_or_else(|| panic!("no invitation in {said}")).to_owned()
}

/// The server's program: where `ENHANCE_SERVER` says, or built afresh beside this program.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| match env::var_os("ENHANCE_SERVER") {
        Some(path) => path.into(),
        None => build("enhance-server", "enhance-server"),
    })
}

/// Builds a program of the workspace, so that no story is told about an old one.
#[track_caller]
fn build(package: &str, program: &str) -> PathBuf {
    let own = env::current_exe().expect("the path of this program");
    let target =
        own.ancestors().find(|folder| folder.ends_with("debug") || folder.ends_with("release"));
    let folder = target.expect("a folder of cargo's");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "-p", package]);
    cargo
        .arg("--bin")
        .arg(program)
        .env("CARGO_TARGET_DIR", folder.parent().expect("a target folder"));
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo.status().expect("cargo");
    assert!(status.success(), "{program} could not be built");
    folder.join(program)
}
