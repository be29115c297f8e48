//! `enhance people`: who is on the programme, as far as one may know.

use enhance_model::Person;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
};

const EXAMPLES: &str = "\
Examples:
  enhance people
  enhance people --json | jq -r \".[].name\"";

/// The people on the programme you may share with.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {}

/// Lists the people that are known here.
pub fn run(context: &Context, _: &Arguments) -> Result<Exit, Failure> {
    let people = context.core()?.people()?;
    context.output.answer(&people, |sheet| write(sheet, &people))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, people: &[Person]) {
    let row =
        |person: &Person| vec![short(person.id), person.name.clone(), person.roles_in_words()];
    let nobody = "Nobody is known here yet; run enhance sync first.";
    sheet.table(&["id", "name", "roles"], people.iter().map(row).collect(), nobody);
}
