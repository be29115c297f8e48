//! Ticking on a tally sheet: offline, without patient data.

use enhance_model::{DocumentId, ItemId, Noun, change_project::Value};
use serde::Serialize;

use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
    words::whole_number,
};

/// So many ticks at once are more likely a slip.
const MOST_TIMES: u64 = 10_000;

/// What `enhance project tick` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The tally sheet's id, or enough of it.
    tally: String,
    /// It was so: counts in the numerator and in the denominator.
    #[arg(long, conflicts_with = "no")]
    yes: bool,
    /// It was not so: counts in the denominator alone. This is what happens without --yes too.
    #[arg(long)]
    no: bool,
    /// So many ticks at once.
    #[arg(long, value_name = "N", default_value = "1")]
    #[arg(value_parser = whole_number::<i32>(1..=MOST_TIMES), allow_negative_numbers = true)]
    times: i32,
    /// Take ticks of this device back instead.
    #[arg(long)]
    undo: bool,
}

#[derive(Serialize)]
struct TickAnswer {
    project: DocumentId,
    tally: ItemId,
    /// What this device has counted.
    here: Value,
    /// What all devices have counted, as far as this one has heard.
    numerator: u64,
    denominator: u64,
}

/// Raises what this device has counted on a sheet, or takes some of it back.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let project = documents::project(&core, &arguments.id)?;
    let sheets = core.project(project)?.project.ids_of(Noun::Tally);
    let choices: Vec<_> = sheets.into_iter().map(|id| (id, String::new())).collect();
    let tally = ids::resolve(Noun::Tally.as_str(), &arguments.tally, &choices)?;
    let times = if arguments.undo { -arguments.times } else { arguments.times };
    let here = core.tick(project, tally, if arguments.yes { times } else { 0 }, times)?;
    let sheet = core.project(project)?.project.tallies.remove(&tally);
    let counted = sheet.and_then(|sheet| sheet.counted()).unwrap_or_default();
    let (numerator, denominator) = counted;
    let answer = TickAnswer { project, tally, here, numerator, denominator };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("The sheet says {numerator} of {denominator}. Saved here."));
        sheet.field("This device", answer.here.to_string());
        sheet.next(&format!("enhance project show {}", short(project)), "see the plan");
    })?;
    Ok(Exit::Done)
}
