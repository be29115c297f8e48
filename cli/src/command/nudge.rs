//! `enhance nudge`: lets the owner of a plan know that you wait.

use enhance_model::{DocumentId, ItemId};
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
};

const EXAMPLES: &str = "\
Examples:
  enhance nudge 9f3c21ab --why \"How far are the lamps?\"
  enhance nudge 9f3c21ab --on aim --why \"By when?\"

It goes out once, and not again for a week.";

/// Let the owner of a plan know that you wait for something in it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The plan's id, or enough of it.
    project: String,
    /// What you wait for.
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// The part it is about: a section's name, aim, or an item's id [default: the whole plan].
    #[arg(long, value_name = "PART", default_value = "", hide_default_value = true)]
    on: String,
}

#[derive(Serialize)]
struct NudgeAnswer {
    project: DocumentId,
    nudge: ItemId,
}

/// Nudges the owner of a plan.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.project)?;
    let nudge = core.nudge(project, &arguments.on, &arguments.why)?;
    let answer = NudgeAnswer { project, nudge };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("Nudged about {}; it goes out with the next sync.", short(project)));
    })?;
    Ok(Exit::Done)
}
