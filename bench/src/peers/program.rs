//! A program of a peer, with which one speaks line by line.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::frame::cost::Processor;

/// A program that is ready. It is killed when this is dropped.
#[derive(Debug)]
pub struct Program {
    name: &'static str,
    process: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
}

impl Program {
    /// Starts it, and waits until it says `ready`. Returns what else that line says.
    pub fn start(name: &'static str, mut command: Command) -> Result<(Self, String)> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().with_context(|| format!("{name} does not start"))?;
        let asks = process.stdin.take().context("its input")?;
        let says = BufReader::new(process.stdout.take().context("its output")?);
        let mut program = Self { name, process, asks, says };
        let line = program.line()?;
        let said = line.strip_prefix("ready").with_context(|| format!("{name} said {line:?}"))?;
        let said = said.trim().to_owned();
        Ok((program, said))
    }

    /// By what name the report has it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Tells it a line.
    pub fn tell(&mut self, line: &str) -> Result<()> {
        writeln!(self.asks, "{line}").context(self.name)
    }

    /// The next line that it says.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = self.says.read_line(&mut line)?;
        ensure!(read > 0, "{} ended without a word", self.name);
        Ok(line.trim().to_owned())
    }

    /// The processor time that it has used so far.
    pub fn used(&self) -> Result<Duration> {
        Processor::Other(self.process.id()).used()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
