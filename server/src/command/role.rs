//! `role`: what a person is on the programme, given and taken.

use std::io;

use clap::{Args, Subcommand};
use enhance_model::PersonRole;

use super::{arguments::DataFolder, error::CommandError, roles::in_words, who};
use crate::{
    storage::{
        audit,
        audit::{Action, Event},
        people, write_beside,
    },
    surroundings::Surroundings,
};

/// Give a person a role, or take one away. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server role --data /srv/enhance give 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c \\
    'fellow at Sussex Training Hub'
  enhance-server role --data /srv/enhance take 'Dr Lee' supervisor

A role given to somebody who left takes them back. Devices hear of it with their next exchange. What a person wrote and may read stays as it is.")]
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
    /// The person: an id, or the whole name of one person.
    person: String,
    /// A role, or ROLE at ORGANISATION.
    role: PersonRole,
}

impl RoleCommand {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let (folder, mut db) = self.folder.open()?;
        let (What::Give(named) | What::Take(named)) = &self.what;
        let (person, roles) = write_beside(&mut db, |write| {
            let person = who::one(write.db, &named.person)?;
            let roles = self.what.change(&person.roles)?;
            if roles != person.roles {
                people::change_roles(write, person.id, &roles)?;
                let (verb, role) = (self.what.verb(), &named.role);
                let subject = Some(person.id);
                let event = Event::of_server(Action::Role, format!("{verb} {role}"));
                audit::add(write.db, Event { subject, ..event }, surroundings.now())?;
            }
            Ok::<_, CommandError>((person, roles))
        })?;
        folder.tell_server()?;
        writeln!(
            out,
            "{} is {}. Devices hear of it with their next sync.",
            person.name,
            in_words(&roles)
        )?;
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
            Self::Give(OneRole { role, .. }) if roles.iter().any(|one| one.is_same(role)) => {}
            Self::Give(_) if roles.len() >= PersonRole::MOST => {
                let most = PersonRole::MOST;
                return Err(CommandError::advice(format!("a person has at most {most} roles")));
            }
            Self::Give(OneRole { role, .. }) => roles.push(role.clone()),
            Self::Take(OneRole { role, .. }) => {
                let Some(place) = roles.iter().position(|one| one.is_same(role)) else {
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
