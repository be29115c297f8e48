//! What the command line offers, one file a command. Each writes for a person unless asked for JSON.

mod arguments;
pub mod audit;
pub mod backup;
pub mod check;
mod csv;
pub mod devices;
mod error;
pub mod grants;
pub mod invitations;
pub mod invite;
mod invite_many;
mod json;
pub mod leaver;
pub mod mend;
pub mod people;
mod progress;
pub mod publish;
pub mod restore;
pub mod revoke;
pub mod role;
mod roles;
pub mod serve;
pub mod status;
mod table;
mod who;

use std::io;

use clap::{Parser, Subcommand, builder::Styles};

pub use arguments::DataFolder;
pub use error::CommandError;

use crate::{Machine, Surroundings};

/// The server of the Enhance programme.
///
/// Everything it keeps is in one folder, which is made when it is first named.
#[derive(Debug, Parser)]
#[command(
    version,
    styles = Styles::plain(),
    after_help = "Examples:
  enhance-server serve --data /srv/enhance --listen 127.0.0.1:8080
  enhance-server invite --data /srv/enhance --role trainee --name 'Asha Rao'
  enhance-server invite --data /srv/enhance --csv cohort.csv --json
  enhance-server people --data /srv/enhance
  enhance-server leaver --data /srv/enhance 'Asha Rao' --plans-to 'Dr Lee'
  enhance-server status --data /srv/enhance
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
    Status(status::Status),
    Invite(invite::Invite),
    Invitations(invitations::Invitations),
    People(people::People),
    Rename(people::Rename),
    Leaver(leaver::Leaver),
    Publish(publish::Publish),
    Backup(backup::Backup),
    Check(check::Check),
    Mend(mend::Mend),
    Devices(devices::Devices),
    Restore(restore::Restore),
    Grants(grants::Grants),
    Revoke(revoke::Revoke),
    Role(role::RoleCommand),
    Audit(audit::Audit),
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
            Command::Status(status) => status.run(surroundings, out),
            Command::Invitations(invitations) => invitations.run(surroundings, out),
            Command::People(people) => people.run(out),
            Command::Rename(rename) => rename.run(surroundings, out),
            Command::Leaver(leaver) => leaver.run(surroundings, out),
            Command::Publish(publish) => publish.run(surroundings, out),
            Command::Backup(backup) => backup.run(surroundings, out),
            Command::Check(check) => check.run(surroundings, out),
            Command::Mend(mend) => mend.run(surroundings, out),
            Command::Devices(devices) => devices.run(surroundings, out),
            Command::Restore(restore) => restore.run(surroundings, out),
            Command::Grants(grants) => grants.run(out),
            Command::Revoke(revoke) => revoke.run(surroundings, out),
            Command::Role(role) => role.run(surroundings, out),
            Command::Audit(audit) => audit.run(out),
        }
    }
}
