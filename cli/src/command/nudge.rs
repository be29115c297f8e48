//! `enhance nudge`: lets who you wait for know it: the owner of a plan, or who is to sign.

use enhance_model::{DocumentId, ItemId};
use serde::Serialize;

use crate::{
    command::{reflect::check, sign_off},
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
};

const EXAMPLES: &str = "\
Examples:
  enhance nudge 9f3c21ab --why \"How far are the lamps?\"
  enhance nudge 9f3c21ab --on aim --why \"By when?\"
  enhance nudge 77d01c9e --why \"The review is on Friday\"      # what you asked to have signed

It goes out once, and not again for a week.";

/// Let the owner of a plan, or who you asked for a sign-off, know that you wait.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The id of the plan or of your request for a sign-off, or enough of it.
    id: String,
    /// What you wait for.
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// The part it is about: a section's name, aim, or an item's id [default: the whole plan].
    #[arg(long, value_name = "PART", default_value = "", hide_default_value = true)]
    on: String,
    /// Yes, also what may tell who somebody is: you have seen what was found.
    #[arg(long)]
    acknowledge: bool,
}

#[derive(Serialize)]
struct NudgeAnswer {
    document: DocumentId,
    nudge: ItemId,
    /// Whether the same nudge was there before.
    again: bool,
    /// Whether it has still to go out.
    waits: bool,
}

/// Nudges who is waited for.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let document = match documents::project(&core, &arguments.id) {
        Err(Failure::NotFound { .. }) => sign_off::request(&core, &arguments.id)?,
        found => found?,
    };
    let (on, why) = (&arguments.on, &arguments.why);
    let earlier = core.own_nudge(document)?;
    let found = core.check_before_nudge(document, why)?;
    let nudge = if check::may_leave(context, &core, &found, (arguments.acknowledge, "Nudge"))? {
        core.nudge_acknowledged(document, on, why, found.acknowledgement)?
    } else {
        core.nudge(document, on, why)?
    };
    // Whoever has one that stands says the same again, or is refused.
    let again = earlier.is_some();
    let waits = core.own_nudge(document)?.is_some_and(|own| own.waits);
    let answer = NudgeAnswer { document, nudge, again, waits };
    context.output.answer(&answer, |sheet| {
        let id = short(document);
        sheet.line(match (again, waits) {
            (false, _) => format!("Nudged about {id}; it goes out with the next sync."),
            (true, true) => format!("This nudge about {id} waits already; the next sync sends it."),
            (true, false) => format!("This nudge about {id} went out already; nothing is sent."),
        });
    })?;
    Ok(Exit::Done)
}
