//! Reading reflections and templates.

use std::collections::{BTreeMap, BTreeSet};

use enhance_client::{
    AttachmentView, Error, LearningCore, ListPage, PrivateAccess, ReflectionView, SharedView,
};
use enhance_model::{DocumentId, Tag, personal_record::EvidenceSource, programme::Template};
use serde::Serialize;

use super::arguments::ReflectionArguments;
use crate::{
    command::attach,
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
};

/// A reflection with the photographs and PDFs that belong to it.
#[derive(Serialize)]
struct OwnAnswer {
    #[serde(flatten)]
    view: ReflectionView,
    attachments: Vec<AttachmentView>,
    /// How many characters a text has at most.
    #[serde(skip)]
    text_chars: u64,
}

/// Lists one's own reflections.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let list = core.reflections(ListPage::ALL)?.items;
    let private = core.account()?.map(|account| account.private_access);
    context.output.answer(&list, |sheet| {
        if private == Some(PrivateAccess::RecoveryKeyNeeded) {
            sheet.line("Your private documents stay closed here until you type the recovery key.");
            sheet.next("enhance enrol --recovery-key -", "open them");
            return;
        }
        documents::write_list(sheet, &list, "No reflections yet.");
        if list.is_empty() {
            sheet.next("enhance reflect templates", "see the ways to reflect");
        }
    })?;
    Ok(Exit::Done)
}

/// Shows a reflection of one's own, or a copy that was shared.
pub fn show(context: &Context, arguments: &ReflectionArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::any(&core, &arguments.id)?;
    match core.reflection(id) {
        Ok(view) => {
            let attachments = core.attachments(&EvidenceSource::Document(id))?;
            let text_chars = core.limits()?.text_chars;
            let answer = OwnAnswer { view, attachments, text_chars };
            context.output.answer(&answer, |sheet| write_own(sheet, &answer))?;
        }
        Err(Error::NotFound { .. }) => show_copy(context, &core, id)?,
        Err(error) => return Err(error.into()),
    }
    Ok(Exit::Done)
}

/// Lists the templates and what each asks.
pub fn templates(context: &Context) -> Result<Exit, Failure> {
    let templates = context.core()?.templates()?;
    context.output.answer(&templates, |sheet| {
        for template in &templates {
            sheet.heading(format!("{}: {}", template.key, template.title));
            sheet.line(&template.purpose);
            let rows = template.prompts.iter();
            let rows = rows.map(|prompt| vec![prompt.key.clone(), prompt.label.clone()]);
            sheet.table(&["prompt", "question"], rows.collect(), "");
        }
        match templates.first() {
            Some(first) => {
                let begin = format!("enhance reflect new --template {} --title \"...\"", first.key);
                sheet.next(&begin, "begin")
            }
            None => sheet.line("No templates here yet.").next("enhance pack update", "fetch them"),
        };
    })?;
    Ok(Exit::Done)
}

fn show_copy(context: &Context, core: &LearningCore, id: DocumentId) -> Result<(), Failure> {
    let view = core.shared_reflection(id)?;
    context.output.answer(&view, |sheet| write_copy(sheet, &view))?;
    documents::mark_seen(core, id);
    Ok(())
}

fn write_own(sheet: &mut Sheet, OwnAnswer { view, attachments, text_chars }: &OwnAnswer) {
    let ReflectionView { reflection, .. } = view;
    sheet.line(titled(&reflection.title, view.id));
    sheet.field("Begun", when(reflection.created_at));
    sheet.field("Prompted by", reflection.prompted_by.as_deref().unwrap_or_default());
    write_tags(sheet, &reflection.tags);
    documents::write_status(sheet, &view.status);
    let drafted: Vec<String> = view.drafts.iter().map(|draft| draft.field.to_string()).collect();
    sheet.field("Draft", drafted.join(", "));
    write_answers(sheet, view.template.as_ref(), &reflection.answers);
    documents::write_too_long(sheet, &view.drafts, *text_chars);
    if !attachments.is_empty() {
        sheet.heading("Attached");
        attach::write_rows(sheet, attachments);
    }
    sheet.heading("Who can see it");
    documents::write_readers(sheet, view.id, &view.readers);
}

fn write_copy(sheet: &mut Sheet, view: &SharedView) {
    let SharedView { copy, .. } = view;
    sheet.line(titled(&copy.title, view.id));
    let by = view.owner.as_ref().map_or("a person not known here", |owner| owner.name.as_str());
    sheet.field("Shared by", format!("{by} on {}", when(copy.shared_at)));
    write_tags(sheet, &copy.tags);
    write_answers(sheet, view.template.as_ref(), &copy.answers);
}

fn titled(title: &str, id: DocumentId) -> String {
    let title = if title.is_empty() { "Untitled" } else { title };
    format!("{title}  [{}]", short(id))
}

fn write_tags(sheet: &mut Sheet, tags: &BTreeSet<Tag>) {
    sheet.field("Tags", tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
}

/// Writes the answers in the order of the template's prompts, then those it does not ask for.
fn write_answers(
    sheet: &mut Sheet,
    template: Option<&Template>,
    answers: &BTreeMap<String, String>,
) {
    let prompts = template.map(|template| template.prompts.as_slice()).unwrap_or_default();
    for prompt in prompts {
        let text = answers.get(&prompt.key).map(String::as_str).unwrap_or_default();
        sheet.heading(format!("{} [{}]", prompt.label, prompt.key)).prose(text);
    }
    let asked: BTreeSet<&str> = prompts.iter().map(|prompt| prompt.key.as_str()).collect();
    for (key, text) in answers.iter().filter(|(key, _)| !asked.contains(key.as_str())) {
        sheet.heading(key).prose(text);
    }
}
