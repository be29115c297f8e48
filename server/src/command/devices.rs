//! `devices`: who is here on which device, and signing one out.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    io,
};

use clap::Args;
use enhance_model::{DeviceId, PersonId, Timestamp};
use rusqlite::Connection;
use serde::Serialize;

use super::{arguments::DataFolder, error::CommandError, json::write_json};
use crate::{
    storage::{
        Folder, StorageError, audit,
        audit::{Action, Event},
        people, schema,
    },
    surroundings::Surroundings,
};

/// Show the devices of everybody, and when each was last used; or sign one out. Works while the
/// server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server devices --data /srv/enhance
  enhance-server devices --data /srv/enhance --sign-out 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c

A device that is signed out gets nothing more and can store nothing more; what is on it stays on it.
One that did not ask for 730 days is known no more. If it was lost, use `revoke` as well.")]
pub struct Devices {
    #[command(flatten)]
    folder: DataFolder,
    /// Show the devices of this person only.
    #[arg(long, value_name = "ID")]
    person: Option<PersonId>,
    /// Sign this device out.
    #[arg(long, value_name = "ID", conflicts_with_all = ["person", "json"])]
    sign_out: Option<DeviceId>,
    #[arg(long)]
    json: bool,
}

/// A device as the operator sees it.
#[derive(Debug, Serialize)]
struct Row {
    device: DeviceId,
    name: String,
    person: PersonId,
    person_name: String,
    used_at: Timestamp,
    is_signed_out: bool,
}

impl Devices {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        if let Some(device) = self.sign_out {
            return sign_out(&folder, device, surroundings.now(), out);
        }
        let mut rows = rows(&schema::open_to_read(&folder.database())?)?;
        rows.retain(|row| self.person.is_none_or(|person| row.person == person));
        if self.json {
            return write_json(out, &rows);
        }
        for Row { device, name, person, person_name, used_at, is_signed_out } in rows {
            let signed_out = if is_signed_out { "  signed out" } else { "" };
            writeln!(out, "{device}  {used_at}  {person}  {person_name}: {name}{signed_out}")?;
        }
        Ok(())
    }
}

fn rows(db: &Connection) -> Result<Vec<Row>, StorageError> {
    let mut names = BTreeMap::new();
    let mut rows = Vec::new();
    for device in people::devices(db)? {
        let person = device.sender.person;
        let person_name = match names.entry(person) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                new.insert(people::person(db, person)?.map_or_else(String::new, |it| it.name))
            }
        };
        rows.push(Row {
            device: device.sender.device,
            name: device.name,
            person,
            person_name: person_name.clone(),
            used_at: device.used_at,
            is_signed_out: device.is_signed_out,
        });
    }
    Ok(rows)
}

fn sign_out(
    folder: &Folder,
    id: DeviceId,
    now: Timestamp,
    out: &mut dyn io::Write,
) -> Result<(), CommandError> {
    let mut db = schema::open(&folder.database())?;
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let device = people::device(&transaction, id)?
        .ok_or_else(|| CommandError::advice(format!("there is no device {id}")))?;
    if !people::sign_out(&transaction, id, now)? {
        return Err(CommandError::advice(format!("{} is signed out already", device.name)));
    }
    let event = Event {
        subject: Some(device.sender.person),
        ..Event::of_server(Action::SignOut, id.to_string())
    };
    audit::add(&transaction, event, now)?;
    transaction.commit()?;
    folder.tell_server()?;
    writeln!(out, "{} is signed out. Its person can enrol it with an invitation.", device.name)?;
    Ok(())
}
