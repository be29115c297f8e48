//! `invite`: a code by which a person joins, or adds a device.

use std::{io, path::PathBuf};

use clap::Args;
use enhance_model::{Person, PersonRole};
use rusqlite::Connection;
use serde_json::json;

use super::{
    arguments::DataFolder,
    error::CommandError,
    invite_many::{self, Invited, Known},
    json::write_json,
    people::name_of,
    roles::{in_words, roles_of},
    table, who,
};
use crate::{
    storage::{
        audit,
        audit::{Action, Event},
        invitations::{self, InvitationCode, Invitee, RANDOM_BYTES},
    },
    surroundings::{Surroundings, random},
};

/// Invite a person, or another device of a person. Works while the server runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  enhance-server invite --data /srv/enhance --role trainee --name 'Asha Rao'
  enhance-server invite --data /srv/enhance --role supervisor --role fellow \\
    --organisation 'Bedford Hospital' --name 'Dr Lee'
  enhance-server invite --data /srv/enhance --person 'Asha Rao'
  enhance-server invite --data /srv/enhance --csv cohort.csv --json

Roles: trainee, supervisor, fellow, partner, admin; each within an organisation, as
'supervisor at Bedford Hospital', or on the programme as a whole.

The first line of a CSV names its columns: name, roles (with ; or + between several), organisation if
you like, and whatever else you need beside the codes, such as an address. A wrong line is named by
its number, and then no invitation is made at all.")]
pub struct Invite {
    #[command(flatten)]
    folder: DataFolder,
    /// What the person will be: a role, or ROLE at ORGANISATION. May be given several times.
    #[arg(long = "role", value_name = "ROLE", required_unless_present_any = ["person", "csv"])]
    roles: Vec<PersonRole>,
    /// Where, for each role that does not say it.
    #[arg(long, value_name = "NAME", requires = "roles")]
    organisation: Option<String>,
    /// What the person is called.
    #[arg(long, required_unless_present_any = ["person", "csv"])]
    name: Option<String>,
    /// For another device of this person: an id, or the whole name of one person.
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["roles", "name"])]
    person: Option<String>,
    /// For everybody in this table.
    #[arg(long, value_name = "FILE.csv",
          conflicts_with_all = ["roles", "name", "person", "organisation"])]
    csv: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

impl Invite {
    pub(super) fn run(
        self,
        surroundings: &dyn Surroundings,
        out: &mut dyn io::Write,
    ) -> Result<(), CommandError> {
        let (_, mut db) = self.folder.open()?;
        if let Some(file) = &self.csv {
            let rows = invite_many::read(file)?;
            let transaction =
                db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let invited = invite_many::make(&transaction, rows, surroundings)?;
            transaction.commit()?;
            return write_many(out, &invited, self.json);
        }
        let (now, is_json) = (surroundings.now(), self.json);
        let code = InvitationCode::new(random::<RANDOM_BYTES>(surroundings));
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let (invitee, name) = self.invitee(&transaction)?;
        let note = match &invitee {
            Invitee::Newcomer { name, .. } => Known::read(&transaction, now)?.note(name),
            Invitee::Device(_) => None,
        };
        let expires_at = invitations::add(&transaction, &code, &invitee, now)?;
        let (detail, subject) = match &invitee {
            Invitee::Newcomer { roles, .. } => (in_words(roles), None),
            Invitee::Device(person) => ("another device".to_owned(), Some(*person)),
        };
        let event = Event { subject, ..Event::of_server(Action::Invite, &*detail) };
        audit::add(&transaction, event, now)?;
        transaction.commit()?;
        if is_json {
            let (invitation, expires_at) = (code.to_string(), expires_at.to_string());
            return write_json(
                out,
                &json!({
                    "name": name, "invitation": invitation, "expires_at": expires_at,
                    "person": subject, "note": note,
                }),
            );
        }
        let who = match subject {
            Some(_) => format!("another device of {name}"),
            None => format!("{name} ({detail})"),
        };
        writeln!(out, "{code}")?;
        writeln!(out, "is for {who}, once, until {expires_at}.")?;
        if let Some(note) = note {
            writeln!(out, "Look whether this is meant: {note}.")?;
        }
        writeln!(out, "On their device: enhance enrol --server URL {code}")?;
        Ok(())
    }

    /// Who is invited, and what they are called.
    fn invitee(self, db: &Connection) -> Result<(Invitee, String), CommandError> {
        if let Some(typed) = &self.person {
            let known = who::overview(db, typed)?;
            let Person { id, name, .. } = known.person;
            if known.left_at.is_some() {
                let sentence =
                    format!("{name} has left; `enhance-server role give` takes them back first");
                return Err(CommandError::advice(sentence));
            }
            return Ok((Invitee::Device(id), name));
        }
        let roles = roles_of(self.roles, self.organisation.as_deref())?;
        let Some(name) = self.name else {
            return Err(CommandError::advice("a new person needs --role and --name"));
        };
        let name = name_of(&name)?;
        Ok((Invitee::Newcomer { name: name.clone(), roles }, name))
    }
}

fn write_many(
    out: &mut dyn io::Write,
    invited: &[Invited],
    is_json: bool,
) -> Result<(), CommandError> {
    if is_json {
        return write_json(out, &invited);
    }
    let cells = |one: &Invited| {
        let note = one.note.clone().unwrap_or_default();
        vec![one.invitation.clone(), one.name.clone(), in_words(&one.roles), note]
    };
    let rows: Vec<Vec<String>> = invited.iter().map(cells).collect();
    table::write(out, &["invitation", "name", "roles", ""], &rows, "Nobody was invited.")?;
    let until = invited.first().map_or_else(String::new, |one| one.expires_at.to_string());
    writeln!(out, "Each is good once, until {until}. The codes are shown this once only.")?;
    writeln!(out, "On their device: enhance enrol --server URL CODE")?;
    Ok(())
}
