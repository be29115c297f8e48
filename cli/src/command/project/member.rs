//! Who may do what with a project.

use clap::Subcommand;
use enhance_model::{DocumentId, Person, Right};
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
};

/// What can be done with members.
#[derive(Debug, Subcommand)]
pub enum MemberVerb {
    /// Let a person read, comment on or edit the plan; again, to change the right.
    #[command(
        after_help = "Example:\n  enhance project member add 1c9e77d0 \"Dr Lee\" --right edit"
    )]
    Add {
        /// The plan's id, or enough of it.
        id: String,
        /// The person: their name, part of it, or their id.
        person: String,
        /// What they may do: read, comment or edit.
        #[arg(long, default_value = "edit")]
        right: Right,
    },
    /// Take a person's right away.
    #[command(after_help = "Example:\n  enhance project member remove 1c9e77d0 \"Dr Lee\"")]
    Remove {
        /// The plan's id, or enough of it.
        id: String,
        /// The person: their name, part of it, or their id.
        person: String,
    },
    /// List who may do what.
    #[command(after_help = "Example:\n  enhance project member list 1c9e77d0")]
    List {
        /// The plan's id, or enough of it.
        id: String,
    },
}

#[derive(Serialize)]
struct MemberAnswer<'a> {
    project: DocumentId,
    person: &'a Person,
    /// None: they have no right any more.
    right: Option<Right>,
}

/// Gives a right, takes it away, or lists who has one.
pub fn run(context: &Context, verb: &MemberVerb) -> Result<Exit, Failure> {
    let core = context.core()?;
    let (id, person, right) = match verb {
        MemberVerb::List { id } => {
            let project = documents::project(&core, id)?;
            let readers = core.readers(project)?;
            let write = |sheet: &mut Sheet| documents::write_readers(sheet, project, &readers);
            context.output.answer(&readers, write)?;
            return Ok(Exit::Done);
        }
        MemberVerb::Add { id, person, right } => (id, person, Some(*right)),
        MemberVerb::Remove { id, person } => (id, person, None),
    };
    let project = documents::project(&core, id)?;
    let people = core.people()?;
    let person = ids::person(person, &people)?;
    match right {
        Some(right) => core.add_member(project, person.id, right)?,
        None => core.remove_member(project, person.id)?,
    }
    context.output.answer(&MemberAnswer { project, person, right }, |sheet| {
        let may = match right {
            Some(Right::Comment) => "may comment on".to_owned(),
            Some(right) => format!("may {right}"),
            None => "has no right to".to_owned(),
        };
        sheet.line(format!("{} {may} plan {}.", person.name, short(project)));
        sheet.next("enhance sync", "make it so on the server");
    })?;
    Ok(Exit::Done)
}
