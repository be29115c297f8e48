//! What waits for somebody: values that disagree, with the command that settles each, and what was
//! taken back, with the command that puts it back.

use enhance_model::{
    DocumentId, ItemId, Noun, Timestamp,
    change_project::{Aim, ChangeProject, ProgressScore},
    field::{Field, Shape, find},
    record::{Disagreement, Record},
};
use serde::Serialize;

use super::names::Names;
use crate::{ids::short, output::Sheet, text::quoted, when::when};

/// A field that two people set differently at once.
#[derive(Debug, Serialize)]
pub struct ToSettle {
    /// Where it is in the document.
    path: String,
    /// What it is, in words.
    what: String,
    /// The values, the one that shows meanwhile last.
    values: Vec<SetBy>,
}

/// One of the values, with who set it.
#[derive(Debug, Serialize)]
struct SetBy {
    text: String,
    by: String,
    /// The command that settles for it; none where no command can.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
}

/// A thing that was taken back.
#[derive(Debug, Serialize)]
pub struct PutBack {
    item: ItemId,
    noun: Noun,
    label: String,
    at: Timestamp,
    command: String,
}

/// Everything two people set differently in a plan, with what settles it.
pub fn to_settle(id: DocumentId, project: &ChangeProject, names: &Names) -> Vec<ToSettle> {
    let id = short(id);
    let settle = |disagreement: &Disagreement| {
        let place = Place::of(project, &disagreement.path);
        let values = disagreement.values.iter().map(|set| SetBy {
            text: place.in_words(project, names, &set.text),
            by: names.of_device(set.by),
            command: place.command(&id, &set.text),
        });
        let (path, what) = (disagreement.path.clone(), place.what.clone());
        ToSettle { path, what, values: values.collect() }
    };
    project.disagreements.iter().map(settle).collect()
}

/// Everything that was taken back, newest first.
pub fn taken_back(id: DocumentId, project: &ChangeProject) -> Vec<PutBack> {
    let mut things: Vec<PutBack> = project
        .taken_back
        .iter()
        .map(|(item, thing)| PutBack {
            item: *item,
            noun: thing.noun,
            label: thing.label.clone(),
            at: thing.at,
            command: format!("enhance project put-back {} {}", short(id), short(item)),
        })
        .collect();
    things.sort_by_key(|thing| (std::cmp::Reverse(thing.at), thing.item));
    things
}

/// Writes what has to be settled.
pub fn write_to_settle(sheet: &mut Sheet, to_settle: &[ToSettle]) {
    if to_settle.is_empty() {
        return;
    }
    sheet.heading("To be settled: set differently by two people at once");
    for each in to_settle {
        sheet.item(0, &each.what);
        for (number, value) in each.values.iter().enumerate() {
            let shows = if number + 1 == each.values.len() { ", shows meanwhile" } else { "" };
            sheet.item(1, format!("{} (by {}{shows})", value.text, value.by));
            if let Some(command) = &value.command {
                sheet.command(2, command);
            }
        }
    }
}

/// Writes what was taken back.
pub fn write_taken_back(sheet: &mut Sheet, things: &[PutBack]) {
    if things.is_empty() {
        return;
    }
    sheet.heading("Taken back");
    for PutBack { noun, label, at, command, .. } in things {
        let between = if label.is_empty() { "" } else { ": " };
        sheet.item(0, format!("{noun}{between}{label} ({})", when(*at)));
        sheet.command(1, command);
    }
}

/// The place of a value in a plan.
struct Place {
    what: String,
    field: Option<&'static Field>,
    setter: Setter,
}

/// Which command sets a value again.
enum Setter {
    /// A flag of `enhance project edit`.
    Edit(&'static str),
    /// `enhance project set`, of this item.
    Set(String, String),
    /// No command can set it again: it is one of a tag or a tick.
    Nothing,
}

impl Place {
    fn of(project: &ChangeProject, path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [key] => {
                let flags = ["title", "topic", "setting", "status", "progress", "start", "end"];
                let flag = flags.into_iter().find(|flag| flag == key);
                let setter = flag.map_or(Setter::Nothing, Setter::Edit);
                Self { what: (*key).to_owned(), field: None, setter }
            }
            ["aim", key] => {
                let setter = Setter::Set("aim".to_owned(), (*key).to_owned());
                let field = find(Aim::FIELDS, key);
                Self { what: format!("aim: {key}"), field, setter }
            }
            [map, id, key] => Self::of_item(project, map, id, key).unwrap_or_else(|| other(path)),
            _ => other(path),
        }
    }

    fn of_item(project: &ChangeProject, map: &str, id: &str, key: &str) -> Option<Self> {
        let is_here = |noun: &&Noun| ChangeProject::key_of(**noun) == Some(map);
        let noun = *ChangeProject::ITEMS.iter().find(is_here)?;
        let (id, field) = (id.parse().ok()?, find(ChangeProject::fields_of(noun), key)?);
        let label = project.label(noun, id);
        let between = if label.is_empty() { "" } else { " " };
        let what = format!("{noun}{between}{label} [{}]: {key}", short(id));
        let setter = Setter::Set(short(id), key.to_owned());
        Some(Self { what, field: Some(field), setter })
    }

    /// A value as people read it.
    fn in_words(&self, project: &ChangeProject, names: &Names, text: &str) -> String {
        match (&self.setter, self.field.map(|field| (field.shape, field.names))) {
            (Setter::Edit("progress"), _) => progress(text),
            (_, Some((Shape::Id, Some(Noun::Person)))) => {
                text.parse().map_or_else(|_| text.to_owned(), |id| names.person(id))
            }
            (_, Some((Shape::Id, _))) => {
                let Ok(id) = text.parse::<ItemId>() else { return text.to_owned() };
                let labels = ChangeProject::ITEMS.iter().map(|noun| project.label(*noun, id));
                let label = labels.into_iter().find(|label| !label.is_empty());
                format!("{} [{}]", label.unwrap_or_default(), short(id)).trim().to_owned()
            }
            _ => text.to_owned(),
        }
    }

    fn command(&self, id: &str, text: &str) -> Option<String> {
        match &self.setter {
            Setter::Edit("progress") => {
                Some(format!("enhance project edit {id} --progress {}", progress(text)))
            }
            Setter::Edit(flag) => {
                Some(format!("enhance project edit {id} --{flag} {}", quoted(text)))
            }
            Setter::Set(item, key) => {
                // A leading @ would name a file.
                let at = if text.starts_with('@') { "@" } else { "" };
                Some(format!(
                    "enhance project set {id} {item} {key}={}",
                    quoted(&(at.to_owned() + text))
                ))
            }
            Setter::Nothing => None,
        }
    }
}

fn other(path: &str) -> Place {
    Place { what: path.to_owned(), field: None, setter: Setter::Nothing }
}

/// Documents have the progress score in halves.
fn progress(halves: &str) -> String {
    let score = halves.parse().ok().and_then(|halves| ProgressScore::of_halves(halves).ok());
    score.map_or_else(|| halves.to_owned(), |score| score.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> Place {
        Place::of(&ChangeProject::default(), path)
    }

    #[test]
    fn each_place_is_settled_by_a_command_of_its_own() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        for (path, text, command) in [
            ("status", "testing", "enhance project edit P --status testing"),
            ("title", "It's dark", r"enhance project edit P --title 'It'\''s dark'"),
            ("progress", "7", "enhance project edit P --progress 3.5"),
            ("aim/to", "20", "enhance project set P aim to=20"),
            ("aim/place", "@home", "enhance project set P aim place='@@home'"),
            (
                &format!("actions/{id}/due"),
                "2026-12-01",
                "enhance project set P 099a8057 due=2026-12-01",
            ),
        ] {
            assert_eq!(place(path).command("P", text).as_deref(), Some(command));
        }
        for path in ["tallies/x/ticks/y", "tags/domain:pop", "nonsense", "a/b/c"] {
            assert_eq!(place(path).command("P", "x"), None, "{path}");
        }
    }
}
