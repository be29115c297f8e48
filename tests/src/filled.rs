//! A device with years of work on it, made quickly and always the same from one seed.

use enhance_client::LearningCore;
use enhance_model::{
    DocumentId,
    change_project::{ProjectEdit, Section},
    reflection::ReflectionEdit,
};

use crate::chance::Chance;

/// Words of which texts are made; the first is in every one.
const WORDS: &[&str] = &[
    "patient",
    "ward",
    "night",
    "handover",
    "consultant",
    "calm",
    "frightened",
    "asked",
    "listened",
    "falls",
    "frailty",
    "family",
    "again",
    "learned",
    "would",
    "differently",
    "because",
    "team",
    "decision",
    "discharge",
    "letter",
    "evening",
    "bleep",
    "relative",
    "question",
    "breath",
];

/// How many words a paragraph of such a text has.
const PARAGRAPH: u64 = 100;

/// A text of about this many letters.
pub fn text(chance: &Chance, letters: usize) -> String {
    let mut text = WORDS[0].to_owned();
    let mut words = 0;
    while text.len() < letters {
        words += 1;
        text.push_str(if words % PARAGRAPH == 0 { "\n" } else { " " });
        let word = usize::try_from(chance.below(WORDS.len() as u64)).unwrap_or_default();
        text.push_str(WORDS[word]);
    }
    text
}

/// Writes reflections, each in so many changes that together come to `letters`.
pub fn reflections(
    core: &LearningCore,
    chance: &Chance,
    reflections: usize,
    changes: usize,
    letters: usize,
) -> Vec<DocumentId> {
    let write = |number: usize| {
        let title = format!("Reflection {number}");
        let id = core.create_reflection("quick-capture", &title, None).unwrap();
        let mut text = text(chance, letters / changes.max(1));
        for _ in 0..changes {
            let (prompt, answer) = ("what".to_owned(), text.clone());
            core.edit_reflection(id, None, &[ReflectionEdit::Answer { prompt, text: answer }])
                .unwrap();
            text = format!("{text} {}", self::text(chance, letters / changes.max(1)));
        }
        id
    };
    (0..reflections).map(write).collect()
}

/// A plan that was written in so many changes.
pub fn project(core: &LearningCore, changes: usize) -> DocumentId {
    let id = core.create_project("Fewer falls at night", "pcp", "Ward 7").unwrap();
    for number in 0..changes {
        let text = format!("Patients fall at night, was counted {number} times.");
        let section = Section::ALL[number % Section::ALL.len()];
        core.edit_project(id, None, &[ProjectEdit::Section { section, text }]).unwrap();
    }
    id
}
