//! `devices`: who is here on which device, and signing one out.

use std::{collections::BTreeMap, io};

use clap::Args;
use enhance_model::{DeviceId, PersonId, Timestamp};
use rusqlite::Connection;
use serde::Serialize;

use super::{
    arguments::DataFolder,
    error::CommandError,
    json::{moment, write_json},
    people::day,
    table, who,
};
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
    /// Show the devices of this person only: an id, or the whole name of one person.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
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
    #[serde(serialize_with = "moment")]
    last_seen: Timestamp,
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
        let db = schema::open_to_read(&folder.database())?;
        let person = self.person.as_deref().map(|typed| who::one(&db, typed)).transpose()?;
        let mut rows = rows(&db)?;
        rows.retain(|row| person.as_ref().is_none_or(|person| row.person == person.id));
        if self.json {
            return write_json(out, &rows);
        }
        let cells = |row: &Row| {
            let signed_out = if row.is_signed_out { "signed out" } else { "" };
            let (device, person) = (row.device.to_string(), row.person_name.clone());
            vec![device, person, row.name.clone(), day(row.last_seen), signed_out.to_owned()]
        };
        let cells: Vec<Vec<String>> = rows.iter().map(cells).collect();
        table::write(
            out,
            &["device", "person", "name", "last seen", ""],
            &cells,
            "There is no device.",
        )
    }
}

fn rows(db: &Connection) -> Result<Vec<Row>, StorageError> {
    let names: BTreeMap<PersonId, String> =
        people::overview(db)?.into_iter().map(|one| (one.person.id, one.person.name)).collect();
    let row = |device: people::Device| Row {
        device: device.sender.device,
        name: device.name,
        person: device.sender.person,
        person_name: names.get(&device.sender.person).cloned().unwrap_or_default(),
        last_seen: device.used_at,
        is_signed_out: device.is_signed_out,
    };
    Ok(people::devices(db)?.into_iter().map(row).collect())
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
