//! Plans one is invited to: listing, accepting and declining.

use enhance_client::{InvitationStanding, InvitationView, LearningCore};
use enhance_model::{DocumentId, size};
use serde::Serialize;

use super::{arguments::ProjectArguments, handover};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
    when::when,
};

/// What `project decline` takes.
#[derive(Debug, clap::Args)]
pub struct DeclineArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// And take nothing more from who invites you.
    #[arg(long, conflicts_with = "undo")]
    for_good: bool,
    /// Let somebody send to you again whom you declined for good.
    #[arg(long)]
    undo: bool,
}

#[derive(Serialize)]
struct AcceptAnswer {
    accepted: DocumentId,
}

#[derive(Serialize)]
struct DeclineAnswer {
    declined: DocumentId,
    for_good: bool,
}

#[derive(Serialize)]
struct WelcomeAnswer {
    welcome: DocumentId,
}

/// Lists the plans one is invited to.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let invitations = context.core()?.invitations()?;
    context.output.answer(&invitations, |sheet| write(sheet, &invitations))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, invitations: &[InvitationView]) {
    let row = |one: &InvitationView| {
        let inviter = one.inviter.as_ref().map(|person| person.name.clone());
        let state = match one.standing {
            InvitationStanding::Waiting => format!("waits until {}", when(one.expires_at)),
            InvitationStanding::Accepted => "accepted; it comes with the next sync".to_owned(),
            InvitationStanding::DeclinedForGood => "declined for good".to_owned(),
        };
        vec![
            short(one.project),
            one.title.clone(),
            inviter.unwrap_or_default(),
            one.right.to_string(),
            size(one.bytes),
            state,
        ]
    };
    let header = ["id", "title", "from", "right", "size", ""];
    let rows = invitations.iter().map(row).collect();
    sheet.table(&header, rows, "You are invited to no plan.");
}

/// Accepts an invitation, or a plan that was offered.
pub fn accept(context: &Context, arguments: &ProjectArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let Some(accepted) = invited(&core, &arguments.id)? else {
        return handover::accept(context, &core, &arguments.id);
    };
    core.accept_invitation(accepted)?;
    context.output.answer(&AcceptAnswer { accepted }, |sheet| {
        sheet.line(format!("You take part in plan {}.", short(accepted)));
        sheet.next("enhance sync", "fetch it");
    })?;
    Ok(Exit::Done)
}

/// Declines an invitation or a plan that was offered, or lets somebody send again who was declined for good.
pub fn decline(context: &Context, arguments: &DeclineArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let invited = invited(&core, &arguments.id)?;
    let is_plain = !arguments.undo && !arguments.for_good;
    if invited.is_none() && is_plain && documents::project(&core, &arguments.id).is_ok() {
        return handover::decline(context, &core, &arguments.id);
    }
    let project = match invited {
        Some(project) => project,
        None => ids::resolve("invitation", &arguments.id, &choices(&core)?)?,
    };
    if arguments.undo {
        core.welcome_sender(project)?;
        context.output.answer(&WelcomeAnswer { welcome: project }, |sheet| {
            sheet.line("Who invited you can send to you again.");
            sheet.next("enhance sync", "make it so on the server");
        })?;
        return Ok(Exit::Done);
    }
    let for_good = arguments.for_good;
    core.decline_invitation(project, for_good)?;
    context.output.answer(&DeclineAnswer { declined: project, for_good }, |sheet| {
        sheet.line(format!("You do not take part in plan {}.", short(project)));
        sheet.next("enhance sync", "let them know");
    })?;
    Ok(Exit::Done)
}

/// The plan that one is invited to with the id that was typed, if there is one.
fn invited(core: &LearningCore, typed: &str) -> Result<Option<DocumentId>, Failure> {
    let choices = choices(core)?;
    if let Ok(whole) = typed.trim().parse::<DocumentId>() {
        return Ok(choices.iter().any(|(id, _)| *id == whole).then_some(whole));
    }
    match ids::resolve("invitation", typed, &choices) {
        Ok(project) => Ok(Some(project)),
        Err(Failure::NotFound { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

fn choices(core: &LearningCore) -> Result<Vec<(DocumentId, String)>, Failure> {
    Ok(core.invitations()?.into_iter().map(|one| (one.project, one.title)).collect())
}
