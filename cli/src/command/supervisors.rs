//! `enhance supervisors`: who supervises you, and where.

use enhance_client::SupervisorView;
use enhance_model::{Person, PersonId, Quoted};

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::{self, short},
    output::Sheet,
};

const EXAMPLES: &str = "\
Examples:
  enhance supervisors
  enhance record add supervisor placement=4c1d77e0 name=Okafor role=clinical";

/// Who supervises you, as your placements say: whom to share with and to ask first.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {}

/// Lists who supervises this person.
pub fn run(context: &Context, _: &Arguments) -> Result<Exit, Failure> {
    let supervisors = context.core()?.supervisors()?;
    context.output.answer(&supervisors, |sheet| write(sheet, &supervisors))?;
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, supervisors: &[SupervisorView]) {
    let row = |one: &SupervisorView| {
        vec![
            one.person.as_ref().map(|person| short(person.id)).unwrap_or_default(),
            one.name.clone(),
            one.role.as_str().replace('_', " "),
            one.organisation.clone(),
            one.start.to_string(),
            one.end.to_string(),
            one.note.clone().unwrap_or_default(),
        ]
    };
    let headings = ["id", "name", "role", "at", "from", "to", ""];
    let nobody = "Your placements name nobody; see enhance record --help.";
    sheet.table(&headings, supervisors.iter().map(row).collect(), nobody);
}

/// The person that was typed, or the news whom one would name first.
pub fn whom<'a>(
    typed: Option<&str>,
    people: &'a [Person],
    supervisors: &[SupervisorView],
) -> Result<&'a Person, Failure> {
    if let Some(typed) = typed {
        return ids::person(typed, people);
    }
    let first = supervisors.iter().filter(|one| one.person.is_some());
    let named: Vec<String> = first.map(|one| format!("--with {}", Quoted(&one.name))).collect();
    let choices = if named.is_empty() {
        "enhance people lists whom you may name".to_owned()
    } else {
        format!("your supervisors are {}", named.join(", "))
    };
    Err(Failure::Usage(format!("say with whom: {choices}")))
}

/// What is to be said of a person whom something is shared with or asked of: that the placement in
/// which they supervise is not on. None of those who supervise today, or in no placement.
pub fn note_on(supervisors: &[SupervisorView], person: PersonId) -> Option<&str> {
    let is_them = |one: &&SupervisorView| one.person.as_ref().is_some_and(|it| it.id == person);
    let first = supervisors.iter().find(is_them)?;
    first.note.as_deref()
}
