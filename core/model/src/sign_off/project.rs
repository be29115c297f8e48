//! A change project as the text that is signed: everything in it, the same on every device.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    ItemId, Noun, PersonId,
    change_project::{ChangeProject, Section},
    record::Record,
};

/// The text of a project, people by the names that `named` knows, and by their ids where it knows
/// none. A new noun or field in it is in the text by itself.
pub fn project_text(project: &ChangeProject, named: &dyn Fn(PersonId) -> Option<String>) -> String {
    let mut text = format!("{}\n{}", project.title, lines(&head(project)));
    for (section, written) in texts_of(project) {
        let _ = write!(text, "\n{}\n{written}\n", spaced(section.as_str()));
    }
    for (name, fields) in things_of(project, named) {
        let _ = write!(text, "\n{name}\n{}", lines(&fields));
    }
    text
}

/// What each of several fields says, by its name.
pub type Fields = Vec<(String, String)>;

/// The texts that people write together, those that say something.
pub fn texts_of(project: &ChangeProject) -> impl Iterator<Item = (Section, &str)> {
    let sections = project.sections.iter().filter(|(_, text)| !text.is_empty());
    sections.map(|(section, text)| (*section, text.as_str()))
}

/// The aim, and each thing in the plan: what it is, and what its fields say.
pub fn things_of(
    project: &ChangeProject,
    named: &dyn Fn(PersonId) -> Option<String>,
) -> Vec<(String, Fields)> {
    let labels = labels(project);
    let called = |part: &str| {
        let person = || part.parse().ok().and_then(named);
        labels.get(part).cloned().or_else(person).unwrap_or_else(|| part.to_owned())
    };
    let aim = project.aim.fields_in_words();
    let mut things = Vec::new();
    if !aim.is_empty() {
        things.push(("aim".to_owned(), fields(&aim, &called)));
    }
    for noun in ChangeProject::ITEMS {
        for written in project.fields_in_words(*noun).values() {
            things.push((noun.to_string(), fields(written, &called)));
        }
    }
    things
}

fn head(project: &ChangeProject) -> Fields {
    let tags: Vec<String> = project.tags.iter().map(ToString::to_string).collect();
    let facts = [
        ("aim in words", project.aim_in_words()),
        ("topic", project.topic.clone()),
        ("setting", project.setting.clone()),
        ("status", project.status.to_string()),
        ("progress", project.progress.map(|score| score.to_string()).unwrap_or_default()),
        ("start", project.start.map(|day| day.to_string()).unwrap_or_default()),
        ("end", project.end.map(|day| day.to_string()).unwrap_or_default()),
        ("tags", tags.join(", ")),
    ];
    let said = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    said.map(|(name, fact)| (name.to_owned(), fact)).collect()
}

fn lines(fields: &Fields) -> String {
    let mut text = String::new();
    for (name, said) in fields {
        let _ = writeln!(text, "{name}: {said}");
    }
    text
}

fn fields(written: &BTreeMap<&'static str, String>, called: &dyn Fn(&str) -> String) -> Fields {
    let said = written.iter().filter(|(_, said)| !said.is_empty());
    let named = said.map(|(name, said)| {
        let named: Vec<String> = said.split(", ").map(called).collect();
        (spaced(name), named.join(", "))
    });
    named.collect()
}

/// What the things in the plan are called, by their ids as they are printed.
fn labels(project: &ChangeProject) -> BTreeMap<String, String> {
    let of_kind = |noun: &Noun| {
        let first = |(id, texts): (ItemId, Vec<&str>)| {
            let label = texts.into_iter().find(|text| !text.is_empty())?;
            Some((id.to_string(), label.to_owned()))
        };
        project.texts_of(*noun).into_iter().filter_map(first).collect::<Vec<_>>()
    };
    ChangeProject::ITEMS.iter().flat_map(of_kind).collect()
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}
