//! Writing reflections.

use enhance_client::{DraftField, Error, LearningCore};
use enhance_model::{
    DocumentId, Quoted, Tag, Version, programme::Template, reflection::ReflectionEdit,
};
use serde::Serialize;

use super::arguments::ReflectionArguments;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    programme,
    text::{NamedText, read_named},
};

/// What `enhance reflect new` takes.
#[derive(Debug, clap::Args)]
pub struct NewArguments {
    /// The template's key; see enhance reflect templates.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    template: String,
    /// A line to find it by.
    #[arg(long, default_value = "")]
    title: String,
    /// An answer to a prompt: PROMPT=TEXT, PROMPT=@FILE, or PROMPT=- for standard input.
    #[arg(long = "answer", value_name = "PROMPT=TEXT")]
    answers: Vec<NamedText>,
    /// What it is about: domain:KEY, theme:KEY or capability:KEY.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<Tag>,
    /// The activity or pause point that asked for it.
    #[arg(long, value_name = "KEY", value_parser = crate::words::key)]
    prompted_by: Option<String>,
}

/// What `enhance reflect edit` takes.
#[derive(Debug, clap::Args)]
pub struct EditArguments {
    /// The reflection's id, or enough of it.
    id: String,
    /// A new title instead of the old one.
    #[arg(long)]
    title: Option<String>,
    /// An answer to a prompt: PROMPT=TEXT, PROMPT=@FILE, or PROMPT=- for standard input.
    #[arg(long = "answer", value_name = "PROMPT=TEXT")]
    answers: Vec<NamedText>,
    /// Add what it is about.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<Tag>,
    /// Take away what it is not about.
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<Tag>,
}

/// What `enhance reflect draft` takes.
#[derive(Debug, clap::Args)]
pub struct DraftArguments {
    /// The reflection's id, or enough of it.
    id: String,
    /// The text so far: PROMPT=TEXT, PROMPT=@FILE, or PROMPT=- for standard input.
    #[arg(long = "answer", value_name = "PROMPT=TEXT", required = true)]
    answers: Vec<NamedText>,
}

#[derive(Serialize)]
struct EditAnswer {
    document: DocumentId,
    version: Version,
}

/// Starts a reflection with what was typed in it.
pub fn new(context: &Context, arguments: &NewArguments) -> Result<Exit, Failure> {
    let answers = read_named(&arguments.answers)?;
    let core = context.core()?;
    let templates = core.templates()?;
    let template = templates.iter().find(|template| template.key == arguments.template);
    check_prompts(template, &answers)?;
    programme::check_tags(&core, &arguments.tags)?;
    let prompted_by = arguments.prompted_by.as_deref();
    let edits: Vec<_> = answered(answers).chain(tagged(&arguments.tags)).collect();
    let NewArguments { template, title, .. } = arguments;
    let document = core.create_reflection_with(template, title, prompted_by, &edits)?;
    let version = core.reflection(document)?.version;
    answer(context, &EditAnswer { document, version }, "Reflection")
}

/// Edits a reflection, on top of what was drafted.
pub fn edit(context: &Context, arguments: &EditArguments) -> Result<Exit, Failure> {
    let answers = read_named(&arguments.answers)?;
    let core = context.core()?;
    let document = documents::reflection(&core, &arguments.id)?;
    let shown = core.reflection(document)?;
    check_prompts(shown.template.as_ref(), &answers)?;
    programme::check_tags(&core, &arguments.tags)?;
    let title = arguments.title.iter().map(|title| ReflectionEdit::Title { title: title.clone() });
    let untagged =
        arguments.untags.iter().map(|tag| ReflectionEdit::RemoveTag { tag: tag.clone() });
    let edits: Vec<_> =
        title.chain(answered(answers)).chain(tagged(&arguments.tags)).chain(untagged).collect();
    if edits.is_empty() {
        return Err(Failure::Usage(
            "say what to change: --title, --answer, --tag or --untag".into(),
        ));
    }
    // What was drafted before is part of what was shown, so it comes first in the history.
    let base = if shown.drafts.is_empty() { shown.version } else { settled(&core, document)? };
    let version = core.edit_reflection(document, Some(&base), &edits)?;
    answer(context, &EditAnswer { document, version }, "Reflection")
}

/// The version with what was drafted in it. A text that is too long stays a draft, and keeps no
/// other field from being edited.
fn settled(core: &LearningCore, document: DocumentId) -> Result<Version, Error> {
    match core.settle(document) {
        Err(Error::TextTooLong { .. }) => Ok(core.reflection(document)?.version),
        settled => settled,
    }
}

/// Saves unfinished texts, outside of the history.
pub fn draft(context: &Context, arguments: &DraftArguments) -> Result<Exit, Failure> {
    let answers = read_named(&arguments.answers)?;
    let core = context.core()?;
    let document = documents::reflection(&core, &arguments.id)?;
    let shown = core.reflection(document)?;
    check_prompts(shown.template.as_ref(), &answers)?;
    // One that is too long is kept as well, and so are those after it.
    let saved = answers.into_iter().map(|(prompt, text)| {
        core.autosave(document, &DraftField::Answer(prompt), &shown.version, &text)
    });
    saved.fold(Ok(()), Result::and)?;
    let saved = EditAnswer { document, version: shown.version };
    context.output.answer(&saved, |sheet| {
        sheet.line(format!("Draft of {} saved here.", short(document)));
        let settle = format!("enhance reflect settle {}", short(document));
        sheet.next(&settle, "make it part of the reflection");
    })?;
    Ok(Exit::Done)
}

/// Makes drafts part of the reflection.
pub fn settle(context: &Context, arguments: &ReflectionArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let document = documents::any(&core, &arguments.id)?;
    let version = core.settle(document)?;
    answer(context, &EditAnswer { document, version }, "Reflection")
}

fn answer(context: &Context, saved: &EditAnswer, what: &str) -> Result<Exit, Failure> {
    let id = short(saved.document);
    context.output.answer(saved, |sheet| {
        sheet.line(format!("{what} {id} saved here."));
        sheet.next("enhance sync", "send it, sealed, to your other devices");
    })?;
    Ok(Exit::Done)
}

/// A slip in a prompt's key would make an answer nobody asked for.
fn check_prompts(template: Option<&Template>, answers: &[(String, String)]) -> Result<(), Failure> {
    let Some(template) = template else { return Ok(()) };
    let known = |key: &str| template.prompts.iter().any(|prompt| prompt.key == key);
    match answers.iter().find(|(prompt, _)| !known(prompt)) {
        None => Ok(()),
        Some((prompt, _)) => {
            let keys: Vec<_> = template.prompts.iter().map(|each| each.key.as_str()).collect();
            Err(Failure::Usage(format!(
                "{} asks nothing called {}; its prompts are: {}",
                template.key,
                Quoted(prompt),
                keys.join(", ")
            )))
        }
    }
}

fn answered(answers: Vec<(String, String)>) -> impl Iterator<Item = ReflectionEdit> {
    answers.into_iter().map(|(prompt, text)| ReflectionEdit::Answer { prompt, text })
}

fn tagged(tags: &[Tag]) -> impl Iterator<Item = ReflectionEdit> {
    tags.iter().map(|tag| ReflectionEdit::AddTag { tag: tag.clone() })
}
