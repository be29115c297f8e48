//! `enhance import`: an export read back, also into another account.

use std::path::{Path, PathBuf};

use enhance_client::{
    EvidenceLeftOut, FileFault, FileNotRead, ImportCheck, ImportReport, SignOffLeftOut,
};
use enhance_model::{Quoted, counted, size};

use crate::{
    context::Context,
    exit::{Exit, Failure},
    file::text_of,
    long_work::{progress, until_interrupted},
    output::{ProgressLine, Sheet, note},
    words::photographs,
};

const EXAMPLES: &str = "\
Examples:
  enhance import my-learning.json
  enhance import my-learning.json --check

Reads what enhance export --out wrote. Reflections, your own plans, your personal record and what
was signed for you come back; what is here already stays as it is, so doing it twice is doing it
once. Sign-offs are kept as they are and can be checked by anybody; enhance sign-off list shows
them. Comments on plans and suggestions for them stay in the file, where they can be read. A file
that is damaged changes nothing.

Photographs and PDFs come from the folder that was written beside it; each is compared with what was
exported. One that is missing, was changed, is too large or is none is named and left out, and
everything else is read all the same; then the exit code is 9. Put right what is wrong and do it
again: what is missing comes. The exit code is 9 too where a sign-off does not verify: it is named and
left out.";

/// What others said of a plan is theirs, and is to be read in the file.
const IN_THE_FILE: &str = "Left out, they are in the file";

/// A file larger than this is no export.
const MOST_BYTES: u64 = 256 << 20;

/// Read an export back, also into another account.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What enhance export --out wrote.
    file: PathBuf,
    /// Say what would be read and how large it is, and keep nothing.
    #[arg(long)]
    check: bool,
}

/// Reads the file with what lies beside it, and says what came of it.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let path = &arguments.file;
    let json = text_of(path, MOST_BYTES)?;
    let beside = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let cancel = until_interrupted();
    let line = ProgressLine::new();
    let say = |step| line.say(&progress(step));
    if arguments.check {
        let check = core.check_import(&json, beside, &cancel, &say)?;
        drop(line);
        context.output.answer(&check, |sheet| write_check(sheet, &check))?;
        return Ok(ending(&check.files_not_read, &check.sign_offs_left_out));
    }
    let imported = core.import_with_files(&json, beside, &cancel, &say)?;
    drop(line);
    context.output.answer(&imported, |sheet| write(sheet, &imported))?;
    Ok(match &imported.stopped {
        Some(stopped) if stopped.code == "cancelled" => Exit::Interrupted,
        Some(_) => Exit::Internal,
        None => ending(&imported.files_not_read, &imported.sign_offs_left_out),
    })
}

/// What lies beside an export without being named there keeps nothing from coming, nor does a
/// request that nobody answered.
fn ending(not_read: &[FileNotRead], left_out: &[SignOffLeftOut]) -> Exit {
    let is_lacking = not_read.iter().any(|one| one.fault != FileFault::Foreign);
    let forged = left_out.iter().filter(|one| one.does_not_verify()).count();
    if forged > 0 {
        let forged = counted(forged, "sign-off");
        note(&format!("{forged} in the file did not verify, and nothing of that is kept"));
    }
    if is_lacking || forged > 0 { Exit::Refused } else { Exit::Done }
}

fn write_check(sheet: &mut Sheet, check: &ImportCheck) {
    let ImportCheck { reflections, projects, things, files, bytes, room, .. } = check;
    let (reflections, projects) = (counted(*reflections, "reflection"), counted(*projects, "plan"));
    let things = counted(*things, "thing");
    let signed = counted(check.sign_offs, "sign-off");
    sheet.line(format!(
        "Would be saved: {reflections}, {projects}, {things} in your record, {signed}."
    ));
    if *files > 0 {
        let (bytes, room) = (size(*bytes), size(*room));
        let come = photographs(*files, ("comes", "come"));
        sheet.line(format!("{come} along: {bytes}, and {room} have room."));
    }
    write_counts(
        sheet,
        &[
            ("Here already", check.already_here, "document"),
            ("Here already", check.files_already_here, "file"),
            (IN_THE_FILE, check.comments, "comment"),
            (IN_THE_FILE, check.suggestions, "suggestion"),
        ],
    );
    write_different(sheet, &check.different);
    write_left_out(sheet, (&check.sign_offs_left_out, &check.evidence_left_out));
    write_as_they_were(sheet, &check.as_they_were);
    write_not_read(sheet, &check.files_not_read);
}

fn write(sheet: &mut Sheet, imported: &ImportReport) {
    let ImportReport { reflections, projects, things, files, .. } = imported;
    let (reflections, projects) = (counted(*reflections, "reflection"), counted(*projects, "plan"));
    let (things, files) = (counted(*things, "thing"), counted(*files, "file"));
    let signed = counted(imported.sign_offs, "sign-off");
    sheet.line(format!(
        "Saved here: {reflections}, {projects}, {things} in your record, {signed}, {files}."
    ));
    let counts = [
        ("Here already", imported.already_here, "document"),
        ("Here already", imported.files_already_here, "file"),
        ("Left out, ask their owners to add you", imported.projects_of_others, "plan"),
        ("Left out, share them anew", imported.shared_copies, "shared copy"),
        (IN_THE_FILE, imported.comments, "comment"),
        (IN_THE_FILE, imported.suggestions, "suggestion"),
    ];
    write_counts(sheet, &counts);
    write_different(sheet, &imported.different);
    write_left_out(sheet, (&imported.sign_offs_left_out, &imported.evidence_left_out));
    write_as_they_were(sheet, &imported.as_they_were);
    write_not_read(sheet, &imported.files_not_read);
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

fn write_counts(sheet: &mut Sheet, counts: &[(&str, usize, &str)]) {
    for (said, count, what) in counts.iter().filter(|(_, count, _)| *count > 0) {
        sheet.line(format!("{said}: {}.", counted(*count, what)));
    }
}

fn write_different(sheet: &mut Sheet, different: &[String]) {
    for title in different {
        let title = Quoted(title);
        sheet
            .line(format!("{title} says something else in the file; what is here stays as it is."));
    }
}

fn write_left_out(
    sheet: &mut Sheet,
    (sign_offs, evidence): (&[SignOffLeftOut], &[EvidenceLeftOut]),
) {
    for SignOffLeftOut { title, reason } in sign_offs {
        sheet.line(format!("Left out, the sign-off of {}: {reason}.", Quoted(title)));
    }
    for EvidenceLeftOut { title, reason } in evidence {
        sheet.line(format!("Left out, the evidence of {}: {reason}.", Quoted(title)));
    }
}

fn write_as_they_were(sheet: &mut Sheet, things: &[String]) {
    for thing in things {
        sheet.line(format!("Kept as it is in the file, and to be looked at: {thing}."));
    }
}

fn write_not_read(sheet: &mut Sheet, not_read: &[FileNotRead]) {
    for FileNotRead { name, path, reason, .. } in not_read {
        let name = path.as_ref().unwrap_or(name);
        sheet.line(format!("{name} was left out: {reason}."));
    }
}
