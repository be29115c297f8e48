//! `enhance quarantine`: work the server refused, which is never lost.

use clap::Subcommand;
use enhance_client::{LearningCore, QuarantineSummary, QuarantineView};
use enhance_model::Version;
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::{Format, Output, Sheet},
    when::when,
};

const EXAMPLES: &str = "\
Examples:
  enhance quarantine
  enhance quarantine show 3
  enhance quarantine replay 3
  enhance quarantine export 3 > refused.json
  enhance quarantine dismiss 3

Replaying does the work once more, as a fresh edit of the entry as it is now. If that is not
allowed, export the text and keep it. Nothing here ever holds up other work.";

/// Work the server refused: read it, write it anew, export it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List it.
    #[command(after_help = "Example:\n  enhance quarantine list --json")]
    List,
    /// Read one piece.
    #[command(after_help = "Example:\n  enhance quarantine show 3")]
    Show(Piece),
    /// Do it once more, as a fresh edit.
    #[command(after_help = "Example:\n  enhance quarantine replay 3")]
    Replay(Piece),
    /// Print one piece as JSON.
    #[command(after_help = "Example:\n  enhance quarantine export 3 > refused.json")]
    Export(Piece),
    /// Note that you have dealt with it; it stays readable.
    #[command(after_help = "Example:\n  enhance quarantine dismiss 3")]
    Dismiss(Piece),
}

#[derive(Debug, clap::Args)]
struct Piece {
    /// Its number in the list.
    id: i64,
}

#[derive(Serialize)]
struct DealtWith {
    id: i64,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
}

/// Does it.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    match &arguments.verb {
        None | Some(Verb::List) => {
            let list = core.quarantined()?;
            context.output.answer(&list, |sheet| write_list(sheet, &list))?;
        }
        Some(Verb::Show(piece)) => {
            let view = core.quarantined_item(piece.id)?;
            context.output.answer(&view, |sheet| write_view(sheet, &view))?;
        }
        Some(Verb::Export(piece)) => {
            let view = core.quarantined_item(piece.id)?;
            Output::new(Format::Json).answer(&view, |_| {})?;
        }
        Some(Verb::Replay(piece)) => replay(context, &core, piece.id)?,
        Some(Verb::Dismiss(piece)) => {
            core.dismiss(piece.id)?;
            let dealt = DealtWith { id: piece.id, state: "dismissed", version: None };
            context.output.answer(&dealt, |sheet| {
                sheet.line(format!("{} is dealt with. It stays readable.", piece.id));
            })?;
        }
    }
    Ok(Exit::Done)
}

fn replay(context: &Context, core: &LearningCore, id: i64) -> Result<(), Failure> {
    let dealt = DealtWith { id, state: "replayed", version: Some(core.replay(id)?) };
    context.output.answer(&dealt, |sheet| {
        sheet.line(format!("{id} was written anew and is saved here."));
        sheet.next("enhance sync", "offer it to the server");
    })
}

fn write_list(sheet: &mut Sheet, list: &[QuarantineSummary]) {
    let row = |each: &QuarantineSummary| {
        vec![
            each.id.to_string(),
            each.title.clone(),
            each.kind.as_str().replace('_', " "),
            each.code.clone(),
            each.explanation.clone(),
            when(each.at),
        ]
    };
    let header = ["id", "title", "kind", "code", "why", "when (UTC)"];
    let nothing = "Nothing is in quarantine: the server took all it was offered.";
    sheet.table(&header, list.iter().map(row).collect(), nothing);
    if let Some(first) = list.first() {
        sheet.next(&format!("enhance quarantine show {}", first.id), "read it");
    }
}

fn write_view(sheet: &mut Sheet, view: &QuarantineView) {
    let summary = &view.summary;
    sheet.line(format!("{}  [entry {}]", summary.title, short(summary.document)));
    sheet.field("Refused", when(summary.at));
    sheet.field("Why", format!("{} ({})", summary.explanation, summary.code));
    sheet.field("Dealt with", summary.resolved_at.map(when).unwrap_or_default());
    for edit in &view.edits {
        sheet.heading(&edit.path);
        sheet.line("before:").prose(&edit.before);
        sheet.line("after:").prose(&edit.after);
    }
    if summary.resolved_at.is_none() {
        sheet.next(&format!("enhance quarantine replay {}", summary.id), "write it anew");
    }
}
