//! Sharing reflections, seeing who can read them, and deleting them.

use enhance_model::{DocumentId, Person};
use serde::Serialize;

use super::arguments::EntryArguments;
use crate::{
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::{self, short},
};

/// Arguments of `share`.
#[derive(Debug, clap::Args)]
pub struct ShareArguments {
    /// The entry's id, or enough of it.
    id: String,
    /// With whom: their name, part of it, or their id.
    #[arg(long, value_name = "PERSON")]
    with: String,
}

#[derive(Serialize)]
struct SharedCopy<'a> {
    reflection: DocumentId,
    copy: DocumentId,
    with: &'a Person,
}

/// Gives one person a copy.
pub fn share(context: &Context, arguments: &ShareArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let reflection = documents::reflection(&core, &arguments.id)?;
    let people = core.people()?;
    let with = ids::person(&arguments.with, &people)?;
    let copy = core.share_reflection(reflection, with.id)?;
    context.output.answer(&SharedCopy { reflection, copy, with }, |sheet| {
        sheet.line(format!("Copy {} made for {} ({}).", short(copy), with.name, with.role));
        sheet.line("It holds the text as it stands now and no drafts. Share again after changes.");
        sheet.next("enhance sync", "send it");
    })?;
    Ok(Exit::Done)
}

/// Who can see an entry.
pub fn readers(context: &Context, arguments: &EntryArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let entry = documents::any(&core, &arguments.id)?;
    let readers = core.readers(entry)?;
    context.output.answer(&readers, |sheet| documents::write_readers(sheet, entry, &readers))?;
    Ok(Exit::Done)
}

/// Lists the copies others shared.
pub fn shared(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let shared = documents::with_stages(&core, core.shared_with_me()?)?;
    context.output.answer(&shared, |sheet| {
        documents::write_list(sheet, &shared, "Nobody has shared a reflection with you.");
    })?;
    Ok(Exit::Done)
}
