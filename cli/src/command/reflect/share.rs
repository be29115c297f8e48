//! Sharing reflections, seeing who can read them, and deleting them.

use enhance_model::{DocumentId, Person};
use serde::Serialize;

use super::{Context, EntryArguments};
use crate::{
    entries,
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

/// Arguments of `delete`.
#[derive(Debug, clap::Args)]
pub struct DeleteArguments {
    /// The entry's id, or enough of it.
    pub id: String,
    /// Yes, for good: nobody can bring it back.
    #[arg(long, required = true)]
    yes: bool,
}

#[derive(Serialize)]
struct SharedCopy<'a> {
    reflection: DocumentId,
    copy: DocumentId,
    with: &'a Person,
}

#[derive(Serialize)]
struct Deleted {
    deleted: DocumentId,
}

/// Gives one person a copy.
pub fn share(context: &Context, arguments: &ShareArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let reflection = entries::reflection(&core, &arguments.id)?;
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
    let entry = entries::any(&core, &arguments.id)?;
    let readers = core.readers(entry)?;
    context.output.answer(&readers, |sheet| entries::write_readers(sheet, entry, &readers))?;
    Ok(Exit::Done)
}

/// Deletes an entry for good.
pub fn delete(context: &Context, arguments: &DeleteArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let deleted = entries::any(&core, &arguments.id)?;
    core.delete(deleted)?;
    context.output.answer(&Deleted { deleted }, |sheet| {
        sheet.line(format!("Entry {} is deleted here.", short(deleted)));
        sheet.next("enhance sync", "delete it on the server and your other devices");
    })?;
    Ok(Exit::Done)
}

/// Lists the copies others shared.
pub fn shared(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let shared = entries::with_stages(&core, core.shared_with_me()?)?;
    context.output.answer(&shared, |sheet| {
        entries::write_list(sheet, &shared, "Nobody has shared a reflection with you.");
    })?;
    Ok(Exit::Done)
}
