//! `invite`: a code by which a person joins, or adds a device.

use std::io;

use clap::Args;
use enhance_model::{PersonId, Role};
use serde_json::json;

use super::{arguments::DataFolder, error::CommandError, json::write_json};
use crate::{
    storage::{
        Folder, audit,
        audit::{Action, Event},
        invitations::{self, InvitationCode, Invitee, RANDOM_BYTES},
        people, schema,
    },
    surroundings::{Surroundings, random},
};

/// Invite a person, or another device of a person. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server invite --data /srv/enhance --role trainee --name 'Asha Rao'
  enhance-server invite --data /srv/enhance --person 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c

Roles: trainee, supervisor, fellow, partner, admin.")]
pub struct Invite {
    #[command(flatten)]
    folder: DataFolder,
    /// What the person will be on the programme.
    #[arg(long, required_unless_present = "person")]
    role: Option<Role>,
    /// What the person is called.
    #[arg(long, required_unless_present = "person")]
    name: Option<String>,
    /// For another device of this person.
    #[arg(long, value_name = "ID", conflicts_with_all = ["role", "name"])]
    person: Option<PersonId>,
    #[arg(long)]
    json: bool,
}

impl Invite {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        let mut db = schema::open(&folder.database())?;
        let now = surroundings.now();
        let code = InvitationCode::new(random::<RANDOM_BYTES>(surroundings));
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let (invitee, who) = match (self.person, self.role, self.name) {
            (Some(id), _, _) => {
                let person = people::person(&transaction, id)?
                    .ok_or_else(|| CommandError::advice(format!("there is no person {id}")))?;
                (Invitee::Device(id), format!("another device of {}", person.name))
            }
            (None, Some(role), Some(name)) if !name.trim().is_empty() => {
                let who = format!("{name} ({role})");
                (Invitee::Newcomer { name, role }, who)
            }
            _ => return Err(CommandError::advice("a new person needs --role and --name")),
        };
        let expires_at = invitations::add(&transaction, &code, &invitee, now)?;
        let detail = match &invitee {
            Invitee::Newcomer { role, .. } => role.to_string(),
            Invitee::Device(_) => "another device".to_owned(),
        };
        let event = Event { subject: self.person, ..Event::of_server(Action::Invite, detail) };
        audit::add(&transaction, event, now)?;
        transaction.commit()?;
        if self.json {
            let expires_at = expires_at.to_string();
            return write_json(
                out,
                &json!({ "invitation": code.to_string(), "expires_at": expires_at }),
            );
        }
        writeln!(out, "{code}")?;
        writeln!(out, "is for {who}, once, until {expires_at}.")?;
        writeln!(out, "On their device: enhance enrol --server URL {code}")?;
        Ok(())
    }
}
