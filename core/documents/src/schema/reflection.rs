//! Reflections, and the copies of them that were shared.
//!
//! ```text
//! title template template_version prompted_by   scalars
//! answers/{prompt}                              text; a string in a shared copy
//! tags/{tag}                                    true
//! copies/{document}/with, at                    scalars
//! ```
//! A shared copy never changes, so its answers need not merge and are strings.

use std::collections::BTreeMap;

use automerge::{ObjId, ROOT};
use enhance_model::{
    DocumentId,
    reflection::{Copy, Reflection, ReflectionEdit, SharedReflection},
};

use super::{CREATED_AT_KEY, pen::Pen, time, view::View};
use crate::DocumentError;

const TITLE: &str = "title";
const TEMPLATE: &str = "template";
const TEMPLATE_VERSION: &str = "template_version";
const PROMPTED_BY: &str = "prompted_by";
const ANSWERS: &str = "answers";
const TAGS: &str = "tags";
const COPIES: &str = "copies";
const WITH: &str = "with";
const AT: &str = "at";
const SHARED_AT: &str = "shared_at";

/// Writes a new reflection.
pub fn create(pen: &mut Pen<'_>, new: &Reflection) -> Result<(), DocumentError> {
    pen.put(&ROOT, TITLE, new.title.as_str())?;
    pen.put(&ROOT, TEMPLATE, new.template.as_str())?;
    pen.put(&ROOT, TEMPLATE_VERSION, u64::from(new.template_version))?;
    pen.put_or_clear(&ROOT, PROMPTED_BY, new.prompted_by.as_deref())?;
    let answers = pen.new_map(&ROOT, ANSWERS)?;
    for (prompt, text) in &new.answers {
        pen.new_text(&answers, prompt, text)?;
    }
    let tags = pen.new_map(&ROOT, TAGS)?;
    for tag in &new.tags {
        pen.put(&tags, &tag.to_string(), true)?;
    }
    let copies = pen.new_map(&ROOT, COPIES)?;
    new.copies.iter().try_for_each(|(document, copy)| write_copy(pen, &copies, *document, copy))
}

/// Writes a shared copy, complete.
pub fn create_shared(pen: &mut Pen<'_>, copy: &SharedReflection) -> Result<(), DocumentError> {
    pen.put(&ROOT, TITLE, copy.title.as_str())?;
    pen.put(&ROOT, TEMPLATE, copy.template.as_str())?;
    pen.put(&ROOT, TEMPLATE_VERSION, u64::from(copy.template_version))?;
    pen.put(&ROOT, SHARED_AT, time(copy.shared_at))?;
    let answers = pen.new_map(&ROOT, ANSWERS)?;
    for (prompt, text) in &copy.answers {
        pen.put(&answers, prompt, text.as_str())?;
    }
    let tags = pen.new_map(&ROOT, TAGS)?;
    copy.tags.iter().try_for_each(|tag| pen.put(&tags, &tag.to_string(), true))
}

/// Writes an edit.
pub fn write(pen: &mut Pen<'_>, edit: &ReflectionEdit) -> Result<(), DocumentError> {
    match edit {
        ReflectionEdit::Title { title } => pen.put(&ROOT, TITLE, title.as_str()),
        ReflectionEdit::Answer { prompt, text } => {
            let answers = pen.container(ANSWERS)?;
            pen.text(&[answers], prompt, text)
        }
        ReflectionEdit::AddTag { tag } => {
            let tags = pen.container(TAGS)?;
            pen.put(&tags, &tag.to_string(), true)
        }
        ReflectionEdit::RemoveTag { tag } => {
            let tags = pen.container(TAGS)?;
            pen.clear(&tags, &tag.to_string())
        }
        ReflectionEdit::AddCopy { document, copy } => {
            let copies = pen.container(COPIES)?;
            write_copy(pen, &copies, *document, copy)
        }
        ReflectionEdit::RemoveCopy { document } => {
            let copies = pen.container(COPIES)?;
            pen.clear(&copies, &document.to_string())
        }
    }
}

fn write_copy(
    pen: &mut Pen<'_>,
    copies: &ObjId,
    document: DocumentId,
    copy: &Copy,
) -> Result<(), DocumentError> {
    let entry = pen.item_or_new(copies, &document.to_string())?;
    pen.put(&entry, WITH, copy.with.to_string())?;
    pen.put(&entry, AT, time(copy.at))
}

/// Reads a reflection.
pub fn read(view: &View<'_>) -> Reflection {
    let answers = view.required_map(ANSWERS).into_iter().collect::<Vec<_>>();
    let prompts = answers.iter().flat_map(|answers| view.keys(answers));
    Reflection {
        title: view.string_or_empty(&ROOT, TITLE),
        template: view.string_or_empty(&ROOT, TEMPLATE),
        template_version: template_version(view),
        answers: prompts
            .map(|prompt| {
                let text = view.text(&answers, &prompt);
                (prompt, text)
            })
            .collect(),
        tags: view.marked(TAGS),
        prompted_by: view.string(&ROOT, PROMPTED_BY),
        created_at: view.moment(&ROOT, CREATED_AT_KEY).unwrap_or_default(),
        copies: read_copies(view),
    }
}

fn read_copies(view: &View<'_>) -> BTreeMap<DocumentId, Copy> {
    let read = |maps: &[ObjId]| {
        let map = maps.last()?;
        Some(Copy { with: view.word(map, WITH)?, at: view.moment(map, AT)? })
    };
    let copies = view.items::<DocumentId>(COPIES).into_iter();
    copies.filter_map(|(document, maps)| Some((document, read(&maps)?))).collect()
}

/// Reads a shared copy.
pub fn read_shared(view: &View<'_>) -> SharedReflection {
    let answers = view.required_map(ANSWERS);
    let read_answer = |answers: &ObjId, prompt: String| {
        let text = view.string_or_empty(answers, &prompt);
        (prompt, text)
    };
    SharedReflection {
        title: view.string_or_empty(&ROOT, TITLE),
        template: view.string_or_empty(&ROOT, TEMPLATE),
        template_version: template_version(view),
        answers: answers
            .iter()
            .flat_map(|map| view.keys(map).into_iter().map(|prompt| read_answer(map, prompt)))
            .collect(),
        tags: view.marked(TAGS),
        shared_at: view.moment(&ROOT, SHARED_AT).unwrap_or_default(),
    }
}

fn template_version(view: &View<'_>) -> u32 {
    let number = view.number(&ROOT, TEMPLATE_VERSION).unwrap_or_default();
    u32::try_from(number).unwrap_or(u32::MAX)
}
