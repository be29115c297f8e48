//! `revoke`: what is signed on a lost device counts no more.

use std::io;

use clap::Args;
use enhance_model::{DeviceId, PersonId, Timestamp, counted};
use enhance_protocol::Revocation;
use rusqlite::Connection;

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
    /// The device, as `enhance-server devices` shows it.
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
        let Some(device) = people::device(&transaction, self.device)? else {
            return Err(no_device(&transaction, self.device)?);
        };
        let revoked = revocations::all(&transaction)?;
        let before = revoked.iter().find(|one| one.device == self.device);
        if let Some(Revocation { since: known, .. }) = before.filter(|one| one.since <= since) {
            let sentence = format!(
                "what is signed on {} since {known} does not count already; nothing was changed",
                device.name
            );
            return Err(CommandError::advice(sentence));
        }
        let person = people::person(&transaction, device.sender.person)?;
        let person = person.map_or_else(|| device.sender.person.to_string(), |found| found.name);
        let counts = |other: &people::Device| {
            let id = other.sender.device;
            id != self.device && !revoked.iter().any(|one| one.device == id)
        };
        let theirs = people::devices_of(&transaction, device.sender.person)?;
        let left = theirs.into_iter().filter(counts).count();
        revocations::add(&transaction, Revocation { device: self.device, since })?;
        let event = Event {
            subject: Some(device.sender.person),
            ..Event::of_server(Action::RevokeDevice, self.device.to_string())
        };
        audit::add(&transaction, event, now)?;
        transaction.commit()?;
        folder.tell_server()?;
        let name = &device.name;
        writeln!(out, "What is signed on {name} of {person} since {since} does not count.")?;
        match left {
            0 => writeln!(out, "{person} has no other device: invite them to enrol one.")?,
            left => writeln!(out, "{person} has {} left.", counted(left, "device"))?,
        }
        if !device.is_signed_out {
            let id = self.device;
            writeln!(
                out,
                "It is signed in still: enhance-server devices --sign-out {id} ends that."
            )?;
        }
        Ok(())
    }
}

/// Why nothing is revoked: nobody has this device.
fn no_device(db: &Connection, id: DeviceId) -> Result<CommandError, CommandError> {
    let person = people::person(db, PersonId::from_bytes(*id.as_bytes()))?;
    let what = person.map_or_else(
        || format!("there is no device {id}"),
        |person| format!("{id} is {} and no device", person.name),
    );
    Ok(CommandError::advice(format!(
        "{what}; `enhance-server devices` lists the devices of everybody. Nothing was changed"
    )))
}
