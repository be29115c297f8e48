//! `enhance salvage`: what can be read of a damaged database, taken into a new one.

use std::{collections::BTreeSet, path::PathBuf};

use enhance_client::Salvaged;
use enhance_model::counted;
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

/// What was set aside unread, as `--json` prints it.
#[derive(Serialize)]
struct SetAsideAnswer {
    aside: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  enhance salvage
  enhance salvage --without-key

What is damaged is never deleted: it stays in a folder beside the new database, whose name says
when. With --without-key nothing is read: the database is set aside whole, for when the key of this
home is lost, and you can enrol here again; what the server has comes back then.";

/// Take what can be read of a damaged database here into a new one.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Read nothing and set the database aside whole: its key is lost.
    #[arg(long)]
    without_key: bool,
}

/// Takes out what can be read and says what that was.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    if arguments.without_key {
        let answer = SetAsideAnswer { aside: context.home.set_aside(&context.environment)? };
        context.output.answer(&answer, |sheet| {
            let (aside, has_key) = (answer.aside.display(), answer.aside.join("key").exists());
            let key = if has_key { ", with the key that was here and did not open it" } else { "" };
            let had_database = answer.aside.join("enhance.db").exists();
            if !had_database {
                sheet.line("There is no database here; what was left of it was set aside.");
                sheet.line(format!("It is kept in {aside}, with the key that opens a backup."));
                next_enrol(sheet);
                return;
            }
            sheet.line("The database here was set aside, whole and unread.");
            sheet.line(format!("It is kept in {aside}{key}."));
            sheet.line(
                "What was never sent from here is in it alone, and opens with its key alone.",
            );
            next_enrol(sheet);
        })?;
        return Ok(Exit::Done);
    }
    let salvaged = context.home.salvage(&context.environment)?;
    let is_enrolled = is_enrolled(context);
    let Salvaged { documents, drafts, steps, unreadable, aside } = salvaged;
    let answer = SalvageAnswer { documents, drafts, steps, unreadable, aside };
    context.output.answer(&answer, |sheet| write_answer(sheet, &answer, is_enrolled))?;
    Ok(Exit::Done)
}

/// Whether the new database still knows whose it is.
fn is_enrolled(context: &Context) -> bool {
    let core = context.home.open(context.environment.clone());
    core.and_then(|core| Ok(core.account()?)).is_ok_and(|account| account.is_some())
}

fn write_answer(sheet: &mut Sheet, answer: &SalvageAnswer, is_enrolled: bool) {
    let SalvageAnswer { documents, drafts, steps, unreadable, aside } = answer;
    sheet.line(format!(
        "The new database here has {}, {} and {}.",
        counted(*documents, "document"),
        counted(*drafts, "unfinished text"),
        counted(*steps, "step"),
    ));
    let lost: BTreeSet<&str> = unreadable.iter().filter_map(|table| kept_in(table)).collect();
    match (unreadable.is_empty(), lost.is_empty()) {
        (true, _) => sheet.line("Nothing was lost: all that it held could be read."),
        (false, true) => {
            sheet.line("What could not be read is made again, or asked of the server again.")
        }
        (false, false) => sheet.line(format!(
            "Something could not be read of {}. What the server has of it comes back; what was \
             never sent is in the damaged file alone.",
            lost.into_iter().collect::<Vec<_>>().join(", ")
        )),
    };
    sheet.line(format!("The damaged file is kept, whole, in {}.", aside.display()));
    if is_enrolled {
        sheet.next("enhance sync", "compare everything with the server, and fetch what is missing");
    } else {
        sheet.line("Whose account it is could not be read either.");
        next_enrol(sheet);
    }
}

/// What a person misses of a table; nothing where it is made again.
fn kept_in(table: &str) -> Option<&'static str> {
    Some(match table {
        "entry" | "fold" | "fold_head" => "what was written",
        "draft" => "what was being typed",
        "document" | "document_key" => "the documents there are and their keys",
        "meta" => "whose account it is",
        "outbox" => "what waits to be sent",
        "attachment" => "which photographs and PDFs belong where",
        "quarantine" | "quarantine_entry" => "what the server refused",
        "access" | "access_round" | "person" | "seen" | "invitation" => "who may read what",
        "pack" | "pack_file" => "the programme that is in use",
        _ => return None,
    })
}

fn next_enrol(sheet: &mut Sheet) {
    sheet.next(
        "enhance enrol --server URL CODE",
        "enrol here again with a new invitation for you, and then type your recovery key",
    );
}
