//! A change project as the text that is signed: everything in it, the same on every device.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write,
};

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

/// Stands in a text for the name of somebody who is not known; nobody types it.
const NAMELESS: &str = "\u{1a}";

/// The text of a project, in which people of whom `named` knows no name are called what a text of
/// before calls them there: nobody can say that a name changed which is not known.
pub fn project_text_as_before(
    then: &str,
    project: &ChangeProject,
    named: &dyn Fn(PersonId) -> Option<String>,
) -> String {
    let or_nameless = |person| named(person).or_else(|| Some(NAMELESS.to_owned()));
    let now = project_text(project, &or_nameless);
    let known = project_text(project, named);
    if !now.contains(NAMELESS) {
        return known;
    }
    let mut before: BTreeMap<&str, VecDeque<&str>> = BTreeMap::new();
    for line in then.lines() {
        let field = line.split_once(": ").map_or("", |(field, _)| field);
        before.entry(field).or_default().push_back(line);
    }
    let mut text = String::new();
    for (line, known) in now.lines().zip(known.lines()) {
        let field = line.split_once(": ").map_or("", |(field, _)| field);
        let lines = before.get_mut(field).filter(|_| line.contains(NAMELESS));
        let same = lines.and_then(|lines| {
            lines.iter().position(|then| is_like(line, then)).and_then(|at| lines.remove(at))
        });
        text.push_str(same.unwrap_or(known));
        text.push('\n');
    }
    text
}

/// Whether a line is this one, whatever those are called who have no name in it.
fn is_like(nameless: &str, line: &str) -> bool {
    let Some((first, others)) = nameless.split_once(NAMELESS) else { return nameless == line };
    let (between, last) = others.rsplit_once(NAMELESS).unwrap_or(("", others));
    let rest = line.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    let Some(mut rest) = rest else { return false };
    between.split(NAMELESS).all(|piece| match rest.split_once(piece) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
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
