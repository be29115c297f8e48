//! What is signed of a reflection or of a copy of one, as text.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::record::in_one_line;
use crate::{
    Items, Tag,
    attachment::Attachment,
    reflection::{AskedPrompt, Reflection, SharedReflection},
};

/// All of a reflection, or of a copy of one, that is signed.
#[derive(Debug, Clone, Copy)]
pub struct SignedReflection<'r> {
    pub title: &'r str,
    /// The key of its template, with the version.
    pub template: (&'r str, u32),
    /// What asked for it, which a copy does not say.
    pub prompted_by: Option<&'r str>,
    pub prompts: &'r [AskedPrompt],
    pub answers: &'r BTreeMap<String, String>,
    pub tags: &'r BTreeSet<Tag>,
    pub attachments: &'r Items<Attachment>,
}

impl<'r> From<&'r Reflection> for SignedReflection<'r> {
    fn from(one: &'r Reflection) -> Self {
        Self {
            title: &one.title,
            template: (&one.template, one.template_version),
            prompted_by: one.prompted_by.as_deref(),
            prompts: &one.prompts,
            answers: &one.answers,
            tags: &one.tags,
            attachments: &one.attachments,
        }
    }
}

impl<'r> From<&'r SharedReflection> for SignedReflection<'r> {
    fn from(one: &'r SharedReflection) -> Self {
        Self {
            title: &one.title,
            template: (&one.template, one.template_version),
            prompted_by: None,
            prompts: &one.prompts,
            answers: &one.answers,
            tags: &one.tags,
            attachments: &one.attachments,
        }
    }
}

/// Before the key of a template. Texts of before did not say it.
const TEMPLATE: &str = "template: ";

/// Before the name of a file that belongs to it.
const FILE: &str = "file: ";

impl SignedReflection<'_> {
    /// The text: what it is, then each answer under the question that was asked, in the order in
    /// which it was. The questions stay with a reflection, so that no later version of the programme
    /// makes another text of it. A file stands there by the SHA-256 of what is sealed of it.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", in_one_line(self.title));
        let (template, version) = self.template;
        let _ = writeln!(text, "{TEMPLATE}{}, version {version}", in_one_line(template));
        if let Some(key) = self.prompted_by {
            let _ = writeln!(text, "asked by: {}", in_one_line(key));
        }
        self.write_tags(&mut text);
        for Attachment { name, bytes, sha256, .. } in self.attachments.values() {
            let _ = writeln!(text, "{FILE}{} · {bytes} bytes · {sha256}", in_one_line(name));
        }
        self.write_answers(&mut text, self.prompts);
        text
    }

    /// The text in the way of one that was signed before: without what that did not say, and under
    /// the keys of prompts where it has those. Files that were read back from an export are sealed
    /// anew, and are those of before by their names and sizes.
    pub fn text_as_before(&self, then: &str) -> String {
        if !Self::says_all(then) {
            let by_keys = self.text_of_before(&[]);
            return if by_keys == then { by_keys } else { self.text_of_before(self.prompts) };
        }
        let text = self.text();
        let (head, answers) = text.split_at(text.find("\n\n").unwrap_or(text.len()));
        let mut before: Vec<&str> = head_of(then).filter(|line| line.starts_with(FILE)).collect();
        let as_before = head.split_inclusive('\n').map(|line| {
            let end = if line.ends_with('\n') { "\n" } else { "" };
            let file = without_hash(line.trim_end_matches('\n'));
            let same = before.iter().position(|then| file.is_some() && without_hash(then) == file);
            same.map_or_else(|| line.to_owned(), |at| format!("{}{end}", before.remove(at)))
        });
        as_before.collect::<String>() + answers
    }

    /// The text in the form of one that was signed, of the same account.
    pub fn text_like(&self, then: &str) -> String {
        if Self::says_all(then) { self.text() } else { self.text_of_before(self.prompts) }
    }

    /// Whether a text says all that is signed now; those of before said less.
    fn says_all(text: &str) -> bool {
        head_of(text).any(|line| line.starts_with(TEMPLATE))
    }

    fn text_of_before(&self, prompts: &[AskedPrompt]) -> String {
        let mut text = format!("{}\n", self.title);
        self.write_tags(&mut text);
        self.write_answers(&mut text, prompts);
        text
    }

    fn write_tags(&self, text: &mut String) {
        let tags: Vec<String> = self.tags.iter().map(ToString::to_string).collect();
        if !tags.is_empty() {
            let _ = writeln!(text, "tags: {}", tags.join(", "));
        }
    }

    fn write_answers(&self, text: &mut String, prompts: &[AskedPrompt]) {
        let asked = |key: &String| prompts.iter().any(|prompt| prompt.key == *key);
        let others = self.answers.iter().filter(|(key, _)| !asked(key));
        let others = others.map(|(key, answer)| (key.replace('_', " "), answer));
        let answered = prompts.iter().filter_map(|prompt| {
            Some((in_one_line(&prompt.label), self.answers.get(&prompt.key)?))
        });
        for (question, answer) in answered.chain(others).filter(|(_, answer)| !answer.is_empty()) {
            let _ = write!(text, "\n{question}\n{answer}\n");
        }
    }
}

/// The lines between the title and the first answer.
fn head_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().skip(1).take_while(|line| !line.is_empty())
}

/// What a line says of a file but its hash; none of a line that is of none.
fn without_hash(line: &str) -> Option<&str> {
    line.strip_prefix(FILE)?.rsplit_once(" · ").map(|(file, _)| file)
}
