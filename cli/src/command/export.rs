//! `enhance export`: everything one can read, as JSON.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

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
  enhance export | jq \".reflections | length\"

The file holds your private documents in plain text; it is readable by you alone when it is made.";

/// Everything you can read, as JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Write to this file instead of stdout; it is replaced whole or not at all.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Serialize)]
struct ExportAnswer<'a> {
    file: &'a Path,
    bytes: u64,
}

/// Prints the export, or writes it to a file.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let export = context.core()?.export()?;
    let Some(file) = &arguments.out else {
        Output::new(Format::Json).answer(&export, |_| {})?;
        return Ok(Exit::Done);
    };
    let bytes = write_whole(file, |writer| {
        serde_json::to_writer_pretty(&mut *writer, &export)?;
        writer.write_all(b"\n")
    })?;
    context.output.answer(&ExportAnswer { file, bytes }, |sheet| {
        sheet.line(format!("Everything you can read is in {} ({bytes} bytes).", file.display()));
    })?;
    Ok(Exit::Done)
}
