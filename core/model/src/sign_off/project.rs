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
    let mut text = format!("{}\n", project.title);
    for (heading, lines) in project_parts(project, named) {
        if !heading.is_empty() {
            let _ = write!(text, "\n{heading}\n");
        }
        text.push_str(&lines);
    }
    text
}

/// The same part by part: each with its heading, which what stands before all of them has not.
pub fn project_parts(
    project: &ChangeProject,
    named: &dyn Fn(PersonId) -> Option<String>,
) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), head(project))];
    for (section, written) in project.sections.iter().filter(|(_, text)| !text.is_empty()) {
        parts.push((spaced(Section::as_str(*section)), format!("{written}\n")));
    }
    let labels = labels(project);
    let called = |part: &str| {
        let person = || part.parse().ok().and_then(named);
        labels.get(part).cloned().or_else(person).unwrap_or_else(|| part.to_owned())
    };
    let aim = project.aim.fields_in_words();
    if !aim.is_empty() {
        parts.push(("aim".to_owned(), fields(&aim, &called)));
    }
    for noun in ChangeProject::ITEMS {
        for written in project.fields_in_words(*noun).values() {
            parts.push((noun.to_string(), fields(written, &called)));
        }
    }
    parts
}

fn head(project: &ChangeProject) -> String {
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
    let mut text = String::new();
    for (name, fact) in facts {
        if !fact.is_empty() {
            let _ = writeln!(text, "{name}: {fact}");
        }
    }
    text
}

fn fields(written: &BTreeMap<&'static str, String>, called: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (name, said) in written.iter().filter(|(_, said)| !said.is_empty()) {
        let named: Vec<String> = said.split(", ").map(called).collect();
        let _ = writeln!(text, "{}: {}", spaced(name), named.join(", "));
    }
    text
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
