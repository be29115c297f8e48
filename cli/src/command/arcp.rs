//! `enhance arcp`: the page for an annual review, to be printed, calculated with, or pasted.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use enhance_client::{ArcpVerdict, NotCompared, OtherName, verify_arcp_digest};
use enhance_model::{
    Quoted,
    arcp::{ArcpPage, FormField},
    counted,
    learning_log::Period,
};
use serde::Serialize;

use super::{
    log::{Wanted, wanted},
    record::journeys,
};
use crate::{
    context::Context,
    exit::{Exit, Failure},
    file::write_whole,
    output::Sheet,
};

const EXAMPLES: &str = "\
Examples:
  enhance arcp
  enhance arcp --period 2026-08-05..2027-08-03 --html review.html
  enhance arcp --period last-year --csv review.csv
  enhance arcp --text - | less
  enhance arcp --json
  enhance verify review.html

The page is made of what is on this device and needs no network. It is yours: it names what your
private documents are called, and never what they say. Read it before you hand it on.";

/// The page for your annual review.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The days it is of: FIRST..LAST, the first day of
    /// a year, this-year or last-year [default: this-year].
    #[arg(long, value_name = "PERIOD", value_parser = wanted)]
    period: Option<Wanted>,
    /// Write it as one page of HTML, to be printed, to this file; - is standard output.
    #[arg(long, value_name = "FILE", group = "form")]
    html: Option<PathBuf>,
    /// Write all of it as CSV to this file; - is standard output.
    #[arg(long, value_name = "FILE", group = "form")]
    csv: Option<PathBuf>,
    /// Write texts to paste into the form of a portfolio to this file; - is standard output.
    #[arg(long, value_name = "FILE", group = "form")]
    text: Option<PathBuf>,
}

#[derive(Serialize)]
struct WrittenAnswer<'a> {
    period: Period,
    file: &'a Path,
    bytes: u64,
}

/// Prints the page, or writes it to a file.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let period = arguments.period.unwrap_or(Wanted::ThisYear).period(context, &core)?;
    journeys::warn(&core)?;
    match (&arguments.html, &arguments.csv, &arguments.text) {
        (Some(file), ..) => written(context, period, file, &core.arcp_html(period)?)?,
        (_, Some(file), _) => written(context, period, file, &core.arcp_page(period)?.csv())?,
        (.., Some(file)) => {
            let fields = core.arcp_page(period)?.form_fields();
            written(context, period, file, &as_text(&fields))?;
        }
        _ => {
            let page = core.arcp_page(period)?;
            context.output.answer(&page, |sheet| write(sheet, &page))?;
        }
    }
    Ok(Exit::Done)
}

fn write(sheet: &mut Sheet, page: &ArcpPage) {
    sheet.heading(format!("{}, {}", page.trainee, page.period.in_words()));
    if page.missing.is_empty() {
        sheet.line("Nothing is missing that the programme asks for.");
    } else {
        sheet.line("What is missing:");
        for sentence in &page.missing {
            sheet.item(0, sentence);
        }
    }
    for FormField { field, text } in page.form_fields() {
        if field != FormField::STILL_TO_DO {
            sheet.heading(field).prose(&text);
        }
    }
    sheet.next("enhance arcp --html review.html", "print it");
}

/// The fields one after another, each under its name.
fn as_text(fields: &[FormField]) -> String {
    let block = |one: &FormField| format!("{}\n{}\n", one.field, one.text);
    fields.iter().map(block).collect()
}

/// Says whether a page still agrees with what it was made of; without an account, whether the page
/// is the whole one that was made.
pub fn verify(context: &Context, html: &str) -> Result<Exit, Failure> {
    let verdict = match context.core() {
        Ok(core) => core.verify_arcp(html)?,
        Err(Failure::NotEnrolled { .. }) => verify_arcp_digest(html)?,
        Err(failure) => return Err(failure),
    };
    let (exit, said) = match &verdict {
        ArcpVerdict::Agrees { .. } => {
            (Exit::Done, "The page says what your record says now.".to_owned())
        }
        ArcpVerdict::Outdated { changes, .. } => (
            Exit::Done,
            format!(
                "The page says what your record said; since then: {}.",
                counted(*changes, "change")
            ),
        ),
        ArcpVerdict::OtherPack { made_with, changes, .. } => (
            Exit::Done,
            format!(
                "The page says what your record said; since then: {}. It was made by {} of the \
                 programme's content, which it keeps itself; another one is in use here.",
                counted(*changes, "change"),
                made_with.map_or_else(|| "none".to_owned(), |version| format!("version {version}"))
            ),
        ),
        ArcpVerdict::Unaltered { why } => (Exit::Done, unaltered(*why).to_owned()),
        ArcpVerdict::Altered => {
            (Exit::Refused, "This is not what the record said: the page was altered.".to_owned())
        }
    };
    let renamed: &[OtherName] = match &verdict {
        ArcpVerdict::Agrees { renamed }
        | ArcpVerdict::Outdated { renamed, .. }
        | ArcpVerdict::OtherPack { renamed, .. } => renamed,
        ArcpVerdict::Unaltered { .. } | ArcpVerdict::Altered => &[],
    };
    context.output.answer(&verdict, |sheet| {
        sheet.line(said);
        write_other_names(sheet, renamed);
    })?;
    Ok(exit)
}

/// Says whom a page calls by other names than this device knows them by.
pub(super) fn write_other_names(sheet: &mut Sheet, others: &[OtherName]) {
    for OtherName { on_page, here } in others {
        let here = here.as_deref().unwrap_or("nobody this device has heard of");
        sheet.item(
            0,
            format!("It says {}, who is {here} here: renamed, or altered.", Quoted(on_page)),
        );
    }
}

const fn unaltered(why: NotCompared) -> &'static str {
    match why {
        NotCompared::OfSomebodyElse => {
            "The page is whole: its digest is right. Whether it says what the record says can be \
             checked on a device of its owner alone."
        }
        NotCompared::NotHere => {
            "The page is whole: its digest is right. Something of what it was made of is not on \
             this device; sync, and verify it again."
        }
        NotCompared::OtherVersion => {
            "The page is whole: its digest is right. Another version of Enhance made it, in words of \
             its own, so that it cannot be compared here; make the page anew."
        }
    }
}

/// Writes what is a file of its own, to a file or to standard output.
fn written(context: &Context, period: Period, file: &Path, text: &str) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return context.output.file(text.as_bytes());
    }
    let bytes = write_whole(file, |writer| writer.write_all(text.as_bytes()))?;
    context.output.answer(&WrittenAnswer { period, file, bytes }, |sheet| {
        sheet.line(format!("Written: {} ({}).", file.display(), counted(bytes, "byte")));
    })
}
