//! A sign-off as a file: written, and checked by anybody.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use enhance_client::{LearningCore, SignOffVerdict, verify_sign_off};
use enhance_model::{DocumentId, counted, sign_off::PublicKey};
use serde::Serialize;

use super::{kept, said::headline};
use crate::{
    context::Context,
    exit::{Exit, Failure},
    file::{bytes_of, write_whole},
    ids::{self, short},
    output::Sheet,
    when::{when, with_moments},
};

/// No file of a sign-off is larger.
const MOST_BYTES: u64 = 8 << 20;

/// What `enhance sign-off export` takes.
#[derive(Debug, clap::Args)]
pub struct ExportArguments {
    /// The sign-off's id, or enough of it; of a request, its newest one that counts.
    id: String,
    /// Write it to this file, replaced whole or not at all.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What `enhance sign-off verify` takes.
#[derive(Debug, clap::Args)]
pub struct VerifyArguments {
    /// The file of a sign-off.
    file: PathBuf,
    /// The key of your organisation's server, as somebody gave it to you. Without it the key in the
    /// file is shown for you to compare, and it ends with 10: anybody can make a key of their own.
    #[arg(long, value_name = "KEY")]
    publisher: Option<PublicKey>,
}

#[derive(Serialize)]
struct WrittenAnswer<'a> {
    sign_off: DocumentId,
    file: &'a Path,
    bytes: u64,
    /// Why it counts no more, as far as this device knows and the file does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
}

#[derive(Serialize)]
struct VerifyAnswer<'a> {
    #[serde(flatten)]
    verdict: &'a SignOffVerdict,
    /// Why it counts no more, as far as the account on this machine knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
}

/// Writes a sign-off to a file.
pub fn export(context: &Context, arguments: &ExportArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let paper = match kept::find(&core, &arguments.id)? {
        Some(kept) => kept.paper,
        None => core.export_sign_off(sign_off(&core, &arguments.id)?)?,
    };
    let sign_off = paper.id;
    let (file, json) = (&arguments.out, paper.to_json()?);
    let bytes = write_whole(file, |writer| writer.write_all(json.as_bytes()))?;
    let ended = core.sign_off_ended(&paper)?;
    context.output.answer(
        &WrittenAnswer { sign_off, file, bytes, ended: ended.clone() },
        |sheet| {
            sheet.line(format!("{} in {}.", counted(bytes, "byte"), file.display()));
            if let Some(ended) = &ended {
                sheet.line(format!("{ended} The file does not say so."));
            }
            let verify = format!("enhance sign-off verify {}", file.display());
            sheet.next(&verify, "check it, on any machine");
        },
    )?;
    Ok(Exit::Done)
}

/// The sign-off with the id that was typed, or the one that counts of such a request.
fn sign_off(core: &LearningCore, typed: &str) -> Result<DocumentId, Failure> {
    let mut requests = core.sign_offs_page(true, None, u32::MAX)?.items;
    requests.extend(core.sign_offs_page(false, None, u32::MAX)?);
    let mut choices = Vec::new();
    for request in &requests {
        let answers = request.answers.iter();
        choices.extend(answers.map(|answer| (answer.id, request.request.title.clone())));
    }
    let of_request = || {
        let known = requests.iter().map(|one| (one.id, one.request.title.clone()));
        let id = ids::resolve("sign-off", typed, &known.collect::<Vec<_>>()).ok()?;
        let request = requests.iter().find(|one| one.id == id)?;
        request.answers.iter().rev().find(|answer| answer.counts()).map(|answer| answer.id)
    };
    of_request().map_or_else(|| ids::resolve("sign-off", typed, &choices), Ok)
}

/// Checks a file with a sign-off, with nothing but the file, and with what the account on this
/// machine knows of it, if there is one.
pub fn verify(context: &Context, arguments: &VerifyArguments) -> Result<Exit, Failure> {
    let path = &arguments.file;
    // A file in which bytes were changed is read all the same, and then does not verify.
    let json = bytes_of(path, MOST_BYTES)?;
    let verdict = verify_sign_off(&String::from_utf8_lossy(&json), arguments.publisher)?;
    // Whoever has no account here, or cannot open it, checks the file all the same.
    let core = context.core().ok();
    let ended = core.and_then(|core| core.sign_off_ended(&verdict.paper).ok().flatten());
    let answer = VerifyAnswer { verdict: &verdict, ended };
    context.output.answer(&answer, |sheet| write_verdict(sheet, &answer))?;
    Ok(match verdict.fault {
        Some(_) => Exit::Refused,
        None if answer.ended.is_some() => Exit::Refused,
        None if !verdict.publisher_known => Exit::Unchecked,
        None => Exit::Done,
    })
}

fn write_verdict(sheet: &mut Sheet, VerifyAnswer { verdict, ended }: &VerifyAnswer<'_>) {
    let paper = &verdict.paper;
    if let Some(fault) = &verdict.fault {
        sheet.line(format!("This does not count: {fault}."));
        return;
    }
    sheet.line(format!("{}.", headline(&paper.sign_off)));
    if let Some(ended) = ended {
        sheet.line(format!("It no longer counts. {ended}"));
    }
    sheet.field("As", verdict.signed_role().in_words());
    sheet.field("For", &paper.sign_off.trainee_name);
    sheet.field("Statement", &paper.sign_off.statement);
    if !verdict.publisher_known {
        sheet.field("Certified by", paper.publisher_key.to_string());
        sheet.line("The signature holds; who published the key was not checked. Compare it with");
        sheet.line("the one of your organisation, or give that with --publisher.");
    }
    sheet.heading(format!("What was signed  [{}]", short(paper.sign_off.request)));
    sheet.prose(&with_moments(&paper.text));
    sheet.heading("Not part of what was signed");
    sheet.field("This file's own id", paper.id.to_string());
    sheet.field("It was made", when(paper.exported_at));
    if paper.placements.is_some() {
        let role = &verdict.signer_role;
        sheet.field("The trainee's placements", role.in_words());
        sheet.field("At", role.organisation());
    }
}
