//! Who wrote what in a project, and when.

use std::collections::BTreeMap;

use enhance_client::{HistoryView, Portion, SittingView, TextField};
use enhance_model::{DocumentId, Person, Version, change_project::Section};
use serde::Serialize;

use super::{show, version};
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
    output::Sheet,
    when::when,
    words::whole_number,
};

/// What `enhance project history` takes.
#[derive(Debug, clap::Args)]
pub struct HistoryArguments {
    /// The plan's id, or enough of it.
    id: String,
    /// List every single change with its version instead.
    #[arg(long)]
    changes: bool,
    /// At most so many sittings.
    #[arg(long, value_name = "N", default_value = "20", conflicts_with = "changes")]
    #[arg(value_parser = whole_number::<u32>(1..=10_000), allow_negative_numbers = true)]
    limit: u32,
}

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

/// Tells what was done to a project by person and sitting, or lists its single changes.
pub fn history(context: &Context, arguments: &HistoryArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::project(&core, &arguments.id)?;
    if arguments.changes {
        let history = core.history(id)?;
        context.output.answer(&history, |sheet| write_changes(sheet, id, &history))?;
    } else {
        let sittings = core.sittings(id, None, arguments.limit)?;
        let write = |sheet: &mut Sheet| write_sittings(sheet, id, &sittings, arguments.limit);
        context.output.answer(&sittings, write)?;
    }
    Ok(Exit::Done)
}

fn write_sittings(sheet: &mut Sheet, id: DocumentId, sittings: &Portion<SittingView>, limit: u32) {
    for sitting in sittings {
        let (by, version) = (name(sitting.by.as_ref()), version::brief(&sitting.version));
        sheet.line(format!("{by}, {}  [{version}]", when(sitting.to)));
        for sentence in &sitting.sentences {
            sheet.item(0, sentence);
        }
    }
    if sittings.more {
        sheet.line(format!("… and more: --limit {}", limit.saturating_mul(2)));
    }
    if let Some(newest) = sittings.first() {
        write_next(sheet, id, &newest.version);
    }
}

fn write_changes(sheet: &mut Sheet, id: DocumentId, history: &[HistoryView]) {
    let rows = history.iter().map(|change: &HistoryView| {
        vec![version::brief(&change.version), when(change.at), name(change.by.as_ref())]
    });
    sheet.table(&["version", "when", "who"], rows.collect(), "No changes yet.");
    if let Some(first) = history.first() {
        write_next(sheet, id, &first.version);
    }
}

fn write_next(sheet: &mut Sheet, id: DocumentId, at: &Version) {
    let at = format!("enhance project at {} {}", short(id), version::brief(at));
    sheet.next(&at, "see the plan as it was");
}

/// Shows a project as it was at a version.
pub fn at(context: &Context, arguments: &AtArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let id = documents::project(&core, &arguments.id)?;
    let version = version::resolve(&core, id, &arguments.version)?;
    let project = core.project_at(id, &version)?;
    let names = show::Names::known(&core)?;
    let hidden = project.hidden_numbers(core.suppression()?);
    let told = show::left_out(&project, "", &hidden)?;
    context.output.answer(&told, |sheet| {
        sheet.line(format!("{}  [{}]", project.title, short(id)));
        sheet.field("As it was at", version::brief(&version));
        show::write_project(sheet, id, &project, &names, &hidden);
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
