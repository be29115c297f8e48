//! `people` and `rename`: who is here, when they were last seen, and what they are called.

use std::io;

use clap::Args;
use enhance_model::{PersonId, PersonName, PersonRole, Timestamp};
use serde::Serialize;

use super::{
    arguments::DataFolder,
    error::CommandError,
    json::{moment_if, write_json},
    table, who,
};
use crate::{
    storage::{
        audit,
        audit::{Action, Event},
        people::{self, Overview},
        write_beside,
    },
    surroundings::Surroundings,
};

/// Show everybody, with their roles and when they were last seen. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server people --data /srv/enhance
  enhance-server people --data /srv/enhance --gone
  enhance-server people --data /srv/enhance --json | jq -r '.[] | select(.last_seen == null).name'

Last seen is the day on which a device of theirs last asked for something.")]
pub struct People {
    #[command(flatten)]
    folder: DataFolder,
    /// Show those who left as well.
    #[arg(long)]
    gone: bool,
    #[arg(long)]
    json: bool,
}

/// A person as scripts read them.
#[derive(Debug, Serialize)]
struct Row {
    person: PersonId,
    name: String,
    roles: Vec<PersonRole>,
    /// None if they have no device.
    #[serde(serialize_with = "moment_if")]
    last_seen: Option<Timestamp>,
    /// Devices that are not signed out.
    devices: u64,
    bytes: u64,
    /// None while they are on the programme.
    #[serde(serialize_with = "moment_if")]
    left: Option<Timestamp>,
}

impl People {
    pub(super) fn run(self, out: &mut dyn io::Write) -> Result<(), CommandError> {
        let mut everybody = people::overview(&self.folder.open_to_read()?)?;
        let have_left = everybody.iter().any(|one| one.left_at.is_some());
        everybody.retain(|one| self.gone || one.left_at.is_none());
        if self.json {
            let rows: Vec<Row> = everybody.into_iter().map(Row::of).collect();
            return write_json(out, &rows);
        }
        let rows: Vec<Vec<String>> = everybody.iter().map(cells).collect();
        let headings = ["person", "name", "roles", "last seen", "devices", "takes"];
        let nobody = if have_left {
            "Everybody who was here has left; --gone shows them."
        } else {
            "Nobody has joined yet. `enhance-server invite` makes an invitation."
        };
        table::write(out, &headings, &rows, nobody)
    }
}

impl Row {
    fn of(one: Overview) -> Self {
        let Overview { person, seen_at: last_seen, devices, bytes, left_at: left } = one;
        Self {
            person: person.id,
            name: person.name,
            roles: person.roles,
            last_seen,
            devices,
            bytes,
            left,
        }
    }
}

fn cells(one: &Overview) -> Vec<String> {
    let what = match one.left_at {
        Some(at) => format!("left on {}", day(at)),
        None => one.person.roles_in_words(),
    };
    vec![
        one.person.id.to_string(),
        one.person.name.clone(),
        what,
        one.seen_at.map_or_else(|| "never".to_owned(), day),
        one.devices.to_string(),
        in_bytes(one.bytes),
    ]
}

/// The day of a moment, as lists show it.
pub(super) fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// A number of bytes as people read it.
pub(super) fn in_bytes(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let unit = UNITS.iter().find(|(_, size)| bytes >= *size);
    unit.map_or_else(
        || format!("{bytes} B"),
        |(name, size)| format!("{}.{} {name}", bytes / size, bytes % size * 10 / size),
    )
}

/// Call a person something else. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server rename --data /srv/enhance 'Asha Rao' 'Asha Rao-Bell'
  enhance-server rename --data /srv/enhance 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c 'Asha Rao-Bell'

Devices hear of it with their next exchange. What was signed before names them as they were called
then.")]
pub struct Rename {
    #[command(flatten)]
    folder: DataFolder,
    /// The person: an id, or the whole name of one person.
    #[arg(value_name = "PERSON")]
    who: String,
    /// What they are called from now on.
    name: String,
}

impl Rename {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let (folder, mut db) = self.folder.open()?;
        let name = name_of(&self.name)?;
        let (before, now) = (who::one(&db, &self.who)?, surroundings.now());
        write_beside(&mut db, |write| {
            people::rename(write, before.id, &name)?;
            let subject = Some(before.id);
            let event = Event { subject, ..Event::of_server(Action::Rename, "") };
            audit::add(write.db, event, now).map_err(CommandError::from)
        })?;
        folder.tell_server()?;
        writeln!(
            out,
            "{} is called {name} now. Devices hear of it with their next sync.",
            before.name
        )?;
        Ok(())
    }
}

/// A text as the name of a person, if it can be one.
pub(super) fn name_of(typed: &str) -> Result<String, CommandError> {
    let wrong = |error| CommandError::advice(format!("that is no name of a person: {error}"));
    PersonName::new(typed).map(Into::into).map_err(wrong)
}
