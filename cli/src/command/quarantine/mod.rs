//! `enhance quarantine`: work the server refused, which is never lost.

mod said;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use enhance_client::{LearningCore, QuarantineSummary, QuarantineView};
use enhance_model::{Version, size};
use serde::Serialize;

use self::said::said;
use super::attach;
use crate::{
    context::Context,
    exit::{Exit, Failure},
    ids::short,
    output::{Format, Output, Sheet},
    when::when,
    words::whole_number,
};

const EXAMPLES: &str = "\
Examples:
  enhance quarantine
  enhance quarantine show 3
  enhance quarantine replay 3
  enhance quarantine export 3 > refused.json
  enhance quarantine save 3 77aa01bc board.jpg
  enhance quarantine dismiss 3

Replaying does the work once more, as a fresh edit of the document as it is now. If that is not
allowed, export the text and keep it. A file that was attached and never sent is kept with it until
you dismiss it. Nothing here ever holds up other work.";

/// Work the server refused: read it, write it anew, export it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the work that the server refused.
    #[command(after_help = "Example:\n  enhance quarantine list --json")]
    List,
    /// Read one piece of refused work.
    #[command(after_help = "Example:\n  enhance quarantine show 3")]
    Show(Piece),
    /// Do a piece of work once more, as a fresh edit.
    #[command(after_help = "Example:\n  enhance quarantine replay 3")]
    Replay(Piece),
    /// Print one piece as JSON.
    #[command(after_help = "Example:\n  enhance quarantine export 3 > refused.json")]
    Export(Piece),
    /// Save a file that was attached in a piece and never sent.
    #[command(after_help = "Example:\n  enhance quarantine save 3 77aa01bc board.jpg")]
    Save {
        #[command(flatten)]
        piece: Piece,
        /// The id or the name of the attachment.
        attachment: String,
        /// Where to save it: a file that is not there yet; - is standard output.
        file: PathBuf,
    },
    /// Note that you have dealt with a piece; its words stay readable, its files are destroyed.
    #[command(after_help = "Example:\n  enhance quarantine dismiss 3")]
    Dismiss(Piece),
}

#[derive(Debug, clap::Args)]
struct Piece {
    /// Its number in the list.
    #[arg(value_parser = whole_number::<i64>(1..=u64::MAX), allow_negative_numbers = true)]
    id: i64,
}

#[derive(Serialize)]
struct QuarantineAnswer {
    id: i64,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
}

/// Lists refused work, shows or exports a piece, or deals with it.
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
        Some(Verb::Save { piece, attachment, file }) => {
            save(context, &core, piece.id, (attachment, file))?;
        }
        Some(Verb::Dismiss(piece)) => {
            core.dismiss(piece.id)?;
            let dealt = QuarantineAnswer { id: piece.id, state: "dismissed", version: None };
            context.output.answer(&dealt, |sheet| {
                sheet.line(format!("{} is dealt with. It stays readable.", piece.id));
            })?;
        }
    }
    Ok(Exit::Done)
}

fn replay(context: &Context, core: &LearningCore, id: i64) -> Result<(), Failure> {
    let dealt = QuarantineAnswer { id, state: "replayed", version: Some(core.replay(id)?) };
    context.output.answer(&dealt, |sheet| {
        sheet.line(format!("{id} was written anew and is saved here."));
        sheet.next("enhance sync", "offer it to the server");
    })
}

/// Saves a file that is kept with a piece.
fn save(
    context: &Context,
    core: &LearningCore,
    id: i64,
    (typed, file): (&str, &Path),
) -> Result<(), Failure> {
    let kept = core.quarantined_item(id)?.attachments;
    let one = attach::find(typed, &kept)?;
    attach::require_room(file)?;
    let bytes = core.open_attachment(&one.of, one.id)?;
    attach::put(context, (&one.attachment.name, &bytes), file)
}

fn write_list(sheet: &mut Sheet, list: &[QuarantineSummary]) {
    let row = |each: &QuarantineSummary| {
        vec![
            each.id.to_string(),
            titled(each),
            each.kind.as_str().replace('_', " "),
            each.words.to_owned(),
            when(each.at),
        ]
    };
    let header = ["id", "title", "kind", "why", "when"];
    let nothing = "Nothing is in quarantine: the server took all it was offered.";
    sheet.table(&header, list.iter().map(row).collect(), nothing);
    if let Some(first) = list.first() {
        sheet.next(&format!("enhance quarantine show {}", first.id), "read it");
    }
}

/// What it was, and that there are files with it.
fn titled(summary: &QuarantineSummary) -> String {
    let files = match summary.attachments {
        0 => return summary.title.clone(),
        1 => "1 attachment".to_owned(),
        more => format!("{more} attachments"),
    };
    format!("{} (with {files})", summary.title)
}

fn write_view(sheet: &mut Sheet, view: &QuarantineView) {
    let summary = &view.summary;
    sheet.line(format!("{}  [document {}]", summary.title, short(summary.document)));
    sheet.field("Refused", when(summary.at));
    sheet.field("Why", summary.words);
    sheet.field("The server said", &summary.explanation);
    sheet.field("Dealt with", summary.resolved_at.map(when).unwrap_or_default());
    for one in said(summary.kind, &view.edits) {
        sheet.heading(&one.what);
        match (one.before.is_empty(), one.after.is_empty()) {
            (true, true) => {}
            (true, false) => {
                sheet.prose(&one.after);
            }
            (false, true) => {
                sheet.line("taken out:").prose(&one.before);
            }
            (false, false) => {
                sheet.line("before:").prose(&one.before);
                sheet.line("after:").prose(&one.after);
            }
        }
    }
    write_attachments(sheet, view);
    if summary.resolved_at.is_some() {
        return;
    }
    if view.can_replay {
        sheet.next(&format!("enhance quarantine replay {}", summary.id), "write it anew");
    } else if view.edits.is_empty() {
        sheet.line("There are no words in this that could be written again.");
        sheet.next(&format!("enhance quarantine dismiss {}", summary.id), "let it rest");
    } else {
        sheet.line("What this was written in is not here, or not yours to write in any more.");
        let export = format!("enhance quarantine export {} > refused.json", summary.id);
        sheet.next(&export, "keep its words");
    }
}

/// The files that are kept with it, and how each is saved.
fn write_attachments(sheet: &mut Sheet, view: &QuarantineView) {
    if view.attachments.is_empty() {
        return;
    }
    sheet.heading("Attached, never sent, and kept here until you dismiss this");
    for one in &view.attachments {
        let (name, bytes) = (&one.attachment.name, size(one.attachment.bytes));
        let kind = one.attachment.media_type.in_words();
        sheet.line(format!("{}  {name}, {kind}, {bytes}", short(one.id)));
    }
    if let Some(first) = view.attachments.first() {
        let save = format!("enhance quarantine save {} {} FILE", view.summary.id, short(first.id));
        sheet.next(&save, "save it to a file");
    }
}
