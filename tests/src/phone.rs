//! Starting and ending a phone that is a process of its own.

use std::{
    error::Error,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use enhance_model::DocumentId;

/// What the phone is told to do.
#[derive(Debug, Clone)]
pub struct Orders {
    /// The folder of the account.
    pub folder: PathBuf,
    /// The key of its database.
    pub key: [u8; 32],
    /// The project to write in.
    pub project: DocumentId,
    /// The reflection to write in.
    pub reflection: DocumentId,
    /// What every word it writes begins with.
    pub prefix: String,
    /// Whether to sync between saves.
    pub sync: bool,
}

impl Orders {
    /// The orders in a command line, as the parent writes them.
    pub fn from_arguments(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut next = |what: &str| arguments.next().ok_or_else(|| format!("{what} is missing"));
        let folder = next("the folder")?.into();
        let key = next("the key")?.parse::<enhance_model::Sha256>()?;
        let (project, reflection) =
            (next("the project")?.parse()?, next("the reflection")?.parse()?);
        let (prefix, sync) = (next("the prefix")?, next("whether to sync")? == "sync");
        Ok(Self { folder, key: *key.as_bytes(), project, reflection, prefix, sync })
    }

    fn arguments(&self) -> [String; 6] {
        [
            self.folder.display().to_string(),
            enhance_model::Sha256::from_bytes(self.key).to_string(),
            self.project.to_string(),
            self.reflection.to_string(),
            self.prefix.clone(),
            if self.sync { "sync" } else { "save" }.to_owned(),
        ]
    }
}

/// A phone that runs as a process.
#[derive(Debug)]
pub struct Phone {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Phone {
    /// Starts the program with these orders.
    #[track_caller]
    pub fn start(program: &Path, orders: &Orders) -> Self {
        let mut process = Command::new(program)
            .args(orders.arguments())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the phone's program");
        let said = BufReader::new(process.stdout.take().expect("what it says"));
        Self { process, said }
    }

    /// Waits until it has opened its database. False if it ended before.
    #[track_caller]
    pub fn is_ready(&mut self) -> bool {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("what it says");
        line == "ready\n"
    }

    /// Ends it after a while, as a system short of memory does, and returns what it had said was
    /// safe.
    #[track_caller]
    pub fn kill_after(mut self, while_: Duration) -> Vec<Safe> {
        std::thread::sleep(while_);
        self.process.kill().expect("kill -9");
        let status = self.process.wait().expect("its end");
        assert!(status.code().is_none(), "the phone ended by itself: {status}");
        let mut said = String::new();
        self.said.read_to_string(&mut said).expect("what it said");
        // A line that was cut is a thing that was not said.
        let whole = said.rfind('\n').map_or("", |end| &said[..end]);
        whole.lines().filter_map(Safe::from_line).collect()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Something the phone was told is safe.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safe {
    /// A word in the project.
    Project(String),
    /// A word in the reflection.
    Reflection(String),
    /// A word that was being typed in the reflection.
    Draft(String),
    /// A learning session with this title.
    Session(String),
    /// Everything up to this word is on the server.
    Stored(String),
}

impl Safe {
    fn from_line(line: &str) -> Option<Self> {
        let (what, word) = line.split_once(' ')?;
        let word = word.to_owned();
        match what {
            "project" => Some(Self::Project(word)),
            "reflection" => Some(Self::Reflection(word)),
            "draft" => Some(Self::Draft(word)),
            "session" => Some(Self::Session(word)),
            "stored" => Some(Self::Stored(word)),
            _ => None,
        }
    }
}
