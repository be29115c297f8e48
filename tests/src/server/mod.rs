//! A server with a data folder of its own.
//!
//! It runs on threads of this process, under the clock and the chance of the story; or as a process
//! of its own, which can be killed as a power cut would and writes a log. To a device both are a
//! socket on loopback.

mod process;
mod thread;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use clap::Parser;
use enhance_model::{PersonId, Role};
use enhance_server::{
    Config, Machine, ServerState, Surroundings,
    command::{CommandError, CommandLine},
};

use self::{process::ServerProcess, thread::ServerThread};
use crate::{chance::Chance, clock::StoryClock, network::Upstream};

/// Where a server listens that has not been started yet: nothing answers there.
const NOWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 9);

/// A port that is free.
const ANYWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

/// Limits for stories: as shipped, but no device is told to wait.
pub(crate) const PATIENT: &str = "watch = '127.0.0.1:0'
[limits]
requests_per_minute = 1000000
[door]
enrolments_by_address = 1000000
enrolments = 1000000
";

/// A server: its data folder, and what runs on it.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    upstream: Upstream,
    housing: Housing,
    running: Option<Running>,
    backups: usize,
}

/// What a server runs as.
#[derive(Debug, Clone)]
pub enum Housing {
    /// Threads of this process. The server asks the story for the time and for chance.
    Thread(StoryClock, Chance),
    /// A process of its own. It asks the machine for the time and for chance.
    Process,
}

#[derive(Debug)]
enum Running {
    Thread(ServerThread),
    Process(ServerProcess),
}

impl Server {
    /// A server that keeps everything in this folder, with settings as its configuration file would
    /// say them. It runs from now on.
    #[track_caller]
    pub fn start(folder: &Path, settings: &str, housing: Housing) -> Self {
        fs::create_dir_all(folder).expect("a folder for the server");
        let upstream = Arc::new(Mutex::new(SocketAddr::from(NOWHERE)));
        let folder = folder.to_owned();
        let mut server = Self { folder, upstream, housing, running: None, backups: 0 };
        server.write_settings(settings);
        server.start_again();
        server
    }

    /// Starts again on the same data, and on the same address if that is still free.
    #[track_caller]
    pub fn start_again(&mut self) {
        assert!(self.running.is_none(), "the server is running");
        let before = *self.upstream.lock().unwrap_or_else(PoisonError::into_inner);
        let known = (before != SocketAddr::from(NOWHERE)).then_some(before);
        let mut addresses = known.into_iter().chain([ANYWHERE.into()]);
        let started = addresses.find_map(|address| self.run(address));
        let (running, address) =
            started.unwrap_or_else(|| panic!("no server came up:\n{}", self.log()));
        self.running = Some(running);
        *self.upstream.lock().unwrap_or_else(PoisonError::into_inner) = address;
    }

    #[track_caller]
    fn run(&self, listen: SocketAddr) -> Option<(Running, SocketAddr)> {
        match &self.housing {
            Housing::Thread(clock, chance) => {
                let settings = fs::read_to_string(self.settings_file());
                // Whatever its numbers: many tests stand at a limit that no operator may set.
                let config = Config::parse(&settings.expect("the server's settings"));
                let config = config.expect("the server's settings");
                let surroundings = thread::Surroundings::new(clock.clone(), chance.clone());
                let (thread, address) =
                    ServerThread::start(&self.data(), &config, &surroundings, listen)?;
                Some((Running::Thread(thread), address))
            }
            Housing::Process => {
                let files = process::Files {
                    data: &self.data(),
                    settings: &self.settings_file(),
                    log: &self.log_file(),
                };
                let (process, address) = ServerProcess::start(&files, listen)?;
                Some((Running::Process(process), address))
            }
        }
    }

    /// Asks it to stop and waits until it has. Devices find nothing at its address any more.
    #[track_caller]
    pub fn stop(&mut self) {
        match self.running.take() {
            Some(Running::Thread(thread)) => thread.stop(),
            Some(Running::Process(process)) => {
                let status = process.stop();
                assert!(status.success(), "the server stopped with {status}:\n{}", self.log());
            }
            None => {}
        }
    }

    /// Waits until its process has ended by itself or was asked to.
    pub fn wait(&mut self) {
        if let Some(Running::Process(process)) = self.running.take() {
            process.wait();
        }
    }

    /// Ends its process as a power cut would: without asking.
    #[track_caller]
    pub fn kill(&mut self) {
        match self.running.take() {
            Some(Running::Process(process)) => process.kill(),
            Some(Running::Thread(_)) => {
                panic!("only a process can be killed; this story needs World::builder().process()")
            }
            None => {}
        }
    }

    /// Stops, changes the settings, and starts again.
    #[track_caller]
    pub fn set(&mut self, settings: &str) {
        self.stop();
        self.write_settings(settings);
        self.start_again();
    }

    /// Whether it answers at all.
    pub const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What the server is made of, for a story that needs more than its door.
    #[track_caller]
    pub fn state(&self) -> &ServerState {
        match &self.running {
            Some(Running::Thread(thread)) => thread.state(),
            _ => panic!("this server does not run in this process"),
        }
    }

    /// Folds what rests, which it else does of itself within a minute. Says how many documents.
    #[track_caller]
    pub fn fold(&self) -> usize {
        apart(enhance_server::folds::rested(self.state()))
    }

    /// Folds every plain document, however little there is of it.
    #[track_caller]
    pub fn fold_everything(&self) {
        let folded = apart(enhance_server::folds::everything(self.state()));
        folded.expect("what there is can be folded");
    }

    /// The process it runs as, if it is one of its own.
    pub fn process_id(&self) -> Option<u32> {
        match &self.running {
            Some(Running::Process(process)) => Some(process.id()),
            _ => None,
        }
    }

    /// Invites a new person and returns the code.
    #[track_caller]
    pub fn invite(&self, role: Role, name: &str) -> String {
        self.invitation(&["invite", "--role", role.as_str(), "--name", name, "--json"])
    }

    /// Invites another device of a person the server knows.
    #[track_caller]
    pub fn invite_device(&self, person: PersonId) -> String {
        self.invitation(&["invite", "--person", &person.to_string(), "--json"])
    }

    #[track_caller]
    fn invitation(&self, arguments: &[&str]) -> String {
        let said = self.must(arguments);
        let json: serde_json::Value = serde_json::from_str(&said).expect("JSON from invite");
        json["invitation"].as_str().unwrap_or_else(|| panic!("no invitation in {said}")).to_owned()
    }

    /// Publishes a content pack and returns what the command said.
    #[track_caller]
    pub fn publish(&self, folder: &Path) -> String {
        self.must(&["publish", &folder.to_string_lossy()])
    }

    /// Makes a backup while the server goes on.
    #[track_caller]
    pub fn backup(&mut self) -> PathBuf {
        self.backups += 1;
        let to = self.folder.join(format!("backup-{}", self.backups));
        self.must(&["backup", "--to", &to.to_string_lossy()]);
        to
    }

    /// Stops, puts a backup back, and starts again.
    #[track_caller]
    pub fn restore(&mut self, backup: &Path) {
        self.stop();
        self.must(&["restore", "--from", &backup.to_string_lossy()]);
        self.start_again();
    }

    /// Copies the file of the database as it is now, whether or not the server runs.
    #[track_caller]
    pub fn copy_database(&mut self) -> PathBuf {
        let db = rusqlite::Connection::open(self.database()).expect("the database");
        db.busy_timeout(std::time::Duration::from_secs(10)).expect("a timeout");
        let is_busy: bool = db
            .query_row("PRAGMA wal_checkpoint(FULL)", [], |row| row.get("busy"))
            .expect("a checkpoint");
        assert!(!is_busy, "the newest is in the log alone");
        self.backups += 1;
        let to = self.folder.join(format!("copy-{}.db", self.backups));
        fs::copy(self.database(), &to).expect("a copy");
        to
    }

    /// Stops, puts a copy of the database in its place by hand, and starts again.
    #[track_caller]
    pub fn put_database_back(&mut self, copy: &Path) {
        self.stop();
        for beside in ["server.db-wal", "server.db-shm"] {
            fs::remove_file(self.data().join(beside)).ok();
        }
        fs::copy(copy, self.database()).expect("the database");
        self.start_again();
    }

    /// The same, but the key of receipts is lost: what was stored before is not recognised.
    #[track_caller]
    pub fn restore_without_receipts(&mut self, backup: &Path) {
        self.stop();
        for folder in [backup.to_owned(), self.data()] {
            fs::remove_file(folder.join("receipt.key")).expect("the key of receipts");
        }
        self.must(&["restore", "--from", &backup.to_string_lossy()]);
        self.start_again();
    }

    /// Runs one of the server's commands on its data and returns what it printed.
    pub fn command(&self, arguments: &[&str]) -> Result<String, CommandError> {
        match &self.housing {
            Housing::Thread(clock, chance) => {
                let surroundings = thread::Surroundings::new(clock.clone(), chance.clone());
                run(&self.data(), &surroundings, arguments)
            }
            Housing::Process => command(&self.data(), arguments),
        }
    }

    #[track_caller]
    fn must(&self, arguments: &[&str]) -> String {
        let said = self.command(arguments);
        said.unwrap_or_else(|error| panic!("{} ended with: {error}", arguments.join(" ")))
    }

    /// The folder with everything the server keeps.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The file with its database.
    pub fn database(&self) -> PathBuf {
        self.data().join("server.db")
    }

    /// Everything its process has logged; on threads of this one it logs nothing.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn settings_file(&self) -> PathBuf {
        self.folder.join("settings.toml")
    }

    #[track_caller]
    fn write_settings(&self, settings: &str) {
        fs::write(self.settings_file(), settings).expect("the server's settings");
    }

    /// Where the server listens now; devices' networks follow it.
    pub fn upstream(&self) -> Upstream {
        Arc::clone(&self.upstream)
    }

    /// The address of the server itself, past every network.
    pub fn url(&self) -> String {
        format!("http://{}", self.upstream.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Does something of the server's on a thread of its own, since a story may be asynchronous.
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    std::thread::scope(|scope| {
        scope.spawn(move || runtime.block_on(work)).join().expect("work of the server")
    })
}

/// Runs one of the server's commands on a data folder and returns what it printed.
#[track_caller]
pub fn command(data: &Path, arguments: &[&str]) -> Result<String, CommandError> {
    run(data, &Machine, arguments)
}

#[track_caller]
fn run(
    data: &Path,
    surroundings: &dyn Surroundings,
    arguments: &[&str],
) -> Result<String, CommandError> {
    let (verb, rest) = arguments.split_first().expect("a command");
    let data = data.to_str().expect("a path in UTF-8");
    let line = [&["enhance-server", *verb, "--data", data], rest].concat();
    let line = CommandLine::try_parse_from(line).unwrap_or_else(|error| panic!("{error}"));
    let mut said = Vec::new();
    line.run_in(surroundings, &mut said)?;
    Ok(String::from_utf8(said).expect("text"))
}
