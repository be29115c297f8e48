//! `enhance people`: who is on the programme, as far as one may know.

use enhance_client::Cancellation;
use enhance_model::{Person, PersonId};

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
};

const EXAMPLES: &str = "\
Examples:
  enhance people
  enhance people --add 0193a3c4-5b1e-7d2a-9f00-3c5d7e9a1b2c   # as their enhance status shows it
  enhance people --json | jq -r \".[].name\"";

/// The people you may need: supervisors and fellows of your organisations, and everybody you share
/// something with. Add anybody else by their id.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Ask the server for the person with this id, who is listed from then on.
    #[arg(long, value_name = "ID")]
    add: Option<PersonId>,
}

/// Lists the people that are known here.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if let Some(id) = arguments.add {
        let person = core.add_person(id, &Cancellation::new()).await?;
        context.output.answer(&person, |sheet| {
            sheet.line(format!("{} ({}) is known here.", person.name, person.roles_in_words()));
        })?;
        return Ok(Exit::Done);
    }
    let people = core.people()?;
    context.output.answer(&people, |sheet| write(sheet, &people))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, people: &[Person]) {
    let row =
        |person: &Person| vec![short(person.id), person.name.clone(), person.roles_in_words()];
    let nobody = "Nobody is known here yet; run enhance sync first.";
    sheet.table(&["id", "name", "roles"], people.iter().map(row).collect(), nobody);
}
