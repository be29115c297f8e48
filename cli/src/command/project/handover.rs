//! Whose a plan is: handing it over, accepting it, leaving it, deleting it.

use enhance_client::LearningCore;
use enhance_model::{DocumentId, Person};
use serde::Serialize;

use super::arguments::ProjectArguments;
use crate::{
    command::delete,
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
};

/// What `project handover` takes.
#[derive(Debug, clap::Args)]
pub struct HandoverArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The member: their name, part of it, or their id.
    person: String,
}

/// What `project delete` takes.
#[derive(Debug, clap::Args)]
pub struct DeletionArguments {
    #[command(flatten)]
    document: delete::DeleteArguments,
    /// Also from all others who can read it.
    #[arg(long)]
    for_everybody: bool,
}

#[derive(Serialize)]
struct OfferAnswer<'a> {
    project: DocumentId,
    offered_to: &'a Person,
}

#[derive(Serialize)]
struct AcceptAnswer {
    accepted: DocumentId,
}

#[derive(Serialize)]
struct LeaveAnswer {
    left: DocumentId,
}

/// Offers a plan to a member.
pub fn offer(context: &Context, arguments: &HandoverArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let people = core.people()?;
    let person = ids::person(&arguments.person, &people)?;
    core.offer_ownership(project, person.id)?;
    context.output.answer(&OfferAnswer { project, offered_to: person }, |sheet| {
        let name = &person.name;
        sheet.line(format!("Plan {} is offered to {name}. It is yours until", short(project)));
        sheet.line("they accept it.");
        sheet.next("enhance sync", "let them know");
    })?;
    Ok(Exit::Done)
}

/// Accepts a plan that was offered.
pub fn accept(context: &Context, core: &LearningCore, typed: &str) -> Result<Exit, Failure> {
    let accepted = documents::project(core, typed)?;
    core.accept_ownership(accepted)?;
    context.output.answer(&AcceptAnswer { accepted }, |sheet| {
        sheet.line(format!("Plan {} is yours.", short(accepted)));
        sheet.next("enhance sync", "make it so on the server");
    })?;
    Ok(Exit::Done)
}

/// Leaves a plan of somebody else.
pub fn leave(context: &Context, arguments: &ProjectArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let left = documents::project(&core, &arguments.id)?;
    core.leave_project(left)?;
    context.output.answer(&LeaveAnswer { left }, |sheet| {
        sheet.line(format!("You leave plan {}. All others keep it.", short(left)));
        sheet.next("enhance sync", "take it off your devices");
    })?;
    Ok(Exit::Done)
}

/// Deletes a plan, after a warning if others read it.
pub fn delete(context: &Context, arguments: &DeletionArguments) -> Result<Exit, Failure> {
    if !arguments.for_everybody {
        return delete::delete(context, &arguments.document);
    }
    let core = context.core()?;
    let project = documents::project(&core, &arguments.document.id)?;
    core.delete_for_everybody(project)?;
    delete::answer(context, project, Vec::new(), Vec::new())
}
