//! Whose a plan is: handing it over, accepting it, leaving it, deleting it.

use enhance_client::LearningCore;
use enhance_model::{DocumentId, Person, Right};
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
    #[arg(required_unless_present = "withdraw", conflicts_with = "withdraw")]
    person: Option<String>,
    /// What you may do with it once it is theirs: read, comment or edit.
    #[arg(long, value_name = "RIGHT", default_value = "read", conflicts_with = "withdraw")]
    keep: Right,
    /// Take an offer back that was not answered yet.
    #[arg(long)]
    withdraw: bool,
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
    keeps: Right,
}

#[derive(Serialize)]
struct WithdrawAnswer {
    withdrawn: DocumentId,
}

#[derive(Serialize)]
struct DeclineAnswer {
    declined: DocumentId,
}

#[derive(Serialize)]
struct AcceptAnswer {
    accepted: DocumentId,
}

#[derive(Serialize)]
struct LeaveAnswer {
    left: DocumentId,
}

/// Offers a plan to a member, or takes that back.
pub fn offer(context: &Context, arguments: &HandoverArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let Some(typed) = &arguments.person else { return withdraw(context, &core, project) };
    let people = core.people()?;
    let person = ids::person(typed, &people)?;
    let keeps = arguments.keep;
    core.offer_ownership_keeping(project, person.id, keeps)?;
    context.output.answer(&OfferAnswer { project, offered_to: person, keeps }, |sheet| {
        let (name, kept) = (&person.name, may(keeps));
        sheet.line(format!("Plan {} is offered to {name}. It is yours until", short(project)));
        sheet.line(format!("they accept it; after that you {kept}."));
        sheet.next("enhance sync", "let them know");
    })?;
    Ok(Exit::Done)
}

fn withdraw(context: &Context, core: &LearningCore, project: DocumentId) -> Result<Exit, Failure> {
    core.withdraw_offer(project)?;
    context.output.answer(&WithdrawAnswer { withdrawn: project }, |sheet| {
        sheet.line(format!("Plan {} is offered to nobody any more.", short(project)));
        sheet.next("enhance sync", "let them know");
    })?;
    Ok(Exit::Done)
}

/// What a right is, in words that follow "you" or a name.
pub const fn may(right: Right) -> &'static str {
    match right {
        Right::Read => "may read it and nothing else",
        Right::Comment => "may read it and comment on it",
        Right::Edit => "may read it, comment on it and edit it",
        Right::Own => "own it",
    }
}

/// Accepts a plan that was offered.
pub fn accept(context: &Context, core: &LearningCore, typed: &str) -> Result<Exit, Failure> {
    let accepted = documents::project(core, typed)?;
    let offered = core.project(accepted)?.handover;
    core.accept_ownership(accepted)?;
    context.output.answer(&AcceptAnswer { accepted }, |sheet| {
        sheet.line(format!("Plan {} is yours.", short(accepted)));
        if let Some(offer) = offered.filter(|offer| !offer.by_organisation) {
            sheet.line(format!("{} {}.", offer.from.name, may(offer.keeps)));
        }
        sheet.next("enhance sync", "make it so on the server");
    })?;
    Ok(Exit::Done)
}

/// Declines a plan that was offered.
pub fn decline(context: &Context, core: &LearningCore, typed: &str) -> Result<Exit, Failure> {
    let declined = documents::project(core, typed)?;
    let offer = core.project(declined)?.handover;
    core.decline_ownership(declined)?;
    context.output.answer(&DeclineAnswer { declined }, |sheet| {
        let told = match &offer {
            Some(offer) if offer.by_organisation => "is not yours; the organisation is told".into(),
            Some(offer) => format!("stays with {}, who is told", offer.from.name),
            None => "stays with its owner, who is told".to_owned(),
        };
        sheet.line(format!("Plan {} {told}.", short(declined)));
        sheet.next("enhance sync", "let them know");
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
