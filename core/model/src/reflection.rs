//! Reflections: what a person thought about something that happened, in their own words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Items, PersonId, Tag, Timestamp, attachment::Attachment};

/// A reflection as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reflection {
    /// A line to find it by. May be empty.
    pub title: String,
    /// The key of the template it was started from.
    pub template: String,
    /// The version of that template; a newer one never changes a reflection that stands.
    pub template_version: u32,
    /// What that template asked in that version, in its order. It stays with the reflection, since the
    /// programme may have another version by the time somebody reads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<AskedPrompt>,
    /// What was written under each prompt, by the prompt's key.
    pub answers: BTreeMap<String, String>,
    /// What it is about.
    pub tags: BTreeSet<Tag>,
    /// The activity of a module, or the pause point, that asked for it.
    pub prompted_by: Option<String>,
    /// Device clock when it was started.
    pub created_at: Timestamp,
    /// Copies that were shared, by the document each copy is.
    pub copies: BTreeMap<DocumentId, Copy>,
    /// Files that belong to it.
    #[serde(default)]
    pub attachments: Items<Attachment>,
}

/// A prompt as it was asked when a reflection was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedPrompt {
    /// Its key, under which the answer stands.
    pub key: String,
    pub label: String,
}

impl AskedPrompt {
    /// The prompts of a template as one text, a line for each: its key, a tab and its label.
    pub fn to_lines(prompts: &[Self]) -> String {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = |one: &Self| format!("{}\t{}\n", one.key, words(&one.label));
        prompts.iter().map(line).collect()
    }

    /// The prompts that such a text has. What is no such line is left out.
    pub fn of_lines(text: &str) -> Vec<Self> {
        let prompt = |line: &str| {
            let (key, label) = line.split_once('\t')?;
            Some(Self { key: key.to_owned(), label: label.to_owned() })
        };
        text.lines().filter_map(prompt).collect()
    }
}

/// That a copy was shared: with whom, and when by the author's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Who can read the copy.
    pub with: PersonId,
    /// Device clock when it was made.
    pub at: Timestamp,
}

/// A reflection as it stood when it was shared. It has no history and never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedReflection {
    pub title: String,
    /// The key of its template.
    pub template: String,
    /// The version of its template.
    pub template_version: u32,
    /// What that template asked, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<AskedPrompt>,
    /// What was written under each prompt.
    pub answers: BTreeMap<String, String>,
    /// What it is about.
    pub tags: BTreeSet<Tag>,
    /// Device clock when the copy was made.
    pub shared_at: Timestamp,
    /// Files that were chosen to go with it.
    #[serde(default)]
    pub attachments: Items<Attachment>,
}

impl Reflection {
    /// The text a person searches in: the answers, in the order of their prompts' keys.
    pub fn text(&self) -> String {
        joined(&self.answers)
    }

    /// The copy that sharing would make of this reflection as it stands, without its files.
    pub fn to_shared(&self, at: Timestamp) -> SharedReflection {
        SharedReflection {
            title: self.title.clone(),
            template: self.template.clone(),
            template_version: self.template_version,
            prompts: self.prompts.clone(),
            answers: self.answers.clone(),
            tags: self.tags.clone(),
            shared_at: at,
            attachments: Items::new(),
        }
    }
}

impl SharedReflection {
    /// The text a person searches in: the answers, as in the reflection.
    pub fn text(&self) -> String {
        joined(&self.answers)
    }
}

fn joined(answers: &BTreeMap<String, String>) -> String {
    let texts: Vec<&str> = answers.values().map(String::as_str).filter(|t| !t.is_empty()).collect();
    texts.join("\n\n")
}

/// An edit of a reflection. Texts come with the whole new text; they are merged by character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum ReflectionEdit {
    /// Gives it a title.
    Title { title: String },
    /// Writes under a prompt.
    Answer {
        prompt: String,
        /// The whole new text.
        text: String,
    },
    AddTag {
        /// What the reflection is about.
        tag: Tag,
    },
    /// Takes a tag away.
    RemoveTag {
        /// What the reflection is no longer about.
        tag: Tag,
    },
    /// Notes that a copy was shared.
    AddCopy {
        /// The document the copy is.
        document: DocumentId,
        /// With whom, and when.
        copy: Copy,
    },
    /// Notes that a copy was deleted.
    RemoveCopy {
        /// The document the copy was.
        document: DocumentId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_read_as_they_were_written_in_their_order() {
        let prompt = |(key, label): (&str, &str)| AskedPrompt {
            key: key.to_owned(),
            label: label.to_owned(),
        };
        let asked = [("what", "What happened?"), ("so-what", "So what?"), ("empty", "")];
        let asked = asked.map(prompt).to_vec();
        assert_eq!(AskedPrompt::of_lines(&AskedPrompt::to_lines(&asked)), asked);
        assert_eq!(AskedPrompt::of_lines(&AskedPrompt::to_lines(&[])), []);
        let broken = [prompt(("a", "two\nlines\tand a tab"))];
        let read = AskedPrompt::of_lines(&AskedPrompt::to_lines(&broken));
        assert_eq!(read, [prompt(("a", "two lines and a tab"))]);
        assert_eq!(AskedPrompt::of_lines("no tab\n\n"), []);
    }
}
