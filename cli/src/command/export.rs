//! `enhance export`: everything one can read, as JSON, CSV or a page.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use enhance_client::{Export, ExportSizes, ExportedFile, LearningCore, LeftOut};
use enhance_model::{counted, size};
use serde::Serialize;

use crate::{
    command::record::journeys,
    context::Context,
    exit::{Exit, Failure},
    file::{require_folder, write_whole},
    long_work::{progress, until_interrupted},
    output::{Format, Output, ProgressLine, Sheet, note},
    words::photographs,
};

const EXAMPLES: &str = "\
Examples:
  enhance export --out my-learning.json
  enhance export --out my-learning.json --fetch
  enhance export --csv my-record.csv
  enhance export --html my-reflections.html
  enhance export --check
  enhance export | jq \".reflections | length\"
  enhance import my-learning.json

The file holds your private documents in plain text; it is readable by you alone when it is made.
JSON has everything and can be read back, also into another account; CSV has your personal record,
HTML your reflections. Photographs and PDFs go along in a folder beside it (my-learning-files), each
under a name of its own; what is not on this machine is named as not here, or fetched with --fetch.
Keep the file and its folder together.";

/// Everything you can read, as JSON, CSV or a page.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Write all of it as JSON to this file instead of stdout; it is replaced whole or not at all.
    #[arg(long, value_name = "FILE", group = "form")]
    out: Option<PathBuf>,
    /// Write your personal record as CSV to this file; - is standard output.
    #[arg(long, value_name = "FILE", group = "form")]
    csv: Option<PathBuf>,
    /// Write your reflections as one page of HTML to this file; - is standard output.
    #[arg(long, value_name = "FILE", group = "form")]
    html: Option<PathBuf>,
    /// Fetch photographs and PDFs that are not on this machine.
    #[arg(long)]
    fetch: bool,
    /// Leave photographs and PDFs out.
    #[arg(long, conflicts_with = "fetch")]
    words_only: bool,
    /// Say how many photographs and PDFs there are and how large they are, and write nothing.
    #[arg(long, conflicts_with = "form")]
    check: bool,
}

#[derive(Serialize)]
struct ExportAnswer<'a> {
    file: &'a Path,
    bytes: u64,
    /// The folder beside it; none if nothing went along.
    folder: Option<PathBuf>,
    /// Photographs and PDFs that went along.
    files: usize,
    file_bytes: u64,
    /// Those that did not, with the reason.
    left_out: Vec<&'a ExportedFile>,
}

/// Prints the export, or writes it to a file with its files beside.
pub async fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    if arguments.check {
        let sizes = core.export_sizes()?;
        context.output.answer(&sizes, |sheet| write_sizes(sheet, &sizes))?;
        return Ok(Exit::Done);
    }
    if arguments.html.is_none() {
        journeys::warn(&core)?;
    }
    let Arguments { out, csv, html, .. } = arguments;
    let file = [out, csv, html].into_iter().flatten().find(|file| file.as_os_str() != "-");
    if let Some(file) = file {
        require_folder(file)?;
    }
    let export = match file.filter(|_| !arguments.words_only) {
        Some(file) => with_files(&core, &folder_of(file), arguments.fetch).await?,
        None => core.export()?,
    };
    match (out, csv, html) {
        (Some(file), ..) => {
            let json = export.to_json()? + "\n";
            written(context, (file, &json), &export, "Everything you can read is")?;
        }
        (_, Some(file), _) => {
            written(context, (file, &export.to_csv()), &export, "Your personal record is")?;
        }
        (.., Some(file)) => {
            written(context, (file, &export.reflections_html()), &export, "Your reflections are")?;
        }
        _ => Output::new(Format::Json).answer(&export.to_value()?, |_| {})?,
    }
    if file.is_none() && !export.files.is_empty() {
        note("photographs and PDFs go along with an export to a file only; here they are named");
    }
    Ok(Exit::Done)
}

/// The folder for the files of an export: beside it, and called like it.
fn folder_of(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-files"))
}

async fn with_files(core: &LearningCore, folder: &Path, fetch: bool) -> Result<Export, Failure> {
    let ExportSizes { files, bytes, files_here, bytes_here } = core.export_sizes()?;
    let line = ProgressLine::new();
    let (all, here) = (size(bytes), size(bytes_here));
    let files = counted(files, "file");
    line.say(&format!("{files}, {all}; of these {files_here} here, {here} ..."));
    let cancel = until_interrupted();
    let say = |step| line.say(&progress(step));
    Ok(core.export_with_files(folder, fetch, &cancel, &say).await?)
}

fn written(
    context: &Context,
    (file, text): (&Path, &str),
    export: &Export,
    what: &str,
) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return context.output.file(text.as_bytes());
    }
    let bytes = write_whole(file, |writer| writer.write_all(text.as_bytes()))?;
    let (there, left_out): (Vec<&ExportedFile>, Vec<&ExportedFile>) =
        export.files.iter().partition(|one| one.path().is_some());
    let answer = ExportAnswer {
        file,
        bytes,
        folder: (!there.is_empty()).then(|| folder_of(file)),
        files: there.len(),
        file_bytes: there.iter().map(|one| one.bytes).sum(),
        left_out,
    };
    context.output.answer(&answer, |sheet| {
        sheet.line(format!("{what} in {} ({}).", file.display(), size(bytes)));
        write_files(sheet, &answer);
        if export.account.person.devices.len() > 1 {
            sheet.line(
                "What your other devices have not sent, or this one not fetched, is not in it.",
            );
            sheet.next("enhance sync", "on each of them; then export once more");
        }
    })
}

fn write_files(sheet: &mut Sheet, answer: &ExportAnswer<'_>) {
    if let Some(folder) = &answer.folder {
        let files = photographs(answer.files, ("is in", "are in"));
        sheet.line(format!("{files} {} ({}).", folder.display(), size(answer.file_bytes)));
    }
    for one in &answer.left_out {
        let why = one.left_out().map_or("not here", LeftOut::in_words);
        sheet.line(format!("{} ({}): {why}.", one.name, size(one.bytes)));
    }
    if answer.left_out.iter().any(|one| one.left_out() == Some(LeftOut::NotHere)) {
        sheet.next("enhance export --fetch ...", "fetch what is not here");
    }
}

fn write_sizes(sheet: &mut Sheet, sizes: &ExportSizes) {
    let ExportSizes { files, bytes, files_here, bytes_here } = sizes;
    let belong = photographs(*files, ("belongs", "belong"));
    sheet.line(format!("{belong} to what you wrote: {}.", size(*bytes)));
    let are = if *files_here == 1 { "is" } else { "are" };
    sheet.line(format!("{files_here} of them {are} on this machine: {}.", size(*bytes_here)));
}
