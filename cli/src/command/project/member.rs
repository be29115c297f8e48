//! Who may do what with a project.

use clap::Subcommand;
use enhance_client::LearningCore;
use enhance_model::{DocumentId, Person, Right, Standing};
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
};

/// What `project invite` takes.
#[derive(Debug, clap::Args)]
pub struct InviteArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The person: their name, part of it, or their id.
    person: String,
    /// What they may do once they accept: read, comment or edit.
    #[arg(long, default_value = "edit")]
    right: Right,
}

/// What can be done with members.
#[derive(Debug, Subcommand)]
pub enum MemberVerb {
    /// Invite a person to read, comment on or edit the plan; of a member, change the right.
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
    change(context, &core, (id, person), right)
}

/// Invites a person to a plan.
pub fn invite(context: &Context, arguments: &InviteArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    change(context, &core, (&arguments.id, &arguments.person), Some(arguments.right))
}

fn change(
    context: &Context,
    core: &LearningCore,
    (id, person): (&str, &str),
    right: Option<Right>,
) -> Result<Exit, Failure> {
    let project = documents::project(core, id)?;
    let people = core.people()?;
    let person = ids::person(person, &people)?;
    match right {
        Some(right) => core.add_member(project, person.id, right)?,
        None => core.remove_member(project, person.id)?,
    }
    let members = core.project(project)?.members;
    let member = members.iter().find(|member| member.person.id == person.id);
    let is_invited = member.is_some_and(|member| member.standing == Standing::Invited);
    context.output.answer(&MemberAnswer { project, person, right }, |sheet| {
        let may = match right {
            Some(right) if is_invited => format!("is invited to {}", to_do(right)),
            Some(right) => format!("may {}", to_do(right)),
            None => "has no right to".to_owned(),
        };
        sheet.line(format!("{} {may} plan {}.", person.name, short(project)));
        let what = if is_invited { "invite them" } else { "make it so on the server" };
        sheet.next("enhance sync", what);
    })?;
    Ok(Exit::Done)
}

/// A right, as what a person may do with a plan.
fn to_do(right: Right) -> String {
    match right {
        Right::Comment => "comment on".to_owned(),
        right => right.to_string(),
    }
}
