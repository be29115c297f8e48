//! Answers to prompts that nobody asked would stand where nobody looks for them.

use enhance_documents::{Content, Document, Edit};
use enhance_model::{
    Quoted,
    reflection::{Reflection, ReflectionEdit},
};

use crate::error::{Error, InputField};

/// Refuses answers to prompts that a reflection does not ask. One that was begun before any
/// programme was here asks what is written in it.
pub(crate) fn check(document: &mut Document, edits: &[Edit]) -> Result<(), Error> {
    let answered = edits.iter().filter_map(|edit| match edit {
        Edit::Reflection(ReflectionEdit::Answer { prompt, .. }) => Some(prompt.as_str()),
        _ => None,
    });
    answered.clone().next().map_or(Ok(()), |_| {
        let standing = document.standing()?;
        let Content::Reflection(reflection) = &*standing else { return Ok(()) };
        answered.into_iter().try_for_each(|prompt| is_asked(reflection, prompt))
    })
}

/// Refuses a prompt that a reflection does not ask.
pub(crate) fn is_asked(reflection: &Reflection, prompt: &str) -> Result<(), Error> {
    let mut asked = reflection.prompts.iter().map(|one| one.key.as_str());
    let is_known = asked.clone().any(|key| key == prompt);
    if reflection.prompts.is_empty() || is_known || reflection.answers.contains_key(prompt) {
        return Ok(());
    }
    let first = asked.next().unwrap_or_default().to_owned();
    let keys = asked.fold(first, |keys, key| format!("{keys}, {key}"));
    let template = &reflection.template;
    let prompt = Quoted(prompt);
    let why = format!("{template} asks nothing called {prompt}; its prompts are: {keys}");
    Err(Error::invalid(InputField::Key, why))
}
