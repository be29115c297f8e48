//! `enhance export`: everything one can read, as JSON, CSV or a page.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use enhance_model::counted;
use serde::Serialize;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    file::write_whole,
    output::{Format, Output},
};

const EXAMPLES: &str = "\
Examples:
  enhance export --out my-learning.json
  enhance export --csv my-record.csv
  enhance export --html my-reflections.html
  enhance export | jq \".reflections | length\"
  enhance import my-learning.json

The file holds your private documents in plain text; it is readable by you alone when it is made.
JSON has everything and can be read back, also into another account; CSV has your personal record,
HTML your reflections.";

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
}

#[derive(Serialize)]
struct ExportAnswer<'a> {
    file: &'a Path,
    bytes: u64,
}

/// Prints the export, or writes it to a file.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let export = context.core()?.export()?;
    match (&arguments.out, &arguments.csv, &arguments.html) {
        (Some(file), ..) => {
            let json = export.to_json()? + "\n";
            written(context, file, &json, "Everything you can read is")?;
        }
        (_, Some(file), _) => written(context, file, &export.to_csv(), "Your personal record is")?,
        (.., Some(file)) => {
            written(context, file, &export.reflections_html(), "Your reflections are")?;
        }
        _ => Output::new(Format::Json).answer(&export.to_value()?, |_| {})?,
    }
    Ok(Exit::Done)
}

fn written(context: &Context, file: &Path, text: &str, what: &str) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return context.output.file(text.as_bytes());
    }
    let bytes = write_whole(file, |writer| writer.write_all(text.as_bytes()))?;
    context.output.answer(&ExportAnswer { file, bytes }, |sheet| {
        sheet.line(format!("{what} in {} ({}).", file.display(), counted(bytes, "byte")));
    })
}
