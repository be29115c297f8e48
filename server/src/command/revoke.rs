//! `revoke`: what is signed on a lost device counts no more.

use std::io;

use clap::Args;
use enhance_model::{DeviceId, Timestamp};
use enhance_protocol::Revocation;

use super::{arguments::DataFolder, error::CommandError};
use crate::{
    storage::{
        audit,
        audit::{Action, Event},
        people, revocations,
    },
    surroundings::Surroundings,
};

/// Stop counting what is signed on a device that was lost. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  enhance-server revoke --data /srv/enhance --since 2026-11-20T18:00:00Z \\
    0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c

What was signed before that moment and is here already stays good. Devices hear of it with their
next exchange. It cannot be taken back; enrol the person's next device with an invitation.")]
pub struct Revoke {
    #[command(flatten)]
    folder: DataFolder,
    /// The device, as `enhance-server audit` shows it.
    device: DeviceId,
    /// Since when it was not in its owner's hands; now, if not given.
    #[arg(long, value_name = "MOMENT")]
    since: Option<Timestamp>,
}

impl Revoke {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let (folder, mut db) = self.folder.open()?;
        let now = surroundings.now();
        let since = self.since.unwrap_or(now).min(now);
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let device = people::device(&transaction, self.device)?
            .ok_or_else(|| CommandError::advice(format!("there is no device {}", self.device)))?;
        revocations::add(&transaction, Revocation { device: self.device, since })?;
        let event = Event {
            subject: Some(device.sender.person),
            ..Event::of_server(Action::RevokeDevice, self.device.to_string())
        };
        audit::add(&transaction, event, now)?;
        transaction.commit()?;
        folder.tell_server()?;
        writeln!(out, "What is signed on {} since {since} does not count.", device.name)?;
        Ok(())
    }
}
