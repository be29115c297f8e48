//! `enhance import`: an export read back, also into another account.

use std::{fs, io::Read, path::PathBuf};

use enhance_client::ImportReport;
use enhance_model::counted;

use crate::{
    context::Context,
    exit::{Exit, Failure},
    output::Sheet,
};

const EXAMPLES: &str = "\
Example:
  enhance import my-learning.json

Reads what enhance export --out wrote. Reflections, your own plans and your personal record come
back; what is here already stays as it is, so doing it twice is doing it once. A file that is
damaged changes nothing.";

/// A file larger than this is no export; the core says so in its own words.
const MOST_BYTES: u64 = 256 << 20;

/// Read an export back, also into another account.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What enhance export --out wrote.
    file: PathBuf,
}

/// Reads the file and says what came of it.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let path = &arguments.file;
    let failure = |source| Failure::File { path: path.clone(), source };
    let mut json = String::new();
    let file = fs::File::open(path).map_err(failure)?;
    file.take(MOST_BYTES + 1).read_to_string(&mut json).map_err(failure)?;
    let imported = core.import(&json)?;
    context.output.answer(&imported, |sheet| write(sheet, &imported))?;
    Ok(if imported.stopped.is_some() { Exit::Internal } else { Exit::Done })
}

fn write(sheet: &mut Sheet, imported: &ImportReport) {
    let ImportReport { reflections, projects, things, .. } = imported;
    let (reflections, projects) = (counted(*reflections, "reflection"), counted(*projects, "plan"));
    let things = counted(*things, "thing");
    sheet.line(format!("Saved here: {reflections}, {projects}, {things} in your record."));
    for (said, count, what) in [
        ("Here already", imported.already_here, "document"),
        ("Left out, ask their owners to add you", imported.projects_of_others, "plan"),
        ("Left out, share them anew", imported.shared_copies, "shared copy"),
        ("Left out, they are in the file", imported.comments, "comment"),
    ] {
        if count > 0 {
            sheet.line(format!("{said}: {}.", counted(count, what)));
        }
    }
    if let Some(stopped) = &imported.stopped {
        sheet.line(format!(
            "It stopped: {}. {} are still to be read.",
            stopped.reason, imported.left
        ));
        sheet.next("enhance import FILE", "go on where it stopped; nothing is read twice");
        return;
    }
    sheet.next("enhance status", "see what waits to be sent");
}
