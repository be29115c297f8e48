//! Who wrote what in a project, and when.

use std::collections::BTreeMap;

use enhance_client::{HistoryView, TextField};
use enhance_model::{Person, change_project::Section};
use serde::Serialize;

use super::{arguments::ProjectArguments, show, version};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
};

/// What `enhance project at` takes.
#[derive(Debug, clap::Args)]
pub struct AtArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// The version, or enough of it; see enhance project history.
    version: String,
}

/// What `enhance project authors` takes.
#[derive(Debug, clap::Args)]
pub struct AuthorsArguments {
    /// The plan's id, or enough of it.
    id: String,
    #[arg(help = "A text: problem, why_here, team, plan, handover or aim [default: every field]")]
    text: Option<String>,
}

#[derive(Serialize)]
struct Span {
    by: Option<Person>,
    text: String,
}

/// Lists the changes of a project.
pub fn history(context: &Context, arguments: &ProjectArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::project(&core, &arguments.id)?;
    let history = core.history(id)?;
    context.output.answer(&history, |sheet| {
        let rows = history.iter().map(|change: &HistoryView| {
            vec![version::brief(&change.version), when(change.at), name(change.by.as_ref())]
        });
        sheet.table(&["version", "when", "who"], rows.collect(), "No changes yet.");
        if let Some(first) = history.first() {
            let at = format!("enhance project at {} {}", short(id), version::brief(&first.version));
            sheet.next(&at, "see the plan as it was");
        }
    })?;
    Ok(Exit::Done)
}

/// Shows a project as it was at a version.
pub fn at(context: &Context, arguments: &AtArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::project(&core, &arguments.id)?;
    let version = version::resolve(&core, id, &arguments.version)?;
    let project = core.project_at(id, &version)?;
    let names = show::Names::known(&core)?;
    context.output.answer(&project, |sheet| {
        sheet.line(format!("{}  [{}]", project.title, short(id)));
        sheet.field("As it was at", version::brief(&version));
        show::write_project(sheet, id, &project, &names);
    })?;
    Ok(Exit::Done)
}

/// Shows who wrote which part of a text, or each field.
pub fn authors(context: &Context, arguments: &AuthorsArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::project(&core, &arguments.id)?;
    if let Some(text) = &arguments.text {
        let authors = core.text_authors(id, &field(text)?)?.into_iter();
        let spans: Vec<Span> = authors.map(|(by, text)| Span { by, text }).collect();
        context.output.answer(&spans, |sheet| write_spans(sheet, &spans))?;
    } else {
        let fields: BTreeMap<String, Option<Person>> = core.field_authors(id)?;
        context.output.answer(&fields, |sheet| {
            let rows = fields.iter().map(|(path, by)| vec![path.clone(), name(by.as_ref())]);
            sheet.table(&["field", "written last by"], rows.collect(), "");
        })?;
    }
    Ok(Exit::Done)
}

fn write_spans(sheet: &mut Sheet, spans: &[Span]) {
    for span in spans {
        sheet.line(format!("{}:", name(span.by.as_ref()))).prose(&span.text);
    }
    if spans.is_empty() {
        sheet.line("Nothing is written there yet.");
    }
}

fn field(typed: &str) -> Result<TextField, Failure> {
    if typed == "aim" {
        return Ok(TextField::AimSentence);
    }
    let section = typed.parse::<Section>();
    section.map(TextField::Section).map_err(|unknown| Failure::Usage(format!("{unknown}aim")))
}

fn name(person: Option<&Person>) -> String {
    person.map_or_else(|| "a person not known here".to_owned(), |person| person.name.clone())
}
