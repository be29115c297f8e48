//! Sharing reflections, seeing who can read them, and deleting them.

use enhance_model::{DocumentId, Person};
use serde::Serialize;

use super::{arguments::ReflectionArguments, check};
use crate::{
    command::supervisors,
    context::Context,
    documents,
    exit::{Exit, Failure},
    ids::short,
};

/// What `enhance reflect share` takes.
#[derive(Debug, clap::Args)]
pub struct ShareArguments {
    /// The reflection's id, or enough of it.
    id: String,
    /// With whom: their name, part of it, or their id. Without it your supervisors are named.
    #[arg(long, value_name = "PERSON")]
    with: Option<String>,
    /// Yes, also what may tell who somebody is: you have seen what enhance reflect check finds.
    #[arg(long)]
    acknowledge: bool,
}

#[derive(Serialize)]
struct ShareAnswer<'a> {
    reflection: DocumentId,
    copy: DocumentId,
    with: &'a Person,
    /// That their placement is not on, if it is not.
    note: Option<&'a str>,
}

/// Gives one person a copy of a reflection.
pub fn share(context: &Context, arguments: &ShareArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let reflection = documents::reflection(&core, &arguments.id)?;
    let people = core.people()?;
    let supervisors = core.supervisors()?;
    let with = supervisors::whom(arguments.with.as_deref(), &people, &supervisors)?;
    let found = core.check_before_sharing(reflection)?;
    let question = format!("Share it with {}", with.name);
    let asked = (arguments.acknowledge, question.as_str());
    let copy = if check::may_leave(context, &core, &found, asked)? {
        core.share_reflection_acknowledged(reflection, with.id, found.acknowledgement)?
    } else {
        core.share_reflection(reflection, with.id)?
    };
    let note = supervisors::note_on(&supervisors, with.id);
    context.output.answer(&ShareAnswer { reflection, copy, with, note }, |sheet| {
        let roles = with.roles_in_words();
        sheet.line(format!("Copy {} made for {} ({roles}).", short(copy), with.name));
        note.map(|note| sheet.line(format!("{note}.")));
        sheet.line("It holds the text as it stands now and no drafts. Share again after changes.");
        sheet.next("enhance sync", "send it");
    })?;
    Ok(Exit::Done)
}

/// Says who can see a reflection.
pub fn readers(context: &Context, arguments: &ReflectionArguments) -> Result<Exit, Failure> {
    let core = context.core()?;
    let document = documents::any(&core, &arguments.id)?;
    let readers = core.readers(document)?;
    context.output.answer(&readers, |sheet| documents::write_readers(sheet, document, &readers))?;
    Ok(Exit::Done)
}

/// Lists the copies others shared.
pub fn shared(context: &Context) -> Result<Exit, Failure> {
    let core = context.core()?;
    let shared = core.shared_with_me()?;
    context.output.answer(&shared, |sheet| {
        documents::write_list(sheet, &shared, "Nobody has shared a reflection with you.");
    })?;
    Ok(Exit::Done)
}
