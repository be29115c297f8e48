//! What a document says, in parts as its row keeps it: a long text that is edited by itself is a
//! part of its own, so that an edit writes what it changed and nothing else.

use std::{collections::BTreeMap, mem};

use enhance_documents::Edit;
use enhance_model::{
    change_project::{ChangeProject, ProjectEdit},
    comments::Comments,
    personal_record::PersonalRecord,
    reflection::{Reflection, SharedReflection},
    sign_off::{SignOff, SignOffRequest},
};
use serde::{Serialize, de::DeserializeOwned};

/// The part of everything that has no part of its own, as JSON.
const REST: &str = "";

/// What a document of some kind says.
pub(crate) trait Parted: Serialize + DeserializeOwned + Clone {
    /// Takes the long texts out that are parts of their own, by their names.
    fn take_texts(&mut self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// The text that is the part of this name.
    fn text(&self, _name: &str) -> Option<&str> {
        None
    }

    /// Puts one of them back.
    fn put_text(&mut self, _name: &str, _text: String) {}
}

impl Parted for Reflection {}
impl Parted for SharedReflection {}
impl Parted for Comments {}
impl Parted for PersonalRecord {}
impl Parted for SignOffRequest {}
impl Parted for SignOff {}

impl Parted for ChangeProject {
    fn take_texts(&mut self) -> BTreeMap<String, String> {
        let written = self.sections.iter_mut().filter(|(_, text)| !text.is_empty());
        written.map(|(section, text)| (section.to_string(), mem::take(text))).collect()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.sections.get(&name.parse().ok()?).map(String::as_str)
    }

    fn put_text(&mut self, name: &str, text: String) {
        if let Ok(section) = name.parse() {
            self.sections.insert(section, text);
        }
    }
}

/// The part that an edit writes, if it writes one text that is a part of its own.
pub(crate) fn written_by(edit: &Edit) -> Option<String> {
    match edit {
        Edit::ChangeProject(ProjectEdit::Section { section, .. }) => Some(section.to_string()),
        _ => None,
    }
}

/// The parts of what a document says: those of these names, or all.
pub(super) fn parts_of<T: Parted>(
    content: &T,
    names: Option<&[String]>,
) -> Result<BTreeMap<String, String>, serde_json::Error> {
    if let Some(names) = names {
        let part = |name: &String| {
            let text = content.text(name).filter(|text| !text.is_empty())?;
            Some((name.clone(), text.to_owned()))
        };
        return Ok(names.iter().filter_map(part).collect());
    }
    let mut rest = content.clone();
    let mut parts = rest.take_texts();
    parts.insert(REST.to_owned(), serde_json::to_string(&rest)?);
    Ok(parts)
}

/// What a document says, of its parts.
pub(super) fn joined<T: Parted>(parts: &BTreeMap<String, String>) -> Result<T, serde_json::Error> {
    let rest = parts.get(REST).map(String::as_str).unwrap_or_default();
    let mut content: T = serde_json::from_slice(rest.as_bytes())?;
    for (name, text) in parts.iter().filter(|(name, _)| *name != REST) {
        content.put_text(name, text.clone());
    }
    Ok(content)
}

/// All that a document says as JSON, if it is of a kind that has no other part.
pub(crate) fn whole(mut parts: BTreeMap<String, String>) -> Option<String> {
    let rest = parts.remove(REST);
    rest.filter(|_| parts.is_empty())
}

#[cfg(test)]
mod tests {
    use enhance_model::change_project::Section;

    use super::*;

    #[test]
    fn parts_say_together_what_was_taken_apart() {
        let mut project = ChangeProject { title: "Fewer falls".to_owned(), ..Default::default() };
        project.sections = Section::ALL.iter().map(|one| (*one, String::new())).collect();
        let [empty, written] = [project.clone(), {
            project.sections.insert(Section::Problem, "The ward is dark.".to_owned());
            project
        }];
        let [of_empty, of_written] = [&empty, &written].map(|one| parts_of(one, None).unwrap());
        assert_eq!(of_empty.len(), 1);
        assert_eq!(of_written["problem"], "The ward is dark.");
        assert_eq!(of_written[REST], of_empty[REST], "what is written once is in one part");
        assert_eq!(joined::<ChangeProject>(&of_written).unwrap(), written);
        assert_eq!(joined::<ChangeProject>(&of_empty).unwrap(), empty);
        let names = ["problem", "team"].map(str::to_owned);
        let [of_empty, of_written] =
            [&empty, &written].map(|one| parts_of(one, Some(&names)).unwrap());
        assert_eq!((of_empty.len(), of_written.len()), (0, 1), "an empty one is no part");
        assert_eq!(of_written["problem"], "The ward is dark.");
    }
}
