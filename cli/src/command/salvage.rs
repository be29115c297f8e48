//! `enhance salvage`: what can be read of a damaged database, taken into a new one.

use std::path::PathBuf;

use enhance_client::Salvaged;
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::Sheet,
};

/// What was taken out, as `--json` prints it.
#[derive(Serialize)]
struct SalvageAnswer {
    documents: u64,
    drafts: u64,
    steps: u64,
    unreadable: Vec<String>,
    aside: PathBuf,
}

/// Takes out what can be read and says what that was.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let salvaged = context.home.salvage(&context.environment)?;
    let Salvaged { documents, drafts, steps, unreadable, aside } = salvaged;
    let answer = SalvageAnswer { documents, drafts, steps, unreadable, aside };
    context.output.answer(&answer, |sheet| write_answer(sheet, &answer))?;
    Ok(Exit::Done)
}

fn write_answer(sheet: &mut Sheet, answer: &SalvageAnswer) {
    let SalvageAnswer { documents, drafts, steps, unreadable, aside } = answer;
    sheet.line(format!(
        "A new database has {documents} documents, {drafts} unfinished texts and {steps} steps \
         of writing."
    ));
    if unreadable.is_empty() {
        sheet.line("Nothing was lost: all that it held could be read.");
    } else {
        sheet.line(format!(
            "Something could not be read, in: {}. What the server has of it comes back.",
            unreadable.join(", ")
        ));
    }
    sheet.line(format!("The damaged one is kept, whole, in {}.", aside.display()));
    sheet.next("enhance sync", "compare everything with the server, and fetch what is missing");
}
