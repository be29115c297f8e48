//! `enhance attach` and `enhance attachments`: photographs and PDFs as evidence.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use enhance_client::{AttachmentCheck, AttachmentView, LearningCore};
use enhance_model::{
    ItemId, Quoted,
    attachment::{MOST_BYTES, Removed, check_size},
    folding::label,
    personal_record::EvidenceSource,
    size,
};
use serde::Serialize;

use super::{record, reflect::check};
use crate::{
    context::Context,
    exit::{Exit, Failure},
    file::{bytes_of, require_new, write_whole},
    ids::{self, short},
    long_work::{progress, until_interrupted},
    output::{ProgressLine, Sheet},
};

const ATTACH: &str = "\
Examples:
  enhance attach 9f3c21ab whiteboard.jpg
  enhance attach 4c1d77e0 als-certificate.pdf
  enhance attach 9f3c21ab whiteboard.jpg --check

Photographs (JPEG, PNG) and PDFs of up to 20 MiB, to a reflection or to a thing in your record.
Place, time and camera are taken out before anything is kept; what can be seen on a picture or a
page stays. Only your own devices can open the file.";

const ATTACHMENTS: &str = "\
Examples:
  enhance attachments
  enhance attachments 9f3c21ab
  enhance attachments 9f3c21ab save 77aa01bc whiteboard.jpg
  enhance attachments 9f3c21ab remove 77aa01bc";

/// Attach a photograph or a PDF to a reflection or to a thing in your record.
#[derive(Debug, clap::Args)]
#[command(after_help = ATTACH)]
pub struct Arguments {
    /// What it belongs to: the id of a reflection or of a thing in the record.
    id: String,
    /// The photograph or PDF.
    file: PathBuf,
    /// Say what would be kept and what would be taken out, and keep nothing.
    #[arg(long)]
    check: bool,
    /// Yes, also if the same file is attached already.
    #[arg(long)]
    again: bool,
}

/// What is attached, to one thing or to all: list it, save it, take it away.
#[derive(Debug, clap::Args)]
#[command(after_help = ATTACHMENTS)]
pub struct ListArguments {
    /// The id of a reflection or of a thing in the record; without one everything is listed.
    id: Option<String>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Save a file that is attached; it is fetched first if it is not here.
    #[command(after_help = "Example:\n  enhance attachments 9f3c21ab save 77aa01bc board.jpg")]
    Save {
        /// The id or the name of the attachment.
        attachment: String,
        /// Where to save it: a file that is not there yet; - is standard output.
        file: PathBuf,
    },
    /// Take an attachment away for ever, also from the server and your other devices.
    #[command(after_help = "Example:\n  enhance attachments 9f3c21ab remove 77aa01bc")]
    Remove {
        /// The id or the name of the attachment.
        attachment: String,
    },
}

#[derive(Serialize)]
struct Attached {
    /// None if nothing was kept.
    id: Option<ItemId>,
    #[serde(flatten)]
    kept: AttachmentCheck,
}

#[derive(Serialize)]
struct Saved<'a> {
    file: &'a Path,
    bytes: u64,
}

/// Attaches the file, or says what would become of it.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let of = record::evidence(&core, &arguments.id)?;
    let bytes = read(&arguments.file)?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(same) = core.same_attachment(&of, &bytes)?.filter(|_| !arguments.check) {
        let (name, id) = (Quoted(&same.attachment.name), short(same.id));
        let said = format!("the same file is attached already, as {name} [{id}]");
        check::may_again(context, arguments.again, &said)?;
    }
    let attached = if arguments.check {
        Attached { id: None, kept: core.check_attachment(&name, &bytes)? }
    } else {
        let (id, kept) = core.attach(&of, &name, &bytes)?;
        Attached { id: Some(id), kept }
    };
    context.output.answer(&attached, |sheet| write_attached(sheet, &attached))?;
    Ok(Exit::Done)
}

/// The file, of which no more is read than can be attached.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if let Some(found) = fs::metadata(path).ok().filter(fs::Metadata::is_file) {
        let fault = |fault| Failure::Usage(format!("{}: {fault}", path.display()));
        check_size(found.len()).map_err(fault)?;
    }
    bytes_of(path, MOST_BYTES)
}

fn write_attached(sheet: &mut Sheet, attached: &Attached) {
    let Attached { id, kept } = attached;
    let AttachmentCheck { name, media_type, bytes_before, bytes, removed, found } = kept;
    let done = if id.is_some() { "Attached" } else { "Would be attached" };
    let (kind, after, before) = (media_type.in_words(), size(*bytes), size(*bytes_before));
    sheet.line(format!("{done}: {name}, a {kind}, {after} of {before}."));
    let (left, gone): (Vec<Removed>, Vec<Removed>) =
        removed.iter().copied().partition(|one| one.is_left());
    if !gone.is_empty() {
        let gone: Vec<&str> = gone.iter().map(|one| one.in_words()).collect();
        sheet.field("Taken out", gone.join(", "));
    }
    for one in left {
        sheet.field("Stays", one.in_words());
    }
    for one in found.iter().map(|one| &one.finding) {
        sheet.field("Its name", format!("has {}. {}", Quoted(&one.text), one.reason));
    }
    if let Some(id) = id {
        sheet.field("Id", short(id));
        sheet.next("enhance sync", "send it to the server, after your words");
    }
}

/// Lists what is attached, saves it or takes it away.
pub async fn list(context: &Context, arguments: &ListArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let Some(id) = &arguments.id else {
        if arguments.verb.is_some() {
            return Err(Failure::Usage(
                "say what it is attached to: enhance attachments ID save or remove".to_owned(),
            ));
        }
        let all = all(&core)?;
        context.output.answer(&all, |sheet| write_list(sheet, &all))?;
        return Ok(Exit::Done);
    };
    let of = record::evidence(&core, id)?;
    let attached = core.attachments(&of)?;
    match &arguments.verb {
        None => context.output.answer(&attached, |sheet| write_list(sheet, &attached))?,
        Some(Verb::Save { attachment, file }) => {
            let one = find(attachment, &attached)?;
            save(context, &core, (of, one), file).await?;
        }
        Some(Verb::Remove { attachment }) => {
            let one = find(attachment, &attached)?;
            core.remove_attachment(&of, one.id)?;
            context.output.answer(one, |sheet| {
                sheet.line(format!("Taken away for ever: {}.", one.attachment.name));
                sheet.next("enhance sync", "let the server and your other devices know");
            })?;
        }
    }
    Ok(Exit::Done)
}

/// Everything that is attached, in the order of what it belongs to.
fn all(core: &LearningCore) -> Result<Vec<AttachmentView>, Failure> {
    let files = core.export()?.files;
    let belong_to: BTreeSet<EvidenceSource> = files.iter().map(|file| file.of).collect();
    let mut all = Vec::new();
    for of in &belong_to {
        all.extend(core.attachments(of)?);
    }
    Ok(all)
}

/// What is attached under this name or id. Of two of one name none is guessed: what is done with it
/// may not be undone.
pub(super) fn find<'a>(
    typed: &str,
    attached: &'a [AttachmentView],
) -> Result<&'a AttachmentView, Failure> {
    // Some systems write the letters of a file's name in other pieces than people type them in.
    let wanted = label(typed);
    let named: Vec<_> =
        attached.iter().filter(|one| label(&one.attachment.name) == wanted).collect();
    match named.as_slice() {
        [] => {}
        [one] => return Ok(one),
        several => {
            let said = |one: &&AttachmentView| format!("{} {}", one.id, one.attachment.name);
            let candidates = several.iter().map(said).collect();
            let (what, typed) = ("attachment", typed.to_owned());
            return Err(Failure::Ambiguous { what, typed, candidates });
        }
    }
    let choices: Vec<_> =
        attached.iter().map(|one| (one.id, one.attachment.name.clone())).collect();
    let id = ids::resolve("attachment", typed, &choices)?;
    let found = attached.iter().find(|one| one.id == id);
    found.ok_or_else(|| Failure::Usage(format!("there is no attachment {} here", Quoted(typed))))
}

async fn save(
    context: &Context,
    core: &LearningCore,
    (of, one): (EvidenceSource, &AttachmentView),
    file: &Path,
) -> Result<(), Failure> {
    require_room(file)?;
    let cancel = until_interrupted();
    let line = ProgressLine::new();
    if !one.here {
        line.say(&format!("fetching {} ...", size(one.attachment.sealed_bytes)));
    }
    let say = |step| line.say(&progress(step));
    let bytes = core.fetch_attachment(of, one.id, &cancel, &say).await;
    drop(line);
    put(context, (&one.attachment.name, &bytes?), file)
}

/// Refuses to save where something is already.
pub(super) fn require_room(file: &Path) -> Result<(), Failure> {
    if file.as_os_str() == "-" { Ok(()) } else { require_new(file) }
}

/// Saves what is in an attachment.
pub(super) fn put(
    context: &Context,
    (name, bytes): (&str, &[u8]),
    file: &Path,
) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return context.output.file(bytes);
    }
    let bytes = write_whole(file, |writer| writer.write_all(bytes))?;
    context.output.answer(&Saved { file, bytes }, |sheet| {
        sheet.line(format!("{name} is in {} ({}).", file.display(), size(bytes)));
    })
}

fn write_list(sheet: &mut Sheet, attached: &[AttachmentView]) {
    if attached.is_empty() {
        sheet.line("Nothing is attached.");
        sheet.next("enhance attach ID FILE", "attach a photograph or a PDF");
        return;
    }
    write_rows(sheet, attached);
}

/// Writes a line for each file: its kind, its size and where it is; then how many are stored.
pub(super) fn write_rows(sheet: &mut Sheet, attached: &[AttachmentView]) {
    let several = attached.iter().any(|one| one.of != attached[0].of);
    for one in attached {
        let place = match (one.here, one.stored) {
            (true, false) if one.refusal.is_some() => "here; the server does not take it",
            (true, true) => "here and on the server",
            (true, false) => "here, and waits to be sent",
            (false, true) => "on the server",
            (false, false) => "on another device, or on the server",
        };
        let name = &one.attachment.name;
        let belongs_to = if several { format!(", of {}", of_what(one.of)) } else { String::new() };
        let (kind, bytes) = (one.attachment.media_type.in_words(), size(one.attachment.bytes));
        sheet.line(format!("{}  {name}, {kind}, {bytes}{belongs_to}: {place}", short(one.id)));
        one.refusal.iter().for_each(|refusal| {
            sheet.item(1, format!("{}. It is offered again later.", refusal.reason));
        });
    }
    let stored = attached.iter().filter(|one| one.stored).count();
    sheet.line(format!("{stored} of {} stored by the server.", attached.len()));
}

/// What it belongs to, as it can be typed.
fn of_what(of: EvidenceSource) -> String {
    match of {
        EvidenceSource::Document(id) => short(id),
        EvidenceSource::Item(id) => short(id),
    }
}

#[cfg(test)]
mod tests {
    use enhance_model::{
        Sha256, Timestamp,
        attachment::{Attachment, MediaType},
    };

    use super::*;

    fn named(number: u8, name: &str) -> AttachmentView {
        let attachment = Attachment {
            name: name.to_owned(),
            media_type: MediaType::Jpeg,
            bytes: 1,
            sealed_bytes: 1,
            sha256: Sha256::from_bytes([number; 32]),
            of: None,
            added_at: Timestamp::from_unix_millis(0),
        };
        let id = ItemId::from_bytes([number; 16]);
        let of = EvidenceSource::Item(id);
        AttachmentView { id, of, attachment, here: true, stored: true, refusal: None }
    }

    #[test]
    fn e2_a_file_is_found_as_its_name_reads_and_of_two_none_is_guessed() {
        let names = ["Zoe\u{308} board.JPG", "a.jpg", "a.jpg"];
        let attached: Vec<_> = (1..).zip(names).map(|(number, name)| named(number, name)).collect();
        for typed in ["Zoë board.JPG", "zoë  board.jpg", "zoe\u{308}\u{a0}board.jpg"] {
            assert_eq!(find(typed, &attached).unwrap().id, attached[0].id, "{typed}");
        }
        assert!(matches!(find("A.jpg", &attached), Err(Failure::Ambiguous { .. })));
        let by_id = attached[2].id.to_string();
        assert_eq!(find(&by_id, &attached).unwrap().id, attached[2].id);
        assert!(matches!(find("b.jpg", &attached), Err(Failure::NotFound { .. })));
    }
}
