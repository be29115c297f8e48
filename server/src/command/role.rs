//! `role`: what a person is on the programme, given and taken.

use std::io;

use clap::{Args, Subcommand};
use enhance_model::{PersonId, PersonRole};

use super::{arguments::DataFolder, error::CommandError, invite::in_words};
use crate::{
    storage::{
        Folder, audit,
        audit::{Action, Event},
        people, schema,
    },
    surroundings::Surroundings,
};

/// Give a person a role, or take one away. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server role --data /srv/enhance give 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c \\
    'fellow at Sussex Training Hub'
  enhance-server role --data /srv/enhance take 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c supervisor

Devices hear of it with their next exchange. What a person wrote and may read stays as it is.")]
pub struct RoleCommand {
    #[command(flatten)]
    folder: DataFolder,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, Subcommand)]
enum What {
    /// Give a role beside those they have.
    Give(OneRole),
    /// Take a role away. A person keeps at least one.
    Take(OneRole),
}

#[derive(Debug, Clone, Args)]
struct OneRole {
    /// The person.
    person: PersonId,
    /// A role, or ROLE at ORGANISATION.
    role: PersonRole,
}

impl RoleCommand {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let folder = Folder::existing(&self.folder.data)?;
        let mut db = schema::open(&folder.database())?;
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let (What::Give(named) | What::Take(named)) = &self.what;
        let person = people::person(&transaction, named.person)?
            .ok_or_else(|| CommandError::advice(format!("there is no person {}", named.person)))?;
        let roles = self.what.change(&person.roles)?;
        if roles != person.roles {
            people::change_roles(&transaction, person.id, &roles)?;
            let (verb, role) = (self.what.verb(), &named.role);
            let detail = format!("{verb} {role}");
            let subject = Some(person.id);
            let event = Event { subject, ..Event::of_server(Action::Role, detail) };
            audit::add(&transaction, event, surroundings.now())?;
        }
        transaction.commit()?;
        folder.tell_server()?;
        writeln!(out, "{} is {}.", person.name, in_words(&roles))?;
        Ok(())
    }
}

impl What {
    const fn verb(&self) -> &'static str {
        match self {
            Self::Give(_) => "give",
            Self::Take(_) => "take",
        }
    }

    /// The roles a person has after it.
    fn change(&self, roles: &[PersonRole]) -> Result<Vec<PersonRole>, CommandError> {
        let mut roles = roles.to_vec();
        match self {
            Self::Give(OneRole { role, .. }) if roles.contains(role) => {}
            Self::Give(_) if roles.len() >= PersonRole::MOST => {
                let most = PersonRole::MOST;
                return Err(CommandError::advice(format!("a person has at most {most} roles")));
            }
            Self::Give(OneRole { role, .. }) => roles.push(role.clone()),
            Self::Take(OneRole { role, .. }) => {
                let Some(place) = roles.iter().position(|one| one == role) else {
                    let why = format!("they are not {role}; they are {}", in_words(&roles));
                    return Err(CommandError::advice(why));
                };
                if roles.len() == 1 {
                    let why = format!("{role} is all they are; give another role first");
                    return Err(CommandError::advice(why));
                }
                roles.remove(place);
            }
        }
        Ok(roles)
    }
}
