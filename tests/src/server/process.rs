//! A server as a process of its own.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
};

use crate::{programs, wait};

/// The files a server's process is given.
pub(super) struct Files<'a> {
    pub(super) data: &'a Path,
    pub(super) settings: &'a Path,
    pub(super) log: &'a Path,
}

/// The process. It is killed when it is dropped.
#[derive(Debug)]
pub(super) struct ServerProcess(Child);

impl ServerProcess {
    /// Starts it and waits until it says where it listens. None if it ends before.
    #[track_caller]
    pub(super) fn start(files: &Files<'_>, listen: SocketAddr) -> Option<(Self, SocketAddr)> {
        let log = File::options().create(true).append(true).open(files.log);
        let mut process = Command::new(programs::server())
            .arg("serve")
            .arg("--data")
            .arg(files.data)
            .args(["--listen", &listen.to_string(), "--config"])
            .arg(files.settings)
            .stdout(Stdio::piped())
            .stderr(log.expect("the server's log"))
            .stdin(Stdio::null())
            .spawn()
            .expect("the server's program");
        let lines = process.stdout.take().map(read_lines);
        let process = Self(process);
        let line = lines?.recv_timeout(wait::PATIENCE).ok()?;
        Some((process, ready_address(&line)?))
    }

    /// By which number the operating system knows it.
    pub(super) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Asks it to stop and waits until it has.
    #[track_caller]
    pub(super) fn stop(mut self) -> ExitStatus {
        let pid = self.0.id().to_string();
        let asked = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &pid]).status();
        let was_asked = asked.is_ok_and(|status| status.success());
        assert!(was_asked, "the server could not be asked to stop");
        wait::until("the server to stop", || self.0.try_wait().ok().flatten())
    }

    /// Waits until it has ended.
    pub(super) fn wait(mut self) {
        drop(self.0.wait());
    }

    /// Ends it without asking.
    #[track_caller]
    pub(super) fn kill(mut self) {
        self.0.kill().expect("kill -9");
        self.0.wait().expect("the end of the server");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The lines a process writes. They are read to the end, so that it never waits for a reader.
fn read_lines(from: impl Read + Send + 'static) -> mpsc::Receiver<String> {
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
