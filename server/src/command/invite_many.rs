//! Many invitations at once, from a table: all of them or none.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use enhance_model::{PersonRole, Timestamp, counted, folding::folded, person::NoRole};
use rusqlite::Connection;
use serde::Serialize;

use super::{
    csv::{self, Line},
    error::CommandError,
    json::moment,
    people::name_of,
    roles::{in_words, roles_of},
};
use crate::{
    storage::{
        audit,
        audit::{Action, Event},
        invitations::{self, InvitationCode, Invitee, RANDOM_BYTES},
        people, whole_file,
    },
    surroundings::{Surroundings, random},
};

/// Lines of a table at most.
const LINES: usize = 5_000;
/// Bytes of a table at most.
const BYTES: u64 = 4 << 20;
/// Wrong lines that are named at once.
const NAMED: usize = 20;

/// Somebody who is to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    line: usize,
    name: String,
    roles: Vec<PersonRole>,
    /// The columns that the server knows nothing of, such as an address for the letter.
    other: BTreeMap<String, String>,
}

/// An invitation as scripts read it: the name beside the code.
#[derive(Debug, Serialize)]
pub(super) struct Invited {
    /// The number of the line in the file.
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) roles: Vec<PersonRole>,
    pub(super) invitation: String,
    #[serde(serialize_with = "moment")]
    pub(super) expires_at: Timestamp,
    /// What may be a slip: somebody of that name is here, or has an invitation.
    pub(super) note: Option<String>,
    pub(super) other: BTreeMap<String, String>,
}

/// Those in a table with the columns name and roles, and organisation if it has one.
pub(super) fn read(file: &Path) -> Result<Vec<Row>, CommandError> {
    let text = whole_file::text(file, BYTES)?;
    let lines =
        csv::lines(&text, LINES).map_err(|error| nothing_made(file, &[error.to_string()]))?;
    rows(&lines).map_err(|faults| nothing_made(file, &faults))
}

/// Why nothing was made, line by line.
fn nothing_made(file: &Path, faults: &[String]) -> CommandError {
    let mut said = vec![format!("{}: no invitation was made", file.display())];
    said.extend(faults.iter().take(NAMED).map(|fault| format!("  {fault}")));
    if faults.len() > NAMED {
        said.push(format!("  and {} more", faults.len() - NAMED));
    }
    CommandError::advice(said.join("\n"))
}

fn rows(lines: &[Line]) -> Result<Vec<Row>, Vec<String>> {
    let Some((headings, lines)) = lines.split_first() else {
        return Err(vec!["it is empty; its first line names the columns: name,roles".to_owned()]);
    };
    let headings: Vec<String> = headings.cells.iter().map(|cell| folded(cell)).collect();
    let mut faults = Vec::new();
    for needed in ["name", "roles"] {
        if !headings.iter().any(|heading| heading == needed) {
            let there = headings.join(", ");
            faults.push(format!("line 1: there is no column {needed}; there are {there}"));
        }
    }
    let named: Vec<&String> = headings.iter().filter(|heading| !heading.is_empty()).collect();
    if named.iter().collect::<BTreeSet<_>>().len() < named.len() {
        faults.push("line 1: two columns have one name".to_owned());
    }
    if lines.is_empty() {
        faults.push("it names nobody".to_owned());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let (mut rows, mut seen) = (Vec::new(), BTreeMap::new());
    for line in lines {
        match row(&headings, line) {
            Ok(row) => {
                let same = (folded(&row.name), row.roles.clone(), row.other.clone());
                if let Some(before) = seen.insert(same, row.line) {
                    faults.push(format!("line {}: it is line {before} once more", row.line));
                }
                rows.push(row);
            }
            Err(why) => faults.push(format!("line {}: {why}", line.number)),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn row(headings: &[String], line: &Line) -> Result<Row, String> {
    if line.cells.len() > headings.len() {
        let (has, most) = (line.cells.len(), headings.len());
        let (has, most) = (counted(has, "cell"), counted(most, "column"));
        return Err(format!("it has {has}, and the table has {most}"));
    }
    let mut other: BTreeMap<String, String> = headings
        .iter()
        .zip(&line.cells)
        .map(|(heading, cell)| (heading.clone(), cell.trim().to_owned()))
        .collect();
    other.remove("");
    let mut take = |heading| other.remove(heading).unwrap_or_default();
    let (name, roles, organisation) = (take("name"), take("roles"), take("organisation"));
    let name = name_of(&name).map_err(|error| error.to_string())?;
    let roles = roles.split([';', '+']).map(str::trim).filter(|role| !role.is_empty());
    let roles: Vec<PersonRole> =
        roles.map(role).collect::<Result<_, NoRole>>().map_err(|error| error.to_string())?;
    if roles.is_empty() {
        return Err("it gives no role; several stand with ; or + between them".to_owned());
    }
    let organisation = Some(organisation.as_str()).filter(|it| !it.is_empty());
    let roles = roles_of(roles, organisation).map_err(|error| error.to_string())?;
    Ok(Row { line: line.number, name, roles, other })
}

/// A role as it stands in a table, where it may begin with a capital letter.
fn role(typed: &str) -> Result<PersonRole, NoRole> {
    match typed.split_once(" at ") {
        Some((role, organisation)) => format!("{} at {organisation}", role.to_lowercase()).parse(),
        None => typed.to_lowercase().parse(),
    }
}

/// Makes an invitation for each of them. Must run in one transaction.
pub(super) fn make(
    db: &Connection,
    rows: Vec<Row>,
    surroundings: &dyn Surroundings,
) -> Result<Vec<Invited>, CommandError> {
    let now = surroundings.now();
    let mut known = Known::read(db, now)?;
    let mut invited = Vec::with_capacity(rows.len());
    for Row { line, name, roles, other } in rows {
        let code = InvitationCode::new(random::<RANDOM_BYTES>(surroundings));
        let newcomer = Invitee::Newcomer { name: name.clone(), roles: roles.clone() };
        let expires_at = invitations::add(db, &code, &newcomer, now)?;
        let detail = in_words(&roles);
        audit::add(db, Event::of_server(Action::Invite, detail), now)?;
        let (note, invitation) = (known.note(&name), code.to_string());
        known.add(&name, line);
        invited.push(Invited { line, name, roles, invitation, expires_at, note, other });
    }
    Ok(invited)
}

/// Names that are taken, as they are compared.
pub(super) struct Known {
    here: BTreeSet<String>,
    invited: BTreeSet<String>,
    /// In which line of this table they are.
    in_table: BTreeMap<String, usize>,
}

impl Known {
    pub(super) fn read(db: &Connection, now: Timestamp) -> Result<Self, CommandError> {
        let here = people::overview(db)?.iter().map(|one| folded(&one.person.name)).collect();
        let open = invitations::all(db)?.into_iter().filter(|one| one.invitation.is_open(now));
        let invited = open.filter_map(|one| match one.invitation.invitee {
            Invitee::Newcomer { name, .. } => Some(folded(&name)),
            Invitee::Device(_) => None,
        });
        Ok(Self { here, invited: invited.collect(), in_table: BTreeMap::new() })
    }

    fn add(&mut self, name: &str, line: usize) {
        self.in_table.entry(folded(name)).or_insert(line);
    }

    /// What may be a slip of whoever invites somebody of this name.
    pub(super) fn note(&self, name: &str) -> Option<String> {
        let name = folded(name);
        if let Some(line) = self.in_table.get(&name) {
            return Some(format!("line {line} has this name as well"));
        }
        if self.here.contains(&name) {
            return Some("somebody of this name is here already".to_owned());
        }
        let is_invited = self.invited.contains(&name);
        is_invited.then(|| "somebody of this name has an invitation already".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        rows(&csv::lines(text, LINES).unwrap()).unwrap_err()
    }

    #[test]
    fn g15_a_table_is_read_with_its_roles_and_what_it_has_beside_them() {
        let text = "Name,Roles,Organisation,Email\n\
                    Asha  Rao,trainee,Bedford Hospital,asha@example.org\n\
                    Dr Lee,Supervisor; fellow at Sussex Hub,Bedford Hospital,\n";
        let rows = rows(&csv::lines(text, LINES).unwrap()).unwrap();
        assert_eq!(rows[0].name, "Asha Rao");
        assert_eq!(rows[0].other["email"], "asha@example.org");
        let roles: Vec<String> = rows[1].roles.iter().map(PersonRole::to_string).collect();
        assert_eq!(roles, ["supervisor at Bedford Hospital", "fellow at Sussex Hub"]);
    }

    #[test]
    fn g15_every_wrong_line_is_named_by_its_number() {
        let text =
            "name,roles\nAsha,trainee\nBen,doctor\n,trainee\nCara,\nAsha,trainee\nDee,fellow,x\n";
        let faults = faults(text);
        let begins: Vec<&str> = faults.iter().map(|it| it.split(':').next().unwrap()).collect();
        assert_eq!(begins, ["line 3", "line 4", "line 5", "line 6", "line 7"], "{faults:#?}");
    }

    #[test]
    fn g15_a_table_without_its_columns_is_refused() {
        assert_eq!(
            faults("who,roles\nAsha,trainee"),
            ["line 1: there is no column name; there are who, roles"]
        );
        assert_eq!(
            faults("name,roles,Name\nAsha,trainee,x"),
            ["line 1: two columns have one name"]
        );
        assert_eq!(faults("name,roles\n"), ["it names nobody"]);
        assert_eq!(faults("").len(), 1);
    }
}
