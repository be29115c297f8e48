//! Whom a command is about: an id, or the name of exactly one person.

use enhance_model::{Person, PersonId, folding::folded};
use rusqlite::Connection;

use super::error::CommandError;
use crate::storage::people::{self, Overview};

/// People of one name that an error lists at most.
const LISTED: usize = 10;

/// The person whom a word of the command line means. Capitals, accents, dashes and spaces do not
/// matter; part of a name is nobody's, since what is done may not be undone.
pub(super) fn one(db: &Connection, typed: &str) -> Result<Person, CommandError> {
    Ok(overview(db, typed)?.person)
}

/// The same with all the operator may know of them.
pub(super) fn overview(db: &Connection, typed: &str) -> Result<Overview, CommandError> {
    let wanted = folded(typed);
    let id: Option<PersonId> = typed.trim().parse().ok();
    let everybody = people::overview(db)?;
    let mut found: Vec<Overview> = everybody
        .into_iter()
        .filter(|one| match id {
            Some(id) => one.person.id == id,
            None => !wanted.is_empty() && folded(&one.person.name) == wanted,
        })
        .collect();
    if found.len() > 1 {
        return Err(CommandError::advice(several(typed, &found)));
    }
    if let Some(mut one) = found.pop() {
        // With their devices, which lists of everybody do without.
        one.person = people::person(db, one.person.id)?.unwrap_or(one.person);
        return Ok(one);
    }
    let who = typed.trim();
    let sentence = format!(
        "there is no person {who:?}; `enhance-server people` lists everybody with their ids"
    );
    Err(CommandError::advice(sentence))
}

fn several(typed: &str, found: &[Overview]) -> String {
    let mut lines =
        vec![format!("{} people are called {:?}; say which by id:", found.len(), typed.trim())];
    lines.extend(found.iter().take(LISTED).map(|one| {
        let Person { id, name, .. } = &one.person;
        format!("  {id}  {name}  {}", one.person.roles_in_words())
    }));
    if found.len() > LISTED {
        lines.push(format!("  and {} more", found.len() - LISTED));
    }
    lines.join("\n")
}
