//! Who may do what with a project.

use clap::Subcommand;
use enhance_client::LearningCore;
use enhance_model::{DocumentId, Person, Right, Standing};
use serde::Serialize;

use crate::{
    command::reflect::check,
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
    /// Yes, also what may tell who somebody is: you have seen what enhance reflect check finds.
    #[arg(long)]
    acknowledge: bool,
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
        /// Yes, also what may tell who somebody is: you have seen what enhance reflect check finds.
        #[arg(long)]
        acknowledge: bool,
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
    let (id, person, given) = match verb {
        MemberVerb::List { id } => {
            let project = documents::project(&core, id)?;
            let readers = core.readers(project)?;
            let write = |sheet: &mut Sheet| documents::write_readers(sheet, project, &readers);
            context.output.answer(&readers, write)?;
            return Ok(Exit::Done);
        }
        MemberVerb::Add { id, person, right, acknowledge } => {
            (id, person, Some((*right, *acknowledge)))
        }
        MemberVerb::Remove { id, person } => (id, person, None),
    };
    change(context, &core, (id, person), given)
}

/// Invites a person to a plan.
pub fn invite(context: &Context, arguments: &InviteArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let given = Some((arguments.right, arguments.acknowledge));
    change(context, &core, (&arguments.id, &arguments.person), given)
}

/// Invites a person once what may tell who somebody is was seen. Who takes part reads it already.
fn let_in(
    context: &Context,
    core: &LearningCore,
    (project, person): (DocumentId, &Person),
    (right, acknowledge): (Right, bool),
) -> Result<(), Failure> {
    let members = core.project(project)?.members;
    if members.iter().any(|member| member.person.id == person.id && member.takes_part()) {
        return Ok(core.add_member(project, person.id, right)?);
    }
    let found = core.check_before_sharing(project)?;
    let question = format!("Let {} read it", person.name);
    if check::may_leave(context, core, &found, (acknowledge, &question))? {
        let acknowledged = found.acknowledgement;
        return Ok(core.add_member_acknowledged(project, person.id, right, acknowledged)?);
    }
    Ok(core.add_member(project, person.id, right)?)
}

fn change(
    context: &Context,
    core: &LearningCore,
    (id, person): (&str, &str),
    given: Option<(Right, bool)>,
) -> Result<Exit, Failure> {
    let project = documents::project(core, id)?;
    let people = core.people()?;
    let person = ids::person(person, &people)?;
    match given {
        Some(given) => let_in(context, core, (project, person), given)?,
        None => core.remove_member(project, person.id)?,
    }
    let right = given.map(|(right, _)| right);
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
