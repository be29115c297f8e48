//! What the command line offers, one file a command. Each writes for a person unless asked for JSON.

pub mod audit;
pub mod backup;
pub mod grants;
pub mod invite;
pub mod publish;
pub mod restore;
pub mod serve;

use std::{io, path::PathBuf};

use clap::{Parser, Subcommand};
use enhance_content::PackFaults;

use crate::{Machine, Surroundings, storage::StorageError};

/// The server of the Enhance programme.
///
/// Everything it keeps is in one folder, which is made when it is first named.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Examples:
  enhance-server serve --data /srv/enhance --listen 127.0.0.1:8080
  enhance-server invite --data /srv/enhance --role trainee --name 'Asha Rao'
  enhance-server publish --data /srv/enhance content/enhance
  enhance-server backup --data /srv/enhance --to /backup/2026-11-22
  enhance-server audit --data /srv/enhance verify"
)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Invite(invite::Invite),
    Publish(publish::Publish),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Grants(grants::Grants),
    Audit(audit::Audit),
}

/// The folder of a server.
#[derive(Debug, clap::Args)]
pub struct DataFolder {
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The data could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The pack is not in order.
    #[error("the pack is not in order:\n{0}")]
    Faults(#[from] PackFaults),
    /// Something is not as it has to be; the sentence says what to do.
    #[error("{0}")]
    Said(String),
    /// The output could not be written.
    #[error("the output: {0}")]
    Output(#[from] io::Error),
}

impl From<rusqlite::Error> for CommandError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl CommandError {
    fn said(sentence: impl Into<String>) -> Self {
        Self::Said(sentence.into())
    }
}

impl CommandLine {
    /// Does what was asked, with the machine's time and chance. What people are to read goes to
    /// `out`.
    pub fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        self.run_in(&Machine, out)
    }

    /// The same with time and chance from elsewhere; only a server that serves asks the machine.
    pub fn run_in(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        match self.command {
            Command::Serve(serve) => serve.run(out),
            Command::Invite(invite) => invite.run(surroundings, out),
            Command::Publish(publish) => publish.run(surroundings, out),
            Command::Backup(backup) => backup.run(surroundings, out),
            Command::Restore(restore) => restore.run(surroundings, out),
            Command::Grants(grants) => grants.run(out),
            Command::Audit(audit) => audit.run(out),
        }
    }
}

/// A value as JSON on lines of its own.
fn write_json(out: &mut dyn io::Write, value: &impl serde::Serialize) -> Result<(), CommandError> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}
