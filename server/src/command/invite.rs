//! `invite`: a code by which a person joins, or adds a device.

use std::io;

use clap::Args;
use enhance_model::{
    PersonId, PersonName, PersonRole,
    person::{NoName, NoRole},
};
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
  enhance-server invite --data /srv/enhance --role supervisor --role fellow \\
    --organisation 'Bedford Hospital' --name 'Dr Lee'
  enhance-server invite --data /srv/enhance --person 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c

Roles: trainee, supervisor, fellow, partner, admin; each within an organisation, as
'supervisor at Bedford Hospital', or on the programme as a whole.")]
pub struct Invite {
    #[command(flatten)]
    folder: DataFolder,
    /// What the person will be: a role, or ROLE at ORGANISATION. May be given several times.
    #[arg(long = "role", value_name = "ROLE", required_unless_present = "person")]
    roles: Vec<PersonRole>,
    /// Where, for each role that does not say it.
    #[arg(long, value_name = "NAME", requires = "roles")]
    organisation: Option<String>,
    /// What the person is called.
    #[arg(long, required_unless_present = "person")]
    name: Option<String>,
    /// For another device of this person.
    #[arg(long, value_name = "ID", conflicts_with_all = ["roles", "name"])]
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
        let roles = roles_of(self.roles, self.organisation.as_deref())?;
        let (invitee, who) = match (self.person, self.name) {
            (Some(id), _) => {
                let person = people::person(&transaction, id)?
                    .ok_or_else(|| CommandError::advice(format!("there is no person {id}")))?;
                (Invitee::Device(id), format!("another device of {}", person.name))
            }
            (None, Some(name)) => {
                let wrong = |error: NoName| {
                    CommandError::advice(format!("that is no name of a person: {error}"))
                };
                let name = PersonName::new(&name).map_err(wrong)?;
                let who = format!("{name} ({})", in_words(&roles));
                (Invitee::Newcomer { name: name.into(), roles }, who)
            }
            _ => return Err(CommandError::advice("a new person needs --role and --name")),
        };
        let expires_at = invitations::add(&transaction, &code, &invitee, now)?;
        let detail = match &invitee {
            Invitee::Newcomer { roles, .. } => in_words(roles),
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

/// Roles as they were given, each within the organisation it names or else this one.
fn roles_of(
    roles: Vec<PersonRole>,
    organisation: Option<&str>,
) -> Result<Vec<PersonRole>, CommandError> {
    let advice = |error: NoRole| CommandError::advice(error.to_string());
    let mut within: Vec<PersonRole> = Vec::new();
    for one in roles {
        let one = match organisation {
            Some(organisation) if one.organisation.is_empty() => {
                PersonRole::within(one.role, organisation).map_err(advice)?
            }
            _ => one,
        };
        if !within.contains(&one) {
            within.push(one);
        }
    }
    if within.len() > PersonRole::MOST {
        let most = PersonRole::MOST;
        return Err(CommandError::advice(format!("a person has at most {most} roles")));
    }
    Ok(within)
}

/// Roles one after the other, as people read them.
pub(super) fn in_words(roles: &[PersonRole]) -> String {
    let roles: Vec<String> = roles.iter().map(PersonRole::to_string).collect();
    roles.join(", ")
}
